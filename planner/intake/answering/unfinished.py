"""The answers to an import that was not written yet, kept for the next try, also with a corrected file."""

import json
from collections.abc import Iterable, Mapping, Sequence

from planner.base.language import tr_count
from planner.intake.files.reading import ImportedFile
from planner.intake.proposed import Field, Problem, Severity
from planner.intake.wishes import Wishes
from planner.personal.import_answers import ImportAnswers, KeptImportAnswers


class UnfinishedAnswers:
    """What a person has said about files in imports that wrote nothing. `count` is the number of these answers.

    `register` is the address of the register, and `plan` the key of the plan.
    """

    def __init__(self, register: str, plan: str, files: Sequence[ImportedFile]) -> None:
        self._kept = KeptImportAnswers(register, plan, [(file.name, file.sha256) for file in files])
        self._said = self._kept.read()
        self._questions = dict(self._said.questions)
        # Those about files that were corrected since count where the same is asked.
        self.same_files = self._said.same_files
        self._fitted: set[str] = set()
        self.count = self._said.count if self.same_files else 0

    def note(self, problem: Problem) -> None:
        """Note what a question is about that a person answers."""
        self._questions[problem.key] = _about(problem)

    def fitting(self, wishes: Wishes, problems: Iterable[Problem]) -> tuple[Wishes, int]:
        """Return wishes with the answers where files that were corrected since ask the same, and how many they are.

        What the wishes say themselves wins. Each answer is given once, so that the person can take it back.
        """
        about = self._said.questions
        said = {about[key]: answer for key, answer in self._said.answers.items() if key in about}
        asked = [one for one in problems if one.severity is Severity.QUESTION and _about(one) in said]
        new = [one for one in asked if one.key not in {*wishes.answers, *self._fitted}]
        for one in new:
            self.note(one)
        answers = {one.key: said[_about(one)] for one in new}
        decided = {*wishes.mapping, *self._fitted}
        columns = {heading: field for heading, field in self._columns().items() if heading not in decided}
        self._fitted |= {*answers, *columns}
        more = wishes.with_answers({**answers, **wishes.answers}).with_mapping({**columns, **wishes.mapping})
        return more, len(answers) + len(columns)

    def question(self, count: int | None = None) -> str:
        """Return the question whether to take the answers again: all of them, or so many."""
        return tr_count(
            "You gave {count:,} answer when you last tried to import these files. Take it again?",
            "You gave {count:,} answers when you last tried to import these files. Take them again?",
            self.count if count is None else count,
        )

    def _columns(self) -> Mapping[str, Field | None]:
        """Return the fields that the person gave columns, by the headings."""
        known = set(Field)
        return {
            heading: None if name is None else Field(name)
            for heading, name in self._said.mapping.items()
            # A later version of the program may know more fields.
            if name is None or name in known
        }

    def taken(self, wishes: Wishes) -> Wishes:
        """Return wishes with the answers. What the wishes say themselves wins."""
        return wishes.with_answers({**self._said.answers, **wishes.answers}).with_mapping(
            {**self._columns(), **wishes.mapping}
        )

    def keep(self, wishes: Wishes) -> bool:
        """Keep what wishes say, in place of earlier answers. Return whether anything is kept now."""
        if not wishes.answers and not wishes.mapping:
            self.drop()
            return False
        mapping = {heading: field and field.value for heading, field in wishes.mapping.items()}
        questions = {key: about for key, about in self._questions.items() if key in wishes.answers}
        return self._kept.keep(ImportAnswers(wishes.answers, mapping, questions))

    def drop(self) -> None:
        """Forget the answers, because the import was written or the person wants to answer anew."""
        self._kept.drop()


def _about(problem: Problem) -> str:
    """Return what a question is about, wherever its cell is: the value, and what the answers can be."""
    return json.dumps([problem.field, problem.about, problem.value, *problem.choices])

"""The answers that a person gave to the questions of an import, under the names that the preview shows.

A question is named by its place and its field, such as `plan.csv!B7 due` or `plan.csv!B7 (due)`, and a conflict by the
code of the item and the field. How the name is written does not matter (`question_key`). The place is enough if only
one open question has it. An answer that has no effect is remarked.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from planner.base.language import tr, tr_count
from planner.intake.answering.refused import refused_answer, refused_words
from planner.intake.comparing.asking import chosen, question_key
from planner.intake.comparing.decided.conflicts import FROM_FILE, FROM_REGISTER, key_of
from planner.intake.comparing.preview import Preview
from planner.intake.proposed import Problem, Severity
from planner.intake.sheets import Place

# What stands in place of an answer until a person writes one. It is the same in every language.
FILL_IN = "ANSWER"


@dataclass
class _Answer:
    """An answer to a question: what was said, and whether it is kept from an earlier import of the same files.

    `name` is the name under which it was given. `asked_as` is the one under which an import asked for it, as yet None.
    """

    name: str
    text: str
    is_kept: bool
    asked_as: str | None = None


class Answers(Mapping[str, str]):
    """Answers by the keys of the problems that ask. It knows which of them an import looked for."""

    def __init__(self, given: Mapping[str, str], kept: Mapping[str, str] | None = None) -> None:
        """Take the answers that were given, and those that are kept from earlier imports of the same files."""
        self._given = given
        named = set(map(question_key, given))
        self._answers: dict[str, _Answer] = {}
        for name, text in (kept or {}).items():
            key = question_key(name)
            # A place alone can name the question too. A line that still has the word to be replaced opens it again.
            if not {key, key.rpartition(" ")[0]} & named:
                self._answers[key] = _Answer(name, text, is_kept=True)
        for name, text in given.items():
            if text != FILL_IN:
                self._answers[question_key(name)] = _Answer(name.strip(), text, is_kept=False)

    @property
    def used(self) -> dict[str, str]:
        """The answers that an import looked for."""
        return {one.asked_as: one.text for one in self._answers.values() if one.asked_as is not None}

    @property
    def used_from_before(self) -> dict[str, str]:
        """The answers of earlier imports of the same files that an import looked for."""
        kept = (one for one in self._answers.values() if one.is_kept)
        return {one.asked_as: one.text for one in kept if one.asked_as is not None}

    def __getitem__(self, name: str) -> str:
        answer = self._answers[question_key(name)]
        answer.asked_as = name
        return answer.text

    def __iter__(self) -> Iterator[str]:
        return iter(self._answers)

    def __len__(self) -> int:
        return len(self._answers)

    def with_places(self, problems: Iterable[Problem]) -> "Answers | None":
        """Return the answers with those that a place names as answers to the one open question there.

        Return None if there are no such answers.
        """
        asked: dict[str, list[Problem]] = {}
        for problem in problems:
            if problem.severity is Severity.QUESTION:
                asked.setdefault(question_key(str(problem.place)), []).append(problem)
        renamed = {
            place: ones[0].key
            for place, ones in asked.items()
            if len(ones) == 1 and place in self._answers and self._may_answer(place, ones[0])
        }
        given = {renamed.get(question_key(name), name): answer for name, answer in self._given.items()}
        kept = {one.name: one.text for one in self._answers.values() if one.is_kept}
        return Answers(given, kept) if renamed else None

    def _may_answer(self, place: str, problem: Problem) -> bool:
        """Return whether the answer that a place names may be that of a question there."""
        if question_key(problem.key) in self._answers:
            return False
        # Another question at this place may have used the answer.
        answer = self._answers[place]
        return answer.asked_as is None or chosen(answer.text, problem.choices) is not None

    def told_in(self, problem: Problem) -> Problem:
        """Return a problem, which says first that there is an answer that is none of its choices, if there is one."""
        one = self._answers.get(question_key(problem.key))
        if problem.severity is not Severity.QUESTION or one is None or not problem.choices:
            return problem
        if chosen(one.text, problem.choices) is not None or _is_told(problem, one.text):
            return problem
        return replace(problem, what=refused_words(one.text, problem.what))

    def without_effect(self, preview: Preview) -> Iterator[Problem]:
        """Yield a remark about each answer that fits no question, or is not among the choices."""
        choices = {question_key(one.key): one.choices for one in preview.problems if one.severity is Severity.QUESTION}
        choices |= {
            question_key(key_of(item, conflict)): (FROM_FILE, FROM_REGISTER) for item, conflict in preview.all_conflicts
        }
        for key, one in self._answers.items():
            if one.is_kept:
                continue
            if choices.get(key) and chosen(one.text, choices[key]) is None:
                what = tr("the answer '{answer}' is not one of the choices", answer=one.text)
                yield _remark(one.name, what, tr("Give one of {choices}", choices=", ".join(choices[key])))
            elif one.asked_as is None and key not in choices:
                what = tr("the answer '{answer}' belongs to no question of these files", answer=one.text)
                do = tr("Copy the name of the question from the preview, or remove the answer")
                yield _remark(one.name, what, do)


def with_remarks(preview: Preview, answers: Answers, of_same_texts: int = 0) -> Preview:
    """Return a preview with remarks about answers of earlier imports that count, and about those without effect.

    `of_same_texts` is how many answers count that were given about the same texts in other files.
    """
    remarks = (*_from_before(len(answers.used_from_before), of_same_texts), *answers.without_effect(preview))
    return replace(preview, problems=(*map(answers.told_in, preview.problems), *remarks))


def _from_before(of_same_files: int, of_same_texts: int) -> Iterator[Problem]:
    do = tr("The questions and a file of answers list them; another answer replaces one")
    if of_same_files:
        what = tr_count(
            "{count:,} answer from an earlier import of the same file counts",
            "{count:,} answers from earlier imports of the same files count",
            of_same_files,
        )
        yield _remark("", what, do)
    if of_same_texts:
        what = tr_count(
            "{count:,} answer from an earlier import counts, because a file of the same form had the same question",
            "{count:,} answers from earlier imports count, because files of the same form had the same questions",
            of_same_texts,
        )
        yield _remark("", what, do)


def answer_line(key: str, answer: str = FILL_IN) -> str:
    """Return the line of an answers file for a question, in YAML. It decides nothing until a person changes it."""
    return f"{_quoted(key)}: {_quoted(answer)}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _is_told(problem: Problem, answer: str) -> bool:
    """Return whether a problem says already that an answer does not fit."""
    return problem.what.startswith((refused_answer(""), refused_words(answer, "")))


def _remark(key: str, what: str, do: str) -> Problem:
    return Problem(Severity.REMARK, Place(tr("answers")), None, key, what, do)

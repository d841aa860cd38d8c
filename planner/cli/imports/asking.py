"""Asking a person in a terminal what an import leaves open, and keeping the answers until the import is written."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from planner.base.language import tr
from planner.cli.output import print_paragraph
from planner.cli.questions import confirm, prompt

if TYPE_CHECKING:
    from planner.cli.imports.options import FilesToImport
    from planner.intake.answering.unfinished import UnfinishedAnswers
    from planner.intake.comparing.preview import Preview
    from planner.intake.proposed import Problem
    from planner.intake.wishes import Wishes
    from planner.register.plan_view import PlanView


# Files with more items are not read again after each answer.
_MOST_READ_AGAIN = 1_000


class Previewing(Protocol):
    """What previews an import."""

    def preview(self, wishes: "Wishes") -> "tuple[PlanView, Preview]":
        """Return the plan, and what importing the files would do. Nothing is written."""


class ImportQuestions:
    """The questions of one import. `register` is the address of the register."""

    def __init__(self, target: Previewing, files: "FilesToImport", register: str) -> None:
        self._target = target
        self._files = files
        self._register = register
        # The answers of this run, once the plan is known.
        self._kept: UnfinishedAnswers | None = None
        self._has_kept = False
        # The names of the questions that were asked in this run.
        self._asked: set[str] = set()

    def previewed(self, wishes: "Wishes") -> "tuple[Wishes, PlanView, Preview]":
        """Return the preview when all questions are asked, and the wishes with the answers.

        If there are errors, only columns and whole rows are asked about, because the files have to be corrected first.
        Nothing is asked if the plan is closed.
        """
        from planner.cli.imports.columns import with_columns

        plan, preview = self._target.preview(wishes)
        if preview.closed is not None:
            return wishes, plan, preview
        more = self._with_kept(wishes, plan)
        if more != wishes:
            wishes, (plan, preview) = more, self._target.preview(more)
        wishes, plan, preview = self._with_fitting(wishes, plan, preview)
        more = with_columns(wishes, self._files.read.sheets, preview)
        if more != wishes:
            self._keep(more)
            wishes, (plan, preview) = more, self._target.preview(more)
        return self._answered(wishes, plan, preview)

    def _answered(self, wishes: "Wishes", plan: "PlanView", preview: "Preview") -> "tuple[Wishes, PlanView, Preview]":
        """Ask the open questions, until there are none that the person answers.

        The files are read again after an answer, because it can remove other questions.
        """
        skipped: set[str] = set()
        while True:
            questions = [one for one in _to_ask(preview) if one.key not in skipped]
            if not questions:
                return wishes, plan, preview
            # An answer that cannot be read leaves its question open.
            still_open = {one.key for one in questions}
            answers = {key: answer for key, answer in wishes.answers.items() if key not in still_open}
            done = len(self._asked - still_open)
            for number, problem in enumerate(_at_once(questions, preview), done + 1):
                answer = _ask(problem, tr("{number} of {count}", number=number, count=done + len(questions)))
                self._asked.add(problem.key)
                if answer is None:
                    skipped.add(problem.key)
                else:
                    answers[problem.key] = answer
                    if self._kept is not None:
                        self._kept.note(problem)
                    self._keep(wishes.with_answers(answers))
            if answers != wishes.answers:
                wishes = wishes.with_answers(answers)
                plan, preview = self._target.preview(wishes)

    def without_effect(self, preview: "Preview") -> "list[Problem]":
        """Return what a preview says of answers of this run whose questions are gone, because of other answers."""
        from planner.intake.proposed import Severity

        return [one for one in preview.problems if one.severity is Severity.REMARK and one.value in self._asked]

    def _with_kept(self, wishes: "Wishes", plan: "PlanView") -> "Wishes":
        """Return the wishes with the answers of a run that wrote nothing, if the person wants them."""
        from planner.intake.answering.unfinished import UnfinishedAnswers

        if self._kept is not None:
            return wishes
        self._kept = kept = UnfinishedAnswers(self._register, plan.key, self._files.read.files)
        if not kept.same_files:
            return wishes
        if not kept.count or not confirm(kept.question(), default=True, err=True):
            kept.drop()
            return wishes
        self._has_kept = True
        return kept.taken(wishes)

    def _with_fitting(
        self, wishes: "Wishes", plan: "PlanView", preview: "Preview"
    ) -> "tuple[Wishes, PlanView, Preview]":
        """Take the answers of an earlier run where corrected files ask the same again, if the person wants it."""
        kept, wanted = self._kept, False
        while kept is not None and not kept.same_files:
            more, number = kept.fitting(wishes, preview.problems)
            if not number or not (wanted or confirm(kept.question(number), default=True, err=True)):
                break
            wanted = self._has_kept = True
            wishes, (plan, preview) = more, self._target.preview(more)
        return wishes, plan, preview

    def _keep(self, wishes: "Wishes") -> None:
        if self._kept is not None:
            self._has_kept = self._kept.keep(wishes)

    def written(self) -> None:
        """Delete the answers of this run, because the import was written with them."""
        if self._kept is not None:
            self._kept.drop()
        self._has_kept = False

    def say_what_is_kept(self) -> None:
        """Say that the answers are kept, if the import was not written."""
        if self._has_kept:
            print_paragraph(tr("Your answers are kept: the next import of these files offers them."), err=True)


def _to_ask(preview: "Preview") -> "list[Problem]":
    """Return the open questions, those about columns and whole rows first: only these if there are errors.

    The errors can follow from what these questions are about.
    """
    from planner.intake.proposed import Severity

    found = [one for one in preview.problems if one.severity is Severity.QUESTION]
    first = [one for one in found if _is_about_column(one, preview)]
    first += [one for one in found if one.is_about_rows and one not in first]
    if len(preview.blockers) > len(found):
        return first
    return [*first, *(one for one in found if one not in first)]


def _at_once(questions: "list[Problem]", preview: "Preview") -> "list[Problem]":
    """Return the questions to ask before the files are read again: one, unless that would take long."""
    items = sum(map(len, (preview.new, preview.changed, preview.unchanged)))
    is_quick = items <= _MOST_READ_AGAIN or _is_about_column(questions[0], preview)
    return questions[:1] if is_quick else questions


def _is_about_column(problem: "Problem", preview: "Preview") -> bool:
    """Return whether a question asks which field a column gives, or which column gives a field that is needed."""
    from planner.intake.layout.names import NEEDED, Subject

    needed = {layout.place: NEEDED[Subject(layout.subject)] for layout in preview.layouts}
    of_row = replace(problem.place, column=0)
    return of_row in needed and (problem.field is None or problem.field in needed[of_row])


def _ask(problem: "Problem", which: str) -> str | None:
    """Ask a question of the preview. Return None if the person skips it. `which` says which one of them it is."""
    from planner.intake.preview_text import problem_text

    print_paragraph(f"({which}) {problem_text(problem)}", err=True)
    for number, choice in enumerate(problem.choices, 1):
        print_paragraph(f"  {number}. {choice}", err=True)
    while True:
        typed = prompt(tr("Your answer (number or text; enter to skip)"))
        if not typed or not problem.choices:
            return typed or None
        answer = _choice(typed, problem.choices)
        if answer is not None:
            return answer
        what = tr(
            "'{typed}' is not one of the answers. Type a number from 1 to {count}, or the text of an answer.",
            typed=typed,
            count=len(problem.choices),
        )
        print_paragraph(what, err=True)


def _choice(typed: str, choices: Sequence[str]) -> str | None:
    """Return the choice that a person typed, by its text or by its number, or None if it is none of them."""
    from planner.intake.comparing.asking import chosen

    answer = chosen(typed, choices)
    if answer is None and typed.isdecimal() and 1 <= int(typed) <= len(choices):
        return choices[int(typed) - 1]
    # The sign after a percentage is easily left out.
    return chosen(f"{typed}%", choices) if answer is None else answer

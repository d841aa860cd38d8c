"""Running an import for a person or a program: its questions, the preview, the confirmation, and the write."""

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

import click

from planner.base.language import tr
from planner.cli.output import as_json, print_line, print_page
from planner.cli.questions import confirm, prompt

if TYPE_CHECKING:
    from planner.intake.applying.apply import Imported
    from planner.intake.comparing.preview import Preview
    from planner.intake.proposed import Problem
    from planner.intake.wishes import Wishes
    from planner.register.plan_view import PlanView

# How often an import that was already confirmed is tried again because something else was recorded meanwhile.
TRIES = 5


class Target(Protocol):
    """The plan into which files are imported: one of the register, or one that is made together with the import."""

    def preview(self, wishes: "Wishes") -> "tuple[PlanView, Preview]":
        """Return the plan, and what importing the files would do. Nothing is written."""

    def write(self, preview: "Preview", wishes: "Wishes") -> "Imported | None":
        """Write what a preview contains, or return None if there is nothing to write.

        Raises OutdatedPreviewError if something was recorded since the preview was made.
        """

    def question(self) -> str:
        """Return the question whether to write what the preview shows."""

    def refused(self) -> str:
        """Return the sentence for a person who does not want it."""


class ImportRun:
    """One run of an import: the questions, the preview, the confirmation and the write."""

    def __init__(self, target: Target, output: str) -> None:
        self._target = target
        self._output = output
        self._for_people = output == "text" and sys.stdin.isatty()

    def run(self, wishes: "Wishes", *, only_preview: bool, yes: bool) -> bool:
        """Show the preview and, unless it is all that is wanted, write it. Return whether it was accepted.

        Raises BadValueError if the preview has errors or open questions.
        """
        from planner.intake.applying.apply import OutdatedPreviewError
        from planner.intake.previewing import require_no_blockers

        for attempt in range(TRIES):
            wishes, plan, preview = self._previewed(wishes, ask=self._for_people and not yes)
            # A program gets one document, which also says what was imported.
            if self._output == "text" or only_preview or preview.blockers:
                self._show(plan, preview)
            require_no_blockers(preview)
            if only_preview or not (yes or self._confirmed(preview)):
                return False
            try:
                imported = self._target.write(preview, wishes)
            except OutdatedPreviewError:
                if attempt == TRIES - 1 or not (yes or self._for_people):
                    raise
                print_line(tr("Something was recorded meanwhile. This is the new preview."), err=True)
                continue
            self._print_result(plan, preview, imported)
            return True
        return False

    def _previewed(self, wishes: "Wishes", *, ask: bool) -> "tuple[Wishes, PlanView, Preview]":
        """Return the preview. If `ask`, ask the open questions before, until there are none that the person answers."""
        from planner.intake.proposed import Severity

        skipped: set[str] = set()
        while True:
            plan, preview = self._target.preview(wishes)
            questions = [
                one for one in preview.problems if one.severity is Severity.QUESTION and one.key not in skipped
            ]
            if not (ask and questions):
                return wishes, plan, preview
            answers = dict(wishes.answers)
            for problem in questions:
                answer = _ask(problem)
                if answer is None:
                    skipped.add(problem.key)
                else:
                    answers[problem.key] = answer
            wishes = wishes.with_answers(answers)

    def _show(self, plan: "PlanView", preview: "Preview") -> None:
        from planner.intake.preview_text import preview_lines

        if self._output == "json":
            as_json("import", {"preview": preview, "imported": None}, plan)
        else:
            print_page(plan, preview_lines(preview, plan.title))

    def _confirmed(self, preview: "Preview") -> bool:
        """Return whether the person wants to write the preview."""
        if not preview.anything:
            return True
        if not self._for_people:
            raise click.UsageError(tr("Give --yes to import, or --preview to only look."))
        if confirm(self._target.question(), err=True):
            return True
        print_line(self._target.refused(), err=True)
        return False

    def _print_result(self, plan: "PlanView", preview: "Preview", imported: "Imported | None") -> None:
        from planner.intake.preview_text import imported_words

        if self._output == "json":
            as_json("import", {"preview": preview, "imported": imported}, plan)
        elif imported is None:
            print_line(imported_words(None))
        else:
            undo = tr("'planner undo' takes the whole import back.")
            print_line(f"{imported_words(imported)} {undo}")


def _ask(problem: "Problem") -> str | None:
    """Ask a question of the preview. Return None if the person skips it."""
    from planner.intake.preview_text import problem_text

    print_line(problem_text(problem), err=True)
    for number, choice in enumerate(problem.choices, 1):
        print_line(f"  {number}. {choice}", err=True)
    return _choice(prompt(tr("Your answer (number or text; enter to skip)")), problem.choices, print_line)


def _choice(typed: str, choices: Sequence[str], say: Callable[[str], None]) -> str | None:
    """Return the chosen answer, or None if nothing fitting was typed."""
    if not typed:
        return None
    if typed in choices:
        return typed
    if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= len(choices):
        return choices[int(typed) - 1]
    if choices:
        say(tr("'{typed}' is not one of the answers, so the question stays open", typed=typed))
        return None
    return typed

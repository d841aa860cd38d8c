"""Running an import for a person or a program: its questions, the preview, the confirmation, and the write."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click

from planner.base.language import tr
from planner.cli.imports.asking import ImportQuestions, Previewing
from planner.cli.output import as_json, print_line, print_page, print_paragraph
from planner.cli.questions import confirm
from planner.cli.streams import reader_may_leave

if TYPE_CHECKING:
    from planner.base.errors import NotAllowedError
    from planner.cli.imports.options import FilesToImport
    from planner.intake.applying.imported import Imported
    from planner.intake.comparing.preview import Preview
    from planner.intake.wishes import Wishes
    from planner.register.plan_view import PlanView

# How often an import that was already confirmed is tried again because something else was recorded meanwhile.
TRIES = 5


class Target(Previewing, Protocol):
    """The plan into which files are imported: one of the register, or one that is made together with the import."""

    def write(self, preview: "Preview", wishes: "Wishes") -> "Imported | None":
        """Write what a preview contains, or return None if there is nothing to write.

        Raises OutdatedPreviewError if something was recorded since the preview was made.
        """

    def not_allowed(self) -> "NotAllowedError | None":
        """Return why this person may not write what the last preview contains, or None."""

    def question(self) -> str:
        """Return the question whether to write what the preview shows."""

    def refused(self) -> str:
        """Return the sentence for a person who does not want it."""


class ImportRun:
    """One run of an import: the questions, the preview, the confirmation and the write.

    `register` is the address of the register.
    """

    def __init__(self, target: Target, files: "FilesToImport", output: str, register: str) -> None:
        self._target = target
        self._files = files
        self._output = output
        self._for_people = output == "text" and sys.stdin.isatty()
        self._questions = ImportQuestions(target, files, register)

    def run(self, wishes: "Wishes", *, only_preview: bool, yes: bool) -> bool:
        """Show the preview and, unless it is all that is wanted, write it. Return whether it was accepted.

        Raises BadValueError if the preview has errors or open questions, and NotAllowedError if the plan is closed.
        """
        if self._files.given["write_answers"]:
            self._write_answers(wishes, self._files.given["write_answers"])
            return False
        try:
            return self._run(wishes, only_preview=only_preview, yes=yes)
        finally:
            self._questions.say_what_is_kept()

    def _run(self, wishes: "Wishes", *, only_preview: bool, yes: bool) -> bool:
        from planner.intake.applying.apply import OutdatedPreviewError
        from planner.intake.previewing import require_no_blockers

        for attempt in range(TRIES):
            if self._for_people and not yes:
                wishes, plan, preview = self._questions.previewed(wishes)
            else:
                plan, preview = self._target.preview(wishes)
            # A program gets one document, which also says what was imported.
            if self._output == "text" or only_preview or preview.blockers:
                with reader_may_leave(wanted=yes):
                    self._show(plan, preview)
            if only_preview:
                self._say_not_allowed()
            else:
                _require_open(preview)
            require_no_blockers(preview)
            if not only_preview and preview.anything:
                self._require_allowed()
            if only_preview or not (yes or self._confirmed(plan, preview)):
                return False
            try:
                imported = self._target.write(preview, wishes)
            except OutdatedPreviewError:
                if attempt == TRIES - 1 or not (yes or self._for_people):
                    raise
                print_line(tr("Something was recorded meanwhile. This is the new preview."), err=True)
                continue
            self._questions.written()
            self._print_result(plan, preview, imported)
            return True
        return False

    def _say_not_allowed(self) -> None:
        """Say to a person who may only look that somebody else has to import."""
        error = self._target.not_allowed()
        if error is not None and self._output == "text":
            print_line(error.note, err=True)

    def _require_allowed(self) -> None:
        """Raise NotAllowedError if this person may only look."""
        error = self._target.not_allowed()
        if error is not None:
            raise error

    def _write_answers(self, wishes: "Wishes", path: Path) -> None:
        """Write a file with what can be answered about the import. Raises FileTroubleError if the file exists."""
        from planner.base.files import write_new
        from planner.intake.answering.open_answers import answers_file
        from planner.intake.preview_text import preview_summary, problem_text
        from planner.intake.previewing import require_no_blockers
        from planner.intake.proposed import Severity

        plan, preview = self._target.preview(wishes)
        lines = answers_file(preview, plan.title, wishes.answers)
        # The name of a file can have bytes that are no text. YAML reads them back from their escaped form.
        write_new(path, "".join(f"{line}\n" for line in lines).encode(errors="backslashreplace"))
        print_line(preview_summary(preview), err=True)
        what = tr("Wrote the questions to {path}. Fill it in, and give it with --answers.", path=path)
        print_line(what, err=True)
        errors = [one for one in preview.problems if one.severity is Severity.ERROR]
        for one in errors:
            print_line(problem_text(one), err=True)
        if errors:
            require_no_blockers(preview)

    def _show(self, plan: "PlanView", preview: "Preview") -> None:
        from planner.cli.imports.next_steps import next_steps
        from planner.intake.preview_text import MOST_LISTED, preview_lines

        if self._output == "json":
            self._print_json(plan, preview, None)
            return
        list_all = self._files.given["list_all"]
        lines = [*preview_lines(preview, plan.title, plan.settings, None if list_all else MOST_LISTED)]
        steps = [*next_steps(preview, listed_all=list_all)]
        print_page(plan, [*lines, "", *steps] if steps else lines)

    @staticmethod
    def _print_json(plan: "PlanView", preview: "Preview", imported: "Imported | None") -> None:
        from planner.intake.answering.open_answers import open_answers

        content = {"preview": preview, "answers": list(open_answers(preview)), "imported": imported}
        as_json("import", content, plan)

    def _confirmed(self, plan: "PlanView", preview: "Preview") -> bool:
        """Return whether the person wants to write the preview."""
        from planner.intake.preview_text import preview_summary, problem_text, reports_line

        if not preview.anything:
            return True
        if not self._for_people:
            raise click.UsageError(tr("Give --yes to import, or --preview to only look."))
        # The first lines of a long preview are out of sight now.
        for line in filter(None, (preview_summary(preview), reports_line(preview, plan.settings))):
            print_paragraph(line, err=True)
        for one in self._questions.without_effect(preview):
            print_paragraph(problem_text(one), err=True)
        if confirm(self._target.question(), err=True, of_plan=False):
            return True
        print_line(self._target.refused(), err=True)
        return False

    def _print_result(self, plan: "PlanView", preview: "Preview", imported: "Imported | None") -> None:
        from planner.intake.preview_text import imported_words

        if self._output == "json":
            self._print_json(plan, preview, imported)
        elif imported is None:
            print_line(imported_words(None, preview))
        else:
            undo = tr("'planner undo --import' takes the whole import back, until something is recorded on its items.")
            print_line(f"{imported_words(imported)} {undo}")


def _require_open(preview: "Preview") -> None:
    """Raise NotAllowedError if there is something to import and the plan is closed."""
    from planner.register.closing import is_closed

    if preview.closed is not None and (preview.anything or preview.blockers):
        raise is_closed(preview.plan, preview.closed)

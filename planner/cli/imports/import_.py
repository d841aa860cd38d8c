"""planner import: take in the office's own files, after a preview."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.base.language import tr
from planner.cli.context import Context
from planner.cli.output import as_json, format_option, print_line, print_page, progress
from planner.cli.questions import confirm, prompt

if TYPE_CHECKING:
    from planner.intake.applying.apply import Imported, ImportedFile
    from planner.intake.comparing.preview import Preview
    from planner.intake.files.reading import FilesRead
    from planner.intake.proposed import Problem
    from planner.intake.wishes import Wishes
    from planner.register.plan_view import PlanView

# How often an import that was already confirmed is tried again because something else was recorded meanwhile.
TRIES = 5


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option("--preview", "only_preview", is_flag=True, help="Only show what the import would do.")
@click.option("--yes", is_flag=True, help="Import without asking for confirmation.")
@click.option(
    "--mapping",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A file that says which field each heading stands for, in YAML or JSON.",
)
@click.option(
    "--answers",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A file with answers to the questions of the preview, in YAML or JSON.",
)
@click.option("--sheet", "sheets", multiple=True, metavar="SHEET", help="Import only this sheet. Repeatable.")
@click.option("--encoding", metavar="ENCODING", help="The encoding of text files, if it is not found out.")
@click.option("--delimiter", metavar="TEXT", help="The character between the columns of text files.")
@click.option("--as-of", metavar="DATE", help="The day of the reports that the files carry. Default: today.")
@click.option(
    "--match",
    "matches",
    multiple=True,
    metavar="CODE=CODE",
    help="An item of the files (first code) is this item of the register, or 'new'. Repeatable.",
)
@click.option("--match-likely", is_flag=True, help="Accept all matches of items with titles that are much alike.")
@click.option(
    "--take-file", is_flag=True, help="In conflicts, take the files' values instead of keeping the register's."
)
@click.option("--reason", metavar="TEXT", help="The reason, for the history.")
@format_option("text", "json")
@click.pass_obj
def import_register(
    context: Context,
    files: tuple[Path, ...],
    only_preview: bool,
    yes: bool,
    mapping: Path | None,
    answers: Path | None,
    sheets: tuple[str, ...],
    encoding: str | None,
    delimiter: str | None,
    as_of: str | None,
    matches: tuple[str, ...],
    match_likely: bool,
    take_file: bool,
    reason: str | None,
    output: str,
) -> None:
    """Import the office's own register from workbooks, tables, pages and lists (docs/import.md).

    The command first shows what the import would do, and asks the questions that the files leave open. Then it asks
    whether to import. Nothing is deleted, and importing the same files again changes nothing.
    """
    from planner.intake.applying.source import imported_file
    from planner.intake.comparing.matching import Decisions
    from planner.intake.files.input_file import ReadOptions
    from planner.intake.files.reading import read_files
    from planner.intake.wishes import Wishes, read_answers, read_mapping, read_matches
    from planner.writes.items import checked_day

    if only_preview and yes:
        raise click.UsageError(tr("Give --preview or --yes, not both."))
    with context.reading() as reading:
        plan = reading.plan
        day = checked_day(plan, context.day(plan, as_of), reading.as_of, "as of") if as_of else None
    wishes = Wishes(
        sheets,
        read_mapping(mapping) if mapping else {},
        read_answers(answers) if answers else {},
        Decisions(read_matches(matches), match_likely),
        take_file,
        day,
    )
    with progress(tr("Reading the files"), len(files)) as step:
        read = read_files(files, ReadOptions(encoding, delimiter), step)
    # The digests are those of the files as they were read.
    imported = [imported_file(path) for path in files]
    _Run(context, plan, read, imported, reason, output).run(wishes, only_preview=only_preview, yes=yes)


class _Run:
    """One run of the command: the questions, the preview, the confirmation and the write."""

    def __init__(
        self,
        context: Context,
        plan: "PlanView",
        read: "FilesRead",
        files: "Sequence[ImportedFile]",
        reason: str | None,
        output: str,
    ) -> None:
        self._context = context
        self._plan = plan
        self._read = read
        self._files = files
        self._reason = reason
        self._output = output
        self._for_people = output == "text" and sys.stdin.isatty()

    def run(self, wishes: "Wishes", *, only_preview: bool, yes: bool) -> None:
        """Show the preview and, unless it is all that is wanted, write it."""
        from planner.intake.applying.apply import OutdatedPreviewError
        from planner.intake.previewing import require_no_blockers

        for attempt in range(TRIES):
            wishes, preview = (
                self._answered(wishes) if self._for_people and not yes else (wishes, self._preview(wishes))
            )
            # A program gets one document, which also says what was imported.
            if self._output == "text" or only_preview or preview.blockers:
                self._show(preview)
            require_no_blockers(preview)
            if only_preview or not (yes or self._confirmed(preview)):
                return
            try:
                imported = self._write(preview, wishes)
            except OutdatedPreviewError:
                if attempt == TRIES - 1 or not (yes or self._for_people):
                    raise
                print_line(tr("Something was recorded meanwhile. This is the new preview."), err=True)
                continue
            self._print_result(preview, imported)
            return

    def _preview(self, wishes: "Wishes") -> "Preview":
        from planner.intake.previewing import preview_sheets

        rows = sum(len(sheet.rows) for sheet in self._read.sheets)
        with (
            self._context.reading() as reading,
            # Each row is understood, and each item compared.
            progress(tr("Comparing with the register"), 2 * rows) as step,
        ):
            return preview_sheets(reading, self._context.actor, self._read.sheets, self._read.problems, wishes, step)

    def _answered(self, wishes: "Wishes") -> "tuple[Wishes, Preview]":
        """Ask the open questions, until there are none, and return the preview with the answers."""
        from planner.intake.proposed import Severity

        skipped: set[str] = set()
        while True:
            preview = self._preview(wishes)
            questions = [
                one for one in preview.problems if one.severity is Severity.QUESTION and one.key not in skipped
            ]
            if not questions:
                return wishes, preview
            answers = dict(wishes.answers)
            for problem in questions:
                answer = _ask(problem)
                if answer is None:
                    skipped.add(problem.key)
                else:
                    answers[problem.key] = answer
            wishes = wishes.with_answers(answers)

    def _show(self, preview: "Preview") -> None:
        from planner.intake.preview_text import preview_lines

        if self._output == "json":
            as_json("import", {"preview": preview, "imported": None}, self._plan)
        else:
            print_page(self._plan, preview_lines(preview, self._plan.title))

    def _confirmed(self, preview: "Preview") -> bool:
        """Return whether the person wants to write the preview."""
        if not preview.anything:
            return True
        if not self._for_people:
            raise click.UsageError(tr("Give --yes to import, or --preview to only look."))
        if confirm(tr("Import this?"), err=True):
            return True
        print_line(tr("Nothing was imported."), err=True)
        return False

    def _write(self, preview: "Preview", wishes: "Wishes") -> "Imported | None":
        from planner.intake.applying.apply import apply_import
        from planner.intake.applying.source import import_of

        steps = len(preview.new) + len(preview.changed) + 1
        with self._context.writing() as writing, progress(tr("Importing"), steps) as step:
            return apply_import(writing, preview, import_of(self._files, preview, wishes, self._reason), step)

    def _print_result(self, preview: "Preview", imported: "Imported | None") -> None:
        from planner.intake.preview_text import imported_words

        if self._output == "json":
            as_json("import", {"preview": preview, "imported": imported}, self._plan)
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

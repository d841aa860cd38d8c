"""planner import: take in the office's own files, after a preview."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.base.language import tr
from planner.base.visible_text import one_line
from planner.cli.context import Context
from planner.cli.imports.options import FilesToImport, file_options, read_import
from planner.cli.imports.run import ImportRun
from planner.cli.output import format_option, progress

if TYPE_CHECKING:
    from planner.base.errors import NotAllowedError
    from planner.intake.applying.imported import Imported
    from planner.intake.comparing.preview import Preview
    from planner.intake.wishes import Wishes
    from planner.register.plan_view import PlanView


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option("--preview", "only_preview", is_flag=True, help="Only show what the import would do.")
@click.option("--yes", is_flag=True, help="Import without asking for confirmation.")
@file_options
@click.option(
    "--as-of",
    metavar="DATE",
    help="The day for which the files are true: that of their reports, and of their new items. What they change of "
    "known items holds from today. Default: today.",
)
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
@click.option(
    "--remove-working",
    is_flag=True,
    help="Take the items out of the plan that only have working titles and are not in the files.",
)
@click.option("--reason", metavar="TEXT", help="The reason, for the history.")
@format_option("text", "json")
@click.pass_obj
def import_register(
    context: Context,
    /,
    files: tuple[Path, ...],
    only_preview: bool,
    yes: bool,
    as_of: str | None,
    matches: tuple[str, ...],
    match_likely: bool,
    take_file: bool,
    remove_working: bool,
    reason: str | None,
    output: str,
    **given: Any,
) -> None:
    """Import the office's own register from workbooks, tables, pages and lists (docs/import.md).

    A folder stands for the files in it, such as those of 'planner export register --format csv'.

    The command first shows what the import would do, and asks the questions that the files leave open. Then it asks
    whether to import. No item leaves the plan without --remove-working, and importing the same files again changes
    nothing.
    """
    from planner.store.location import shown
    from planner.writes.items import checked_day

    if yes and (only_preview or given["write_answers"]):
        raise click.UsageError(tr("Give --yes, or one of --preview and --write-answers, not both."))
    with context.reading_to_write() as reading:
        plan = reading.plan
        typed = context.typed(plan)
        day = checked_day(plan, typed.day(as_of, "--as-of"), reading.today, "as of") if as_of else None
    to_import = read_import(files, given)
    wishes = to_import.wishes(
        day, matches, match_likely=match_likely, take_file=take_file, remove_working=remove_working
    )
    run = ImportRun(_OpenPlan(context, to_import, reason), to_import, output, shown(context.url))
    run.run(wishes, only_preview=only_preview, yes=yes)


class _OpenPlan:
    """The import into the plan that the person works with."""

    def __init__(self, context: Context, files: FilesToImport, reason: str | None) -> None:
        self._context = context
        self._files = files
        self._reason = reason
        self._plan = ""
        self._not_allowed: NotAllowedError | None = None

    def preview(self, wishes: "Wishes") -> "tuple[PlanView, Preview]":
        """Return the plan, and what importing the files would do."""
        from planner.domain.rules.permissions import Permission
        from planner.intake.previewing import preview_sheets
        from planner.writes.permission import not_permitted

        read = self._files.read
        with (
            self._context.reading_to_write() as reading,
            # Each row is understood, and each item compared.
            progress(tr("Comparing with the register"), 2 * self._files.rows) as step,
        ):
            actor = self._context.actor
            preview = preview_sheets(reading, actor, read.sheets, read.problems, wishes, step, read.files)
            self._plan = reading.plan.title
            self._not_allowed = not_permitted(reading.session, actor, Permission.IMPORT_REGISTER)
            return reading.plan, preview

    def write(self, preview: "Preview", wishes: "Wishes") -> "Imported | None":
        """Write what a preview contains."""
        from planner.intake.applying.apply import apply_import
        from planner.intake.applying.source import import_of

        steps = len(preview.new) + len(preview.changed) + 1
        with self._context.writing() as writing, progress(tr("Importing"), steps) as step:
            return apply_import(writing, preview, import_of(self._files.imported, preview, wishes, self._reason), step)

    def not_allowed(self) -> "NotAllowedError | None":
        """Return why this person may not import, or None."""
        return self._not_allowed

    def question(self) -> str:
        """Return the question whether to import."""
        return tr("Import this into {plan}?", plan=one_line(self._plan))

    def refused(self) -> str:
        """Return the sentence for a person who does not want it."""
        return tr("Nothing was imported.")

"""planner redact: take text out of the history that should never have been typed."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from planner.cli.context import Context
from planner.cli.output import as_json, format_option, print_line, words
from planner.cli.questions import confirm
from planner.errors import NotAllowedError
from planner.numbers import GREATEST, read_whole
from planner.texts import as_typed

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.db.database import Database
    from planner.queries.plans import PlanView
    from planner.queries.redactable import RowTexts, ToRedact
    from planner.writes.redactions import Redacted

NOT_TOUCHED = (
    "Not touched: unsaved reports and copied text in people's own folders; files that were written or sent; backups and"
    " other copies of the database."
)


@click.command()
@click.argument("event", required=False)
@click.option("--field", multiple=True, metavar="NAME", help="Whose text goes; may be given several times.")
@click.option("--reason", metavar="TEXT", help="Why, for the history. It must not repeat the text.")
@click.option("--instead", metavar="TEXT", help="What a title or name is to say in its place.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--finish", is_flag=True, help="Only rebuild the SQLite file without removed text.")
@format_option("text", "json")
@click.pass_obj
def redact(
    context: Context,
    event: str | None,
    field: tuple[str, ...],
    reason: str | None,
    instead: str | None,
    yes: bool,
    finish: bool,
    output: str,
) -> None:
    """Remove text from the history: personal data typed by mistake (administrators only). It cannot be undone.

    EVENT is the number of an event in the log that holds the text, or the code of an item of which just one row has
    text in these fields. The event keeps its hash, so checkpoints still hold; the log says who removed what and why.
    """
    from planner.queries.plans import read_plan
    from planner.writes.redactions import preview_redaction
    from planner.writes.redactions import redact as write

    if finish:
        _finish_alone(context, event, field)
        return
    if not (event and field and reason):
        raise click.UsageError("Give EVENT, --field and --reason.")
    with context.database() as database:
        with database.reading() as session:
            plan = read_plan(session)
            seq = _event(session, plan, event, field)
            shown = preview_redaction(session, context.actor, seq, field)
        if not yes and not _agreed(shown):
            raise NotAllowedError("nothing was redacted")
        with database.writing() as session:
            done = write(session, context.actor, seq, field, reason, instead=instead, expected=shown, at=context.now())
        left = _left(database, done.what)
    if output == "json":
        as_json("redaction", _values(done, left), plan)
        return
    for line in (*_lines(done), *left):
        print_line(line)


def _finish_alone(context: Context, event: str | None, field: tuple[str, ...]) -> None:
    """Rebuild the file where an earlier redaction could not."""
    if event or field:
        raise click.UsageError("--finish stands alone.")
    with context.database() as database:
        left = _left(database, None)
    for line in left:
        print_line(line)


def _event(session: "Session", plan: "PlanView", given: str, fields: tuple[str, ...]) -> int:
    """The event that is meant by its number, or by an item's code."""
    from planner.queries.redactable import event_of_item
    from planner.writes.items import item_row

    if as_typed(given).isdecimal():
        return read_whole(given, "EVENT", least=1, greatest=GREATEST)
    item = item_row(session, plan, given)
    return event_of_item(session, item.id, item.code, fields)


def _agreed(shown: "ToRedact") -> bool:
    """Whether what is shown is to go. It is shown where it is in nobody's way who reads the output by program."""
    print_line(f"This text goes, from {_named(shown.first)}:", err=True)
    for name, text in shown.first.texts.items():
        print_line(f"  {words(name)}: {text}", err=True)
    for line in _places(shown):
        print_line(f"  {line}", err=True)
    return confirm("Redact it? This cannot be undone.", err=True)


def _named(row: "RowTexts") -> str:
    return f"{words(row.table)} {row.row} ({row.label})"


def _places(what: "ToRedact") -> Iterator[str]:
    if len(what.rows) > 1:
        yield f"rows of the same write that repeat it: {', '.join(map(_named, what.rows[1:]))}"
    yield f"events whose text is replaced: {_listed(what.events)}"
    if what.files:
        yield f"issued files whose kept bytes go: {', '.join(what.files)}"
    if what.elsewhere:
        yield f"events that hold the same text and stay as they are: {_listed(what.elsewhere)}"


def _listed(numbers: tuple[int, ...]) -> str:
    few = ", ".join(map(str, numbers[:20]))
    return few if len(numbers) <= 20 else f"{few} and {len(numbers) - 20} more"


def _lines(done: "Redacted") -> Iterator[str]:
    row = done.what.first
    yield f"Redaction {done.id}: {', '.join(map(words, row.texts))} of {_named(row)}."
    yield from (f"  {line}" for line in _places(done.what))


def _left(database: "Database", what: "ToRedact | None") -> list[str]:
    """Rebuild the file without the text; what is left to do, in sentences."""
    from planner.db.location import file_of
    from planner.db.overwriting import forget_deleted, kept_copies

    if file_of(database.url) is None:
        tables = ", ".join(["audit_event", *sorted({row.table for row in what.rows} if what else ())])
        return [
            "The server still has the text: in the old versions of rows until VACUUM FULL is run on the tables changed"
            f" ({tables}, seeded_row, issued_content), and in its write-ahead log, replicas and backups.",
            NOT_TOUCHED,
        ]
    trouble = forget_deleted(database)
    rebuilt = (
        "The file was rebuilt: the removed text is in no unused part of it and in no log beside it."
        if trouble is None
        else f"The file may still hold the text in unused parts ({trouble}). Close all programs that use it and run"
        " 'planner redact --finish'."
    )
    copies = [f"This copy from an upgrade may hold the text; delete it: {copy}" for copy in kept_copies(database)]
    return [rebuilt, *copies, NOT_TOUCHED]


def _values(done: "Redacted", left: list[str]) -> dict[str, object]:
    """A redaction without the text."""
    what = done.what
    return {
        "id": done.id,
        "item": what.item,
        "rows": [
            {"table": row.table, "row": row.row, "label": row.label, "fields": list(row.texts), "events": row.events}
            for row in what.rows
        ],
        "files": what.files,
        "elsewhere": what.elsewhere,
        "reason": done.reason,
        "actor": done.actor,
        "recorded_at": done.recorded_at,
        "left": left,
    }

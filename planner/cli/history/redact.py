"""planner redact: take text out of the history that should never have been typed. planner compact: finish that."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from planner.base.errors import NotRebuiltError
from planner.base.listing import listed
from planner.base.numbers import GREATEST, read_whole
from planner.base.texts import as_typed
from planner.cli.context import Context
from planner.cli.output import as_json, format_option, print_line, words
from planner.cli.questions import confirm

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.queries.history.redactable import RowTexts, ToRedact
    from planner.queries.plans import PlanView
    from planner.store.database import Database
    from planner.writes.redactions import Redacted

# How many numbers of events are listed before the rest is only counted.
LISTED = 20

NOT_TOUCHED = (
    "Not touched: unsaved reports and copied text in people's own folders; files that were written or sent; backups and"
    " other copies of the database."
)


@dataclass(frozen=True)
class Compacted:
    """Whether removed text is out of the database's file: None on a server, where this program cannot do it.

    `trouble` says why it is not, `left` what a person still has to do.
    """

    rebuilt: bool | None
    trouble: str
    left: tuple[str, ...]


@click.command()
@click.argument("event")
@click.option(
    "--field", required=True, multiple=True, metavar="NAME", help="Field whose text is removed; can be repeated."
)
@click.option("--reason", required=True, metavar="TEXT", help="Why, for the history. It must not repeat the text.")
@click.option("--instead", metavar="TEXT", help="What a title or name is to say in its place.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@format_option("text", "json")
@click.pass_obj
def redact(
    context: Context,
    event: str,
    field: tuple[str, ...],
    reason: str,
    instead: str | None,
    yes: bool,
    output: str,
) -> None:
    """Remove text from the history: personal data typed by mistake (administrators only). It cannot be undone.

    EVENT is the number of an event in the log that holds the text, or the code of an item of which just one row has
    text in these fields. The event keeps its hash, so checkpoints still hold; the log says who removed what and why.
    """
    from planner.queries.plans import read_plan
    from planner.writes.redactions import preview_redaction
    from planner.writes.redactions import redact as write

    with context.database() as database:
        with database.reading() as session:
            plan = read_plan(session)
            seq = _event(session, plan, event, field)
            shown = preview_redaction(session, context.actor, seq, field)
        if not yes and not _agreed(shown):
            print_line("Nothing was redacted.", err=True)
            return
        with database.writing() as session:
            done = write(session, context.actor, seq, field, reason, instead=instead, expected=shown, at=context.now())
        compacted = _compact(database, {row.table for row in done.what.rows})
    if output == "json":
        as_json("redaction", _values(done, compacted), plan)
    else:
        for line in (*_lines(done), *compacted.left):
            print_line(line)
    _require_rebuilt(compacted)


@click.command()
@click.pass_obj
def compact(context: Context) -> None:
    """Rebuild the SQLite file without removed text, where 'planner redact' could not do so at once.

    A PostgreSQL server is left as it is; the command says which tables to run VACUUM FULL on.
    """
    from planner.queries.history.redactions import redacted_tables

    with context.database() as database:
        with database.reading() as session:
            tables = redacted_tables(session)
        compacted = _compact(database, tables)
    for line in compacted.left:
        print_line(line)
    _require_rebuilt(compacted)


def _require_rebuilt(compacted: Compacted) -> None:
    """Raise NotRebuiltError where the file may still hold removed text."""
    if compacted.rebuilt is False:
        raise NotRebuiltError(
            f"the file was not rebuilt and may still hold removed text ({compacted.trouble})",
            do="Close all programs that use it and run 'planner compact'",
        )


def _event(session: "Session", plan: "PlanView", given: str, fields: tuple[str, ...]) -> int:
    """The event that is meant by its number, or by an item's code."""
    from planner.queries.history.redactable import event_of_item
    from planner.writes.items import item_row

    if as_typed(given).isdecimal():
        return read_whole(given, "EVENT", least=1, greatest=GREATEST)
    item = item_row(session, plan, given)
    return event_of_item(session, item.id, item.code, fields)


def _agreed(shown: "ToRedact") -> bool:
    """Show what would be removed, on standard error, and ask whether to remove it."""
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
    yield f"events whose text is replaced: {listed(what.events, most=LISTED)}"
    if what.files:
        yield f"issued files whose kept bytes go: {', '.join(what.files)}"
    if what.elsewhere:
        yield f"events that hold the same text and stay as they are: {listed(what.elsewhere, most=LISTED)}"


def _lines(done: "Redacted") -> Iterator[str]:
    row = done.what.first
    yield f"Redaction {done.id}: {', '.join(map(words, row.texts))} of {_named(row)}."
    yield from (f"  {line}" for line in _places(done.what))


def _compact(database: "Database", tables: Collection[str]) -> Compacted:
    """Rebuild the file without removed text. On a server, say which tables need VACUUM FULL."""
    from planner.store.location import file_of
    from planner.store.making import copies_of
    from planner.store.overwriting import purge_deleted_text

    file = file_of(database.url)
    if file is None:
        names = ", ".join(dict.fromkeys(["audit_event", *sorted(tables), "seeded_row", "issued_content"]))
        server = (
            "The server still has the text: in the old versions of rows until VACUUM FULL is run on the tables changed"
            f" ({names}), and in its write-ahead log, replicas and backups."
        )
        return Compacted(None, "", (server, NOT_TOUCHED))
    trouble = purge_deleted_text(database)
    rebuilt = (
        "The file was rebuilt: the removed text is in no unused part of it and in no log beside it."
        if trouble is None
        else f"The file may still hold the text in unused parts ({trouble}). Close all programs that use it and run"
        " 'planner compact'."
    )
    copies = (f"This copy from an upgrade may hold the text; delete it: {copy}" for copy in copies_of(file))
    return Compacted(trouble is None, trouble or "", (rebuilt, *copies, NOT_TOUCHED))


def _values(done: "Redacted", compacted: Compacted) -> dict[str, object]:
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
        "rebuilt": compacted.rebuilt,
        "left": compacted.left,
    }

"""planner redact: remove text from the history. planner compact: rebuild the database file without removed text."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from planner.base.errors import BadValueError, NotRebuiltError
from planner.base.language import later, tr, tr_count, tr_later
from planner.base.listing import listed
from planner.base.numbers import GREATEST, read_whole
from planner.base.texts import as_typed
from planner.cli.context import Context
from planner.cli.output import as_json, format_option, print_line, words
from planner.cli.questions import confirm
from planner.cli.values import Whole

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.queries.history.redactable import RowTexts, StillThere, ToRedact
    from planner.register.plan_view import PlanView
    from planner.store.database import Database
    from planner.writes.redactions import Redacted

# How many numbers of events are listed at most. The others are only counted.
LISTED = 20

NOT_CHANGED = later(
    "Not changed: unsaved reports and copied text in people's own folders; files that were written or sent; backups and"
    " other copies of the database."
)


@dataclass(frozen=True)
class Compacted:
    """The result of rebuilding the database file without removed text.

    `rebuilt` tells whether this succeeded; it is None on a server, where the program cannot rebuild the database.
    `trouble` is the reason for a failure. `left` has sentences about what a person still has to do.
    """

    rebuilt: bool | None
    trouble: str
    left: tuple[str, ...]


@dataclass(frozen=True)
class _Named:
    """How the text is named: by an event, by an item, or by a word that may be either. Only one of them is given."""

    either: str | None
    event: int | None
    item: str | None

    def require_one(self) -> None:
        """Raise UsageError unless exactly one of them is given."""
        if [self.either, self.event, self.item].count(None) != 2:
            raise click.UsageError(tr("Name one event or one item: give EVENT, --event or --item."))


@click.command()
@click.argument("what", metavar="EVENT|CODE", required=False)
@click.option("--event", type=Whole(), metavar="NUMBER", help="The number of the event, if an item has it as its code.")
@click.option("--item", metavar="CODE", help="The code of the item, if it is also the number of an event.")
@click.option(
    "--field", required=True, multiple=True, metavar="NAME", help="The field whose text is removed; can be repeated."
)
@click.option(
    "--reason", required=True, metavar="TEXT", help="The reason, for the history. It must not repeat the removed text."
)
@click.option("--instead", metavar="TEXT", help="The new text of a title or name, which cannot be empty.")
@click.option("--yes", is_flag=True, help="Do not ask for confirmation.")
@format_option("text", "json")
@click.pass_obj
def redact(
    context: Context,
    what: str | None,
    event: int | None,
    item: str | None,
    field: tuple[str, ...],
    reason: str,
    instead: str | None,
    yes: bool,
    output: str,
) -> None:
    """Remove text from the history, such as personal data typed by mistake (administrators only). It cannot be undone.

    Name the text by the number of an event in the log, or by the code of an item if only one of its rows has text in
    these fields. A number that can be both is refused: give it with --event or with --item. The event keeps its hash,
    so checkpoints stay valid. The log says who removed what and why.
    """
    from planner.queries.history.redactable import read_still_there
    from planner.writes.redactions import preview_redaction
    from planner.writes.redactions import redact as write

    with context.register() as register:
        with register.reading_to_write() as reading:
            seq = _event(reading.session, reading.plan, _Named(what, event, item), field)
            shown = preview_redaction(reading.session, register.actor, seq, field)
            still = read_still_there(reading.session, shown)
        if not yes and not _confirmed(shown):
            print_line(tr("Nothing was redacted."), err=True)
            return
        with register.writing() as writing:
            done = write(writing, seq, field, reason, instead=instead, expected=shown)
        compacted = _compact(register.open(), {row.table for row in done.what.rows})
    if output == "json":
        as_json("redaction", _values(done, compacted, still), reading.plan)
    else:
        for line in (*_lines(done), *compacted.left, *_next(still)):
            print_line(line)
    _require_rebuilt(compacted)


@click.command()
@click.pass_obj
def compact(context: Context) -> None:
    """Rebuild the SQLite file without removed text, if 'planner redact' could not do so at once.

    On a PostgreSQL server, the command changes nothing and says which tables need VACUUM FULL.
    """
    from planner.queries.history.redactions import redacted_tables

    with context.register() as register:
        with register.open().reading() as session:
            tables = redacted_tables(session)
        compacted = _compact(register.open(), tables)
    for line in compacted.left:
        print_line(line)
    _require_rebuilt(compacted)


def _require_rebuilt(compacted: Compacted) -> None:
    """Raise NotRebuiltError if the file may still contain removed text."""
    if compacted.rebuilt is False:
        raise NotRebuiltError(
            tr("the file was not rebuilt and may still contain removed text ({reason})", reason=compacted.trouble),
            do=tr("Close all programs that use the database, and run 'planner compact'"),
        )


def _event(session: "Session", plan: "PlanView", named: _Named, fields: tuple[str, ...]) -> int:
    """Return the number of the event that a person named, by its number or by the code of the item that it is about.

    Raises UsageError if it was not named once, and BadValueError if a number is both an event and the code of an item.
    """
    from planner.queries.history.redactable import event_of_item, has_event
    from planner.register.item_rows import code_of_item
    from planner.writes.items import item_row

    named.require_one()
    if named.event is not None:
        return named.event
    number = _number(named.either)
    if number is not None:
        code = code_of_item(session, plan.id, named.either or "")
        if code is None:
            return number
        # Redacting cannot be undone, so nothing is guessed.
        if has_event(session, number):
            raise BadValueError(
                tr("{number} is the number of an event, and item {code} has it as its code", number=number, code=code),
                where="EVENT",
                do=tr("Give '--event {number}' or '--item {code}'", number=number, code=code),
            )
    item = item_row(session, plan, named.item or named.either or "")
    return event_of_item(session, item.id, item.code, fields)


def _number(typed: str | None) -> int | None:
    """Return the number of an event that a person typed, or None for a text that is not a number."""
    if typed is None or not as_typed(typed).isdecimal():
        return None
    return read_whole(typed, "EVENT", least=1, greatest=GREATEST)


def _confirmed(shown: "ToRedact") -> bool:
    """Show the text that would be removed, on standard error, and ask whether to remove it."""
    print_line(tr("This text will be removed from {row}:", row=_named(shown.first)), err=True)
    for name, text in shown.first.texts.items():
        print_line(f"  {words(name)}: {text}", err=True)
    for line in _places(shown):
        print_line(f"  {line}", err=True)
    return confirm(tr("Redact this text? This cannot be undone."), err=True, of_plan=False)


def _named(row: "RowTexts") -> str:
    return f"{words(row.table)} {row.row} ({row.label})"


def _places(what: "ToRedact") -> Iterator[str]:
    if len(what.rows) > 1:
        yield tr(
            "other rows of the same write that contain the text: {rows}", rows=", ".join(map(_named, what.rows[1:]))
        )
    yield tr("events whose text is replaced: {events}", events=listed(what.events, most=LISTED))
    if what.files:
        yield tr("issued files whose stored bytes are removed: {files}", files=", ".join(what.files))
    if what.elsewhere:
        yield tr(
            "other events that keep the same text: {events}",
            events=listed(what.elsewhere, most=LISTED),
        )


def _lines(done: "Redacted") -> Iterator[str]:
    row = done.what.first
    fields = ", ".join(map(words, row.texts))
    yield tr("Recorded redaction {id}: {fields} of {row}.", id=done.id, fields=fields, row=_named(row))
    yield from (f"  {line}" for line in _places(done.what))


def _next(still: "Sequence[StillThere]") -> Iterator[str]:
    """Yield which records still show the text, with the command that redacts each of them."""
    if not still:
        return
    yield tr_count(
        "The text is still shown, in {count:,} other record. Redact it there too:",
        "The text is still shown, in {count:,} other records. Redact it there too:",
        len(still),
    )
    for one in still[:LISTED]:
        fields = " ".join(f"--field {field}" for field in one.fields)
        yield f"  planner redact --event {one.seq} {fields}"
    if len(still) > LISTED:
        yield tr("  … and {number:,} more", number=len(still) - LISTED)


def _compact(database: "Database", tables: Collection[str]) -> Compacted:
    """Rebuild the file without removed text. On a server, name the tables that need VACUUM FULL."""
    from planner.store.location import file_of
    from planner.store.making import copies_of
    from planner.store.overwriting import purge_deleted_text

    file = file_of(database.url)
    if file is None:
        names = ", ".join(dict.fromkeys(["audit_event", *sorted(tables), "seeded_row", "issued_content"]))
        server = tr(
            "The server still has the text: in old versions of rows, until you run VACUUM FULL on the changed tables"
            " ({tables}), and in its write-ahead log, replicas and backups.",
            tables=names,
        )
        return Compacted(None, "", (server, tr_later(NOT_CHANGED)))
    trouble = purge_deleted_text(database)
    if trouble is None:
        rebuilt = tr("The file was rebuilt. Neither its unused parts nor its log file contain the removed text.")
    else:
        rebuilt = tr(
            "The file may still contain the text in unused parts ({reason}). Close all programs that use the"
            " database, and run 'planner compact'.",
            reason=trouble,
        )
    copies = [
        tr("This copy, which an upgrade made, may still contain the text. Delete it: {file}", file=copy)
        for copy in copies_of(file)
    ]
    return Compacted(trouble is None, trouble or "", (rebuilt, *copies, tr_later(NOT_CHANGED)))


def _values(done: "Redacted", compacted: Compacted, still: "Sequence[StillThere]") -> dict[str, object]:
    """Return the values of a redaction for JSON, without the removed text. `still` are the records that show it."""
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
        "still_shown": [{"event": one.seq, "fields": one.fields} for one in still],
    }

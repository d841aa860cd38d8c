"""An event of the audit log: as a line of a table, and in full with every field before and after."""

from collections.abc import Iterator
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from textual.content import Content

from planner.dates.relative import in_words
from planner.domain.symbols import SYMBOLS, words
from tui.marks import HEADING, MUTED, STRONG, one_line, right_to_left
from tui.widgets.blocks import Block
from tui.widgets.masthead import shortened
from tui.widgets.table import Column

if TYPE_CHECKING:
    from datetime import date

    from planner.queries.history.log import Event
    from planner.queries.history.log_fields import FieldChange

# What the rest of a line says already, or what is the same in most events.
_NOT_IN_LINE = {"item_id", "milestone_id", "indicator_id", "as_of", "basis"}

# Fields whose values are states, told with their symbols.
_STATES = {"phase", "confidence"}

# A before and an after that are together longer than this stand on lines of their own.
LONG = 48

ABSENT = "–"


def columns(time_zone: str) -> "list[Column[Event]]":
    """The columns of the log; times are those of the plan's zone."""
    zone = ZoneInfo(time_zone)
    return [
        Column(
            "when", "Recorded", lambda event, _: Content(f"{event.recorded_at.astimezone(zone):%Y-%m-%d %H:%M}"), 16
        ),
        Column(
            "who", "Who", lambda event, width: Content(shortened(one_line(event.actor), width)), 20, rank=1, narrow=10
        ),
        Column("action", "Did", lambda event, _: Content.styled(event.action, "$text-accent"), 10, narrow=9),
        Column("on", "On", lambda event, _: Content.styled(one_line(event.label), STRONG), 20, narrow=17),
        Column("changes", "What", lambda event, _: Content(in_line(event)), 20, comfort=20),
    ]


def in_line(event: "Event") -> str:
    """What an event changed, on one line, the telling fields only."""
    told = [field for field in event.fields if field.name not in _NOT_IN_LINE] or list(event.fields)
    return one_line(" · ".join(_in_line(field) for field in told))


def _in_line(field: "FieldChange") -> str:
    after = _value(field.name, field.after)
    if field.before is None:
        return after if field.name in _STATES else f"{field.word} {after}"
    return f"{field.word} {_value(field.name, field.before)} → {after}"


def event_blocks(event: "Event", time_zone: str, today: "date | None" = None) -> Iterator[Block]:
    """An event in full: what, who, when on both clocks, why, and each field."""
    local = event.recorded_at.astimezone(ZoneInfo(time_zone))
    behalf = f" for {one_line(event.on_behalf_of)}" if event.on_behalf_of else ""
    yield Block(Content.styled(one_line(event.label), HEADING))
    yield Block(
        Content.assemble(
            (event.action, "$text-accent"),
            f"  {words(event.table)} {'added' if event.added else 'changed'} by {one_line(event.actor)}{behalf}",
        )
    )
    yield Block(Content.assemble(f"{local:%Y-%m-%d %H:%M:%S} {time_zone}", (_age(local.date(), today), MUTED)))
    yield Block(Content.styled(f"{event.recorded_at:%Y-%m-%d %H:%M:%S} UTC, event {event.seq:,}", MUTED))
    if event.reason:
        yield Block(Content.assemble(("Because: ", MUTED), event.reason))
    for field in event.fields:
        yield from _field_blocks(field, added=event.added)
    for redaction in event.redactions:
        yield Block(Content.assemble(("Redacted: ", MUTED), redaction.summary))


def _age(day: "date", today: "date | None") -> str:
    """How long ago a day was; nothing where it is not known what day it is."""
    return f", {in_words(day, today)}" if today else ""


def _field_blocks(field: "FieldChange", *, added: bool) -> Iterator[Block]:
    word = (f"{field.word.capitalize()}: ", MUTED)
    before, after = _value(field.name, field.before), _value(field.name, field.after)
    if right_to_left(before) or right_to_left(after) or (field.before is not None and len(before + after) > LONG):
        yield Block(Content.assemble(word), "-heading")
        for said, text in (("before", before), ("after", after)):
            if not added or said == "after":
                yield Block(Content.assemble((f"{said} ", MUTED), ""), "-detail")
                yield Block(Content(text), "-right-to-left" if right_to_left(text) else "-detail")
    elif added and field.before is None:
        yield Block(Content.assemble(word, after))
    else:
        yield Block(Content.assemble(word, before, (" → ", MUTED), (after, STRONG)))


def _value(name: str, value: str | None) -> str:
    if value is None:
        return ABSENT
    if name in _STATES and value in SYMBOLS:
        return f"{SYMBOLS[value][0]} {words(value)}"
    return value

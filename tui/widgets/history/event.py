"""An event of the audit log as a table row, and in full with the old and new value of every field."""

from collections.abc import Iterator
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from textual.content import Content

from planner.base.language import later, tr
from planner.base.visible_text import right_to_left
from planner.dates.relative import age_words
from planner.domain.symbols import SYMBOLS, words
from tui.marks import HEADING, MUTED, STRONG, one_line
from tui.widgets.blocks import Block
from tui.widgets.masthead import address_end
from tui.widgets.table import Column

if TYPE_CHECKING:
    from datetime import date

    from planner.queries.history.log import Event
    from planner.queries.history.log_fields import LoggedChange

# Fields that a row leaves out: other columns show them, or most events have the same value.
_NOT_IN_LINE = {"item_id", "milestone_id", "indicator_id", "as_of", "basis"}

# Fields whose values are states and are shown with their symbols.
_STATES = {"phase", "confidence"}

# If the old and new value together are longer than this, each gets its own lines.
LONG = 48

ABSENT = "–"


def columns(time_zone: str) -> "list[Column[Event]]":
    """Return the columns of the log. Times are in the plan's time zone."""
    zone = ZoneInfo(time_zone)
    return [
        Column(
            "when",
            later("Recorded"),
            lambda event, _: Content(f"{event.recorded_at.astimezone(zone):%Y-%m-%d %H:%M}"),
            16,
        ),
        Column(
            "who",
            later("Person"),
            lambda event, width: Content(address_end(one_line(event.actor), width)),
            20,
            rank=1,
            narrow=10,
        ),
        Column("action", later("Action"), lambda event, _: Content.styled(event.action, "$text-accent"), 10, narrow=9),
        Column("on", later("Record"), lambda event, _: Content.styled(one_line(event.name), STRONG), 20, narrow=17),
        Column("changes", later("Changes"), lambda event, _: Content(in_line(event)), 20, comfort=20),
    ]


def in_line(event: "Event") -> str:
    """Return the most important changes of an event on one line."""
    shown = [field for field in event.fields if field.name not in _NOT_IN_LINE] or list(event.fields)
    return one_line(" · ".join(_in_line(field) for field in shown))


def _in_line(field: "LoggedChange") -> str:
    after = _value(field.name, field.after)
    if field.before is None:
        return after if field.name in _STATES else f"{field.word} {after}"
    return f"{field.word} {_value(field.name, field.before)} → {after}"


def event_blocks(event: "Event", time_zone: str, today: "date | None" = None) -> Iterator[Block]:
    """Yield an event in full: action, person, time in the plan's zone and in UTC, reason, fields and redactions."""
    local = event.recorded_at.astimezone(ZoneInfo(time_zone))
    yield Block(Content.styled(one_line(event.name), HEADING))
    yield Block(Content.assemble((event.action, "$text-accent"), f"  {_author(event)}"))
    yield Block(Content.assemble(f"{local:%Y-%m-%d %H:%M:%S} {time_zone}", (age_words(local.date(), today), MUTED)))
    number = tr("event {number:,}", number=event.seq)
    yield Block(Content.styled(f"{event.recorded_at:%Y-%m-%d %H:%M:%S} UTC, {number}", MUTED))
    if event.reason:
        yield Block(Content.assemble((f"{tr('Reason:')} ", MUTED), event.reason))
    for field in event.fields_but_reason:
        yield from _field_blocks(field, added=event.added)
    for redaction in event.redactions:
        yield Block(Content.assemble((f"{tr('Redacted:')} ", MUTED), redaction.summary))


def _author(event: "Event") -> str:
    """Return a text such as "report added by A", or "report added by A for B" if A wrote on behalf of B."""
    table, actor = words(event.table), one_line(event.actor)
    if event.on_behalf_of:
        other = one_line(event.on_behalf_of)
        if event.added:
            return tr("{table} added by {actor} for {other}", table=table, actor=actor, other=other)
        return tr("{table} changed by {actor} for {other}", table=table, actor=actor, other=other)
    if event.added:
        return tr("{table} added by {actor}", table=table, actor=actor)
    return tr("{table} changed by {actor}", table=table, actor=actor)


def _field_blocks(field: "LoggedChange", *, added: bool) -> Iterator[Block]:
    word = (f"{field.word.capitalize()}: ", MUTED)
    before, after = _value(field.name, field.before), _value(field.name, field.after)
    if right_to_left(before) or right_to_left(after) or (field.before is not None and len(before + after) > LONG):
        yield Block(Content.assemble(word), "-heading")
        versions = [(tr("after"), after)] if added else [(tr("before"), before), (tr("after"), after)]
        for label, text in versions:
            yield Block(Content.assemble((f"{label} ", MUTED), ""), "-detail")
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

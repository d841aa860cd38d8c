"""The records of an item: the officers' reports in full, and the history of all writes."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from textual.content import Content

from planner.base.formats import percent
from planner.base.language import tr, tr_later
from planner.domain.symbols import words
from planner.reporting.fields import HELP, TEXTS
from tui.marks import MUTED, STRONG, mark
from tui.widgets.blocks import Block

if TYPE_CHECKING:
    from planner.queries.history.edits import FieldChange
    from planner.queries.history.item_history.entries import Discounted, HistoryEntry
    from planner.queries.items.views import StatusView


def report_blocks(reports: "Sequence[StatusView]") -> Iterator[Block]:
    """Yield each report, starting with the newest: its ratings, and then its texts."""
    for report in reports:
        reported = "" if report.percent is None else f"   {percent(report.percent)}"
        yield Block(
            Content.assemble(
                (report.as_of.isoformat(), STRONG),
                "  ",
                mark(report.phase),
                "   ",
                mark(report.confidence),
                reported,
                (f"   {report.actor}, {report.basis.value}", MUTED),
            ),
            "-heading" if report is not reports[0] else "",
        )
        for name, field in (TEXTS | HELP).items():
            text = getattr(report, name)
            if text:
                yield Block(Content.assemble((f"{field.label}: ", MUTED), str(text)), "-detail")
    if not reports:
        yield Block(Content.styled(tr("There is no report on this item yet."), MUTED))


def history_blocks(history: "Sequence[HistoryEntry]", time_zone: str) -> Iterator[Block]:
    """Yield each write, starting with the last, with the time at which it was recorded in the plan's time zone.

    A write that no longer counts is grey. A line below it shows since when, by whose decision, and why.
    """
    zone = ZoneInfo(time_zone)
    for entry in history:
        # A write without a date of its own has the day on which it was recorded.
        day = entry.as_of or entry.recorded_at.astimezone(zone).date()
        basis = f", {entry.basis.value}" if entry.basis else ""
        yield Block(
            Content.assemble(
                (day.isoformat(), MUTED if entry.discounted else STRONG),
                (f"  {tr_later(entry.kind)}  ", "$text-accent"),
                (f"{entry.what}{_because(entry.reason)}", MUTED if entry.discounted else ""),
                (f"  {entry.actor}{basis}, ", MUTED),
                (tr("recorded {time}", time=_moment(entry.recorded_at, zone)), MUTED),
            )
        )
        yield from (Block(_changed(change), "-detail") for change in entry.changes)
        yield from (Block(_discounted(why, zone), "-detail") for why in entry.discounted)
    if not history:
        yield Block(
            Content.styled(tr("Nothing has changed since the item was entered. The log has what was entered."), MUTED)
        )


def _changed(change: "FieldChange") -> Content:
    before, after = (f"“{text}”" if text is not None else tr("empty") for text in (change.before, change.after))
    return Content.assemble((f"{change.field}: ", MUTED), before, (" → ", MUTED), after)


def _discounted(why: "Discounted", zone: ZoneInfo) -> Content:
    time = _moment(why.recorded_at, zone)
    decision = tr("{decision} by {actor} on {time}", decision=words(why.how.value), actor=why.actor, time=time)
    return Content.styled(f"↩ {decision}{_because(why.reason)}", "$text-warning")


def _because(reason: str | None) -> str:
    return f" ({reason})" if reason else ""


def _moment(instant: datetime, zone: ZoneInfo) -> str:
    return f"{instant.astimezone(zone):%Y-%m-%d %H:%M}"

"""What was recorded of an item: the officers' reports in full, and the history of every write."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from textual.content import Content

from planner.base.formats import percent
from planner.domain.symbols import words
from tui.marks import MUTED, STRONG, mark
from tui.widgets.blocks import Block

if TYPE_CHECKING:
    from planner.queries.history.edits import FieldChange
    from planner.queries.history.item_history import Discounted, HistoryEntry
    from planner.queries.items.views import StatusView

_TEXTS = ("done", "next", "blocker", "help_needed", "evidence")


def report_blocks(reports: "Sequence[StatusView]") -> Iterator[Block]:
    """Each report, newest first: what was rated, then what was said."""
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
        for name in _TEXTS:
            said = getattr(report, name)
            if said:
                yield Block(Content.assemble((f"{words(name)}: ", MUTED), said), "-detail")
    if not reports:
        yield Block(Content.styled("Nobody has reported on this item yet.", MUTED))


def history_blocks(history: "Sequence[HistoryEntry]", time_zone: str) -> Iterator[Block]:
    """Each write, the last one first, with the time it was recorded in the plan's time zone.

    What does not count any more recedes, and says since when, by whom and why.
    """
    zone = ZoneInfo(time_zone)
    for entry in history:
        # What is of no date of its own stands under the day it was recorded.
        day = entry.as_of or entry.recorded_at.astimezone(zone).date()
        basis = f", {entry.basis.value}" if entry.basis else ""
        yield Block(
            Content.assemble(
                (day.isoformat(), MUTED if entry.discounted else STRONG),
                (f"  {entry.kind}  ", "$text-accent"),
                (f"{entry.what}{_because(entry.reason)}", MUTED if entry.discounted else ""),
                (f"  {entry.actor}{basis}, recorded {_moment(entry.recorded_at, zone)}", MUTED),
            )
        )
        yield from (Block(_changed(change), "-detail") for change in entry.changes)
        yield from (Block(_discounted(why, zone), "-detail") for why in entry.discounted)
    if not history:
        yield Block(Content.styled("Nothing has been recorded of this item yet.", MUTED))


def _changed(change: "FieldChange") -> Content:
    before, after = (f"“{said}”" if said is not None else "nothing" for said in (change.before, change.after))
    return Content.assemble((f"{change.field}: ", MUTED), before, (" → ", MUTED), after)


def _discounted(why: "Discounted", zone: ZoneInfo) -> Content:
    told = f"↩ {words(why.how.value)} by {why.actor} on {_moment(why.recorded_at, zone)}"
    return Content.styled(f"{told}{_because(why.reason)}", "$text-warning")


def _because(reason: str | None) -> str:
    return f" ({reason})" if reason else ""


def _moment(instant: datetime, zone: ZoneInfo) -> str:
    return f"{instant.astimezone(zone):%Y-%m-%d %H:%M}"

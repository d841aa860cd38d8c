"""What was recorded of an item: the officers' reports in full, and the history of every write."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from textual.content import Content

from planner.marks import words
from tui.marks import MUTED, STRONG, mark
from tui.widgets.blocks import Block

if TYPE_CHECKING:
    from planner.queries.item import HistoryEntry
    from planner.queries.views import StatusView

_TEXTS = ("done", "next", "blocker", "help_needed", "evidence")


def report_blocks(reports: "Sequence[StatusView]") -> Iterator[Block]:
    """Each report, newest first: what was rated, then what was said."""
    for report in reports:
        reported = "" if report.percent is None else f"   {report.percent} %"
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
        yield Block(Content.styled("Nobody has reported on this item yet. r reports.", MUTED))


def history_blocks(history: "Sequence[HistoryEntry]", time_zone: str) -> Iterator[Block]:
    """Each write, newest first, with the time it was recorded in the plan's time zone."""
    zone = ZoneInfo(time_zone)
    for entry in history:
        reason = f" ({entry.reason})" if entry.reason else ""
        recorded = f"{entry.recorded_at.astimezone(zone):%Y-%m-%d %H:%M}"
        yield Block(
            Content.assemble(
                (entry.as_of.isoformat(), STRONG),
                (f"  {entry.kind}  ", "$text-accent"),
                f"{entry.what}{reason}",
                (f"  {entry.actor}, {entry.basis.value}, recorded {recorded}", MUTED),
            )
        )
    if not history:
        yield Block(Content.styled("Nothing has been recorded of this item yet.", MUTED))

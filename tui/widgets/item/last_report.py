"""What was said of an item last, in full, beside the queue: so that the officer knows before opening the form."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from textual.content import Content

from planner.base.formats import percent
from planner.dates.relative import with_words
from planner.domain.symbols import words
from planner.domain.vocabulary import Completion, MeasuredBy
from tui.data.form import TEXTS
from tui.data.my_week import why_owed
from tui.marks import MUTED, STRONG, bar, mark, one_line, right_to_left
from tui.widgets.blocks import Block
from tui.widgets.form.milestone import milestone_state

if TYPE_CHECKING:
    from planner.queries.items.views import ItemView, StatusView

# Milestones are named that are due within this time.
SOON = timedelta(days=14)


def last_report_blocks(
    item: "ItemView", as_of: date, time_zone: str, kept: "datetime | None", doubts: Sequence[str] = ()
) -> Iterator[Block]:
    """The item, why it stands where it stands, the draft, the last report in full, and the milestones that are due.

    `doubts` are told to who is to confirm that it has ended.
    """
    code, title = Content.styled(item.code, f"{STRONG} $text-primary"), Content.styled(one_line(item.title), STRONG)
    if right_to_left(item.title):
        yield Block(code)
        yield Block(title, "-right-to-left")
    else:
        yield Block(Content(" ").join([code, title]))
    why = why_owed(item)
    if why:
        yield Block(Content.styled(f"{'↩ ' if item.returned else ''}{one_line(why)}", "$text-warning"))
    if kept is not None:
        yield Block(Content.styled(f"▪ Draft of {kept.astimezone(ZoneInfo(time_zone)):%Y-%m-%d %H:%M}", "$text-accent"))
    if item.completion is Completion.AWAITING:
        yield Block(Content.assemble(mark(Completion.AWAITING), ": ", mark(item.phase)))
    for doubt in doubts:
        yield Block(Content.styled(f"? {doubt}", "$text-warning"))
    yield Block(_progress(item, as_of))
    report = item.returned.report if item.returned else item.last
    yield from _report(report, "What came back" if item.returned else "Last report", as_of)
    due = [step for step in item.milestones if step.met_on is None and step.current <= as_of + SOON]
    if due:
        yield Block(Content.styled("Milestones due", MUTED), "-heading")
    for step in due:
        yield Block(
            Content.assemble(f"{step.number} {one_line(step.title)}  ", milestone_state(step, as_of)), "-detail"
        )


def _progress(item: "ItemView", as_of: date) -> Content:
    by = "by milestones" if item.measured_by is MeasuredBy.MILESTONES else "as reported"
    return Content.assemble(
        bar(item.actual, item.expected, 16),
        f" {percent(item.actual)} {by}, {percent(item.expected)} expected, due {with_words(item.current_due, as_of)}",
    )


def _report(report: "StatusView | None", heading: str, as_of: date) -> Iterator[Block]:
    if report is None:
        yield Block(Content.styled("Nobody has reported on it yet.", MUTED), "-heading")
        return
    reported = "" if report.percent is None else f"   {percent(report.percent)}"
    who = f"{heading}, {with_words(report.as_of, as_of)} by {report.actor}"
    yield Block(Content.styled(who, MUTED), "-heading")
    yield Block(Content.assemble(mark(report.phase), "   ", mark(report.confidence), reported))
    for name in TEXTS:
        said = getattr(report, name)
        if said:
            yield Block(Content.assemble((f"{words(name).capitalize()}: ", MUTED), said))

"""Shows the last report on an item in full, so that the officer can read it before opening the form."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from textual.content import Content

from planner.base.formats import percent
from planner.base.language import tr
from planner.base.visible_text import right_to_left
from planner.dates.assumed import with_word
from planner.dates.relative import with_words
from planner.domain.vocabulary import Completion, MeasuredBy
from planner.reporting.fields import HELP, TEXTS
from tui.data.my_week import why_owed
from tui.marks import MUTED, STRONG, bar, mark, one_line
from tui.widgets.blocks import Block
from tui.widgets.form.milestone import milestone_state

if TYPE_CHECKING:
    from planner.queries.items.views import ItemView, StatusView

# The milestones that are due within this time are listed.
SOON = timedelta(days=14)


def last_report_blocks(
    item: "ItemView",
    as_of: date,
    time_zone: str,
    kept: "datetime | None",
    doubts: Sequence[str] = (),
    asked: Sequence[str] = (),
    assessed: Sequence[str] = (),
) -> Iterator[Block]:
    """Yield the item, why a report is needed, the unsaved report, the last report in full, and the milestones due soon.

    `kept` is the time of the unsaved report, or None if there is no unsaved report. `doubts` are points to check before
    a manager confirms that the item has ended. `asked` says what became of the requests for help, and of an item that
    another plan continues. `assessed` says what the last assessment says.
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
        saved = f"{kept.astimezone(ZoneInfo(time_zone)):%Y-%m-%d %H:%M}"
        yield Block(Content.styled(f"▪ {tr('Unsaved report of {time}', time=saved)}", "$text-accent"))
    if item.completion is Completion.AWAITING:
        yield Block(Content.assemble(mark(Completion.AWAITING), ": ", mark(item.phase)))
    for doubt in doubts:
        yield Block(Content.styled(f"? {doubt}", "$text-warning"))
    for request in asked:
        yield Block(Content.styled(request, "$text-accent"))
    yield Block(_progress(item, as_of))
    for sentence in assessed:
        yield Block(Content.styled(one_line(sentence), "$text-accent"))
    report = item.returned.report if item.returned else item.last
    yield from _report(report, as_of, returned=item.returned is not None)
    due = [step for step in item.milestones if step.met_on is None and step.current <= as_of + SOON]
    if due:
        yield Block(Content.styled(tr("Milestones due"), MUTED), "-heading")
    for step in due:
        yield Block(
            Content.assemble(f"{step.number} {one_line(step.title)}  ", milestone_state(step, as_of)), "-detail"
        )


def _progress(item: "ItemView", as_of: date) -> Content:
    done, expected = percent(item.actual), percent(item.expected)
    day = with_word(with_words(item.current_due, as_of), assumed=item.due_assumed)
    if item.measured_by is MeasuredBy.MILESTONES:
        figures = tr("{done} by milestones, {expected} expected, due {day}", done=done, expected=expected, day=day)
    else:
        figures = tr("{done} as reported, {expected} expected, due {day}", done=done, expected=expected, day=day)
    return Content.assemble(bar(item.actual, item.expected, 16), f" {figures}")


def _report(report: "StatusView | None", as_of: date, *, returned: bool) -> Iterator[Block]:
    if report is None:
        yield Block(Content.styled(tr("There is no report on this item yet."), MUTED), "-heading")
        return
    reported = "" if report.percent is None else f"   {percent(report.percent)}"
    day = with_words(report.as_of, as_of)
    heading = (
        tr("Returned report, {day} by {actor}", day=day, actor=report.actor)
        if returned
        else tr("Last report, {day} by {actor}", day=day, actor=report.actor)
    )
    yield Block(Content.styled(heading, MUTED), "-heading")
    yield Block(Content.assemble(mark(report.phase), "   ", mark(report.confidence), reported))
    for name, field in (TEXTS | HELP).items():
        text = getattr(report, name)
        if text:
            yield Block(Content.assemble((f"{field.label}: ", MUTED), str(text)))

"""The top of the item screen: title, lead, dates, the officer's rating and the computed state, and progress."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from planner.base.formats import percent
from planner.base.language import tr, tr_count
from planner.base.visible_text import right_to_left
from planner.dates.assumed import with_word
from planner.domain.rules.weeks import local_day
from planner.domain.symbols import words
from planner.domain.vocabulary import Completion, MeasuredBy
from tui.marks import MUTED, STRONG, bar, colour, mark, one_line

if TYPE_CHECKING:
    from planner.queries.items.views import ItemView

_LABEL = 10


class Heading(Static):
    """The heading of an item.

    It has six lines, and more for a long title, a late item, an assessed or completed item, or a returned report.
    """

    item: "reactive[ItemView | None]" = reactive(None, layout=True)
    # The plan's time zone. It is set together with the item.
    time_zone: reactive[str] = reactive("UTC")
    # What the last assessment says, once the details of the item are read.
    assessed: reactive[tuple[str, ...]] = reactive((), layout=True)

    def __init__(self) -> None:
        super().__init__(markup=False)

    def render(self) -> Content:
        """Draw the lines, or a note until the item is loaded."""
        item = self.item
        if item is None:
            return Content.styled(tr("Loading the item…"), MUTED)
        width = self.size.width
        return Content("\n").join(
            [
                _what(item, width),
                _title(item, width),
                _line(tr("Lead"), _lead(item), width),
                _line(tr("Dates"), _dates(item), width),
                *_late(item, width),
                _line(tr("Status"), _status(item), width),
                *_assessed(self.assessed, width),
                *_decisions(item, self.time_zone),
                _line(tr("Progress"), _progress(item, width - _LABEL), width),
            ]
        )


def _line(label: str, content: Content, width: int) -> Content:
    line = Content.assemble((f"{label:<{_LABEL}}", MUTED), content)
    return line.truncate(max(_LABEL, width), ellipsis=True)


def _what(item: "ItemView", width: int) -> Content:
    line = Content.assemble(
        (item.code, f"{STRONG} $text-primary"),
        f"  {one_line(item.kind_title)}, ",
        (tr("basis: {basis}", basis=item.basis.value), MUTED),
        "  ",
        tr("theme {number} {title}", number=item.theme, title=one_line(item.theme_title)),
    )
    return line.truncate(max(_LABEL, width), ellipsis=True)


def _title(item: "ItemView", width: int) -> Content:
    title = Content.styled(one_line(item.title), STRONG)
    if right_to_left(item.title):
        lines = title.wrap(width) if width else [title]
        return Content("\n").join(line.rstrip().pad_left(max(0, width - line.rstrip().cell_length)) for line in lines)
    return title


def _lead(item: "ItemView") -> Content:
    why = " ".join(one_line(reason) for reason in item.lead_reasons)
    basis = f"  {item.lead_basis.value}" + (f": {why}" if why else "")
    return Content.assemble(one_line(item.lead.name), (basis, MUTED))


def _dates(item: "ItemView") -> Content:
    moved = (item.current_due - item.baseline_due).days
    basis = (f"  {item.due_basis.value}", MUTED)
    if not moved:
        span = tr("{start} to {due}", start=item.starts, due=with_word(item.baseline_due, assumed=item.due_assumed))
        return Content.assemble(span, (f", {tr('as in the baseline')}", MUTED), basis)
    span = tr_count(
        "{start} to {current}, baseline {baseline} ({moved} day)",
        "{start} to {current}, baseline {baseline} ({moved} days)",
        abs(moved),
        start=item.starts,
        baseline=item.baseline_due,
        current=item.current_due,
        moved=f"{moved:+d}",
    )
    return Content.assemble(span, basis)


def _late(item: "ItemView", width: int) -> Iterator[Content]:
    if item.days_late or item.days_late_baseline:
        days = tr_count(
            "{count} day after the current due date, {baseline} after the baseline",
            "{count} days after the current due date, {baseline} after the baseline",
            item.days_late,
            baseline=item.days_late_baseline,
        )
        yield _line(tr("Late"), Content.styled(days, "$text-warning"), width)


def _assessed(sentences: "Sequence[str]", width: int) -> Iterator[Content]:
    """Yield the sentences about the last assessment. Only the first has the label."""
    for place, sentence in enumerate(sentences):
        yield _line("" if place else tr("Assessed"), Content(one_line(sentence)), width)


def _decisions(item: "ItemView", time_zone: str) -> Iterator[Content]:
    """Yield lines about the confirmation that the item has ended, and about a returned report, if there are any."""
    if item.completion is not Completion.NONE and item.last:
        reported = tr("reported by {actor} as of {day}", actor=one_line(item.last.actor), day=item.last.as_of)
        label = words(item.phase.value).capitalize()
        yield Content.assemble((f"{label:<{_LABEL}}", MUTED), mark(item.completion), (f"  {reported}", MUTED))
        if item.last.why_ended_in_words:
            yield Content.assemble((f"{tr('Reason'):<{_LABEL}}", MUTED), one_line(item.last.why_ended_in_words))
    if item.returned:
        back = item.returned
        returned = tr(
            "report as of {as_of}, returned by {actor} on {day}: {reason}",
            as_of=back.report.as_of,
            actor=one_line(back.actor),
            day=local_day(back.recorded_at, time_zone),
            reason=one_line(back.reason),
        )
        yield Content.assemble((f"{tr('Returned'):<{_LABEL}}", MUTED), (f"↩ {returned}", "$text-warning"))


def _status(item: "ItemView") -> Content:
    """Return the officer's rating, the computed state, whether they contradict each other, phase and freshness."""
    between = ("  ≠ ", "bold $text-error") if item.contradiction else "  "
    return Content.assemble(
        (f"{tr('officer')} ", MUTED),
        mark(item.confidence),
        between,
        (f"{tr('computed')} ", MUTED),
        mark(item.schedule),
        "  ",
        mark(item.phase),
        "  ",
        mark(item.freshness),
    )


def _progress(item: "ItemView", width: int) -> Content:
    by = tr("by milestones") if item.measured_by is MeasuredBy.MILESTONES else tr("as reported")
    done = tr("{percent} done", percent=percent(item.actual))
    expected = tr("{percent} expected", percent=percent(item.expected))
    figures = Content.assemble(f" {done}", (f" {by}", MUTED), f", {expected}")
    return Content.assemble(
        bar(item.actual, item.expected, max(8, width - figures.cell_length), colour(item.schedule)), figures
    )

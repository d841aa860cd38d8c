"""The top of the item screen: what it is, who leads it, its dates, both judgements, how far it is."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from planner.base.formats import percent
from planner.domain.rules.weeks import local_day
from planner.domain.symbols import words
from planner.domain.vocabulary import Completion, MeasuredBy
from tui.marks import MUTED, STRONG, bar, colour, mark, one_line, right_to_left

if TYPE_CHECKING:
    from planner.queries.items.views import ItemView

_LABEL = 10


class Heading(Static):
    """Six lines, and more where the title needs them, the item is late, or a completion or a return is to be told."""

    item: "reactive[ItemView | None]" = reactive(None, layout=True)
    # In which instants are told; known as soon as an item is.
    time_zone: reactive[str] = reactive("UTC")

    def __init__(self) -> None:
        super().__init__(markup=False)

    def render(self) -> Content:
        """The lines, or that they are being read."""
        item = self.item
        if item is None:
            return Content.styled("Reading the item…", MUTED)
        width = self.size.width
        return Content("\n").join(
            [
                _what(item, width),
                _title(item, width),
                _line("Lead", _lead(item), width),
                _line("Dates", _dates(item), width),
                *_late(item, width),
                _line("Judged", _judged(item), width),
                *_answered(item, self.time_zone),
                _line("Progress", _progress(item, width - _LABEL), width),
            ]
        )


def _line(label: str, content: Content, width: int) -> Content:
    line = Content.assemble((f"{label:<{_LABEL}}", MUTED), content)
    return line.truncate(max(_LABEL, width), ellipsis=True)


def _what(item: "ItemView", width: int) -> Content:
    line = Content.assemble(
        (item.code, f"{STRONG} $text-primary"),
        f"  {words(item.kind.value)}, ",
        (f"title {item.basis.value}", MUTED),
        f"  theme {item.theme} {one_line(item.theme_title)}",
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
    due = (
        f"{item.baseline_due} baseline, {item.current_due} current, {moved:+d} days"
        if moved
        else f"{item.baseline_due}"
    )
    both = "" if moved else ", baseline and current"
    return Content.assemble(f"{item.starts} to {due}", (f"{both}  {item.due_basis.value}", MUTED))


def _late(item: "ItemView", width: int) -> Iterator[Content]:
    if item.days_late or item.days_late_baseline:
        told = f"{item.days_late} days against the current date, {item.days_late_baseline} against the baseline"
        yield _line("Late", Content.styled(told, "$text-warning"), width)


def _answered(item: "ItemView", time_zone: str) -> Iterator[Content]:
    """Whether an ending was confirmed, or what a manager returned and why; as long as it needs to be."""
    if item.completion is not Completion.NONE and item.last:
        told = f"  reported by {one_line(item.last.actor)} as of {item.last.as_of}"
        label = words(item.phase.value).capitalize()
        yield Content.assemble((f"{label:<{_LABEL}}", MUTED), mark(item.completion), (told, MUTED))
        if item.last.why_ended:
            yield Content.assemble((f"{'Why':<{_LABEL}}", MUTED), one_line(item.last.why_ended))
    if item.returned:
        back = item.returned
        day = local_day(back.recorded_at, time_zone)
        told = f"↩ the report as of {back.report.as_of}, by {one_line(back.actor)} on {day}: {one_line(back.reason)}"
        yield Content.assemble((f"{'Returned':<{_LABEL}}", MUTED), (told, "$text-warning"))


def _judged(item: "ItemView") -> Content:
    """The officer's rating beside the computed state, and whether they contradict each other; phase; last report."""
    between = ("  ≠ ", "bold $text-error") if item.contradiction else "  "
    return Content.assemble(
        ("officer ", MUTED),
        mark(item.confidence),
        between,
        ("computed ", MUTED),
        mark(item.schedule),
        "  ",
        mark(item.phase),
        "  ",
        mark(item.freshness),
    )


def _progress(item: "ItemView", width: int) -> Content:
    by = "by milestones" if item.measured_by is MeasuredBy.MILESTONES else "as reported"
    told = Content.assemble(f" {percent(item.actual)} done", (f" {by}", MUTED), f", {percent(item.expected)} expected")
    return Content.assemble(
        bar(item.actual, item.expected, max(8, width - told.cell_length), colour(item.schedule)), told
    )

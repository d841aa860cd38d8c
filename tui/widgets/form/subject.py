"""The top of the report form: which item, where it stands in the queue, when it was last reported, why it came back."""

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from textual.content import Content
from textual.widgets import Static

from planner.base.errors import PlannerError
from planner.domain.rules.weeks import local_day
from planner.domain.vocabulary import Phase
from tui.data.form import Opening
from tui.marks import MUTED, STRONG, TROUBLE, one_line, right_to_left
from tui.widgets.trouble import sentence

if TYPE_CHECKING:
    from planner.writes.reports.entries import EntryRecorded


class Subject(Static):
    """`place` is the item's place in a queue and the queue's length, None where it stands in none."""

    def __init__(self, opening: Opening, place: tuple[int, int] | None) -> None:
        super().__init__(markup=False, id="subject")
        self.show_item(opening, place)

    def show_item(self, opening: Opening, place: tuple[int, int] | None) -> None:
        """Tell of another item."""
        item = opening.item
        queue = f"{place[0]} of {place[1]}. " if place else ""
        last = "Nobody has reported on it yet."
        if item.last:
            last = f"Last reported {item.last.as_of} by {one_line(item.last.actor)}."
        lines = [
            Content.assemble(
                (item.code, f"{STRONG} $text-primary"),
                "\n" if right_to_left(item.title) else " ",
                (one_line(item.title), STRONG),
            ),
            Content.styled(f"{queue}Report as of {opening.today}. {last}", MUTED),
        ]
        if item.returned:
            told = f"↩ Returned by {one_line(item.returned.actor)}: {one_line(item.returned.reason)}"
            lines.append(Content.styled(told, "$text-warning"))
        self.update(Content("\n").join(lines))


def draft_message(opening: Opening, now: datetime, over: str, other: str) -> str:
    """What there is to say of the item's drafts; `over` is the key that starts over, `other` shows another draft."""
    parts = []
    if opening.draft is not None:
        parts.append(f"Draft of {_when(opening.draft.changed, opening, now)} restored; {over} starts over.")
    if opening.behind:
        parts.append("Somebody wrote on the item since: saving shows both versions.")
    if opening.others:
        times = ", ".join(_when(draft.changed, opening, now) for draft in opening.others)
        are = "Another draft is" if len(opening.others) == 1 else f"{len(opening.others)} other drafts are"
        parts.append(f"{are} kept ({times}); {other} shows the next.")
    return " ".join([*parts, *opening.notes])


def _when(instant: datetime, opening: Opening, now: datetime) -> str:
    """An instant in the plan's time zone; of today only the time."""
    zone = opening.plan.time_zone
    local = instant.astimezone(ZoneInfo(zone))
    return f"{local:%H:%M}" if local_day(instant, zone) == local_day(now, zone) else f"{local:%Y-%m-%d %H:%M}"


def recorded_message(recorded: "EntryRecorded", ends: Phase | None) -> str:
    """What a save recorded; an ending that was reported waits for somebody else."""
    counted = {"milestones": recorded.milestones, "new dates": recorded.dates, "values": recorded.observations}
    told = []
    if recorded.report is not None:
        told.append("no change" if recorded.report.unchanged else "report")
    told += [f"{name} {number}" for name, number in counted.items() if number]
    waits = f". That it is {ends.value} waits for a manager's confirmation." if ends and recorded.reported else ""
    return f"Recorded on {recorded.code} as of {recorded.as_of}: {', '.join(told)}{waits}"


def error_message(error: PlannerError, label: str) -> Content:
    """What is wrong, at which field, and what to do."""
    where = label or error.where
    return Content.assemble(
        (f"! {where}: " if where else "! ", f"bold {TROUBLE}"),
        (f"{error.what}. ", TROUBLE),
        sentence(error.do) if error.do else "",
    )

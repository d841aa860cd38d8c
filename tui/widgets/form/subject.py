"""The top of the report form: the item, its place in the queue, its last report, and what to know before reporting."""

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from textual.content import Content
from textual.widgets import Static

from planner.base.errors import PlannerError
from planner.base.language import tr, tr_count
from planner.base.visible_text import right_to_left
from planner.domain.rules.weeks import local_day
from planner.domain.vocabulary import Phase
from planner.reporting.form import ReportForm
from tui.marks import MUTED, STRONG, TROUBLE, one_line
from tui.widgets.trouble import sentence

if TYPE_CHECKING:
    from planner.writes.reports.entries import EntryRecorded


class ReportHeading(Static):
    """The top of the form. `place` is the item's place in a queue and the queue's length, or None without a queue."""

    def __init__(self, opening: ReportForm, place: tuple[int, int] | None) -> None:
        super().__init__(markup=False, id="subject")
        self.show_item(opening, place)

    def show_item(self, opening: ReportForm, place: tuple[int, int] | None) -> None:
        """Show an item and its place in the queue."""
        item = opening.item
        parts = [tr("Item {place} of {total}.", place=place[0], total=place[1])] if place else []
        parts.append(tr("Report as of {day}.", day=opening.today))
        if item.last:
            actor = one_line(item.last.actor)
            parts.append(tr("Last reported {day} by {actor}.", day=item.last.as_of, actor=actor))
        else:
            parts.append(tr("There is no report on this item yet."))
        lines = [
            Content.assemble(
                (item.code, f"{STRONG} $text-primary"),
                "\n" if right_to_left(item.title) else " ",
                (one_line(item.title), STRONG),
            ),
            Content.styled(" ".join(parts), MUTED),
        ]
        if item.returned:
            actor, reason = one_line(item.returned.actor), one_line(item.returned.reason)
            returned = tr("Returned by {actor}: {reason}", actor=actor, reason=reason)
            lines.append(Content.styled(f"↩ {returned}", "$text-warning"))
        lines += (Content.styled(text, "$text-warning") for text in opening.detail.lineage.later_sentences)
        self.update(Content("\n").join(lines))


def draft_message(opening: ReportForm, now: datetime, over: str, other: str) -> str:
    """Return the message about the item's unsaved reports.

    `over` is the key that starts over, and `other` is the key that loads the next unsaved report.
    """
    parts = []
    if opening.draft is not None:
        saved = _when(opening.draft.changed, opening, now)
        parts.append(tr("Your unsaved report of {time} was restored; press {key} to start over.", time=saved, key=over))
    if opening.behind:
        parts.append(
            tr("This item has changed since you started your draft; when you save, you will see both versions.")
        )
    if opening.others:
        times = ", ".join(_when(draft.changed, opening, now) for draft in opening.others)
        parts.append(
            tr_count(
                "You have another unsaved report ({times}); press {key} to load it.",
                "You have {count} other unsaved reports ({times}); press {key} to load the next one.",
                len(opening.others),
                times=times,
                key=other,
            )
        )
    return " ".join([*parts, *opening.notes])


def _when(instant: datetime, opening: ReportForm, now: datetime) -> str:
    """Return an instant in the plan's time zone. The date is left out if it is today."""
    zone = opening.plan.time_zone
    local = instant.astimezone(ZoneInfo(zone))
    return f"{local:%H:%M}" if local_day(instant, zone) == local_day(now, zone) else f"{local:%Y-%m-%d %H:%M}"


def recorded_message(recorded: "EntryRecorded", ends: Phase | None) -> str:
    """Return a message about the recorded report.

    It also says whether a manager must confirm that the item has ended.
    """
    saved = []
    if recorded.report is not None:
        saved.append(tr("no change") if recorded.report.unchanged else tr("report"))
    if recorded.milestones:
        saved.append(tr_count("{count} milestone", "{count} milestones", recorded.milestones))
    if recorded.dates:
        saved.append(tr_count("{count} new date", "{count} new dates", recorded.dates))
    if recorded.observations:
        saved.append(tr_count("{count} indicator value", "{count} indicator values", recorded.observations))
    message = tr(
        "Recorded on {code} as of {day}: {parts}", code=recorded.code, day=recorded.as_of, parts=", ".join(saved)
    )
    if ends and recorded.reported:
        confirmation = tr("A manager must confirm that the item is {phase}.", phase=ends.value)
        return f"{message}. {confirmation}"
    return message


def error_message(error: PlannerError, label: str) -> Content:
    """Return an error for the form: the field's label, what is wrong, and what to do."""
    where = label or error.where
    return Content.assemble(
        (f"! {where}: " if where else "! ", f"bold {TROUBLE}"),
        (f"{error.what}. ", TROUBLE),
        sentence(error.do) if error.do else "",
    )

"""The fields of the report form as text, by name: their initial values, and the report that is saved from them."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.base.errors import BadValueError
from planner.base.language import later, tr, tr_later
from planner.base.numbers import read_number, read_percent
from planner.base.texts import clean, unredacted
from planner.dates.typed import read_day, read_deadline
from planner.domain.rules.weeks import Week
from planner.domain.vocabulary import Confidence, MeasuredBy, Phase

if TYPE_CHECKING:
    from planner.personal.drafts import Draft
    from planner.queries.history.expected_state import ExpectedState
    from planner.queries.items.item import ItemDetail
    from planner.queries.items.views import ItemView, MilestoneView, StatusView
    from planner.register.plans import PlanView
    from planner.writes.reports.entries import Entry, MilestoneEntry, ObservationEntry
    from planner.writes.reports.status import Report

# The texts of a report: the core's name, and the form's label.
TEXTS = {
    "done": later("Done"),
    "next": later("Next"),
    "blocker": later("Blocker"),
    "help_needed": later("Help needed"),
    "evidence": later("Evidence"),
}
# The fields of an item that is cancelled or merged.
ENDING = {"ending_reason": later("Why ended"), "merged_into": later("Merged into")}
REPORT = {"phase": later("Phase"), **ENDING, "confidence": later("Confidence"), "percent": later("Percent"), **TEXTS}

# The fields of a milestone.
MILESTONE = {
    "met": later("Met on"),
    "evidence": later("Evidence"),
    "date": later("New date"),
    "reason": later("Reason"),
    "forecast": later("Forecast"),
}

# Texts that belong to one week and begin empty every week. The other texts keep their value until somebody changes
# them.
OF_THE_WEEK = ("done", "evidence")


@dataclass(frozen=True)
class Opening:
    """The basis of an open form: the item, the day, the initial field values, and the state that a save expects.

    If a draft was loaded, `typed` has its values and `beside` the values for which the form has no field. `behind` is
    true if somebody has written on the item since the draft was begun. `others` are the item's other drafts, in the
    order in which they are offered. `notes` are messages to show.
    """

    plan: "PlanView"
    detail: "ItemDetail"
    today: date
    stood: Mapping[str, str]
    seen: "ExpectedState"
    typed: Mapping[str, str]
    draft: "Draft | None" = None
    beside: Mapping[str, str] = field(default_factory=dict)
    others: "tuple[Draft, ...]" = ()
    behind: bool = False
    notes: tuple[str, ...] = ()

    @property
    def item(self) -> "ItemView":
        """Return the item."""
        return self.detail.item

    @property
    def values(self) -> dict[str, str]:
        """Return the values of the fields when the form opens."""
        return {**self.stood, **self.typed}

    def changed(self, values: Mapping[str, str]) -> dict[str, str]:
        """Return the fields whose values differ from the initial values."""
        # docs/decisions/0033: drafts keep the difference only.
        return {name: text for name, text in values.items() if text != self.stood.get(name, "")}


def milestone_field(number: int, name: str) -> str:
    """Return the name of a field of a milestone."""
    return f"milestone_{number}_{name}"


def indicator_field(number: int) -> str:
    """Return the name of an indicator's field."""
    return f"indicator_{number}"


def label_of(name: str) -> str:
    """Return the label of a field, or an empty string if there is no such field."""
    kind, _, rest = name.partition("_")
    if kind == "milestone":
        number, _, part = rest.partition("_")
        if part in MILESTONE:
            return tr("Milestone {number}, {field}", number=number, field=tr_later(MILESTONE[part]).lower())
        return tr("Milestone {number}", number=number)
    if kind == "indicator":
        return tr("Indicator {number}", number=rest)
    return tr_later(REPORT.get(name, ""))


def said_before(item: "ItemView") -> "StatusView | None":
    """Return the report whose values fill the form: the returned report if there is one, or else the last report."""
    return item.returned.report if item.returned else item.last


def reported_this_week(item: "ItemView", today: date) -> bool:
    """Return whether the valid report is from this week, so that another report would only amend it."""
    return item.last is not None and item.returned is None and Week.of(item.last.as_of) == Week.of(today)


def standing_fields(detail: "ItemDetail", today: date) -> dict[str, str]:
    """Return the values of all fields of a form that is opened without a draft."""
    item = detail.item
    fields = dict.fromkeys(REPORT, "")
    fields["phase"] = item.phase.value
    fields |= _last_values(item, today)
    if item.measured_by is MeasuredBy.MILESTONES:
        fields["percent"] = ""
    for step in item.milestones:
        fields |= {milestone_field(step.number, name): "" for name in MILESTONE}
    return fields | {indicator_field(indicator.number): "" for indicator in detail.indicators}


def _last_values(item: "ItemView", today: date) -> dict[str, str]:
    report = said_before(item)
    if report is None:
        return {}
    own = item.returned is not None or reported_this_week(item, today)
    values = {
        "phase": report.phase.value,
        "confidence": report.confidence.value if report.confidence else "",
        "percent": "" if report.percent is None else str(report.percent),
    }
    names = [*ENDING, *(name for name in TEXTS if own or name not in OF_THE_WEEK)]
    return values | {name: unredacted(getattr(report, name)) or "" for name in names}


def entry_of(opening: Opening, values: Mapping[str, str]) -> "Entry":
    """Return everything entered in a form, ready to be recorded.

    Raises BadValueError, which names the field, if a value is invalid or nothing was entered.
    """
    from planner.writes.reports.entries import Entry
    from planner.writes.reports.status import Report

    changed = opening.changed(values)
    amends = reported_this_week(opening.item, opening.today)
    # Any input counts as a report on the item. But if the item was reported this week, input on a milestone alone does
    # not amend that report.
    reported = any(name in changed for name in REPORT) or (changed and not amends)
    steps = [_milestone_entry(opening, step, values) for step in opening.item.milestones]
    observations = [_observation(indicator.number, values) for indicator in opening.detail.indicators]
    entry = Entry(
        _report(opening, values) if reported else Report(),
        tuple(step for step in steps if step is not None),
        tuple(value for value in observations if value is not None),
    )
    if entry.empty:
        raise BadValueError(
            tr("the form is empty"), where="", do=tr("Enter what has changed, or use the key for a report of no change")
        )
    return entry


def _report(opening: Opening, values: Mapping[str, str]) -> "Report":
    from planner.writes.reports.status import Report

    texts: dict[str, Any] = {name: clean(values[name], name) for name in TEXTS}
    by_milestones = opening.item.measured_by is MeasuredBy.MILESTONES
    phase = Phase(values["phase"])
    # A field for an ending keeps its value when another phase is chosen. It is hidden then, and not recorded.
    texts["ending_reason"] = clean(values["ending_reason"], "ending_reason") if phase.dropped else None
    texts["merged_into"] = clean(values["merged_into"], "merged_into") if phase is Phase.MERGED else None
    return Report(
        phase=phase,
        confidence=Confidence(values["confidence"]) if values["confidence"] else None,
        percent=None if by_milestones else _whole_number(values["percent"]),
        **texts,
    )


def _whole_number(text: str) -> int | None:
    """Return the percentage that was entered, or None if the field is empty."""
    return read_percent(text, "percent") if text.strip() else None


def date_start(opening: Opening, step: "MilestoneView") -> date:
    """Return the start for a relative date such as +2w: the current deadline, or today if that has passed."""
    return max(step.current, opening.today)


def _milestone_entry(opening: Opening, step: "MilestoneView", values: Mapping[str, str]) -> "MilestoneEntry | None":
    """Return what was entered for a milestone, or None if all its fields are empty."""
    from planner.writes.reports.entries import MilestoneEntry

    typed = {name: values[milestone_field(step.number, name)].strip() for name in MILESTONE}
    if not any(typed.values()):
        return None
    days = {name: _day(opening, step, name, typed[name]) for name in ("met", "date", "forecast")}
    _require_consistent(opening, step, typed, days)
    return MilestoneEntry(
        step.number,
        met_on=days["met"],
        moved_to=days["date"],
        reason=clean(typed["reason"], milestone_field(step.number, "reason")),
        forecast=days["forecast"],
        evidence=clean(typed["evidence"], milestone_field(step.number, "evidence")),
    )


def _day(opening: Opening, step: "MilestoneView", name: str, text: str) -> date | None:
    """Return the day in a date field of a milestone, or None if the field is empty."""
    where = milestone_field(step.number, name)
    if not text:
        return None
    if name == "met":
        return read_day(text, opening.today, where)
    return read_deadline(text, opening.today, where, start=date_start(opening, step))


def with_plain_dates(opening: Opening, fields: Mapping[str, str]) -> dict[str, str]:
    """Return the fields with every readable date in ISO format.

    A relative date such as `friday` would otherwise mean another day next week.
    """
    plain = dict(fields)
    for step in opening.item.milestones:
        for name in ("met", "date", "forecast"):
            field = milestone_field(step.number, name)
            with suppress(BadValueError):
                day = _day(opening, step, name, plain.get(field, "").strip())
                plain |= {field: str(day)} if day else {}
    return plain


def _require_consistent(
    opening: Opening, step: "MilestoneView", typed: Mapping[str, str], days: Mapping[str, date | None]
) -> None:
    """Raise BadValueError for the field that contradicts another field or the plan.

    The core checks the same rules, but does not know the fields of the form.
    """
    met, moved = days["met"], days["date"]
    plan, starts = opening.plan, opening.item.starts
    refusals = [
        (
            "met",
            met and met > opening.today,
            tr("{day} is after today ({today})", day=met, today=opening.today),
            tr("Enter today or an earlier day"),
        ),
        (
            "met",
            met and met < plan.starts,
            tr("{day} is before the plan begins ({start})", day=met, start=plan.starts),
            tr("Enter a later day"),
        ),
        (
            "evidence",
            typed["evidence"] and not met,
            tr("there is evidence, but no day on which the milestone was met"),
            tr("Enter the day"),
        ),
        (
            "date",
            moved == step.current,
            tr("{day} is already the date of this milestone", day=step.current),
            tr("Enter another date"),
        ),
        (
            "date",
            moved and moved < starts,
            tr("{day} is before the item starts ({start})", day=moved, start=starts),
            tr("Enter a later date"),
        ),
        (
            "date",
            typed["reason"] and not moved,
            tr("there is a reason, but no new date"),
            tr("Enter the new date"),
        ),
        (
            "reason",
            moved and not typed["reason"],
            tr("a new date needs a reason"),
            tr("Enter the reason in a few words"),
        ),
    ]
    for name, wrong, what, do in refusals:
        if wrong:
            raise BadValueError(what, where=milestone_field(step.number, name), do=do)


def _observation(number: int, values: Mapping[str, str]) -> "ObservationEntry | None":
    from planner.writes.reports.entries import ObservationEntry

    text = values[indicator_field(number)].strip()
    return ObservationEntry(number, read_number(text, indicator_field(number))) if text else None

"""The report form of an item: the initial texts of its fields, and what was typed in them.

A form is text by field name. Drafts, merging and saving use nothing else of the form.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.base.errors import BadValueError
from planner.base.texts import unredacted
from planner.domain.rules.periods import in_same_period
from planner.domain.rules.settings import Settings
from planner.domain.vocabulary import MeasuredBy, Phase
from planner.reporting.fields import (
    ENDING,
    HELP,
    MILESTONE,
    OF_THE_WEEK,
    REPORT,
    TEXTS,
    FieldReader,
    Kind,
    field_named,
    indicator_field,
    is_removed,
    milestone_field,
)

if TYPE_CHECKING:
    from planner.personal.drafts import Draft
    from planner.queries.history.expected_state import ExpectedState
    from planner.queries.items.item import ItemDetail
    from planner.queries.items.views import ItemView, StatusView
    from planner.register.plan_view import PlanView


@dataclass(frozen=True)
class ReportForm:
    """A report form: the item, the day, the initial texts of the fields, and the state that a save expects.

    If a draft was loaded, `typed` has the texts of the draft, and `other_fields` those for which the form has no field.
    `behind` is true if somebody has written on the item since the draft was begun. `others` are the item's other
    drafts, in the order in which they are offered. `notes` are messages to show.
    """

    plan: "PlanView"
    detail: "ItemDetail"
    today: date
    initial: Mapping[str, str]
    expected: "ExpectedState"
    typed: Mapping[str, str] = field(default_factory=dict)
    draft: "Draft | None" = None
    other_fields: Mapping[str, str] = field(default_factory=dict)
    others: "tuple[Draft, ...]" = ()
    behind: bool = False
    notes: tuple[str, ...] = ()

    @property
    def item(self) -> "ItemView":
        """The item."""
        return self.detail.item

    @property
    def values(self) -> dict[str, str]:
        """The texts of the fields when the form opens."""
        return {**self.initial, **self.typed}

    @property
    def basis(self) -> dict[str, Any]:
        """What a draft stores about the form: the state that a save expects, and the initial texts."""
        return {"state": self.expected.as_json(), "stood": dict(self.initial)}

    @property
    def reader(self) -> FieldReader:
        """The reader of the texts of this form's fields."""
        return FieldReader(self.today, self.step_start, self.plan.span, self.unit_of)

    def unit_of(self, number: int) -> str:
        """Return the unit of an indicator of the item, or an empty text if the item has no such indicator."""
        return next((one.unit for one in self.detail.indicators if one.number == number), "")

    def step_start(self, number: int) -> date:
        """Return the day from which a step such as +2w counts.

        This is the planned date of the milestone, or today if today is later.
        """
        return max([self.today, *(step.current for step in self.item.milestones if step.number == number)])

    def changed(self, values: Mapping[str, str]) -> dict[str, str]:
        """Return the fields whose texts differ from the initial ones."""
        # docs/decisions/0033: drafts keep the difference only.
        return {name: text for name, text in values.items() if text != self.initial.get(name, "")}

    def texts_of(self, detail: "ItemDetail") -> dict[str, str]:
        """Return the initial texts that this form would have for another state of the item."""
        return initial_texts(detail, self.today, self.plan.settings)

    def renewed(self, detail: "ItemDetail") -> "ReportForm":
        """Return this form for the current state of the item."""
        from planner.queries.history.expected_state import expected_state_of

        initial, expected = self.texts_of(detail), expected_state_of(detail.item, detail.indicators)
        return replace(self, detail=detail, initial=initial, expected=expected, draft=None, behind=False, notes=())

    def recordable(self, values: Mapping[str, str]) -> dict[str, str]:
        """Return the texts to record. A field that is left out of `values` keeps its initial text."""
        changed = self.changed(values)
        amends = reported_this_period(self.item, self.today, self.plan.settings)
        # Any input counts as a report on the item. But if the item was reported in this period, input on a milestone
        # alone does not amend that report.
        if not any(name in changed for name in REPORT) and (not changed or amends):
            return changed
        texts = {**self.initial, **values}
        phase = texts["phase"]
        hidden = {
            # If nobody chose a phase, the first report of work puts the item in progress.
            "phase": "phase" not in values and phase == self.item.phase,
            "percent": self.item.measured_by is MeasuredBy.MILESTONES
            or ("percent" not in values and phase == Phase.COMPLETED),
            # A field for an ending keeps its text when another phase is chosen.
            "ending_reason": phase not in (Phase.CANCELLED, Phase.MERGED),
            "merged_into": phase != Phase.MERGED,
            **dict.fromkeys(HELP, not asks_for_help(texts)),
        }
        return {name: text for name, text in texts.items() if not hidden.get(name)}

    def with_plain_dates(self, fields: Mapping[str, str]) -> dict[str, str]:
        """Return fields with every readable date in ISO format.

        A relative date such as `friday` would otherwise mean another day next week.
        """
        plain = dict(fields)
        for name, text in fields.items():
            known = field_named(name)
            if known is not None and known.kind in (Kind.DAY, Kind.DEADLINE) and text.strip():
                with suppress(BadValueError):
                    plain[name] = str(self.reader.read(name, text))
        return plain


def asks_for_help(texts: Mapping[str, str]) -> bool:
    """Return whether the texts of a form ask for help, so that it can be said of whom and by when."""
    text = texts["help_needed"]
    return bool(text.strip()) and not is_removed("help_needed", text)


def shown_report(item: "ItemView") -> "StatusView | None":
    """Return the report whose texts fill the form: the returned report if there is one, otherwise the last report."""
    return item.returned.report if item.returned else item.last


def reported_this_period(item: "ItemView", today: date, settings: Settings) -> bool:
    """Return whether the valid report is from this reporting period, so that another report would only amend it."""
    return item.last is not None and item.returned is None and in_same_period(settings, item.last.as_of, today)


def initial_texts(detail: "ItemDetail", today: date, settings: Settings) -> dict[str, str]:
    """Return the texts of all fields of a form that is opened without a draft."""
    item = detail.item
    texts = dict.fromkeys(REPORT, "")
    texts["phase"] = item.phase.value
    texts |= _texts_of_report(item, today, settings)
    if item.measured_by is MeasuredBy.MILESTONES:
        texts["percent"] = ""
    for step in item.milestones:
        texts |= {milestone_field(step.number, part): "" for part in MILESTONE}
    return texts | {indicator_field(indicator.number): "" for indicator in detail.indicators}


def _texts_of_report(item: "ItemView", today: date, settings: Settings) -> dict[str, str]:
    report = shown_report(item)
    if report is None:
        return {}
    whole = item.returned is not None or reported_this_period(item, today, settings)
    texts = {
        "phase": report.phase.value,
        "confidence": report.confidence.value if report.confidence else "",
        "percent": "" if report.percent is None else str(report.percent),
    }
    names = [*ENDING, *(name for name in TEXTS if whole or name not in OF_THE_WEEK)]
    texts["help_by"] = str(report.help_by or "")
    return texts | {name: unredacted(getattr(report, name)) or "" for name in (*names, "help_from")}

"""Merging two concurrent edits of an item: my input and another person's report.

Both are compared with the state of the item when I began.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from planner.base.formats import plain_number
from planner.base.language import tr
from planner.domain.symbols import words
from planner.reporting.fields import MILESTONE, REPORT, TEXTS, indicator_field, label_of, milestone_field
from planner.reporting.form import ReportForm

if TYPE_CHECKING:
    from datetime import date

    from planner.queries.items.item import ItemDetail


class Side(StrEnum):
    """The version that is kept in a field: mine, the other person's, or both."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


@dataclass(frozen=True)
class Difference:
    """A field in which my version and the other version differ, with both values and the initial value as text.

    `fixed` is the version that is kept if only one of us changed the field. It is None if both did, and then a version
    must be chosen.
    """

    name: str
    label: str
    mine: str
    theirs: str
    initial: str
    fixed: Side | None

    @property
    def sides(self) -> tuple[Side, ...]:
        """Return the versions that can be chosen. Two texts can also be kept one after the other."""
        joined = self.name in TEXTS and self.mine and self.theirs
        return tuple(Side) if joined else (Side.MINE, Side.THEIRS)


@dataclass(frozen=True)
class Resolution:
    """The result of a merge: a form with the chosen values, and whether to save it immediately."""

    form: ReportForm
    save: bool


def differences(form: ReportForm, values: Mapping[str, str], theirs: "ItemDetail") -> list[Difference]:
    """Return the fields that differ. Fields that both people changed come first."""
    found = [
        *_in_report(form, values, theirs),
        *_in_milestones(form, values, theirs),
        *_in_indicators(form, values, theirs),
    ]
    return sorted(found, key=lambda difference: difference.fixed is not None)


def merged(form: ReportForm, values: Mapping[str, str], theirs: "ItemDetail", chosen: Mapping[str, Side]) -> ReportForm:
    """Return a form on the current state of the item. Its input is the chosen version of each difference."""
    fresh = form.renewed(theirs)
    typed = {}
    for name, side in chosen.items():
        for field in _fields_of(name):
            mine, now = values.get(field, ""), fresh.initial.get(field, "")
            typed[field] = {Side.MINE: mine, Side.THEIRS: now, Side.BOTH: f"{now}\n{mine}"}[side]
    changed = fresh.changed(typed)
    return replace(fresh, typed={name: text for name, text in changed.items() if name in fresh.initial})


def _fields_of(name: str) -> tuple[str, ...]:
    """Return the form fields that a difference covers. All fields of a milestone are one difference."""
    kind, _, number = name.partition("_")
    return tuple(milestone_field(int(number), field) for field in MILESTONE) if kind == "milestone" else (name,)


def _fixed_version(mine_changed: bool, theirs_changed: bool) -> Side | None:
    if mine_changed and theirs_changed:
        return None
    return Side.MINE if mine_changed else Side.THEIRS


def _in_report(form: ReportForm, values: Mapping[str, str], theirs: "ItemDetail") -> list[Difference]:
    now = form.texts_of(theirs)
    return [
        Difference(
            name,
            field.label,
            _shown(name, values[name]),
            _shown(name, now[name]),
            _shown(name, form.initial[name]),
            _fixed_version(values[name] != form.initial[name], now[name] != form.initial[name]),
        )
        for name, field in REPORT.items()
        if values[name] != now[name]
    ]


def _shown(name: str, text: str) -> str:
    return words(text) if name in ("phase", "confidence") else text


def _in_milestones(form: ReportForm, values: Mapping[str, str], theirs: "ItemDetail") -> list[Difference]:
    before = {
        number: _days(current, forecast, met_on) for number, current, forecast, met_on in form.expected.milestones
    }
    found = []
    for step in theirs.item.milestones:
        mine = _typed_of(step.number, values)
        initial, now = before.get(step.number, ""), _days(step.current, step.forecast, step.met_on)
        if mine or now != initial:
            name = f"milestone_{step.number}"
            label = f"{label_of(name)}: {step.title}"
            found.append(Difference(name, label, mine, now, initial, _fixed_version(bool(mine), now != initial)))
    return found


def _days(current: "date", forecast: "date | None", met_on: "date | None") -> str:
    if met_on is not None:
        return tr("met on {day}", day=met_on)
    if forecast is not None:
        return tr("due {day}, forecast {forecast}", day=current, forecast=forecast)
    return tr("due {day}", day=current)


def _typed_of(number: int, values: Mapping[str, str]) -> str:
    typed = {part.label: values.get(milestone_field(number, name), "").strip() for name, part in MILESTONE.items()}
    return "; ".join(f"{label.lower()}: {text}" for label, text in typed.items() if text)


def _in_indicators(form: ReportForm, values: Mapping[str, str], theirs: "ItemDetail") -> list[Difference]:
    before = {number: _value(day, value) for number, day, value in form.expected.indicators}
    found = []
    for indicator in theirs.indicators:
        name = indicator_field(indicator.number)
        mine = values.get(name, "").strip()
        initial, now = before.get(indicator.number, ""), _value(indicator.observed_on, indicator.observed)
        if mine or now != initial:
            label = f"{label_of(name)}: {indicator.name}"
            found.append(Difference(name, label, mine, now, initial, _fixed_version(bool(mine), now != initial)))
    return found


def _value(day: "date | None", value: float | None) -> str:
    return "" if value is None else tr("{value} on {day}", value=plain_number(value), day=day)

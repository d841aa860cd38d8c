"""The rows of new items with their milestones, indicators and reports. They are written many at a time."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from planner.base.fingerprints import item_fingerprint
from planner.base.views import value_class
from planner.domain.codes import code_key
from planner.domain.vocabulary import Basis, Direction, MeasuredBy
from planner.intake.applying.part_reports import ReportedPart, add_part_reports
from planner.intake.applying.reasons import Reasons
from planner.intake.applying.references import References
from planner.intake.comparing.differences.items import NewItem, NewReport
from planner.intake.comparing.differences.parts import NewPart
from planner.intake.proposed import Field
from planner.store.event_actions import IMPORT
from planner.store.journal import Journal, NewRow
from planner.store.models import Indicator, Item, Milestone, Responsibility, StatusUpdate, Target
from planner.writes.registered import support_values


@value_class
class Setting:
    """What all new items of an import share: their plan, and the first place in its order."""

    plan_id: int
    position: int


@value_class
class Owned:
    """Milestones, indicators and a report, with the id and code of the item that they belong to."""

    item_id: int
    code: str
    parts: Sequence[NewPart]
    report: NewReport | None


def add_items(journal: Journal, items: Sequence[NewItem], known: References, setting: Setting) -> None:
    """Add new items with everything that belongs to them."""
    rows = (_item(item, known, setting, place) for place, item in enumerate(items))
    ids = journal.add_many(Item, rows, action=IMPORT)
    shares = (row for item, item_id in zip(items, ids, strict=True) for row in _shares(item, item_id, known))
    journal.add_many(Responsibility, shares, action=IMPORT)
    add_parts(
        journal,
        [
            Owned(item_id, item.code, (*item.milestones, *item.indicators), item.report)
            for item, item_id in zip(items, ids, strict=True)
            if item.milestones or item.indicators or item.report
        ],
        known.reasons,
    )


def add_parts(journal: Journal, owned: Sequence[Owned], reasons: Reasons) -> None:
    """Add milestones, indicators with their targets, and the reports on all of them.

    Reports on merged items are left out until all items are there (planner.intake.applying.mergers).
    """
    steps = [(one, part) for one in owned for part in one.parts if part.field is Field.MILESTONES]
    step_ids = journal.add_many(Milestone, _rows(owned, Field.MILESTONES, reasons), action=IMPORT)
    indicators = [(one, part) for one in owned for part in one.parts if part.field is Field.INDICATORS]
    ids = journal.add_many(Indicator, _rows(owned, Field.INDICATORS, reasons), action=IMPORT)
    targets = (
        target
        for indicator_id, (one, part) in zip(ids, indicators, strict=True)
        for target in _targets(indicator_id, one.code, part, reasons)
    )
    journal.add_many(Target, targets, action=IMPORT)
    reports = (
        report_row(one.item_id, one.code, one.report, reasons)
        for one in owned
        if one.report and one.report.merged_into is None
    )
    journal.add_many(StatusUpdate, reports, action=IMPORT)
    reported = zip((*step_ids, *ids), (*steps, *indicators), strict=True)
    add_part_reports(
        journal,
        [
            ReportedPart(part.field, part_id, one.code, part.number, part.report, reasons.of(part.place))
            for part_id, (one, part) in reported
            if part.report is not None
        ],
    )


def _item(item: NewItem, known: References, setting: Setting, place: int) -> NewRow:
    facts: Any = item.facts
    measure, accountable = facts.get(Field.MEASURE), facts.get(Field.ACCOUNTABLE)
    values = {
        "plan_id": setting.plan_id,
        "theme_id": known.themes[facts[Field.THEME]],
        "measure_id": known.measures[measure] if measure else None,
        "code": item.code,
        "code_key": code_key(item.code),
        "position": setting.position + place,
        "kind": facts[Field.KIND],
        "title": item.title,
        "basis": Basis.REGISTERED,
        "allocation_basis": _basis(item, Field.THEME),
        "lead_id": known.organisations[facts[Field.LEAD]],
        "lead_basis": _basis(item, Field.LEAD),
        "accountable_id": known.people[accountable] if accountable else None,
        "starts": facts[Field.START],
        "starts_basis": _basis(item, Field.START),
        "baseline_due": facts[Field.DUE],
        "due_basis": _basis(item, Field.DUE),
        "measured_by": MeasuredBy(facts[Field.MEASURED_BY]),
        "weight": facts[Field.WEIGHT],
        "source": facts.get(Field.SOURCE),
        "note": facts.get(Field.NOTE),
        "fingerprint": item_fingerprint(item.title, measure),
        "added_on": item.added_on,
        "taken_out": False,
    }
    return NewRow(values, item.code, known.reasons.of(item.place, item.inferred))


def _basis(item: NewItem, fact: Field) -> Basis:
    return Basis.WORKING if fact in item.assumed else Basis.REGISTERED


def _shares(item: NewItem, item_id: int, known: References) -> Iterator[NewRow]:
    for key in item.facts.get(Field.SUPPORTING) or ():  # type: ignore[union-attr]
        yield share_row(item_id, item.code, str(key), known, known.reasons.of(item.place))


def share_row(item_id: int, code: str, key: str, known: References, reason: str) -> NewRow:
    """Return the row of an organisation that supports the lead of an item."""
    return NewRow(support_values(item_id, known.organisations[key]), f"{code} {key}", reason)


def _rows(owned: Iterable[Owned], kind: Field, reasons: Reasons) -> Iterator[NewRow]:
    for one in owned:
        for part in one.parts:
            if part.field is kind:
                yield _milestone(one, part, reasons) if kind is Field.MILESTONES else _indicator(one, part, reasons)


def _milestone(owner: Owned, part: NewPart, reasons: Reasons) -> NewRow:
    facts = part.facts
    values = {
        "item_id": owner.item_id,
        "number": part.number,
        "key": part.key,
        "title": facts[Field.TITLE],
        "baseline_date": facts[Field.DATE],
        "weight": facts[Field.WEIGHT],
        "completion_test": facts[Field.TEST],
        "basis": Basis.REGISTERED,
        "date_basis": _working_if_assumed(part, Field.DATE),
        "taken_out": False,
    }
    return NewRow(values, f"{owner.code} milestone {part.number}", _reason(part, reasons))


def _indicator(owner: Owned, part: NewPart, reasons: Reasons) -> NewRow:
    facts = part.facts
    values = {
        "item_id": owner.item_id,
        "number": part.number,
        "key": part.key,
        "name": facts[Field.NAME],
        "unit": facts[Field.UNIT],
        "direction": Direction(str(facts[Field.DIRECTION])),
        "baseline_value": facts[Field.BASELINE],
        "basis": Basis.REGISTERED,
        "taken_out": False,
    }
    return NewRow(values, f"{owner.code} indicator {part.number}", _reason(part, reasons))


def _targets(indicator_id: int, code: str, part: NewPart, reasons: Reasons) -> Iterator[NewRow]:
    assumed = _working_if_assumed(part, Field.DUE)
    found = [(part.facts.get(Field.DUE), part.facts[Field.TARGET], assumed, _reason(part, reasons))]
    found += [(one.due, one.target, None, reasons.of(one.place)) for one in part.further_targets]
    for due, value, due_basis, reason in found:
        if value is not None:
            values = {
                "indicator_id": indicator_id,
                "due": due,
                "value": value,
                "basis": Basis.REGISTERED,
                "due_basis": due_basis,
                "taken_out": False,
            }
            yield NewRow(values, f"{code} indicator {part.number}", reason)


def _working_if_assumed(part: NewPart, fact: Field) -> Basis | None:
    """Return the basis of a day that the files do not give, or None: then it is that of the row."""
    return Basis.WORKING if fact in part.assumed else None


def _reason(part: NewPart, reasons: Reasons) -> str:
    return "; ".join((reasons.of(part.place), *part.inferred))


def report_row(
    item_id: int, code: str, report: NewReport, reasons: Reasons, merged_into_id: int | None = None
) -> NewRow:
    """Return the row of a report on an item. With `merged_into_id`, that item continues the merged one."""
    values = {
        "item_id": item_id,
        "as_of": report.as_of,
        "phase": report.phase,
        "confidence": report.confidence,
        "percent": report.percent,
        "completed_on": report.completed_on,
        "done": report.done,
        "next": report.next,
        "blocker": report.blocker,
        "help_needed": report.help_needed,
        "evidence": report.evidence,
        "basis": Basis.REGISTERED,
        "ended_on": report.ended_on,
        "ending_reason": report.ending_reason,
        "merged_into_id": merged_into_id or report.merged_into_id,
        "unchanged": False,
    }
    return NewRow(values, code, reasons.of(report.place, report.inferred))

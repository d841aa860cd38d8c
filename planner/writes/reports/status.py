"""Recording an officer's report on an item."""

from dataclasses import fields
from datetime import date

from sqlalchemy.orm import Session

from planner.base.errors import BadValueError, NotAllowedError
from planner.base.language import later, tr, tr_later
from planner.base.texts import clean, unredacted
from planner.base.views import value_class
from planner.domain.rules.periods import period_start
from planner.domain.symbols import this_period, words
from planner.domain.vocabulary import Basis, Confidence, MeasuredBy, Phase
from planner.store.journal import Journal
from planner.store.models import Item, Plan, StatusUpdate
from planner.writes.newest import newest
from planner.writes.open_items import require_lead_if_open
from planner.writes.reports.endings import ending_details

# The texts that each report has.
_TEXTS = ("done", "next", "blocker", "help_needed", "evidence", "help_from")


@value_class
class Report:
    """What an officer reports. If the phase, confidence or percent is None, the value last reported is kept.

    Texts are never carried over from the last report. `ending_reason` is why an item is cancelled or merged.
    `help_from` says of whom the help is asked, and `help_by` by when an answer is needed.
    `merged_into` is the code of the item that continues a merged item. `unchanged` explicitly reports that nothing has
    changed since the last report; no other field may then be given.
    """

    phase: Phase | None = None
    confidence: Confidence | None = None
    percent: int | None = None
    done: str | None = None
    next: str | None = None
    blocker: str | None = None
    help_needed: str | None = None
    evidence: str | None = None
    ending_reason: str | None = None
    merged_into: str | None = None
    help_from: str | None = None
    help_by: date | None = None
    unchanged: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing is reported. Blank text counts as nothing."""
        return not self.given

    @property
    def given(self) -> tuple[str, ...]:
        """The names of the fields that have a value. Blank text counts as no value."""
        values = ((field.name, getattr(self, field.name)) for field in fields(self))
        stripped = ((name, value.strip() if isinstance(value, str) else value) for name, value in values)
        return tuple(name for name, value in stripped if value is not None and value is not False and value != "")


def add_status(journal: Journal, item: Item, report: Report, as_of: date, basis: Basis) -> StatusUpdate:
    """Add an officer's report on an item, as part of an open write transaction.

    Raises NotAllowedError if it opens an item again whose lead was merged or dissolved.
    """
    if report.unchanged:
        return _add_unchanged(journal, item, report, as_of, basis)
    _require_percent(item, report)
    _require_help_needed(report)
    last = newest(journal.session, StatusUpdate, {"item_id": item.id}, as_of=as_of)
    phase = report.phase or _phase_after(last, report)
    percent = _percent(item, phase, report, last)
    ending = ending_details(journal.session, item, phase, report.ending_reason, report.merged_into, last, as_of)
    row = journal.add(
        StatusUpdate(
            item_id=item.id,
            as_of=as_of,
            phase=phase,
            confidence=report.confidence or (last.confidence if last else None),
            percent=percent,
            completed_on=_completed_on(phase, last, as_of),
            **{name: clean(getattr(report, name), name) for name in _TEXTS},
            ended_on=ending.ended_on,
            ending_reason=ending.reason,
            merged_into_id=ending.merged_into_id,
            help_by=report.help_by,
            basis=basis,
        ),
        action="report",
        label=item.code,
    )
    if last is not None and last.phase.terminal and not phase.terminal:
        journal.session.flush()
        require_lead_if_open(journal.session, item)
    return row


def _require_percent(item: Item, report: Report) -> None:
    """Raise BadValueError if a percent is not from 0 to 100, or NotAllowedError if milestones measure progress."""
    if report.percent is None:
        return
    if not 0 <= report.percent <= 100:
        raise BadValueError(
            tr("{percent} is not a percentage", percent=report.percent),
            where="percent",
            do=tr("Give a whole number from 0 to 100"),
        )
    # docs/decisions/0021: two percents for one item would have to be explained everywhere.
    if item.measured_by == MeasuredBy.MILESTONES:
        raise NotAllowedError(
            tr("{code} is measured by its milestones, so its percent is computed from them", code=item.code),
            where="percent",
            do=tr("Report a milestone as met instead"),
            by_field="met",
        )


def _require_help_needed(report: Report) -> None:
    """Raise BadValueError if a report says of whom or by when help is asked, but not what help."""
    named = next((name for name in ("help_from", "help_by") if name in report.given), None)
    if named is not None and "help_needed" not in report.given:
        raise BadValueError(
            tr("it is not said what help is needed"),
            where=named,
            do=tr("Say what help is needed"),
            by_field="help_needed",
        )


def _percent(item: Item, phase: Phase, report: Report, last: StatusUpdate | None) -> int | None:
    """Return the percent to record. An item can be completed only with evidence, and is then 100 percent done."""
    if phase is Phase.COMPLETED:
        _require_evidence(report, last)
        if item.measured_by != MeasuredBy.MILESTONES:
            return _complete_percent(report)
    return report.percent if report.percent is not None else (last.percent if last else None)


def _add_unchanged(journal: Journal, item: Item, report: Report, as_of: date, basis: Basis) -> StatusUpdate:
    """Add a report that nothing has changed on an item.

    The new report repeats the last one, but leaves out the evidence and the text about what was done.
    """
    if report.given != ("unchanged",):
        raise BadValueError(
            tr("a report of no change cannot contain anything else"),
            where="unchanged",
            do=tr("Report either no change or what changed"),
        )
    last = newest(journal.session, StatusUpdate, {"item_id": item.id}, as_of=as_of)
    _require_unchangeable(journal.session, item, last, as_of)
    kept = ("phase", "confidence", "percent", "completed_on", "next", "blocker", "help_needed", "help_from", "help_by")
    values = {name: unredacted(getattr(last, name)) for name in kept}
    if values["help_needed"] is None:
        values |= {"help_from": None, "help_by": None}
    return journal.add(
        StatusUpdate(
            **values,
            item_id=item.id,
            as_of=as_of,
            unchanged=True,
            basis=basis,
        ),
        action="no-change",
        label=item.code,
    )


def _require_unchangeable(session: Session, item: Item, last: StatusUpdate | None, as_of: date) -> None:
    """Raise NotAllowedError if a report of no change is not possible.

    Such a report is possible if the item has an earlier report, has not ended, and has no report in this
    reporting period.
    """
    if last is None:
        raise NotAllowedError(
            tr("this item has no earlier report, so you cannot report it as unchanged"),
            where=item.code,
            do=tr("Report the status of the item"),
        )
    if last.phase.terminal:
        raise NotAllowedError(
            tr("the item is {phase}, so it needs no report", phase=words(last.phase.value)), where=item.code
        )
    if _same_period(session, item, last.as_of, as_of):
        period = this_period(session.get_one(Plan, item.plan_id).cadence)
        raise NotAllowedError(
            tr("this item already has a report for {period}, as of {as_of}", period=period, as_of=last.as_of),
            where=item.code,
            do=tr("Report only what has changed since that report"),
        )


def _same_period(session: Session, item: Item, one: date, other: date) -> bool:
    """Return whether two days are in the same reporting period of the item's plan."""
    plan = session.get_one(Plan, item.plan_id)
    return period_start(plan.cadence, plan.starts, one) == period_start(plan.cadence, plan.starts, other)


# The fields that are compared with the last report, and the fields that each report has for itself.
_COMPARED = (
    "phase",
    "confidence",
    "percent",
    "next",
    "blocker",
    "help_needed",
    "help_from",
    "help_by",
    "ending_reason",
    "merged_into",
)
_NEVER_KEPT = ("done", "evidence")

SAY_SOMETHING = later("Say what changed, or report explicitly that nothing changed")


def require_new_content(session: Session, item: Item, report: Report, as_of: date) -> None:
    """Raise BadValueError if a report only repeats the last one, so that saving an unchanged form makes no report."""
    last = newest(session, StatusUpdate, {"item_id": item.id}, as_of=as_of)
    if last is None or report.unchanged:
        return
    new_text = any(
        clean(getattr(report, name), name)
        and not (_repeats(report, last, name) and _same_period(session, item, last.as_of, as_of))
        for name in _NEVER_KEPT
    )
    # docs/decisions/0025: a saved form without changes must not make an item look fresh.
    if not new_text and all(_repeats(report, last, name) for name in _COMPARED):
        raise BadValueError(
            tr("this repeats the report as of {as_of}", as_of=last.as_of), where=item.code, do=tr_later(SAY_SOMETHING)
        )


def require_recordable(session: Session, item: Item, report: Report, as_of: date) -> None:
    """Raise an error if a report says nothing new, or if it reports 'no change' where that is not possible."""
    require_new_content(session, item, report, as_of)
    if report.unchanged:
        last = newest(session, StatusUpdate, {"item_id": item.id}, as_of=as_of)
        _require_unchangeable(session, item, last, as_of)


def _repeats(report: Report, last: StatusUpdate, name: str) -> bool:
    """Return whether a field of the report has the same value as in the last report.

    A missing phase, confidence, percent or ending counts as the same, because the last value is kept. Any other missing
    text counts as removed.
    """
    value, before = getattr(report, name), unredacted(getattr(last, name))
    if isinstance(value, str):
        value = clean(value, name)
    kept = name in ("phase", "confidence", "percent", "ending_reason", "merged_into") and value is None
    return kept or value == before


def _phase_after(last: StatusUpdate | None, report: Report) -> Phase:
    """Return the phase for a report without one: the last phase, or 'in progress' at the first report of work."""
    before = last.phase if last else Phase.NOT_STARTED
    worked = bool(report.percent) or bool(report.done and report.done.strip())
    return Phase.IN_PROGRESS if before is Phase.NOT_STARTED and worked else before


def _require_evidence(report: Report, last: StatusUpdate | None) -> None:
    """Raise BadValueError if a report completes an item without evidence. Later reports on the completion need none."""
    completes = last is None or last.phase != Phase.COMPLETED
    if completes and not (report.evidence and report.evidence.strip()):
        raise BadValueError(
            tr("a completed item needs evidence"),
            where="evidence",
            do=tr("Name a document, a link or a record that shows that the item is done"),
        )


def _complete_percent(report: Report) -> int:
    if report.percent not in (None, 100):
        raise BadValueError(
            tr("the percentage of a completed item is 100, not {percent}", percent=report.percent),
            where="percent",
            do=tr("Remove the percentage, or report another phase"),
        )
    return 100


def _completed_on(phase: Phase, last: StatusUpdate | None, as_of: date) -> date | None:
    """Return the as-of date of the report that completed the item, or None if the item is not completed.

    A later report on the same completion keeps this date.
    """
    if phase is not Phase.COMPLETED:
        return None
    return last.completed_on if last and last.completed_on else as_of

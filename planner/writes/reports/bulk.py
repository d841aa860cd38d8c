"""Making the same report on several items: a preview, then one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner.base.errors import BadValueError, NotAllowedError, PlannerError
from planner.base.language import tr
from planner.base.texts import clean
from planner.domain.codes import code_key
from planner.domain.rules.permissions import Permission
from planner.domain.symbols import words
from planner.domain.vocabulary import Basis, Confidence, Phase
from planner.queries.history.expected_state import ExpectedReport
from planner.queries.items.register import read_items
from planner.queries.items.views import ItemView
from planner.register.reading import Reading
from planner.register.writing import Writing
from planner.store.journal import Actor
from planner.store.models import Item
from planner.writes.items import item_row
from planner.writes.permission import require
from planner.writes.reports.conflicts import require_unchanged
from planner.writes.reports.doubts import checking_consistency
from planner.writes.reports.item_write import as_of_day
from planner.writes.reports.status import Report, add_status, require_new_content, require_recordable

# The most items in one bulk change. Other writers have to wait until it is finished.
MOST = 2_000


@dataclass(frozen=True)
class BulkChange:
    """The values to set on all of the items. Fields that are None keep the value last reported.

    `note` is recorded as the text about what was done. `unchanged` explicitly reports that nothing changed on any of
    the items.
    """

    phase: Phase | None = None
    confidence: Confidence | None = None
    note: str | None = None
    unchanged: bool = False

    @property
    def empty(self) -> bool:
        """Whether there is no value to set."""
        return self == BulkChange()

    @property
    def report(self) -> Report:
        """The report that the bulk change records on each item."""
        return Report(phase=self.phase, confidence=self.confidence, done=self.note, unchanged=self.unchanged)


@dataclass(frozen=True)
class BulkLine:
    """What a bulk change would do to one item.

    `phase` and `confidence` hold the old and the new value. `last` is the id of the item's latest report. `refused` is
    the reason why nothing can be recorded on the item, or None.
    """

    code: str
    title: str
    phase: tuple[Phase, Phase]
    confidence: tuple[Confidence | None, Confidence | None]
    last: int | None
    refused: str | None = None


def preview_bulk(reading: Reading, actor: Actor, codes: Sequence[str], change: BulkChange) -> tuple[BulkLine, ...]:
    """Return the effect of a bulk change on each item, in the order of the codes. Nothing is written.

    Raises BadValueError for a change that sets nothing, and UnknownNameError if the plan has no item with one of the
    codes.
    """
    _require_change(change)
    wanted = _distinct(codes)
    rows = [item_row(reading.session, reading.plan, code) for code in wanted]
    found = {item.code: item for item in read_items(reading, wanted)}
    return tuple(_line(reading, actor, row, found[row.code], change) for row in rows)


def record_bulk(
    writing: Writing,
    codes: Sequence[str],
    change: BulkChange,
    *,
    expected: Mapping[str, int | None] | None = None,
    check_doubts: bool = False,
) -> tuple[str, ...]:
    """Record a bulk change, as of today, on all of the items or on none. Return the codes of the items.

    `expected` maps each code to the id of the report that the user was shown. Raises ConflictError if an item has
    another report now, NotAllowedError if the change is not possible on one of the items, and BadValueError if the
    change sets nothing or repeats an item's last report. If `check_doubts` is true, raises DoubtfulError when the
    change would make one of the items inconsistent.
    """
    _require_change(change)
    today = as_of_day(writing, None)
    named = _distinct(codes)
    with writing.journal() as journal:
        items = [item_row(writing.session, writing.plan, code) for code in named]
        wanted = tuple(item.code for item in items)
        with checking_consistency(writing, wanted, today, check_doubts=check_doubts):
            for item in items:
                require(writing.session, writing.actor, Permission.REPORT, item)
                if expected is not None:
                    require_unchanged(writing, item, ExpectedReport(expected.get(item.code)))
                refused = _refusal(change)
                if refused:
                    raise NotAllowedError(refused, where=item.code)
                require_new_content(writing.session, item, change.report, today)
                add_status(journal, item, change.report, today, Basis.REGISTERED)
    return wanted


def _distinct(codes: Sequence[str]) -> tuple[str, ...]:
    if not codes:
        raise BadValueError(tr("no items were given"), where="CODE", do=tr("Give item codes, such as T-001 T-002"))
    wanted = tuple({code_key(code): code for code in codes}.values())
    if len(wanted) > MOST:
        raise BadValueError(
            tr("{number:,} items are too many for one update", number=len(wanted)),
            where="CODE",
            do=tr("Choose {most:,} or fewer", most=MOST),
        )
    return wanted


def _require_change(change: BulkChange) -> None:
    if change.report.empty:
        raise BadValueError(
            tr("no field was given"),
            where="bulk",
            do=tr("Give a phase, a confidence or a note, or report that nothing changed"),
        )
    clean(change.note, "note")


def _refusal(change: BulkChange) -> str | None:
    """Return why a change cannot be made on several items at once, or None if it can."""
    if change.phase is Phase.COMPLETED:
        return tr("a completed item needs its own evidence, so it cannot be reported together with others")
    if change.phase is not None and change.phase.terminal:
        return tr(
            "an item that is {phase} needs its own reason, so it cannot be reported together with others",
            phase=words(change.phase),
        )
    return None


def _line(reading: Reading, actor: Actor, row: Item, item: ItemView, change: BulkChange) -> BulkLine:
    refused = _refusal(change)
    try:
        require(reading.session, actor, Permission.REPORT, row)
        if refused is None:
            require_recordable(reading.session, row, change.report, reading.as_of)
    except PlannerError as error:
        refused = error.what
    noted = bool(change.note and change.note.strip())
    phase = change.phase or (_phase_once_started(item.phase) if noted else item.phase)
    return BulkLine(
        code=item.code,
        title=item.title,
        phase=(item.phase, phase),
        confidence=(item.confidence, change.confidence or item.confidence),
        last=item.last.id if item.last else None,
        refused=refused,
    )


def _phase_once_started(phase: Phase) -> Phase:
    """Return the phase after work was reported: an item that was not started is now in progress."""
    return Phase.IN_PROGRESS if phase is Phase.NOT_STARTED else phase

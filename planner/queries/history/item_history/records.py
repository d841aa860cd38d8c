"""What was recorded about an item, read as plain rows, each described in words."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, exists, or_, select

from planner.base.language import later
from planner.base.listing import with_commas
from planner.base.views import value_class
from planner.domain.symbols import asked_words
from planner.domain.vocabulary import Asked
from planner.queries.history.date_changes import Dated, date_change_view
from planner.queries.history.edits import read_former_numbers, read_import_reasons
from planner.queries.history.extensions import Extension, by_date, read_extensions, reason_of, when_asked
from planner.queries.history.item_history.texts import (
    answer_text,
    assessed_text,
    decided_text,
    help_answer_text,
    milestone_text,
    moved_text,
    observation_text,
    report_text,
    wanted_text,
)
from planner.queries.items.reported import status_view
from planner.queries.items.views import ItemView
from planner.register.instants import PastInstant, known_at_parameter, known_by, recorded_until
from planner.register.point import known_at_values
from planner.register.raw_rows import columns, raw_rows
from planner.register.reading import Reading
from planner.store.models import (
    WITHDRAWABLE,
    Assessment,
    Base,
    CompletionConfirmation,
    DateChange,
    ExtensionRequest,
    Milestone,
    MilestoneReport,
    Observation,
    StatusUpdate,
    Withdrawal,
)

# The table and the id of a row.
Place = tuple[str, int]


@value_class
class Record:
    """A row of a history table, with the table's name, and a description in words."""

    table: str
    row: Any
    kind: str
    what: str
    reason: str | None = None
    asked: Asked | None = None

    @property
    def place(self) -> Place:
        """The table and the id of the row."""
        return self.table, self.row.id


def read_records(
    reading: Reading, item: ItemView, numbers: Mapping[int, int], codes: Mapping[str, str]
) -> list[Record]:
    """Return the records that have an as-of date: reports, changes of dates and requests for them, and what was met.

    `numbers` has the numbers of the item's indicators, by indicator id, and `codes` the codes on the day of items that
    have another code now, by their present codes.
    """
    of_item = {"item_id": item.id}
    dates, met = (_rows(reading, history, of_item) for history in (DateChange, MilestoneReport))
    steps = {milestone.id: milestone.number for milestone in item.milestones}
    removed = {row.milestone_id for row in (*dates, *met)} - {None, *steps}
    steps |= read_former_numbers(reading.session, Milestone, sorted(removed))
    seldom = {history: _rows(reading, history, of_item) for history in _seldom_recorded(reading, item.id)}
    asked = by_date(read_extensions(reading, item.id)) if ExtensionRequest in seldom else {}
    values = _rows(reading, Observation, {"indicators": list(numbers)}) if numbers else ()
    return [
        *_reports(reading, codes, item.id),
        *(_moved(row, steps.get(row.milestone_id), asked) for row in dates),
        *(
            _record(
                ExtensionRequest, row, later("extension"), wanted_text(row, steps.get(row.milestone_id)), row.reason
            )
            for row in seldom.get(ExtensionRequest, ())
        ),
        *(
            _record(Assessment, row, later("assessment"), assessed_text(row), row.reason)
            for row in seldom.get(Assessment, ())
        ),
        *(
            _record(
                MilestoneReport, row, later("milestone"), milestone_text(row, steps[row.milestone_id]), row.evidence
            )
            for row in met
        ),
        *(
            _record(Observation, row, later("value"), observation_text(row, numbers[row.indicator_id]), row.evidence)
            for row in values
        ),
    ]


def _record(
    history: type[Base], row: Any, kind: str, what: str, reason: str | None = None, asked: Asked | None = None
) -> Record:
    return Record(history.__tablename__, row, kind, what, reason, asked)


def _reports(reading: Reading, codes: Mapping[str, str], item_id: int) -> list[Record]:
    """Return the reports, each with the reason of its import or of the ending."""
    rows = _rows(reading, StatusUpdate, {"item_id": item_id})
    imported = read_import_reasons(reading.session, StatusUpdate, [row.id for row in rows])
    return [
        _record(
            *(StatusUpdate, row, later("report"), report_text(status_view(row, codes))),
            imported.get(row.id) or row.ending_reason,
        )
        for row in rows
    ]


def _moved(row: Any, milestone: int | None, asked: Mapping[Dated, list[Extension]]) -> Record:
    change, what = date_change_view(row), moved_text(row, milestone)
    when, why = when_asked(change, asked), reason_of(change, asked)
    text = with_commas((what, asked_words(when))) if when else what
    return _record(DateChange, row, later("date"), text, why, asked=when)


def _rows(reading: Reading, history: type[Base], mine: Mapping[str, Any]) -> Sequence[Any]:
    """Return the rows of a history table about an item, as recorded up to a point in time, in their order."""
    statement = _select_records(history, reading.point.in_past)
    return raw_rows(reading.session, statement, {**mine, **reading.point.values})


@cache
def _select_records(history: type[Base], in_past: bool) -> Select[Any]:
    until = recorded_until(columns(history), bindparam("as_of"), known_at_parameter(in_past))
    return _select(history).where(_OF_ITEM[history](), *until)


def _select(history: type[Base]) -> Select[Any]:
    """Select rows with all columns of a history table, which need no mapped class."""
    own = columns(history)
    return select(*(column.label(name) for name, column in own.items())).order_by(own.id)


# What is not recorded on most items. One statement tells which of them have a record, instead of one for each.
_SELDOM: tuple[type[Base], ...] = (ExtensionRequest, Assessment)


def _seldom_recorded(reading: Reading, item_id: int) -> list[type[Base]]:
    """Return the tables of _SELDOM that have a record of an item, whatever its day."""
    found = reading.session.execute(_select_seldom(), {"item_id": item_id}).one()
    return [table for table, recorded in zip(_SELDOM, found, strict=True) if recorded]


@cache
def _select_seldom() -> Select[Any]:
    recorded: list[Any] = [exists().where(_OF_ITEM[table]()) for table in _SELDOM]
    return select(*recorded)


# The condition that a history row is about an item.
_OF_ITEM: dict[type[Base], Callable[[], ColumnElement[bool]]] = {
    StatusUpdate: lambda: columns(StatusUpdate).item_id == bindparam("item_id"),
    DateChange: lambda: columns(DateChange).item_id == bindparam("item_id"),
    ExtensionRequest: lambda: columns(ExtensionRequest).item_id == bindparam("item_id"),
    Assessment: lambda: columns(Assessment).item_id == bindparam("item_id"),
    MilestoneReport: lambda: columns(MilestoneReport).milestone_id.in_(
        select(columns(Milestone).id).where(columns(Milestone).item_id == bindparam("item_id"))
    ),
    Observation: lambda: columns(Observation).indicator_id.in_(bindparam("indicators", expanding=True)),
}


def read_answers(reading: Reading, records: Sequence[Record]) -> list[Record]:
    """Return the answers that managers gave to the reports in `records`."""
    reports = {record.row.id: record.row for record in records if record.kind == "report"}
    if not reports:
        return []
    values = {"reports": list(reports), **known_at_values(reading.known_at)}
    rows: Sequence[Any] = raw_rows(reading.session, _select_answers(reading.point.in_past), values)
    return [
        _record(
            *(CompletionConfirmation, row, later("confirmation")),
            *(answer_text(row, reports[row.status_update_id]), row.reason),
        )
        for row in rows
    ]


@cache
def _select_answers(in_past: bool) -> Select[Any]:
    of_reports = columns(CompletionConfirmation).status_update_id.in_(bindparam("reports", expanding=True))
    known = _known(CompletionConfirmation, known_at_parameter(in_past))
    return _select(CompletionConfirmation).where(of_reports, *known)


def read_help_answers(reading: Reading, records: Sequence[Record]) -> list[Record]:
    """Return the answers to the help that the reports in `records` ask for."""
    reports = {record.row.id: record.row for record in records if record.kind == "report" and record.row.help_needed}
    if not reports:
        return []
    from planner.store.models import HelpAnswer  # imported only for an item with reports that ask for help

    rows = _answers_to(reading, HelpAnswer, "status_update_id", reports)
    return [
        _record(HelpAnswer, row, later("answer"), help_answer_text(row, reports[row.status_update_id])) for row in rows
    ]


def _answers_to(reading: Reading, answers: type[Base], asked_by: str, ids: Iterable[int]) -> Sequence[Any]:
    """Return the rows of a table of answers to some records. `asked_by` is the column with the id of the record."""
    own = columns(answers)
    until = recorded_until(own, reading.as_of, reading.known_at)
    return raw_rows(reading.session, _select(answers).where(own[asked_by].in_(list(ids)), *until))


def read_extension_answers(reading: Reading, records: Sequence[Record]) -> list[Record]:
    """Return the answers to the requests for later dates in `records`."""
    wanted = {record.row.id: record.row for record in records if record.kind == "extension"}
    if not wanted:
        return []
    from planner.store.models import ExtensionAnswer  # imported only for an item with requests

    rows = _answers_to(reading, ExtensionAnswer, "extension_request_id", wanted)
    return [
        _record(
            *(ExtensionAnswer, row, later("answer")),
            *(decided_text(row, wanted[row.extension_request_id]), row.reason),
        )
        for row in rows
    ]


def read_withdrawals(reading: Reading, records: Sequence[Record]) -> Sequence[Any]:
    """Return the withdrawals of any of these records."""
    mine: dict[str, list[int]] = defaultdict(list)
    for record in records:
        table, row_id = record.place
        mine[table].append(row_id)
    if not mine:
        return []
    any_of_mine = or_(*(columns(Withdrawal)[f"{table}_id"].in_(ids) for table, ids in mine.items()))
    statement = _select(Withdrawal).where(any_of_mine, *_known(Withdrawal, reading.known_at))
    return raw_rows(reading.session, statement)


def withdrawn_place(withdrawal: Any) -> Place:
    """Return the table and row id of the record that a withdrawal takes back."""
    return next((table, row_id) for table in WITHDRAWABLE if (row_id := getattr(withdrawal, f"{table}_id")) is not None)


def _known(history: type[Base], known_at: PastInstant | None) -> list[Any]:
    return [] if known_at is None else [known_by(columns(history).recorded_at, known_at)]

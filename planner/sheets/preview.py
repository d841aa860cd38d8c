"""What taking status sheets back would record, item by item. It is shown before anything is written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from planner.base.errors import PlannerError
from planner.base.language import tr
from planner.base.views import value_class
from planner.base.visible_text import one_line
from planner.domain.rules.weeks import Week
from planner.intake.proposed import Problem, Severity
from planner.intake.sheets import Place
from planner.reporting.fields import part_of
from planner.sheets.reading.cell_values import plain_text
from planner.sheets.reading.filled import FilledCell
from planner.writes.reports.received import ReceivedEntry

_Found = TypeVar("_Found")


class Outcome(StrEnum):
    """What happens with the entries about an item.

    `KEPT` means that somebody has reported since the sheet was sent out, so that the register keeps that report.
    `TOO_LATE` means that nothing of the sheet can count any more, because of a report for a later period or an ending.
    """

    NEW = "new"
    UNCHANGED = "unchanged"
    KEPT = "kept"
    TOO_LATE = "too_late"
    ERROR = "error"
    LEFT_OUT = "left_out"


@value_class
class FieldChange:
    """A field: its name and label, what the register has now, and what the sheet has.

    `shown` is what the register had when the sheet was sent out. It is only given for an item in conflict.
    """

    name: str
    label: str
    before: str
    after: str
    shown: str | None = None


@dataclass
class SheetLine:
    """The entries about one item, and what happens with them.

    `why` says why the register keeps its own report, or why there is nothing to record. `doubts` are inconsistencies
    that recording the entries would cause. `received` is what would be recorded, or None. `cells` are the filled cells
    by the form's fields, and `places` the places of all cells of their rows by field. `rows` are the places of the rows
    by the part of the report that they are about. `code` is the one that the sheet has, and `code_now` that of the
    register.
    """

    code: str
    title: str
    organisation: str
    outcome: Outcome
    place: Place
    changes: tuple[FieldChange, ...] = ()
    why: str = ""
    doubts: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    received: ReceivedEntry | None = None
    cells: Mapping[str, FilledCell] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    rows: Mapping[str, Place] = field(default_factory=dict)
    code_now: str = ""

    @property
    def shown_code(self) -> str:
        """The code that the sheet has, and the one that the item has now if it got another one."""
        if self.code_now in ("", self.code):
            return self.code
        return tr("{code} (now {now})", code=self.code, now=self.code_now)

    def note(self, name: str, what: str, do: str) -> None:
        """Note a problem about a field: at its cell, also if it is empty, else at the row that the field belongs to."""
        cell = self.cells.get(name)
        place = self.places.get(name) or self.rows.get(part_of(name), self.place)
        value = plain_text(cell.value) if cell else ""
        self.problems.append(Problem(Severity.ERROR, place, None, value, what, do))


@value_class
class SheetHead:
    """A file: for which organisation, week and period it was sent out, and the day for which its reports count.

    `organisation` is the key of the organisation, and `name` its name.
    """

    file: str
    digest: str
    organisation: str
    name: str
    week: Week
    period: str
    as_of: date
    items: int


@dataclass
class Refusal:
    """Why this person may not record some entries, and the codes of their items."""

    error: PlannerError
    codes: list[str] = field(default_factory=list)

    @property
    def why(self) -> str:
        """The reason on one line, and what to do. It names no single item."""
        return one_line(f"{self.error.what}. {self.error.do}." if self.error.do else f"{self.error.what}.")


@dataclass
class SheetPreview:
    """What taking some status sheets back would do. `problems` are those that belong to no single item.

    `asked` is the number of items of all sheets. `refusals` say what this person may not record. They are no errors in
    the files. `rows_left_out` are the codes of rows that belong to no item and were left out. `order` has the files and
    their sheets in the order in which they were given. `untried` is true if the write was not tried, because nothing
    can be written.
    """

    heads: list[SheetHead] = field(default_factory=list)
    lines: list[SheetLine] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    asked: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    rows_left_out: list[str] = field(default_factory=list)
    order: list[tuple[str, str]] = field(default_factory=list)
    untried: bool = False

    @property
    def errors(self) -> list[Problem]:
        """Everything that prevents the entries from being recorded, file by file."""
        return [problem for problem, _ in self.errors_by_item]

    @property
    def errors_by_item(self) -> list[tuple[Problem, str]]:
        """The errors, each with the code of its item, or with an empty text if it belongs to no item.

        They are in the order in which somebody who corrects the files comes to them: by file, sheet, row and column.
        """
        found = [(problem, "") for problem in self.problems if problem.severity is Severity.ERROR]
        found += [(problem, line.shown_code) for line in self.with_outcome(Outcome.ERROR) for problem in line.problems]
        return self._by_place(found, lambda one: one[0].place)

    def refuse(self, line: SheetLine, error: PlannerError) -> None:
        """Note why this person may not record a line."""
        refusal = next((one for one in self.refusals if (one.error.what, one.error.do) == (error.what, error.do)), None)
        if refusal is None:
            refusal = Refusal(error)
            self.refusals.append(refusal)
        refusal.codes.append(line.code)

    def refuse_rest(self, error: PlannerError) -> None:
        """Note why nothing can be recorded, for the lines of which it is not noted yet."""
        self.untried = True
        for line in self.with_outcome(Outcome.NEW):
            if not self.is_refused(line):
                self.refuse(line, error)

    def is_refused(self, line: SheetLine) -> bool:
        """Return whether this person may not record a line."""
        return any(line.code in one.codes for one in self.refusals)

    @property
    def remarks(self) -> list[Problem]:
        """What a person should know, and what prevents nothing, in the order of the errors."""
        found = [problem for problem in self.problems if problem.severity is not Severity.ERROR]
        return self._by_place(found, lambda problem: problem.place)

    def with_outcome(self, *outcomes: Outcome) -> list[SheetLine]:
        """Return the lines with one of some outcomes."""
        return [line for line in self.lines if line.outcome in outcomes]

    @property
    def received(self) -> Sequence[ReceivedEntry]:
        """What would be recorded."""
        return [line.received for line in self.with_outcome(Outcome.NEW) if line.received is not None]

    def _by_place(self, found: list[_Found], place_of: Callable[[_Found], Place]) -> list[_Found]:
        """Return things in the order of their places."""
        tables = list(dict.fromkeys((*self.order, *((place.file, place.sheet) for place in map(place_of, found)))))
        files = list(dict.fromkeys(file for file, _ in tables))

        def order(one: _Found) -> tuple[int, int, int, int]:
            place = place_of(one)
            return files.index(place.file), tables.index((place.file, place.sheet)), place.row, place.column

        return sorted(found, key=order)

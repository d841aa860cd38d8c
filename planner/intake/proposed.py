"""A proposed register: what files say that the register should contain, before it is compared with the register.

Every field of a proposed row is a `Given`: the value, the place where it was found, and how it was inferred if the file
does not say it directly. A field that the file does not have is missing from the row's `facts`, so that a partial file
never clears a value. A field that the file has with an empty cell is there with the value None.
"""

import dataclasses
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from planner.base.language import later
from planner.base.views import view
from planner.intake.exported_rows import ExportedRows
from planner.intake.sheets import Place
from planner.tables.json_form import NOT_IN_JSON

# A text, a number, a day, or the texts of a list such as the supporting organisations or the titles of nested themes.
FactValue: TypeAlias = str | float | date | tuple[str, ...] | None
# The days that each file names, with the place of each: by the name of the file.
DaysByFile: TypeAlias = Mapping[str, Mapping[date, Place]]


class Field(StrEnum):
    """A field of a proposed row. The texts are the headings of exported files and the names in mapping files."""

    # Of an item.
    CODE = "code"
    TITLE = "title"
    KIND = "kind"
    # The titles of the item's themes from the outermost to the innermost.
    THEME = "theme"
    MEASURE = "measure"
    LEAD = "lead"
    SUPPORTING = "supporting"
    ACCOUNTABLE = "accountable"
    START = "start"
    DUE = "due"
    WEIGHT = "weight"
    MEASURED_BY = "measured_by"
    # Where the office took the item from, in its words.
    SOURCE = "source"
    NOTE = "note"
    BASIS = "basis"
    # Of a report on an item, as a register of an office carries it.
    PHASE = "phase"
    PERCENT = "percent"
    CONFIDENCE = "confidence"
    DONE = "done"
    NEXT = "next"
    BLOCKER = "blocker"
    HELP_NEEDED = "help_needed"
    # Lists within one cell, which become rows of their own.
    MILESTONES = "milestones"
    INDICATORS = "indicators"
    # Of a milestone, an indicator or a target. Of an item, if its running number serves as its code.
    NUMBER = "number"
    KEY = "key"
    DATE = "date"
    TEST = "test"
    UNIT = "unit"
    DIRECTION = "direction"
    BASELINE = "baseline"
    TARGET = "target"
    # Of an organisation or a person.
    NAME = "name"
    SHORT_NAME = "short_name"
    LANGUAGE = "language"
    MAIL_ADDRESS = "mail_address"
    LOGIN = "login"
    ROLE = "role"
    ORGANISATION = "organisation"
    # Of a theme.
    LABEL = "label"
    PARENT = "parent"


# The columns of an exported register that are only for reading. An import leaves them out.
FOR_READING = frozenset(
    {
        "added_on",
        "baseline_due",
        "reported_on",
        "reported_by",
        "report_evidence",
        "ended_on",
        "ending_reason",
        "first_date",
        "met_on",
        "forecast_date",
        "observed",
        "observed_on",
        "theme_basis",
        "lead_basis",
        "start_basis",
        "due_basis",
        "date_basis",
        "comes_from",
        "became",
        "data_basis",
        "exported_from",
    }
)

# The column of every exported table that says whether its rows are an office's or those of a demonstration.
DATA_BASIS = "data_basis"
# The column of every exported table that names the plan and the register.
EXPORTED_FROM = "exported_from"


@view
class Given:
    """A value that a file gives. `inferred` says how it follows from the file if the file does not say it directly."""

    value: FactValue
    place: Place
    inferred: str | None = None


Facts: TypeAlias = Mapping[Field, Given]


@dataclass(slots=True)
class ProposedRow:
    """A milestone, an indicator, a theme, an organisation or a person."""

    place: Place
    facts: MutableMapping[Field, Given] = field(default_factory=dict)


class NamedTheme(ProposedRow):
    """A theme that no row lists: items stand under it as a section, or name it with a number before its title."""

    __slots__ = ()


@dataclass(slots=True)
class ProposedItem(ProposedRow):
    """An item with its milestones and indicators. Each of the two is None if the file says nothing about them."""

    milestones: list[ProposedRow] | None = None
    indicators: list[ProposedRow] | None = None


@view
class ColumnMeaning:
    """Which field a column of a table gives, or None if the column is not imported.

    `inferred` says how the field follows from the column's contents if its heading does not say it. `is_open` says that
    nothing is known about the column: it has values, but no known heading, and nobody has said what it is.
    """

    number: int
    heading: str
    field: Field | None
    inferred: str | None = None
    is_open: bool = dataclasses.field(default=False, metadata=NOT_IN_JSON)


@view
class TableLayout:
    """How a table was understood: what its rows describe, and which field each of its columns gives.

    `place` is the row of its headings. `subject` is "items" or another name of a sheet of an exported register.
    `shape` is a digest of the headings. A mapping that a person chose for a shape can be used for the next file of it.
    """

    place: Place
    subject: str
    shape: str
    columns: tuple[ColumnMeaning, ...]


# Why rows of headings are no items. They have nothing to import, so a preview does not count them.
HEADINGS = later("the headings of the table")
HEADINGS_AGAIN = later("headings printed again")


@dataclass
class ProposedRegister:
    """What one import proposes, from all its files together.

    `totals` are numbers of items that the files state, by the sheet and by kind or "items". `ignored` are the rows that
    belong to nothing, such as titles and notes, with the reason for each. `stated_days` are the days that texts of each
    file name for the state of the items, and `named_days` those of reports in titles and in the names of files and
    sheets, of which nothing says what they mean. `days_of_names` are those in the names and titles of files, with or
    without reports. `other_years` are years outside the plan that titles and names have, with their places. `layouts`
    say how each table was understood. `exported` says which rows were exported from a register.
    """

    items: list[ProposedItem] = field(default_factory=list)
    themes: list[ProposedRow] = field(default_factory=list)
    organisations: list[ProposedRow] = field(default_factory=list)
    people: list[ProposedRow] = field(default_factory=list)
    totals: dict[tuple[Place, str], Given] = field(default_factory=dict)
    ignored: list[tuple[Place, str]] = field(default_factory=list)
    layouts: list[TableLayout] = field(default_factory=list)
    stated_days: DaysByFile = field(default_factory=dict)
    named_days: DaysByFile = field(default_factory=dict)
    days_of_names: DaysByFile = field(default_factory=dict)
    other_years: dict[int, Place] = field(default_factory=dict)
    problems: "list[Problem]" = field(default_factory=list)
    exported: ExportedRows = field(default_factory=ExportedRows)

    def add_total(self, name: str, given: Given) -> None:
        """Note a number of items that a sheet states, by kind or "items". The first one in the sheet counts."""
        self.totals.setdefault((sheet_of(given.place), name), given)


class Severity(StrEnum):
    """What a problem means for the import: an error prevents it, a question needs an answer, a remark only informs."""

    ERROR = "error"
    QUESTION = "question"
    REMARK = "remark"


@view
class Problem:
    """Something about a value that a person should know: where it is, what is wrong, and what would be right.

    `value` is the value as the file has it. `choices` are the possible answers to a question. `about` tells the further
    questions about one cell apart: it is the part of the cell that one of them is about.
    """

    severity: Severity
    place: Place
    field: Field | None
    value: str
    what: str
    do: str
    choices: tuple[str, ...] = ()
    about: str = dataclasses.field(default="", metadata=NOT_IN_JSON)

    @property
    def key(self) -> str:
        """The name by which an answer refers to this problem: its place and its field, or the part that it is about."""
        key = answer_key(self.place, self.field)
        return f"{key} {self.about}" if self.about else key

    @property
    def is_about_rows(self) -> bool:
        """Whether it is a question about whole rows, such as which items they are. Errors can follow from it."""
        is_row = bool(self.place.row) and not self.place.column
        return is_row and self.field is None and self.severity is Severity.QUESTION


def days_of_all(days: DaysByFile) -> dict[date, Place]:
    """Return the days of all files, each with its first place."""
    found: dict[date, Place] = {}
    for of_file in days.values():
        found = {**of_file, **found}
    return found


def sheet_of(place: Place) -> Place:
    """Return the sheet of a place."""
    return Place(place.file, place.sheet)


def answer_key(place: Place, field: Field | None) -> str:
    """Return the name by which an answer refers to a value: `plan.xlsx: Tasks!B7 due`."""
    return f"{place} {field}" if field else str(place)

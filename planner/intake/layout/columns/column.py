"""A column of a table: its heading, its cells, and what is known about the field that it gives."""

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from planner.dates.span import Span
from planner.intake.layout.folding import shape_keys
from planner.intake.layout.headers import Headed
from planner.intake.layout.names import Subject, meanings_of
from planner.intake.proposed import Field
from planner.intake.sheets import Place, Value

# The answer and the word in a mapping file for a column that is left out.
NOT_IMPORTED = "not imported"

# Fields of which a table can have several columns: their texts or lists are put together.
SEVERAL = frozenset(
    {Field.THEME, Field.SUPPORTING, Field.NOTE, Field.DONE, Field.NEXT, Field.BLOCKER, Field.HELP_NEEDED}
    | {Field.MILESTONES, Field.INDICATORS, Field.SOURCE}
)
# Fields of reports.
REPORTED = (Field.DONE, Field.PERCENT, Field.PHASE, Field.CONFIDENCE)
_BRACKETS = re.compile(r"[^()（）]+[(（]([^()（）]+)[)）]")


@dataclass
class Column:
    """A column of a table, with what is known about its meaning.

    `names` are the fields that its heading can mean. `day` is the date that the heading of a column of milestones
    names, such as a quarter.
    """

    headed: Headed
    values: Sequence[Value]
    names: tuple[Field, ...]
    field: Field | None = None
    inferred: str | None = None
    day: date | None = None
    # The period that its heading names, if its cells have only marks, which say when an item runs.
    period: tuple[date, date] | None = None
    # Whether it has numbers although its heading names titles, as in a table that counts tasks.
    counts: bool = False
    # The heading, if it names the period of a text, as 1月进展 does.
    label: str | None = None
    # A person decided it, so that no name and no content changes it.
    decided: bool = False

    @property
    def has_brackets(self) -> bool:
        """Whether the heading says that brackets name supporting organisations, as 주관부서(협조부서) does."""
        found = _BRACKETS.fullmatch(self.headed.parts[-1].strip())
        return found is not None and Field.SUPPORTING in meanings_of(found[1])


@dataclass
class Context:
    """What recognising the columns of a table depends on. In an exported register, the headings alone decide."""

    subject: Subject
    span: Span
    known: Collection[str]
    mapping: Mapping[str, Field | None]
    answers: Mapping[str, str]
    exported: bool = False


def shape_of(subject: Subject, columns: Sequence[Headed]) -> str:
    """Return the digest of a table's headings by which a mapping is kept for the next file of this shape."""
    keys = [subject.value, *shape_keys([column.written for column in columns])]
    return hashlib.sha256("\n".join(keys).encode()).hexdigest()


def field_in_answer(text: str) -> Field | None:
    """Return the field that an answer or a mapping names, or None for a column that is not imported.

    Raises ValueError for any other text.
    """
    word = "_".join(text.strip().casefold().split())
    return None if word in ("", "-", "_".join(NOT_IMPORTED.split())) else Field(word)


def one_heading(column: Column) -> str:
    """Return the lowest part of a heading in one line."""
    return " ".join(column.headed.parts[-1].split())


def place_of(column: Column, header: Place) -> Place:
    """Return the place of a column's heading."""
    return Place(header.file, header.sheet, header.row, column.headed.number)


def taken(columns: list[Column], field: Field) -> bool:
    """Return whether a column gives a field."""
    return any(column.field is field for column in columns)

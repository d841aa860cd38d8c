"""The columns of the files of an import with their first values, from which a person sees what each column is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from itertools import islice

from planner.base.views import view
from planner.intake.comparing.preview import Preview
from planner.intake.layout.folding import heading_key
from planner.intake.layout.headers import PART_MARK, chosen_header, lettered_heading
from planner.intake.layout.merging import MergedCells
from planner.intake.layout.names import Subject, fields_of, is_name
from planner.intake.proposed import ColumnMeaning, Field
from planner.intake.sheets import Place, Sheet

# How many values of a column are shown, how many characters of each, and after how many rows no more are looked for.
_MOST_VALUES = 3
_LONGEST = 80
_SEARCHED = 200
# What is assumed for every item of a table without a column for it.
_ASSUMED = frozenset({Field.LEAD, Field.DUE})


class Headings(Enum):
    """Whether a table has headings: known ones, texts that may be headings or its first entry, or none."""

    KNOWN = "known"
    LIKELY = "likely"
    NONE = "none"


@view
class ColumnSample:
    """A column of a table: its heading, the field that it gives, its first values, and the fields that it can give.

    `place` is the row of the headings of its table, or its first row without headings. `headings` says whether the
    table has them. `is_open` says that nothing is known about the column.
    """

    place: Place
    number: int
    heading: str
    field: Field | None
    values: tuple[str, ...]
    fields: tuple[Field, ...]
    headings: Headings = Headings.KNOWN
    is_open: bool = False


def column_samples(
    sheets: Sequence[Sheet], preview: Preview, mapping: Mapping[str, Field | None]
) -> tuple[ColumnSample, ...]:
    """Return the columns of all tables of a preview, and of the sheets whose headings were not recognised."""
    by_name = {(sheet.file, sheet.name): sheet for sheet in sheets}
    samples: list[ColumnSample] = []
    for layout in preview.layouts:
        sheet = by_name.pop((layout.place.file, layout.place.sheet), None) or _sheet(sheets, layout.place)
        if sheet is not None:
            samples += _samples(sheet, layout.place, layout.columns, Subject(layout.subject))
    given = {heading_key(heading): field for heading, field in mapping.items()}
    for sheet in by_name.values():
        samples += _unrecognised(sheet, given)
    return tuple(samples)


def undecided_columns(samples: Sequence[ColumnSample], preview: Preview) -> list[ColumnSample]:
    """Return the columns of which nothing is known in tables of items that lack the lead or the due date.

    One of them can have what would be assumed for every item otherwise.
    """
    lacking = [
        layout.place
        for layout in preview.layouts
        if layout.subject == Subject.ITEMS and _ASSUMED - {column.field for column in layout.columns}
    ]
    return [one for one in samples if one.is_open and one.place in lacking]


def without_headings(mapping: Mapping[str, Field | None], columns: Iterable[ColumnSample]) -> dict[str, Field | None]:
    """Return a mapping that says that a table has no headings. Its columns are called by their letters."""
    columns = list(columns)
    return _without(mapping, columns) | {lettered_heading(one.number): None for one in columns}


def with_headings(mapping: Mapping[str, Field | None], columns: Iterable[ColumnSample]) -> dict[str, Field | None]:
    """Return a mapping that no longer says that a table has no headings."""
    return _without(mapping, list(columns))


def _without(mapping: Mapping[str, Field | None], columns: Sequence[ColumnSample]) -> dict[str, Field | None]:
    """Return a mapping without what it says about columns."""
    keys = {heading_key(one.heading) for one in columns}
    return {heading: field for heading, field in mapping.items() if heading_key(heading) not in keys}


def _sheet(sheets: Sequence[Sheet], place: Place) -> Sheet | None:
    return next((one for one in sheets if (one.file, one.name) == (place.file, place.sheet)), None)


def _unrecognised(sheet: Sheet, given: Mapping[str, Field | None]) -> Iterator[ColumnSample]:
    """Yield the columns below the row of a sheet that looks most like headings."""
    header = chosen_header(sheet, MergedCells(sheet), given)
    if header is not None:
        columns = (
            ColumnMeaning(one.number, one.heading, given.get(heading_key(one.heading))) for one in header.columns
        )
        yield from _samples(sheet, sheet.place(sheet.rows[header.last].number), tuple(columns), Subject.ITEMS)


def _samples(sheet: Sheet, place: Place, columns: Sequence[ColumnMeaning], subject: Subject) -> Iterator[ColumnSample]:
    headings = _headings(columns)
    first = place.row + (headings is not Headings.NONE)
    below = next((at for at, row in enumerate(sheet.rows) if row.number >= first), len(sheet.rows))
    rows = sheet.rows[below : below + _SEARCHED]
    allowed = fields_of(subject)
    fields = tuple(field for field in Field if field in allowed)
    for column in columns:
        at = column.number - 1
        found = (row.values[at] for row in rows if at < len(row.values) and row.values[at] is not None)
        values = tuple(str(value)[:_LONGEST] for value in islice(found, _MOST_VALUES))
        yield ColumnSample(place, column.number, column.heading, column.field, values, fields, headings, column.is_open)


def _headings(columns: Sequence[ColumnMeaning]) -> Headings:
    if all(column.heading == lettered_heading(column.number) for column in columns):
        return Headings.NONE
    parts = (part for column in columns for part in column.heading.split(PART_MARK))
    return Headings.KNOWN if any(map(is_name, parts)) else Headings.LIKELY

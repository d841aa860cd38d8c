"""Finding the tables of a sheet: their headings, what their rows describe, and what their columns give."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePath

from planner.intake.layout.body import SECTION_STYLES, BodyReader, BodyRow, RowKind, TableForm, heading_texts, is_total
from planner.intake.layout.cells.footnotes import Footnote, footnotes_in
from planner.intake.layout.cells.numbering import numbered
from planner.intake.layout.columns.column import Column, Context, shape_of
from planner.intake.layout.columns.recognising import recognise
from planner.intake.layout.folding import heading_key, shape_keys
from planner.intake.layout.headers import (
    PART_MARK,
    Headed,
    Header,
    chosen_header,
    filled,
    find_header,
    header_at,
    is_heading_row,
    lone_header,
)
from planner.intake.layout.merging import MergedCells
from planner.intake.layout.names import (
    Subject,
    exported_subject,
    is_exported,
    is_left_out,
    is_name,
    meanings_of,
    missing_fields,
    subject_named,
)
from planner.intake.layout.outer_numbers import is_above_others, outer_numbers
from planner.intake.layout.plan_facts import PlanFacts
from planner.intake.proposed import Field
from planner.intake.sheets import Place, Row, Sheet, Value

# So many rows below the headings show what a column contains.
_SAMPLE = 200
_LONGEST_START = 30

_LISTS = frozenset({Field.MILESTONES, Field.INDICATORS})
# An item has these for itself. A row without them can have more milestones of the item above it.
_OWN = frozenset({Field.TITLE, Field.CODE, Field.NUMBER, Field.LEAD, Field.THEME, Field.KIND})

_DATES = frozenset({Field.DUE, Field.DATE})

Mapped = Mapping[str, Field | None]


@dataclass
class Table:
    """A table of a sheet. `above` are the rows between it and the table before it."""

    sheet: Sheet
    cells: MergedCells
    header: Header
    subject: Subject
    columns: list[Column]
    rows: list[Row]
    above: list[Row] = field(default_factory=list)

    @property
    def place(self) -> Place:
        """The row of the headings, or the last of these rows. Without headings, it is that of the first entry."""
        return self.sheet.place(self.sheet.rows[self.header.last].number)

    @property
    def heading_rows(self) -> list[Row]:
        """The rows of the headings."""
        return self.sheet.rows[self.header.first : self.header.end]

    @property
    def shape(self) -> str:
        """The digest of the headings."""
        return shape_of(self.subject, self.header.columns)

    @property
    def is_complete(self) -> bool:
        """Whether every field is there without which the table does not describe its subject."""
        return not missing_fields(self.subject, {column.field for column in self.columns})

    @property
    def fields(self) -> set[Field]:
        """The fields that its columns give."""
        return {column.field for column in self.columns if column.field is not None}

    def values_of(self, meaning: Field) -> list[Value]:
        """Return the values of the rows in the column of a field, without rows of a single cell."""
        at = self.column_of(meaning)
        rows = [row.values for row in self.rows if len(filled(row.values)) > 1]
        return [values[at] if 0 <= at < len(values) else None for values in rows]

    @property
    def says_more(self) -> bool:
        """Whether a table of items says more about them than titles and notes."""
        return bool({column.field for column in self.columns} - {Field.TITLE, Field.NOTE, Field.NUMBER, None})

    @property
    def leaves_out_titles(self) -> bool:
        """Whether a column of titles of tasks is not read, because the sheet has the name of another list."""
        return any(
            one.field is None and not one.decided and Field.TITLE in meanings_of(one.headed.parts[-1])
            for one in self.columns
        )

    def column_of(self, meaning: Field) -> int:
        """Return the index of the column that gives a field, or -1 if there is none."""
        return next((one.headed.number - 1 for one in self.columns if one.field is meaning), -1)

    @property
    def is_exported(self) -> bool:
        """Whether the table is one of an exported register, in which every row is an entry."""
        return _name(self.sheet) == self.subject.value and self.is_complete and _is_exported(self.sheet, self.header)

    def body(self) -> list[BodyRow]:
        """Return the rows below the headings with their kinds."""
        if self.is_exported:
            return [BodyRow(RowKind.ENTRY, row) for row in self.rows if filled(row.values)]
        return list(BodyReader(self._form()).read(self.rows))

    def _form(self) -> TableForm:
        title = max(self.column_of(Field.TITLE), self.column_of(Field.NAME))
        code = max(self.column_of(Field.CODE), self.column_of(Field.NUMBER), self.column_of(Field.LABEL))
        entries = [row for row in self.rows if len(filled(row.values)) > 1]
        with_code = sum(0 <= code < len(row.values) and row.values[code] is not None for row in entries)
        only_titles = not entries
        return TableForm(
            title=title,
            code=code,
            width=len(self.header.columns),
            only_titles=only_titles,
            has_codes=code >= 0 and bool(entries) and with_code > 0.8 * len(entries),
            headings=frozenset().union(*(heading_texts(row.values) for row in self.heading_rows)),
            cells=self.cells,
            section_styles=self._section_styles(title) if only_titles else SECTION_STYLES,
            lists=self._columns_of(_LISTS) if self.subject is Subject.ITEMS else frozenset(),
            own=self._columns_of(_OWN),
            number=self.column_of(Field.NUMBER),
            codes=self.column_of(Field.CODE),
            footnotes=self.footnotes,
        )

    @cached_property
    def footnotes(self) -> Mapping[str, Footnote]:
        """The notes below the table to which marks at the end of cells refer, by the marks."""
        return footnotes_in(self.rows)

    def _columns_of(self, fields: frozenset[Field]) -> frozenset[int]:
        return frozenset(column.headed.number - 1 for column in self.columns if column.field in fields)

    def _section_styles(self, title: int) -> frozenset[str]:
        """Return the styles of numbers of sections in a table of titles alone: not those that all its rows have."""
        texts = (row.values[title] for row in self.rows if 0 <= title < len(row.values))
        found = {one.style if (one := numbered(text)) else "" for text in texts if isinstance(text, str)}
        return SECTION_STYLES if found - SECTION_STYLES else frozenset()


@dataclass
class SheetTables:
    """The tables of a sheet, and the rows that belong to none of them. `unknown` are headings that are not known."""

    sheet: Sheet
    tables: list[Table] = field(default_factory=list)
    rest: list[Row] = field(default_factory=list)
    unknown: Header | None = None

    @property
    def columns(self) -> list[Headed]:
        """The columns of all tables, and those of headings that were not recognised."""
        columns = [column.headed for table in self.tables for column in table.columns]
        return [*columns, *(self.unknown.columns if self.unknown is not None else ())]


class TableFinder:
    """Finds the tables of sheets for one plan, with the mappings that a person gave."""

    def __init__(
        self,
        plan: PlanFacts,
        known: frozenset[str],
        mapping: Mapped,
        kept: Mapping[str, Mapped],
        answers: Mapping[str, str],
    ) -> None:
        self._plan = plan
        self._known = known
        self._mapping = {heading_key(heading): meaning for heading, meaning in mapping.items()}
        # A mapping names a heading in several rows by all of its parts.
        self._headings = {heading_key(part) for heading in mapping for part in (heading, *heading.split(PART_MARK))}
        self._kept = {shape: _by_shape_key(one) for shape, one in kept.items()}
        self._answers = answers

    def find(self, sheet: Sheet) -> SheetTables:
        """Return the tables of a sheet."""
        found = SheetTables(sheet)
        cells = MergedCells(sheet)
        exported = _exported_header(sheet)
        if exported is not None:
            whole = self._table(sheet, cells, exported, len(sheet.rows))
            if whole.is_exported:
                return SheetTables(sheet, [whole])
        header = find_header(sheet, cells, 0, self._is_heading) or lone_header(sheet, self._is_heading)
        if header is None:
            header = chosen_header(sheet, cells, self._mapping)
            table = self._table(sheet, cells, header, len(sheet.rows)) if header else None
            if table is None or (table.header.is_there and not self._is_likely(table)):
                found.rest = [row for row in sheet.rows if filled(row.values)]
                found.unknown = header
                return found
        headers = list(self._headers(sheet, cells, header)) if header else []
        before = 0
        for one, following in zip(headers, [*headers[1:], None], strict=True):
            table = self._table(sheet, cells, one, following.first if following else len(sheet.rows))
            table.above = [row for row in sheet.rows[before : one.first] if filled(row.values)]
            found.tables.append(table)
            before = following.first if following else 0
        return found

    def settle_milestones(self, found: Sequence[SheetTables]) -> None:
        """Read tables of milestones as such that seem to have the items of another table again: Item|Milestone|Due."""
        items = [one for sheet in found for one in sheet.tables if one.subject is Subject.ITEMS and one.is_complete]
        for sheet in found:
            for at, table in enumerate(sheet.tables):
                if table in items and any(_has_milestones_of(table, other) for other in items):
                    milestones = self._of_subject(
                        table.sheet, table.cells, table.header, table.rows, Subject.MILESTONES
                    )
                    milestones.above = table.above
                    sheet.tables[at] = milestones if milestones.is_complete else table

    def _headers(self, sheet: Sheet, cells: MergedCells, first: Header) -> Iterator[Header]:
        """Yield the headings of all tables. Headings that are printed again belong to the same table."""
        yield first
        present = first
        # A sheet of an exported register has one table, whose rows may have any words.
        at = len(sheet.rows) if _is_exported(sheet, first) else first.end
        while at < len(sheet.rows):
            row = sheet.rows[at]
            if _may_be_headings(row) and is_heading_row(row, self._is_heading):
                header = header_at(sheet, cells, at, at, self._is_heading)
                if not _is_same(present, header):
                    present = header
                    yield header
                at = header.end
            else:
                at += 1

    def _is_heading(self, text: str) -> bool:
        return is_name(text) or is_left_out(text) or heading_key(text) in self._headings

    def _table(self, sheet: Sheet, cells: MergedCells, header: Header, end: int) -> Table:
        rows = sheet.rows[header.end : end]
        named = subject_named(_name(sheet))
        subjects = [named, Subject.ITEMS] if named is not None else [Subject.ITEMS]
        tables = (self._of_subject(sheet, cells, header, rows, subject) for subject in dict.fromkeys(subjects))
        found = next(tables)
        if named is not None and (not found.is_complete or found.leaves_out_titles):
            items = next(tables, found)
            found = items if items.is_complete or not found.is_complete else found
        if not found.is_complete and found.column_of(Field.MILESTONES) >= 0:
            milestones = self._of_subject(sheet, cells, header, rows, Subject.MILESTONES)
            found = milestones if milestones.is_complete else found
        return found

    def _of_subject(self, sheet: Sheet, cells: MergedCells, header: Header, rows: list[Row], subject: Subject) -> Table:
        kept = self._kept.get(shape_of(subject, header.columns), {})
        keys = shape_keys([one.heading for one in header.columns]) if kept else []
        known = ((heading_key(one.heading), key) for one, key in zip(header.columns, keys, strict=False) if key in kept)
        mapping = {heading: kept[key] for heading, key in known} | self._mapping
        exported = _is_exported(sheet, header)
        context = Context(subject, self._plan.span, self._known, mapping, self._answers, exported)
        sample = _sample(rows)
        headed = [(one, _values(sample, one)) for one in header.columns]
        place = sheet.place(sheet.rows[header.last].number)
        return Table(sheet, cells, header, subject, recognise(headed, place, context), rows)

    @staticmethod
    def _is_likely(table: Table) -> bool:
        """Return whether a table with unknown headings is one of items: it has titles and something else.

        If a person said what one of its columns is, it is one, so that what it lacks is asked.
        """
        given = {column.field for column in table.columns if column.field is not None}
        chosen = any(column.decided and column.field is not None for column in table.columns)
        return chosen or (table.is_complete and len(given) > 1)


def _has_milestones_of(table: Table, items: Table) -> bool:
    """Return whether a table names items of another one, which has more about them, and has a milestone in each row."""
    own, other = table.fields, items.fields
    if Field.MILESTONES not in own or Field.MILESTONES in other or not own & _DATES:
        return False
    titles, known = table.values_of(Field.TITLE), set(items.values_of(Field.TITLE))
    texts = table.values_of(Field.MILESTONES)
    return bool(known) and set(titles) <= known and None not in texts and Field.LEAD not in own


def _by_shape_key(kept: Mapped) -> dict[str, Field | None]:
    """Return the fields of a kept mapping, which has all headings of a table, by the keys of these headings."""
    return dict(zip(shape_keys(list(kept)), kept.values(), strict=True))


def _is_exported(sheet: Sheet, header: Header) -> bool:
    """Return whether a sheet has the name and the headings of one of an exported register."""
    return _name(sheet) in set(Subject) and is_exported(column.heading for column in header.columns)


def _name(sheet: Sheet) -> str:
    """Return the name of a sheet. A file with one table has the name of the file without its ending.

    A sheet of an exported register has its name by its headings, because people give sheets other names.
    """
    headings = [str(value) for value in sheet.rows[0].values] if sheet.rows else []
    return exported_subject(headings) or sheet.name or PurePath(sheet.file).stem


def _exported_header(sheet: Sheet) -> Header | None:
    """Return the headings of a sheet of an exported register: its first row. No other row is one of headings."""
    texts = sheet.rows[0].values if sheet.rows else ()
    if not texts or not all(isinstance(text, str) for text in texts) or not is_exported(map(str, texts)):
        return None
    return Header(0, 1, tuple(Headed(number, (str(text),)) for number, text in enumerate(texts, 1)))


def _may_be_headings(row: Row) -> bool:
    """Return whether a row begins like headings: with a short text without digits. Most rows do not."""
    start = next((value for value in row.values if value is not None), None)
    return isinstance(start, str) and len(start) < _LONGEST_START and not any(map(str.isdigit, start))


def _is_same(one: Header, other: Header) -> bool:
    keys = {heading_key(column.heading) for column in one.columns}
    repeated = sum(heading_key(column.heading) in keys for column in other.columns)
    return repeated >= 0.8 * len(other.columns)


def _sample(rows: Sequence[Row]) -> list[Row]:
    """Return the first rows that are no sections: those with several cells and no totals, if any row has several."""
    first = rows[: 2 * _SAMPLE]
    several = [row for row in first if len(at := filled(row.values)) > 1 and not is_total(row.values[at[0]])]
    outer = outer_numbers(several)
    several = [row for row in several if not is_above_others(row, filled(row.values), outer)]
    return (several or [row for row in rows[:_SAMPLE] if filled(row.values)])[:_SAMPLE]


def _values(rows: Sequence[Row], headed: Headed) -> list[Value]:
    index = headed.number - 1
    return [row.values[index] if index < len(row.values) else None for row in rows]

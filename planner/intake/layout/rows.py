"""Reading the facts of one row: each of its cells by the field of its column."""

from collections.abc import MutableMapping
from dataclasses import dataclass, field

from planner.base.language import tr
from planner.base.listing import listed
from planner.intake.answering.same_cells import column_name
from planner.intake.cell_facts import CellFacts, FactColumns
from planner.intake.layout.cell_reader import CellReader
from planner.intake.layout.cells.footnotes import mark_of, without_mark
from planner.intake.layout.cells.organisations import OrganisationReader
from planner.intake.layout.cells.reading import Doubt, Entry, Reading
from planner.intake.layout.columns.column import SEVERAL, Column
from planner.intake.layout.merging import MergedCells
from planner.intake.layout.readers import FIRST_LEADS, NONE_LEADS, UNREPEATED, Setting, answer_about, reader_of
from planner.intake.proposed import FactValue, Field, Given, Severity
from planner.intake.sheets import Place, Row, Sheet, Value

_LISTS = (Field.MILESTONES, Field.INDICATORS)


@dataclass
class RowFacts:
    """The facts of a row. `entries` are those of the lists in its cells, with the place and the inference of each.

    `marks` are those at the end of its cells that refer to notes below the table.
    """

    facts: MutableMapping[Field, Given]
    entries: dict[Field, list[tuple[Entry, Given]]] = field(default_factory=dict)
    marks: list[str] = field(default_factory=list)


class _Bound:
    """A column with its reader, and its last value for the merged or empty cells below it."""

    def __init__(self, column: Column, meaning: Field, reader: CellReader, *, fills_down: bool) -> None:
        self.index = column.headed.number - 1
        self.meaning = meaning
        self.reader = reader
        self.fills_down = fills_down
        # Whether it is one of several columns of months whose marks say when an item runs.
        self.is_marked = column.period is not None
        # Where the facts of a row have the value, or None for a list, for marks and for a further column of a field.
        self.slot: int | None = None
        self.held: Value = None
        self.held_row = 0
        # The last value, which marks such as 同上 repeat even below a section row.
        self.last: Value = None
        self.last_row = 0

    def repeated(self, mark: Value) -> tuple[Value, str | None]:
        """Return the value above, which a mark such as 同上 repeats. Without such a value, the mark is an error."""
        if self.last is None:
            return mark, None
        return self.last, tr("'{mark}' repeats row {row}", mark=mark, row=self.last_row)


class RowReader:
    """Reads the rows of one table, in their order.

    `organisations` reads names outside the columns. `theme_labels` has the numbers of the themes read so far.
    """

    def __init__(
        self, sheet: Sheet, cells: MergedCells, columns: list[Column], rows: list[Row], setting: Setting
    ) -> None:
        self._setting = setting
        # A column such as 责任单位, which names leads where no other column does, and what people say about it.
        self._stand_in = next(
            (one for one in columns if one.field is Field.SUPPORTING and Field.LEAD in one.names), None
        )
        self._first_leads: str | None = None
        self._marks = setting.marks
        self._exported = setting.exported
        self.theme_labels = setting.labels
        self._sheet = sheet
        self._cells = cells
        self.organisations = CellReader(
            Field.LEAD, OrganisationReader(Field.LEAD, setting.known), setting.findings, setting.answers
        )
        self._bound = [self._binding(column, rows, setting) for column in columns if column.field is not None]
        self._columns = self._divided()

    @property
    def has_stand_in(self) -> bool:
        """Whether a column of supporting organisations could be that of the leads, as 责任单位 can."""
        return self._stand_in is not None

    def first_leads(self, names: tuple[str, ...]) -> bool:
        """Return whether the first of those who support an item leads it if its cell of the lead is empty.

        A person says so once for a column such as 责任单位, which names the leads of tables without 牵头单位.
        """
        column = self._stand_in
        if column is None or not names:
            return False
        if self._first_leads is None:
            what = tr(
                "rows without a lead have organisations in the column '{heading}', such as {names}",
                heading=column.headed.heading,
                names=listed(names),
            )
            do = tr("Say whether the first of them leads; if none leads, the office of the plan is assumed as the lead")
            doubt = Doubt(Severity.QUESTION, what, do, (FIRST_LEADS, NONE_LEADS))
            self._first_leads = answer_about(column, self._setting, doubt, names[0], Field.LEAD) or NONE_LEADS
        return self._first_leads == FIRST_LEADS

    def _divided(self) -> FactColumns:
        """Give each field that is no list its place among the facts of a row: that of its first column."""
        places: dict[Field, int] = {}
        numbers: list[int] = []
        for bound in self._bound:
            if bound.meaning not in _LISTS and bound.meaning not in places and not bound.is_marked:
                bound.slot = places[bound.meaning] = len(numbers)
                numbers.append(bound.index + 1)
        return FactColumns(self._sheet.file, self._sheet.name, tuple(numbers), places)

    def _binding(self, column: Column, rows: list[Row], setting: Setting) -> _Bound:
        assert column.field is not None
        index = column.headed.number - 1
        values = [row.values[index] if index < len(row.values) else None for row in rows]
        reader = reader_of(column, values, setting)
        keeps = column.field not in UNREPEATED
        cell_reader = CellReader(
            column.field,
            reader,
            setting.findings,
            setting.answers,
            keeps=keeps,
            dittos=not setting.exported,
            same=setting.same,
            column=column_name(setting.shape, column.headed.heading, column.field),
        )
        # Every row of an exported register has its own theme, and people sort the rows.
        fills_down = not setting.exported and _is_filled_down(column)
        return _Bound(column, column.field, cell_reader, fills_down=fills_down)

    def read(self, row: Row) -> RowFacts:
        """Return the facts of a row."""
        size = len(self._columns.numbers)
        values: list[FactValue] = [None] * size
        notes: list[str | None] | None = None
        further: list[tuple[_Bound, Place, Reading, str | None]] = []
        marks: list[str] = []
        for bound in self._bound:
            place, reading, note = self._cell(bound, row, marks)
            if bound.slot is None or reading.also:
                further.append((bound, place, reading, note))
            if bound.slot is not None:
                values[bound.slot] = _value(bound.meaning, reading)
                if note is not None:
                    notes = notes or [None] * size
                    notes[bound.slot] = note
        found = RowFacts(CellFacts(self._columns, row.number, values, notes), marks=marks)
        for bound, place, reading, note in further:
            _add(found, bound, place, reading, note)
        return found

    def _cell(self, bound: _Bound, row: Row, marks: list[str]) -> tuple[Place, Reading, str | None]:
        """Return the place of a cell, what it gives, and how that was inferred. Add the mark at its end, if any."""
        index, values, inferred = bound.index, row.values, None
        value = values[index] if index < len(values) else None
        if value is None:
            value, inferred = self._from_above(bound, row.number)
        elif bound.reader.repeats(value):
            value, inferred = bound.repeated(value)
        else:
            bound.held, bound.held_row = value, row.number
            bound.last, bound.last_row = value, row.number
        if self._marks and (mark := mark_of(value)) in self._marks:
            value, inferred = without_mark(str(value)) or None, inferred or tr("without the mark {mark}", mark=mark)
            marks.append(str(mark))
        place = Place(self._sheet.file, self._sheet.name, row.number, index + 1)
        reading = bound.reader.read(value, place)
        if self._exported and value is not None and reading.value is None:
            # So that it is told from a cell that somebody emptied.
            inferred = inferred or reading.inferred or tr("the text says nothing")
        return place, reading, inferred or reading.inferred

    def skip(self, row: Row) -> None:
        """Pass a section row: no value above it counts for the rows below it."""
        for bound in self._bound:
            bound.held = None

    def _from_above(self, bound: _Bound, row: int) -> tuple[Value, str | None]:
        """Return the value of an empty cell that is merged with a cell above it, or that repeats the cell above it."""
        first = self._cells.first_row(row, bound.index + 1)
        if first is not None and first == bound.held_row:
            return bound.held, tr("the cell is merged with that of row {row}", row=first)
        if bound.fills_down and bound.held is not None:
            return bound.held, tr("as in row {row} above", row=bound.held_row)
        return None, None


def _is_filled_down(column: Column) -> bool:
    """Return whether the empty cells of a column of themes, or of items of milestones, repeat the one above them."""
    if column.field not in (Field.THEME, Field.PARENT) or not column.values or column.values[0] is None:
        return False
    return any(value is None for value in column.values)


def _value(meaning: Field, reading: Reading) -> FactValue:
    value = reading.value
    return (value,) if meaning is Field.SUPPORTING and isinstance(value, str) else value


def _add(found: RowFacts, bound: _Bound, place: Place, reading: Reading, note: str | None) -> None:
    """Add what a cell gives besides the value of its field: the entries of a list, and values of other fields.

    The value of a further column of the same field is put together with that of the columns before.
    """
    meaning = bound.meaning
    if bound.is_marked:
        _add_marked(found, meaning, Given(reading.value, place, note))
    elif meaning in _LISTS:
        given = Given(None, place, note)
        found.entries.setdefault(meaning, []).extend((entry, given) for entry in reading.entries)
    elif bound.slot is None:
        found.facts[meaning] = together(meaning, found.facts[meaning], Given(_value(meaning, reading), place, note))
    for other, also, reason in reading.also:
        add_inferred(found.facts, other, Given(also, place, reason))


def _add_marked(found: RowFacts, meaning: Field, given: Given) -> None:
    """Add the day of a mark in a column of months: the first one is the start, and the last one is due."""
    if given.value is not None and (meaning is Field.DUE or meaning not in found.facts):
        found.facts[meaning] = given


def add_inferred(facts: MutableMapping[Field, Given], meaning: Field, given: Given) -> None:
    """Add a value that another cell gives. It never replaces a value of the field's own cell."""
    there = facts.get(meaning)
    if there is None or there.value is None:
        facts[meaning] = given
    elif meaning in SEVERAL:
        facts[meaning] = together(meaning, there, given)


def together(meaning: Field, one: Given, other: Given) -> Given:
    """Return the values of two cells for a field of which there can be several: names together, texts in lines."""
    if one.value is None or one.value == other.value:
        return other
    if other.value is None:
        return one
    inferred = one.inferred or other.inferred
    if isinstance(one.value, tuple) and isinstance(other.value, tuple):
        return Given(tuple(dict.fromkeys((*one.value, *other.value))), one.place, inferred)
    reason = inferred or tr("put together from several cells")
    return Given(f"{one.value}\n{other.value}", one.place, reason)

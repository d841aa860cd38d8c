"""Read a status sheet that came back: what it is, and the rows in which something was filled in.

Rows may be sorted, filtered or moved, and so may columns. A row is known by its hidden mark and its code, a column by
its heading.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.base.texts import as_typed
from planner.base.views import value_class
from planner.domain.codes import code_key
from planner.intake.proposed import Problem, Severity
from planner.intake.sheets import Place, Row, Sheet, Value
from planner.sheets.areas import AREAS, KEY, MILESTONES, REPORTS, Area
from planner.sheets.cell_values import plain_text
from planner.sheets.identity import MARK, Identity, SheetRow, mark_of_title, read_identity
from planner.sheets.words import same_text

# The headings are among the first rows of a sheet.
_ROWS_OF_HEADS = 40


@value_class
class FilledCell:
    """A cell that was filled in: its value, its place, and the heading of its column."""

    value: Value
    place: Place
    heading: str
    from_1904: bool


@value_class
class FilledRow:
    """A row in which something was filled in, about an item or about a milestone or an indicator of it.

    `number` is the number of the milestone or indicator, or 0. `cells` are the filled cells by the form's fields.
    """

    item: SheetRow
    number: int
    place: Place
    cells: Mapping[str, FilledCell]


@dataclass
class FilledSheet:
    """A status sheet that came back. `digest` is the SHA-256 of the file."""

    file: str
    digest: str
    identity: Identity
    rows: list[FilledRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_filled(file: str, digest: str, sheets: Sequence[Sheet], faults: Sequence[Problem] = ()) -> FilledSheet:
    """Return what was filled in. `faults` are the cells of the file whose values could not be read.

    Raises BadValueError if the file is not a status sheet that planner wrote, or lost what identifies it.
    """
    hidden = next((sheet for sheet in sheets if _first_text(sheet) == MARK), None)
    if hidden is None:
        raise BadValueError(
            tr("this is not a status sheet that planner wrote, or its hidden sheet was removed"),
            where=file,
            do=tr("Give the workbook that 'planner sheets out' wrote, saved with all of its sheets"),
        )
    identity = read_identity([_texts(row) for row in hidden.rows], file)
    found = FilledSheet(file, digest, identity)
    unread = {fault.place: fault for fault in faults if fault.severity is Severity.ERROR}
    seen = {area.key for sheet in sheets if sheet is not hidden for area in _read_sheet(found, sheet, unread)}
    for area in AREAS:
        if area.key not in seen:
            _note_missing(found, area)
    return found


def _note_missing(found: FilledSheet, area: Area) -> None:
    """Note that a table is missing. Raises BadValueError if it is the table of the reports."""
    if area is REPORTS:
        raise BadValueError(
            tr("no sheet has the headings of the table '{name}'", name=area.name),
            where=found.file,
            do=tr("Write the status sheet again, and copy the entries into it"),
        )
    states = [item.state for item in found.identity.items]
    if any(state.milestones if area is MILESTONES else state.indicators for state in states):
        what = tr("the table '{name}' is missing, so nothing of it is read", name=area.name)
        found.problems.append(Problem(Severity.REMARK, Place(found.file), None, "", what, ""))


def _first_text(sheet: Sheet) -> Value:
    return sheet.rows[0].values[0] if sheet.rows and sheet.rows[0].values else None


def _texts(row: Row) -> list[str]:
    texts = [plain_text(value) for value in row.values]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _read_sheet(found: FilledSheet, sheet: Sheet, faults: Mapping[Place, Problem]) -> Iterator[Area]:
    """Add the filled rows of a sheet, and yield the table that the sheet has, if it has one."""
    for place, row in enumerate(sheet.rows[:_ROWS_OF_HEADS]):
        for area in AREAS:
            columns = _columns(area, row, found.identity.headings.get(area.key, {}))
            if len(columns.keys() & {column.name for column in area.entries}) * 2 > len(area.entries):
                _Table(found, sheet, area, columns, faults).read(row, sheet.rows[place + 1 :])
                yield area
                return


def _columns(area: Area, row: Row, headings: Mapping[str, str]) -> dict[str, int]:
    """Return the numbers of the columns of a table that a row of headings has, counted from 0."""
    texts = [plain_text(value) for value in row.values]
    found = {}
    for column in area.columns:
        heading = headings.get(column.name, column.title)
        numbers = [number for number, text in enumerate(texts) if text and same_text(text, heading)]
        if numbers:
            found[column.name] = numbers[0]
    return found


@value_class
class _Table:
    """A table of a sheet that is being read, with the numbers of its columns."""

    found: FilledSheet
    sheet: Sheet
    area: Area
    columns: Mapping[str, int]
    faults: Mapping[Place, Problem]

    def read(self, head: Row, rows: Sequence[Row]) -> None:
        self._check_head(head)
        items = {str(item.id): item for item in self.found.identity.items}
        by_code = {code_key(item.code): item for item in self.found.identity.items}
        for row in rows:
            self._note_beside(head, row)
            cells = self._filled_cells(row)
            if not cells:
                continue
            try:
                item, number = self._subject(row, items, by_code)
            except BadValueError as error:
                self._problem(row.number, self._number_of("code"), self._text(row, "code"), error.what, error.do)
                continue
            named = {self.area.field_name(number, name): cell for name, cell in cells.items()}
            self.found.rows.append(FilledRow(item, number, self.sheet.place(row.number), named))

    def _check_head(self, head: Row) -> None:
        """Note columns that are missing, and columns that were added."""
        headings = self.found.identity.headings.get(self.area.key, {})
        for column in self.area.entries:
            if column.name not in self.columns:
                what = tr("the column '{heading}' is missing", heading=headings.get(column.name, column.title))
                do = tr("Write the heading as it was, or write the status sheet again and copy the entries into it")
                self._problem(head.number, 0, "", what, do)
        for number, value in enumerate(head.values):
            if value is not None and number not in self.columns.values():
                what = tr("the column '{heading}' is not part of the status sheet", heading=plain_text(value))
                place = self.sheet.place(head.number, number + 1)
                do = tr("Nothing of it is read; move what should be reported to another column")
                self.found.problems.append(
                    Problem(Severity.REMARK, place, None, plain_text(value), what, do),
                )

    def _note_beside(self, head: Row, row: Row) -> None:
        """Note the words in a row that stand beside the table, in a column that has no heading."""
        for number, value in enumerate(row.values):
            named = number in self.columns.values() or (number < len(head.values) and head.values[number] is not None)
            if value is None or named:
                continue
            what = tr("this cell is beside the table, in a column without a heading, so nothing of it is read")
            do = tr("Move what should be reported to a yellow cell")
            place = self.sheet.place(row.number, number + 1)
            self.found.problems.append(Problem(Severity.REMARK, place, None, plain_text(value), what, do))

    def _filled_cells(self, row: Row) -> dict[str, FilledCell]:
        cells = {}
        for column in self.area.entries:
            number = self.columns.get(column.name)
            if number is None:
                continue
            value = row.values[number] if number < len(row.values) else None
            place = self.sheet.place(row.number, number + 1)
            if place in self.faults:
                self.found.problems.append(self.faults[place])
            elif value is not None:
                cells[column.name] = FilledCell(value, place, column.heading, self.sheet.from_1904)
        return cells

    def _subject(
        self, row: Row, items: Mapping[str, SheetRow], by_code: Mapping[str, SheetRow]
    ) -> tuple[SheetRow, int]:
        """Return the item that a row is about, and the number of its milestone or indicator.

        Raises BadValueError if the row does not belong to the sheet, or if its mark and its code differ.
        """
        code, mark = self._text(row, "code"), self._text(row, KEY)
        named = by_code.get(code_key(code))
        item, number = named, self._text(row, "number")
        if mark:
            id_text, _, marked_number = mark.partition("/")
            item = items.get(id_text)
            if item is not None and item is not named:
                raise _other_code(code, item)
            if number and marked_number and number != marked_number:
                raise _other_number(number, marked_number)
            number = marked_number or number
        if item is None:
            raise _unknown_row(code)
        self._require_own_title(item, self._text(row, "title"))
        if self.area is REPORTS:
            return item, 0
        return item, self._known_number(item, number)

    def _require_own_title(self, item: SheetRow, title: str) -> None:
        """Raise BadValueError if a row has the title of another item, because only some of its columns were sorted."""
        mark = mark_of_title(title)
        others = [other for other in self.found.identity.items if title and other.title_mark == mark]
        if others and not any(other.id == item.id for other in others):
            raise BadValueError(
                tr("this row has the code {code}, but the title of {other}", code=item.code, other=others[0].code),
                do=tr("Check whether only some columns were sorted, and put each row together again"),
            )

    def _known_number(self, item: SheetRow, number: str) -> int:
        state = item.state.milestones if self.area is MILESTONES else item.state.indicators
        numbers = {str(part[0]): part[0] for part in state}
        if as_typed(number) not in numbers:
            raise BadValueError(
                tr("'{number}' is not a number of this table for {code}", number=number, code=item.code),
                do=tr("Write the number as it was in the sheet that was sent out"),
            )
        return numbers[as_typed(number)]

    def _text(self, row: Row, column: str) -> str:
        number = self.columns.get(column)
        return plain_text(row.values[number]) if number is not None and number < len(row.values) else ""

    def _number_of(self, column: str) -> int:
        return self.columns.get(column, -1) + 1

    def _problem(self, row: int, column: int, value: str, what: str, do: str) -> None:
        place = self.sheet.place(row, column)
        self.found.problems.append(Problem(Severity.ERROR, place, None, value, what, do))


def _other_code(code: str, item: SheetRow) -> BadValueError:
    if not code:
        return BadValueError(
            tr("the code of this row was removed; the row was sent out for {code}", code=item.code),
            do=tr("Write the code {code} again", code=item.code),
        )
    return BadValueError(
        tr("this row says {code}, but it was sent out for {sent}", code=code, sent=item.code),
        do=tr("Write the code {sent} again, and report on {code} in its own row", sent=item.code, code=code),
    )


def _other_number(number: str, sent: str) -> BadValueError:
    return BadValueError(
        tr("this row says number {number}, but it was sent out for number {sent}", number=number, sent=sent),
        do=tr("Write the number {sent} again", sent=sent),
    )


def _unknown_row(code: str) -> BadValueError:
    what = (
        tr("the status sheet was sent out without the item '{code}'", code=code)
        if code
        else tr("this row has entries, but no code")
    )
    do = tr("Remove the row; report on other items in the app, or in a new status sheet that has them")
    return BadValueError(what, do=do)

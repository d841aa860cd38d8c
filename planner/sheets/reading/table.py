"""Read one table of a status sheet that came back: the rows with entries, and what else in it was changed."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.base.listing import listed
from planner.base.views import value_class
from planner.intake.proposed import Problem, Severity
from planner.intake.sheets import Place, Row, Sheet, Value
from planner.sheets.areas import CHECK, HIDDEN, KEY, REPORTS, Area
from planner.sheets.identity import SheetRow, mark_of_row
from planner.sheets.reading.around import note_beside
from planner.sheets.reading.cell_values import plain_text
from planner.sheets.reading.filled import FilledCell, FilledRow, FilledSheet, RefusedRow
from planner.sheets.reading.grey_cells import note_changed, readings
from planner.sheets.reading.row_subject import RowSubjects, subjects_of
from planner.sheets.reading.rows_changed import note_merged
from planner.sheets.reading.sorted_columns import rows_of_others, rows_with_moved_checks

_CODE = "code"


@value_class
class _Known:
    """A row that was sent out: the item that it is about, and the number of its milestone or indicator, or 0."""

    row: Row
    item: SheetRow
    number: int
    cells: Mapping[str, FilledCell]

    @property
    def mark(self) -> str:
        """The hidden mark with which the row was sent out."""
        return mark_of_row(self.item.id, self.number)


@value_class
class Table:
    """A table of a sheet that is being read, with the numbers of its columns, counted from 0.

    `seen` are the marks of the rows that were found in it, once it is read.
    """

    found: FilledSheet
    sheet: Sheet
    area: Area
    columns: Mapping[str, int]
    faults: Mapping[Place, Problem]
    seen: set[str] = field(default_factory=set)

    def read(self, head: Row, rows: Sequence[Row]) -> None:
        """Add the rows with entries to the sheet, and note what is wrong with the table and what was changed in it."""
        self._check_head(head)
        if _CODE not in self.columns:
            # That is one fault, and not one of each row.
            self.seen.update(self.found.identity.marks(self.area.key))
            return
        subjects = subjects_of(self.found.identity, self.area)
        known: list[_Known] = []
        for row in rows:
            note_beside(self.found, self.sheet, head, row, self.columns)
            texts = {name: plain_text(self._value(row, name)) for name in self.columns}
            if any(texts.values()):
                self.seen.add(texts.get(KEY, ""))
                known += self._known(row, texts, subjects)
        self._take(known)
        note_merged(self.found, self.sheet, head, self.columns)

    def _known(self, row: Row, texts: Mapping[str, str], subjects: RowSubjects) -> Iterator[_Known]:
        """Yield a row with what it is about, if it was sent out. Otherwise, note it."""
        cells = self._filled_cells(row)
        try:
            item, number = subjects.of(texts, filled=bool(cells))
        except BadValueError as error:
            self._note_unknown(row, texts, error, cells)
            return
        yield _Known(row, item, number, cells)

    def _without_added(self, known: Sequence[_Known]) -> Iterator[_Known]:
        """Yield the rows, but refuse those that somebody added with the code of a row that was sent out."""
        rows: dict[str, list[_Known]] = defaultdict(list)
        for one in known:
            rows[one.mark].append(one)
        for same in rows.values():
            sent = [one for one in same if self._has_mark(one.row)] or same
            yield from sent
            if len(sent) > 1 and any(not one.cells for one in sent):
                self._note_twice(sent)
            for one in same:
                if not any(one is other for other in sent):
                    self._note_added(one, sent[0])

    def _has_mark(self, row: Row) -> bool:
        return KEY in self.columns and bool(plain_text(self._value(row, KEY)))

    def _note_added(self, one: _Known, sent: _Known) -> None:
        """Refuse an added row with entries, and note one without any."""
        place = self._place(one.row, _CODE)
        name = self.found.identity.marks(self.area.key)[one.mark]
        what = tr("this row was added; {name} has the row {number}", name=name, number=sent.row.number)
        do = tr("Write the entries in that row, and remove this one")
        if one.cells:
            problem = Problem(Severity.ERROR, place, None, one.item.code, what, do)
            self.found.refused.append(RefusedRow((one.item.code,), problem))
        else:
            self.found.remark(place, one.item.code, what, tr("Nothing of it is read"))

    def _note_twice(self, rows: Sequence[_Known]) -> None:
        """Note the copies of a row of which not all have entries. If all have, they must not differ."""
        name = self.found.identity.marks(self.area.key)[rows[0].mark]
        what = tr(
            "{name} has {count:,} rows here: {numbers}; the entries of all of them count",
            name=name,
            count=len(rows),
            numbers=listed([one.row.number for one in rows]),
        )
        do = tr("If one of them is an earlier version, remove it")
        self.found.remark(self._place(rows[-1].row, _CODE), rows[-1].item.code, what, do)

    def _take(self, rows: Sequence[_Known]) -> None:
        """Add the rows with entries to the sheet, but refuse those that have the cells of other rows."""
        known = list(self._without_added(rows))
        sent = {
            mark: _others(cells) for (area, mark), cells in self.found.identity.shown.items() if area == self.area.key
        }
        now = {
            one.mark: {
                name: readings(value, from_1904=self.sheet.from_1904)
                for name, (value, _) in self._grey(one.row).items()
            }
            for one in known
        }
        moved = rows_of_others(sent, now) | rows_with_moved_checks(self._checks(known))
        names = self.found.identity.marks(self.area.key)
        is_refused = any(one.cells and one.mark in moved for one in known)
        for one in known:
            self.seen.add(one.mark)
            if one.cells and (pasted := self._pasted(one)):
                self.found.refused.append(RefusedRow((one.item.code,), pasted))
                continue
            if is_refused and one.mark in moved:
                # Its grey cells are not told: nobody wants to change what they say.
                if one.cells:
                    self.found.refused.append(self._sorted_apart(one, names[moved[one.mark]]))
                continue
            note_changed(
                self.found, self.area, one.item, one.number, self._grey(one.row), from_1904=self.sheet.from_1904
            )
            if one.cells:
                self.found.rows.append(self._filled_row(one))

    def _checks(self, known: Sequence[_Known]) -> dict[str, str]:
        """Return the mark between the yellow cells of each row, by the mark with which it was sent out."""
        if CHECK not in self.columns:
            return {}
        own = self.found.identity.marks(self.area.key)
        found = {one.mark: plain_text(self._value(one.row, CHECK)) for one in known}
        # A text that somebody pasted over it is told for its row.
        return {mark: check for mark, check in found.items() if check in own}

    def _pasted(self, one: _Known) -> Problem | None:
        """Return what is wrong with a row into which somebody pasted cells that also went into the hidden column."""
        value = self._value(one.row, CHECK) if CHECK in self.columns else None
        text = plain_text(value) if isinstance(value, str) else ""
        if not text or text in self.found.identity.marks(self.area.key):
            return None
        what = tr("this text is in a hidden column: cells that were pasted went into it too")
        do = tr("Write the text, and those to the right of it, in their own columns, and empty the hidden cell")
        return Problem(Severity.ERROR, self._place(one.row, CHECK), None, text, what, do)

    def _sorted_apart(self, one: _Known, other: str) -> RefusedRow:
        name = self.found.identity.marks(self.area.key)[one.mark]
        what = tr(
            "only some columns were sorted: the row of {name} has cells of the row of {other}", name=name, other=other
        )
        do = tr("Undo the sorting, or put each row together again; the entries may belong to another row")
        problem = Problem(Severity.ERROR, self.sheet.place(one.row.number), None, one.item.code, what, do)
        return RefusedRow((one.item.code,), problem)

    def _note_unknown(
        self, row: Row, texts: Mapping[str, str], error: BadValueError, cells: Mapping[str, FilledCell]
    ) -> None:
        """Note a row that was not sent out so. With entries, it is refused unless its code is left out."""
        place, code = self.sheet.place(row.number, self.columns.get("code", -1) + 1), texts.get("code", "")
        if not cells:
            self.found.remark(place, code, error.what, error.do)
            return
        sent = self.found.identity.marks(REPORTS.key).get(texts.get(KEY, "").partition("/")[0], "")
        value = code
        if not code and not sent:
            # Somebody added the row, so what was written in it tells more than its empty code.
            first = next(iter(cells.values()))
            place, value = first.place, plain_text(first.value)
        problem = Problem(Severity.ERROR, place, None, value, error.what, error.do)
        self.found.refused.append(RefusedRow(tuple(filter(None, (code, sent))), problem))

    def _grey(self, row: Row) -> dict[str, tuple[Value, Place]]:
        """Return the values and the places of the grey cells of a row by column."""
        grey = [column.name for column in self.area.columns if not column.entry and column.name in self.columns]
        return {name: (self._value(row, name), self._place(row, name)) for name in grey}

    def _filled_row(self, one: _Known) -> FilledRow:
        field = self.area.field_name
        named = {field(one.number, name): cell for name, cell in one.cells.items()}
        places = {
            field(one.number, column.name): self._place(one.row, column.name)
            for column in self.area.entries
            if column.name in self.columns
        }
        return FilledRow(one.item, one.number, self.sheet.place(one.row.number), named, places)

    def _check_head(self, head: Row) -> None:
        """Note columns that are missing, and columns that were added."""
        for column in self.area.columns:
            if column.name not in self.columns and column.name not in HIDDEN:
                what = tr(
                    "the column '{heading}' is missing", heading=self.found.identity.heading(self.area.key, column)
                )
                do = tr("Write the heading as it was, or write the status sheet again and copy the entries into it")
                note = self.found.refuse if column.entry or column.name == _CODE else self.found.remark
                note(self.sheet.place(head.number), "", what, do)
        for number, value in enumerate(head.values):
            if value is not None and number not in self.columns.values():
                what = tr("the column '{heading}' is not part of the status sheet", heading=plain_text(value))
                do = tr("Nothing of it is read; move what should be reported to another column")
                self.found.remark(self.sheet.place(head.number, number + 1), plain_text(value), what, do)

    def _filled_cells(self, row: Row) -> dict[str, FilledCell]:
        cells = {}
        for column in self.area.entries:
            if column.name not in self.columns:
                continue
            value, place = self._value(row, column.name), self._place(row, column.name)
            if place in self.faults:
                self.found.problems.append(self.faults[place])
            elif value is not None:
                cells[column.name] = FilledCell(value, place, column.heading, self.sheet.from_1904)
        return cells

    def _value(self, row: Row, column: str) -> Value:
        number = self.columns[column]
        return row.values[number] if number < len(row.values) else None

    def _place(self, row: Row, column: str) -> Place:
        return self.sheet.place(row.number, self.columns[column] + 1)


def _others(cells: Mapping[str, str]) -> dict[str, str]:
    """Return the texts of grey cells without the title, which has a check of its own and is the same in many rows."""
    return {name: text for name, text in cells.items() if name != "title"}

"""Finding the headings of the tables in a sheet. Headings can take several rows, with merged cells."""

import re
from collections import Counter
from collections.abc import Callable, Container, Iterator, Sequence
from datetime import date

from planner.base.texts import as_typed
from planner.base.views import view
from planner.intake.layout.folding import heading_key
from planner.intake.layout.merging import MergedCells
from planner.intake.proposed import Field
from planner.intake.sheets import Row, Sheet, Value, letters_of

# The rows in which the first headings of a sheet are looked for, and the most rows that headings take.
_SEARCHED = 60
_MOST_ROWS = 4
_LONGEST_HEADING = 60
_LONGEST_PERIOD = 20
# Between the parts of a heading in several rows.
PART_MARK = " / "

# Running numbers and codes: 1, 1., T-01.
_NUMBER_AT_END = re.compile(r"(\D{0,6})(\d{1,6})\.?", re.ASCII)
# A month, a quarter or a half-year, as plans have them beside each other: 1月, 二季度, Q3, March, 上半年, 2분기.
PERIOD = re.compile(
    r"(?:20\d\d ?[年년.]? ?)?(?:\d{1,2} ?[月월]份?|[一二三四五六七八九十]{1,2}月份?|第?[一二三四1-4] ?(?:季度?|四半期)|"
    r"[1-4] ?(?:/4)?분기|[上下]半年|[상하]반기|[上下]期|q[1-4]|quarter [1-4]|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?)(?: ?['’]?\d\d(?:\d\d)?)?",
    re.IGNORECASE,
)

IsName = Callable[[str], bool]


@view
class Headed:
    """A column with its heading. `parts` are the texts of the rows of headings, from the top, without repeats.

    `which` counts the columns of a table that have the same heading, from 1.
    """

    number: int
    parts: tuple[str, ...]
    which: int = 1

    @property
    def heading(self) -> str:
        """The heading in one line, by which a mapping names the column: `Owner`, and `Owner #2` for the next such."""
        return self.written if self.which == 1 else f"{self.written} #{self.which}"

    @property
    def written(self) -> str:
        """The heading in one line, as the file has it."""
        return PART_MARK.join(" ".join(part.split()) for part in self.parts)


@view
class Header:
    """The headings of a table: its columns, and the indexes of the rows of headings in the sheet, up to `end`.

    A table without headings has no such rows, and its columns are called by their letters.
    """

    first: int
    end: int
    columns: tuple[Headed, ...]

    @property
    def is_there(self) -> bool:
        """Whether the table has rows of headings."""
        return self.end > self.first

    @property
    def last(self) -> int:
        """The index of the last row of headings, or of the first entry of a table without them."""
        return max(self.first, self.end - 1)


# Below a heading of times, these words say which one a column has. Elsewhere they are words for what was done.
_WORDS_OF_TIME = (
    *("时间", "期间", "工期", "日程", "일정", "기간", "時期", "期間", "スケジュール", "工程"),
    *("time", "times", "dates", "schedule"),
)
_WORDS_OF_TIMES = {
    **dict.fromkeys(
        ("开工", "动工", "启动", "开始", "起", "착공", "착수", "시작", "着工", "着手", "開始", "始期", "from"),
        Field.START,
    ),
    **dict.fromkeys(
        ("竣工", "完工", "完成", "结束", "止", "준공", "완공", "완료", "종료", "完了", "終了", "終期", "to"), Field.DUE
    ),
}
# By the form in which headings are compared, which has simplified characters.
_TIMES = frozenset(map(heading_key, _WORDS_OF_TIME))
_TIMES_NAMED = {heading_key(word): field for word, field in _WORDS_OF_TIMES.items()}


def names_times(heading: str) -> bool:
    """Return whether a heading is a word for times that says nothing by itself, such as 时间."""
    return heading_key(heading) in _TIMES


def time_named(heading: str) -> Field | None:
    """Return whether the lower part of a heading of times is that of a start or of an end, or None."""
    return _TIMES_NAMED.get(heading_key(heading))


def filled(values: Sequence[Value]) -> list[int]:
    """Return the indexes of the cells that are not empty."""
    return [at for at, value in enumerate(values) if value is not None]


def is_heading_row(row: Row, is_name: IsName) -> bool:
    """Return whether most cells of a row are names of columns, and at least two are."""
    texts = [value for value in row.values if value is not None]
    if len(texts) < 2:
        return False
    known = sum(isinstance(text, str) and len(text) <= _LONGEST_HEADING and is_name(text) for text in texts)
    if known < 2 or 2 * known >= len(texts):
        return known >= 2
    # Columns of months do not make a row of headings something else.
    return 2 * known >= len(texts) - sum(
        isinstance(text, str) and PERIOD.match(as_typed(text)) is not None for text in texts
    )


def is_period(text: Value) -> bool:
    """Return whether a heading names a month, a quarter or a half-year."""
    return isinstance(text, str) and len(text) < _LONGEST_PERIOD and PERIOD.fullmatch(as_typed(text)) is not None


def find_header(sheet: Sheet, cells: MergedCells, start: int, is_name: IsName) -> Header | None:
    """Return the first headings at or after the row with the index `start`, or None if there are none."""
    for at in range(start, min(start + _SEARCHED, len(sheet.rows))):
        if is_heading_row(sheet.rows[at], is_name):
            return header_at(sheet, cells, at, start, is_name)
    return None


def header_at(sheet: Sheet, cells: MergedCells, at: int, start: int, is_name: IsName) -> Header:
    """Return the headings whose main row has the index `at`."""
    first, end = at, at + 1
    if at > start and _is_above(sheet.rows[at - 1], sheet.rows[at], cells):
        first = at - 1
    while end < min(len(sheet.rows), at + _MOST_ROWS) and _continues(sheet, cells, at, end, is_name):
        end += 1
    return Header(first, end, tuple(_columns(sheet, cells, first, end)))


def lone_header(sheet: Sheet, is_name: IsName) -> Header | None:
    """Return the heading of a table of one column: a name of a column, with nothing beside any of its cells."""
    rows = sheet.rows
    columns = {at for row in rows for at in filled(row.values)}
    if len(columns) != 1:
        return None
    column = columns.pop()
    for at, row in enumerate(rows[:_SEARCHED]):
        value = row.values[column]
        if isinstance(value, str) and len(value) <= _LONGEST_HEADING and is_name(value) and at + 1 < len(rows):
            return Header(at, at + 1, (Headed(column + 1, (value,)),))
    return None


def likely_header(sheet: Sheet, cells: MergedCells) -> Header | None:
    """Return headings whose names are unknown: the first row of short, different texts that is as wide as the table.

    If that row is an entry like the next one, the table has no headings. A second row divides headings of the first.
    """
    width = max((len(filled(row.values)) for row in sheet.rows[:_SEARCHED]), default=0)
    for at, row in enumerate(sheet.rows[:_SEARCHED]):
        end = at + 1 + _is_divided(sheet, cells, at)
        texts = [value for value in row.values if value is not None]
        if len(texts) < max(2, 0.5 * width) or end >= len(sheet.rows):
            continue
        columns = tuple(_columns(sheet, cells, at, end))
        if len(columns if end > at + 1 else texts) < 0.8 * width:
            continue
        if end == at + 1 and _is_entry(row, sheet.rows[end]):
            return without_headings(sheet, Header(at, end, columns))
        if _are_headings(texts):
            return Header(at, end, columns)
    return None


def without_headings(sheet: Sheet, header: Header) -> Header:
    """Return the header of a table whose likely row of headings is its first entry."""
    return Header(header.first, header.first, tuple(_letters(sheet.rows[header.first :])))


def chosen_header(sheet: Sheet, cells: MergedCells, mapped: Container[str]) -> Header | None:
    """Return headings whose names are unknown, or that there are none, as a person says.

    `mapped` has the keys of the headings in the person's mapping. One that names `column A` says that the table has no
    headings.
    """
    header = likely_header(sheet, cells)
    if header is None or _names(mapped, header):
        return header
    lettered = without_headings(sheet, header)
    return lettered if _names(mapped, lettered) else header


def _names(mapped: Container[str], header: Header) -> bool:
    return any(heading_key(column.heading) in mapped for column in header.columns)


def _are_headings(texts: Sequence[Value]) -> bool:
    """Return whether cells are short texts of which no two are the same."""
    keys = {heading_key(text) for text in texts if isinstance(text, str) and len(text) <= _LONGEST_HEADING}
    return len(keys) == len(texts)


def _is_divided(sheet: Sheet, cells: MergedCells, at: int) -> bool:
    """Return whether the row below divides headings of a row: it has short texts only below wide ones, and several."""
    if at + 1 >= len(sheet.rows) or sheet.rows[at + 1].number != sheet.rows[at].number + 1:
        return False
    row, below = sheet.rows[at], sheet.rows[at + 1]
    above, under = filled(row.values), filled(below.values)
    if len(under) < 2 or not _are_headings([below.values[column] for column in under]):
        return False
    starts = [max((one for one in above if one <= column), default=-1) for column in under]
    ends = {one: _last_below(row, one, cells, under) for one in set(starts) if one >= 0}
    return -1 not in starts and all(ends[one] > one for one in starts) and len(ends) < len(above)


def _last_below(row: Row, column: int, cells: MergedCells, under: Sequence[int]) -> int:
    """Return the index of the last column that a heading stands above: by a merged block, or by a gap beside it."""
    after = next((one for one in filled(row.values) if one > column), len(row.values) + len(under))
    merged = cells.last_column(row.number, column + 1) - 1
    return max(merged, max((one for one in under if column < one < after), default=column))


def _is_entry(row: Row, below: Row) -> bool:
    """Return whether a row is an entry: it has the number before that of the row below, the same text, or a date."""
    return any(_goes_on(one, other) for one, other in zip(row.values, below.values, strict=False))


def _goes_on(value: Value, below: Value) -> bool:
    if isinstance(value, date):
        return isinstance(below, date)
    one, other = _NUMBER_AT_END.fullmatch(str(value)), _NUMBER_AT_END.fullmatch(str(below))
    if one and other:
        return one[1] == other[1] and int(other[2]) == int(one[2]) + 1
    return isinstance(value, str) and value == below


def _letters(rows: Sequence[Row]) -> Iterator[Headed]:
    """Yield the columns of a table without headings by their letters. They have no language."""
    for index in sorted({index for row in rows for index in filled(row.values)}):
        yield Headed(index + 1, (lettered_heading(index + 1),))


def lettered_heading(column: int) -> str:
    """Return the name of a column of a table without headings, in questions and mappings."""
    return f"column {letters_of(column)}"


def _is_above(above: Row, row: Row, cells: MergedCells) -> bool:
    """Return whether a row has headings over several columns of the row below."""
    at = filled(above.values)
    if above.number + 1 != row.number or len(at) < 2:
        return False
    wide = [column for column in at if cells.last_column(above.number, column + 1) > column + 1]
    return bool(wide) and len(wide) < len(row.values) and all(isinstance(above.values[column], str) for column in at)


def _continues(sheet: Sheet, cells: MergedCells, at: int, end: int, is_name: IsName) -> bool:
    """Return whether the row with the index `end` still has headings, below those of the row `at`."""
    main, row = sheet.rows[at], sheet.rows[end]
    reaching = (cells.last_row(main.number, column + 1) for column in filled(main.values))
    if max(reaching, default=0) >= row.number:
        return True
    if sheet.rows[end - 1].number + 1 != row.number:
        return False
    below = filled(row.values)
    if len(below) >= 2 and _divides_blocks(main, row, below, cells):
        return True
    if len(below) < 2 or not _are_names(row, is_name):
        return False
    above = set(filled(main.values))
    # Headings below others: some stand under a gap, and some cells of the main row have nothing below them.
    return any(column not in above for column in below) and bool(above - set(below))


def _divides_blocks(main: Row, row: Row, below: Sequence[int], cells: MergedCells) -> bool:
    """Return whether a row has short texts only below headings that are merged over several columns, as months are."""
    starts = {column: max((one for one in filled(main.values) if one <= column), default=-1) for column in below}
    if not all(_is_short(row.values[column]) for column in below):
        return False
    return all(
        start >= 0 and start < cells.last_column(main.number, start + 1) - 1 >= column
        for column, start in starts.items()
    )


def _is_short(value: Value) -> bool:
    return isinstance(value, int) or (isinstance(value, str) and len(value) <= _LONGEST_HEADING)


def _are_names(row: Row, is_name: IsName) -> bool:
    """Return whether all cells of a row are names of columns or periods, or most are and the others are short texts."""
    texts = [value for value in row.values if value is not None]
    if not all(isinstance(text, str) and len(text) <= _LONGEST_HEADING for text in texts):
        return False
    return is_heading_row(row, is_name) or all(_names_column(is_name, text) for text in texts)


def _names_column(is_name: IsName, text: Value) -> bool:
    return is_name(str(text)) or is_period(text) or time_named(str(text)) is not None


def _columns(sheet: Sheet, cells: MergedCells, first: int, end: int) -> Iterator[Headed]:
    rows = sheet.rows[first:end]
    width = max(len(row.values) for row in rows)
    texts = [_spread(row, cells, width, rows[number + 1 :]) for number, row in enumerate(rows)]
    seen: Counter[str] = Counter()
    for column in range(width):
        parts = tuple(dict.fromkeys(text for text in (row[column] for row in texts) if text))
        if parts:
            key = heading_key(Headed(column + 1, parts).written)
            seen[key] += 1
            yield Headed(column + 1, parts, seen[key])


def _spread(row: Row, cells: MergedCells, width: int, below: Sequence[Row]) -> list[str | None]:
    """Return the headings of a row for each column. A heading over several columns counts for each of them."""
    texts: list[str | None] = [None] * width
    until, text = -1, None
    for column in range(width):
        value = row.values[column] if column < len(row.values) else None
        if value is not None:
            text = str(value).strip()
            until = cells.last_column(row.number, column + 1) - 1
            texts[column] = text
        elif column <= until or (text and _is_below_gap(column, row, below, cells)):
            texts[column] = text
    return texts


def _is_below_gap(column: int, row: Row, below: Sequence[Row], cells: MergedCells) -> bool:
    """Return whether a heading stands below an empty cell that no merged block explains, as in a CSV file."""
    if cells.first_row(row.number, column + 1) is not None:
        return False
    return any(column < len(under.values) and under.values[column] is not None for under in below)

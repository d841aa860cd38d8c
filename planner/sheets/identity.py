"""The identity of a status sheet: which register, plan, week and organisation it is for, and what it showed.

It is on a hidden sheet, as rows of text. A digest shows whether the rows were changed. The texts that the sheet showed
follow the digest, because nothing is recorded from them: they only serve to tell what somebody changed.
"""

import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date, datetime
from typing import Any

from planner.base.errors import BadValueError
from planner.base.fingerprints import fingerprint
from planner.base.language import tr
from planner.base.numbers import GREATEST
from planner.base.views import value_class
from planner.domain.rules.weeks import Week
from planner.intake.files.own_files import STATUS_SHEET_MARK
from planner.queries.history.expected_state import ExpectedState
from planner.queries.weeks.issues import LogPosition
from planner.sheets.areas import MILESTONES, REPORTS, SheetColumn
from planner.sheets.words import compared

_LENGTH_OF_MARK = 16

# The rows of the hidden sheet of which there are several.
_SEVERAL = ("word", "heading", "item")

_DIGEST = "digest"

# The name of the hidden sheet. It is found by its first cell, so a renamed sheet is found too.
HIDDEN_SHEET = "planner"


def mark_of_title(title: str) -> str:
    """Return a short mark of a title, which stays the same when a program changes blanks or forms of letters."""
    return fingerprint("title", {"title": compared(title)})[:_LENGTH_OF_MARK]


def mark_of_row(item: int, number: int = 0) -> str:
    """Return the hidden mark of the row about an item, or about its milestone or indicator with a number."""
    return f"{item}/{number}" if number else str(item)


def one_text(text: str) -> str:
    """Return a text on one line, as the hidden sheet keeps it. Programs change blanks and invisible characters."""
    return " ".join("".join(character for character in text if unicodedata.category(character) != "Cf").split())


@value_class
class SheetRow:
    """An item of a status sheet: its id, its code, its state when the sheet was written, and the mark of its title.

    Sheets of the first version have no such marks.
    """

    id: int
    code: str
    state: ExpectedState
    title_mark: str = ""

    def numbers(self, area: str) -> tuple[int, ...]:
        """Return the numbers of the item's rows in a table of milestones or indicators."""
        if area == MILESTONES.key:
            return tuple(number for number, *_ in self.state.milestones)
        return tuple(number for number, *_ in self.state.indicators)


# docs/decisions/0145: a row is known by what is hidden in the file.
@value_class
class Identity:
    """What a status sheet says about itself.

    `register` identifies the register that wrote it. `position` is the end of the audit log that the sheet shows.
    `words` are the texts of the drop-down lists by field and word, and `headings` the headings by area and column.
    `shown` are the texts of the grey cells by area and mark of the row, and then by column. `around` are the texts
    outside the tables.
    """

    register: str
    plan: str
    organisation: str
    week: Week
    day: date
    known_at: datetime
    language: str
    position: LogPosition
    words: Mapping[str, Mapping[str, str]]
    headings: Mapping[str, Mapping[str, str]]
    items: tuple[SheetRow, ...]
    shown: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)
    around: tuple[str, ...] = ()

    def heading(self, area: str, column: SheetColumn) -> str:
        """Return the heading of a column in the language of the sheet."""
        return self.headings.get(area, {}).get(column.name, column.title)

    def marks(self, area: str) -> dict[str, str]:
        """Return the marks of all rows of a table, each with the name of the row for messages."""
        if area == REPORTS.key:
            return {mark_of_row(item.id): item.code for item in self.items}
        return {
            mark_of_row(item.id, number): tr("{code} no. {number}", code=item.code, number=number)
            for item in self.items
            for number in item.numbers(area)
        }

    def rows(self) -> list[list[str]]:
        """Return the rows of the hidden sheet."""
        rows = list(self._rows())
        return [[STATUS_SHEET_MARK], *rows, [_DIGEST, _digest(rows)], *self._rows_shown()]

    def _rows(self) -> Iterator[list[str]]:
        yield ["register", self.register]
        yield ["plan", self.plan]
        yield ["organisation", self.organisation]
        yield ["week", str(self.week)]
        yield ["day", self.day.isoformat()]
        yield ["known_at", self.known_at.isoformat()]
        yield ["language", self.language]
        yield ["position", str(self.position.seq), self.position.leaf]
        for name, named in (("word", self.words), ("heading", self.headings)):
            for group, texts in named.items():
                yield from ([name, group, key, text] for key, text in texts.items())
        for item in self.items:
            state = json.dumps(item.state.as_json(), separators=(",", ":"))
            yield ["item", str(item.id), item.code, state, *filter(None, [item.title_mark])]

    def _rows_shown(self) -> Iterator[list[str]]:
        for (area, mark), cells in self.shown.items():
            yield from (["shown", area, mark, name, *filter(None, [text])] for name, text in cells.items())
        yield from (["around", text] for text in self.around)


def read_identity(rows: Sequence[Sequence[str]], file: str) -> Identity:
    """Return the identity from the rows of the hidden sheet. Raises BadValueError if they are not as written."""
    try:
        end = [row[0] for row in rows].index(_DIGEST)
        kept, shown = rows[1:end], rows[end + 1 :]
        if rows[end][1:] != [_digest(kept)]:
            raise ValueError(_DIGEST)
        return replace(_read(kept), shown=_shown(shown), around=tuple(row[1] for row in shown if row[0] == "around"))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, BadValueError) as error:
        raise BadValueError(
            tr("the hidden sheet that says what this file is has been changed"),
            where=file,
            do=tr("Write the status sheet again, and copy the entries into it"),
        ) from error


def _read(rows: Sequence[Sequence[str]]) -> Identity:
    single: dict[str, Sequence[str]] = {row[0]: row[1:] for row in rows if row[0] not in _SEVERAL}
    seq, leaf = single["position"]
    known_at = datetime.fromisoformat(single["known_at"][0])
    items = tuple(_item(row) for row in rows if row[0] == "item")
    if not 0 < int(seq) <= GREATEST or known_at.tzinfo is None:
        raise ValueError(seq)
    return Identity(
        register=single["register"][0],
        plan=single["plan"][0],
        organisation=single["organisation"][0],
        week=Week.parse(single["week"][0]),
        day=date.fromisoformat(single["day"][0]),
        known_at=known_at,
        language=single["language"][0],
        position=LogPosition(int(seq), leaf),
        words=_grouped(rows, "word"),
        headings=_grouped(rows, "heading"),
        items=items,
    )


def _item(row: Sequence[str]) -> SheetRow:
    """Return an item of the hidden sheet. Raises ValueError if the numbers in it are no numbers."""
    state = ExpectedState.from_json(json.loads(row[3]))
    if not all(type(part[0]) is int for part in (*state.milestones, *state.indicators)):
        raise ValueError(row[1])
    return SheetRow(int(row[1]), row[2], state, row[4] if len(row) > 4 else "")


def _grouped(rows: Sequence[Sequence[str]], name: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        if row[0] == name:
            _, group, key, text = row
            found.setdefault(group, {})[key] = text
    return found


def _shown(rows: Sequence[Sequence[str]]) -> dict[tuple[str, str], dict[str, str]]:
    found: dict[tuple[str, str], dict[str, str]] = {}
    for row in rows:
        if row[0] == "shown":
            _, area, mark, column, *text = row
            found.setdefault((area, mark), {})[column] = "".join(text)
    return found


def _digest(rows: Sequence[Sequence[Any]]) -> str:
    return fingerprint("status-sheet", {"form": STATUS_SHEET_MARK, "rows": [list(row) for row in rows]})

"""Finding what each row below the headings of a table is: an entry, a section, a total, a note, or headings again."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from planner.base.texts import as_typed
from planner.base.views import view
from planner.intake.layout.cells.footnotes import (
    Footnote,
    begins_with_mark,
    begins_with_sign,
    is_note,
    is_note_label,
    is_only_mark,
    is_signature,
)
from planner.intake.layout.cells.numbering import Numbered, numbered
from planner.intake.layout.cells.organisations import is_labelled_lead
from planner.intake.layout.cells.texts import one_line_title, text_of
from planner.intake.layout.headers import filled
from planner.intake.layout.merging import MergedCells
from planner.intake.layout.outer_numbers import is_above_others, level_of, number_of, outer_numbers
from planner.intake.sheets import Row, Value

_TOTAL = re.compile(
    r"(?:合\s*[计計]|总\s*[计計]|總\s*計|共\s*[计計]|总数|總數|[计計]|합\s*계|총\s*계|계|sum|"
    r"(?:gesamt)?summe|(?:ins)?gesamt|total général|suma|(?:ال)?مجموع|الإجمالي|الاجمالي|"
    r"(?:grand )?total(?: (?:number of )?[a-z]+(?=\s*[:：])| (?:number of |of )?(?:all )?"
    r"(?:actions|activities|entries|initiatives|items|lines|measures|projects|tasks))?)"
    r"(?:[\s:：]*共?\s*\d.*)?[\s:：]*",
    re.IGNORECASE | re.DOTALL,
)
_SUBTOTAL = re.compile(
    r"(?:小\s*[计計]|소\s*계|sub-?total|zwischensumme|sous-total|المجموع الفرعي)(?:[\s:：]*\d.*)?[\s:：]*",
    re.IGNORECASE | re.DOTALL,
)
# Styles of numbers that titles of sections have, while items have plain numbers.
SECTION_STYLES = frozenset(("chapter", "section", "han", "han in brackets", "roman", "letter"))
# What says behind a title that its section goes on.
_GOES_ON = re.compile(
    r"\s*[(（]\s*(?:续|續|接上|cont(?:inued|'d|d)?\.?|계속|続き|つづき|fortsetzung|forts\.|suite|continuación|cont\.)\s*[)）]$",
    re.IGNORECASE,
)
# What a code alone in its row looks like. Its title is missing.
_CODE = re.compile(r"[A-Za-z]{0,4}[-./ ]?\d{1,6}(?:[-./]\d{1,4})*", re.ASCII)
_LONG_TEXT, _LONG_TITLE = 60, 300
_COUNT_AFTER = re.compile(
    r"\s*[（(]\s*(?:共|计|計|총)?\s*\d+\s*(?:项|項|个|個|件|건|개|items?|tasks?)\s*[）)]\s*$", re.IGNORECASE
)


class RowKind(Enum):
    """What a row is."""

    ENTRY = "entry"
    # A further row of the entry before it, whose title is merged over both.
    CONTINUED = "continued"
    # A row without a title, a code and a lead of its own, which has a milestone of the entry before it.
    PART = "part"
    SECTION = "section"
    TOTAL = "total"
    SUBTOTAL = "subtotal"
    NOTE = "note"
    # A section row that names the organisation that leads the rows below it.
    LEAD = "lead"
    HEADINGS = "headings"


@view
class Section:
    """A section row: the number before its title, and the titles from the outermost section to this one."""

    label: str | None
    path: tuple[str, ...]
    # The style of its number, or "plain" without one.
    style: str

    @property
    def is_numbered(self) -> bool:
        """Whether a number is before its title."""
        return self.label is not None


@view
class BodyRow:
    """A row below the headings. `path` has the titles of the sections that contain it."""

    kind: RowKind
    row: Row
    path: tuple[str, ...] = ()
    section: Section | None = None


@dataclass
class TableForm:
    """What finding the kinds of rows needs to know about a table. Columns are indexes from 0; -1 means none."""

    title: int
    code: int
    width: int
    # Whether the title is the only column with values.
    only_titles: bool
    # Whether nearly every entry has a code, so that a row without one is a section.
    has_codes: bool
    headings: frozenset[str]
    cells: MergedCells
    # Styles of numbers that only titles of sections have.
    section_styles: frozenset[str] = frozenset()
    # Columns of lists such as milestones, and those that each item has for itself.
    lists: frozenset[int] = frozenset()
    own: frozenset[int] = frozenset()
    # The column of running numbers, which may count rows rather than items.
    number: int = -1
    # The column of codes.
    codes: int = -1
    # Notes below the table to which marks such as ① at the end of cells refer.
    footnotes: Mapping[str, Footnote] = field(default_factory=dict)


@dataclass
class Sections:
    """The section rows that contain the present row: the style of their numbers, and their titles."""

    _open: list[tuple[str, str]] = field(default_factory=list)

    def enter(self, style: str, title: str) -> tuple[str, ...]:
        """Enter a section, and return its path. A style that is open already means the same level again."""
        styles = [one for one, _ in self._open]
        if style in styles:
            del self._open[styles.index(style) :]
        self._open.append((style, title))
        return self.path

    @property
    def path(self) -> tuple[str, ...]:
        """The titles from the outermost section to the innermost."""
        return tuple(title for _, title in self._open)


class BodyReader:
    """Finds the kinds of the rows of one table, in their order."""

    def __init__(self, form: TableForm) -> None:
        self._form = form
        self._sections = Sections()
        self._in_notes = False
        # The numbers of the last rows with several texts, and with more than two.
        self._last_of_several = self._last_full = 0
        # Whether rows with a sign such as ① or * are entries, because others with more cells or nearly all have one.
        self._has_signs = False
        # The numbers with which those of entries begin: 1 and 1.2 before 1.2.3.
        self._outer: frozenset[str] = frozenset()
        # The last entry, as long as no section row follows it.
        self._last: Row | None = None

    def read(self, rows: Sequence[Row]) -> Iterator[BodyRow]:
        """Yield the rows that are not empty, each with its kind."""
        path: tuple[str, ...] = ()
        self._look_through(rows)
        for row in rows:
            at = filled(row.values)
            if not at:
                continue
            kind = self._special(row, at)
            if kind is None:
                if self._names_lead(row, at):
                    yield BodyRow(RowKind.LEAD, row, path)
                    continue
                section = self._section(row, at)
                if section is not None:
                    path, self._last = section.path, None
                    yield BodyRow(RowKind.SECTION, row, path, section)
                    continue
                kind = self._entry(row, at)
            yield BodyRow(kind, row, path)

    def _special(self, row: Row, at: list[int]) -> RowKind | None:
        """Return the kind of a row that is a repeated heading, a total or a note."""
        first = row.values[at[0]]
        if not isinstance(first, str):
            return None
        form = self._form
        if _heading_text(first) in form.headings and self._repeats(row, at):
            return RowKind.HEADINGS
        text = first.strip()[:_LONG_TITLE]
        if len(at) == 1 and len(first) > _LONG_TITLE and at[0] != form.title:
            return RowKind.NOTE
        if _SUBTOTAL.fullmatch(text):
            return RowKind.SUBTOTAL
        if _TOTAL.fullmatch(text):
            return RowKind.TOTAL
        self._in_notes = self._is_note(row, at, text)
        return RowKind.NOTE if self._in_notes else None

    def _look_through(self, rows: Sequence[Row]) -> None:
        """Note where the entries end, whether they begin with signs that notes have, too, and how they are numbered."""
        signs = lone = 0
        self._outer = outer_numbers(rows)
        for row in rows:
            at = filled(row.values)
            if len(at) == 1:
                lone += 1
                signs += _has_sign(row, at)
            elif at:
                self._last_of_several = row.number
                self._last_full = row.number if len(at) > 2 else self._last_full
                self._has_signs = self._has_signs or _has_sign(row, at)
        if self._form.only_titles:
            self._has_signs = signs * 2 > lone

    def _is_note(self, row: Row, at: list[int], text: str) -> bool:
        """Return whether a row is a note, or a further line of the notes."""
        form = self._form
        if form.footnotes and begins_with_mark(row, form.footnotes):
            return True
        if len(at) == 1:
            if begins_with_sign(text):
                return not self._has_signs and (is_note(text) or (row.number > self._last_of_several > 0))
            return is_note(text) or (self._in_notes and not self._is_section_number(text))
        if is_signature([row.values[place] for place in at]):
            return True
        if len(at) > 2 or at[1] != at[0] + 1 or not isinstance(row.values[at[1]], str):
            return False
        if self._in_notes and row.number > self._last_full > 0:
            return True
        if is_only_mark(text) and row.number > self._last_full > 0 and not self._has_signs:
            return True
        return is_note_label(text) or (at[0] == form.title and is_only_mark(text))

    def _repeats(self, row: Row, at: list[int]) -> bool:
        same = sum(_heading_text(str(row.values[column])) in self._form.headings for column in at)
        return same >= max(2, 0.6 * len(at)) or (self._form.only_titles and same == len(at))

    @staticmethod
    def _is_section_number(text: str) -> bool:
        found = numbered(text)
        return found is not None and found.style in ("chapter", "han")

    def _section(self, row: Row, at: list[int]) -> Section | None:
        """Return the section that a row opens, or None if it opens none."""
        if len(at) == 1:
            value = row.values[at[0]]
            if isinstance(value, str) and self._is_alone(row, at[0], value):
                return self._entered(value, numbered(one_line_title(value)))
        elif at[0] == self._form.code and is_above_others(row, at, self._outer):
            number = number_of(row, at)
            text = str(row.values[at[1]])
            return self._entered(text, Numbered(f"level {level_of(number)}", number, text))
        elif len(at) == 2 and at == sorted((self._form.code, self._form.title)):
            label, title = text_of(row.values[self._form.code]), row.values[self._form.title]
            found = numbered(f"{label}、") if label and not label.isdigit() else None
            if found and found.style in SECTION_STYLES and isinstance(title, str) and self._form.width > 2:
                return self._entered(title, Numbered(found.style, label or "", title))
        return None

    def _names_lead(self, row: Row, at: list[int]) -> bool:
        """Return whether a text alone in its row says who leads the rows below it."""
        text = row.values[at[0]]
        return len(at) == 1 and isinstance(text, str) and is_labelled_lead(text) and self._is_alone(row, at[0], text)

    def _is_alone(self, row: Row, column: int, text: str) -> bool:
        """Return whether a text alone in its row is the title of a section rather than an entry."""
        form = self._form
        last = form.cells.last_column(row.number, column + 1)
        if last - column >= max(2, form.width // 2):
            return True
        found = numbered(one_line_title(text))
        if column != form.title:
            return column in (form.code, 0) and _CODE.fullmatch(as_typed(text)) is None
        if form.cells.first_row(row.number, column + 1) is not None:
            return False
        if found is not None and found.style in form.section_styles:
            return True
        return form.has_codes and not form.only_titles

    def _entered(self, text: str, found: Numbered | None) -> Section:
        title = found.rest if found and found.rest else one_line_title(text)
        if len(title) <= _LONG_TITLE:
            title = _COUNT_AFTER.sub("", title).strip()
        style, label = (found.style, found.label) if found and found.rest else ("plain", None)
        # A section that goes on further down or on the next page is the same one.
        title = _GOES_ON.sub("", title) or title
        return Section(label, self._sections.enter(style, title), style)

    def _entry(self, row: Row, at: list[int]) -> RowKind:
        form = self._form
        above = form.cells.first_row(row.number, form.title + 1) if form.title >= 0 and form.title not in at else None
        if above is not None and (self._last is None or not self._has_other_code(self._last, row)):
            return RowKind.CONTINUED
        if self._last is not None and not form.lists.isdisjoint(at) and self._repeats_last(self._last, row, at):
            return RowKind.PART
        self._last = row if form.title in at or above is not None else None
        return RowKind.ENTRY

    def _has_other_code(self, last: Row, row: Row) -> bool:
        """Return whether a row has a code, and not that of the entry above it. Two codes are two items."""
        code, own = (_at(one, self._form.codes) for one in (last, row))
        return own is not None and own != code

    def _repeats_last(self, last: Row, row: Row, at: list[int]) -> bool:
        """Return whether a row has no title, lead and so on of its own, or the same as the entry above it."""
        own = self._form.own.intersection(at)
        if not own:
            return True
        if self._form.title not in own:
            return False
        same = own - {self._form.number}
        return all(index < len(last.values) and last.values[index] == row.values[index] for index in same)


def is_total(value: Value) -> bool:
    """Return whether a cell says that its row has totals or subtotals."""
    text = value.strip()[:_LONG_TITLE] if isinstance(value, str) else ""
    return (_TOTAL.fullmatch(text) or _SUBTOTAL.fullmatch(text)) is not None


def _at(row: Row, index: int) -> Value:
    return row.values[index] if 0 <= index < len(row.values) else None


def _has_sign(row: Row, at: list[int]) -> bool:
    """Return whether an entry begins with a sign such as ① or *. A sign and a text alone can be a note."""
    texts = [text for place in at if isinstance(text := row.values[place], str)]
    return any(begins_with_sign(text) and (len(at) > 2 or not is_only_mark(text)) for text in texts)


def is_long_text(section: Section) -> bool:
    """Return whether a section row is a paragraph of text rather than a title."""
    title = section.path[-1]
    return not section.is_numbered and (len(title) > _LONG_TEXT or title.endswith(("。", "；", ".")))


def heading_texts(values: Sequence[Value]) -> frozenset[str]:
    """Return the texts of headings by which repeated headings are recognised."""
    return frozenset(_heading_text(value) for value in values if isinstance(value, str))


def _heading_text(text: str) -> str:
    return "".join(text.split())

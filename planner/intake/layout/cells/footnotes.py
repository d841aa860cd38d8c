"""Notes below a table to which marks such as ①, * or [1] at the end of cells refer."""

import re
from collections.abc import Iterator, Mapping, Sequence

from planner.base.views import view
from planner.intake.sheets import Row, Value

_FORM = r"[①-⑳❶-❿]|[*＊※†‡]{1,3}|[\[［(（](?:注|note )?\d{1,2}[\]］)）]|[（(]?注\d{0,2}[)）]?|[¹²³⁴-⁹]"
_AT_END = re.compile(rf".*\S\s*({_FORM})", re.DOTALL)
_AT_BEGINNING = re.compile(rf"({_FORM})[\s.．、:：]*(.*)", re.DOTALL)
_PLAIN = str.maketrans("＊［］（）", "*[]()")
# Longer texts are no notes, and a mark in them says nothing.
_LONGEST = 1_000


@view
class Footnote:
    """A note below a table, and the row in which it is."""

    text: str
    row: int


def footnotes_in(rows: Sequence[Row]) -> Mapping[str, Footnote]:
    """Return the notes of a table by their marks. A note is a row of one text, or of a mark and a text."""
    notes = {mark: Footnote(text, row.number) for row in rows for mark, text in _note(row)}
    if not notes:
        return {}
    used = {mark for row in rows for value in row.values if (mark := mark_of(value))}
    return {mark: note for mark, note in notes.items() if mark in used}


def mark_of(value: Value) -> str | None:
    """Return the mark at the end of a cell, or None if it ends with none."""
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    found = _AT_END.fullmatch(value)
    return found[1].translate(_PLAIN) if found else None


def without_mark(text: str) -> str:
    """Return the text of a cell without the mark at its end."""
    found = _AT_END.fullmatch(text)
    return text[: found.start(1)].rstrip() if found else text


def begins_with_mark(row: Row, marks: Mapping[str, Footnote]) -> bool:
    """Return whether a row is one of the notes."""
    return any(mark in marks and marks[mark].row == row.number for mark, _ in _note(row))


def _note(row: Row) -> Iterator[tuple[str, str]]:
    """Yield the mark and the text of a row that can be a note."""
    texts = [value for value in row.values if value is not None]
    if len(texts) > 2 or not all(isinstance(text, str) for text in texts):
        return
    found = _AT_BEGINNING.fullmatch(" ".join(map(str, texts))[:_LONGEST]) if texts else None
    if found and found[2] and (len(texts) == 1 or found[1] == str(texts[0]).strip()):
        yield found[1].translate(_PLAIN), found[2].strip()

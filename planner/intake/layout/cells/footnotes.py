"""Notes below a table: by their first words, and by marks such as ①, * or [1] to which the ends of cells refer."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from planner.base.views import view
from planner.intake.sheets import Row, Value

_FORM = (
    r"[①-⑳❶-❿]|[*＊†‡]{1,3}|※\d{0,2}|[\[［(（](?:注|note |주)?\d{1,2}[\]］)）]|[（(\[［]note [a-z][\]］)）]|"
    r"[（(\[［]注[\d①-⑳]{0,2}[)）\]］]|(?<!备)注[\d①-⑳]{1,2}|[¹²³⁴-⁹]"
)
# What is before a mark is no part of it: not the first of several stars, and no bracket.
_AT_END = re.compile(rf".*[^\s*＊†‡(（\[［]\s*({_FORM})", re.DOTALL | re.IGNORECASE)
_AT_BEGINNING = re.compile(rf"({_FORM}|注)[\s.．、:：]*(.*)", re.DOTALL | re.IGNORECASE)
_PLAIN = str.maketrans("＊［］（）", "*[]()")
# Longer texts are no notes, and a mark in them says nothing.
_LONGEST = 1_000

_WORD = r"(?:注释?|备 ?注|備註|说明|說明|填表说明|(?:foot)?notes?|remarks?|n\.b\.?|nb|비고|참고|주|備考|注記)"
# The words before the names of those who made a table, as below it: 填表人：李四, Approved by: B. Jones.
_SIGNED = (
    r"制\s*表|填\s*表|填\s*报|审\s*核|审\s*批|复\s*核|联系人|联系电话|联系方式|单位负责人|经办人|签字|签名|盖章|"
    r"作成|担当|確認者|承認者|작성|검토|확인자|승인자|담당자|결재|"
    r"prepared|approved|contact|reviewed|checked|compiled|completed by|submitted|signed|signature|authori[sz]ed"
)
_NUMBER = r"(?:\d{1,2}|[a-z]|[一二三四五六七八九十]|[①-⑳])"
_SIGNS = "※＊*†‡§¹²³⁴-⁹"
_IS_NOTE = re.compile(
    # 注： 注1： 备注2. Note a) Note 1 … 주1) 주)
    rf"{_WORD}\s*(?:{_NUMBER}?\s*[:：.、)）\]］]|\d{{1,2}}\s|[①-⑳])|n\.b\.|"
    # 注（1） Note (a) （注） (注1) [Note 1]
    rf"{_WORD}\s*[（(\[［]\s*{_NUMBER}\s*[)）\]］]|[（(\[［]\s*{_WORD}\s*{_NUMBER}?\s*[)）\]］]|"
    rf"{_WORD}\s*[:：]?\s*$|[{_SIGNS}]|注\d|"
    rf"(?:{_SIGNED}|报送|分管领导|문의|(?:资料|数据|資料)来源|出典|출처|source)[^:：]{{0,12}}[:：]",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(rf"(?:{_SIGNED})[^:：]{{0,12}}[:：]", re.IGNORECASE)
_LABELLED = re.compile(r"[^:：]{1,24}[:：]")
_LABEL = re.compile(
    rf"[（(\[［]?{_WORD}\s*[（(\[［]?\s*{_NUMBER}?\s*[)）\]］]?\s*[:：.]?|[{_SIGNS}]{{1,3}}", re.IGNORECASE
)
_ONLY_MARK = re.compile(rf"{_FORM}", re.IGNORECASE)
_SURE_MARK = re.compile(rf"[①-⑳❶-❿{_SIGNS}]|[\[［]\d{{1,2}}[\]］]")


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
    # The last row that refers to each note. A row above it is no note of it.
    used = {mark: row.number for row in rows for value in row.values if (mark := mark_of(value))}
    return {mark: note for mark, note in notes.items() if used.get(mark, note.row) < note.row}


def mark_of(value: Value) -> str | None:
    """Return the mark at the end of a cell, or None if it ends with none."""
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    found = _AT_END.fullmatch(value)
    return _plain(found[1]) if found else None


def _plain(mark: str) -> str:
    """Return a mark as it is compared: （注1） and 注1 are the same."""
    plain = mark.translate(_PLAIN).casefold()
    return plain if plain.strip("[]()").isdigit() else plain.strip("[]()")


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
        yield _plain(found[1]), found[2].strip()


def is_note(text: str) -> bool:
    """Return whether a text alone in its row begins like a note."""
    return _IS_NOTE.match(text) is not None


def is_signature(values: Sequence[Value]) -> bool:
    """Return whether the filled cells of a row say who made a table: "Prepared by: A. Smith", "Date: 5 May".

    Each cell has its label, alone or with what it labels in the next cell.
    """
    first = values[0]
    if not isinstance(first, str) or _SIGNATURE.match(first.strip()) is None:
        return False
    return all(_ends_with_colon(before) or _is_labelled(value) for before, value in pairwise(values))


def _is_labelled(value: Value) -> bool:
    return isinstance(value, str) and _LABELLED.match(value) is not None


def _ends_with_colon(value: Value) -> bool:
    return isinstance(value, str) and value.strip().endswith((":", "："))


def is_note_label(text: str) -> bool:
    """Return whether a cell has only the word or the sign for a note, whose text is in the next cell."""
    return _LABEL.fullmatch(text.strip()) is not None


def is_only_mark(text: str) -> bool:
    """Return whether a cell has only a mark, which is no title."""
    return _ONLY_MARK.fullmatch(text.strip()) is not None


def begins_with_sign(text: str) -> bool:
    """Return whether a text begins with a sign that notes have: ①, *, ¹ or [1]."""
    return _SURE_MARK.match(text) is not None

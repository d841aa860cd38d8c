"""Comparing two versions of a text word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# Chinese characters and kana are written without blanks between words, so each counts as a word.
_SINGLE = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"[{_SINGLE}]|[^\W{_SINGLE}]+|\s+|.", re.DOTALL)

# If either text has more words than this, the texts are not compared word by word, because the time is quadratic.
MOST_WORDS = 3_000


class PieceKind(StrEnum):
    """What happened to a piece of text between two versions."""

    STAYED = "stayed"
    WENT = "went"
    CAME = "came"


@dataclass(frozen=True)
class Piece:
    """Some consecutive words, and what happened to them."""

    fate: PieceKind
    text: str


def reworded(before: str, after: str) -> tuple[Piece, ...]:
    """Return two versions of a text as one sequence of pieces.

    Without the added pieces it is the earlier text; without the removed pieces it is the later text. Where words were
    replaced, the removed ones come first.
    """
    return tuple(piece for piece in _pieces(_TOKEN.findall(before), _TOKEN.findall(after)) if piece.text)


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    if max(len(before), len(after)) > MOST_WORDS:
        yield from (Piece(PieceKind.WENT, "".join(before)), Piece(PieceKind.CAME, "".join(after)))
        return
    for kind, start, end, from_, to in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece(PieceKind.STAYED, "".join(before[start:end]))
        else:
            yield Piece(PieceKind.WENT, "".join(before[start:end]))
            yield Piece(PieceKind.CAME, "".join(after[from_:to]))

"""What of a text was reworded: the words that went and the words that came, between those that stayed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# Chinese characters and kana are written without blanks between words: each is compared by itself.
_SINGLE = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"[{_SINGLE}]|[^\W{_SINGLE}]+|\s+|.", re.DOTALL)

# Beyond so many words on either side the texts are shown as a whole: comparing takes the square of their number.
MOST_WORDS = 3_000


class Fate(StrEnum):
    """What became of a piece of a text."""

    STAYED = "stayed"
    WENT = "went"
    CAME = "came"


@dataclass(frozen=True)
class Piece:
    """Some words that stand together, and what became of them."""

    fate: Fate
    text: str


def reworded(before: str, after: str) -> tuple[Piece, ...]:
    """The two texts as one row of pieces: without those that came it is the earlier, without those that went the later.

    Where some words stand in place of others, those that went come first.
    """
    return tuple(piece for piece in _pieces(_TOKEN.findall(before), _TOKEN.findall(after)) if piece.text)


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    if max(len(before), len(after)) > MOST_WORDS:
        yield from (Piece(Fate.WENT, "".join(before)), Piece(Fate.CAME, "".join(after)))
        return
    for kind, start, end, from_, to in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece(Fate.STAYED, "".join(before[start:end]))
        else:
            yield Piece(Fate.WENT, "".join(before[start:end]))
            yield Piece(Fate.CAME, "".join(after[from_:to]))

"""Texts in UTF-8 that a spreadsheet opened in another encoding and then saved, such as `å·¥ç¨‹å¤„` for `工程处`.

Their file decodes without an error, so only the texts show it: written in that other encoding, they are UTF-8 again.
Short texts can be that by chance, such as 进行中 in Big5, so what they become must also be more natural than they are.
"""

import codecs
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from planner.base.errors import ImportFileError
from planner.base.language import tr
from planner.base.visible_text import shortened
from planner.intake.files.texts.plausibility import naturalness
from planner.intake.sheets import Sheet

# The encodings in which spreadsheets open a CSV file that does not begin with a byte-order mark.
_ENCODINGS = ("cp1252", "mac_roman", "gb18030", "cp950", "cp949", "cp932")
# Encodings with one byte per character. Letters with accents are two bytes of UTF-8, and thus two characters in these.
_OF_ONE_BYTE = ("cp1252", "mac_roman")

_LONG = rb"[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
_UTF8_LONG = re.compile(_LONG)
_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|" + _LONG)
_OUTSIDE_ASCII = re.compile(rb"[\x80-\xff]")

# What programs write for bytes that are no character.
_REPLACED = "\ufffd"

# So many different texts outside ASCII decide. Fewer characters than `_FEWEST` can happen to be UTF-8.
_MOST_TEXTS = 300
_FEWEST = 3
# Some characters are lost on the way, so not all of the bytes are UTF-8 again.
_SHARE = 0.6
# By so much the restored texts must be more natural than those of the file.
_MORE_NATURAL = 0.3


def require_right_encoding(sheets: Iterable[Sheet], where: str) -> None:
    """Raise ImportFileError if most texts outside ASCII were once opened in another encoding than their own."""
    texts = list(islice(_different(_texts(sheets)), _MOST_TEXTS))
    for encoding in _ENCODINGS:
        if texts and (_has_mark(texts[0], encoding) or _is_wrong(texts, encoding)):
            raise _wrong(texts, encoding, where)


def _texts(sheets: Iterable[Sheet]) -> Iterator[str]:
    for sheet in sheets:
        for row in sheet.rows:
            yield from (value for value in row.values if isinstance(value, str) and not value.isascii())


def _different(texts: Iterable[str]) -> Iterator[str]:
    """Yield each text once: a word that stands in every row says no more than in one."""
    seen: set[str] = set()
    for text in texts:
        if text not in seen:
            seen.add(text)
            yield text


def _has_mark(text: str, encoding: str) -> bool:
    """Return whether a text begins with the byte-order mark of UTF-8, read in an encoding."""
    return text[:3].encode(encoding, "ignore").startswith(codecs.BOM_UTF8)


def _is_wrong(texts: Sequence[str], encoding: str) -> bool:
    return _is_utf8_again(texts, encoding) and _is_more_natural(texts, encoding)


def _is_more_natural(texts: Sequence[str], encoding: str) -> bool:
    restored = " ".join(_restored(text, encoding) for text in texts)
    return naturalness(restored) >= naturalness(" ".join(texts)) + _MORE_NATURAL


def _is_utf8_again(texts: Iterable[str], encoding: str) -> bool:
    pattern = _UTF8 if encoding in _OF_ONE_BYTE else _UTF8_LONG
    characters = again = outside = 0
    for text in texts:
        content = text.encode(encoding, "ignore")
        found = pattern.findall(content)
        characters += len(found)
        again += sum(map(len, found))
        lost = len(text) - text.count(_REPLACED) - len(content.decode(encoding, "ignore"))
        outside += len(_OUTSIDE_ASCII.findall(content)) + lost
    return characters >= _FEWEST and again >= outside * _SHARE


def _opened_in(encoding: str, text: str) -> str:
    return text.encode().decode(encoding, "replace")


def _restored(text: str, encoding: str) -> str:
    return text.encode(encoding, "ignore").decode("utf-8", "ignore").lstrip("\ufeff")


def _wrong(texts: Iterable[str], encoding: str, where: str) -> ImportFileError:
    pairs = [(text, _restored(text, encoding)) for text in texts]
    # A text that lost no character is the best example.
    text, restored = max(pairs, key=lambda pair: _opened_in(encoding, pair[1]) == pair[0])
    return ImportFileError(
        tr(
            "this file was opened in the wrong encoding and saved again: '{text}' was '{restored}'",
            text=shortened(text, 40),
            restored=shortened(restored, 40),
        ),
        where=where,
        do=tr(
            "Begin again with the file as it was: use the workbook, or a CSV file with a byte-order mark. "
            "If its texts are as they should be, say that its encoding is UTF-8"
        ),
    )

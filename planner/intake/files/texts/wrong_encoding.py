"""Texts in UTF-8 that a spreadsheet opened in another encoding and then saved, such as `å·¥ç¨‹å¤„` for `工程处`.

Their file decodes without an error, so only the texts show it: written in that other encoding, they are UTF-8 again.
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from itertools import islice

from planner.base.errors import ImportFileError
from planner.base.language import tr
from planner.base.visible_text import shortened
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

# So many texts outside ASCII decide. Fewer characters than `_FEWEST` can happen to be UTF-8.
_MOST_TEXTS = 300
_FEWEST = 3
# Some characters are lost on the way, so not all of the bytes are UTF-8 again.
_SHARE = 0.6


def require_right_encoding(sheets: Iterable[Sheet], where: str) -> None:
    """Raise ImportFileError if most texts outside ASCII were once opened in another encoding than their own."""
    texts = list(islice(_texts(sheets), _MOST_TEXTS))
    for encoding in _ENCODINGS:
        if texts and (_has_mark(texts[0], encoding) or _is_wrong(texts, encoding)):
            raise _wrong(texts, encoding, where)


def _texts(sheets: Iterable[Sheet]) -> Iterator[str]:
    for sheet in sheets:
        for row in sheet.rows:
            yield from (value for value in row.values if isinstance(value, str) and not value.isascii())


def _has_mark(text: str, encoding: str) -> bool:
    """Return whether a text begins with the byte-order mark of UTF-8, read in an encoding."""
    return text[:3].encode(encoding, "ignore").startswith(codecs.BOM_UTF8)


def _is_wrong(texts: Iterable[str], encoding: str) -> bool:
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


def _wrong(texts: Iterable[str], encoding: str, where: str) -> ImportFileError:
    pairs = [(text, text.encode(encoding, "ignore").decode("utf-8", "ignore").lstrip("\ufeff")) for text in texts]
    # A text that lost no character is the best example.
    text, restored = max(pairs, key=lambda pair: _opened_in(encoding, pair[1]) == pair[0])
    return ImportFileError(
        tr(
            "this file was opened in the wrong encoding and saved again: '{text}' was '{restored}'",
            text=shortened(text, 40),
            restored=shortened(restored, 40),
        ),
        where=where,
        do=tr("Begin again with the file as it was: use the workbook, or a CSV file with a byte-order mark"),
    )

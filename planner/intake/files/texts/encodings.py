"""Finding the encoding of a text file: by its byte-order mark, by what decodes, and by what then makes sense."""

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from planner.base.errors import BadValueError, ImportFileError, MissingLibraryError
from planner.base.language import tr
from planner.base.listing import listed
from planner.intake.files.texts.plausibility import plausibility
from planner.intake.proposed import EXPORTED_FROM

# The longer marks first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES = ("gb18030", "cp950", "cp949", "cp932", "cp1252")
# The names that people know these encodings by.
_NAMES = {
    "cp950": "Big5",
    "cp949": "EUC-KR",
    "cp932": "Shift-JIS",
    "gb18030": "GB18030",
    "cp1252": "cp1252",
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
}
# Supersets of the encodings that people name. They also have the characters that programs added later.
_SUPERSETS = {
    "big5": "cp950",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso8859-1": "cp1252",
    "utf-8": "utf-8-sig",
}

_CHUNK = 1 << 20
# How many bytes of lines outside ASCII are enough to tell encodings apart.
_SAMPLE = 100_000
# Below this, a reading is no text of its language.
_LEAST = 0.3
# Two readings whose measures are closer than this are equally plausible.
_MARGIN = 0.12
# A few characters in another encoding can happen to be valid UTF-8. Above this, that is impossible in practice.
_FEW_CHARACTERS = 8
_MUCH_BETTER = 0.6
# One zero byte in so many can be a slip in a text. More are the sign of UTF-16 or of a binary file.
_FEW_ZEROS = 10


def named_encoding(name: str) -> str:
    """Return Python's name of an encoding that a person named. Raises BadValueError for a name that does not exist."""
    try:
        # Only a text encoding can decode. Python also has others, such as base64.
        b"a".decode(name, "replace")
        known = codecs.lookup(name).name
        codecs.getincrementaldecoder(known)
    except (LookupError, ValueError, TypeError, UnicodeError) as error:
        raise BadValueError(
            tr("there is no encoding '{name}'", name=name),
            where="encoding",
            do=tr("Give a name such as {names}", names=listed([*sorted(set(_NAMES.values())), "UTF-16"])),
            by_field="encoding",
        ) from error
    return _SUPERSETS.get(known, known)


def find_encoding(file: BinaryIO, where: str) -> str:
    """Return Python's name of the encoding of a text file.

    Raises ImportFileError if the file is no text, or if no reading or more than one is plausible.
    """
    file.seek(0)
    beginning = file.read(_CHUNK)
    for mark, encoding in _MARKS:
        if beginning.startswith(mark):
            return encoding
    file.seek(0)
    fails_at = _fails_as_utf8(file)
    zeros = beginning.count(b"\0")
    if zeros * _FEW_ZEROS > len(beginning) or (zeros and fails_at):
        wide = _wide_encoding(beginning)
        if wide is None:
            raise _no_text(where)
        return wide
    if fails_at is None:
        _require_surely_utf8(beginning, where)
        return "utf-8-sig"
    file.seek(0)
    return _most_plausible(_sample(file), fails_at, where)


def shown_encoding(encoding: str) -> str:
    """Return the name of an encoding that people know."""
    return _NAMES.get(encoding, encoding.upper())


def undecodable(encoding: str, error: UnicodeError, where: str) -> ImportFileError:
    """Return the error for a file that does not decode in the encoding that it should have."""
    return ImportFileError(
        tr("this is not text in {encoding} ({reason})", encoding=shown_encoding(encoding), reason=_reason(error)),
        where=where,
        do=tr("Save the file as UTF-8, or name its encoding"),
        by_field="encoding",
    )


def _reason(error: UnicodeError) -> str:
    return error.reason if isinstance(error, UnicodeDecodeError) else str(error)


def _no_text(where: str) -> ImportFileError:
    return ImportFileError(
        tr("this is a binary file of an unknown kind"),
        where=where,
        do=tr("Save the table as XLSX, ODS, CSV, DOCX or HTML and import that file"),
    )


def _wide_encoding(beginning: bytes) -> str | None:
    """Return the kind of UTF-16 that bytes without a byte-order mark are in, or None if they are in neither."""
    even = beginning[: len(beginning) // 2 * 2]
    found = {}
    for encoding in ("utf-16-le", "utf-16-be"):
        text = even.decode(encoding, "replace")
        controls = sum(text.count(chr(code)) for code in (*range(9), *range(14, 32)))
        ends = text.count("\n") + text.count("\r") + text.count("\t") + text.count(" ") + text.count(",")
        broken = text.count("\ufffd")
        if not broken and not controls:
            found[encoding] = ends
    if not found or max(found.values()) == 0:
        return None
    return max(found, key=lambda encoding: found[encoding])


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk


def _fails_as_utf8(file: BinaryIO) -> int | None:
    """Return the number of the first byte, from 1, that is not UTF-8. None if all are."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    before = 0
    pending = 0
    try:
        for chunk in _chunks(file):
            decoder.decode(chunk)
            before += len(chunk)
            pending = len(decoder.getstate()[0])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        return before - pending + error.start + 1
    return None


def _sample(file: BinaryIO) -> bytes:
    """Return lines of a file that have bytes outside ASCII, enough of them to judge encodings by."""
    parts: list[bytes] = []
    size = 0
    for chunk in _chunks(file):
        if chunk.isascii():
            continue
        lines = chunk.split(b"\n")
        # The first and the last line of a chunk may be cut in the middle of a character.
        whole = lines if len(chunk) < _CHUNK and not parts else lines[1:-1] or lines
        for line in whole:
            if not line.isascii():
                parts.append(line)
                size += len(line)
            if size > _SAMPLE:
                return b"\n".join(parts)
    return b"\n".join(parts)


def _require_surely_utf8(beginning: bytes, where: str) -> None:
    """Raise ImportFileError if a very short text makes sense in another encoding and is odd in UTF-8."""
    # Every exported table has this column, and is in UTF-8.
    if EXPORTED_FROM.encode() in beginning.split(b"\n", 1)[0]:
        return
    text = beginning.decode("utf-8", "ignore")
    others = [character for character in text if not character.isascii()]
    if not others or len(others) > _FEW_CHARACTERS or max(others) > "\u07ff":
        return
    if plausibility(text, "cp1252") >= _LEAST:
        return
    measures = _measures(beginning)
    best = max(measures, key=lambda encoding: measures[encoding], default="")
    if measures.get(best, 0) >= _MUCH_BETTER:
        raise _unclear(["utf-8", best], where)


def _measures(sample: bytes) -> dict[str, float]:
    """Return how plausible a text is in each of the encodings in which it decodes."""
    measures: dict[str, float] = {}
    for encoding in _CANDIDATES:
        try:
            text = sample.decode(encoding)
        except UnicodeDecodeError:
            continue
        measures[encoding] = plausibility(text, encoding)
    return measures


def _unclear(encodings: list[str], where: str) -> ImportFileError:
    names = listed([shown_encoding(encoding) for encoding in encodings])
    return ImportFileError(
        tr("the encoding of this text is unclear: it could be {names}", names=names),
        where=where,
        do=tr("Name the encoding, or save the file as UTF-8"),
        by_field="encoding",
    )


def _most_plausible(sample: bytes, fails_at: int, where: str) -> str:
    measures = _measures(sample)
    best = sorted(measures, key=lambda encoding: measures[encoding], reverse=True)
    good = [encoding for encoding in best if measures[encoding] >= _LEAST]
    if not good:
        raise _unknown(sample, fails_at, where)
    close = [encoding for encoding in good if measures[encoding] > measures[good[0]] - _MARGIN]
    if len(close) > 1:
        raise _unclear(close, where)
    return good[0]


def _unknown(sample: bytes, fails_at: int, where: str) -> ImportFileError:
    """Return the error for a text that makes sense in none of the encodings. It names likely others."""
    names = _suggested(sample)
    what = tr("the encoding of this text is not known: it is not UTF-8 (byte {number:,})", number=fails_at)
    if names:
        what = tr(
            "the encoding of this text is not known: it is not UTF-8 (byte {number:,}), and could be {names}",
            number=fails_at,
            names=listed(names),
        )
    return ImportFileError(
        what, where=where, do=tr("Save the file as UTF-8, or name its encoding"), by_field="encoding"
    )


def _suggested(sample: bytes) -> list[str]:
    try:
        from charset_normalizer import from_bytes
    except ImportError as error:
        raise MissingLibraryError(
            tr("telling encodings apart needs charset-normalizer, which is not installed"),
            where="import",
            do=tr("Install planner[import]"),
        ) from error
    return [match.encoding for match in from_bytes(sample[:20_000])][:3]

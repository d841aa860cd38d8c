"""Finds a text in the stored bytes of issued files, whatever escaping their format uses."""

import html
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.base.texts import letters_and_digits
from planner.store.models import IssuedContent, IssuedFile, WeeklyIssue

# Only so many columns of a text are compared, because drawings and the brief cut off longer texts. A Chinese character
# takes two columns.
COMPARED_COLUMNS = 60

# The formats of an issue whose files show the same texts, and the one of them in which no text can be searched.
_BRIEFS, _UNSEARCHABLE = ("brief", "docx", "pdf"), "pdf"

# A shorter text in Latin letters must match a whole word, so that "Li" is not found in "Light".
WHOLE_WORD_BELOW = 8

_TAG = re.compile(r"<[^<>]*>")
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)")
_WHITE = dict.fromkeys("nrtbf", " ")


def files_with(session: Session, text: str, since: int) -> dict[int, str]:
    """Return the ids of stored contents that contain a text, each with the name of one of its files.

    Only weeks issued after the event `since` are searched, because earlier files cannot contain the text.
    """
    rows = session.execute(
        select(
            IssuedContent.id,
            IssuedContent.deflated,
            IssuedFile.name,
            IssuedFile.size,
            IssuedFile.format,
            IssuedFile.issue_id,
        )
        .join(IssuedFile, IssuedFile.digest == IssuedContent.digest)
        .join(WeeklyIssue, WeeklyIssue.id == IssuedFile.issue_id)
        .where(WeeklyIssue.log_seq >= since)
        .order_by(IssuedFile.id),
        execution_options={"yield_per": 1},
    )
    found: dict[int, str] = {}
    briefs: set[int] = set()
    unsearched: list[tuple[int, int, str]] = []
    for content, deflated, name, size, form, issue in rows:
        if form == _UNSEARCHABLE:
            unsearched.append((issue, content, name))
        elif content in found or holds(_inflated(deflated, size), text):
            found.setdefault(content, name)
            if form in _BRIEFS:
                briefs.add(issue)
    # The letters of a PDF are numbers in its fonts. It shows what the other files of the brief show.
    return found | {content: name for issue, content, name in unsearched if issue in briefs}


def holds(content: bytes, text: str) -> bool:
    """Return whether a file's bytes contain a text: as it is, escaped as in JSON or HTML, or inside a workbook."""
    wanted = _first_columns(letters_and_digits(text)).strip()
    if not wanted:
        return text in content.decode("utf-8", "replace")
    forms = (letters_and_digits(form) for part in _texts(content) for form in _forms(part))
    if wanted.isascii() and len(wanted) < WHOLE_WORD_BELOW:
        word = re.compile(rf"(?<!\S){re.escape(wanted)}(?!\S)")
        return any(word.search(form) for form in forms)
    # A line of the brief can end within a Chinese text.
    joined = wanted.replace(" ", "")
    return any(joined in form.replace(" ", "") for form in forms)


def _first_columns(text: str) -> str:
    columns = 0
    for place, character in enumerate(text):
        columns += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if columns > COMPARED_COLUMNS:
            return text[:place]
    return text


def _inflated(deflated: bytes, size: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(deflated, size + 1) if deflated else b""
    except zlib.error:
        # Nobody can read a text in damaged bytes. Verification reports the damage.
        return b""


def _texts(content: bytes) -> Iterator[str]:
    """Yield the texts in a file. A workbook is an archive that contains several texts."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        yield content.decode("utf-8", "replace")
        return
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            yield archive.read(name).decode("utf-8", "replace")


def _forms(text: str) -> Iterator[str]:
    """Yield a text as it is, with JSON escapes decoded, and without markup."""
    yield text
    yield _ESCAPE.sub(_unescaped, text)
    yield html.unescape(_TAG.sub(" ", text))


def _unescaped(escape: re.Match[str]) -> str:
    letter = escape[1]
    return chr(int(letter[1:], 16)) if len(letter) == 5 else _WHITE.get(letter, letter)

"""Counting the text that the cells of an XLSX workbook have together.

A workbook has each text once, and cells refer to it. So a small file can have a long text in a million cells, and the
reader of workbooks makes a copy for each of them.
"""

import re

from planner.base.errors import ImportFileError
from planner.base.language import tr
from planner.intake.files.archives import Archive
from planner.intake.files.input_file import InputFile
from planner.intake.files.limits import LARGEST_UNPACKED
from planner.intake.files.workbooks.workbook_parts import pieces

_TEXTS = "sharedstrings.xml"
_BEGIN = re.compile(rb"<(?:\w+:)?si\b")
_REFERS = re.compile(rb"""\bt\s*=\s*["']s["']""")
_REFERENCE = re.compile(rb"""\bt\s*=\s*["']s["'][^>]*>\s*<(?:\w+:)?v>\s*([0-9]{1,9})\s*<""")


def require_little_text(source: InputFile, archive: Archive) -> None:
    """Raise ImportFileError if the cells of a workbook would have too much text."""
    parts = [name for name in archive.names if name.lower().endswith(".xml")]
    texts = [name for name in parts if name.lower().endswith(_TEXTS)]
    lengths = [length for name in texts for length in _lengths(source, archive, name)]
    longest = max(lengths, default=0)
    total = 0
    for name in parts:
        # A reference takes more than ten bytes.
        if name in texts or longest * archive.size(name) < 10 * LARGEST_UNPACKED:
            continue
        for piece in pieces(source, archive.chunks(name)):
            found = _REFERENCE.findall(piece)
            unusual = len(_REFERS.findall(piece)) - len(found)
            total += unusual * longest + sum(lengths[int(one)] for one in found if int(one) < len(lengths))
            if total > LARGEST_UNPACKED:
                raise too_much_text(source)


def too_much_text(source: InputFile) -> ImportFileError:
    """Return the error about a workbook whose cells have too much text together."""
    return source.error(
        tr("the cells of the workbook have more than {most:,} bytes of text", most=LARGEST_UNPACKED),
        tr("Do not open it if you do not know where it comes from"),
    )


def _lengths(source: InputFile, archive: Archive, name: str) -> list[int]:
    """Return how many bytes each text takes, in their order."""
    lengths: list[int] = []
    for piece in pieces(source, archive.chunks(name)):
        rest, *begun = _BEGIN.split(piece)
        if lengths:
            lengths[-1] += len(rest)
        lengths += map(len, begun)
    return lengths

"""Finding the formats of an XLSX workbook that change what a cell says: percents, and text that is struck through."""

import re
from collections.abc import Iterable

from planner.base.views import view

# Formats of percents: two that every program knows, and those whose code has the sign.
_KNOWN_PERCENTS = {b"9", b"10"}
_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\b([^>]*)>")
_FORMAT_ID = re.compile(rb"""\bnumFmtId\s*=\s*["'](\d+)["']""")
_FORMAT_CODE = re.compile(rb"""\bformatCode\s*=\s*(?:"([^"]*)"|'([^']*)')""")
# A percent sign that is only shown, as in 0"%", does not multiply the number by 100.
_LITERAL = re.compile(rb"""(?:&quot;|").*?(?:&quot;|")|\\%""")
_CELL_FORMATS = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_CELL_FORMAT = re.compile(rb"<(?:\w+:)?xf\b([^>]*)>")

_FONTS = re.compile(rb"<(?:\w+:)?fonts\b.*?</(?:\w+:)?fonts>", re.DOTALL)
_FONT = re.compile(rb"<(?:\w+:)?font(?:\s[^>]*)?(?:/>|>(.*?)</(?:\w+:)?font>)", re.DOTALL)
_STRUCK = re.compile(rb"""<(?:\w+:)?strike(?:\s+val\s*=\s*["'](?:1|true)["'])?\s*(?:/>|>)""")
_FONT_ID = re.compile(rb"""\bfontId\s*=\s*["'](\d+)["']""")


@view
class CellFormats:
    """Patterns for the names of cells that are formatted as percents, and of cells whose text is struck through.

    None stands for a workbook without such cells.
    """

    percents: re.Pattern[bytes] | None
    struck: re.Pattern[bytes] | None


def read_formats(styles: bytes) -> CellFormats:
    """Return the formats in the styles of a workbook."""
    formats = _CELL_FORMATS.search(styles)
    found = [one[1] for one in _CELL_FORMAT.finditer(formats[0])] if formats else []
    return CellFormats(_cells_with(found, _FORMAT_ID, _percents(styles)), _cells_with(found, _FONT_ID, _struck(styles)))


def _percents(styles: bytes) -> set[bytes]:
    """Return the numbers of the formats of percents."""
    known = set(_KNOWN_PERCENTS)
    for found in _FORMAT.finditer(styles):
        number, code = _FORMAT_ID.search(found[1]), _FORMAT_CODE.search(found[1])
        if number and code and b"%" in _LITERAL.sub(b"", code[1] or code[2] or b""):
            known.add(number[1])
    return known


def _struck(styles: bytes) -> set[bytes]:
    """Return the numbers of the fonts that strike text through."""
    fonts = _FONTS.search(styles)
    return {
        b"%d" % place
        for place, font in enumerate(_FONT.finditer(fonts[0]) if fonts else ())
        if _STRUCK.search(font[1] or b"")
    }


def _cells_with(formats: Iterable[bytes], number: re.Pattern[bytes], wanted: set[bytes]) -> re.Pattern[bytes] | None:
    """Return a pattern for the names of cells whose format has one of the numbers that are wanted."""
    places = [
        b"%d" % place for place, one in enumerate(formats) if (found := number.search(one)) and found[1] in wanted
    ]
    if not places:
        return None
    # All programs write the name of a cell before its format.
    return re.compile(rb"""\br="([A-Z]+)([0-9]+)"\s+s="(?:""" + b"|".join(places) + rb""")"[^>]*(?<!/)>""")

"""The brief as a PDF on one or two A4 pages, with the tags that screen readers follow (PDF/UA).

The same brief always gives the same bytes with the same fonts. A brief in Latin letters needs only the fonts that come
with the library. For other scripts, the fonts of the machine are used.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC
from importlib.resources import files
from typing import Any

from planner.base.errors import MissingLibraryError
from planner.base.language import tr
from planner.base.visible_text import right_to_left
from planner.weekly.brief.model import Brief
from planner.weekly.brief.pdf_data import pdf_data, with_texts

# The numbers of lines of a list and of pages that are tried in turn: one page with nearly all lines, or else two pages.
_ROOM = ((5, 1), (4, 1), (5, 2), (4, 2), (3, 2), (2, 2))

# The library's own fonts: for text, and for symbols.
OWN_FONTS = ("Libertinus Serif", "DejaVu Sans Mono")

# Fonts for the other scripts, the preferred ones first. Where none is installed, any font with the character is used.
SCRIPT_FONTS = (
    *("Noto Serif CJK SC", "Noto Sans CJK SC", "Source Han Serif SC", "SimSun", "Microsoft YaHei", "PingFang SC"),
    *("Noto Naskh Arabic", "Noto Sans Arabic", "Amiri", "Arial"),
)

# Whether fonts of the machine are used for letters that the own fonts lack.
USE_FONTS_OF_MACHINE = True

# Stands in place of a character that no font has.
NO_GLYPH = "□"

# A text that no font has, as the library quotes it in an error, and a character in it that is written as a number.
_NO_FONT = re.compile(r"the text `?\"(.+?)\"`? could not be displayed")
_NUMBERED = re.compile(r"\\u\{([0-9a-f]+)\}")
# Each attempt finds more characters without a font. After so many attempts, all letters of other scripts are replaced.
_ATTEMPTS = 8
# A page of the PDF.
_PAGE = re.compile(rb"/Type ?/Page\b")


@dataclass
class _Fonts:
    """The fonts that are tried: first only the library's own, then those of the machine, then without some letters."""

    of_machine: bool = False
    missing: set[str] = field(default_factory=set)


def pdf_bytes(brief: Brief) -> Iterator[bytes]:
    """Yield the PDF. Raises MissingLibraryError if the library that makes it is not installed."""
    yield made_pdf(brief)[0]


def made_pdf(brief: Brief) -> tuple[bytes, str]:
    """Return the PDF, and the characters that are missing in it because no font on this machine has them."""
    # The library's own font for Arabic has letters of one width, so a font of the machine is nicer to read.
    library, fonts = pdf_library(), _Fonts(of_machine=any(map(right_to_left, _all_text(brief).split('"'))))
    made: dict[int, bytes] = {}
    for lines, pages in _ROOM:
        if lines not in made:
            made[lines] = _made(library, brief.shortened(lines), fonts)
        if pages_of(made[lines]) <= pages:
            break
    return made[lines], "".join(sorted(fonts.missing))


def pdf_library() -> Any:
    """Return the library that makes PDFs. Raises MissingLibraryError if it is not installed."""
    try:
        import typst
    except ImportError as error:
        raise MissingLibraryError(
            tr("a PDF needs typst, which is not installed"),
            where="format",
            do=tr("Install planner[reports]"),
        ) from error
    return typst


def _made(library: Any, brief: Brief, fonts: _Fonts) -> bytes:
    """Return the PDF of a brief. What was found out about the fonts is kept in `fonts` for the next brief."""
    for _ in range(_ATTEMPTS):
        try:
            return _compiled(library, brief, fonts)
        except library.TypstError as error:
            lacking = set("".join(map(_plain, _NO_FONT.findall(error.diagnostic))))
            if not lacking:
                raise
            _learn(fonts, lacking)
    fonts.missing.update(character for character in _all_text(brief) if not character.isascii())
    return _compiled(library, brief, fonts)


def _plain(quoted: str) -> str:
    return _NUMBERED.sub(lambda found: chr(int(found[1], 16)), quoted)


def _learn(fonts: _Fonts, lacking: set[str]) -> None:
    if fonts.of_machine:
        fonts.missing |= lacking
    fonts.of_machine = True


def _compiled(library: Any, brief: Brief, fonts: _Fonts) -> bytes:
    names = (*OWN_FONTS[:1], *(SCRIPT_FONTS if fonts.of_machine else ()), *OWN_FONTS[1:])
    table = str.maketrans(dict.fromkeys(fonts.missing, NO_GLYPH))
    data = with_texts(pdf_data(brief, names, _notes(fonts.missing)), lambda text: text.translate(table))
    made: bytes = library.compile(
        files("planner.weekly.brief").joinpath("brief.typ").read_bytes(),
        format="pdf",
        ignore_system_fonts=not (fonts.of_machine and USE_FONTS_OF_MACHINE),
        sys_inputs={"brief": json.dumps(data)},
        pdf_standards=["ua-1"],
        timestamp=brief.instance.known_at.astimezone(UTC).replace(microsecond=0),
    )
    return made


def _notes(missing: set[str]) -> list[str]:
    if not missing:
        return []
    return [
        f"{NO_GLYPH} stands for letters that no font on the computer has that made this page "
        f"({scripts_of(missing)}). Install a font that has them, such as Noto, and make the page again."
    ]


def scripts_of(characters: Iterable[str]) -> str:
    """Return the names of the scripts of some characters, such as "Arabic, Hangul"."""
    names = {unicodedata.name(character, "other").split(" ")[0] for character in characters}
    return ", ".join(sorted(name if name == "CJK" else name.capitalize() for name in names))


def _all_text(brief: Brief) -> str:
    return json.dumps(pdf_data(brief, (), ()), ensure_ascii=False)


def pages_of(content: bytes) -> int:
    """Return the number of pages of a PDF that the library made."""
    return len(_PAGE.findall(content))

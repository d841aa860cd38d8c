"""Pages set by typst, which measures text: with the library's own fonts, and those of the computer where needed.

The same data gives the same bytes with the same fonts. Latin letters need only the fonts that come with the library.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

from planner.base.errors import MissingLibraryError
from planner.base.language import tr
from planner.base.visible_text import right_to_left

Data = Mapping[str, Any]

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


class Typesetter:
    """Sets a template of a package with data, and learns meanwhile which letters its fonts lack.

    First only the library's own fonts are used, then also those of the machine, then some letters are replaced by
    `NO_GLYPH`. `missing` has the letters that no font has. Raises MissingLibraryError if the library is not installed.
    The template gets the data with two more names: `fonts`, and `notes` with sentences about missing letters.
    """

    def __init__(self, package: str, template: str, *, of_machine: bool, known_at: datetime) -> None:
        self.missing: set[str] = set()
        self._library = typesetting_library()
        self._template = files(package).joinpath(template).read_bytes()
        self._of_machine = of_machine
        self._timestamp = known_at.astimezone(UTC).replace(microsecond=0)

    def pdf(self, data: Data) -> bytes:
        """Return the pages as a PDF with the tags that screen readers follow (PDF/UA)."""
        for _ in range(_ATTEMPTS):
            try:
                return self._pdf(data)
            except self._library.TypstError as error:
                lacking = set("".join(map(_plain, _NO_FONT.findall(error.diagnostic))))
                if not lacking:
                    raise
                self._learn(lacking)
        self.missing.update(character for character in all_text(data) if not character.isascii())
        return self._pdf(data)

    def pictures(self, data: Data, form: str, pixels_per_inch: int) -> list[bytes]:
        """Return each page as a picture: `form` is "png" or "svg".

        Only a PDF says which letters no font has, so one is made first.
        """
        self.pdf(data)
        made = self._compiled(data, format=form, ppi=pixels_per_inch)
        return list(made) if isinstance(made, list) else [made]

    def _learn(self, lacking: set[str]) -> None:
        if self._of_machine:
            self.missing |= lacking
        self._of_machine = True

    def _pdf(self, data: Data) -> bytes:
        made: bytes = self._compiled(data, format="pdf", pdf_standards=["ua-1"], timestamp=self._timestamp)
        return made

    def _compiled(self, data: Data, **settings: object) -> Any:
        fonts = (*OWN_FONTS[:1], *(SCRIPT_FONTS if self._of_machine else ()), *OWN_FONTS[1:])
        replaced = str.maketrans(dict.fromkeys(self.missing, NO_GLYPH))
        shown = with_texts(data, lambda text: text.translate(replaced))
        return self._library.compile(
            self._template,
            ignore_system_fonts=not (self._of_machine and USE_FONTS_OF_MACHINE),
            sys_inputs={"data": json.dumps({**shown, "fonts": fonts, "notes": _notes(self.missing)})},
            **settings,
        )


def typesetting_library() -> Any:
    """Return the library that sets pages. Raises MissingLibraryError if it is not installed."""
    try:
        import typst
    except ImportError as error:
        raise MissingLibraryError(
            tr("PDFs and pictures need typst, which is not installed"),
            where="format",
            do=tr("Install planner[reports]"),
        ) from error
    return typst


def letters_without_font(letters: str) -> set[str]:
    """Return those of the letters that no font of this computer has. Raises MissingLibraryError."""
    setter = Typesetter("planner.weekly", "letters.typ", of_machine=True, known_at=datetime(2000, 1, 1, tzinfo=UTC))
    setter.pdf({"letters": letters})
    return setter.missing


def said(text: str) -> Data:
    """Return a text that a person wrote, with its direction of writing, as the templates expect it."""
    return {"text": text, "from-right": right_to_left(text)}


def needs_fonts_of_machine(data: Data) -> bool:
    """Return whether a text is written from the right: the library's own font for it has letters of one width."""
    return any(map(right_to_left, all_text(data).split('"')))


def all_text(data: Data) -> str:
    """Return all texts of the data as one."""
    return json.dumps(data, ensure_ascii=False)


def with_texts(data: Any, change: Callable[[str], str]) -> Any:
    """Return data in which each text was changed by a function."""
    if isinstance(data, str):
        return change(data)
    if isinstance(data, Mapping):
        return {name: with_texts(value, change) for name, value in data.items()}
    return [with_texts(value, change) for value in data] if isinstance(data, list | tuple) else data


def scripts_of(characters: Iterable[str]) -> str:
    """Return the names of the scripts of some characters, such as "Arabic, Hangul"."""
    names = {unicodedata.name(character, "other").split(" ")[0] for character in characters}
    return ", ".join(sorted(name if name == "CJK" else name.capitalize() for name in names))


def _plain(quoted: str) -> str:
    return _NUMBERED.sub(lambda found: chr(int(found[1], 16)), quoted)


def _notes(missing: set[str]) -> list[str]:
    if not missing:
        return []
    return [
        f"{NO_GLYPH} stands for letters that no font on the computer has that made this page "
        f"({scripts_of(missing)}). Install a font that has them, such as Noto, and make the page again."
    ]

"""The cell formats of a workbook: fonts, numbers, dates and the colours of states. Each format is created once."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from planner.domain.symbols import SYMBOLS

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

# The properties of a format, named as in XlsxWriter.
Properties = Mapping[str, Any]

# The background and text colour of each style of a state, dark enough to be read in print without colour.
COLOURS = {
    "green": ("#E2F0D9", "#1E5B1E"),
    "yellow": ("#FFF2CC", "#6B4A00"),
    "red": ("#FBE0DD", "#9C1C0F"),
    "cyan": ("#DDEBF7", "#1F4E79"),
    "magenta": ("#EADCF4", "#5B2A86"),
    "dim": ("#F2F2F2", "#595959"),
}

# A font with the same widths on every system: where Arial is missing, Liberation Sans has its measures. With Calibri,
# which has a substitute on few systems, texts and charts would not fit.
FONT = {"font_name": "Arial", "font_size": 10}
# The height of a line in a row whose height is set, in points, and of a row without one, in pixels. They differ,
# because the height of a row is written into the file only if it differs from that of the others.
LINE_HEIGHT, ROW_PIXELS = 12, 17

DATE = "yyyy-mm-dd"
WHOLE = "0"
ONE_DECIMAL = "0.0"
PERCENT = '0.0"%"'
CHANGE = "+0.0;-0.0;0.0"
WHOLE_CHANGE = "+0;-0;0"

HEADER: Properties = {
    "bold": True,
    "text_wrap": True,
    "valign": "top",
    "bg_color": "#1F3A4D",
    "font_color": "#FFFFFF",
    "border": 1,
}
TITLE: Properties = {"bold": True, "font_size": 14}
SUBTITLE: Properties = {"font_size": 12}
HEADING: Properties = {"bold": True, "font_size": 12, "bottom": 1}
LABEL: Properties = {"bold": True, "valign": "top"}
QUIET: Properties = {"font_color": "#595959", "italic": True}
TEXT: Properties = {"valign": "top", "text_wrap": True}
CELL: Properties = {"valign": "top", "bottom": 1, "bottom_color": "#D9D9D9"}
WRAPPED: Properties = {**CELL, "text_wrap": True}
LINK: Properties = {"font_color": "#1F4E79", "underline": 1, "valign": "top"}
SIMULATED: Properties = {"bold": True, "font_color": "#9C1C0F", "bg_color": "#FFF2CC", "font_size": 12}


class CellFormats:
    """The cell formats of one workbook."""

    def __init__(self, book: "Workbook") -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}
        # Every cell asks for one of these few formats.
        self._of_texts: dict[tuple[bool, bool], Format] = {}
        self._of_numbers: dict[str, Format] = {}

    def of(self, properties: Properties) -> "Format":
        """Return the format with these properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(dict(properties))
        return self._made[key]

    def text(self, *, from_right: bool, quoted: bool) -> "Format":
        """Return the format of a text: wrapped, in its writing direction, and marked as text if `quoted`.

        A cell marked as text does not become a formula when somebody edits it.
        """
        found = self._of_texts.get((from_right, quoted))
        if found is None:
            direction = {"reading_order": 2, "align": "right"} if from_right else {}
            mark = {"quote_prefix": True} if quoted else {}
            found = self._of_texts[from_right, quoted] = self.of({**WRAPPED, **direction, **mark})
        return found

    def number(self, number_format: str) -> "Format":
        """Return the format of a number."""
        found = self._of_numbers.get(number_format)
        if found is None:
            properties = {**CELL, "num_format": number_format, "align": "right", "indent": 1}
            found = self._of_numbers[number_format] = self.of(properties)
        return found

    def date(self) -> "Format":
        """Return the format of a date."""
        return self.of({**CELL, "num_format": DATE, "align": "left"})

    def empty(self) -> "Format":
        """Return the format of an empty cell."""
        return self.of(CELL)

    def word(self, word: str) -> "Format":
        """Return the format of a state: its colours and its symbol. The symbol is not part of the cell's text."""
        return self.of(state_properties(word))


def state_properties(word: str) -> dict[str, Any]:
    """Return the format properties of a state, from its symbol and style."""
    symbol, style = SYMBOLS[word]
    *attributes, colour = style.split()
    background, letters = COLOURS[colour]
    return {
        "bg_color": background,
        "font_color": letters,
        "bold": "bold" in attributes,
        "num_format": f'"{symbol} "@',
    }

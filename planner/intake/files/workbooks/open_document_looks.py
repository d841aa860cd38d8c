"""What an OpenDocument spreadsheet hides and strikes through, found while its elements are read."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from planner.intake.files.limits import MOST_COLUMNS
from planner.intake.files.workbooks.workbook_parts import MOST_NAMED, MOST_STRUCK

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_STYLES = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"

_STYLE = f"{_STYLES} style"
_STYLE_NAME = f"{_STYLES} name"
_TEXT = f"{_STYLES} text-properties"
_OF_SHEET = f"{_STYLES} table-properties"
_LINE_THROUGH = f"{_STYLES} text-line-through-style"
_DISPLAY = f"{_TABLE} display"
_VISIBILITY = f"{_TABLE} visibility"
_STYLED = f"{_TABLE} style-name"


@dataclass
class OpenDocumentLooks:
    """The styles of a spreadsheet, and what the present sheet hides and strikes through, counted from 1."""

    _style: str = ""
    _struck_styles: set[str] = field(default_factory=set)
    _hidden_styles: set[str] = field(default_factory=set)
    _column: int = 0
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    struck: set[tuple[int, int]] = field(default_factory=set)

    def note_style(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take an element of a style: the styles come before the sheets."""
        if name == _STYLE:
            self._style = attributes.get(_STYLE_NAME, "")
        elif name == _TEXT and attributes.get(_LINE_THROUGH, "none") != "none":
            self._struck_styles.add(self._style)
        elif name == _OF_SHEET and attributes.get(_DISPLAY) == "false":
            self._hidden_styles.add(self._style)

    def begin_sheet(self, attributes: Mapping[str, str]) -> bool:
        """Forget what the sheet before had. Return whether this one is hidden."""
        self._column, self.hidden_rows, self.hidden_columns, self.struck = 0, [], [], set()
        return attributes.get(_STYLED) in self._hidden_styles

    def note_column(self, attributes: Mapping[str, str], repeated: int) -> None:
        """Take a column, or several that look the same."""
        if attributes.get(_VISIBILITY, "visible") != "visible" and self._column < MOST_COLUMNS:
            last = min(self._column + repeated, MOST_COLUMNS)
            self.hidden_columns += range(self._column + 1, last + 1)
        self._column += repeated

    def note_row(self, attributes: Mapping[str, str], first: int, repeated: int) -> None:
        """Take a row, or several that look the same."""
        if attributes.get(_VISIBILITY, "visible") != "visible":
            free = MOST_NAMED - len(self.hidden_rows)
            self.hidden_rows += range(first, first + min(repeated, free))

    def note_cell(self, attributes: Mapping[str, str], row: int, column: int, repeated: int) -> None:
        """Take a cell with a value, or several that are the same."""
        if attributes.get(_STYLED) in self._struck_styles and len(self.struck) < MOST_STRUCK:
            self.struck.update((row, column + one) for one in range(repeated))

"""The printed pages of a sheet: the paper, its margins, and how many pages stand side by side."""

from collections.abc import Iterable
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_A4 = 9
# The approximate number of characters across a printed page.
_PAGE_WIDTH = 230


def lay_out(sheet: "Worksheet", *, landscape: bool, pages_across: int = 1) -> None:
    """Set the paper, the margins and the scale, so that the columns fit on some pages side by side."""
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.5)
    sheet.fit_to_pages(pages_across, 0)


def pages_for(widths: Iterable[float]) -> int:
    """Return how many pages side by side columns need to be readable. Widths are in characters."""
    return max(1, ceil(sum(widths) / _PAGE_WIDTH))


def of_page_header(text: str) -> str:
    """Escape a text for a page header or footer, in which an ampersand begins a command."""
    return text.replace("&", "&&")

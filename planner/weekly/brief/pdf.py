"""The brief as a PDF on one or two A4 pages, with the tags that screen readers follow (PDF/UA).

The same brief always gives the same bytes with the same fonts.
"""

import re
from collections.abc import Iterator

from planner.weekly.brief.model import Brief
from planner.weekly.brief.pdf_data import pdf_data
from planner.weekly.typesetting import Typesetter, needs_fonts_of_machine

# The numbers of lines of a list and of pages that are tried in turn: one page with nearly all lines, or else two pages.
_ROOM = ((5, 1), (4, 1), (5, 2), (4, 2), (3, 2), (2, 2))

# A page of the PDF.
_PAGE = re.compile(rb"/Type ?/Page\b")


def pdf_bytes(brief: Brief) -> Iterator[bytes]:
    """Yield the PDF. Raises MissingLibraryError if the library that makes it is not installed."""
    yield made_pdf(brief)[0]


def made_pdf(brief: Brief) -> tuple[bytes, str]:
    """Return the PDF, and the characters that are missing in it because no font on this machine has them."""
    setter = Typesetter(
        "planner.weekly.brief",
        "brief.typ",
        of_machine=needs_fonts_of_machine(pdf_data(brief)),
        known_at=brief.instance.known_at,
    )
    made: dict[int, bytes] = {}
    for lines, pages in _ROOM:
        if lines not in made:
            made[lines] = setter.pdf(pdf_data(brief.shortened(lines)))
        if pages_of(made[lines]) <= pages:
            break
    return made[lines], "".join(sorted(setter.missing))


def pages_of(content: bytes) -> int:
    """Return the number of pages of a PDF that the library made."""
    return len(_PAGE.findall(content))

"""The formats of the brief: text for a mail, Markdown, one HTML page, PDF and Word. The only list of them.

The code of a format is imported when the format is requested, because each needs its own libraries.
"""

import importlib
from collections.abc import Callable, Iterator
from enum import StrEnum

from planner.weekly.brief.model import Brief


class BriefFormat(StrEnum):
    """A format in which the brief can be written."""

    TEXT = "text"
    MARKDOWN = "md"
    HTML = "html"
    PDF = "pdf"
    WORD = "docx"

    @property
    def ending(self) -> str:
        """The ending of the name of a file in this format."""
        return "txt" if self is BriefFormat.TEXT else self.value

    @property
    def printable(self) -> bool:
        """Whether a terminal can show a file in this format."""
        return self not in (BriefFormat.PDF, BriefFormat.WORD)


# The formats whose ending is another word than the format, by ending.
BY_ENDING = {form.ending: form.value for form in BriefFormat if form.ending != form}

# The functions that write the brief, as module:function. Each takes a Brief and returns an iterator of bytes.
_MAKERS = {
    BriefFormat.TEXT: "planner.weekly.brief.text:text_bytes",
    BriefFormat.MARKDOWN: "planner.weekly.brief.markdown_text:markdown_bytes",
    BriefFormat.HTML: "planner.weekly.page.brief_page:brief_page_bytes",
    BriefFormat.PDF: "planner.weekly.brief.pdf:pdf_bytes",
    BriefFormat.WORD: "planner.weekly.brief.word:word_bytes",
}


def brief_bytes(brief: Brief, form: BriefFormat) -> Iterator[bytes]:
    """Yield the brief in a format. The same brief always gives the same bytes.

    Raises MissingLibraryError if the format needs a library that is not installed.
    """
    module, _, function = _MAKERS[form].partition(":")
    make: Callable[[Brief], Iterator[bytes]] = getattr(importlib.import_module(module), function)
    return make(brief)

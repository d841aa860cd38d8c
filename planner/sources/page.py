"""Extracting the visible text of a web page that was saved from a browser."""

import re
from html.parser import HTMLParser

# A web page begins with a declaration, a comment or a tag. A plain text does not.
_OPENING = re.compile(r"\s*<(?:[a-zA-Z]|!|\?)")
_SPACING = re.compile(r"[ \t\r\n\f]+")
_UNSEEN = frozenset({"script", "style", "template", "noscript"})
# Tags within a line of text. All other tags end the line.
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "dfn", "em", "font", "i", "kbd", "mark", "q", "s"}
    | {"samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"}
)


def is_page(text: str) -> bool:
    """Return whether a text is the source of a web page."""
    return _OPENING.match(text) is not None


def text_of_page(source: str) -> str:
    """Return the visible text of a page: each block on its own lines, without scripts and styles."""
    reader = _Reader()
    reader.feed(source)
    reader.close()
    return "".join(reader.parts)


class _Reader(HTMLParser):
    """A parser that collects the visible text of a page.

    Line ends in the source count as blanks, except in a `pre` element.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0
        self._laid_out = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        self._laid_out += tag == "pre"
        self._break_at(tag)

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(0, self._unseen - (tag in _UNSEEN))
        self._laid_out = max(0, self._laid_out - (tag == "pre"))
        self._break_at(tag)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(data if self._laid_out else _SPACING.sub(" ", data))

    def _break_at(self, tag: str) -> None:
        if tag not in _INLINE:
            self.parts.append("\n")

"""Generated parts of documents, each between two marker lines."""

from collections.abc import Callable, Iterable
from pathlib import Path


def renewed(text: str, made_by: str, content: str) -> str:
    """Return a document in which the generated part is replaced by new content.

    Raises ValueError if the document has no markers for this part.
    """
    begin, end = f"<!-- made by {made_by} -->", "<!-- end of what was made -->"
    before, begun, rest = text.partition(begin)
    _, ended, after = rest.partition(end)
    if not (begun and ended):
        raise ValueError(f"the document needs the lines {begin!r} and {end!r}")
    return f"{before}{begin}\n\n{content}\n\n{end}{after}"


def renew_files(names: Iterable[str], renew: Callable[[str], str]) -> None:
    """Replace the text of each named document with what `renew` returns for it."""
    for name in names:
        document = Path(name)
        document.write_text(renew(document.read_text(encoding="utf-8")), encoding="utf-8")

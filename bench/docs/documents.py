"""Which documents have generated parts, and how each part is made."""

from collections.abc import Callable
from pathlib import Path

from bench.docs import column_tables, command_reference, import_tables, key_tables, man_page

BEGIN = "<!-- Generated: `make docs` writes what follows. A test fails while it is out of date. -->"
END = "<!-- End of what is generated. -->"

_FOLDER = Path(__file__).parent.parent.parent / "docs"


def with_generated_part(text: str, content: str, begin: str = BEGIN, end: str = END) -> str:
    """Return a document in which the part between the markers is replaced by new content.

    Raises ValueError if the document has no markers.
    """
    before, begun, rest = text.partition(begin)
    _, ended, after = rest.partition(end)
    if not (begun and ended):
        raise ValueError(f"the document needs the lines {begin!r} and {end!r}")
    return f"{before}{begin}\n\n{content}\n\n{end}{after}"


# For each document, the function that returns a given text of it with updated generated parts.
DOCUMENTS: dict[Path, Callable[[str], str]] = {
    _FOLDER / "command-reference.md": lambda _: command_reference.page(
        (_FOLDER / "commands.md").read_text(encoding="utf-8")
    ),
    _FOLDER / "man" / "planner.1": lambda _: man_page.page(),
    _FOLDER / "keys.md": lambda text: with_generated_part(text, key_tables.key_tables()),
    _FOLDER / "weekly-file.md": lambda text: with_generated_part(text, column_tables.weekly_tables()),
    _FOLDER / "import.md": lambda text: with_generated_part(text, import_tables.import_lists()),
    _FOLDER / "findings.md": lambda text: with_generated_part(text, column_tables.findings_table()),
    _FOLDER / "plans.md": lambda text: with_generated_part(text, column_tables.plans_table()),
}

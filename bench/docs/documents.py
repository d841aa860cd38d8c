"""Which documents have generated parts, and how each is made."""

from collections.abc import Callable
from pathlib import Path

from bench.docs import column_tables, command_reference, key_tables
from bench.docs.markers import with_generated_part

_FOLDER = Path(__file__).parent.parent.parent / "docs"

# For each document, the function that returns a given text of it with updated generated parts.
DOCUMENTS: dict[Path, Callable[[str], str]] = {
    _FOLDER / "command-reference.md": lambda _: command_reference.page(
        (_FOLDER / "commands.md").read_text(encoding="utf-8")
    ),
    _FOLDER / "keys.md": lambda text: with_generated_part(text, key_tables.key_tables()),
    _FOLDER / "weekly-file.md": lambda text: with_generated_part(text, column_tables.weekly_tables()),
    _FOLDER / "findings.md": lambda text: with_generated_part(text, column_tables.findings_table()),
}

"""Which documents have generated parts, and how each is made."""

from collections.abc import Callable
from pathlib import Path

from bench.docs import command_reference

_FOLDER = Path(__file__).parent.parent.parent / "docs"

# For each document the function that takes its text and returns it with the generated parts up to date.
DOCUMENTS: dict[Path, Callable[[str], str]] = {
    _FOLDER / "command-reference.md": lambda _: command_reference.page(
        (_FOLDER / "commands.md").read_text(encoding="utf-8")
    ),
}

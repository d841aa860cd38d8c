"""Help pages in plain words: each option and command on one line with what it does, in the person's language."""

from collections.abc import Iterable

from planner.cli.translated_help import TranslatedFormatter

# Wider than any line, so that none is broken.
_WIDTH = 10_000


class PlainFormatter(TranslatedFormatter):
    """Writes a help page without columns beside each other, and without broken lines."""

    def __init__(self) -> None:
        super().__init__(width=_WIDTH, max_width=_WIDTH)

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write each name and its text as one line. There are no columns, so their widths have no effect."""
        for name, text in rows:
            self.write(f"{' ' * self.current_indent}{name.strip()}: {' '.join(text.split())}\n")

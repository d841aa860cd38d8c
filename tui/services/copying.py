"""The data that a screen offers for copying, and the formats of a copy: text, Markdown and CSV."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, StrEnum

from planner.base.language import tr_later
from planner.tables.columns import in_places
from planner.tables.csv_form import LIST_SEPARATOR, csv_bytes


class CopyFormat(StrEnum):
    """The format of a copy. The value is the file name extension for this format."""

    TEXT = "txt"
    MARKDOWN = "md"
    CSV = "csv"


@dataclass(frozen=True)
class Copied:
    """The content of a screen as a table: a title, the column names, and the values as the core returns them.

    The title is in the person's language. The column names are in English, and are translated in text and Markdown.

    A value is text, a number, a date, a vocabulary word, a tuple of texts or None. A single record, such as an item,
    has two columns, the name of a field and its value, and one row for each field.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


def written(copied: Copied, form: CopyFormat) -> str:
    """Return the copy in the given format. It ends with a line break."""
    return _WRITERS[form](copied)


def readable(value: object) -> str:
    """Return a value as readable text on one line."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        value = LIST_SEPARATOR.join(value)
    text = str(value.value).replace("_", " ") if isinstance(value, Enum) else str(value)
    return " ".join(text.split())


def _text(copied: Copied) -> str:
    """Return a line for each row, with tabs between the values. Both word processors and spreadsheets accept tabs."""
    lines = ["\t".join(readable(value) for value in row) for row in (_headings(copied), *copied.rows)]
    return "\n".join([readable(copied.title), "", *lines]) + "\n"


def _headings(copied: Copied) -> tuple[str, ...]:
    return tuple(tr_later(name) for name in copied.columns)


def _markdown(copied: Copied) -> str:
    lines = [f"**{_escaped(copied.title)}**", "", _markdown_row(_headings(copied)), "|---" * len(copied.columns) + "|"]
    return "\n".join(lines + [_markdown_row(row) for row in copied.rows]) + "\n"


def _markdown_row(row: tuple[object, ...]) -> str:
    return "".join(f"| {_escaped(value)} " for value in row) + "|"


def _escaped(value: object) -> str:
    """Return a value with Markdown's special characters escaped."""
    return "".join(f"\\{character}" if character in r"\`*_[]<>|#~" else character for character in readable(value))


def _csv(copied: Copied) -> str:
    """Return only the column names and the rows as CSV, without the title, for spreadsheets and programs."""
    return b"".join(csv_bytes(in_places(copied.columns), copied.rows)).decode()


_WRITERS: dict[CopyFormat, Callable[[Copied], str]] = {
    CopyFormat.TEXT: _text,
    CopyFormat.MARKDOWN: _markdown,
    CopyFormat.CSV: _csv,
}

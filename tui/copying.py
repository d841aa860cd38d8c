"""What a screen gives to be copied, and its forms: text, Markdown, CSV."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, StrEnum

from planner.spreadsheets import safe_cell


class Form(StrEnum):
    """How what is copied is written; the value is the ending of the file that keeps it."""

    TEXT = "txt"
    MARKDOWN = "md"
    CSV = "csv"


@dataclass(frozen=True)
class Copied:
    """What a screen shows, as a table: a title, the names of the columns, and the values as they are in the core.

    Values may be text, numbers, dates, words of a vocabulary or None. Of one thing with many fields (an item) the
    columns are two, what is told and what it is, and each field is a row.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


def written(copied: Copied, form: Form) -> str:
    """The copy in a form, ending with a line end."""
    return _WRITERS[form](copied)


def shown(value: object) -> str:
    """A value as people read it, on one line."""
    if value is None:
        return ""
    text = str(value.value).replace("_", " ") if isinstance(value, Enum) else str(value)
    return " ".join(text.split())


def _text(copied: Copied) -> str:
    """A line per row, its values apart by tabs, which both a letter and a spreadsheet take."""
    lines = ["\t".join(shown(value) for value in row) for row in (copied.columns, *copied.rows)]
    return "\n".join([shown(copied.title), "", *lines]) + "\n"


def _markdown(copied: Copied) -> str:
    lines = [f"**{_escaped(copied.title)}**", "", _markdown_row(copied.columns), "|---" * len(copied.columns) + "|"]
    return "\n".join(lines + [_markdown_row(row) for row in copied.rows]) + "\n"


def _markdown_row(row: tuple[object, ...]) -> str:
    return "".join(f"| {_escaped(value)} " for value in row) + "|"


def _escaped(value: object) -> str:
    """A value in which Markdown finds nothing of its own."""
    return "".join(f"\\{character}" if character in r"\`*_[]<>|#~" else character for character in shown(value))


def _csv(copied: Copied) -> str:
    """The rows under the names of their columns, nothing else, as spreadsheets and programs take them."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(copied.columns)
    writer.writerows([safe_cell(value) for value in row] for row in copied.rows)
    return file.getvalue()


_WRITERS: dict[Form, Callable[[Copied], str]] = {Form.TEXT: _text, Form.MARKDOWN: _markdown, Form.CSV: _csv}

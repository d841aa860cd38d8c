"""Text files: what they contain is found out by their first lines."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from planner.base.language import tr
from planner.intake.files.input_file import InputFile
from planner.intake.files.limits import LONGEST_LIST
from planner.intake.files.texts.delimited import delimiter_of, first_lines, read_delimited
from planner.intake.files.texts.encodings import find_encoding, shown_encoding, undecodable
from planner.intake.files.texts.pasted import is_pasted_list, pasted_sheet
from planner.intake.sheets import Sheet

# Files whose ends say that characters separate the cells.
_TABLES = (".csv", ".tsv", ".tab")
_ORDINARY = ("utf-8-sig", "utf-8", "utf-16", "utf-16-le", "utf-16-be")


def read_text(source: InputFile) -> list[Sheet]:
    """Read a text file. Raises ImportFileError if its encoding or its delimiter is unclear, or it has no text."""
    with decoded(source) as text:
        lines = first_lines(text)
        text.seek(0)
        suffix = source.path.suffix.lower()
        if suffix not in _TABLES and not source.options.delimiter and is_pasted_list(lines):
            return [_list(source, text)]
        delimiter = delimiter_of(source, lines, suffix)
        if delimiter is None and is_pasted_list(lines):
            return [_list(source, text)]
        return [read_delimited(source, text, delimiter)]


def _list(source: InputFile, text: TextIO) -> Sheet:
    content = text.read(LONGEST_LIST + 1)
    if len(content) > LONGEST_LIST:
        raise source.error(
            tr("the list is too long: at most {most:,} characters are read", most=LONGEST_LIST),
            tr("Divide it, or make a table of it"),
        )
    lines = list(enumerate(content.splitlines(), 1))
    source.on_rows(len(lines))
    return pasted_sheet(source.name, "", lines, source.values)


@contextmanager
def decoded(source: InputFile) -> Iterator[TextIO]:
    """Open the text of a file in its encoding, or in the one that a person named."""
    where = str(source.path)
    given = source.options.encoding
    encoding = given or find_encoding(source.file, where)
    if given is None and encoding not in _ORDINARY:
        source.remark(
            tr("the text was read as {encoding}", encoding=shown_encoding(encoding)),
            tr("If it looks wrong, name its encoding"),
        )
    source.file.seek(0)
    text = io.TextIOWrapper(source.file, encoding=encoding, newline="")
    try:
        yield text
    except UnicodeError as error:
        raise undecodable(encoding, error, where) from error
    finally:
        text.detach()

"""A file that is being read: its bytes, how a person wants it to be read, and what was noticed on the way."""

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from planner.base.errors import ImportFileError
from planner.base.language import tr
from planner.base.views import value_class
from planner.intake.files.limits import LARGEST_FILE, MOST_CELLS_OF_FILE
from planner.intake.files.values import Values
from planner.intake.proposed import Problem, Severity
from planner.intake.sheets import Place

# How many rows are read between two reports of progress.
STEP = 1000


class MacrosError(ImportFileError):
    """A file has macros, and nobody said that they are to be ignored."""


@value_class
class ReadOptions:
    """What a person says about how files are read.

    The encoding and the delimiter of text files are found out if they are None. A file with macros is refused, unless
    they are to be ignored.
    """

    encoding: str | None = None
    delimiter: str | None = None
    ignore_macros: bool = False


class InputFile:
    """An open file with its options. The readers of all kinds of files get one."""

    def __init__(
        self, path: Path, name: str, file: BinaryIO, options: ReadOptions, on_rows: Callable[[int], None]
    ) -> None:
        self.path = path
        self.name = name
        self.file = file
        self.options = options
        self.on_rows = on_rows
        self.problems: list[Problem] = []
        self.values = Values()
        self._cells = 0

    def take(self, cells: int) -> None:
        """Count cells that are read. Raises ImportFileError if all sheets of the file together have too many."""
        self._cells += cells
        if self._cells > MOST_CELLS_OF_FILE:
            raise self.error(
                tr("the tables of the file have more than {most:,} cells", most=MOST_CELLS_OF_FILE),
                tr("Delete what does not belong to the register, or divide the file"),
            )

    def content(self, largest: int = LARGEST_FILE) -> bytes:
        """Return all bytes of the file. Raises ImportFileError if there are more than `largest`."""
        self.file.seek(0)
        content = self.file.read(largest + 1)
        if len(content) > largest:
            raise self.too_large(largest)
        return content

    def too_large(self, largest: int) -> ImportFileError:
        """Return the error for a file, or an unpacked part of it, with more than `largest` bytes."""
        return self.error(
            tr("the file is too large: at most {largest:,} bytes are read", largest=largest),
            tr("Remove what does not belong to the register, or divide the file"),
        )

    def error(self, what: str, do: str) -> ImportFileError:
        """Return an error about the whole file."""
        return ImportFileError(what, where=str(self.path), do=do)

    def macros(self) -> None:
        """Note that the file has macros. Raises MacrosError unless they are to be ignored."""
        # docs/decisions/0132: nobody needs macros in a register, and a person should know of them before.
        if not self.options.ignore_macros:
            raise MacrosError(
                tr("this file has macros, which are programs in a document"),
                where=str(self.path),
                do=tr("Save it without macros (as XLSX, ODS or DOCX), or let only its cells be read"),
                by_field="ignore_macros",
            )
        self.remark(tr("the macros of this file were ignored; only its cells were read"), "")

    def remark(self, what: str, do: str, *, sheet: str = "", value: str = "") -> None:
        """Note something about the file that does not prevent the import."""
        self.problems.append(Problem(Severity.REMARK, Place(self.name, sheet), None, value, what, do))

    def fault(self, place: Place, value: str, what: str, do: str) -> None:
        """Note a cell whose value cannot be used. It prevents the import if the column of the cell is imported."""
        self.problems.append(Problem(Severity.ERROR, place, None, value, what, do))


def from_outside() -> tuple[str, str]:
    """Return what is wrong with a cell whose formula takes its value from another file, and what to do."""
    return tr("this cell takes its value from another file, which is not followed"), tr(
        "Replace the formula by its value"
    )

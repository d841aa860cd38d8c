"""How large a file to import may be. Anything larger is damaged, hostile, or not a register."""

from planner.base.errors import ImportFileError
from planner.base.language import tr

# In bytes. A register of 100,000 items with 15 columns has about 60 million as CSV and 10 million as a workbook.
LARGEST_FILE = 128 * 1024 * 1024
# An exported register as JSON, which is read row by row. One of 100,000 items with 300,000 milestones has 190 million.
LARGEST_REGISTER = 256 * 1024 * 1024
# What all parts of a packed file, a workbook or a Word file, say of their sizes.
LARGEST_PACKED = 1024 * 1024 * 1024
# The parts of a workbook that are read, unpacked and together.
LARGEST_UNPACKED = 256 * 1024 * 1024
# A part that is read as one tree, such as the text of a Word file, and a web page.
LARGEST_TREE = 32 * 1024 * 1024
# A part larger than this is not packed to less than one in so many bytes: sheets of registers are packed to one in 15.
LARGE_PART = 16 * 1024 * 1024
MOST_TIMES = 200
MOST_PARTS = 10_000
# A pasted list, in characters.
LONGEST_LIST = 4_000_000

# A document with more elements than this, and fewer texts than one in so many elements, has only empty cells and lines.
# A Word table of which half the cells are empty has a text in some 100 elements.
MANY_ELEMENTS = 200_000
ELEMENTS_FOR_A_TEXT = 500

# Of a text file, also those without a text. A spreadsheet has as many rows and writes no more.
MOST_LINES = 1_048_576
# Of one sheet. The cells are counted as the rectangle around all of them.
MOST_ROWS = 500_000
MOST_COLUMNS = 2_000
MOST_CELLS = 5_000_000
# Of all sheets of a file together.
MOST_CELLS_OF_FILE = 10_000_000
MOST_SHEETS = 200
MOST_MERGED = 200_000


def require_possible(rows: int, columns: int, where: str) -> None:
    """Raise ImportFileError if a sheet has too many rows, columns or cells. `where` names the file and the sheet."""
    if rows > MOST_ROWS:
        raise ImportFileError(
            tr("the table has {rows:,} rows; at most {most:,} are read", rows=rows, most=MOST_ROWS),
            where=where,
            do=tr("Delete the rows below the register, or divide the file"),
        )
    if columns > MOST_COLUMNS:
        raise ImportFileError(
            tr("the table has {columns:,} columns; at most {most:,} are read", columns=columns, most=MOST_COLUMNS),
            where=where,
            do=tr("Delete the columns to the right of the register"),
        )
    if rows * columns > MOST_CELLS:
        raise ImportFileError(
            tr(
                "the table covers {rows:,} rows and {columns:,} columns; at most {most:,} cells are read",
                rows=rows,
                columns=columns,
                most=MOST_CELLS,
            ),
            where=where,
            do=tr("Delete what is below and to the right of the register, or divide the file"),
        )


def require_text(elements: int, texts: int, where: str) -> None:
    """Raise ImportFileError for a document with very many elements and hardly any text, which would take long to read.

    `elements` and `texts` are how many there are, and `where` names the file.
    """
    if elements > MANY_ELEMENTS and texts * ELEMENTS_FOR_A_TEXT < elements:
        raise ImportFileError(
            tr("the document has very many empty cells or lines, and hardly any text"),
            where=where,
            do=tr("Copy the table into a new file, and import that file"),
        )

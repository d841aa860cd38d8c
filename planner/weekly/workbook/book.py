"""Write a week as a workbook: the brief, a cover, sections and charts. The same week always gives the same bytes."""

from collections.abc import Iterator
from datetime import UTC
from io import BytesIO
from typing import TYPE_CHECKING, Any

from planner.base.errors import MissingLibraryError
from planner.base.language import tr
from planner.weekly.brief.making import brief_of, has_brief
from planner.weekly.contents import WeeklyFile
from planner.weekly.reading import Instance
from planner.weekly.workbook import looks
from planner.weekly.workbook.brief_sheet import add_brief
from planner.weekly.workbook.chart_tables import chart_tables
from planner.weekly.workbook.charts import add_charts
from planner.weekly.workbook.cover import add_cover
from planner.weekly.workbook.looks import CellFormats
from planner.weekly.workbook.sheet import add_section
from planner.weekly.workbook.texts import cell_text

if TYPE_CHECKING:
    from xlsxwriter import Workbook

# With `in_memory`, the parts of the zip file get a fixed date, which keeps the bytes the same. The other options keep
# text as text, even if it looks like a number, a formula or a link.
OPTIONS = {
    "in_memory": True,
    "strings_to_numbers": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "default_row_height": looks.ROW_PIXELS,
}
PIECE = 1 << 16


def workbook_bytes(found: WeeklyFile) -> Iterator[bytes]:
    """Return the workbook in pieces of bytes.

    Raises MissingLibraryError at once if XlsxWriter is not installed, and BadValueError if a section has more rows than
    a sheet can hold.
    """
    maker = workbook_library()
    return _pieces(maker, found)


def workbook_library() -> Any:
    """Return the class that writes workbooks. Raises MissingLibraryError if XlsxWriter is not installed."""
    try:
        from xlsxwriter import Workbook
    except ModuleNotFoundError as error:
        raise MissingLibraryError(
            tr("a workbook needs XlsxWriter, which is not installed"),
            where="format",
            do=tr("Install planner[reports]"),
        ) from error
    return Workbook


def _pieces(maker: Any, found: WeeklyFile) -> Iterator[bytes]:
    made = BytesIO()
    # XlsxWriter changes the dict of the font, which would change the next workbook.
    with maker(made, {**OPTIONS, "default_format_properties": dict(looks.FONT)}) as book:
        _fill(book, found)
    content = made.getbuffer()
    for start in range(0, len(content), PIECE):
        yield bytes(content[start : start + PIECE])


def _fill(book: "Workbook", found: WeeklyFile) -> None:
    _properties(book, found.instance)
    formats = CellFormats(book)
    tables = chart_tables(found)
    if has_brief(found):
        add_brief(book, formats, brief_of(found))
    add_cover(book, formats, found, with_charts=bool(tables))
    for filled in found.sections:
        if filled.rows:
            add_section(book, formats, found.instance, filled)
    if tables:
        add_charts(book, formats, found.instance, tables)


def _properties(book: "Workbook", instance: Instance) -> None:
    """Set the document properties.

    The creation date is the known-at instant, so that the file has the same bytes whenever it is made.
    """
    book.set_properties(
        {
            "title": cell_text(f"{instance.title}, {instance.week}"),
            "subject": "Weekly progress file" + (" (simulated data)" if instance.plan.simulated else ""),
            "comments": instance.command("xlsx"),
            "created": instance.known_at.astimezone(UTC).replace(tzinfo=None, microsecond=0),
        }
    )

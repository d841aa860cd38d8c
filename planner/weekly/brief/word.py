"""The brief as a Word document (DOCX), which people edit and send on. The same brief always gives the same bytes."""

import zipfile
from collections.abc import Iterator
from datetime import UTC
from io import BytesIO
from typing import TYPE_CHECKING, Any

from planner.base.errors import MissingLibraryError
from planner.base.language import tr
from planner.base.visible_text import right_to_left
from planner.domain.symbols import MADE_UP, SYMBOLS
from planner.weekly.brief.model import Brief, BriefLine, BriefPart
from planner.weekly.brief.word_bars import add_bars

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

# The space between the two columns of the parts, in twentieths of a point.
_GUTTER = 340

# The first instant that a zip file can hold. The library would write the present instant.
_NO_DATE = (1980, 1, 1, 0, 0, 0)

_QUIET, _WARNING = "595959", "9C1C0F"


def word_bytes(brief: Brief) -> Iterator[bytes]:
    """Yield the document. Raises MissingLibraryError if python-docx is not installed."""
    document = word_library().Document()
    _set_up(document, brief)
    _fill(document, brief)
    made = BytesIO()
    document.save(made)
    yield _without_dates(made)


def word_library() -> Any:
    """Return the library that writes Word documents. Raises MissingLibraryError if it is not installed."""
    try:
        import docx
    except ImportError as error:
        raise MissingLibraryError(
            tr("a Word document needs python-docx, which is not installed"),
            where="format",
            do=tr("Install planner[reports]"),
        ) from error
    return docx


def _set_up(document: "Document", brief: Brief) -> None:
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(16)
    section.top_margin = section.bottom_margin = Mm(11)
    normal = document.styles["Normal"]
    normal.font.size = Pt(8)
    normal.paragraph_format.space_after = Pt(1)
    normal.paragraph_format.line_spacing = 1.0
    for name, size, before in (("Title", 16, 0), ("Heading 1", 12, 8), ("Heading 2", 10, 4)):
        style = document.styles[name]
        style.font.size, style.paragraph_format.space_before = Pt(size), Pt(before)
        style.paragraph_format.space_after = Pt(2)
    _properties(document, brief)
    _leave_out_thumbnail(document)


def _leave_out_thumbnail(document: "Document") -> None:
    """Remove the small picture of an empty page that the library's template has. Folders would show it as a preview."""
    relations = document.part.package.rels
    for name in [name for name, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        del relations[name]


def _properties(document: "Document", brief: Brief) -> None:
    """Set the document properties. Their dates are the known-at instant, so that the bytes stay the same."""
    properties, instance = document.core_properties, brief.instance
    instant = instance.known_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    properties.author = properties.last_modified_by = "planner"
    properties.title, properties.comments = f"{brief.title}, {instance.week}", brief.command("docx")
    properties.subject = "Weekly brief" + (" (simulated data)" if instance.plan.simulated else "")
    properties.created = properties.modified = instant
    properties.language = "en"


def _fill(document: "Document", brief: Brief) -> None:
    _write(document.add_paragraph(style="Title"), brief.title)
    document.add_paragraph(brief.heading)
    if brief.instance.plan.simulated:
        _write(document.add_paragraph(), f"SIMULATED. {MADE_UP}", bold=True, colour=_WARNING)
    document.add_heading("Where the plan stands", 1)
    _write(document.add_paragraph(), brief.sentence, bold=True)
    add_bars(document, [brief.plan])
    legend = "   ".join(f"{SYMBOLS[share.state][0]} {share.in_words}" for share in brief.plan.shares)
    _write(document.add_paragraph(), legend, colour=_QUIET)
    _begin_columns(document, 2)
    for part in brief.parts:
        _add_part(document, part)
    _begin_columns(document, 1)
    document.add_heading("Themes by state", 1)
    add_bars(document, brief.themes)
    if brief.themes_left_out:
        document.add_paragraph(f"and {brief.themes_left_out:,} more themes with less trouble")
    if brief.footnote:
        _write(document.add_paragraph(), brief.footnote, colour=_QUIET)
    _write(document.add_paragraph(), f"To make this brief again, use: {brief.command('docx')}", colour=_QUIET)


def _begin_columns(document: "Document", number: int) -> None:
    """Write what follows on the same page in columns beside each other. They hold as many lines as the PDF has."""
    from docx.enum.section import WD_SECTION
    from docx.oxml.ns import qn

    section = document.add_section(WD_SECTION.CONTINUOUS)
    columns = section._sectPr.find(qn("w:cols"))
    columns.set(qn("w:num"), str(number))
    columns.set(qn("w:space"), str(_GUTTER))


def _add_part(document: "Document", part: BriefPart) -> None:
    document.add_heading(part.title, 1)
    for one in part.lists:
        if one.total:
            document.add_heading(one.heading, 2)
        else:
            _write(document.add_paragraph(), one.heading, colour=_QUIET)
        for line in one.lines:
            _add_line(document, line)
        if one.more:
            _write(document.add_paragraph(), f"and {one.more:,} more", colour=_QUIET)


def _add_line(document: "Document", line: BriefLine) -> None:
    head = document.add_paragraph()
    head.paragraph_format.keep_with_next = True
    head.add_run(f"{SYMBOLS[line.mark][0]} {line.code} ".replace("  ", " "))
    _write(head, line.title, bold=True)
    _write(_indented(document), f"{line.fact} · {line.lead}" if line.lead else line.fact, colour=_QUIET)
    if line.quote:
        quote = _indented(document)
        _write(quote, line.quote)
        if right_to_left(line.quote):
            _from_right(quote)


def _indented(document: "Document") -> "Paragraph":
    from docx.shared import Mm

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.left_indent = Mm(5)
    return paragraph


def _write(paragraph: "Paragraph", text: str, *, bold: bool = False, colour: str | None = None) -> None:
    from docx.shared import RGBColor

    run = paragraph.add_run(text)
    run.bold = bold or None
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)
    if right_to_left(text):
        run.font.rtl = True


def _from_right(paragraph: "Paragraph") -> None:
    """Let a paragraph be written from right to left."""
    from docx.oxml import OxmlElement

    paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))


def _without_dates(made: BytesIO) -> bytes:
    """Return a zip file with the same parts, none of which has a date."""
    again = BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(again, "w") as new:
        for part in old.infolist():
            kept = zipfile.ZipInfo(part.filename, _NO_DATE)
            kept.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(kept, old.read(part))
    return again.getvalue()

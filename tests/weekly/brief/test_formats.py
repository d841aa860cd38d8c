"""Each format of the brief, opened and read as its readers do: everything is in it, once, and nothing is markup."""

import io
import sys
import unicodedata
import zipfile
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

import docx
import html5lib
import pypdf
import pytest
from docx.oxml.ns import qn
from markdown_it import MarkdownIt

from planner.base.errors import MissingLibraryError
from planner.domain.symbols import MADE_UP
from planner.weekly import typesetting
from planner.weekly.brief import pdf
from planner.weekly.brief.brief_formats import BriefFormat, brief_bytes
from planner.weekly.brief.model import Brief
from planner.weekly.brief.text import LINE
from planner.weekly.workbook.texts import width
from tests.effort import only_in_more
from tests.weekly.brief.briefs import ARABIC, CHINESE, HOSTILE, KOREAN, SIMULATED, brief_with, fullest, line
from tests.weekly.week import LATER

EVERY = list(BriefFormat)


def made(brief: Brief, form: BriefFormat) -> bytes:
    return b"".join(brief_bytes(brief, form))


def text_of(content: bytes, form: BriefFormat) -> str:
    """What a person reads in a file, as one line without the breaks between lines."""
    return " ".join(_READERS[form](content).split())


def _of_markdown(content: bytes) -> str:
    parsed = MarkdownIt("commonmark").enable("table").parse(content.decode())
    parts = (child for token in parsed for child in [token, *(token.children or [])] if not child.children)
    return "\n".join(part.content for part in parts if part.content)


def page(content: bytes) -> Element:
    root: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(content.decode())
    return root


def _of_page(content: bytes) -> str:
    return "\n".join("".join(element.itertext()) for element in page(content).iter("body"))


def _of_pdf(content: bytes) -> str:
    return "\n".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(content)).pages)


def _of_word(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


_READERS: dict[BriefFormat, Callable[[bytes], str]] = {
    BriefFormat.TEXT: bytes.decode,
    BriefFormat.MARKDOWN: _of_markdown,
    BriefFormat.HTML: _of_page,
    BriefFormat.PDF: _of_pdf,
    BriefFormat.WORD: _of_word,
}


@pytest.mark.parametrize("form", EVERY)
def test_every_format_has_everything_and_the_same_bytes_each_time(form: BriefFormat) -> None:
    brief = brief_with(line("Mend the quays", "Ice on the pier"), total=7)
    content = made(brief, form)
    assert content == made(brief, form)
    read = text_of(content, form).replace("WHERE", "Where").replace("THE PLAN STANDS", "the plan stands")
    parts = [part.title for part in brief.parts]
    for text in (brief.heading, brief.sentence, "T-001", "Mend the quays", "Ice on the pier", "Harbour Office"):
        assert text in read
    for text in ("Where the plan stands", *parts, "Items that got worse: 7", "and 6 more", "Nobody asks for help"):
        assert text.casefold() in read.replace("worse 7", "worse: 7").casefold()
    assert "1 Quays" in read
    again = brief.command("" if form is BriefFormat.TEXT else form)
    assert again.replace(" ", "") in read.replace(" ", "")
    assert "SIMULATED" not in read


@pytest.mark.parametrize("form", EVERY)
def test_simulated_data_is_labelled_in_every_format(form: BriefFormat) -> None:
    read = text_of(made(brief_with(instance=SIMULATED), form), form)
    assert "SIMULATED" in read
    assert MADE_UP in read


@pytest.mark.parametrize("form", EVERY)
def test_what_people_wrote_is_text_and_never_markup(form: BriefFormat) -> None:
    brief = brief_with(line(HOSTILE, HOSTILE, HOSTILE, code=HOSTILE))
    # A computer whose fonts lack ␇ shows the sign for a missing letter in the PDF. That is not what this test is about.
    read = text_of(made(brief, form), form).replace(f"{typesetting.NO_GLYPH}[U+202E]", "␇[U+202E]")
    shown = '<b>|*x*_ #eval("1") $y$ [z](u) `c` \\ @ref </script> - =1+1 ␇[U+202E]'
    assert read.replace(" ", "").count(shown.replace(" ", "")) >= 2
    assert [character for character in read if unicodedata.category(character) in ("Cc", "Cf")] == []


@pytest.mark.parametrize("form", [form for form in EVERY if form is not BriefFormat.PDF])
def test_texts_in_other_scripts_are_shown_as_they_are(form: BriefFormat) -> None:
    read = text_of(made(brief_with(line(CHINESE, ARABIC, KOREAN), line(ARABIC, CHINESE)), form), form)
    for text in (CHINESE, ARABIC, KOREAN):
        assert text in read


def test_the_lines_of_the_text_fit_into_a_mail_and_an_arabic_text_has_its_own() -> None:
    content = made(fullest(f"quays {CHINESE}"), BriefFormat.TEXT).decode()
    *lines, _command = content.splitlines()
    assert max(map(width, lines)) <= LINE
    lines = made(brief_with(line(ARABIC, ARABIC)), BriefFormat.TEXT).decode().splitlines()
    assert [one.strip() for one in lines if ARABIC in one] == [ARABIC, ARABIC]


def test_an_arabic_text_is_written_from_the_right() -> None:
    brief = brief_with(line("Quays", ARABIC))
    quotes = [one for one in page(made(brief, BriefFormat.HTML)).iter("p") if one.text == ARABIC]
    assert [one.get("dir") for one in quotes] == ["auto"]
    document = docx.Document(io.BytesIO(made(brief, BriefFormat.WORD)))
    (quote,) = [one for one in document.paragraphs if one.text == ARABIC]
    assert quote._p.pPr is not None
    assert "w:bidi" in quote._p.pPr.xml
    assert quote.runs[0].font.rtl


def test_a_word_document_shows_all_lines_of_the_brief_in_two_columns() -> None:
    lines = [line(f"Quay {number}", code=f"T-00{number}") for number in range(5)]
    document = docx.Document(io.BytesIO(made(brief_with(*lines, total=9), BriefFormat.WORD)))
    texts = [one.text for one in document.paragraphs]
    assert [one.title for one in lines if any(text.endswith(one.title) for text in texts)] == [
        one.title for one in lines
    ]
    assert "and 4 more" in texts
    columns = [section._sectPr.find(qn("w:cols")).get(qn("w:num")) for section in document.sections]
    assert columns == [None, "2", "1"]


def test_a_word_document_has_no_dates_but_the_known_instant_and_no_picture_of_another_page() -> None:
    content = made(brief_with(line("Mend the quays")), BriefFormat.WORD)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert [name for name in archive.namelist() if "thumbnail" in name] == []
    properties = docx.Document(io.BytesIO(content)).core_properties
    assert properties.created == properties.modified == LATER.replace(microsecond=0)


@pytest.mark.parametrize("words", [only_in_more("quays"), CHINESE])
def test_the_fullest_brief_has_at_most_two_pages(words: str) -> None:
    content, missing = pdf.made_pdf(fullest(words))
    reader = pypdf.PdfReader(io.BytesIO(content))
    assert len(reader.pages) == pdf.pages_of(content) == 2
    assert "and 218 more" in _of_pdf(content) or "more" in _of_pdf(content)
    assert missing == "" or set(missing) <= set(CHINESE)


def test_a_pdf_is_tagged_for_screen_readers_and_dated_as_known() -> None:
    reader = pypdf.PdfReader(io.BytesIO(made(brief_with(line("Mend the quays")), BriefFormat.PDF)))
    assert reader.metadata is not None
    assert reader.metadata.title == "Harbour Town work plan 2020, 2020-W14"
    marks: Any = reader.root_object["/MarkInfo"]
    assert marks["/Marked"]
    assert str(reader.root_object["/Lang"]) == "en"
    assert reader.xmp_metadata is not None
    assert b"pdfuaid" in reader.xmp_metadata.stream.get_data()


def test_letters_that_no_font_has_are_boxes_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "USE_FONTS_OF_MACHINE", False)
    content, missing = pdf.made_pdf(brief_with(line(f"Mend {KOREAN}", CHINESE, ARABIC)))
    # The library has a font with Arabic letters.
    assert set(missing) == set(f"{KOREAN}{CHINESE}") - {" "}
    read = text_of(content, BriefFormat.PDF)
    assert "□" in read
    assert "(CJK, Hangul)" in read
    assert typesetting.scripts_of(missing) == "CJK, Hangul"


@pytest.mark.parametrize(
    ("form", "library", "message"),
    [
        (BriefFormat.PDF, "typst", "PDFs and pictures need typst"),
        (BriefFormat.WORD, "docx", "a Word document needs python-docx"),
    ],
)
def test_a_missing_library_is_one_message(
    monkeypatch: pytest.MonkeyPatch, form: BriefFormat, library: str, message: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingLibraryError, match=rf"{message}, which is not installed\. Install planner\[reports\]"):
        made(brief_with(), form)

"""The whole text of Word files and of texts in older encodings."""

import zipfile
from pathlib import Path

import pytest

from planner.base.errors import ImportFileError
from planner.intake.files.whole_text import whole_text
from tests.intake.files.makers import write_docx

NUMBERING = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
    '<w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num>'
)
CHINESE = "第一条 负责码头的维修。\n第二条 负责港口的疏浚。\n"


def paragraph(text: str, *, numbered: bool = False) -> str:
    number = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr></w:pPr>' if numbered else ""
    return f"<w:p>{number}<w:r><w:t>{text}</w:t></w:r></w:p>"


def text_in(path: Path) -> str | None:
    return whole_text(path.read_bytes(), path)


def test_the_paragraphs_of_a_word_file_have_their_automatic_numbers(tmp_path: Path) -> None:
    cell = f"<w:tc>{paragraph('疏浚港池。', numbered=True)}</w:tc>"
    body = paragraph("职责") + paragraph("维修码头。", numbered=True) + f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>"
    path = write_docx(tmp_path / "duties.docx", body + paragraph("附则"), NUMBERING)
    assert text_in(path) == "职责\n一、 维修码头。\n二、 疏浚港池。\n附则"


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16-le"])
def test_a_text_in_an_older_encoding_is_read_in_it(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "duties.txt").write_bytes((CHINESE * 3).encode(encoding))
    assert text_in(tmp_path / "duties.txt") == CHINESE * 3


@pytest.mark.parametrize(
    "content",
    [
        CHINESE.encode(),
        CHINESE.encode("utf-8-sig"),
        CHINESE.encode("utf-16"),
        b"%PDF-1.7",
        b"",
        b"<html>1. \xff</html>",
    ],
)
def test_other_files_are_left_to_their_own_reader(tmp_path: Path, content: bytes) -> None:
    assert whole_text(content, tmp_path / "duties") is None


def test_what_is_no_word_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "duties.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("duties.txt", "1. Keeps the quays.")
    with pytest.raises(ImportFileError, match="this is a packed file, but not a Word file"):
        text_in(path)
    path.write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(ImportFileError, match="damaged"):
        text_in(path)
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with pytest.raises(ImportFileError, match="this is an old Word file"):
        text_in(path)

"""Tables in Word files and in saved web pages."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from planner.base.errors import ImportFileError
from planner.intake.sheets import Merged
from tests.intake import messy
from tests.intake.files.makers import read, values, write_docx


def word_cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def word_row(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def test_merged_cells_of_a_word_table(tmp_path: Path) -> None:
    table = (
        word_row(word_cell("No.", '<w:vMerge w:val="restart"/>'), word_cell("Offices", '<w:gridSpan w:val="2"/>'))
        + word_row(word_cell("", "<w:vMerge/>"), word_cell("Lead"), word_cell("Support"))
        + word_row(word_cell("1"), word_cell("Roads"), word_cell("Water"))
    )
    (sheet,) = read(write_docx(tmp_path / "plan.docx", f"<w:p/><w:tbl>{table}</w:tbl>")).sheets
    assert [row.values for row in sheet.rows] == [
        ("No.", "Offices"),
        (None, "Lead", "Support"),
        ("1", "Roads", "Water"),
    ]
    assert sheet.merged == (Merged(1, 1, 2, 1), Merged(1, 2, 1, 3))


def test_several_tables_of_a_word_file_have_their_titles_and_nested_ones_are_apart(tmp_path: Path) -> None:
    inner = f"<w:tbl>{word_row(word_cell('c'), word_cell('d')) * 2}</w:tbl>"
    cell = f"<w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p>{inner}<w:p/></w:tc>"
    outer = f"<w:tbl>{word_row(word_cell('a'), cell)}{word_row(word_cell('e'), word_cell('f'))}</w:tbl>"
    title = "<w:p><w:r><w:t>Plan of</w:t><w:br/><w:t>2027</w:t></w:r><w:del><w:r><w:t>6</w:t></w:r></w:del></w:p>"
    sheets = read(write_docx(tmp_path / "plan.docx", title + outer)).sheets
    assert [(sheet.name, [row.values for row in sheet.rows]) for sheet in sheets] == [
        ("table 1", [("Plan of\n2027",), ("a", "b"), ("e", "f")]),
        ("table 2", [("c", "d"), ("c", "d")]),
    ]
    assert [row.number for row in sheets[0].rows] == [0, 1, 2]


def numbered(depth: int, text: str) -> str:
    number = f'<w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="7"/></w:numPr></w:pPr>'
    return f"<w:p>{number}<w:r><w:t>{text}</w:t></w:r></w:p>"


def test_automatic_numbers_are_read(tmp_path: Path) -> None:
    levels = (("chineseCounting", "%1、"), ("decimal", "%1.%2"), ("bullet", "*"))
    kind = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (form, text) in enumerate(levels)
    )
    numbering = (
        f'<w:abstractNum w:abstractNumId="3">{kind}</w:abstractNum>'
        '<w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num>'
    )
    rows = [
        (0, "", "Roads"),
        (1, "", "Road"),
        (1, "", "Bridge"),
        (0, "Schools", "x"),
        (1, "", "Roof"),
        (2, "Tile", "x"),
    ]
    table = "".join(word_row(f"<w:tc>{numbered(depth, text)}</w:tc>", word_cell(title)) for depth, text, title in rows)
    path = write_docx(tmp_path / "plan.docx", f"<w:tbl>{table}</w:tbl>", numbering)
    assert [row[0] for row in values(path)] == ["一", "一.1", "一.2", "二、 Schools", "二.1", "Tile"]


PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>x</title>
<style>td {{color: red}}</style></head><body>
<table><tr><td><a href="/">首页</a></td><td>公开</td></tr></table><script>var x = "<td>";</script>
<h1>任务&nbsp;表</h1><p style="display:none">隐藏<br><img><i>不显示</i></p>
<table><tr><th rowspan=2>序号<th colspan=2>单位</tr><tr><th>牵头<th>配合</tr>
<tr><td>1<td>交通局<br>住建局<td><p>甲</p><p>乙</p></table></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "utf-16"])
def test_a_saved_page_is_read_whatever_it_is_called(tmp_path: Path, charset: str) -> None:
    path = tmp_path / "plan.xls"
    path.write_bytes(PAGE.format(charset=charset).encode(charset))
    (sheet,) = read(path).sheets
    assert [(row.number, row.values) for row in sheet.rows] == [
        (0, ("任务\u00a0表",)),
        (1, ("序号", "单位")),
        (2, (None, "牵头", "配合")),
        (3, ("1", "交通局\n住建局", "甲\n乙")),
    ]
    assert sheet.merged == (Merged(1, 1, 2, 1), Merged(1, 2, 1, 3))


def test_a_page_saved_as_one_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "plan.mht"
    page = "<table><tr><td>=E4=BB=BB<td>b<tr><td>c<td>d</table>"
    path.write_text(
        "From: <Saved by a browser>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n"
        f"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n<html>{page}\n--x--\n"
    )
    assert values(path) == [("任", "b"), ("c", "d")]


@pytest.mark.parametrize("kind", ["docx", "html"])
def test_the_messy_register_is_read_alike_from_both(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"plan.{kind}"
    (messy.write_word if kind == "docx" else messy.write_page)(path)
    (sheet,) = read(path).sheets
    assert [row.values for row in sheet.rows[:3]] == [
        (messy.TITLE,),
        ("序号", "重点任务", "牵头单位", "配合单位", "完成时限"),
        (messy.ROADS,),
    ]
    assert sheet.merged[0] == Merged(2, 1, 2, 5)
    assert len(sheet.rows) == 2 + len(messy.ENTRIES) + 3


def struck_row(title: str, struck: str, mark: str) -> str:
    run = f'<w:r><w:rPr><w:strike w:val="{mark}"/></w:rPr><w:t>{struck}</w:t></w:r>'
    rest = f"<w:r><w:t>{title}</w:t></w:r>"
    return f"<w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc><w:tc><w:p>{run}{rest}</w:p></w:tc></w:tr>"


@pytest.mark.parametrize("kind", ["docx", "html"])
def test_text_that_is_struck_through_is_noted(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"plan.{kind}"
    if kind == "docx":
        rows = struck_row("", "old", "1") + struck_row("new", "old ", "true") + struck_row("new", "kept ", "0")
        write_docx(path, f"<w:tbl>{rows}</w:tbl>")
    else:
        rows = "".join(
            f"<tr><td>1</td><td>{cell}</td></tr>"
            for cell in ("<p><s>old</s></p>", '<span style="text-decoration: line-through">old</span> new', "kept new")
        )
        path.write_text(f"<meta charset=utf-8><table>{rows}</table>", encoding="utf-8")
    found = read(path)
    assert [row.values[1] for row in found.sheets[0].rows] == ["old", "old new", "kept new"]
    assert found.sheets[0].struck == {(1, 2)}
    assert [one.value for one in found.problems] == ["old new"]


def test_a_mail_with_an_attachment_says_that_the_attachment_is_meant(tmp_path):
    mail = EmailMessage()
    mail["Subject"], mail["From"] = "Status sheet", "officer@harbour.example"
    mail.set_content("Here it is.")
    mail.add_alternative("<table><tr><td>1</td></tr></table>", subtype="html")
    mail.add_attachment(b"PK", maintype="application", subtype="octet-stream", filename="sheet.xlsx")
    file = tmp_path / "mail.eml"
    file.write_bytes(bytes(mail))
    with pytest.raises(ImportFileError, match="this is a mail with attachments"):
        read(file)

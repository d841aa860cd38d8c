"""The register of an invented city, 青岚市, as its office might keep it: one messy workbook and other files.

`ENTRIES` says what the office means. The functions write it the way such files look: a title above the header, a header
in two rows with merged cells, section rows, blank rows and columns, dates as people write them, full-width digits,
totals and notes below, and a second sheet.
"""

from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path

import docx
import xlsxwriter

YEAR = 2027
TITLE = "青岚市2027年度重点工作任务分解表"
NOTE = "注：本表按月报送进展；牵头单位负责汇总。"


@dataclass(frozen=True)
class Entry:
    """One item: how the file writes it, and what it means."""

    code: str
    title: str
    section: str
    lead: str
    supporting: str
    due_text: str
    due: date | None
    means_supporting: tuple[str, ...] = ()


ROADS, SCHOOLS, RIVER = "一、交通建设", "二、教育提升", "三、水环境治理"

ENTRIES = (
    Entry(
        "1",
        "建成北环路二期主线工程",
        ROADS,
        "市交通局",
        "市住建局、北岭区政府",
        "2027年6月底前",
        date(2027, 6, 30),
        ("市住建局", "北岭区政府"),
    ),
    Entry("2", "更新老旧公交车120辆", ROADS, "市交通局", "市财政局", "9月30日", date(2027, 9, 30), ("市财政局",)),
    Entry("3", "完成5座桥梁安全检测", ROADS, "市住建局", "", "上半年", date(2027, 6, 30)),
    Entry(
        "4",
        "开通夜间公交线路3条",
        ROADS,
        "市交通局",
        "市公安局；市城管局",
        "第三季度",
        date(2027, 9, 30),
        ("市公安局", "市城管局"),
    ),
    Entry("5", "新建改扩建幼儿园８所", SCHOOLS, "市教育局", "各区政府", "2027.8", date(2027, 8, 31), ("各区政府",)),
    Entry("6", "为全部乡镇学校配备校医", SCHOOLS, "市卫健委", "市教育局", "年底前", date(2027, 12, 31), ("市教育局",)),
    Entry("7", "课后服务覆盖率达到95%", SCHOOLS, "市教育局", "", "２０２７年１２月", date(2027, 12, 31)),
    Entry(
        "8",
        "完成青岚河12公里清淤",
        RIVER,
        "市水务局",
        "市生态环境局/北岭区政府",
        "2027/10/31",
        date(2027, 10, 31),
        ("市生态环境局", "北岭区政府"),
    ),
    Entry("9", "新建污水泵站2座", RIVER, "市水务局", "市住建局", "11月底", date(2027, 11, 30), ("市住建局",)),
    Entry(
        "10", "建立河道水质月度公报", RIVER, "市生态环境局", "市水务局", "第一季度", date(2027, 3, 31), ("市水务局",)
    ),
)


def write_workbook(path: Path, *, duplicate: bool = False, unsure: bool = False) -> Path:
    """Write the messy workbook.

    With `duplicate`, the code 4 is given twice, which an import must refuse. With `unsure`, the due date of the third
    item can mean two days, about which an import must ask.
    """
    with xlsxwriter.Workbook(str(path)) as book:
        merged = book.add_format({"bold": True, "align": "center"})
        days = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("任务表")
        sheet.merge_range(0, 1, 0, 7, TITLE, merged)
        sheet.write(1, 1, "填报日期：2027年1月15日")
        sheet.merge_range(3, 1, 4, 1, "序号", merged)
        sheet.merge_range(3, 2, 4, 2, "重点任务", merged)
        sheet.merge_range(3, 3, 3, 4, "责任单位", merged)
        sheet.write(4, 3, "牵头单位", merged)
        sheet.write(4, 4, "配合单位", merged)
        sheet.merge_range(3, 6, 4, 6, "完成时限", merged)
        row = 5
        section = ""
        for entry in ENTRIES:
            if entry.section != section:
                section = entry.section
                sheet.merge_range(row, 1, row, 6, section, merged)
                row += 1
            code = "4" if duplicate and entry.code == "5" else entry.code
            sheet.write_number(row, 1, int(code))
            sheet.write(row, 2, entry.title)
            sheet.write(row, 3, entry.lead)
            sheet.write(row, 4, entry.supporting or None)
            if entry.due_text == "2027/10/31" and entry.due:
                sheet.write_datetime(row, 6, entry.due, days)
            else:
                sheet.write(row, 6, "6月前" if unsure and entry.code == "3" else entry.due_text)
            row += 2 if entry.code == "6" else 1
        sheet.write(row, 1, "合计")
        sheet.write(row, 2, f"{len(ENTRIES)}项")
        sheet.merge_range(row + 2, 1, row + 2, 6, NOTE)
        other = book.add_worksheet("填表说明")
        other.write(0, 0, "一、各单位每月25日前报送。")
        other.write(1, 0, "二、联系人：市政府督查室。")
    return path


def _rows() -> list[tuple[str, ...]]:
    """The rows of a plain table, with a row for each section."""
    rows: list[tuple[str, ...]] = [("序号", "重点任务", "牵头单位", "配合单位", "完成时限")]
    section = ""
    for entry in ENTRIES:
        if entry.section != section:
            section = entry.section
            rows.append((section, "", "", "", ""))
        rows.append((entry.code, entry.title, entry.lead, entry.supporting, entry.due_text))
    return rows


def write_csv(path: Path) -> Path:
    """Write the register as a CSV file in GB18030, as a Chinese spreadsheet program saves it."""
    lines = (",".join(f'"{value}"' if "," in value else value for value in row) for row in _rows())
    path.write_bytes("\r\n".join((TITLE, *lines, NOTE, "")).encode("gb18030"))
    return path


def write_word(path: Path) -> Path:
    """Write the register as a table in a Word file. Section rows are merged across."""
    document = docx.Document()
    document.add_heading(TITLE, 1)
    rows = _rows()
    table = document.add_table(rows=len(rows), cols=5)
    for number, row in enumerate(rows):
        cells = table.rows[number].cells
        if row[1:] == ("", "", "", ""):
            cells[0].merge(cells[4]).text = row[0]
            continue
        for cell, value in zip(cells, row, strict=True):
            cell.text = value
    document.add_paragraph(NOTE)
    document.save(str(path))
    return path


def write_page(path: Path) -> Path:
    """Write the register as a saved web page. Its navigation is a table too, as on many old sites."""
    body = []
    for row in _rows():
        if row[1:] == ("", "", "", ""):
            body.append(f'<tr><td colspan="5"><b>{escape(row[0])}</b></td></tr>')
        else:
            body.append("<tr>" + "".join(f"<td>{escape(value)}</td>" for value in row) + "</tr>")
    page = (
        '<html><head><meta charset="utf-8"><title>青岚市人民政府</title></head><body>'
        "<table><tr><td><a href='/'>首页</a></td><td>政务公开</td></tr></table>"
        f"<h1>{TITLE}</h1><table>{''.join(body)}</table><p>{NOTE}</p></body></html>"
    )
    path.write_text(page, encoding="utf-8")
    return path

"""Lists that people paste: numbered entries with labels."""

from pathlib import Path

import docx
import pytest

from planner.intake.sheets import Value
from tests.intake.files.makers import read, values

LIST = """2027 年重点任务
填报单位：市政府
一、交通
1. 修建北环路
牵头单位：市交通局
配合单位：市财政局、市住建局
2．更新公交车120辆（责任单位：市交通局；完成时限：6月底前）
二、教育
3、新建幼儿园：
措施：
（1）选址
（2）开工
牵头单位：市教育局  配合单位：各区
"""
ROWS: list[tuple[Value, ...]] = [
    ("2027 年重点任务",),
    ("填报单位：市政府",),
    ("number", "title", "牵头单位", "配合单位", "完成时限", "措施"),
    ("一、交通",),
    ("1", "修建北环路", "市交通局", "市财政局、市住建局", None, None),
    ("2", "更新公交车120辆", "责任单位：市交通局", None, "6月底前", None),
    ("二、教育",),
    ("3", "新建幼儿园：", "市教育局", "各区", None, "（1）选址\n（2）开工"),
]


def test_a_list_becomes_rows_with_a_column_per_label(tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    file.write_text(LIST)
    (sheet,) = read(file).sheets
    assert [row.values for row in sheet.rows] == ROWS
    assert [row.number for row in sheet.rows] == [1, 2, 0, 3, 4, 7, 8, 9]


@pytest.mark.parametrize("kind", ["docx", "html"])
def test_a_document_without_a_table_is_read_as_a_list(tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"plan.{kind}"
    if kind == "docx":
        document = docx.Document()
        for line in LIST.splitlines():
            document.add_paragraph(line)
        document.save(str(file))
    else:
        file.write_text(f"<html><body>{''.join(f'<p>{line}</p>' for line in LIST.splitlines())}</body></html>")
    assert values(file) == ROWS


@pytest.mark.parametrize(
    ("first", "second", "numbers"),
    [
        ("第39项 修路", "第40项 修桥", ("第39项", "第40项")),
        ("① Road", "② Bridge", ("①", "②")),
        ("(1) Road", "(2) Bridge", ("(1)", "(2)")),
        ("（一）修路", "（二）修桥", ("（一）", "（二）")),
        ("KP-7: Road", "KP-8: Bridge", ("KP-7", "KP-8")),
        ("**2.1.3** Road", "**2.1.4** Bridge", ("2.1.3", "2.1.4")),
        ("제3호 도로", "제4호 하천", ("제3호", "제4호")),
        ("가. 도로", "나. 하천", ("가", "나")),
    ],
)
def test_entries_are_numbered_in_many_ways(tmp_path: Path, first: str, second: str, numbers: tuple[str, str]) -> None:
    file = tmp_path / "plan"
    file.write_text(f"{first}\nLead: Roads\n\n{second}\nLead: Water\n")
    head, *entries = values(file)
    assert head == ("code" if numbers[0] in ("第39项", "KP-7", "2.1.3", "제3호") else "number", "title", "Lead")
    assert tuple(row[0] for row in entries) == numbers
    assert [row[2] for row in entries] == ["Roads", "Water"]


def test_numbers_that_begin_again_in_each_section_are_no_codes(tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    file.write_text("一、甲\n1. 修路\n责任单位：A\n二、乙\n1. 修桥\n责任单位：B\n")
    assert values(file)[0][0] == "number"


def test_a_table_of_numbered_rows_is_no_list(tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    file.write_text("1.\tRoad\tRoads\n2.\tBridge\tWater\n")
    assert values(file) == [("1.", "Road", "Roads"), ("2.", "Bridge", "Water")]


def test_labels_that_mean_the_same_field_are_one_column_if_no_entry_has_both(tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    file.write_text("1. 修路\n牵头单位：甲局\n2. 架桥\n牵头：乙局\n备注：急\n说明：已批\n")
    assert values(file) == [
        ("number", "title", "牵头单位", "备注", "说明"),
        ("1", "修路", "甲局", None, None),
        ("2", "架桥", "乙局", "急", "已批"),
    ]


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("牵头单位：市教委 责任单位：市财政局", {"牵头单位": "市教委", "责任单位": "市财政局"}),
        ("牵头单位：市教委　完成时限：6月底", {"牵头单位": "市教委", "完成时限": "6月底"}),
        ("责任单位：市住建局 配合单位：市财政局", {"责任单位": "市住建局", "配合单位": "市财政局"}),
        ("주관부서: 교통과 협조부서: 재정과", {"주관부서": "교통과", "협조부서": "재정과"}),
        ("Lead: Office of Roads Supported by: Water", {"Lead": "Office of Roads", "Supported by": "Water"}),
        ("Note: the lead: Roads", {"Note": "the lead: Roads"}),
        ("牵头单位：市教委 口号：快", {"牵头单位": "市教委 口号：快"}),
    ],
)
def test_a_name_of_a_column_is_a_label_after_one_blank(tmp_path: Path, line: str, cells: dict[str, str]) -> None:
    file = tmp_path / "plan.txt"
    file.write_text(f"1. 修桥\n{line}\n2. 修路\n{line}\n")
    head, *entries = values(file)
    assert head == ("number", "title", *cells)
    assert [entry[2:] for entry in entries] == [tuple(cells.values())] * 2


def test_a_chinese_name_of_a_column_is_a_label_after_a_title_and_one_blank(tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    titles = "Choose for all roads in the north the lead: soon", "Choose for all roads in the south the lead: late"
    file.write_text(f"1. 修桥 牵头单位：甲局\n2. 修路 牵头单位：乙局\n3. {titles[0]}\n4. {titles[1]}\n")
    assert values(file) == [
        ("number", "title", "牵头单位"),
        ("1", "修桥", "甲局"),
        ("2", "修路", "乙局"),
        ("3", titles[0], None),
        ("4", titles[1], None),
    ]


def test_a_responsible_unit_leads_the_entries_that_name_no_other_lead(tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    file.write_text(
        "1. 修桥\n牵头单位：甲局\n责任单位：乙局\n2. 修路\n责任单位：丙局\n配合单位：丁局\n3. 修渠\n配合单位：丁局\n"
    )
    assert values(file) == [
        ("number", "title", "牵头单位", "责任单位", "配合单位"),
        ("1", "修桥", "甲局", "乙局", None),
        ("2", "修路", "责任单位：丙局", None, "丁局"),
        ("3", "修渠", None, None, "丁局"),
    ]
    only = tmp_path / "only.txt"
    only.write_text("1. 修桥\n责任单位：乙局\n配合单位：丁局\n2. 修路\n责任单位：丙局\n")
    assert values(only)[1:] == [("1", "修桥", "乙局", "丁局"), ("2", "修路", "丙局", None)]

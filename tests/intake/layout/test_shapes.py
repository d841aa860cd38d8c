"""Sheets of many shapes: headings in several rows and languages, sections, notes, repeated headings, several tables."""

from datetime import date

import pytest

from planner.intake.proposed import Field, Severity
from planner.intake.sheets import Merged, Value
from tests.intake.layout.written import PLAN, problems, proposed, sheet_of, sheet_of_rows, value, values

C, T, L, S, D = Field.CODE, Field.TITLE, Field.LEAD, Field.SUPPORTING, Field.DUE
DATE = Field.DATE


@pytest.mark.parametrize(
    "headings",
    [
        "No.|Task|Lead organisation|Supporting|Deadline",
        "序号|任务内容|牵头单位|配合单位|完成时限",
        "序 号|重点任务\\n（共2项）|责任单位（全称）|协办单位|完成时间：",
        "序號|工作任務|牽頭單位|協辦單位|完成時間",
        "연번|과제명|주관부서|협조부서|추진일정",
        "番号|実施項目|担当課|関係課|期限",
        "ＮＯ．|Ｔａｓｋｓ|LEAD ORGANIZATION|1. Partners|Target date *",
        "code|title|lead|supporting|due",
    ],
)
def test_headings_are_known_in_four_languages_and_with_decorations(headings):
    register = proposed(f"{headings}\n1|Alpha|甲局|乙局、丙局|2027-06-30\n2|Beta|乙局||6月")
    assert values(register, C, T, L, S, D) == [
        ("1", "Alpha", "甲局", ("乙局", "丙局"), date(2027, 6, 30)),
        ("2", "Beta", "乙局", None, date(2027, 6, 30)),
    ]
    assert problems(register) == []


@pytest.mark.parametrize(
    "headings",
    [
        "name|e-mail",
        "单位名称|邮箱",
        "기관명|이메일",
        "組織名|メールアドレス",
        "Name|E-Mail",
        "الاسم|البريد الإلكتروني",
    ],
)
def test_tables_of_organisations_and_people_have_mail_addresses(headings):
    for name, of in (("organisations", "organisations"), ("people", "people")):
        register = proposed("code|title\n1|Alpha", sheet_of(f"{headings}\nTides|t@tides.example\nParks|-", name))
        rows = getattr(register, of)
        found = [(value(one, Field.NAME), value(one, Field.MAIL_ADDRESS)) for one in rows]
        assert found == [("Tides", "t@tides.example"), ("Parks", None)]
        assert problems(register) == []


@pytest.mark.parametrize("heading", ["E-Mail", "email", "邮箱", "电子邮件", "이메일", "メール", "البريد الإلكتروني"])
def test_a_column_of_mail_addresses_beside_items_is_left_out_without_a_question(heading):
    register = proposed(f"编号|任务|牵头单位|{heading}\nA1|修路|甲局|a@b.example\nA2|种树|乙局|c@d.example")
    assert values(register, C, T, L) == [("A1", "修路", "甲局"), ("A2", "种树", "乙局")]
    assert [(column.field, column.is_open) for column in register.layouts[0].columns][3] == (None, False)
    assert problems(register) == [("remark", "plan.csv!D1")]


def test_headings_in_two_rows_without_merged_cells():
    register = proposed("编号|任务|责任单位||完成时限\n||牵头单位|配合单位|\nA1|修路|甲局|乙局|6月")
    assert values(register, C, T, L, S) == [("A1", "修路", "甲局", ("乙局",))]
    assert [column.heading for column in register.layouts[0].columns][2:4] == [
        "责任单位 / 牵头单位",
        "责任单位 / 配合单位",
    ]


def test_headings_in_two_rows_without_merged_cells_may_have_one_that_only_the_row_above_explains():
    register = proposed("编号|任务|责任|||备注\n||牵头单位|配合单位|专班|\nA1|修路|甲局|乙局|路办|续建")
    assert values(register, C, T, L, S, Field.NOTE) == [("A1", "修路", "甲局", ("乙局",), "续建")]
    assert [column.heading for column in register.layouts[0].columns][4:] == ["责任 / 专班", "备注"]


def test_a_person_below_the_heading_of_organisations_is_not_one_of_them():
    register = proposed("编号|任务|责任单位||\n||牵头单位|配合单位|联系人\nA1|修路|甲局|乙局|王建国")
    assert values(register, C, L, S, Field.ACCOUNTABLE) == [("A1", "甲局", ("乙局",), "王建国")]


def test_sections_become_nested_themes():
    register = proposed("""
编号|任务|牵头单位
一、经济
（一）商业
1|建市场|甲局
（二）工业
2|建厂房|甲局
二、水务（1项）
3|清河道|乙局
""")
    assert values(register, C, Field.THEME) == [
        ("1", ("经济", "商业")),
        ("2", ("经济", "工业")),
        ("3", ("水务",)),
    ]
    themes = [[given.value for given in theme.facts.values()] for theme in register.themes]
    assert themes == [
        ["经济", "一"],
        ["商业", "（一）", ("经济",)],
        ["工业", "（二）", ("经济",)],
        ["水务", "二"],
    ]


@pytest.mark.parametrize(
    ("line", "label", "title"),
    [
        ("Ⅰ. Economy||", "Ⅰ", "Economy"),
        ("1. Economy||", "1", "Economy"),
        ("第一章 经济||", "第一章", "经济"),
        ("Part 1: Economy||", "Part 1", "Economy"),
        ("一|经济|", "一", "经济"),
        ("|Economy|", None, "Economy"),
        ("가. 경제||", "가", "경제"),
    ],
)
def test_a_section_has_its_number_as_label(line, label, title):
    register = proposed(f"编号|任务|牵头单位\n{line}\n1|修路|甲局\n2|架桥|乙局")
    assert values(register, Field.THEME) == [((title,),), ((title,),)]
    given = register.themes[0].facts.get(Field.LABEL)
    assert (given.value if given else None) == label


def test_a_section_can_name_the_lead_of_its_rows():
    register = proposed(
        "编号|任务|时限\n一、交通\n牵头单位：甲局、乙局\n1|修路|6月\n2|架桥|7月\n主办单位：丙局\n3|建校|8月\n二、教育\n4|扩校|9月"
    )
    assert values(register, L, S, Field.THEME) == [
        ("甲局", ("乙局",), ("交通",)),
        ("甲局", ("乙局",), ("交通",)),
        ("丙局", None, ("交通",)),
        (None, None, ("教育",)),
    ]
    assert register.items[0].facts[L].inferred == "row 3 above says so"


def test_a_column_of_themes_is_filled_down_and_says_so():
    register = proposed("类别|任务|单位\n交通|修路|甲局\n|架桥|乙局\n教育|建校|丙局")
    assert values(register, Field.THEME) == [(("交通",),), (("交通",),), (("教育",),)]
    assert [bool(item.facts[Field.THEME].inferred) for item in register.items] == [False, True, False]
    # Nothing is filled down over a section.
    register = proposed("类别|任务|单位\n交通|修路|甲局\n一、其他||\n|建校|丙局")
    assert values(register, Field.THEME) == [(("交通",),), (("其他",),)]


def test_only_merged_cells_of_other_columns_are_filled_down():
    rows = "任务|牵头单位|完成时限\n修路|甲局|6月\n架桥||7月\n建校||8月"
    merged = (Merged(2, 2, 3, 2),)
    register = proposed(sheet_of(rows, merged=merged))
    assert values(register, L) == [("甲局",), ("甲局",), (None,)]
    assert register.items[1].facts[L].inferred == "the cell is merged with that of row 2"


def test_an_item_over_several_merged_rows_has_the_milestones_of_all():
    rows = "编号|任务|节点|完成时限|责任单位\n1|修路|立项|3月|甲局\n||开工|6月|乙局\n2|架桥|完工|9月|甲局"
    merged = (Merged(2, 1, 3, 1), Merged(2, 2, 3, 2))
    register = proposed(sheet_of(rows, merged=merged))
    assert values(register, C, D, L, S) == [
        ("1", date(2027, 6, 30), "甲局", ("乙局",)),
        ("2", date(2027, 9, 30), "甲局", None),
    ]
    milestones = [
        [(one.facts[T].value, str(one.facts[Field.DATE].value)) for one in register.items[0].milestones or []]
    ]
    assert milestones == [[("立项", "2027-03-31"), ("开工", "2027-06-30")]]


def test_columns_of_quarters_become_milestones():
    register = proposed("任务|单位|一季度|二季度\n建馆|甲局|选址|开工\n修路|乙局||完工")
    milestones = [
        [
            (one.facts[Field.NUMBER].value, one.facts[T].value, str(one.facts[Field.DATE].value))
            for one in item.milestones or []
        ]
        for item in register.items
    ]
    assert milestones == [[(1, "选址", "2027-03-31"), (2, "开工", "2027-06-30")], [(1, "完工", "2027-06-30")]]


def test_headings_printed_again_totals_and_notes_are_no_items():
    register = proposed("""
编号|任务|单位
1|修路|甲局
小计|1
编号|任务|单位
2|架桥|乙局
合计|2项
注：按月报送
2. 不得漏报
填表人：张三
""")
    assert values(register, C) == [("1",), ("2",)]
    assert {name: given.value for (_, name), given in register.totals.items()} == {"items": 2}
    assert [(place.row, reason) for place, reason in register.ignored] == [
        (1, "the headings of the table"),
        (3, "a row of subtotals"),
        (4, "headings printed again"),
        (6, "a row of totals"),
        (7, "a note"),
        (8, "a note"),
        (9, "a note"),
    ]


@pytest.mark.parametrize(
    "row",
    [
        "填表人：李四|审核人：王五|日期：2027.1.5|",
        "填表人：王五||联系电话：010-1234|",
        "|制表：李四|日期：1月|",
        "Prepared by: A. Smith|Approved by: B. Jones|Date: 5 May|",
        "Prepared by:|A. Smith|Date:|2027-05-05",
        "작성자: 김철수|확인자: 이영희||",
    ],
)
def test_a_row_of_signatures_is_a_note(row):
    register = proposed(f"编号|任务|单位|时限\n1|修路|甲局|6月\n2|架桥|乙局|7月\n{row}")
    assert values(register, C) == [("1",), ("2",)]
    assert (register.ignored[-1][0].row, register.ignored[-1][1]) == (4, "a note")
    assert problems(register) == []


@pytest.mark.parametrize(
    "row",
    [
        "계|2건||",
        "계;2건",
        "계|2건",
        "계",
        "计|2项||",
        "计|2项",
        "合  计：2项",
        "|合  计：2项||",
        "Total actions|2",
        "Total number of tasks||2|",
    ],
)
@pytest.mark.parametrize("end", ["", "\n填表人：李四|审核人：王五||"])
def test_a_row_of_totals_is_no_item_and_no_theme(row, end):
    register = proposed(f"编号|任务|单位|时限\n1|修路|甲局|6月\n2|架桥|乙局|7月\n{row.replace(';', '|')}{end}")
    assert values(register, C) == [("1",), ("2",)]
    assert register.themes == []
    assert [reason for place, reason in register.ignored if place.row == 4] == ["a row of totals"]
    assert [given.value for given in register.totals.values()] == ([2] if "2" in row else [])


def test_totals_can_be_stated_by_kind_and_in_titles():
    plan = type(PLAN)(PLAN.starts, PLAN.ends, kinds={"任务": "task", "重点项目": "project"})
    register = proposed("任务2项，重点项目1项，共3项\n编号|任务|单位\n1|修路|甲局\n2|架桥|乙局", plan=plan)
    assert {name: given.value for (_, name), given in register.totals.items()} == {"task": 2, "project": 1, "items": 3}


def test_a_section_that_states_another_number_of_items_than_it_has_is_remarked():
    register = proposed(
        "编号|任务|单位\n一、产业（3项）||\n（一）园区（1项）||\n1|修路|甲局\n（二）厂房（1项）||\n2|架桥|乙局\n二、民生（共1项）||\n3|植树|乙局"
    )
    said = [(str(one.place), one.what) for one in register.problems if "section" in one.what]
    assert said == [("plan.csv!A2", "this section states 3 items, but has 2 of them")]
    assert values(register, Field.THEME)[0] == (("产业", "园区"),)


def test_a_column_of_starts_and_a_total_in_other_words():
    register = proposed("Task|Start|End\nBuild|Jan 2027|Jun 2027\nPlant|Q3|Q4\nTotal commitments: 2")
    assert values(register, Field.START, D) == [
        (date(2027, 1, 1), date(2027, 6, 30)),
        (date(2027, 7, 1), date(2027, 12, 31)),
    ]
    assert [given.value for given in register.totals.values()] == [2]


def test_two_tables_in_one_sheet_and_several_sheets_are_one_register():
    first = "编号|任务|单位\nA1|修路|甲局\n\n责任人|完成时限|工作任务\n张三|6月|架桥"
    register = proposed(sheet_of(first, "甲"), sheet_of("编号|任务|单位\nB1|建校|乙局", "乙"))
    assert values(register, T) == [("修路",), ("架桥",), ("建校",)]
    assert [layout.place.row for layout in register.layouts] == [1, 4, 1]


def test_a_list_of_titles_takes_the_numbers_for_codes():
    register = proposed("重点工作\n一、交通\n1. 修路\n2. 架桥\n二、教育\n3. 建校")
    assert values(register, C, T, Field.THEME) == [
        ("1", "修路", ("交通",)),
        ("2", "架桥", ("交通",)),
        ("3", "建校", ("教育",)),
    ]
    assert register.items[0].facts[C].inferred
    assert values(proposed("重点工作\n一、修路\n二、架桥"), C, T) == [("一", "修路"), ("二", "架桥")]


@pytest.mark.parametrize(("first", "second"), ["12", "١٢", "१२", "１２"])
def test_numbers_that_begin_again_are_no_codes(first: str, second: str):
    rows = f"一、交通\n{first}|修路|甲局\n{second}|架桥|甲局\n二、教育\n{first}|建校|乙局"
    register = proposed(f"序号|任务|单位\n{rows}")
    assert values(register, C) == [(None,), (None,), (None,)]
    assert problems(register) == [("remark", "plan.csv!A6 code")]


def test_a_code_given_twice_is_an_error_that_names_both_places():
    register = proposed("编号|任务|单位\nT-1|修路|甲局\nT-001|架桥|甲局\nT-2|建校|乙局")
    (problem,) = register.problems
    assert (problem.severity, str(problem.place), problem.value) == (Severity.ERROR, "plan.csv!A3", "T-001")
    assert "plan.csv!A2" in problem.what


def test_a_code_that_lost_its_last_zero_is_an_error_that_says_so():
    rows: list[tuple[Value, ...]] = [
        ("编号", "任务", "单位"),
        (1.1, "修路", "甲局"),
        (1.9, "架桥", "甲局"),
        (1.1, "建校", "乙局"),
    ]
    (problem,) = proposed(sheet_of_rows(rows)).problems
    assert "1.10" in problem.do


def test_a_formula_that_failed_is_an_error_in_any_column():
    register = proposed("编号|任务|单位|备注\n1|修路|#REF!|x\n2|架桥|甲局|#N/A\n3|#VALUE!|甲局|")
    assert problems(register) == [
        ("error", "plan.csv!C2 lead"),
        ("error", "plan.csv!D3 note"),
        ("error", "plan.csv!B4 title"),
    ]
    assert values(register, C) == [("1",), ("2",)]
    assert register.ignored[-1][1] == "its title cannot be read"


def test_a_text_around_a_percentage_is_kept_as_progress():
    register = proposed("任务|完成率|单位\n修路|完成40%，正在施工|甲局\n架桥|50%|甲局")
    assert values(register, Field.PERCENT, Field.DONE) == [(40, "完成40%，正在施工"), (50, None)]


def test_a_row_without_a_title_is_an_error():
    register = proposed("编号|任务|单位\n1|修路|甲局\n2||乙局\n3\n4|架桥|甲局")
    assert values(register, C) == [("1",), ("4",)]
    assert problems(register) == [("error", "plan.csv!3 title"), ("error", "plan.csv!4 title")]
    assert register.problems[0].value == "2 | 乙局"


def test_a_partial_file_has_no_fact_for_what_it_does_not_have():
    register = proposed("编号|任务|备注\n1|修路|\n2|架桥|x")
    (first, _) = register.items
    assert set(first.facts) == {C, T, Field.NOTE}
    assert first.facts[Field.NOTE].value is None
    assert (first.milestones, first.indicators) == (None, None)


def test_sheets_without_a_register_are_left_out_with_a_reason():
    register = proposed(
        sheet_of("一、请认真填写。\n二、联系人：张三。", "说明"),
        sheet_of("编号|任务|单位\n1|修路|甲局", "任务"),
        sheet_of("姓名|电话\n张三|123\n李四|456", "通讯录"),
        sheet_of("项目|说明\n编号|按文件填写\n时限|按月填写", "填表说明"),
    )
    assert values(register, T) == [("修路",)]
    assert {(p.severity.value, p.place.sheet) for p in register.problems} == {
        ("remark", "说明"),
        ("remark", "通讯录"),
        ("remark", "填表说明"),
    }
    assert len(register.ignored) == 2 + 1 + 3 + 3


def test_files_without_any_table_are_an_error():
    register = proposed("only one line\nand another")
    assert [severity for severity, _ in problems(register)] == ["remark", "error"]


def test_an_exported_register_is_read_sheet_by_sheet():
    register = proposed(
        sheet_of(
            "code|title|theme|lead|supporting|due|baseline_due|percent\nK1|修路|交通\\n道路|甲局|乙局\\n丙局|2027-06-30|2027-05-31|1",
            "items",
        ),
        sheet_of("code|number|title|date|test\nK1|1|立项|2027-03-31|批复\nK9|1|验收|2027-09-30|", "milestones"),
        sheet_of(
            "code|key|name|unit|direction|baseline|target|due\nK1|i1|里程|km|increase|1|5|2027-12-31", "indicators"
        ),
        sheet_of("key|name|short_name\nJ|甲局|甲\nY|乙局|乙", "organisations"),
        sheet_of("login|name|role|organisation\nzs|张三|officer|甲局", "people"),
        sheet_of("label|title|parent\n一|交通|\n1|道路|交通", "themes"),
    )
    item, other = register.items
    assert (value(item, Field.THEME), value(item, S), value(item, Field.PERCENT)) == (
        ("交通", "道路"),
        ("乙局", "丙局"),
        1,
    )
    assert [{field.value: given.value for field, given in one.facts.items()} for one in item.milestones or []] == [
        {"number": 1, "title": "立项", "date": date(2027, 3, 31), "test": "批复"}
    ]
    assert [one.facts[Field.TARGET].value for one in item.indicators or []] == [5]
    # An item that these files do not have is proposed by its code alone.
    assert (set(other.facts), len(other.milestones or []), other.indicators) == ({C}, 1, None)
    assert [one.facts[Field.NAME].value for one in register.organisations] == ["甲局", "乙局"]
    assert [one.facts[Field.ORGANISATION].value for one in register.people] == ["甲局"]
    assert [(one.facts[T].value, one.facts[Field.PARENT].value) for one in register.themes] == [
        ("交通", None),
        ("道路", ("交通",)),
    ]
    assert register.problems == []


def test_rows_of_an_exported_register_may_have_any_words():
    register = proposed(
        sheet_of("key|name|short_name\noffice|Office|Department\ntotal|Total|Total", "organisations"),
        sheet_of(
            "code|title|lead|percent\nTotal|Total|Office|1\nTask|Title|Office|0\n注：1|一、经济|Office|1", "items"
        ),
    )
    assert values(register, C, Field.PERCENT) == [("Total", 1), ("Task", 0), ("注：1", 1)]
    assert [one.facts[Field.NAME].value for one in register.organisations] == ["Office", "Total"]
    assert register.problems == []


def test_several_columns_of_one_field_are_put_together():
    register = proposed(
        "一级分类|二级分类|任务|工作进展|落实情况|配合单位|协办单位\n民生|教育|建校|已选址|已立项|甲局|乙局、甲局\n民生|医疗|建院|已开工||丙局|"
    )
    assert values(register, Field.THEME, Field.DONE, S) == [
        (("民生", "教育"), "已选址\n已立项", ("甲局", "乙局")),
        (("民生", "医疗"), "已开工", ("丙局",)),
    ]
    assert register.items[0].facts[Field.DONE].inferred == "put together from several cells"


@pytest.mark.parametrize(
    "headings",
    [
        "一级分类|二级分类|三级分类|四级分类",
        "一級分類|二級分類|三級分類|四級分類",
        "大类|中类|小类",
        "大類|中類|小類",
        "대분류|중분류|소분류",
        "大分類|中分類|小分類",
        "大項目|中項目|小項目",
    ],
)
def test_all_levels_of_the_themes_count(headings):
    themes = ("甲", "乙", "丙", "丁")[: headings.count("|") + 1]
    register = proposed(f"{headings}|任务内容\n{'|'.join(themes)}|新建道路三十公里\n{'|'.join(themes)}|改造老旧小区")
    assert values(register, Field.THEME) == [(themes,), (themes,)]
    assert register.problems == []


def test_progress_advances_by_rows():
    steps: list[int] = []
    register = proposed(
        "编号|任务|单位\n" + "\n".join(f"{number}|修路|甲局" for number in range(1, 2_502)),
        step=lambda _, by=1: steps.append(by),
    )
    assert steps == [1_000, 1_000, 501]
    assert len(register.items) == 2_501


def test_typed_cells_are_read_by_their_types():
    register = proposed(
        sheet_of_rows(
            [
                ("编号", "任务", "完成时限", "完成率", "权重", "完成情况"),
                (1.0, "修路", 46568, 0.5, 2, "x"),
                (2.0, "架桥", date(2027, 7, 1), 1, "1.5", 7),
                (3.0, 12, "8月", 0.25, None, True),
            ]
        )
    )
    assert values(register, C, T, D, Field.PERCENT, Field.WEIGHT, Field.DONE) == [
        ("1", "修路", date(2027, 6, 30), 50, 2, "x"),
        ("2", "架桥", date(2027, 7, 1), 100, 1.5, "7"),
        ("3", "12", date(2027, 8, 31), 25, None, "yes"),
    ]


def test_rows_without_title_and_code_have_more_milestones_of_the_item_above():
    register = proposed("""
序号|任务|牵头单位|里程碑|完成时间|进展
1|建设新图书馆|文旅局|完成设计|3月底|设计完成
|||主体封顶|8月底|
|||开馆|12月底|未开始
二、文物
2|改造老剧院|文旅局|完成招标|4月底|
""")
    assert values(register, T, D) == [("建设新图书馆", date(2027, 12, 31)), ("改造老剧院", date(2027, 4, 30))]
    first, second = register.items
    assert [
        [(one.facts[T].value, one.facts[DATE].value if DATE in one.facts else None) for one in item.milestones or []]
        for item in (first, second)
    ] == [
        [("完成设计", date(2027, 3, 31)), ("主体封顶", date(2027, 8, 31)), ("开馆", date(2027, 12, 31))],
        [("完成招标", None)],
    ]
    assert value(first, Field.DONE) == "设计完成\n未开始"
    assert problems(register) == [("remark", "plan.csv!3")]


def test_a_row_without_title_that_names_a_lead_is_an_error():
    register = proposed("序号|任务|牵头单位|里程碑\n1|修路|甲局|招标\n||乙局|开工")
    assert problems(register) == [("error", "plan.csv!3 title")]


@pytest.mark.parametrize(
    ("cell", "row", "text"),
    [
        ("建设新图书馆①", "①含地下车库。", "含地下车库。"),
        ("建设新图书馆[1]", "[1] 含地下车库。", "含地下车库。"),
        ("建设新图书馆*", "*|含地下车库", "含地下车库"),
        ("建设新图书馆＊", "*：含地下车库", "含地下车库"),
        ("建设新图书馆（注1）", "注1：含地下车库", "含地下车库"),
        ("建设新图书馆[注1]", "注1：含地下车库", "含地下车库"),
        ("建设新图书馆**", "** 含地下车库", "含地下车库"),
        ("建设新图书馆※1", "※1 含地下车库", "含地下车库"),
        ("建设新图书馆†", "† 含地下车库", "含地下车库"),
    ],
)
def test_a_mark_at_a_title_refers_to_a_note_below_the_table(cell, row, text):
    register = proposed(f"序号|任务|牵头单位\n一、文化\n1|{cell}|文旅局\n2|修缮古桥|住建局\n{row}")
    assert values(register, T, Field.NOTE) == [("建设新图书馆", text), ("修缮古桥", None)]
    assert register.items[0].facts[T].inferred
    assert register.items[0].facts[Field.NOTE].place.row == 5
    assert [(place.row, reason) for place, reason in register.ignored] == [
        (1, "the headings of the table"),
        (5, "a note"),
    ]
    assert [theme.facts[T].value for theme in register.themes] == ["文化"]


def test_a_word_at_the_end_of_a_title_is_no_mark():
    register = proposed("序号|任务|牵头单位\n1|做好批注|教育局\n2|见备注1|住建局\n注：按月报送\n注1：暂定")
    assert values(register, T, Field.NOTE) == [("做好批注", None), ("见备注1", None)]


def test_an_item_whose_number_another_one_ends_with_is_no_note():
    register = proposed("重点工作\n①修路\n②与修路衔接①\n③架桥")
    assert values(register, C, T) == [("1", "修路"), ("2", "与修路衔接①"), ("3", "架桥")]


@pytest.mark.parametrize(
    "notes",
    [
        "①含桥梁\n②不含隧道",
        "|①含桥梁\n|②不含隧道",
        "①|含桥梁\n②|不含隧道",
        "* 含桥梁\n** 不含隧道",
        "*|含桥梁\n**|不含隧道",
        "† 含桥梁\n‡ 不含隧道",
        "[1] 含桥梁\n[2] 不含隧道",
        "¹ 含桥梁\n² 不含隧道",
        "※ 含桥梁\n※2 不含隧道",
        "注1:含桥梁\n注 2：不含隧道",
        "注①：含桥梁\n注（2）不含隧道",
        "注一：含桥梁\n（注2）不含隧道",
        "注：|含桥梁\n|不含隧道",
        "说明\n1.含桥梁",
        "Note a) with bridges\nNote (b) without tunnels",
        "Note a)|with bridges\nNote b)|without tunnels",
        "Notes\n1|with bridges",
        "Footnote 1: with bridges\n[Note 2] without tunnels",
        "N.B. with bridges\nNB: without tunnels",
        "주1) 포함\n주 2) 미포함",
        "（注）含む\n（注２）含まない",
        "资料来源：市统计局\n出典：市統計",
    ],
)
@pytest.mark.parametrize(
    "items",
    ["编号|任务|单位\n1|修路|甲局\n2|架桥|乙局\n", "任务|单位|时限\n修路|甲局|6月\n架桥|乙局|6月\n"],
)
def test_notes_below_a_table_are_no_items_and_no_themes(items, notes):
    register = proposed(items + notes)
    assert (values(register, T), register.themes) == ([("修路",), ("架桥",)], [])
    assert [place.row for place, _ in register.ignored] == [1, *range(4, 4 + len(notes.split("\n")))]


def test_entries_that_begin_with_a_sign_are_no_notes():
    assert values(proposed("任务|单位\n①修路|甲局\n②架桥|乙局\n③建校"), C, T) == [
        ("1", "修路"),
        ("2", "架桥"),
        ("3", "建校"),
    ]
    assert values(proposed("Task\n* Road\n* Bridge"), T) == [("* Road",), ("* Bridge",)]


def test_a_section_below_the_last_item_is_a_theme_only_if_it_is_numbered_like_one():
    register = proposed("编号|任务|单位\n一、交通\n1|修路|甲局\n2|架桥|甲局\n二、文化\na) 含桥梁")
    assert [one.facts[T].value for one in register.themes] == ["交通", "文化"]
    assert [place.row for place, _ in register.ignored] == [1, 6]


def test_a_mark_that_no_note_explains_stays():
    register = proposed("序号|任务|牵头单位\n1|新建小学（2）|教育局\n2|修缮古桥*|住建局")
    assert values(register, T) == [("新建小学（2）",), ("修缮古桥*",)]


@pytest.mark.parametrize(
    ("cells", "themes"),
    [
        (("一、经济发展", "一、经济发展", "二、民生"), [("一", "经济发展"), ("二", "民生")]),
        (("1. Economy", "1. Economy", "2. Health"), [("1", "Economy"), ("2", "Health")]),
        (("（一）经济", "", "（二）民生"), [("（一）", "经济"), ("（二）", "民生")]),
        (("1.1 Markets", "1.2 Ports", "2.1 Clinics"), [("1.1", "Markets"), ("1.2", "Ports"), ("2.1", "Clinics")]),
        (("2027 budget", "2027 budget", "5 new schools"), []),
        (("一、经济", "民生", "文化"), []),
    ],
)
def test_numbers_before_the_themes_of_a_column_are_their_labels(cells, themes):
    rows = "\n".join(f"{number}|{cell}|修路{number}|甲局" for number, cell in enumerate(cells, 1))
    register = proposed(f"编号|领域|任务|牵头单位\n{rows}")
    assert [(one.facts[Field.LABEL].value, one.facts[T].value) for one in register.themes] == themes
    if themes:
        assert value(register.items[-1], Field.THEME) == (themes[-1][1],)
        assert register.items[-1].facts[Field.THEME].inferred


def test_nested_themes_of_two_columns_keep_their_labels():
    register = proposed(
        "编号|一级分类|二级分类|任务|牵头单位\n1|一、经济|1.商业|建市场|甲局\n2|一、经济|2.工业|建厂房|甲局"
    )
    assert [value(item, Field.THEME) for item in register.items] == [("经济", "商业"), ("经济", "工业")]
    assert [
        (one.facts[Field.LABEL].value, one.facts[Field.PARENT].value if Field.PARENT in one.facts else None)
        for one in register.themes
    ] == [("一", None), ("1", ("经济",)), ("2", ("经济",))]


def test_a_total_of_other_numbers_is_no_number_of_items():
    register = proposed("编号|任务|单位|投资（万元）\n1|修路|甲局|1,200\n2|架桥|乙局|300\n|合计||1500")
    assert register.totals == {}
    counted = proposed("编号|任务|单位|投资（万元）\n1|修路|甲局|1,200\n2|架桥|乙局|300\n合计|2||1500")
    assert [given.value for given in counted.totals.values()] == [2]


@pytest.mark.parametrize(
    ("answer", "titles", "phases"),
    [
        (None, ["修路", "架桥", "清淤"], [None, None, None]),
        ("cancelled", ["修路", "架桥", "清淤"], [None, "cancelled", "cancelled"]),
        ("not imported", ["修路"], [None]),
        ("like the others", ["修路", "架桥", "清淤"], [None, None, None]),
    ],
)
def test_a_person_says_what_titles_mean_that_are_struck_through(answer, titles, phases):
    sheet = sheet_of("编号|任务|单位\n1|修路|甲局\n2|架桥|乙局\n3|清淤|丙局")
    sheet.struck = frozenset({(2, 3), (3, 2), (4, 2), (4, 3)})
    key = "plan.csv!B3 phase"
    register = proposed(sheet, answers={key: answer} if answer else {})
    assert [value(item, T) for item in register.items] == titles
    assert [value(item, Field.PHASE) for item in register.items] == phases
    assert problems(register) == ([] if answer else [("question", key)])
    if answer == "not imported":
        assert [place.row for place, _ in register.ignored] == [1, 3, 4]


def test_a_struck_title_with_a_phase_of_its_own_is_not_asked_about():
    sheet = sheet_of("编号|任务|单位|状态\n1|修路|甲局|已完成")
    sheet.struck = frozenset({(2, 2)})
    assert problems(proposed(sheet)) == []


def test_responsible_units_beside_the_leads_support_them():
    """An answer is needed only where no other column names the leads."""
    register = proposed("编号|任务|牵头单位|责任单位|配合单位\n1|修路|甲局|乙局|丙局\n2|修桥|乙局||")
    assert values(register, Field.LEAD, Field.SUPPORTING) == [("甲局", ("乙局", "丙局")), ("乙局", None)]
    (told,) = register.problems
    assert told.what == "the column '责任单位' was taken for 'supporting': another column names the leads"
    assert values(proposed("编号|任务|责任单位\n1|修路|甲局"), Field.LEAD) == [("甲局",)]


@pytest.mark.parametrize(
    "rows",
    [
        "Item|Milestone|Due\nRoad|Survey|2027-03-31\nRoad|Build|2027-06-30\nBridge|Open|2027-06-30",
        "Code|Item|Milestone title|Due\nA1|Road|Survey|2027-03-31\nA1|Road|Build|2027-06-30\nA2|Bridge|Open|2027-06-30",
        "Item code|Milestone title|Due\nA1|Survey|2027-03-31\nA1|Build|2027-06-30\nA2|Open|2027-06-30",
        "编号|节点名称|完成时间\nA1|Survey|2027-03-31\nA1|Build|2027-06-30\nA2|Open|2027-06-30",
    ],
)
def test_a_sheet_of_milestones_is_recognised_by_its_columns(rows):
    items = sheet_of("Code|Title|Lead|Due\nA1|Road|Works|2027-12-31\nA2|Bridge|Works|2027-12-31", "Tasks")
    register = proposed(items, sheet_of(rows, "Sheet2"))
    found = [(value(item, T), [part.facts[T].value for part in item.milestones or ()]) for item in register.items]
    assert found == [("Road", ["Survey", "Build"]), ("Bridge", ["Open"])]
    assert {severity for severity, _ in problems(register)} <= {"remark"}


BARE = "1|Mend the roof|Works|2027-03-31\n2|Paint the wall|Works|2027-04-30"


def test_the_first_row_of_a_table_without_headings_is_an_item():
    mapping = {"column A": C, "column B": T, "column C": L, "column D": D}
    register = proposed(BARE, mapping=mapping)
    assert values(register, C, T, L, D) == [
        ("1", "Mend the roof", "Works", date(2027, 3, 31)),
        ("2", "Paint the wall", "Works", date(2027, 4, 30)),
    ]
    assert problems(register) == [("remark", "plan.csv!1")]
    assert "this table has no headings" in register.problems[0].what
    assert register.ignored == []


def test_the_columns_of_a_table_without_headings_are_known_by_contents_or_asked():
    rows = "\n".join(f"T-{number}|Mend the roof of the hall {number}|Works|2027-03-31" for number in range(1, 5))
    assert values(proposed(rows), C, D) == [(f"T-{number}", date(2027, 3, 31)) for number in range(1, 5)]
    short = "1|Roof|Works|April\n2|Wall|Works|May"
    asked = next(one for one in proposed(short).problems if one.severity is Severity.QUESTION)
    assert (asked.key, asked.choices) == ("plan.csv!1 title", ("column A", "column B", "column C", "column D"))
    assert values(proposed(short, answers={asked.key: "column B"}), T) == [("Roof",), ("Wall",)]


def test_unknown_headings_above_numbered_rows_stay_headings():
    rows = ["1|Naprawa dachu ratusza|2027-03-31", "2|Malowanie szkoły|2027-04-30", "3|Sadzenie drzew|2027-05-30"]
    register = proposed("\n".join(["Lp.|Nazwa|Termin", *rows]))
    assert [one.heading for one in register.layouts[0].columns] == ["Lp.", "Nazwa", "Termin"]


def test_a_table_with_headings_alone_is_remarked():
    register = proposed("Code|Task|Lead|Due")
    assert [(one.severity, one.what) for one in register.problems] == [
        (Severity.REMARK, "this table has headings, but no rows below them")
    ]


def test_a_number_in_the_column_of_parents_is_the_theme_with_that_number_in_the_table():
    register = proposed(
        sheet_of("number|title|parent\n1|Quays|\n2|Lights|1\n3|Lamps|2\n4|Service|3\n5|2020|\n6|Rooms|2020", "themes")
    )

    parents = [one.facts.get(Field.PARENT) for one in register.themes]
    assert [one.value if one else None for one in parents] == [
        None,
        ("Quays",),
        ("Quays", "Lights"),
        ("Quays", "Lights", "Lamps"),
        None,
        ("2020",),
    ]
    assert parents[1] is not None
    assert parents[1].inferred == "the theme with the number 1"


@pytest.mark.parametrize("parent", ["7", "4"])
def test_a_number_of_a_parent_that_no_other_theme_has_is_an_error(parent):
    register = proposed(sheet_of(f"number|title|parent\n1|Quays|\n4|Service|{parent}", "themes"))

    (problem,) = [one for one in register.problems if one.severity is Severity.ERROR]
    assert (problem.field, problem.value, str(problem.place)) == (Field.PARENT, parent, "plan.csv: themes!C3")


def test_arabic_headings_are_known_however_their_letters_are_marked() -> None:
    rows = "م|المحور|المهمة|الجهة المسؤولة|الجهات المساندة|تاريخ الانتهاء|نسبة الإنجاز|الحالة\n"
    rows += "١|البيئة|تنظيف الشاطئ|إدارة البيئة|إدارة الأشغال، إدارة المرور|نهاية أكتوبر|٦٠٪|قيد التنفيذ\n"
    rows += "المجموع||١ مهمة"

    for sheet in (rows, rows.replace("الجهة المسؤولة", "الجهه المسئوله").replace("الإنجاز", "الانجاز")):
        (item,) = proposed(sheet).items
        found = [value(item, field) for field in (T, L, S, Field.PERCENT, Field.PHASE)]
        assert found == ["تنظيف الشاطئ", "إدارة البيئة", ("إدارة الأشغال", "إدارة المرور"), 60, "in_progress"]
        assert value(item, Field.THEME) == ("البيئة",)


@pytest.mark.parametrize("total", ["Summe", "Insgesamt", "Gesamtsumme", "الإجمالي", "합계", "合計"])
def test_a_row_of_totals_is_no_item(total: str) -> None:
    found = proposed(f"Nr.|Maßnahme|Zuständig\n1|Radweg bauen|Amt A\n2|Busspur bauen|Amt B\n|{total}|2 Maßnahmen")

    assert [value(item, Field.TITLE) for item in found.items] == ["Radweg bauen", "Busspur bauen"]


@pytest.mark.parametrize("below", ["产业", ""])
@pytest.mark.parametrize("numbers", ["1 2 3 3 5", "1 2 2 4 5", "1 2 3 1 2"])
def test_a_column_of_groups_names_themes_although_numbers_repeat(numbers: str, below: str) -> None:
    """A slip in the numbers, and numbers that begin again in each group, do not make one item of a group."""
    groups = ["产业", below, below, "民生", "民生" if below else ""]
    titles = ["建桥", "修路", "种树", "建学校", "建医院"]
    rows = (f"{one}|{group}|{title}|甲局" for one, group, title in zip(numbers.split(), groups, titles, strict=True))

    register = proposed("\n".join(["序号|项目|工作任务|牵头单位", *rows]))

    assert [one[0] for one in values(register, Field.TITLE)] == titles
    assert [one[0] for one in values(register, Field.THEME)] == [("产业",)] * 3 + [("民生",)] * 2


def test_numbers_that_follow_the_groups_are_those_of_items_with_several_rows() -> None:
    register = proposed("序号|项目|工作任务|牵头单位\n1|桥|设计|甲局\n1|桥|施工|甲局\n2|路|勘察|乙局")

    assert any("工作任务" in one.what for one in register.problems if one.severity == Severity.QUESTION)


@pytest.mark.parametrize("below", ["（一）经济发展", ""])
def test_a_column_of_numbered_groups_beside_the_titles_names_themes(below: str) -> None:
    """Its heading can mean the titles of tasks, too. Merged cells are empty below the first."""
    text = f"项目|工作任务|牵头单位\n（一）经济发展|建桥|甲局\n{below}|修路|甲局\n（二）民生|种树|乙局"

    register = proposed(text)

    assert values(register, Field.TITLE, Field.THEME) == [
        ("建桥", ("经济发展",)),
        ("修路", ("经济发展",)),
        ("种树", ("民生",)),
    ]
    assert [one.severity for one in register.problems if one.severity != "remark"] == []


@pytest.mark.parametrize("below", ["Task", "Outcome"])
def test_a_row_with_only_a_number_and_a_title_heads_those_whose_numbers_begin_with_it(below: str) -> None:
    """Its title can stand below another heading. The empty cells of themes below it repeat the one above them."""
    head = "Outcome|Theme|" if below == "Outcome" else "Theme|"
    rows = [f"Ref|{head}Task|Lead organisation|Deadline"]
    gap = "|" if below == "Outcome" else ""
    for first, titles in (("1", ("Green", "Trees", "Plant", "Count")), ("2", ("Clean", "Air", "Charge", "Idle"))):
        name, theme, one, other = titles
        rows += [f"{first}|{gap and name + '|'}|{'' if gap else name}||"]
        rows += [f"{first}.1{gap}|{theme}|{one}|Parks|2027-06-30", f"{first}.2{gap}||{other}|Parks|2027-06-30"]

    register = proposed("\n".join(rows))

    assert values(register, C, T, Field.THEME) == [
        ("1.1", "Plant", ("Green", "Trees")),
        ("1.2", "Count", ("Green", "Trees")),
        ("2.1", "Charge", ("Clean", "Air")),
        ("2.2", "Idle", ("Clean", "Air")),
    ]
    assert [one.severity for one in register.problems if one.severity != Severity.REMARK] == []


def test_a_row_with_a_number_is_an_item_if_no_other_number_begins_with_it() -> None:
    register = proposed("Ref|Task|Lead organisation\n1|Green|\n2|Plant|Parks\n3|Count|Parks")

    assert [value(item, C) for item in register.items] == ["1", "2", "3"]


PARTS: dict[str, tuple[str, list[Value], date, date]] = {
    "quarters": ("추진일정", ["1/4", "2/4", "3/4", "4/4"], date(2027, 4, 1), date(2027, 9, 30)),
    "months": ("时间安排", [1, 2, 3, 4], date(2027, 2, 1), date(2027, 3, 31)),
    "names": ("Schedule", ["Q1", "Q2", "Q3", "Q4"], date(2027, 4, 1), date(2027, 9, 30)),
}


@pytest.mark.parametrize("case", PARTS)
def test_a_row_with_texts_only_below_merged_headings_divides_them(case: str) -> None:
    """Below a heading of times, the parts are months or quarters. Those of a budget are left out."""
    above, parts, start, due = PARTS[case]
    sheet = sheet_of_rows(
        [
            ("序号", "任务", "牵头单位", above, None, None, None, "预算", None),
            (None, None, None, *parts, "国家", "市里"),
            ("1", "修路", "甲局", None, "○", "○", None, 12, 30),
            ("2", "种树", "乙局", None, "○", "○", None, None, 5),
        ],
        merged=(Merged(1, 4, 1, 7), Merged(1, 8, 1, 9)),
    )

    register = proposed(sheet)

    assert values(register, T, Field.START, D) == [("修路", start, due), ("种树", start, due)]
    assert [one.severity for one in register.problems if one.severity != Severity.REMARK] == []


def test_outcomes_that_several_tasks_share_are_themes_and_a_target_of_kpis_is_theirs() -> None:
    head = "Outcome|Ref|Task|Lead organisation|KPI|KPI target"
    shared = proposed(f"{head}\nGreen|A1|Plant|Parks|Trees|2000\n|A2|Count|Parks|Lists|3\nClean|A3|Mow|Roads|Acres|7")
    own = proposed("Ref|Task|Lead organisation|Outcome\nA1|Plant|Parks|2,000 trees\nA2|Count|Parks|3 lists")

    assert values(shared, T, Field.THEME) == [("Plant", ("Green",)), ("Count", ("Green",)), ("Mow", ("Clean",))]
    targets = [part.facts[Field.TARGET].value for item in shared.items for part in item.indicators or ()]
    assert targets == [2000, 3, 7]
    assert [Field.THEME in item.facts for item in own.items] == [False, False]
    assert all(item.indicators for item in own.items)


def test_base_values_and_targets_below_a_heading_of_goals_are_those_of_the_indicators() -> None:
    sheet = sheet_of_rows(
        [
            ("No", "施策の柱", "取組内容", "担当課", "スケジュール", None, "目標", None, None),
            (None, None, None, None, "開始", "終了", "指標", "現状値 (R7)", "目標値 (R8)"),
            ("1", "脱炭素", "EV化", "管財課", "2027-04", "2027-09", "EV台数", "5台", "15台"),
            ("2", None, "太陽光", "管財課", "通年", "2027-10", "発電量", "－", "100kW"),
        ],
        merged=(Merged(1, 5, 1, 6), Merged(1, 7, 1, 9), Merged(3, 2, 4, 2)),
    )

    register = proposed(sheet)

    assert values(register, T, Field.THEME, Field.START, D) == [
        ("EV化", ("脱炭素",), date(2027, 4, 1), date(2027, 9, 30)),
        ("太陽光", ("脱炭素",), date(2027, 1, 1), date(2027, 10, 31)),
    ]
    facts = [part.facts for item in register.items for part in item.indicators or ()]
    assert [one[Field.TARGET].value for one in facts] == [15, 100]
    assert [one[Field.BASELINE].value if Field.BASELINE in one else None for one in facts] == [5, None]


@pytest.mark.parametrize(
    ("status", "phase", "percent", "done"),
    [
        ("In progress (60%)", "in_progress", 60, None),
        ("进行中（60%）", "in_progress", 60, None),
        ("Completed (12 May 2027)", "completed", None, "12 May 2027"),
        ("In progress (awaiting funding)", "in_progress", None, "awaiting funding"),
        ("In progress", "in_progress", None, None),
    ],
)
def test_what_stands_in_brackets_behind_a_phase_is_kept(
    status: str, phase: str, percent: int | None, done: str | None
) -> None:
    (item,) = proposed(f"Ref|Task|Lead organisation|Status\nA1|Plant|Parks|{status}").items

    assert [value(item, field) for field in (Field.PHASE, Field.PERCENT, Field.DONE)] == [phase, percent, done]

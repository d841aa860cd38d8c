"""Registers as offices of several places write them: headings, months, words and colours. All are invented."""

from datetime import date

import pytest

from planner.dates.span import Span
from planner.dates.written import read_written
from planner.intake.layout.headers import Headed
from planner.intake.layout.names import Subject, fields_named
from planner.intake.layout.untitled import columns_in_words
from planner.intake.proposed import Field, ProposedRegister
from tests.intake.layout.written import problems, proposed, sheet_of, values

C, T, L, S, A, D = Field.CODE, Field.TITLE, Field.LEAD, Field.SUPPORTING, Field.ACCOUNTABLE, Field.DUE


def fields(register: ProposedRegister) -> list[str | None]:
    """Return what each column of the first table gives."""
    return [column.field and column.field.value for column in register.layouts[0].columns]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (
            "項次|工作項目|主辦機關|協辦機關|預定完成日期|辦理情形|辦理進度\n1|興建圖書館|文化局|工務局、財政局|116年6月30日|完成設計|30%",
            "number title lead supporting due done percent",
        ),
        (
            "編號|項目|負責部門|協助部門|目標完成日期|進展|狀況|備註\nA1|興建圖書館|康樂署|建築署|2027年第二季|已動工|進行中|無",
            "code title lead supporting due done phase note",
        ),
        (
            "연번|추진과제|소관|협조|완료시점|추진현황|비고\n1|도서관 건립|문화과|재무과|2027. 6.|설계 완료|",
            "number title lead supporting due done note",
        ),
        (
            "番号|施策|担当課|関係課|期限|進捗状況|備考\n1|図書館の建設|文化課|財政課|令和9年6月末|設計完了|",
            "number title lead supporting due done note",
        ),
        (
            "Ref|Action|Owner|Support|By when|RAG|Update\n1.1|Build a library|Arts Team|Tax Team|30 June 2027|G|Begun",
            "code title lead supporting due confidence done",
        ),
    ],
)
def test_registers_of_several_places(text, meant):
    register = proposed(text)
    assert fields(register) == meant.split()
    assert values(register, D) == [(date(2027, 6, 30),)]


@pytest.mark.parametrize(
    ("owners", "field"),
    [
        (("Trade Office", "Health Department"), "lead"),
        (("Roads Team", "Roads Team"), "lead"),
        (("Ana Silva", "J. Brown"), "accountable"),
        (("Head of Planning", "Director of Finance"), "accountable"),
        (("Trade", "Ana Silva"), None),
        (("HR", "IT"), None),
    ],
)
def test_an_owner_is_an_organisation_or_a_person_by_the_cells_and_else_a_question(owners, field):
    register = proposed(f"Ref|Action|Owner|Due\n1|Build|{owners[0]}|June\n2|Plant|{owners[1]}|July")
    assert fields(register)[2] == field
    assert problems(register)[0] == ("remark" if field else "question", "plan.csv!C1")
    if field is None:
        answered = proposed("Ref|Action|Owner|Due\n1|Build|Trade|June", answers={"plan.csv!C1": "lead"})
        assert values(answered, L) == [("Trade",)]


def test_an_owner_beside_a_lead_is_a_person():
    register = proposed("Ref|Action|Lead|Owner\n1|Build|Trade|Silva\n2|Plant|Parks|Brown")
    assert values(register, L, A) == [("Trade", "Silva"), ("Parks", "Brown")]
    assert problems(register) == []


def test_a_column_of_words_of_another_field_has_this_field_and_says_so():
    colours = proposed("编号|任务|单位|状态\n1|修路|甲局|绿灯\n2|架桥|乙局|红")
    assert values(colours, Field.CONFIDENCE, Field.PHASE) == [("green", None), ("red", None)]
    assert problems(colours) == [("remark", "plan.csv!D1")]
    phases = proposed("编号|任务|单位|落实情况\n1|修路|甲局|已完成\n2|架桥|乙局|推进中")
    assert values(phases, Field.PHASE) == [("completed",), ("in_progress",)]
    words = proposed("编号|任务|单位|状态|落实情况\n1|修路|甲局|已完成|完成\n2|架桥|乙局|推进中|正在推进")
    assert values(words, Field.PHASE, Field.DONE) == [("completed", "完成"), ("in_progress", "正在推进")]
    ticks = proposed("Ref|Task|Lead|Status\n1|Build|A|Y\n2|Plant|B|Y")
    assert values(ticks, Field.PHASE) == [("completed",), ("completed",)]


@pytest.mark.parametrize(
    ("cell", "percent", "done"),
    [
        ("85%", 85, "85%"),
        ("正在施工，约60%", 60, "正在施工，约60%"),
        ("已完成招标", None, "已完成招标"),
        ("完成60%到70%", None, "完成60%到70%"),
        ("完成120%", None, "完成120%"),
    ],
)
def test_a_column_of_progress_gives_percents_and_words(cell, percent, done):
    register = proposed(f"编号|任务|单位|完成进度\n1|修路|甲局|{cell}\n2|架桥|乙局|刚开工\n3|清淤|丙局|过半")
    assert values(register, Field.PERCENT, Field.DONE)[0] == (percent, done)


def test_words_in_a_column_of_percents_are_what_was_done():
    register = proposed("编号|任务|单位|进度\n1|修路|甲局|40%\n2|架桥|乙局|50%\n3|清淤|丙局|已招标")
    assert values(register, Field.PERCENT, Field.DONE)[1:] == [(50, None), (None, "已招标")]
    assert problems(register) == []


MONTHS = """
序号|任务|牵头单位|1月|2月|3月|4月|5月|6月
1|建设新图书馆|文旅局|●|●|●|||
2|改造老剧院|文旅局|||√|√|√|√
3|修缮古桥|住建局|||||||
"""


def test_marks_in_columns_of_months_say_when_an_item_runs():
    register = proposed(MONTHS)
    assert values(register, Field.START, D) == [
        (date(2027, 1, 1), date(2027, 3, 31)),
        (date(2027, 3, 1), date(2027, 6, 30)),
        (None, None),
    ]
    assert problems(register) == [("remark", "plan.csv!D1")]
    assert register.items[0].milestones is None
    assert register.items[0].facts[D].inferred == "marked in the column '3月'"


def test_a_date_of_its_own_wins_over_marks():
    register = proposed("任务|期限|单位|Q1|Q2\n修路|2027-05-31|甲局|▲|▲")
    assert values(register, Field.START, D) == [(date(2027, 1, 1), date(2027, 5, 31))]


def test_a_mark_among_milestones_is_a_question():
    register = proposed("任务|单位|一季度|二季度\n修路|甲局|招标|●")
    assert problems(register) == [("question", "plan.csv!D2 milestones")]


def test_columns_without_text_may_be_coloured_which_is_told():
    register = proposed("任务|单位|1月|2月|状态\n修路|甲局|||\n架桥|乙局|||")
    assert problems(register) == [("remark", "plan.csv!C1")]
    assert "colours" in register.problems[0].what


def test_columns_of_dates_are_no_titles():
    register = proposed("Alpha|Beta|Gamma\nx1|12 6 2027 / 13 7 2027|aa\nx2|13 6 2027 / 14 7 2027|bb")
    assert T.value not in [column.field for layout in register.layouts for column in layout.columns]


@pytest.mark.parametrize("text", ["116年6月30日", "116/6/30", "民國116年6月30日", "116.6.30", "116年6月底前"])
def test_years_of_the_republic_are_read_in_the_time_of_the_plan(text):
    read = read_written(text, Span(date(2027, 1, 1), date(2027, 12, 31)))
    assert read is not None
    assert read.day == date(2027, 6, 30)
    assert read_written("106年6月30日", Span(date(2027, 1, 1), date(2027, 12, 31))) is None


@pytest.mark.parametrize(
    ("heading", "field"),
    [("計畫名稱", T), ("權責機關", L), ("承辦人", A), ("소관부서", L), ("完了目標", D), ("Lead officer", A)],
)
def test_more_headings(heading, field):
    assert fields_named(heading, Subject.ITEMS)[0] is field


TASKS = sheet_of("编号|任务|牵头单位|完成时限\nA1|修路|甲局|6月底\nA2|架桥|乙局|9月底", "任务表", file="plan.xlsx")


def milestones(register: ProposedRegister) -> list[list[tuple[object, object]]]:
    """Return the titles and dates of the milestones of each item."""
    return [
        [(one.facts[T].value, one.facts[Field.DATE].value) for one in item.milestones or []] for item in register.items
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("节点计划", "序号|任务|节点|日期\n1|修路|招标|3月底\n2|修路|完工|6月底\n3|架桥|开工|4月底"),
        ("节点计划", "任务|节点|日期\n修路|招标|3月底\n|完工|6月底\n架桥|开工|4月底"),
        ("节点计划", "任务编号|节点|日期\nA1|招标|3月底\nA1|完工|6月底\nA2|开工|4月底"),
        ("Sheet2", "任务编号|节点|日期\nA1|招标|3月底\nA1|完工|6月底\nA2|开工|4月底"),
    ],
)
def test_a_sheet_of_milestones_names_its_items_by_code_or_title(name, text):
    register = proposed(TASKS, sheet_of(text, name, file="plan.xlsx"))
    assert milestones(register) == [
        [("招标", date(2027, 3, 31)), ("完工", date(2027, 6, 30))],
        [("开工", date(2027, 4, 30))],
    ]
    assert "error" not in [severity for severity, _ in problems(register)]


def test_numbers_that_repeat_in_a_sheet_of_milestones_are_those_of_the_items():
    tasks = sheet_of("序号|任务|牵头单位\n1|修路|甲局\n2|架桥|乙局", "任务表", file="plan.xlsx")
    dates = sheet_of("序号|节点|日期\n1|招标|3月底\n1|完工|6月底\n2|开工|4月底", "节点", file="plan.xlsx")
    register = proposed(tasks, dates)
    assert [len(one) for one in milestones(register)] == [2, 1]
    assert problems(register) == [("remark", "plan.xlsx: 节点!A1")]


def test_a_milestone_of_an_unknown_item_is_an_error():
    register = proposed(TASKS, sheet_of("任务|节点|日期\n修渠|招标|3月底", "节点计划", file="plan.xlsx"))
    assert ("error", "plan.xlsx: 节点计划!A2 parent") in problems(register)
    twice = proposed(
        TASKS,
        sheet_of("编号|任务|单位\nA3|修路|丙局", "其他", file="plan.xlsx"),
        sheet_of("任务|节点|日期\n修路|招标|3月底", "节点计划", file="plan.xlsx"),
    )
    assert ("error", "plan.xlsx: 节点计划!A2 parent") in problems(twice)


def test_milestones_without_items_are_a_question_that_says_so():
    register = proposed("序号|节点|日期\n1|招标|3月底\n2|开工|6月底")
    assert problems(register) == [("question", "plan.csv!1 title")]
    assert "milestones" in register.problems[0].what


def test_rows_that_repeat_title_and_lead_have_more_milestones_of_one_item():
    register = proposed("""
序号|任务|牵头单位|节点|日期
1|修路|甲局|招标|3月底
2|修路|甲局|完工|6月底
3|架桥|乙局|开工|4月底
4|架桥|丙局|招标|4月底
""")
    assert values(register, T, L) == [("修路", "甲局"), ("架桥", "乙局"), ("架桥", "丙局")]
    assert [len(item.milestones or []) for item in register.items] == [2, 1, 1]
    assert values(register, D)[0] == (date(2027, 6, 30),)
    without = proposed("序号|任务|牵头单位|节点\n1|修路|甲局|招标\n2|||完工")
    assert problems(without) == [("error", "plan.csv!3 title")]


def test_a_table_that_counts_tasks_has_no_titles():
    register = proposed("单位|任务|已完成|完成率\n市交通局|12|6|50%\n市住建局|8|4|50%")
    assert register.items == []
    assert problems(register)[0] == ("question", "plan.csv!1 title")


@pytest.mark.parametrize("field", [L, S, A])
@pytest.mark.parametrize("text", ["TBC", "待定", "미정", "To be confirmed"])
def test_nobody_is_named_by_words_for_a_later_decision(field, text):
    heading = {L: "牵头单位", S: "配合单位", A: "责任人"}[field]
    register = proposed(f"编号|任务|{heading}\n1|修路|{text}")
    assert values(register, field) == [(None,)]
    assert problems(register) == [("remark", f"plan.csv!C2 {field.value}")]


def test_a_dash_in_a_column_of_texts_says_nothing():
    register = proposed("编号|任务|存在问题|备注|下一步\n1|修路|无|-|n/a\n2|架桥|缺资金|x|开工")
    assert values(register, Field.BLOCKER, Field.NOTE, Field.NEXT) == [(None, None, None), ("缺资金", "x", "开工")]


def test_columns_of_progress_by_month_say_which_month():
    register = proposed("序号|任务|单位|1月进展|2月进展|Q1 update\n1|修路|甲局|开工|铺路|\n2|架桥|乙局||-|on site")
    assert values(register, Field.DONE) == [("1月进展: 开工\n2月进展: 铺路",), ("Q1 update: on site",)]
    wide = "|".join(f"{month}月进展" for month in range(1, 13))
    assert len(proposed(f"序号|任务|单位|{wide}\n1|修路|甲局|开工").items) == 1


@pytest.mark.parametrize(
    "heading",
    [
        "截至3月底进展情况",
        "截止6月30日完成情况",
        "截止到2020年6月底工作进展",
        "1—3月进展",
        "3월말 추진실적",
        "6月末進捗",
        "Progress as of end of March",
        "Progress as of 31 March 2020",
        "10月进展情况",
    ],
)
def test_a_heading_of_progress_with_its_day_is_known(heading):
    register = proposed(f"序号|任务|单位|{heading}\n1|修路|甲局|开工")
    assert values(register, Field.DONE) == [("开工",)]


@pytest.mark.parametrize("heading", ["截至3月底预算", "截至3月底", "Party on 31 March"])
def test_a_day_alone_makes_no_column_of_progress(heading):
    assert values(proposed(f"序号|任务|单位|{heading}\n1|修路|甲局|开工"), Field.DONE) == [(None,)]


def test_a_day_in_the_heading_of_progress_is_remarked():
    register = proposed("序号|任务|单位|进展情况（截至3月底）\n1|修路|甲局|开工")
    assert problems(register) == [("remark", "plan.csv!D1")]
    assert values(register, Field.DONE) == [("开工",)]


def test_a_heading_can_say_that_brackets_name_supporting_organisations():
    register = proposed("과제명|주관부서(협조부서)\n시장|경제과(재무과, 도시과)\n복지관|복지과")
    assert values(register, L, S) == [("경제과", ("재무과", "도시과")), ("복지과", None)]
    plain = proposed("과제명|주관부서\n시장|경제과(재무과)")
    assert values(plain, L) == [("경제과(재무과)",)]


def test_common_german_headings_and_words_are_known():
    register = proposed(
        "Lfd. Nr.|Maßnahme|Zuständig|Mitwirkung|Frist|Fortschritt in %|Sachstand|Status\n"
        "1|Brücke sanieren|Tiefbauamt|Kämmerei|30.06.2027|62,5 %|Gerüst steht|in Arbeit"
    )
    assert problems(register) == []
    fields = (Field.TITLE, L, S, D, Field.PERCENT, Field.DONE, Field.PHASE)
    assert values(register, *fields) == [
        ("Brücke sanieren", "Tiefbauamt", ("Kämmerei",), date(2027, 6, 30), 63, "Gerüst steht", "in_progress")
    ]


@pytest.mark.parametrize(
    ("headings", "state"),
    [
        ("Axe|Action|Service pilote|Partenaires|Échéance|Taux d’avancement|Avancement|État", "En cours"),
        ("Eje|Acción|Unidad responsable|Apoyo|Fecha límite|Porcentaje de avance|Avances|Estado", "En ejecución"),
        ("Eixo|Ação|Órgão responsável|Parceiros|Prazo|Percentual|Andamento|Situação", "Em andamento"),
    ],
)
def test_common_french_spanish_and_portuguese_headings_and_words_are_known(headings, state):
    register = proposed(f"{headings}\nA|Pont|Service A|Service B|30/06/2027|62,5 %|Piles|{state}")
    assert problems(register) == []
    fields = (Field.THEME, Field.TITLE, L, S, D, Field.PERCENT, Field.DONE, Field.PHASE)
    assert values(register, *fields) == [
        (("A",), "Pont", "Service A", ("Service B",), date(2027, 6, 30), 63, "Piles", "in_progress")
    ]


@pytest.mark.parametrize(
    ("other", "start"),
    [("30/09/2027", date(2027, 4, 1)), ("09/30/2027", date(2027, 1, 4)), ("30/09/27", date(2027, 4, 1))],
)
def test_the_order_of_a_date_is_that_of_other_dates_of_the_table(other, start):
    register = proposed(f"Task|Lead|Start|Finish\nMend|Roads|01/04/2027|{other}")
    assert values(register, Field.START) == [(start,)]
    assert problems(register) == [("remark", "plan.csv!C1 start")]


def test_the_order_of_a_date_is_asked_if_other_dates_contradict_each_other():
    register = proposed("Task|Lead|Start|Finish\nMend|Roads|01/04/2027|30/09/2027\nPaint|Roads|01/05/2027|09/30/2027")
    assert ("question", "plan.csv!C1 start") in problems(register)


def test_a_month_and_two_digits_that_can_be_a_year_are_asked_about():
    register = proposed("Task|Lead|Start|Finish\nMend|Roads|Apr 27|30 September 2027")
    assert problems(register) == [("question", "plan.csv!C1 start")]
    assert problems(proposed("Task|Lead|Start|Finish\nMend|Roads|Apr 20|30 September 2027")) == []


@pytest.mark.parametrize(
    ("group", "begin", "end"),
    [
        ("时间", "开工", "竣工"),
        ("起止时间", "起", "止"),
        ("추진일정", "착공", "준공"),
        ("実施時期", "着工", "完了"),
        ("Due", "From", "To"),
    ],
)
def test_below_a_heading_of_times_words_say_which_one_a_column_has(group, begin, end):
    """By themselves, these words are cells about what was done."""
    heads = f"Task|Lead|{group}||Progress\n||{begin}|{end}|"
    rows = "Mend|Roads|2027-03-01|2027-10-31|Dug\nPaint|Roads|2027-04-01|2027-11-30|Bought"
    register = proposed(f"{heads}\n{rows}")
    days = [(date(2027, 3, 1), date(2027, 10, 31), "Dug"), (date(2027, 4, 1), date(2027, 11, 30), "Bought")]
    assert values(register, Field.START, D, Field.DONE) == days


def test_groups_of_tasks_beside_the_measures_are_themes():
    register = proposed("序号|重点任务|具体举措|责任单位\n1|交通|建站|甲局\n2||换车|甲局\n3|教育|建校|乙局")
    assert values(register, T, Field.THEME) == [("建站", ("交通",)), ("换车", ("交通",)), ("建校", ("教育",))]
    beside = proposed("序号|工作任务|具体举措|责任单位\n1|修路|加班|甲局")
    assert values(beside, T, Field.NOTE) == [("修路", "加班")]


@pytest.mark.parametrize("text", ["每月", "每季度更新", "quarterly", "분기별", "매월", "毎月", "Monthly"])
def test_what_recurs_is_due_at_the_end_of_the_plan_with_a_remark(text):
    register = proposed(f"编号|任务|单位|期限\n1|报送|甲局|{text}")
    assert values(register, D) == [(date(2027, 12, 31),)]
    assert problems(register) == [("remark", "plan.csv!D2 due")]


@pytest.mark.parametrize(("cell", "field"), [("2027.4～2027.10", D), ("1.3月招标；2.6月开工", Field.MILESTONES)])
def test_a_schedule_is_a_date_or_a_list_by_its_cells(cell, field):
    register = proposed(
        f"番号|施策|担当課|スケジュール\n1|市場|商工課|{cell}\n2|公園|緑地課|{cell}\n3|橋|土木課|{cell}"
    )
    assert fields(register)[3] == field.value


def test_a_range_of_years_of_the_republic():
    read = read_written("114.01-116.12", Span(date(2027, 1, 1), date(2027, 12, 31)))
    assert read is not None
    assert (read.start, read.day) == (date(2025, 1, 1), date(2027, 12, 31))
    assert fields_named("實際進度(%)", Subject.ITEMS)[0] is Field.PERCENT


def test_ratings_in_a_column_of_phases_are_ratings():
    rows = "Task|Lead|Status\nSow|Roads|in progress\nMow|Roads|at risk\nDig|Roads|completed"
    register = proposed(rows)
    assert problems(register) == []
    assert values(register, Field.PHASE, Field.CONFIDENCE) == [
        ("in_progress", None),
        (None, "amber"),
        ("completed", None),
    ]
    # With a column of ratings, nothing says what one among the phases is.
    with_ratings = proposed(
        "\n".join(f"{line}|{end}" for line, end in zip(rows.split("\n"), ("RAG", "red", "red", "red"), strict=True))
    )
    assert problems(with_ratings) == [("question", "plan.csv!C3 phase")]


@pytest.mark.parametrize("heading", ["Status", "Phase", "Progress"])
def test_a_column_of_phases_can_have_more_ratings_than_phases(heading: str) -> None:
    register = proposed(f"Task|Lead|{heading}\nSow|Roads|at risk\nMow|Roads|in progress\nDig|Roads|at risk")

    assert values(register, Field.PHASE, Field.CONFIDENCE, Field.DONE) == [
        (None, "amber", None),
        ("in_progress", None, None),
        (None, "amber", None),
    ]
    # A rating leaves nothing open about the phase, as words about an end do.
    assert register.items[0].facts[Field.PHASE].inferred is None


def test_shares_with_a_comma_count_as_those_with_a_point():
    register = proposed("Task|Lead|% complete\nSow|Roads|0,5\nMow|Roads|0,8\nDig|Roads|0.7")
    assert values(register, Field.PERCENT) == [(50,), (80,), (70,)]
    among_percents = proposed("Task|Lead|% complete\nSow|Roads|85%\nMow|Roads|0,8\nDig|Roads|45%")
    assert problems(among_percents) == [("question", "plan.csv!C3 percent")]


def test_a_message_names_only_the_first_columns_of_a_wide_table() -> None:
    columns = [Headed(number, (f"C{number}",)) for number in range(60)]
    assert columns_in_words(columns) == ", ".join(f"C{number}" for number in range(20)) + " and 40 more"

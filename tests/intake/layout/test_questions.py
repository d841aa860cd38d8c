"""What a sheet leaves open is asked, with choices; an answer or a mapping decides it, and nothing else does."""

from datetime import date

import pytest

from planner.intake.proposed import Field, ProposedRegister, Severity
from planner.intake.sheets import Merged
from tests.intake.layout.written import problems, proposed, sheet_of, sheet_of_rows, value, values

TWO_TITLES = "任务名称|任务内容|牵头单位\n甲|建设甲楼|甲局\n乙|建设乙楼|甲局"


def questions(register: ProposedRegister) -> dict[str, tuple[str, ...]]:
    return {one.key: one.choices for one in register.problems if one.severity is Severity.QUESTION}


def fields(register: ProposedRegister) -> list[str | None]:
    return [column.field and column.field.value for column in register.layouts[0].columns]


def test_two_columns_that_can_be_the_title_are_a_question():
    register = proposed(TWO_TITLES)
    assert questions(register) == {"plan.csv!B1": ("title", "theme", "note", "not imported")}
    answered = proposed(TWO_TITLES, answers={"plan.csv!B1": "title"})
    assert fields(answered) == [None, "title", "lead"]
    # The column that gives way is not imported, and says so.
    assert problems(answered) == [("remark", "plan.csv!A1")]
    assert fields(proposed(TWO_TITLES, answers={"plan.csv!B1": "note"})) == ["title", "note", "lead"]
    assert fields(proposed(TWO_TITLES, answers={"plan.csv!B1": "not imported"})) == ["title", None, "lead"]
    assert questions(proposed(TWO_TITLES, answers={"plan.csv!B1": "nonsense"})) == questions(register)


def test_a_missing_title_is_a_question_and_the_rows_wait_for_its_answer():
    text = "序号|牵头单位|完成时限|内容简述\n1|甲局|6月|甲\n2|乙局|7月|乙"
    register = proposed(text)
    assert register.items == []
    assert questions(register) == {"plan.csv!1 title": ("序号", "牵头单位", "完成时限", "内容简述")}
    assert [place.row for place, _ in register.ignored] == [1, 2, 3]
    answered = proposed(text, answers={"plan.csv!1 title": "内容简述"})
    assert values(answered, Field.TITLE) == [("甲",), ("乙",)]


def test_a_mapping_decides_and_is_kept_for_the_shape():
    mapping = {"Kode": Field.CODE, "Pekerjaan": Field.TITLE, "Catatan": None}
    text = "Kode|Pekerjaan|Catatan\nA|Membangun pasar|x\nB|Membersihkan sungai|y"
    register = proposed(text, mapping=mapping)
    assert values(register, Field.CODE, Field.TITLE) == [("A", "Membangun pasar"), ("B", "Membersihkan sungai")]
    assert problems(register) == []
    layout = register.layouts[0]
    kept = {layout.shape: {column.heading: column.field for column in layout.columns}}
    assert values(proposed(text.upper(), kept=kept), Field.CODE) == [("A",), ("B",)]
    # A file of another shape has its own mapping.
    assert fields(proposed(f"{TWO_TITLES}", kept=kept)) == ["title", None, "lead"]


def test_a_mapping_wins_over_names_and_is_checked():
    text = "编号|任务|备注\n1|修路|x\n2|架桥|y"
    assert fields(proposed(text, mapping={"备 注": Field.SOURCE})) == ["code", "title", "source"]
    wrong = proposed(text, mapping={"备注": Field.LOGIN})
    assert problems(wrong) == [("error", "plan.csv!C1")]
    unused = proposed(text, mapping={"备忘": Field.NOTE})
    assert problems(unused) == [("remark", "plan.csv")]


def test_a_column_decides_the_order_of_its_dates_or_a_person_does():
    text = "任务|完成时限\n修路|{}\n架桥|04/03/2027\n建校|05/03/2027"
    assert values(proposed(text.format("13/07/2027")), Field.DUE)[1] == (date(2027, 3, 4),)
    assert values(proposed(text.format("07/13/2027")), Field.DUE)[1] == (date(2027, 4, 3),)
    open_ = text.format("2027-07-13")
    register = proposed(open_)
    assert questions(register) == {"plan.csv!B1 due": ("day first", "month first")}
    assert values(register, Field.DUE)[1] == (None,)
    for answer, day in (("day first", date(2027, 3, 4)), ("month first", date(2027, 4, 3))):
        assert values(proposed(open_, answers={"plan.csv!B1 due": answer}), Field.DUE)[1] == (day,)


def test_a_column_decides_how_its_percents_count_or_a_person_does():
    text = "任务|完成率\n修路|{}\n架桥|1\n建校|0"
    assert values(proposed(text.format("0.5")), Field.PERCENT) == [(50,), (100,), (0,)]
    assert values(proposed(text.format("100")), Field.PERCENT) == [(100,), (1,), (0,)]
    open_ = text.format("1")
    assert questions(proposed(open_)) == {"plan.csv!B1 percent": ("0 to 100", "0 to 1")}
    answered = proposed(open_, answers={"plan.csv!B1 percent": "0 to 1"})
    assert values(answered, Field.PERCENT) == [(100,), (100,), (0,)]


@pytest.mark.parametrize("share", [0.4, "0.4"])
def test_a_share_beside_percents_with_their_sign_is_a_question_however_it_was_typed(share):
    sheet = sheet_of_rows([("任务", "完成率"), ("修路", "85%"), ("架桥", share)])
    assert questions(proposed(sheet)) == {"plan.csv!B3 percent": ("40%", "0.4%")}
    assert values(proposed(sheet, answers={"plan.csv!B3 percent": "40%"}), Field.PERCENT) == [(85,), (40,)]


def test_shares_that_became_percents_say_so():
    register = proposed(sheet_of_rows([("任务", "完成率"), ("修路", 0.85), ("架桥", 1), ("建校", 0)]))
    assert values(register, Field.PERCENT) == [(85,), (100,), (0,)]
    said = "the numbers of the column are shares of 1"
    assert [item.facts[Field.PERCENT].inferred for item in register.items] == [said, said, None]


@pytest.mark.parametrize("days", [("45106", "-", "45136"), (45106, None, 45136.0)])
def test_days_counted_from_1904_are_a_question_where_the_file_does_not_say_it(days):
    sheet = sheet_of_rows([("任务", "完成时限"), *zip(("修路", "架桥", "建校"), days, strict=True)])
    register = proposed(sheet)
    assert questions(register) == {"plan.csv!B1 due": ("from 1900", "from 1904")}
    assert values(register, Field.DUE) == [(None,)] * 3
    for answer, first in (("from 1900", date(2023, 6, 29)), ("from 1904", date(2027, 6, 30))):
        answered = proposed(sheet, answers={"plan.csv!B1 due": answer})
        assert (questions(answered), values(answered, Field.DUE)[0]) == ({}, (first,))


@pytest.mark.parametrize("days", [(46568, 46598), (45106, 46568), (45106, "30.6.2027"), (40000, 40030)])
def test_days_that_may_count_from_1900_are_no_question(days):
    sheet = sheet_of_rows([("任务", "完成时限"), *zip(("修路", "架桥"), days, strict=True)])
    assert questions(proposed(sheet)) == {}


def test_one_answer_counts_for_all_cells_with_the_same_text():
    text = "任务|完成时限\n修路|6月前\n架桥|6月前\n建校|7月"
    register = proposed(text)
    assert questions(register) == {"plan.csv!B2 due": ("2027-05-31", "2027-06-30")}
    assert register.problems[0].what.endswith("(and in 1 other cell of this column)")
    answered = proposed(text, answers={"plan.csv!B2 due": "2027-05-31"})
    assert values(answered, Field.DUE) == [(date(2027, 5, 31),), (date(2027, 5, 31),), (date(2027, 7, 31),)]
    assert answered.items[0].facts[Field.DUE].inferred == "given as an answer"
    # An answer that cannot be read asks again about the cell.
    again = proposed(text, answers={"plan.csv!B2 due": "soon"})
    assert questions(again) == questions(register)
    assert again.problems[0].what.startswith("the answer does not fit: 'soon' is not a date")


def test_merged_rows_with_two_values_are_a_question_whose_answer_counts():
    sheet = sheet_of("任务|权重|单位\n修路|5|甲局\n|7|\n架桥|5|甲局", merged=(Merged(2, 1, 3, 1),))
    assert questions(proposed(sheet)) == {"plan.csv!B3 weight": ("5.0", "7.0")}
    for answer in (5, 7):
        register = proposed(sheet, answers={"plan.csv!B3 weight": f"{answer}.0"})
        assert values(register, Field.WEIGHT) == [(answer,), (5,)]
        assert questions(register) == {}


def test_columns_with_unknown_headings_are_known_by_their_contents_and_say_so():
    text = "Kode|Tugas|Tenggat\n" + "\n".join(f"A-{n}|Membangun pasar baru {n}|2027-0{n}-30" for n in range(3, 7))
    register = proposed(text)
    assert fields(register) == ["code", "title", "due"]
    assert all(column.inferred for column in register.layouts[0].columns)
    assert [severity for severity, _ in problems(register)] == ["remark"] * 3


def test_columns_that_are_not_imported_are_named():
    register = proposed("编号|任务|电话|\n1|修路|123|x\n2|架桥|456|")
    assert problems(register) == [("remark", "plan.csv!C1"), ("remark", "plan.csv!D2")]


@pytest.mark.parametrize(
    "cell",
    [
        "6月底前完成初稿，12月底前完成终稿",
        "first draft by June, final text by December",
        "6월 말까지 초안, 12월 말까지 최종안",
        "一季度开工；四季度竣工",
        "六月底前完成初稿，十二月底前完成终稿",
    ],
)
def test_of_several_dates_with_what_is_due_at_each_the_last_one_counts(cell):
    register = proposed(f"任务|单位|完成时限\n修路|甲局|{cell}")
    assert value(register.items[0], Field.DUE) == date(2027, 12, 31)
    assert register.items[0].facts[Field.DUE].inferred
    assert problems(register) == [("remark", "plan.csv!C2 due")]


@pytest.mark.parametrize(
    "cell",
    [
        "2027-06-30 / 2027-12-31",
        "6月/12月",
        "June and December",
        "原定6月底前完成，调整为12月底前完成",
        # The words of a date are no words that say what is due.
        "六月底前，十二月底前",
        "二〇二七年六月，二〇二七年十二月",
        "30 يونيو، 31 ديسمبر",
        "30. Juni; 31. Dezember",
    ],
)
def test_of_several_dates_without_what_is_due_a_person_chooses_one(cell):
    register = proposed(f"任务|单位|完成时限\n修路|甲局|{cell}")
    (problem,) = register.problems
    assert problem.what == f"'{cell}' has several dates"
    assert problem.choices == ("2027-06-30", "2027-12-31")


def test_what_a_month_with_two_digits_means_is_asked_once_for_the_column():
    table = "Code|Task|Due\n1|Mend|Dec-27\n2|Paint|Sep-27\n3|Sow|2027-05-01"
    register = proposed(table)
    assert values(register, Field.DUE) == [(None,), (None,), (date(2027, 5, 1),)]
    (asked,) = register.problems
    assert (asked.key, asked.choices) == ("plan.csv!C1 due", ("month and year", "day of the month"))

    months = proposed(table, answers={asked.key: "month and year"})
    assert values(months, Field.DUE)[:2] == [(date(2027, 12, 31),), (date(2027, 9, 30),)]
    days = proposed(table, answers={asked.key: "day of the month"})
    assert values(days, Field.DUE)[:2] == [(date(2027, 12, 27),), (date(2027, 9, 27),)]


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("w/c 7 December", ("2027-12-07", "2027-12-13")),
        ("Q4 FY27", ("2027-10-01", "2027-12-31")),
        ("early Q2", ("2027-04-01", "2027-06-30")),
    ],
)
def test_a_date_that_other_words_of_the_cell_change_is_asked(text, choices):
    (asked,) = proposed(f"Code|Task|Due\n1|Mend|{text}").problems
    assert (asked.severity, asked.choices) == (Severity.QUESTION, choices)


def test_percentages_in_words_are_asked_about_as_those_with_a_sign_are():
    text = "Task|进展情况\nRoad|进度百分之四十\nBridge|桥墩完成四成"
    (asked,) = (one for one in proposed(text).problems if one.severity is Severity.QUESTION)
    assert (asked.key, asked.value) == ("plan.csv!B1 percent", "进度百分之四十")
    answered = proposed(text, answers={asked.key: "progress"})
    assert values(answered, Field.PERCENT) == [(40,), (40,)]


def test_a_column_of_percents_with_a_number_just_above_1_is_asked_about_with_this_number():
    text = "Task|Percent\nRoad|0.5\nBridge|0.25\nPort|1.2"
    (asked,) = (one for one in proposed(text).problems if one.severity is Severity.QUESTION)
    assert (asked.key, asked.value) == ("plan.csv!B1 percent", "1.2")
    shares = proposed(text, answers={asked.key: asked.choices[1]})
    assert values(shares, Field.PERCENT) == [(50,), (25,), (None,)]
    assert problems(shares) == [("error", "plan.csv!B4 percent")]
    assert values(proposed(text, answers={asked.key: asked.choices[0]}), Field.PERCENT) == [(1,), (0,), (1,)]


def test_a_word_is_asked_about_once_however_it_is_written():
    words = ("Rolling on", "ROLLING  ON", "ｒolling on", "Late", *["In progress"] * 5)
    text = "\n".join(["编号|任务|状态", *(f"{number}|修路{number}|{word}" for number, word in enumerate(words, 1))])
    register = proposed(text)
    assert list(questions(register)) == ["plan.csv!C2 phase", "plan.csv!C5 phase"]
    answers = {"plan.csv!C2 phase": "in_progress", "plan.csv!C5 phase": "suspended"}
    answered = proposed(text, answers=answers)
    assert questions(answered) == {}
    assert [phase for (phase,) in values(answered, Field.PHASE)][:4] == ["in_progress"] * 3 + ["suspended"]
    # An answer about one of the cells counts for this one alone.
    other = proposed(text, answers={**answers, "plan.csv!C3 phase": "suspended"})
    assert [phase for (phase,) in values(other, Field.PHASE)][:3] == ["in_progress", "suspended", "in_progress"]


def test_years_of_two_and_of_four_digits_settle_each_others_order():
    for column in ("10/12/2027|30/09/27", "10/12/27|30/09/2027", "10/12/27|30/09/27"):
        first, second = column.split("|")
        register = proposed(f"编号|任务|完成时限\n1|修路|{first}\n2|架桥|{second}")
        assert questions(register) == {}
        assert values(register, Field.DUE) == [(date(2027, 12, 10),), (date(2027, 9, 30),)]


def test_dates_with_years_of_two_digits_are_one_question():
    register = proposed("编号|任务|完成时限\n1|修路|10/12/27\n2|架桥|9/8/27")
    assert questions(register) == {"plan.csv!C1 due": ("day first", "month first")}


def test_shares_among_percentages_are_one_question():
    text = "编号|任务|完成率\n1|修路|0.4\n2|架桥|0.5\n3|修渠|0.6\n4|种树|45"
    register = proposed(text)
    assert questions(register) == {"plan.csv!C1 percent": ("shares of 1", "percentages")}
    for answer, expected in (("shares of 1", [40, 50, 60, 45]), ("percentages", [0, 1, 1, 45])):
        answered = proposed(text, answers={"plan.csv!C1 percent": answer})
        assert (questions(answered), values(answered, Field.PERCENT)) == ({}, [(one,) for one in expected])


def test_rows_without_a_lead_beside_a_second_column_of_offices_are_one_question():
    text = "任务|牵头单位|责任单位\n修路|甲局|乙局\n架桥||乙局、丙局\n种树||丙局\n修渠||"
    register = proposed(text)
    assert questions(register) == {"plan.csv!C1 lead": ("the first leads", "none leads")}
    led = proposed(text, answers={"plan.csv!C1 lead": "the first leads"})
    assert questions(led) == {}
    assert values(led, Field.LEAD, Field.SUPPORTING)[1:] == [("乙局", ("丙局",)), ("丙局", ()), (None, None)]
    alone = proposed(text, answers={"plan.csv!C1 lead": "none leads"})
    assert (questions(alone), values(alone, Field.LEAD)[1:]) == ({}, [(None,)] * 3)
    # In a column that only names supporting organisations, none leads.
    assert questions(proposed(text.replace("责任单位", "配合单位"))) == {}


@pytest.mark.parametrize("status", ["On Track|ON TRACK|at risk", "amber|At risk|off-track", "green|Off track|Hm"])
def test_a_column_of_status_with_ratings_is_the_rating(status: str):
    rows = "\n".join(f"X-{n}|Task {n}|{text}" for n, text in enumerate(status.split("|")))

    assert fields(proposed(f"Code|Task|Status\n{rows}"))[2] == "confidence"


def test_misspelled_phases_are_asked_about_and_are_no_texts_about_progress():
    rows = "A-1|Sow|complted\nA-2|Mow|in progres\nA-3|Dig|not strated"

    found = proposed(f"Code|Task|Phase\n{rows}")

    assert fields(found)[2] == "phase"
    assert len(questions(found)) == 3
    longer = rows.replace("in progres", "Progress was made in May").replace("not strated", "Not yet ordered")
    assert fields(proposed(f"Code|Task|Phase\n{longer}"))[2] == "done"


GROUPED = "Code|Project|Task\nA-1|Reform|Sow|\nA-2||Mow\nA-3||Dig\nTotal||3 tasks\n"


def test_a_column_whose_cells_stand_above_several_tasks_is_that_of_themes():
    register = proposed(GROUPED)
    assert values(register, Field.CODE, Field.THEME) == [(f"A-{n}", ("Reform",)) for n in (1, 2, 3)]
    assert problems(register)[0] == ("remark", "plan.csv!B1")
    # An item of several rows has one number.
    assert list(questions(proposed(GROUPED.replace("A-2", "").replace("A-3", "")))) == ["plan.csv!C1"]
    # Also if a person says which of the two has the titles.
    assert fields(proposed(GROUPED, answers={"plan.csv!C1": "title"})) == ["code", "theme", "title"]


def test_rows_with_codes_of_their_own_are_items_also_below_a_merged_title():
    cells = (Merged(2, 2, 4, 2),)
    register = proposed(sheet_of("Code|Task|Note\nA-1|Sow|x\nA-2||y\n||z", merged=cells))

    assert values(register, Field.CODE, Field.TITLE) == [("A-1", "Sow"), ("A-2", "Sow")]


def test_a_second_column_of_dates_with_lists_is_that_of_milestones():
    text = "任务|完成时限|时间节点\n修路|6月底前|1. 3月底前设计 2. 6月底前通车\n架桥|年底前|3月底前：选址；6月：开工"
    assert [len(one.milestones or ()) for one in proposed(text).items] == [2, 2]
    plain = proposed("任务|完成时限|时间节点\n修路|6月底前|看情况\n架桥|年底前|另定")
    assert questions(plain) == {"plan.csv!C1": ("due", "milestones", "note", "not imported")}


def test_ones_are_shares_too_if_the_other_small_numbers_of_their_column_are():
    text = "任务|完成率\n修路|45%\n架桥|0.4\n建校|0.6\n种树|1"
    (question,) = questions(proposed(text))
    by_answer = [
        values(proposed(text, answers={question: one}), Field.PERCENT) for one in ("shares of 1", "percentages")
    ]
    assert by_answer == [[(45,), (40,), (60,), (100,)], [(45,), (0,), (1,), (1,)]]


def test_a_question_about_one_date_speaks_of_no_others():
    (one,) = proposed("任务|完成时限\n修路|03/04/2027\n架桥|2027-05-06").problems
    assert one.what == "'03/04/2027' can have the day or the month first"

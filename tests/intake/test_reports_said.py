"""What an import says of the reports that files carry: how their values were inferred, and when they are impossible."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from planner.domain.rules.settings import Settings
from planner.domain.vocabulary import Confidence, Phase
from planner.intake.comparing.preview import Preview
from planner.intake.preview_text import preview_lines
from planner.intake.previewing import preview_sheets
from planner.intake.proposed import Severity
from planner.intake.wishes import Wishes
from planner.store.database import Database
from planner.store.models import AuditEvent, StatusUpdate
from tests.factories import ACTOR, OFFICER, reading_of, report
from tests.intake.imports import DAY, preview_of, write
from tests.intake.layout.written import sheet_of
from tests.intake.proposals import item, register

# The days of a first file, and of a second one, whose items are in the plan from then on.
SECOND = DAY + timedelta(days=30)


def previewed(database: Database, tasks: str, day: date = DAY, as_of: date | None = None, **more: Any) -> Preview:
    with database.reading() as session:
        sheet = sheet_of(tasks, "Tasks", file="plan.xlsx")
        return preview_sheets(reading_of(session, day), ACTOR, [sheet], [], Wishes(as_of=as_of, **more))


def lines_of(preview: Preview) -> list[str]:
    return list(preview_lines(preview, "Harbour", Settings()))


@pytest.mark.parametrize("code", ["T-001", "X-1"])
def test_a_rounded_percent_is_told_and_recorded(sqlite_register: Database, code: str) -> None:
    preview = previewed(sqlite_register, f"Code|Task|Percent\n{code}|Mend a quay|55.5", as_of=DAY)

    assert "      percent: 55.5 rounded to a whole percentage" in lines_of(preview)
    write(sqlite_register, preview)
    with sqlite_register.reading() as session:
        reasons = session.execute(
            select(AuditEvent.body).where(AuditEvent.table_name == StatusUpdate.__tablename__)
        ).scalars()
        assert any("rounded to a whole percentage" in str(body) for body in reasons)


def test_the_same_file_again_is_no_conflict_with_the_first_report_of_an_officer(sqlite_register: Database) -> None:
    file = "Code|Task|Status|Percent\nX-1|Sow|not started|0"
    write(sqlite_register, previewed(sqlite_register, file, as_of=DAY))
    report(sqlite_register, "X-1", as_of=DAY, actor=OFFICER, percent=40)

    again = previewed(sqlite_register, file, as_of=DAY)

    assert (list(again.conflicts), again.anything) == ([], False)
    (other,) = previewed(sqlite_register, file.replace("|0", "|60"), as_of=DAY).conflicts
    assert other[1].change.new == 60


def test_a_changed_report_is_shown_with_what_it_changes(sqlite_register: Database) -> None:
    report(sqlite_register, as_of=DAY, percent=20, done="Dug.", confidence=Confidence.GREEN)
    write(
        sqlite_register,
        previewed(sqlite_register, "Code|Task|Rating\nT-001|Mend the quays|red", as_of=DAY, take_file=True),
    )

    lines = lines_of(previewed(sqlite_register, "Code|Task|Percent|Rating\nT-001|Mend the quays|20|amber", as_of=DAY))

    at = next(place for place, line in enumerate(lines) if "report as of" in line)
    assert lines[at + 1 :][:1] == ["      confidence: red → amber"]
    assert not any("percent:" in line for line in lines[at:])


def test_reports_that_only_conflicts_are_about_are_not_counted(sqlite_register: Database) -> None:
    report(sqlite_register, as_of=DAY, percent=20)

    lines = lines_of(previewed(sqlite_register, "Code|Task|Percent\nT-001|Mend the quays|30", as_of=DAY))

    assert "No report would be added: see the conflicts" in lines


def test_what_was_inferred_for_many_reports_is_told_once(sqlite_register: Database) -> None:
    rows = "\n".join(f"X-{number}|Sow meadow {number}|55.5" for number in range(1, 6))

    lines = lines_of(previewed(sqlite_register, f"Code|Task|Percent\n{rows}"))

    assert "  percent: 55.5 rounded to a whole percentage (5 items)" in lines
    assert not any(line.startswith("      percent") for line in lines)


def test_no_report_is_imported_from_before_the_day_on_which_an_item_was_added(sqlite_register: Database) -> None:
    write(sqlite_register, preview_of(sqlite_register, register(item(1, code="X-1", title="Sow"))))
    later = preview_of(sqlite_register, register(item(1, code="X-2", title="Repaint buoys")), as_of=SECOND)
    write(sqlite_register, later, day=SECOND)
    file = "Code|Task|Percent|Progress\nX-1|Sow|20|Begun\nX-2|Repaint buoys|30|Begun"

    found = previewed(sqlite_register, file, SECOND, as_of=DAY)

    (told,) = found.blockers
    assert (told.severity, str(told.place)) == (Severity.ERROR, "plan.xlsx: Tasks!C3")
    assert told.what == "X-2 was added to the plan on 2020-06-03, so there is no report on it as of 2020-05-04"
    assert told.do.startswith("Give 2020-06-03 or a later day as the day of the reports")
    stated = previewed(sqlite_register, f"as of 4 May 2020||\n{file}", SECOND)
    assert [one.what for one in stated.blockers] == [told.what]
    assert previewed(sqlite_register, file, SECOND).blockers == ()
    # A row that says nothing new about the item needs no day.
    assert previewed(sqlite_register, "Code|Task|Percent\nX-2|Repaint buoys|", SECOND, as_of=DAY).blockers == ()


def test_a_phase_that_follows_from_words_is_told(sqlite_register: Database) -> None:
    file = "Code|Task|Progress\nX-1|Sow|Seed bought\nX-2|Mow|Cancelled by the board\nX-3|Rake|Raked. Project completed."

    lines = lines_of(previewed(sqlite_register, file, as_of=DAY))

    assert [line for line in lines if "report as of" in line or "phase:" in line] == [
        "    report as of 2020-05-04: in progress",
        "      phase: the files say what was done, so work is in progress",
        "    report as of 2020-05-04: cancelled",
        "      phase: 'Cancelled by the board' says so",
        "    report as of 2020-05-04: in progress",
        "      phase: the files say what was done, so work is in progress",
    ]
    assert any("can say that the item has ended; " in line for line in lines)


@pytest.mark.parametrize(
    ("words", "percent", "phase", "why"),
    [
        ("已建成900个，占60%", 60, "in progress", "the percentage is above 0, so work is in progress"),
        ("尚未完成", 80, "in progress", None),
        ("2个已投用（50%），2个装修", 50, "in progress", "the percentage is above 0, so work is in progress"),
        ("No progress", 30, "in progress", "the percentage is above 0, so work is in progress"),
        ("No progress", 0, "not started", None),
        ("全部完成", 100, "completed", None),
        ("已引进30家，11月18日已完成", 100, "completed", "the words can say that the item has ended"),
        ("建成12个，11月25日全部完工", 100, "completed", "the words can say that the item has ended"),
        ("11. 20. 개최 완료", 100, "completed", "the words can say that the item has ended"),
        ("已投入使用", 100, "completed", "the words can say that the item has ended"),
        ("11. 20. 개최 완료", 60, "in progress", "the percentage is above 0, so work is in progress"),
        # Words about a part of the work, and an end of another kind.
        ("一期已完成，二期除外", 100, "in progress", None),
        ("Survey done. Project cancelled.", 100, "in progress", None),
    ],
)
def test_the_percent_beside_words_that_leave_the_phase_open_decides(
    sqlite_register: Database, words: str, percent: int, phase: str, why: str | None
) -> None:
    lines = lines_of(previewed(sqlite_register, f"Code|Task|进展|Percent\nX-1|Sow|{words}|{percent}%", as_of=DAY))

    assert [line for line in lines if line.startswith(f"    report as of {DAY}: {phase}")]
    assert why is None or any(line.startswith(f"      phase: {why}") for line in lines)


@pytest.mark.parametrize(("row", "told"), [("not started|0", 1), ("|0", 1), ("not started|", 1), ("|", 0)])
def test_a_new_item_that_is_not_started_has_a_report_that_the_same_file_does_not_repeat(
    sqlite_register: Database, row: str, told: int
) -> None:
    file = f"Code|Task|Status|Percent\nX-1|Sow|{row}\nX-2|Mow|in progress|10"

    first = previewed(sqlite_register, file, as_of=DAY)
    write(sqlite_register, first)

    lines = [line for line in lines_of(first) if line.startswith(f"    report as of {DAY}: not started")]
    assert len(lines) == told
    assert not previewed(sqlite_register, file, as_of=SECOND).anything


def test_one_remark_tells_of_the_day_in_a_heading(sqlite_register: Database) -> None:
    file = "Code|Task|Progress (as of {})\nX-1|Sow|Begun"

    taken = previewed(sqlite_register, file.format("30 April 2020"), SECOND)
    assert [one.what for one in taken.problems if "report" in one.what] == [
        "the reports are imported as of 2020-04-30, which this text names"
    ]
    # A day that is still to come is not taken.
    unread = previewed(sqlite_register, file.format("30 November 2020"), SECOND)
    assert [one.what for one in unread.problems if "report" in one.what] == [
        "the heading 'Progress (as of 30 November 2020)' can name the day for which the reports hold"
    ]


@pytest.mark.parametrize(
    ("file", "day"),
    [
        ("Code|Task|4月进展情况\nX-1|Sow|Begun", date(2020, 4, 30)),
        ("Code|Task|4월 추진실적\nX-1|Sow|Begun", date(2020, 4, 30)),
        ("Code|Task|Progress (Q1)\nX-1|Sow|Begun", date(2020, 3, 31)),
        ("填报日期：2020年5月25日||\nCode|Task|Progress\nX-1|Sow|Begun", date(2020, 5, 25)),
        ("Stand: 15.05.2020||\nCode|Task|Progress\nX-1|Sow|Begun", date(2020, 5, 15)),
        ("Stand: 03.04.2020||\nCode|Task|Progress\nX-1|Sow|Begun", date(2020, 4, 3)),
        # A text can also say when it was filled in.
        ("填报日期：2020年5月25日　截至4月30日||\nCode|Task|Progress\nX-1|Sow|Begun", date(2020, 4, 30)),
        ("截至2020年4月30日（填报日期：2020年5月25日）||\nCode|Task|Progress\nX-1|Sow|Begun", date(2020, 4, 30)),
        ("截至4月30日（2020年5月25日）||\nCode|Task|Progress\nX-1|Sow|Begun", date(2020, 4, 30)),
        ("작성일: 2020. 5. 25. / 2020. 4. 30. 기준||\nCode|Task|Progress\nX-1|Sow|Begun", date(2020, 4, 30)),
        ("Updated 25 May 2020, as of 30 April 2020||\nCode|Task|Progress\nX-1|Sow|Begun", date(2020, 4, 30)),
        ("截至目前　填报日期：2020年5月25日||\nCode|Task|Progress\nX-1|Sow|Begun", date(2020, 5, 25)),
        # A decision is no state.
        ("（2020年4月常务会议通过）||\nCode|Task|Progress\nX-1|Sow|Begun", SECOND),
        # When it was filled in says less than a heading.
        ("填报日期：2020年5月3日||\nCode|Task|4月进展情况\nX-1|Sow|Begun", date(2020, 4, 30)),
        # The last month that has words.
        ("Code|Task|3月进展|4月进展|5月进展\nX-1|Sow|Begun|Sown|", date(2020, 4, 30)),
        # The month is not over yet.
        ("Code|Task|6月进展情况\nX-1|Sow|Begun", SECOND),
        ("Code|Task|Progress\nX-1|Sow|Begun", SECOND),
    ],
)
def test_the_day_of_the_reports_is_proposed_from_headings_and_titles(
    sqlite_register: Database, file: str, day: date
) -> None:
    found = previewed(sqlite_register, file, SECOND)
    assert (found.as_of, found.blockers) == (day, ())
    told = [one.what for one in found.problems if "the reports are imported as of" in one.what]
    assert told == ([] if day == SECOND else [f"the reports are imported as of {day}, which this text names"])


@pytest.mark.parametrize(
    ("file", "days"),
    [
        # One of the two is still that of an earlier file.
        ("填报日期：2020年3月28日　截至3月31日||\nCode|Task|4月进展情况\nX-1|Sow|Begun", ("2020-03-31", "2020-04-30")),
        ("重点任务台账（4月）||\nCode|Task|Progress\nX-1|Sow|Begun", ("2020-04-30", str(SECOND))),
        ("重点任务台账（4月）||\nCode|Task|3月进展情况\nX-1|Sow|Begun", ("2020-03-31", "2020-04-30")),
    ],
)
def test_a_month_in_a_title_or_a_heading_that_is_not_that_of_the_text_is_asked_about(
    sqlite_register: Database, file: str, days: tuple[str, ...]
) -> None:
    (asked,) = previewed(sqlite_register, file, SECOND).blockers
    assert (asked.key, asked.choices) == ("plan.xlsx date", days)


@pytest.mark.parametrize(
    ("file", "time", "days"),
    [
        (
            "重点任务台账||\n截至2019年5月28日||\nCode|Task|Progress\nT-001|Mend|50%",
            "2019-05-28",
            ("2020-05-28", SECOND),
        ),
        ("填报日期：2019年12月28日||\nCode|Task|Progress\nT-001|Mend|50%", "2019-12-28", (SECOND,)),
        ("2019年重点任务台账||\nCode|Task|Progress\nT-001|Mend|50%", "2019", (SECOND,)),
        ("2021 register||\nCode|Task|Progress\nT-001|Mend|50%", "2021", (SECOND,)),
        ("Register||\nCode|Task|2019年5月进展情况\nT-001|Mend|50%", "2019-05-31", ("2020-05-31", SECOND)),
        # Nothing is reported, but an item changes.
        ("2019年重点任务台账||\nCode|Task\nT-001|Mend another quay", "2019", (SECOND,)),
    ],
)
def test_a_file_of_another_year_is_asked_about(
    sqlite_register: Database, file: str, time: str, days: tuple[object, ...]
) -> None:
    asked = previewed(sqlite_register, file, SECOND).blockers[-1]
    assert asked.key == "plan.xlsx date"
    assert asked.what.startswith(f"{time} (plan.xlsx: Tasks!")
    assert asked.choices == tuple(map(str, days))
    answered = previewed(sqlite_register, file, SECOND, answers={asked.key: str(SECOND)})
    assert (answered.as_of, [one for one in answered.blockers if one.key == asked.key]) == (SECOND, [])


@pytest.mark.parametrize(
    "title",
    [
        "2020年重点任务（2019年续建）",
        "2019-2021年重点任务",
        "根据政发〔2019〕3号",
        "Harbour vision 2035",
        "截至2020年5月31日",
    ],
)
def test_a_year_of_something_else_is_not_asked_about(sqlite_register: Database, title: str) -> None:
    file = f"{title}||\nCode|Task|Progress\nX-1|Sow|Begun"
    assert previewed(sqlite_register, file, SECOND + timedelta(days=90)).blockers == ()


def test_the_year_in_the_name_of_a_file_is_asked_about_unless_its_title_names_that_of_the_plan(
    sqlite_register: Database,
) -> None:
    def asked(title: str) -> list[str]:
        sheet = sheet_of(f"{title}||\nCode|Task|Progress\nX-1|Sow|Begun", "Tasks", file="register 2019.xlsx")
        with sqlite_register.reading() as session:
            preview = preview_sheets(reading_of(session, SECOND), ACTOR, [sheet], [], Wishes())
        return [one.key for one in preview.blockers]

    assert asked("Register") == ["register 2019.xlsx date"]
    assert asked("Register of 2020") == []


def test_one_of_several_days_is_asked_and_an_answer_that_does_not_fit_is_said(sqlite_register: Database) -> None:
    file = "as of 30 April 2020||\nas of 3 May 2020||\nCode|Task|Progress\nX-1|Sow|Begun"
    (asked,) = previewed(sqlite_register, file, SECOND).blockers
    assert (asked.severity, asked.choices) == (Severity.QUESTION, ("2020-04-30", "2020-05-03"))
    (again,) = previewed(sqlite_register, file, SECOND, answers={asked.key: "11月"}).blockers
    assert again.what == f"the answer '11月' does not fit: {asked.what}"
    assert "one after the other" not in asked.do
    assert previewed(sqlite_register, file, SECOND, answers={asked.key: "2020-04-30"}).as_of == date(2020, 4, 30)


@pytest.mark.parametrize("how", ["names", "texts"])
def test_files_of_different_days_can_be_imported_one_after_the_other(sqlite_register: Database, how: str) -> None:
    """One day counts for the reports of all files of an import."""
    table = "Code|Task|Progress\nX-{}|Sow|Begun"
    tables = [table.format(one) for one in (1, 2)]
    names, days = ("4月.xlsx", "5月.xlsx"), ("as of 30 April 2020||\n", "as of 3 May 2020||\n")
    if how == "texts":
        names, tables = ("a.xlsx", "b.xlsx"), [day + one for day, one in zip(days, tables, strict=True)]

    def advice(count: int) -> str:
        with sqlite_register.reading() as session:
            sheets = [sheet_of(one, file=name) for name, one in zip(names[:count], tables[:count], strict=True)]
            return " ".join(
                one.do for one in preview_sheets(reading_of(session, SECOND), ACTOR, sheets, [], Wishes()).blockers
            )

    assert "import the files one after the other, the older one first" in advice(2)
    assert "one after the other" not in advice(1)


NAMED = [
    ("10月", "plan.xlsx", None),
    ("T1", "s1.xlsx", None),
    ("4月", "plan.xlsx", "2020-04-30"),
    ("Sheet1", "台账4月.xlsx", "2020-04-30"),
]
NAMED += [("Tasks", "April 2020.xlsx", "2020-04-30"), ("Tasks", "tasks_2020-05-15.xlsx", "2020-05-15")]


@pytest.mark.first_cases(2)
@pytest.mark.parametrize(("sheet", "file", "day"), NAMED)
def test_a_day_that_only_a_name_of_a_file_or_a_sheet_has_is_asked_about(
    sqlite_register: Database, sheet: str, file: str, day: str | None
) -> None:
    def read(tasks: str, **said: Any) -> Preview:
        with sqlite_register.reading() as session:
            sheets = [sheet_of(tasks, sheet, file=file)]
            return preview_sheets(reading_of(session, SECOND), ACTOR, sheets, [], Wishes(**said))

    tasks = "Code|Task|Progress\nX-1|Sow|Begun"
    asked = read(tasks).blockers

    assert [one.choices for one in asked] == ([] if day is None else [(day, str(SECOND))])
    assert read(tasks, as_of=DAY).blockers == ()
    assert read(tasks.replace("Progress", "Note")).blockers == ()
    for choice in asked[0].choices if asked else ():
        assert str(read(tasks, answers={asked[0].key: choice}).as_of) == choice


def test_a_date_in_a_file_of_another_month_is_asked_about(sqlite_register: Database) -> None:
    day = date(2020, 5, 20)
    rows = "填报日期：2020年3月5日||\n编号|任务|进展\nT-001|Mend a quay|已完成设计"

    def asked(name: str, **more: Any) -> Preview:
        sheet = sheet_of(rows, "Tasks", file=name)
        with sqlite_register.reading() as session:
            return preview_sheets(reading_of(session, day), ACTOR, [sheet], [], Wishes(**more))

    (question,) = asked("工作-4月.xlsx").blockers
    assert question.choices == ("2020-03-05", "2020-04-30")
    answered = asked("工作-4月.xlsx", answers={question.key: "30 Apr 2020"})
    assert [one.report.as_of for one in answered.changed if one.report] == [date(2020, 4, 30)]
    assert not answered.blockers
    # A name of the same month, or without one, says nothing else.
    for name in ("工作-3月.xlsx", "工作.xlsx"):
        assert not asked(name).blockers


def test_a_title_can_say_the_position_at_a_day(sqlite_register: Database) -> None:
    rows = "Position at 31 March 2020||\nCode|Task|Done\nT-001|Mend a quay|Dug"
    found = previewed(sqlite_register, rows, date(2020, 4, 20))
    assert [one.report.as_of for one in found.changed if one.report] == [date(2020, 3, 31)]


@pytest.mark.parametrize(("heading", "refused"), [("No.", False), ("Code", True)])
def test_a_mark_that_repeats_is_no_code(sqlite_register: Database, heading: str, refused: bool) -> None:
    found = previewed(sqlite_register, f"{heading}|Task|Lead\n7|Mend a quay|Roads\n〃|Sow a park|Roads")
    assert bool(found.blockers) is refused
    assert all(new.code != "〃" for new in found.new)


@pytest.mark.parametrize(
    ("phase", "words"),
    [
        (Phase.COMPLETED, "1 completed item would be open again: X-1"),
        (Phase.CANCELLED, "1 cancelled item would be open again: X-1"),
        (Phase.MERGED, "1 item that was merged into another one would be open again beside it: X-1"),
    ],
)
def test_an_item_that_has_ended_is_not_opened_again_without_a_word(
    sqlite_register: Database, phase: Phase, words: str
) -> None:
    file = "Code|Task|Status\nX-1|Sow|in progress\nX-2|Mow|in progress"
    write(sqlite_register, previewed(sqlite_register, file, as_of=DAY))
    report(sqlite_register, "X-1", as_of=SECOND, actor=OFFICER, phase=phase)
    later = file.replace("X-1|Sow|in progress", "X-1|Sow|suspended")

    def said(**wishes: Any) -> list[str]:
        found = previewed(sqlite_register, later, SECOND, SECOND, **wishes)
        return [problem.what for problem in found.problems if "open again" in problem.what]

    assert (said(take_file=True), said()) == ([words], [])


def test_an_older_report_of_a_file_opens_no_item_again(sqlite_register: Database) -> None:
    file = "Code|Task|Status\nX-1|Sow|in progress"
    write(sqlite_register, previewed(sqlite_register, file, as_of=DAY))
    report(sqlite_register, "X-1", as_of=SECOND, actor=OFFICER, phase=Phase.COMPLETED)

    older = previewed(sqlite_register, file.replace("in progress", "suspended"), SECOND, DAY, take_file=True)

    assert older.changed[0].report is not None
    assert not [problem for problem in older.problems if "open again" in problem.what]

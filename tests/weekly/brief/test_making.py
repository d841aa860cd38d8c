"""The brief of a week of the small plan: what is in it, the worst first, with the numbers of the week's file."""

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import make_url

from planner.domain.rules.rollup import roll_up
from planner.domain.rules.weeks import Week
from planner.domain.symbols import WORKING, WORKING_MARK
from planner.domain.vocabulary import Confidence, Freshness, Phase, State
from planner.store.database import Database, open_database
from planner.weekly.brief.brief_formats import BriefFormat, brief_bytes
from planner.weekly.brief.making import BRIEF_SECTIONS, MOST_LINES, brief_of, has_brief
from planner.weekly.brief.model import Brief, BriefList
from planner.weekly.brief.shortening import QUOTE_WIDTH, fitted
from planner.weekly.brief.standing import MOST_THEMES, standing_sentence, theme_bars
from planner.weekly.contents import SECTIONS, WeeklyFile, fill_all
from planner.weekly.reading import open_week
from planner.weekly.sections.movements import MOVEMENTS
from planner.weekly.workbook.texts import width
from tests.answers import answer, ask, assess
from tests.factories import move, noon, reading_of, report
from tests.weekly.week import LATER, W14

if TYPE_CHECKING:
    from planner.weekly.sections.totals import Total


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory, loaded_file: str) -> Iterator[Database]:
    """The small plan with a week in which much got worse."""
    file = tmp_path_factory.mktemp("brief") / "register.sqlite"
    shutil.copy(loaded_file, file)
    made = open_database(make_url(f"sqlite:///{file}"))
    report(made, "T-001", as_of=date(2020, 3, 25), percent=10, confidence=Confidence.GREEN)
    report(made, "T-001", as_of=date(2020, 4, 2), percent=5, confidence=Confidence.GREEN, blocker="No [timber].")
    report(made, "T-002", as_of=date(2020, 3, 20), help_needed="A teacher.")
    report(made, "T-002", as_of=date(2020, 4, 1), help_needed="Two teachers.", confidence=Confidence.GREEN)
    report(made, "P-002", as_of=date(2020, 4, 3), phase=Phase.COMPLETED, done="The room is open.")
    asked: dict[str, Any] = {"help_from": "The school [board]", "help_by": date(2020, 4, 3)}
    report(made, "T-003", as_of=date(2020, 3, 30), help_needed="A lamp.", **asked)
    ask(made, date(2021, 1, 31), milestone=2, on=date(2020, 3, 25), reason="The [frost].")
    move(made, "P-001", None, date(2021, 1, 10), as_of=date(2020, 4, 1), reason="The tender failed.")
    move(made, "P-001", 2, date(2020, 6, 20), as_of=date(2020, 4, 1), reason="Earlier.")
    report(made, "P-001", as_of=date(2020, 3, 20), confidence=Confidence.GREEN)
    move(made, "P-001", 3, date(2020, 4, 17), as_of=date(2020, 4, 1), reason="Earlier, too.")
    assess(made, Confidence.RED, code="P-001", reason="No [lamp].", on=date(2020, 4, 2))
    yield made
    made.close()


def file_of(database: Database, week: Week = W14) -> WeeklyFile:
    with database.reading() as session:
        return fill_all(open_week(reading_of(session), now=LATER, week=week), SECTIONS)


@pytest.fixture(scope="module")
def week(database: Database) -> WeeklyFile:
    """The file of the week."""
    return file_of(database)


@pytest.fixture(scope="module")
def brief(week: WeeklyFile) -> Brief:
    """Its brief."""
    return brief_of(week)


def lists(brief: Brief) -> dict[str, BriefList]:
    return {one.title: one for part in brief.parts for one in part.lists}


def told(one: BriefList) -> list[tuple[str, str, str]]:
    return [(line.code, line.fact, line.quote) for line in one.lines]


def test_the_parts_are_in_the_order_in_which_a_manager_asks(brief: Brief) -> None:
    assert [part.title for part in brief.parts] == [
        "What got worse, and why",
        "What needs a decision",
        "What is overdue, and what falls due in two weeks",
        "Who is silent",
    ]


def test_where_the_plan_stands_is_one_sentence_with_the_numbers_of_the_totals(brief: Brief, week: WeeklyFile) -> None:
    totals = week.section("totals")
    plan: dict[str, Any] = totals.values(totals.rows[0])
    assert brief.sentence == (
        f"No item is overdue, but {plan['off_track']} of 5 is off track, together as many as a week before; "
        f"{plan['percent']}% of the plan is done ({plan['change_since_last_week']:+g} points this week), where "
        f"{plan['expected_percent']}% was expected; "
        f"{plan['reported']} of {plan['items'] - plan['not_owed']} reports due came in. "
        "1 date was moved to a later day since last week: 1 without a request."
    )
    assert {share.state: share.count for share in brief.plan.shares} == {
        state: count for state, count in totals.rows[0].now.states.items() if count
    }
    assert brief.plan.total == plan["items"]


def test_the_answers_of_the_week_are_counted_as_the_week_lists_them(loaded_file: str, tmp_path: Path) -> None:
    made = open_database(make_url(f"sqlite:///{shutil.copy(loaded_file, tmp_path)}"))
    report(made, "T-003", as_of=date(2020, 3, 30), help_needed="A lamp.")
    assert "answered" not in brief_of(file_of(made)).sentence
    answer(made, "T-003", at=noon(date(2020, 4, 2)))
    found = file_of(made)
    made.close()
    [row] = map(found.section("requests").values, found.section("requests").rows)
    assert row["state"] == "answered"
    assert brief_of(found).sentence.endswith(" 1 request was answered this week.")


@pytest.mark.parametrize(
    ("overdue", "off_track", "before", "said"),
    [
        (0, 0, 0, "No item is overdue or off track, together as many as a week before; "),
        (0, 1, 0, "No item is overdue, but 1 of 30 is off track, together 1 more than a week before; "),
        (1, 0, 4, "1 of 30 items is overdue and none is off track, together 3 fewer than a week before; "),
        (12, 3, 15, "12 of 30 items are overdue and 3 off track, together as many as a week before; "),
    ],
)
def test_the_sentence_begins_with_what_is_late(
    week: WeeklyFile, overdue: int, off_track: int, before: int, said: str
) -> None:
    plan: Total = week.section("totals").rows[0]
    now = replace(plan.now, items=30, states=Counter({State.OVERDUE: overdue, State.OFF_TRACK: off_track}))
    was = replace(plan.before, items=30, states=Counter({State.OVERDUE: before}))
    assert standing_sentence(replace(plan, now=now, before=was)).startswith(said)


def test_a_plan_on_which_nobody_has_reported_says_so_first(week: WeeklyFile) -> None:
    plan: Total = week.section("totals").rows[0]
    silent = replace(
        plan.now, items=30, states=Counter({State.OFF_TRACK: 30}), freshnesses=Counter({Freshness.NEVER: 30})
    )
    said = "Nobody has reported yet: what is late follows from the plan's dates alone. No item is overdue, but 30 of 30"
    assert standing_sentence(replace(plan, now=silent)).startswith(said)
    for reported in (
        replace(silent, freshnesses=Counter({Freshness.NEVER: 29, Freshness.STALE: 1})),
        replace(silent, states=Counter({State.OFF_TRACK: 29, State.COMPLETED: 1})),
    ):
        assert "Nobody" not in standing_sentence(replace(plan, now=reported))


def test_a_plan_without_items_says_so(week: WeeklyFile) -> None:
    plan: Total = week.section("totals").rows[0]
    assert standing_sentence(replace(plan, now=roll_up([]), before=roll_up([]))) == "The plan has no items."


def test_what_got_worse_is_a_line_for_each_item_with_its_reason(brief: Brief) -> None:
    assert told(lists(brief)["Items that got worse"]) == [
        ("T-001", "behind → off track; 10% → 5%", "No [timber]."),
        (
            "P-001 [working]",
            "due date: 2020-12-31 → 2021-01-10, 10 days later, without a request",
            "The tender failed.",
        ),
    ]


def test_an_item_counts_as_worse_once_and_only_for_movements_for_the_worse(brief: Brief, week: WeeklyFile) -> None:
    kinds = {"worse", "fell_back", "suspended", "dropped", "reopened"}
    movements: list[dict[str, Any]] = [week.section("movements").values(row) for row in week.section("movements").rows]
    worse = {row["code"] for row in movements if row["movement"] in kinds or (row["days"] or 0) > 0}
    one = lists(brief)["Items that got worse"]
    assert one.total == len(worse)
    assert one.heading == "Items that got worse: 2 (3 changes)"
    counted = week.section("movements").counted
    assert counted == "6 changes of 3 items; for the worse: 3 changes of 2 items"
    assert sum(row["for_the_worse"] == "yes" for row in movements) == 3
    assert {line.code.removesuffix(f" {WORKING_MARK}") for line in one.lines} == worse


def test_what_needs_a_decision_says_of_whom_it_is_asked_by_when_and_since_when(brief: Brief) -> None:
    found = lists(brief)
    assert told(found["Help needed"]) == [
        ("T-002 [working]", "asked for help on 2020-03-20, 2 weeks ago", "Two teachers."),
        (
            "T-003 [working]",
            "asked The school [board] for help on 2020-03-30, 6 days ago; answer needed by 2020-04-03, 2 days overdue",
            "A lamp.",
        ),
    ]
    [later] = told(found["Later dates asked for"])
    assert (later[0], later[2]) == ("T-001", "The [frost].")
    assert re.fullmatch(
        r"milestone 2: 2021-01-31 instead of 2020-\d\d-\d\d, asked for before the date; "
        r"asked on 2020-03-25, 2 weeks ago",
        later[1],
    )
    assert told(found["To be confirmed"]) == [
        ("P-002 [working]", "reported as completed on 2020-04-03, 2 days ago", "The room is open.")
    ]
    assert told(found["Assessed otherwise than reported"]) == [
        # It is not the lead of the item who says this.
        ("P-001 [working]", "reported green, assessed red by egil on 2020-04-02: No [lamp].", "")
    ]
    assert told(found["Rated green, but late"]) == [("T-001", "rated green, but off track: 5% done, 41% expected", "")]


def test_dates_to_come_begin_with_the_next_one_and_overdue_items_with_the_longest(database: Database) -> None:
    found = lists(brief_of(file_of(database)))
    due = found["Items with dates due by 2020-04-19"]
    assert told(due) == [("P-001 [working]", "Fri 2020-04-17, in 2 weeks: milestone 3", "Lamp fitted")]
    assert due.heading == "Items with dates due by 2020-04-19: 1"
    assert found["Items overdue"].lines == ()
    assert found["Items overdue"].nothing == "No item is overdue."


def test_an_item_with_several_dates_to_come_has_one_line_with_all_of_them(sqlite_register: Database) -> None:
    for number, day in ((1, date(2020, 4, 10)), (2, date(2020, 4, 10)), (3, date(2020, 4, 17))):
        move(sqlite_register, "P-001", number, day, as_of=date(2020, 4, 1))
    due = lists(brief_of(file_of(sqlite_register)))["Items with dates due by 2020-04-19"]
    assert due.heading == "Items with dates due by 2020-04-19: 1 (3 dates)"
    assert [line.fact for line in due.lines] == [
        "Fri 2020-04-10, in 5 days: milestone 1 and milestone 2; Fri 2020-04-17, in 2 weeks: milestone 3"
    ]


def test_who_is_silent_is_told_by_organisation(brief: Brief, week: WeeklyFile) -> None:
    unreported = [week.section("unreported").values(row)["lead"] for row in week.section("unreported").rows]
    silent = lists(brief)["Organisations with missing reports"]
    assert [(line.title, line.code, line.lead) for line in silent.lines] == [
        (lead, "", "") for lead in dict.fromkeys(unreported)
    ]
    assert silent.lines[0].fact.startswith(f"{len(unreported)} of ")


def test_the_picture_has_the_themes_with_all_their_items(brief: Brief, week: WeeklyFile) -> None:
    themes = [row for row in week.section("totals").rows if row.by == "theme"]
    assert [(bar.name, bar.total) for bar in brief.themes] == [(row.name, row.now.items) for row in themes]
    assert brief.themes_left_out == 0


def test_of_many_themes_those_with_most_trouble_are_shown_in_their_order(week: WeeklyFile) -> None:
    (theme,) = [row for row in week.section("totals").rows if row.by == "theme"][:1]
    calm = replace(theme.now, states=Counter({State.ON_TRACK: 1}))
    worst = replace(theme.now, states=Counter({State.OVERDUE: 9}))
    themes = [replace(theme, name=str(number), now=calm) for number in range(MOST_THEMES + 3)]
    themes[-1] = replace(themes[-1], now=worst)
    bars, total = theme_bars(themes)
    assert (len(bars), total) == (MOST_THEMES, MOST_THEMES + 3)
    assert bars[-1].name == str(MOST_THEMES + 2)


def test_a_long_list_shows_the_worst_lines_and_says_how_many_more_there_are(week: WeeklyFile) -> None:
    movements = week.section("movements")
    row = next(row for row in movements.rows if row.item.code == "T-001")
    many = [replace(row, item=replace(row.item, id=number, code=f"X-{number}")) for number in range(100, 112)]
    sections = tuple(replace(filled, rows=many) if filled.table is MOVEMENTS else filled for filled in week.sections)
    one = lists(brief_of(replace(week, sections=sections)))["Items that got worse"]
    assert [line.code for line in one.lines] == [f"X-{number}" for number in range(100, 100 + MOST_LINES)]
    assert (one.total, one.more) == (12, 12 - MOST_LINES)


def test_the_sections_of_the_brief_are_enough_for_it(database: Database, brief: Brief) -> None:
    with database.reading() as session:
        found = fill_all(open_week(reading_of(session), now=LATER, week=W14), BRIEF_SECTIONS)
    assert has_brief(found)
    assert brief_of(found) == brief
    assert not has_brief(replace(found, sections=found.sections[1:]))


def test_a_plan_on_which_nobody_reported_has_a_brief_in_every_format(sqlite_register: Database) -> None:
    with sqlite_register.reading() as session:
        opened = open_week(reading_of(session), now=noon(date(2020, 1, 8)), week=Week(2020, 1))
        made = brief_of(fill_all(opened, BRIEF_SECTIONS))
    assert made.sentence.startswith("No item is overdue or off track")
    assert all(b"".join(brief_bytes(made, form)) for form in BriefFormat)


def test_a_text_is_cut_by_its_width_in_columns() -> None:
    assert fitted("a\nb  c", 10) == "a b c"
    assert fitted("abcdef", 5) == "abcd…"
    assert width(fitted("港" * 500, QUOTE_WIDTH)) <= QUOTE_WIDTH
    assert fitted("港口港口", 5) == "港口…"


def test_a_drafted_title_is_marked_and_the_mark_explained(brief: Brief) -> None:
    assert [line.code for line in lists(brief)["Items that got worse"].lines] == ["T-001", f"P-001 {WORKING_MARK}"]
    assert brief.footnote == WORKING
    assert brief.shortened(0).footnote == ""
    for form in (BriefFormat.TEXT, BriefFormat.MARKDOWN, BriefFormat.HTML):
        assert "from the published plan." in " ".join(b"".join(brief_bytes(brief, form)).decode().split())

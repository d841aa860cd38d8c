"""What a comparison says of milestones that were met or moved, and of items that got worse by the day alone."""

from typing import Any

from planner.cli.weekly.compare import people_lines
from planner.domain.rules.weeks import Week
from planner.queries.moves.moves import Aspect, Move, MoveKind
from planner.tables.frame import Frame
from planner.weekly.comparing.comparisons import MOVEMENTS, Change, Compared, compare_tables
from planner.weekly.comparing.differences import Kind
from planner.weekly.comparing.milestones_told import milestones_told
from planner.weekly.comparing.plain_tables import Tables, plain_table
from planner.weekly.sections.movements import MOVEMENTS as SECTION

WEEK = Week(2020, 14)


def moved(code: str, movement: str, what: str, was: Any = None, now: Any = None, **more: Any) -> dict[str, Any]:
    return {"code": code, "movement": movement, "what": what, "from": was, "to": now, **more}


def tables(*rows: dict[str, Any]) -> Tables:
    names = [column.name for column in SECTION.columns]
    filled = [dict.fromkeys(names) | row for row in rows]
    return {MOVEMENTS: plain_table(MOVEMENTS, SECTION.key, names, filled, Frame(WEEK, WEEK.sunday, False))}


MET = moved("P-1", "met", "milestone 2", None, "2020-04-01", milestone="Dug")
LATER = moved("P-2", "re_dated", "milestone 1", "2020-04-01", "2020-05-01", milestone="Paved")
OTHER = moved("P-2", "re_dated", "due_date", "2020-04-01", "2020-05-01")


def test_milestones_that_were_met_or_moved_since_the_earlier_week_are_told() -> None:
    told = milestones_told(tables(), tables(MET, LATER, OTHER))

    assert told == {
        "P-1": {"milestone 2": "milestone 2 met on 2020-04-01: Dug"},
        "P-2": {"milestone 1": "milestone 1 moved: 2020-04-01 → 2020-05-01: Paved"},
    }
    assert milestones_told(tables(MET, LATER), tables(MET, LATER)) == {}
    assert milestones_told({}, {}) == {}


def test_an_item_that_got_worse_by_the_day_alone_is_among_what_people_changed() -> None:
    worse = {"P-3": Move(MoveKind.WORSE, Aspect.SCHEDULE, "on_track", "overdue")}
    day = Change("items", "P-3", "P-3", Kind.CHANGED, "schedule", "on_track", "overdue")
    told = {"P-1": {"milestone 2": "milestone 2 met on 2020-04-01: Dug"}}

    lines = list(people_lines(Compared((day,), (), {"P-1": "Quay", "P-3": "Light"}, worse), milestones=told))

    assert lines[1:4] == [
        "What got worse, and what people changed",
        "P-3 Light: got worse: on track → overdue",
        "P-1 Quay: milestone 2 met on 2020-04-01: Dug",
    ]


def test_a_moved_milestone_is_told_once() -> None:
    row = Change("milestones", "P-2", "P-2 milestone 1", Kind.CHANGED, "current", "2020-04-01", "2020-05-01")
    told = milestones_told(tables(), tables(LATER))

    lines = list(people_lines(Compared((row,), (), {"P-2": "Road"}), milestones=told))

    assert [line for line in lines if "2020-05-01" in line] == [
        "P-2 Road: milestones milestone 1: current: 2020-04-01 → 2020-05-01"
    ]


def test_items_that_moved_come_in_the_order_of_the_movements() -> None:
    found = compare_tables(tables(), tables(moved("Z-9", "completed", "phase"), MET))

    assert [code for code, _ in found.by_item()] == ["Z-9", "P-1"]

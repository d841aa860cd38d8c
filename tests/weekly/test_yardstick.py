"""The yardstick of the weekly file's speed: one SQL statement that says the same as the rules do, by another way."""

import sqlite3
from contextlib import closing
from datetime import date

from bench.speed.weekly import QUERY
from planner.domain.vocabulary import Confidence, Phase
from planner.tables.csv_form import LIST_SEPARATOR
from planner.weekly.sections.items import ITEMS
from tests.answers import confirm, give_back, take_back
from tests.factories import COLLEAGUE, OFFICER, meet, move, noon, report
from tests.weekly.week import section_rows

# Week 14 of 2020. It knows nothing but demonstrations.
PARAMETERS = {"day": "2020-04-05", "before": "2020-03-29", "monday": "2020-03-30", "week": "2020-W14"}
OF_A_DEMONSTRATION = ("basis", "data")


def by_sql(database):
    with closing(sqlite3.connect(database.url.database)) as connection:
        connection.row_factory = sqlite3.Row
        found = connection.execute(QUERY.read_text(encoding="utf-8"), PARAMETERS).fetchall()
    return [{name: row[name] for name in row.keys() if name not in OF_A_DEMONSTRATION} for row in found]  # noqa: SIM118


def by_the_rules(database):
    return [
        {name: plain(value) for name, value in row.items() if name not in OF_A_DEMONSTRATION}
        for row in section_rows(database, ITEMS)
    ]


def plain(value):
    if isinstance(value, tuple):
        return LIST_SEPARATOR.join(value) or None
    return value.isoformat() if isinstance(value, date) else value


def test_sql_and_the_rules_say_the_same(sqlite_register):
    register = sqlite_register
    assert by_sql(register) == by_the_rules(register)
    report(register, "T-001", as_of=date(2020, 3, 25), percent=10, confidence=Confidence.GREEN, actor=OFFICER)
    report(register, "T-001", as_of=date(2020, 4, 2), percent=35, blocker="Ice, +2 cm", actor=OFFICER)
    report(register, "T-003", as_of=date(2020, 2, 4), phase=Phase.SUSPENDED)
    report(register, "P-002", as_of=date(2020, 4, 2), phase=Phase.COMPLETED, actor=OFFICER)
    meet(register, "P-001", 1, date(2020, 3, 27))
    meet(register, "P-001", 2, date(2020, 4, 3))
    move(register, "T-002", 1, date(2020, 8, 31), as_of=date(2020, 4, 3))
    move(register, "T-001", None, date(2020, 4, 1), as_of=date(2020, 4, 1))
    told = by_sql(register)
    assert told == by_the_rules(register)
    assert [row["schedule"] for row in told] == ["overdue", "behind", "none", "on_track", "on_track"]

    report(register, "T-003", as_of=date(2020, 4, 4), phase=Phase.CANCELLED, actor=OFFICER)
    report(register, "P-001", as_of=date(2020, 3, 4), percent=None, done="Begun.")
    unconfirmed = by_sql(register)
    assert unconfirmed == by_the_rules(register)
    assert [row["schedule"] for row in unconfirmed][2] != "none"
    take_back(register, at=noon(date(2020, 4, 5)))
    take_back(register, actor=OFFICER, at=noon(date(2020, 4, 5)))

    give_back(register, "T-001", "Which quay?", at=noon(date(2020, 4, 6)))
    confirm(register, "P-002", at=noon(date(2020, 4, 7)))
    answered = by_sql(register)
    assert answered == by_the_rules(register)
    assert (answered[0]["returned"], answered[4]["completion"]) == ("Which quay?", "confirmed")

    take_back(register, actor=COLLEAGUE, at=noon(date(2020, 4, 8)))
    take_back(register, actor=COLLEAGUE, at=noon(date(2020, 4, 9)))
    assert by_sql(register) == by_the_rules(register) == told

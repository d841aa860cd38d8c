"""Who has not reported, and for how long."""

from datetime import date

from planner.domain.rules.weeks import weeks_between
from planner.domain.vocabulary import Phase
from planner.queries.items.filters import filtered
from planner.queries.weeks.missing_reports import not_reported, silent_since
from planner.store.database import Database
from tests.factories import report
from tests.queries.reads import items_at

THURSDAY = date(2020, 6, 25)


def silence(database: Database) -> list[tuple[str, int, int, int, int]]:
    found = not_reported(items_at(database, THURSDAY).values(), THURSDAY)
    return [(one.organisation.key, one.owed, one.reported, one.silent, one.weeks) for one in found]


def test_each_lead_that_owes_is_named_with_what_it_owes_and_has(register: Database):
    for code in ("T-001", "T-002", "P-001"):
        report(register, code, as_of=date(2020, 6, 23))
    report(register, "P-002", as_of=date(2020, 6, 10))
    report(register, "T-003", as_of=date(2020, 5, 27))
    assert silence(register) == [("town-archive", 1, 0, 1, 4), ("harbour-office", 4, 3, 0, 2)]


def test_who_has_reported_all_is_not_named_and_who_owes_nothing_neither(register: Database):
    for code in ("T-001", "T-002", "P-001", "P-002"):
        report(register, code, as_of=date(2020, 6, 22))
    report(register, "T-003", as_of=date(2020, 6, 10), phase=Phase.CANCELLED)
    assert silence(register) == []


def test_silence_of_an_item_never_reported_on_counts_from_its_start(sqlite_register: Database):
    items = items_at(sqlite_register, THURSDAY)
    assert silent_since(items["T-003"], THURSDAY) == date(2020, 6, 1)
    assert silent_since(items["T-003"], date(2020, 5, 1)) == date(2020, 5, 1)
    assert weeks_between(date(2020, 6, 1), THURSDAY) == 3
    assert silence(sqlite_register)[0] == ("harbour-office", 4, 0, 4, 25)


def test_the_items_behind_it_are_those_without_a_report(sqlite_register: Database):
    report(sqlite_register, "T-001", as_of=date(2020, 6, 23))
    items = list(items_at(sqlite_register, THURSDAY).values())
    for one in not_reported(items, THURSDAY):
        found = filtered(items, one.filters)
        assert len(found) == one.owed - one.reported
        assert {item.lead for item in found} == {one.organisation}

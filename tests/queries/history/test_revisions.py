"""How often a date was changed, and when anything of its item was last recorded."""

from datetime import date, datetime

from planner.queries.history.revisions import Revisions, read_revisions
from planner.store.database import Database
from tests.answers import take_back
from tests.factories import AT, meet, move, reading_of, report
from tests.queries.reads import instant, item_at, retitle

MAY = date(2020, 5, 1)


def revisions(database: Database, as_of: date = MAY, known_at: datetime | None = None) -> Revisions:
    with database.reading() as session:
        return read_revisions(reading_of(session, as_of, known_at))


def test_a_date_is_revised_by_moves_their_taking_back_and_edits(register: Database):
    item = item_at(register, "T-002")
    second = item.milestones[1].id
    assert not revisions(register).changes
    move(register, "T-002", 2, date(2020, 8, 7), at=instant(3, 4))
    move(register, "T-002", 2, date(2020, 8, 14), at=instant(3, 5))
    move(register, "T-002", None, date(2020, 12, 1), at=instant(3, 6))
    assert revisions(register).changes == {(item.id, second): 2, (item.id, None): 1}
    take_back(register, at=instant(3, 7))
    retitle(register, "T-002", "Train them", instant(3, 8))
    found = revisions(register)
    assert found.changes == {(item.id, second): 2, (item.id, None): 3}
    assert found.recorded[item.id] == instant(3, 8)


def test_what_was_recorded_later_or_is_of_later_is_left_out(register: Database):
    item, other = item_at(register, "P-001"), item_at(register, "T-001")
    move(register, "P-001", 3, date(2020, 10, 5), as_of=date(2020, 3, 4), at=instant(3, 4))
    move(register, "P-001", 3, date(2020, 10, 9), as_of=date(2020, 4, 8), at=instant(4, 8))
    third = (item.id, item.milestones[2].id)
    assert revisions(register).changes[third] == 2
    assert revisions(register, known_at=instant(4, 1)).changes[third] == 1
    assert revisions(register, as_of=date(2020, 4, 1)).changes[third] == 1
    assert revisions(register, known_at=instant(4, 1)).recorded[item.id] == instant(3, 4)
    assert revisions(register).recorded[other.id] == AT


def test_reports_of_the_item_and_its_milestones_count_as_recorded_but_move_nothing(sqlite_register: Database):
    item = item_at(sqlite_register, "P-001")
    meet(sqlite_register, "P-001", 1, date(2020, 4, 2), at=instant(4, 2))
    assert revisions(sqlite_register).recorded[item.id] == instant(4, 2)
    report(sqlite_register, "P-001", as_of=date(2020, 4, 3), at=instant(4, 3))
    found = revisions(sqlite_register)
    assert (found.recorded[item.id], len(found.changes)) == (instant(4, 3), 0)

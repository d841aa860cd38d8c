"""The register as it was known at a past instant, after rows were edited and added."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from planner.base.errors import TooSoonError, UnknownNameError
from planner.domain.vocabulary import MeasuredBy
from planner.queries.weeks.growing_overview import read_overview
from planner.register.known import Rollback
from planner.store.database import Database
from planner.store.journal import Journal, writing
from planner.store.models import (
    Base,
    Indicator,
    Item,
    Milestone,
    Organisation,
    Responsibility,
    Target,
    Theme,
    row_values,
)
from tests.factories import ACTOR, AT, reading_of, report
from tests.queries.reads import APRIL, detail_at, instant, item_at, items_at, retitle

BEFORE, EDITED, AFTER = instant(3, 9), instant(3, 10), instant(3, 11)


def edit(database: Database, at: datetime, change: Callable[[Journal], object]) -> None:
    """One write that edits or adds rows."""
    with database.writing() as session, writing(session, ACTOR, at) as journal:
        change(journal)


def row_of(journal: Journal, model: Any, **named: object) -> Any:
    """The one row with these values."""
    return journal.session.execute(select(model).filter_by(**named)).scalar_one()


def added(journal: Journal, like: Base, **other: object) -> None:
    """Add a row that is like another but for some values."""
    values = {name: value for name, value in {**row_values(like), **other}.items() if name not in ("id", "code_key")}
    journal.add(type(like)(**values), action="add", label="copy")


def test_a_title_reads_as_it_did_before_it_was_changed(register: Database):
    retitle(register, "T-001", "Mend the west quay", EDITED)
    assert item_at(register, "T-001", known_at=BEFORE).title == "Mend the quays"
    assert item_at(register, "T-001", known_at=EDITED).title == "Mend the west quay"
    assert item_at(register, "T-001").title == "Mend the west quay"


def test_a_title_changed_twice_reads_as_it_stood_between(register: Database):
    retitle(register, "T-001", "Mend the west quay", instant(3, 10))
    retitle(register, "T-001", "Mend the east quay", instant(3, 20))
    titles = [item_at(register, "T-001", known_at=instant(3, day)).title for day in (9, 10, 19, 20)]
    assert titles == ["Mend the quays", "Mend the west quay", "Mend the west quay", "Mend the east quay"]


def test_reports_are_read_beside_the_title_of_then(register: Database):
    report(register, "T-001", as_of=date(2020, 3, 4), percent=40, at=instant(3, 4))
    retitle(register, "T-001", "Mend the west quay", EDITED)
    then = item_at(register, "T-001", known_at=BEFORE)
    assert (then.title, then.actual) == ("Mend the quays", 40)


def test_an_item_added_later_is_not_there_yet(register: Database):
    def add(journal: Journal) -> None:
        added(journal, row_of(journal, Item, code="T-001"), code="T-004", title="Mend the slipway")

    edit(register, EDITED, add)
    assert "T-004" in items_at(register)
    assert "T-004" not in items_at(register, known_at=BEFORE)
    with pytest.raises(UnknownNameError, match="the plan had no item 'T-004' at that time"):
        item_at(register, "T-004", known_at=BEFORE)


def test_a_milestone_added_or_re_based_later_does_not_change_what_was_expected(register: Database):
    before = item_at(register, "T-001")

    def change(journal: Journal) -> None:
        item = row_of(journal, Item, code="T-001")
        survey = row_of(journal, Milestone, item_id=item.id, number=1)
        added(journal, survey, number=3, key="third", baseline_date=date(2020, 2, 1), weight=100.0)
        journal.change(survey, {"baseline_date": date(2020, 2, 28), "weight": 5.0}, action="edit", label="T-001")

    edit(register, EDITED, change)
    assert item_at(register, "T-001").expected > before.expected
    assert item_at(register, "T-001", known_at=BEFORE) == before


def test_a_changed_start_date_reads_as_a_date(register: Database):
    def change(journal: Journal) -> None:
        values = {"starts": date(2020, 2, 1), "weight": 2.5}
        journal.change(row_of(journal, Item, code="T-001"), values, action="edit", label="T-001")

    edit(register, EDITED, change)
    then, now = item_at(register, "T-001", known_at=BEFORE), item_at(register, "T-001")
    assert (then.starts, then.weight) == (date(2020, 1, 1), 1.0)
    assert (now.starts, now.weight) == (date(2020, 2, 1), 2.5)


def test_names_around_an_item_are_those_of_then(register: Database):
    def change(journal: Journal) -> None:
        lead = row_of(journal, Organisation, key="harbour-office")
        journal.change(lead, {"name": "Port Office"}, action="edit", label="harbour-office")
        theme = row_of(journal, Theme, number=1)
        journal.change(theme, {"title": "Quays, piers and lights"}, action="edit", label="1")

    edit(register, EDITED, change)
    then, now = item_at(register, "T-001", known_at=BEFORE), item_at(register, "T-001")
    assert (then.lead.name, then.theme_title) == ("Harbour Office", "Quays and lights")
    assert (now.lead.name, now.theme_title) == ("Port Office", "Quays, piers and lights")


def test_a_supporting_body_added_later_did_not_support_then(register: Database):
    def add(journal: Journal) -> None:
        item, like = row_of(journal, Item, code="P-002"), row_of(journal, Item, code="T-001")
        share = row_of(journal, Responsibility, item_id=like.id)
        added(journal, share, item_id=item.id)

    edit(register, EDITED, add)
    assert [body.key for body in item_at(register, "P-002").supporting] == ["town-archive"]
    assert item_at(register, "P-002", known_at=BEFORE).supporting == ()


def test_the_target_that_counts_is_the_one_that_counted_then(register: Database):
    def split(journal: Journal) -> None:
        item = row_of(journal, Item, code="T-001")
        target = row_of(journal, Target, indicator_id=row_of(journal, Indicator, item_id=item.id).id)
        added(journal, target, due=date(2020, 6, 30), value=5.0)

    def swap(journal: Journal) -> None:
        near = row_of(journal, Target, due=date(2020, 6, 30), value=5.0)
        journal.change(near, {"due": date(2021, 6, 30)}, action="edit", label="T-001")

    edit(register, EDITED, split)
    edit(register, instant(3, 20), swap)

    def aim(known_at: datetime | None) -> tuple[float | None, date | None]:
        indicator = detail_at(register, "T-001", known_at=known_at).indicators[0]
        return indicator.target, indicator.due

    assert aim(BEFORE) == (10.0, date(2020, 12, 31))
    assert aim(AFTER) == (5.0, date(2020, 6, 30))
    assert aim(None) == (10.0, date(2020, 12, 31))


def test_once_a_target_is_past_the_next_one_counts_and_then_the_last(register: Database):
    def add(journal: Journal) -> None:
        item = row_of(journal, Item, code="T-001")
        target = row_of(journal, Target, indicator_id=row_of(journal, Indicator, item_id=item.id).id)
        added(journal, target, due=date(2020, 6, 30), value=5.0)

    edit(register, EDITED, add)
    days = (date(2020, 6, 30), date(2020, 7, 1), date(2021, 3, 1))
    assert [detail_at(register, "T-001", day).indicators[0].target for day in days] == [5, 10, 10]


def test_nothing_is_known_before_the_first_record(register: Database):
    assert len(items_at(register, known_at=AT)) == 5
    with pytest.raises(TooSoonError, match="the first record is from 2020-01-03T11:00:00\\+09:00"):
        items_at(register, known_at=AT - timedelta(microseconds=1))


def test_an_overview_cannot_be_had_of_a_time_before_the_first_record(register: Database):
    with register.reading() as session, pytest.raises(TooSoonError):
        read_overview(reading_of(session, APRIL, AT - timedelta(days=1)))


def test_a_restored_row_has_words_like_a_row_that_was_read():
    back = Rollback({("item", 1): {"id": 1, "measured_by": "reports"}})
    ((_, measured_by),) = back.records(Item, ("id", "measured_by"), [(1, MeasuredBy.MILESTONES)])
    assert measured_by is MeasuredBy.REPORTS


def test_a_column_that_an_old_event_does_not_name_has_its_present_value():
    back = Rollback({("item", 1): {"id": 1, "title": "Mend the quays"}})
    assert back.records(Item, ("id", "title", "position"), [(1, "Mend", 7)]) == [(1, "Mend the quays", 7)]
    (row,) = back.rows([Item(id=1, code="T-001", title="Mend", position=7)])
    assert (row.title, row.position) == ("Mend the quays", 7)

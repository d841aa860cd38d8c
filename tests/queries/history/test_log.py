"""The audit log as it is read: pages, filters, fields before and after, and which item an event is about."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import ForeignKeyConstraint

from planner.base.errors import UnknownNameError
from planner.domain.vocabulary import Confidence, Phase
from planner.queries.history.log import Event, LogFilters, LogPage, read_log
from planner.queries.history.log_fields import field_changes
from planner.queries.history.log_subjects import item_by_row
from planner.store.journal import Actor, writing
from planner.store.models import Organisation, Person, all_tables
from planner.writes.items import item_row
from planner.writes.plan_changes.items import NewItem, add_item, move_item
from planner.writes.plan_changes.organisations import rename_organisation
from planner.writes.plan_changes.split import Part, split_item
from planner.writes.plan_changes.themes import rename_theme
from planner.writes.reports.confirmations import return_report
from tests.factories import (
    ACTOR,
    AT,
    COLLEAGUE,
    meet,
    move,
    noon,
    observed,
    plan_of,
    reading_of,
    report,
    writing_by,
)
from tests.queries.reads import detail_at, instant, retitle
from tests.writes.plan_changes.acts import MAY, WHY, act

ADA, BROOK = ACTOR.name, COLLEAGUE.name


def log(database, /, filters=None, *, after=None, limit=1000, oldest_first=False, **given) -> LogPage:
    """A page of the log; filters by name."""
    wanted = filters or LogFilters(**given)
    with database.reading() as session:
        return read_log(reading_of(session), wanted, after=after, limit=limit, oldest_first=oldest_first)


def numbers(page: LogPage) -> list[int]:
    return [event.seq for event in page.events]


def changes(event) -> dict[str, tuple[str | None, str | None]]:
    return {field.word: (field.before, field.after) for field in event.fields}


@pytest.mark.parametrize("oldest_first", [False, True])
def test_pages_follow_each_other_without_gap_or_repetition(register, oldest_first):
    whole = log(register, oldest_first=oldest_first)
    assert not whole.more
    assert numbers(whole) == sorted(range(1, whole.total + 1), reverse=not oldest_first)
    paged: list[Event] = []
    after, more = None, True
    while more:
        page = log(register, after=after, limit=17, oldest_first=oldest_first)
        paged += page.events
        after, more = page.events[-1].seq, page.more
    assert tuple(paged) == whole.events


def test_a_page_that_ends_with_the_last_event_says_that_no_more_follow(register):
    report(register, "T-001", as_of=date(2020, 3, 4))
    report(register, "T-002", as_of=date(2020, 3, 5))
    of_item = log(register, code="T-001")
    count = len(of_item.events)
    assert [log(register, code="T-001", limit=limit).more for limit in (count - 1, count, count + 1)] == [
        True,
        False,
        False,
    ]


def test_an_edit_tells_the_fields_that_differ_before_and_after(register):
    retitle(register, "T-002", "Teach the keepers", instant(3, 4))
    event = log(register, limit=1).events[0]
    assert (event.actor, event.action, event.table, event.label, event.item) == (ADA, "edit", "item", "T-002", "T-002")
    assert (event.recorded_at, event.added) == (instant(3, 4), False)
    assert changes(event) == {"title": ("Train the lighthouse keepers", "Teach the keepers")}


def test_references_are_told_by_name(register):
    with register.writing() as session, writing(session, ACTOR, instant(3, 4)) as journal:
        item = item_row(session, plan_of(session), "T-001")
        archive = session.query(Organisation).filter_by(key="town-archive").one()
        person = journal.add(Person(login="cleo", name="Cleo", role="officer"), action="create", label="cleo")
        session.flush()
        journal.change(item, {"lead_id": archive.id, "accountable_id": person.id}, action="edit", label=item.code)
    edit, added = log(register, limit=2).events
    assert changes(edit) == {"lead": ("Harbour Office", "Town Archive"), "accountable person": (None, "Cleo")}
    assert (added.added, added.item) == (True, None)
    assert changes(added)["role"] == (None, "officer")
    assert "organisation" not in changes(added)


def test_references_and_keys_have_the_names_that_they_had_when_they_were_recorded(register):
    day, later, why = date(2020, 3, 4), date(2020, 4, 8), "As agreed."
    act(register, move_item, "T-001", why, theme="2", lead="town-archive", day=day)
    act(register, rename_organisation, "town-archive", "Archive of the Town", why, short_name="Records", day=later)
    act(register, rename_theme, "2", why, title="Rooms", day=later)
    act(register, move_item, "T-002", why, lead="town-archive", day=date(2020, 4, 9))
    told = {event.label: changes(event) for event in log(register).events if event.added or event.action != "seed"}
    assert told["T-002"]["lead"] == ("Harbour Office", "Archive of the Town")
    event = next(one for one in log(register).events if (one.label, one.added) == ("T-001", False))
    assert changes(event)["lead"] == ("Harbour Office", "Town Archive")
    assert changes(event)["theme"] == ("Quays and lights", "Rooms and charts")
    assert [told["T-001 lead"][value][1] for value in ("old value", "new value")] == ["Harbour Office", "Town Archive"]
    assert told["T-001 supporting"]["old value"] == (None, "Town Archive")
    moved = [told["T-001 theme"][value][1] for value in ("old value", "new value")]
    assert moved == ["1 Quays and lights", "2 Rooms and charts"]
    in_history = [change for entry in detail_at(register, "T-001").history for change in entry.changes]
    told_there = {one.field: (one.before, one.after) for one in in_history}
    assert told_there["supporting"] == ("Town Archive", None)
    assert told_there["lead"] == ("Harbour Office", "Town Archive")
    assert told_there["theme"] == ("Quays and lights", "Rooms and charts")


def test_a_report_tells_what_was_said_in_it(register):
    report(register, "T-001", percent=20, phase=Phase.IN_PROGRESS, confidence=Confidence.AMBER, done="Stones ordered.")
    event = log(register, limit=1).events[0]
    assert changes(event) == {
        "item": (None, "T-001"),
        "as of": (None, "2020-03-04"),
        "phase": (None, "in_progress"),
        "confidence": (None, "amber"),
        "percent": (None, "20"),
        "done": (None, "Stones ordered."),
        "basis": (None, "registered"),
    }


def test_a_moved_date_is_one_field_that_changed_and_a_reason(register):
    move(register, "T-002", 3, date(2020, 11, 27), reason="Fog.")
    event = log(register, limit=1).events[0]
    assert event.reason == "Fog."
    told = changes(event)
    assert told["date"] == ("2020-10-30", "2020-11-27")
    assert told["milestone"] == (None, "All keepers trained")
    assert {"reason", "date before"}.isdisjoint(told)


def test_all_that_belongs_to_an_item_is_found_by_its_code(register):
    report(register, "T-002", as_of=date(2020, 4, 1))
    meet(register, "T-002", 1, date(2020, 4, 2))
    move(register, "T-002", None, date(2020, 12, 1), as_of=date(2020, 4, 3))
    observed(register, "T-002", 1, 30, as_of=date(2020, 4, 4))
    report(register, "T-001", as_of=date(2020, 4, 5))
    found = log(register, code="t2").events
    assert {event.item for event in found} == {"T-002"}
    assert [event.action for event in found][:4] == ["observe", "move-date", "milestone", "report"]
    assert sorted(event.table for event in found if event.action == "seed") == [
        "indicator",
        "item",
        "milestone",
        "milestone",
        "milestone",
        "responsibility",
        "target",
    ]
    everything = log(register).events
    assert [event for event in everything if event.item == "T-002"] == list(found)


def test_every_table_whose_rows_belong_to_an_item_is_known():
    """A new table that refers to items, or to what belongs to one, has to be found by an item's code too."""
    tables = all_tables().tables.values()

    def parents(table):
        return {key.referred_table.name for key in table.constraints if isinstance(key, ForeignKeyConstraint)}

    belonging = {"item"}
    while more := {table.name for table in tables if parents(table) & belonging} - belonging:
        belonging |= more
    # A decision about a finding names the item, if it is about one, by its code.
    assert set(item_by_row()) == belonging | {"finding_review"}


def test_who_and_action_and_table_narrow(register):
    report(register, "T-001", actor=COLLEAGUE)
    move(register, "T-002", 3, date(2020, 11, 27))
    assert [(event.actor, event.label) for event in log(register, who=BROOK).events] == [(BROOK, "T-001")]
    assert log(register, who="br") == log(register, who=BROOK)
    for unknown in ("rook", "br_ok", "nobody\0"):
        with pytest.raises(UnknownNameError, match="no login begins with"):
            log(register, who=unknown)
    assert [event.label for event in log(register, action="move-date").events] == ["T-002 milestone 3"]
    assert {event.table for event in log(register, table="theme").events} == {"theme"}
    assert log(register, who=BROOK, action="move-date").events == ()


def test_since_and_until_include_their_own_instant(register):
    first, second, third = instant(4, 1), instant(4, 2), instant(4, 3)
    for at in (first, second, third):
        report(register, "T-001", as_of=at.date(), at=at, done=f"Work of {at:%A}.")
    seeded = log(register, until=AT).total - 3
    moment = timedelta(microseconds=1)
    assert [event.recorded_at for event in log(register, since=second).events] == [third, second]
    assert [event.recorded_at for event in log(register, since=first, until=second).events] == [second, first]
    assert [event.recorded_at for event in log(register, since=first + moment, until=second).events] == [second]
    assert len(log(register, until=first - moment).events) == seeded
    assert log(register, since=third + moment).events == ()
    assert log(register, until=AT - moment).events == ()


def test_who_somebody_acted_for_is_told(register):
    report(register, "T-001", actor=Actor("ada", on_behalf_of="brook"))
    assert log(register, limit=1).events[0].on_behalf_of == "brook"


def test_a_list_is_counted_in_words():
    (one,) = field_changes("weekly_issue", {"sections": [{}, {}]}, {"sections": [{}]}, {})
    assert (one.before, one.after) == ("2 entries", "1 entry")


def test_an_unknown_code_is_told(register):
    with pytest.raises(UnknownNameError, match="no item 'T-999'"):
        log(register, replace(LogFilters(), code="T-999"))


def test_an_event_that_an_earlier_version_named_by_its_table_has_the_code_of_its_item(register):
    report(register, "T-001", percent=10)
    event = replace(log(register).events[0], table="date_change")
    assert replace(event, label="date_change 7").name == "T-001 date_change 7"
    assert replace(event, label="date_change").name == "T-001 date_change"
    assert event.name == "T-001"


def test_a_removed_item_is_found_by_the_code_that_it_had_while_no_item_has_it(register):
    act(register, split_item, "T-003", [Part("A-1", "Ask"), Part("A-2", "List")], WHY)
    with register.writing() as session:
        return_report(writing_by(session, COLLEAGUE, noon(MAY)), "T-003", "One list.")
    events = log(register, code="a-1").events
    assert {event.item for event in events} == {"A-1"}
    assert {event.action for event in events} == {"add-item", "split-item", "remove-item"}
    assert [changes(event)["merged into"] for event in log(register, code="T-003", action="report").events] == [
        (None, "A-1")
    ]
    told = [entry.what for entry in detail_at(register, "T-003", MAY).history if entry.kind == "report"]
    assert [what.split(",")[0] for what in told] == ["merged into A-1"]
    act(register, add_item, NewItem("A-1", "Ask again", "1", "town-archive", date(2020, 11, 30), "task"), WHY)
    assert "remove-item" not in {event.action for event in log(register, code="A-1").events}

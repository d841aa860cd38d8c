"""A calendar as a file: what another program finds in it."""

import sys
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from planner.base.errors import MissingLibraryError
from planner.base.visible_text import one_line
from planner.calendar.dates import CalendarDate, DueCalendar
from planner.calendar.ics_file import ics_bytes
from planner.queries.weeks.deadlines import DeadlineState

AT = datetime(2020, 3, 4, 12, 30, 15, tzinfo=UTC)


def entry(
    title: str = "Mend the quays",
    *,
    uid: str = "harbour-2020.T-001.due@planner.invalid",
    day: date = date(2020, 12, 31),
    description: str = "",
    state: DeadlineState = DeadlineState.OPEN,
) -> CalendarDate:
    return CalendarDate(uid, day, title, description, state, True, 2, AT)


def due(*dates: CalendarDate, title: str = "Harbour Town work plan 2020") -> DueCalendar:
    return DueCalendar(title, False, dates)


def events_in(content: bytes) -> list[Any]:
    """The dates as another program reads them."""
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_an_event_as_another_program_reads_it():
    (event,) = events_in(ics_bytes(due(entry())))
    assert event["UID"] == "harbour-2020.T-001.due@planner.invalid"
    assert (event.decoded("DTSTART"), event["DTSTART"].params["VALUE"]) == (date(2020, 12, 31), "DATE")
    assert (event.decoded("DTSTAMP"), event.decoded("LAST-MODIFIED"), event["SEQUENCE"]) == (AT, AT, 2)
    assert (event["STATUS"], event["TRANSP"]) == ("CONFIRMED", "TRANSPARENT")
    assert [str(word) for word in event["CATEGORIES"].cats] == ["milestone", "open"]
    assert not event.errors


def test_a_lapsed_date_is_cancelled_and_a_met_one_stands():
    content = ics_bytes(due(entry(uid="a", state=DeadlineState.LAPSED), entry(uid="b", state=DeadlineState.MET)))
    events = events_in(content)
    assert [(str(event["UID"]), str(event["STATUS"])) for event in events] == [("a", "CANCELLED"), ("b", "CONFIRMED")]


def test_the_same_dates_are_the_same_bytes():
    assert ics_bytes(due(entry())) == ics_bytes(due(entry()))


def test_a_calendar_without_dates_is_one():
    found = Calendar.from_ical(ics_bytes(due()))
    assert (found["X-WR-CALNAME"], found["VERSION"], found.walk("VEVENT")) == ("Harbour Town work plan 2020", "2.0", [])


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_the_calendar_s_ends_are_days_too(day: date):
    (event,) = events_in(ics_bytes(due(entry(day=day))))
    assert event.decoded("DTSTART") == day


@given(
    titles=st.lists(st.text(min_size=1, max_size=200), min_size=1, max_size=3),
    lines=st.lists(st.text(max_size=200), max_size=3),
)
def test_titles_of_any_script_come_through_folded_by_octets(titles: list[str], lines: list[str]):
    told = [one_line(title) for title in titles]
    description = "\n".join(one_line(line) for line in lines)
    dates = [entry(title, uid=f"{number}", description=description) for number, title in enumerate(told)]
    content = ics_bytes(due(*dates, title=told[0]))
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert all(line.decode() for line in content.removesuffix(b"\r\n").split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    events = events_in(content)
    assert [str(event["SUMMARY"]) for event in events] == told
    assert {str(event["DESCRIPTION"]) for event in events} == {description}


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(MissingLibraryError, match=r"Install planner\[reports\]"):
        ics_bytes(due())

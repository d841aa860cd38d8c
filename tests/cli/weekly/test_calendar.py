"""planner calendar, as typed."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import select

from planner.base.errors import NOTHING_TO_REPORT
from planner.cli.context import Context
from planner.domain.vocabulary import Role
from planner.store.journal import writing
from planner.store.models import Organisation, row_values
from tests.chasing.factories import make_a_demonstration
from tests.factories import ACTOR, AT, meet, move, person
from tests.queries.reads import instant


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setattr(Context, "now", lambda _context: datetime(2020, 6, 25, 3, 30, tzinfo=UTC))


def events(content: bytes) -> dict[str, tuple[date, int]]:
    """Day and sequence of each date, by the part of its uid that names it."""
    found: list[Any] = list(Calendar.from_ical(content).walk("VEVENT"))
    named = {str(event["UID"]).removeprefix("harbour-2020.").partition("@")[0]: event for event in found}
    assert len(named) == len(found)
    return {name: (event.decoded("DTSTART"), event["SEQUENCE"]) for name, event in named.items()}


def items(content: bytes) -> set[str]:
    """The codes of the items whose dates are there."""
    return {name.partition(".")[0] for name in events(content)}


def test_the_dates_of_the_whole_plan_go_to_standard_output(planner, filled):
    done = planner("calendar")
    assert done.exit_code == 0
    assert len(events(done.out_bytes)) == 18
    assert done.err == "Wrote 18 dates to standard output, as of 2020-06-25.\n"
    assert planner("calendar").out_bytes == done.out_bytes


def test_they_are_narrowed_to_an_organisation_a_person_a_theme_or_items(planner, filled):
    person(filled, "cleo", organisation="town-archive")
    person(filled, "gale", Role.MANAGER, None)
    all_of_them = {"T-001", "T-002", "T-003", "P-001", "P-002"}
    narrowed = {
        ("--lead", "archive"): {"T-003"},
        ("--person", "cleo"): {"T-003"},
        ("--person", "gale"): all_of_them,
        ("--theme", "2"): {"T-003", "P-002"},
        ("t-1", "P2", "T-001"): {"T-001", "P-002"},
    }
    assert {options: items(planner("calendar", *options).out_bytes) for options in narrowed} == narrowed


def test_written_again_a_moved_date_is_the_same_one_later(planner, filled, tmp_path):
    file = tmp_path / "due.ics"
    assert planner("calendar", "-o", str(file)).exit_code == 0
    before = events(file.read_bytes())
    move(filled, "T-002", 3, date(2020, 11, 27), at=instant(6, 24))
    assert planner("calendar", "-o", str(file)).err == f"Wrote 18 dates to {file}, as of 2020-06-25.\n"
    assert events(file.read_bytes()) == before | {"T-002.milestone-3": (date(2020, 11, 27), 1)}
    past = planner("calendar", "--known-at", "2020-06-20")
    assert events(past.out_bytes) == events(planner("calendar", "--as-of", "2020-02-01").out_bytes) == before


def test_of_the_open_dates_none_is_met_or_lapsed(planner, filled):
    meet(filled, "P-001", 1, date(2020, 3, 27))
    every, still = (events(planner("calendar", *options).out_bytes) for options in ((), ("--open",)))
    assert set(every) - set(still) == {"P-001.milestone-1"}


def test_no_dates_are_told_by_the_exit_code_and_the_file_is_there(planner, filled, tmp_path):
    with filled.writing() as session, writing(session, ACTOR, AT) as journal:
        other = session.execute(select(Organisation).where(Organisation.key == "town-archive")).scalar_one()
        values = {name: value for name, value in row_values(other).items() if name != "id"}
        journal.add(Organisation(**{**values, "key": "fish-market"}), action="add", label="fish-market")
    file = tmp_path / "due.ics"
    done = planner("calendar", "--lead", "fish-market", "-o", str(file))
    assert (done.exit_code, events(file.read_bytes())) == (NOTHING_TO_REPORT, {})
    assert done.err.startswith("Wrote 0 dates to ")


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("--theme", "1", "--lead", "archive"), 2, "Give only one of"),
        (("--person", "nobody"), 4, "no person has the login 'nobody'"),
        (("--lead", "nobody"), 4, "no organisation is called 'nobody'"),
        (("T-999",), 4, "no item 'T-999'"),
        (("--known-at", "2019-12-31"), 12, "nothing was recorded yet"),
        (("-o", f"{__file__}/due.ics"), 11, "cannot be made, because a file"),
    ],
)
def test_what_cannot_be_done_is_told(planner, filled, arguments, code, told):
    done = planner("calendar", *arguments)
    assert (done.exit_code, done.out) == (code, "")
    assert told in done.err


def test_a_demonstration_s_dates_say_so(planner, filled):
    make_a_demonstration(filled, date(2020, 6, 24))
    found: Any = Calendar.from_ical(planner("calendar", "P-001").out_bytes)
    assert str(found["X-WR-CALNAME"]).startswith("SIMULATED ")
    assert {str(event["SUMMARY"]).partition(" ")[0] for event in found.walk("VEVENT")} == {"SIMULATED"}
    assert {str(event["UID"]).partition("-")[0] for event in found.walk("VEVENT")} == {"simulated"}

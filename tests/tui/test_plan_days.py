"""The app on a plan that is over: it opens on the last day, can be written to, and a key goes to today."""

from datetime import date

import pytest

from tests.tui.desk import NARROW, desk, door_to
from tui.widgets.masthead import PastBanner, database_name

LONG_AFTER = date(2026, 11, 30)


def banner(seat) -> str:
    """The text of the banner for another day than today, or an empty text."""
    found = seat.app.screen.query_one(PastBanner)
    return str(found.render()) if found.display else ""


async def test_a_plan_that_is_over_opens_on_its_last_day_and_a_key_goes_to_today(told):
    async with desk(door_to(told.url, LONG_AFTER), NARROW) as seat:
        assert "2020-12-31" in seat.lines[0]
        assert seat.lines[1].strip() == "The plan ended on 2020-12-31: shown as of 2020-12-31. d another date, D today."
        await seat.press("D")
        assert "2026-11-30" in seat.lines[0]
        assert "The plan is not running: shown as of today. Press D for a day of the plan." in banner(seat)
        await seat.press("D")
        assert "2020-12-31" in seat.lines[0]
        assert "Read only" not in banner(seat)


@pytest.mark.first_cases(1)
@pytest.mark.parametrize(("keys", "day"), [((), "2020-12-31"), (("D",), "2026-11-30")])
async def test_a_report_is_recorded_as_of_the_day_that_is_shown(told, keys, day):
    async with desk(door_to(told.url, LONG_AFTER), NARROW) as seat:
        await seat.press(*keys)
        seat.app.reports.open_form("T-001")
        await seat.settle()
        assert f"Report as of {day}." in "\n".join(seat.lines)


async def test_no_report_form_opens_on_a_plan_that_has_not_begun(told):
    async with desk(door_to(told.url, date(2019, 11, 30)), NARROW) as seat:
        seat.app.reports.open_form("T-001")
        await seat.settle()
        assert "the plan begins on 2020-01-01, so nothing can be reported before" in seat.refusal


def test_a_database_is_named_as_people_call_it():
    assert database_name("/srv/office/plans 2020.sqlite") == "plans 2020.sqlite"
    assert database_name("C:\\\\Office\\\\plans.sqlite") == "plans.sqlite"
    assert database_name("postgresql+psycopg://ada@db.office.example:5432/plans?sslmode=require") == (
        "plans on db.office.example"
    )
    assert database_name("postgresql+psycopg://ada@[::1]/plans") == "plans on ::1"
    assert database_name("") == ""

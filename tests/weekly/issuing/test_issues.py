"""Making a week ready to be issued: which weeks, by whom, and what it is made of."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from planner.base.errors import NotAllowedError
from planner.domain.rules.weeks import Week
from planner.queries.weeks.issues import read_issues
from planner.weekly.contents import SECTIONS
from planner.weekly.issuing.preparing import folder_name, make_ready
from planner.weekly.issuing.versions import LIBRARIES, library_versions
from tests.factories import ACTOR, COLLEAGUE, OFFICER, noon, plan_of, reading_of, report
from tests.weekly.issued import QUICK, issue_now

WEEK = Week(2020, 14)


def ready(register, now, actor=COLLEAGUE, **more):
    with register.reading() as session:
        return make_ready(reading_of(session), actor, week=WEEK, formats=QUICK, now=now, **more)


def test_all_files_of_a_week_are_made_with_what_they_stand_on(register):
    report(register, as_of=date(2020, 4, 2), percent=20)
    issued = issue_now(register)
    assert (issued.week, issued.number, issued.as_of) == (WEEK, 1, date(2020, 4, 5))
    assert issued.known_at == noon(date(2020, 4, 19))
    names = [file.name for file in issued.files]
    assert {"harbour-2020-2020-W14.csv", "harbour-2020-2020-W14.json"} <= set(names)
    assert len(names) == len(set(names)) > len(SECTIONS)
    assert [section.name for section in issued.sections] == [section.name for section in SECTIONS]
    items = next(section for section in issued.sections if section.name == "items")
    assert (items.key, items.rows, items.columns[-1]) == (("code",), 5, "data")
    assert set(issued.libraries) == set(library_versions(QUICK)) == {"Python", "zlib"}


def test_the_same_facts_have_the_same_digest_whenever_they_are_known(register):
    issue_now(register)
    again = issue_now(register, at=noon(date(2020, 4, 20)), reason="Sent to another office.")
    # As of a later day: what is said there is no part of the week.
    report(register, as_of=date(2020, 4, 21), percent=20)
    report(register, as_of=date(2020, 4, 5), percent=15, at=noon(date(2020, 4, 22)))
    third = issue_now(register, at=noon(date(2020, 4, 23)), reason="A report came late.")
    with register.reading() as session:
        first = read_issues(reading_of(session))[0]
    assert first.facts_digest == again.facts_digest != third.facts_digest
    differing = {
        then.name for then, now in zip(first.sections, third.sections, strict=True) if then.digest != now.digest
    }
    assert {"items", "totals"} <= differing
    assert "milestones" not in differing


@pytest.mark.parametrize(("day", "over"), [(date(2020, 4, 5), False), (date(2020, 4, 6), True)])
def test_a_week_that_is_not_over_is_issued_only_where_that_is_said(sqlite_register, day, over):
    # 16:00 in UTC is 01:00 of the next day in the plan's time zone.
    now = noon(day - timedelta(days=1)).replace(hour=16)
    if over:
        assert ready(sqlite_register, now).number == 1
        return
    with pytest.raises(NotAllowedError, match=r"not over; its last day is 2020-04-05\. .*issue the unfinished week"):
        ready(sqlite_register, now)
    assert ready(sqlite_register, now, unfinished=True).new.as_of == day


def test_who_may_not_and_who_gives_no_reason_is_told_before_anything_is_made(sqlite_register):
    now = noon(date(2020, 4, 19))
    with pytest.raises(NotAllowedError, match="Ask a manager or an administrator"):
        ready(sqlite_register, now, actor=OFFICER)
    issue_now(sqlite_register)
    with pytest.raises(NotAllowedError, match="as number 2, give a reason"):
        ready(sqlite_register, now, actor=ACTOR)
    assert ready(sqlite_register, now, actor=ACTOR, reason="Late.").number == 2


def test_a_folder_says_whose_week_it_is_which_issue_and_whether_it_is_simulated(sqlite_register):
    with sqlite_register.reading() as session:
        plan = plan_of(session)
    assert folder_name(plan, WEEK, 1) == "harbour-2020-2020-W14-issued"
    simulated = replace(plan, simulated_today=date(2020, 9, 1))
    assert folder_name(simulated, WEEK, 2) == "simulated-harbour-2020-2020-W14-issued-2"


def test_every_library_that_makes_a_format_is_installed_here():
    versions = library_versions()
    assert [name for names in LIBRARIES.values() for name in names if versions.get(name) == "not installed"] == []

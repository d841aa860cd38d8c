"""A person's week in the app, as it is read."""

from datetime import UTC, date, datetime, time

from planner.domain.vocabulary import Role
from planner.queries.people.people import read_people
from planner.writes.people.adding import NewPerson, add_person
from planner.writes.people.changing import PersonEdit, change_person
from planner.writes.plan_changes.organisations import merge_organisation
from planner.writes.plans.closing import close_plan
from tests.cli.test_plan_days import LONG_AFTER
from tests.factories import ACTOR, writing_by
from tests.tui.desk import door_to
from tests.writes.plan_changes.acts import WHY, act
from tui.data.my_week import WeekPage, read_week
from tui.data.standing import read_standing


def owed_long_after(told, as_of: date | None = None) -> list[str]:
    door = door_to(told.url, LONG_AFTER)
    door.as_of = as_of
    with door.reading() as reading:
        standing = read_standing(reading)
    return [item.code for item in read_week(door, standing, None).week.owed]


def test_a_plan_that_was_closed_long_after_its_end_owes_nothing(told):
    open_still = owed_long_after(told)
    with told.writing() as session:
        close_plan(writing_by(session, ACTOR, datetime.combine(LONG_AFTER, time(12), UTC)), "It is over.")
    assert open_still
    assert owed_long_after(told) == []
    assert owed_long_after(told, date(2020, 12, 31)) == open_still


def test_an_earlier_day_is_the_week_of_the_organisation_of_then(told):
    day = date(2020, 9, 18)
    with told.writing() as session:
        write = writing_by(session, ACTOR, datetime.combine(date(2020, 9, 17), time(12), UTC))
        add_person(write, NewPerson("cleo", "Cleo", Role.OFFICER, "town-archive"))
    act(told, merge_organisation, "town-archive", "harbour-office", WHY, day=day)
    with told.writing() as session:
        change_person(
            writing_by(session, ACTOR, datetime.combine(date(2020, 9, 20), time(12), UTC)),
            "cleo",
            PersonEdit(active=False),
            WHY,
        )
    with told.reading() as session:
        me = next(person for person in read_people(session) if person.login == "cleo")

    def page(as_of: date) -> WeekPage:
        door = door_to(told.url)
        door.as_of = as_of
        with door.reading() as reading:
            standing = read_standing(reading)
        return read_week(door, standing, me)

    bodies = [page(shown).whose for shown in (date(2020, 9, 17), day)]
    assert [body.key for body in bodies if body] == ["town-archive", "harbour-office"]
    assert page(day).week.owed
    left = page(date(2020, 9, 20))
    assert left.notes == ("Cleo had left by that day, so no item waited for a report.",)
    assert left.week.owed == ()

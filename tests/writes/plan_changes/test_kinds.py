"""Renaming a kind of items: the row, its history, the kind as it was before, and imports that name it."""

from datetime import timedelta

from sqlalchemy import delete, select

from planner.base.errors import BadValueError, NotAllowedError
from planner.intake.comparing.reading.plan_rows import PlanRows
from planner.intake.comparing.reading.referred import read_former_kinds
from planner.integrity.verifying import verify
from planner.queries.history.plan_acts import read_acts_on_plan
from planner.store.database import Database
from planner.store.models import ItemKind, PlanChange
from planner.writes.plan_changes.kinds import rename_kind
from tests.factories import noon, reading_of
from tests.integrity.conftest import no_step
from tests.queries.reads import item_at
from tests.writes.plan_changes.acts import MAY, WHY, act
from tests.writes.plan_changes.test_themes import BEFORE, plan_on
from tests.writes.refusals import refused


def titles(database: Database, day=MAY) -> list[str]:
    return [kind.title for kind in plan_on(database, day).kinds]


def test_a_renamed_kind_has_its_earlier_title_on_earlier_days_and_as_known_before(register: Database) -> None:
    before = titles(register)

    done = act(register, rename_kind, "task", WHY, title="Chore")

    assert (done.key, done.changes) == ("task", {"title": (before[0], "Chore")})
    assert (titles(register, BEFORE), titles(register)) == (before, ["Chore", *before[1:]])
    assert (item_at(register, "T-001", BEFORE).kind, item_at(register, "T-001", MAY).kind) == ("task", "task")
    with register.reading() as session:
        known = reading_of(session, MAY).at(MAY, noon(BEFORE)).with_known_plan()
        assert [kind.title for kind in known.plan.kinds] == before
        (fact,) = session.execute(select(PlanChange)).scalars()
        assert (fact.field, fact.old_value, fact.new_value) == ("kind", before[0], "Chore")
        (told,) = read_acts_on_plan(reading_of(session, MAY), BEFORE, (noon(BEFORE), noon(MAY)))
        assert (told.on, told.fact, told.was, told.now) == ("plan", "kind", before[0], "Chore")
        assert verify(session, no_step).problems == ()


def test_each_kind_has_a_history_of_its_own(sqlite_register: Database) -> None:
    act(sqlite_register, rename_kind, "task", WHY, title="Chore")
    act(sqlite_register, rename_kind, "key_project", WHY, title="Large project", day=BEFORE, at=noon(MAY))
    with refused(sqlite_register, NotAllowedError, "was changed as of", "as_of"):
        act(sqlite_register, rename_kind, "Chore", WHY, title="Errand", day=BEFORE, at=noon(MAY))


def test_no_kind_gets_the_title_or_the_key_of_another_one(sqlite_register: Database) -> None:
    other = titles(sqlite_register)[1]
    for title in (other.upper(), "KEY_PROJECT"):
        with refused(sqlite_register, NotAllowedError, "the kind of items key_project has this title", "title"):
            act(sqlite_register, rename_kind, "task", WHY, title=title)
    with refused(sqlite_register, BadValueError, "it is already as you say", "task"):
        act(sqlite_register, rename_kind, "task", WHY, title=titles(sqlite_register)[0])


def test_a_plan_that_lists_no_kinds_lists_them_then(sqlite_register: Database) -> None:
    with sqlite_register.writing() as session:
        session.execute(delete(ItemKind))
        session.commit()
    act(sqlite_register, rename_kind, "key project", WHY, title="Key project")
    assert (titles(sqlite_register, BEFORE), titles(sqlite_register)) == (
        ["task", "key project"],
        ["task", "Key project"],
    )


def test_imports_know_a_kind_by_its_earlier_titles(sqlite_register: Database) -> None:
    first = titles(sqlite_register)[0]
    act(sqlite_register, rename_kind, "task", WHY, title="Chore", day=BEFORE)
    act(sqlite_register, rename_kind, "task", WHY, title="Errand", day=MAY + timedelta(days=1))
    with sqlite_register.reading() as session:
        found = read_former_kinds(PlanRows(reading_of(session, MAY + timedelta(days=2)).with_known_plan()))
    assert found == {first: "task", "Chore": "task"}

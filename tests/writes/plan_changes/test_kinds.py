"""Renaming a kind of items: the row, its history, the kind as it was before, and imports that name it."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import delete, select, update

from planner.base.errors import BadValueError, NotAllowedError, UnknownNameError
from planner.intake.comparing.reading.merged import read_former_kinds, read_merged_kinds
from planner.intake.comparing.reading.plan_rows import PlanRows
from planner.integrity.verifying import verify
from planner.queries.history.plan_acts import ActKind, ActOn, read_acts_on_plan
from planner.queries.items.register import read_register
from planner.store.database import Database
from planner.store.models import Item, ItemKind, PlanChange
from planner.writes.plan_changes.items import ItemEdit, NewItem, add_item, edit_item
from planner.writes.plan_changes.kinds import merge_kind, rename_kind
from planner.writes.plans.edit_plan import PlanEdit, edit_plan
from planner.writes.undo import undo
from tests.factories import ACTOR, noon, reading_of, writing_by
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
        assert (told.on, told.key, told.was, told.now) == (ActOn.KIND, "task", before[0], "Chore")
        assert verify(session, no_step).problems == ()


def test_each_kind_has_a_history_of_its_own(sqlite_register: Database) -> None:
    act(sqlite_register, rename_kind, "task", WHY, title="Chore")
    act(sqlite_register, rename_kind, "key_project", WHY, title="Large project", day=BEFORE, at=noon(MAY))
    with refused(sqlite_register, NotAllowedError, "was changed as of", "as_of"):
        act(sqlite_register, rename_kind, "Chore", WHY, title="Errand", day=BEFORE, at=noon(MAY))


def test_no_kind_gets_the_title_or_the_key_of_another_one(sqlite_register: Database) -> None:
    act(sqlite_register, rename_kind, "key_project", WHY, title="Large one")
    for title, what in (
        ("LARGE ONE", "the kind of items key_project has this title"),
        ("KEY_PROJECT", "this is the key of the kind of items 'Large one', and files name kinds by keys too"),
    ):
        with refused(sqlite_register, NotAllowedError, what, "title"):
            act(sqlite_register, rename_kind, "task", WHY, title=title)
    with refused(sqlite_register, BadValueError, "it is already as you say", "task"):
        act(sqlite_register, rename_kind, "task", WHY, title=titles(sqlite_register)[0])


def test_a_plan_that_lists_no_kinds_lists_them_then(sqlite_register: Database) -> None:
    with sqlite_register.writing() as session:
        session.execute(delete(ItemKind))
        session.commit()
    act(sqlite_register, rename_kind, "key project", WHY, title="Key project")
    told = "your last write (rename kind key_project) cannot be undone"
    with refused(sqlite_register, NotAllowedError, told, ""), sqlite_register.writing() as session:
        undo(writing_by(session, ACTOR, noon(MAY + timedelta(days=1))))
    assert (titles(sqlite_register, BEFORE), titles(sqlite_register)) == (
        ["task", "key project"],
        ["task", "Key project"],
    )


def test_a_merged_kind_gives_its_items_to_the_other_one(register: Database) -> None:
    listed = plan_on(register, MAY).kinds
    act(register, rename_kind, "key_project", WHY, title="Large one", day=BEFORE)
    with register.reading() as session:
        before = Counter(item.kind for item in read_register(reading_of(session, MAY)))

    done = act(register, merge_kind, "large one", "task", WHY)

    assert (done.key, done.into, len(done.items)) == ("key_project", "task", before["key_project"])
    assert done.sentence() == (
        f"Recorded: the kind of items Large one is merged into {listed[0].title} from {MAY} on, "
        f"with {before['key_project']} items."
    )
    assert [[kind.key for kind in plan_on(register, day).kinds] for day in (BEFORE, MAY)] == [
        [kind.key for kind in listed],
        [kind.key for kind in listed if kind.key != "key_project"],
    ]
    code = done.items[0]
    assert (item_at(register, code, BEFORE).kind, item_at(register, code, MAY).kind) == ("key_project", "task")
    with register.reading() as session:
        known = reading_of(session, MAY).at(MAY, noon(BEFORE)).with_known_plan()
        assert [kind.key for kind in known.plan.kinds] == [kind.key for kind in listed]
        told = read_acts_on_plan(reading_of(session, MAY), BEFORE, (noon(BEFORE), noon(MAY)))
        merged = next(one for one in told if one.kind is ActKind.MERGED)
        assert (merged.on, merged.key, merged.name) == (ActOn.KIND, "key_project", "Large one")
        assert (merged.was, merged.now, merged.fact) == (None, listed[0].title, None)
        # Files that were written before still name it.
        rows = PlanRows(reading_of(session, MAY).with_known_plan())
        assert read_former_kinds(rows)["task"][-2:] == [listed[1].title, "Large one"]
        assert read_merged_kinds(rows) == {"key_project": "task"}
        assert verify(session, no_step).problems == ()


def test_the_stated_totals_of_merged_kinds_are_added(sqlite_register: Database) -> None:
    with sqlite_register.writing() as session:
        writing = writing_by(session, ACTOR, noon(BEFORE))
        edit_plan(writing, PlanEdit(totals=[("task", "5"), ("key_project", "2")], all_totals=True), WHY)
    assert act(sqlite_register, merge_kind, "key_project", "task", WHY).totals is not None
    assert [sorted(plan_on(sqlite_register, day).totals.values()) for day in (BEFORE, MAY)] == [[2, 5], [7]]


def test_what_cannot_be_merged_is_refused(sqlite_register: Database) -> None:
    with refused(sqlite_register, BadValueError, "cannot be merged into itself", "into"):
        act(sqlite_register, merge_kind, "task", "TASK", WHY)
    with refused(sqlite_register, UnknownNameError, "no kind of item is called 'song'", "into"):
        act(sqlite_register, merge_kind, "task", "song", WHY)
    act(sqlite_register, edit_item, "T-001", ItemEdit(kind="key_project"), WHY)
    with refused(sqlite_register, NotAllowedError, f"T-001 was of the kind task until {MAY}", "as_of"):
        act(sqlite_register, merge_kind, "task", "key_project", WHY, day=BEFORE, at=noon(MAY))
    act(sqlite_register, merge_kind, "task", "key_project", WHY)
    for name in ("TASK", titles(sqlite_register, BEFORE)[0]):
        with refused(sqlite_register, NotAllowedError, f"was merged into key_project as of {MAY}", "kind"):
            act(sqlite_register, edit_item, "T-001", ItemEdit(kind=name), WHY)


def test_the_kind_of_a_first_item_may_be_left_out_after_a_rename(sqlite_register: Database) -> None:
    """No item has another kind after a rename, although the plan lists another one."""
    with sqlite_register.writing() as session:
        session.execute(update(Item).values(kind="task"))
        session.execute(delete(ItemKind))
        session.commit()
    act(sqlite_register, rename_kind, "task", WHY, title="Chore")
    new = NewItem(None, "Tides", "quays", "archive", date(2020, 11, 30), None)
    act(sqlite_register, add_item, new, WHY)
    # Each kind that the plan lists can be given.
    code = act(sqlite_register, add_item, replace(new, title="Ebb", kind="key project"), WHY).code
    assert [item_at(sqlite_register, one, MAY).kind for one in ("nocode-1", code)] == ["task", "key_project"]
    with refused(sqlite_register, BadValueError, "several kinds of items: task and key_project", "kind"):
        act(sqlite_register, add_item, new, WHY)


def test_imports_know_a_kind_by_its_earlier_titles(sqlite_register: Database) -> None:
    first, second, *_ = titles(sqlite_register)
    act(sqlite_register, rename_kind, "task", WHY, title="Chore", day=BEFORE)
    act(sqlite_register, rename_kind, "task", WHY, title="Errand", day=MAY + timedelta(days=1))
    # Another kind can get the title then, and the two stay apart.
    act(sqlite_register, rename_kind, "key_project", WHY, title="Chore", day=MAY + timedelta(days=1))
    act(sqlite_register, rename_kind, "key_project", WHY, title="Big", day=MAY + timedelta(days=2))
    with sqlite_register.reading() as session:
        found = read_former_kinds(PlanRows(reading_of(session, MAY + timedelta(days=2)).with_known_plan()))
    assert found == {"task": [first, "Chore"], "key_project": [second, "Chore"]}


def test_an_act_on_one_kind_never_bars_one_on_another(sqlite_register: Database) -> None:
    act(sqlite_register, rename_kind, "task", WHY, title="Chore", day=BEFORE)
    act(sqlite_register, rename_kind, "task", WHY, title="Errand", day=MAY + timedelta(days=1))
    act(sqlite_register, rename_kind, "key_project", WHY, title="Chore", day=BEFORE, at=noon(MAY))
    # Its title is one that the other kind got on a later day, which is no act on this one.
    act(sqlite_register, rename_kind, "task", WHY, title="Task", day=MAY + timedelta(days=2))
    act(sqlite_register, rename_kind, "key_project", WHY, title="Errand", day=MAY, at=noon(MAY))
    act(sqlite_register, rename_kind, "key_project", WHY, title="Big", day=MAY, at=noon(MAY))
    assert titles(sqlite_register, BEFORE) == ["Chore", "Chore"]
    assert titles(sqlite_register, MAY + timedelta(days=2)) == ["Task", "Big"]

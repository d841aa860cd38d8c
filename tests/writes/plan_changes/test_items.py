"""Acts on items: the row, its history, and the plan as it was before."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from planner.base.errors import BadValueError, NotAllowedError, UnknownNameError
from planner.domain.vocabulary import Basis, Completion, MeasuredBy, Phase
from planner.integrity.verifying import verify
from planner.queries.items.register import read_register_on
from planner.queries.plans.office_facts import read_office_facts
from planner.store.database import Database
from planner.store.models import Item, ItemChange, Person
from planner.writes.people.accountable import give_items
from planner.writes.plan_changes.items import ItemEdit, NewItem, NewMilestone, add_item, edit_item, move_item
from planner.writes.plan_changes.removed_items import remove_item
from planner.writes.plan_changes.split import Part, split_item
from planner.writes.reports.confirmations import return_report, what_falls_back
from planner.writes.undo import undo
from tests.factories import ACTOR, COLLEAGUE, OFFICER, ended, move, noon, reading_of, report, writing_by
from tests.integrity.conftest import no_step
from tests.queries.reads import detail_at, item_at, items_at
from tests.writes.plan_changes.acts import MAY, WHY, act
from tests.writes.refusals import counts, gained, refused

BEFORE = MAY - timedelta(days=1)
NEW = NewItem("2.1.a", "Write the tide tables", "1", "town-archive", date(2020, 11, 30), "task", "M1.01")


def test_an_item_that_was_added_by_mistake_goes_and_its_code_is_free(register: Database) -> None:
    new = NewItem("N-1", "A slip", "1", "harbour-office", date(2020, 11, 30), "task")
    act(register, add_item, new, WHY)
    with register.writing() as session:
        writing = writing_by(session, ACTOR, noon(MAY))
        with pytest.raises(NotAllowedError) as error:
            undo(writing)
        assert error.value.do == "If it was a mistake, use 'planner item remove N-1'"
        assert remove_item(writing, "n-1", "A slip.").title == "A slip"
    assert "N-1" not in items_at(register, MAY)
    act(register, add_item, new, WHY)
    with register.reading() as session:
        assert verify(session, no_step).problems == ()


def test_items_without_codes_get_codes_of_the_program(register: Database) -> None:
    new = NewItem(None, "A pier", "1", "harbour-office", date(2020, 11, 30), "task")
    assert act(register, add_item, new, WHY).code == "nocode-1"
    done = act(register, split_item, "T-001", [Part("", "East"), Part("T-12", "West"), Part(" ", "North")], WHY)
    assert done.into == ("nocode-2", "T-12", "nocode-3")
    act(register, edit_item, "nocode-1", ItemEdit(code="T-100"), WHY)
    # A code that was replaced is not given again.
    assert act(register, add_item, new, WHY).code == "nocode-4"
    assert {"T-100", "nocode-2", "nocode-3"} <= items_at(register, MAY).keys()


def test_the_new_items_go_if_the_report_of_their_split_is_returned(register: Database) -> None:
    act(register, split_item, "T-001", [Part("T-11", "East"), Part("T-12", "West")], WHY)
    with register.reading() as session:
        removed = ("the new item T-11 is removed", "the new item T-12 is removed")
        assert what_falls_back(reading_of(session, MAY), "T-001") == removed
    with register.writing() as session:
        writing = writing_by(session, COLLEAGUE, noon(MAY), MAY)
        assert return_report(writing, "T-001", "One quay.").fell_back == removed
    assert {"T-11", "T-12"}.isdisjoint(items_at(register, MAY))
    assert item_at(register, "T-001", MAY).phase is Phase.NOT_STARTED
    with register.writing() as session, pytest.raises(NotAllowedError) as error:
        undo(writing_by(session, COLLEAGUE, noon(MAY)))
    assert error.value.do == "Split the item again with 'planner item split'"
    with register.reading() as session:
        assert verify(session, no_step).problems == ()


def test_who_split_an_item_by_mistake_is_told_who_takes_it_back(register: Database) -> None:
    act(register, split_item, "T-001", [Part("T-11", "East"), Part("T-12", "West")], WHY)
    with register.writing() as session, pytest.raises(NotAllowedError) as refused:
        return_report(writing_by(session, ACTOR, noon(MAY)), "T-001", "A slip.")
    with register.writing() as session, pytest.raises(NotAllowedError) as not_undone:
        undo(writing_by(session, ACTOR, noon(MAY)))
    for error in (refused.value, not_undone.value):
        assert "Ask another person who may confirm to return" in (error.do or "")


@pytest.mark.parametrize("starts", [MAY + timedelta(days=30), BEFORE])
def test_new_items_of_a_split_start_with_the_act_or_with_an_item_that_starts_later(
    sqlite_register: Database, starts: date
) -> None:
    new = NewItem("N-1", "Mend it", "1", "harbour-office", date(2020, 11, 30), "task", starts=starts)
    act(sqlite_register, add_item, new, WHY)
    act(sqlite_register, split_item, "N-1", [Part("N-2", "East"), Part("N-3", "West")], WHY)
    with sqlite_register.reading() as session:
        found = session.execute(select(Item.starts).where(Item.code.in_(["N-2", "N-3"]))).scalars().all()
    assert found == [max(starts, MAY)] * 2


def test_the_report_of_a_split_is_not_returned_if_its_new_items_are_in_use(register: Database) -> None:
    act(register, split_item, "T-001", [Part("T-11", "East"), Part("T-12", "West")], WHY)
    report(register, "T-12", as_of=MAY, percent=10, at=noon(MAY))
    with register.writing() as session, pytest.raises(NotAllowedError, match="something recorded on T-12"):
        return_report(writing_by(session, COLLEAGUE, noon(MAY), MAY), "T-001", "One quay.")
    report(register, "T-12", as_of=MAY, phase=Phase.CANCELLED, ending_reason="One quay.", at=noon(MAY))
    with register.writing() as session:
        returned = return_report(writing_by(session, COLLEAGUE, noon(MAY), MAY), "T-001", "One quay.")
    assert returned.fell_back == ("the new item T-11 is removed",)


def test_an_item_on_which_something_stands_is_not_removed(register: Database) -> None:
    new = NewItem("N-1", "A slip", "1", "harbour-office", date(2020, 11, 30), "task")
    act(register, add_item, new, WHY)
    report(register, "N-1", as_of=MAY, percent=10, at=noon(MAY))
    move(register, "N-1", None, date(2020, 12, 1), as_of=MAY, at=noon(MAY))
    with register.writing() as session:
        writing = writing_by(session, ACTOR, noon(MAY))
        with pytest.raises(NotAllowedError, match="because it has reports and moved dates"):
            remove_item(writing, "N-1", WHY)
        with pytest.raises(NotAllowedError, match="came with the data of the plan"):
            remove_item(writing, "T-001", WHY)


def test_whoever_removes_a_split_item_learns_that_its_split_can_be_returned(register: Database) -> None:
    act(register, add_item, NewItem("N-1", "A slip", "1", "harbour-office", date(2020, 11, 30), "task"), WHY)
    for code in ("T-001", "N-1"):
        act(register, split_item, code, [Part(f"{code}1", "First hall"), Part(f"{code}2", "Second hall")], WHY)

        with register.writing() as session, pytest.raises(NotAllowedError) as refused:
            remove_item(writing_by(session, ACTOR, noon(MAY)), code, WHY)

        assert f"It was split into {code}1, {code}2." in str(refused.value.do)


def test_the_code_of_an_item_is_set_right_and_was_another_one_before(register: Database) -> None:
    act(register, edit_item, "T-001", ItemEdit(code="T-100"), WHY)
    assert "T-100" in items_at(register, MAY)
    assert "T-001" in items_at(register, MAY - timedelta(days=1))
    (entry,) = detail_at(register, "T-100", MAY).history
    assert [(one.field, one.before, one.after) for one in entry.changes] == [("code", "T-001", "T-100")]
    with register.writing() as session, pytest.raises(NotAllowedError, match="already used"):
        edit_item(writing_by(session, ACTOR, noon(MAY)), "T-100", ItemEdit(code="t-2"), WHY)
    with register.reading() as session:
        assert verify(session, no_step).problems == ()


def test_an_added_item_is_in_the_plan_from_its_day_on(register: Database) -> None:
    before = items_at(register, BEFORE)
    added = act(register, add_item, NEW, WHY)
    assert (added.code, added.as_of, added.reason) == ("2.1.a", MAY, WHY)
    assert items_at(register, BEFORE) == before
    item = item_at(register, "2.1.A", MAY)
    assert (item.title, item.theme, item.measure, item.lead.key) == (NEW.title, 1, "M1.01", "town-archive")
    assert (item.starts, item.current_due, item.measured_by) == (MAY, NEW.due, MeasuredBy.REPORTS)
    assert (item.basis, item.lead_basis) == (Basis.REGISTERED, Basis.REGISTERED)
    assert list(items_at(register, MAY))[-1] == "2.1.a"
    with register.reading() as session:
        earlier, now = read_register_on(reading_of(session, MAY), [BEFORE, MAY])
        assert verify(session, no_step).problems == ()
    assert ([item.code for item in earlier], [item.code for item in now]) == ([*before], [*before, "2.1.a"])


def test_a_new_item_with_milestones_is_measured_by_them(sqlite_register: Database) -> None:
    steps = [NewMilestone("Tides watched", date(2020, 7, 1)), NewMilestone("Printed", date(2020, 11, 1))]
    new = NewItem("T-9", "Tides", "quays", "archive", date(2020, 11, 30), "task", "M1.01", milestones=steps)
    act(sqlite_register, add_item, new, WHY)
    item = item_at(sqlite_register, "t-009", MAY)
    assert item.measured_by is MeasuredBy.MILESTONES
    assert [(step.title, step.current) for step in item.milestones] == [(step.title, step.due) for step in steps]


@pytest.mark.parametrize(
    ("change", "error", "told", "where"),
    [
        ({"code": "T1"}, NotAllowedError, "the code T-001 is already used", "CODE"),
        ({"code": "T\n1"}, BadValueError, "is not a valid code", "CODE"),
        ({"code": "NoCode-01"}, BadValueError, "only the program makes codes such as", "CODE"),
        ({"title": " "}, BadValueError, "text is required", "title"),
        ({"theme": "9"}, UnknownNameError, "no theme is called '9'", "theme"),
        ({"kind": None}, BadValueError, "several kinds", "kind"),
        ({"kind": "song"}, UnknownNameError, "no kind of item is called", "kind"),
        ({"measure": "M2.01"}, UnknownNameError, "theme 1 has no measure 'M2.01'", "measure"),
        ({"lead": "bakers"}, UnknownNameError, "no organisation is called 'bakers'", "lead"),
        ({"due": date(2020, 5, 1), "starts": MAY}, BadValueError, "is before the item starts", "due"),
        ({"weight": 0.0}, BadValueError, "more than 0", "weight"),
        ({"accountable": "nobody"}, UnknownNameError, "no person has the login", "accountable"),
        ({"supporting": ("town-archive",)}, BadValueError, "town-archive leads 2.1.a", "supporting"),
    ],
)
def test_an_item_that_cannot_be_is_refused(
    sqlite_register: Database, change: dict[str, object], error: type, told: str, where: str
) -> None:
    new = NewItem(**{**{name: getattr(NEW, name) for name in NEW.__dataclass_fields__}, **change})
    with refused(sqlite_register, error, told, where):
        act(sqlite_register, add_item, new, WHY)


def test_a_moved_item_keeps_its_reports_and_was_elsewhere_before(register: Database) -> None:
    report(register, "T-001", as_of=date(2020, 4, 2), percent=20)
    before = items_at(register, BEFORE)
    moved = act(register, move_item, "T-001", WHY, theme="2", measure="M2.02", lead="town-archive")
    assert moved.changes == {
        "theme": ("1", "2"),
        "measure": ("M1.01", "M2.02"),
        "lead": ("harbour-office", "town-archive"),
    }
    now = item_at(register, "T-001", MAY)
    assert (now.theme, now.measure, now.lead.key) == (2, "M2.02", "town-archive")
    assert (now.lead_rule, now.last) == (None, before["T-001"].last)
    assert items_at(register, BEFORE) == before
    with register.reading() as session:
        rows = session.execute(select(ItemChange).order_by(ItemChange.id)).scalars().all()
        assert [(row.field, row.old_value, row.new_value, row.as_of, row.reason) for row in rows] == [
            (field, old, new, MAY, WHY) for field, (old, new) in moved.changes.items()
        ] + [("supporting", "town-archive", None, MAY, WHY)]
        assert verify(session, no_step).problems == ()


def test_a_new_item_has_supporting_organisations_a_source_and_a_note_which_an_edit_changes(register: Database) -> None:
    values = {name: getattr(NEW, name) for name in NEW.__dataclass_fields__}
    more = {"supporting": ("harbour", "harbour-office"), "source": "Minutes of May", "note": "First.\nSecond."}
    act(register, add_item, NewItem(**{**values, **more}), WHY)
    item = item_at(register, "2.1.a", MAY)
    assert [body.key for body in item.supporting] == ["harbour-office"]
    later = MAY + timedelta(days=1)
    act(register, edit_item, NEW.code, ItemEdit(source="Minutes of June", note=""), WHY, day=later)
    with register.reading() as session:
        found = [read_office_facts(reading_of(session, day), item.id) for day in (MAY, later)]
        assert verify(session, no_step).problems == ()
    assert [(facts.source, facts.note) for facts in found] == [
        ("Minutes of May", "First.\nSecond."),
        ("Minutes of June", None),
    ]


def test_an_edit_changes_what_was_agreed_from_its_day_on(register: Database) -> None:
    before = items_at(register, BEFORE)
    with register.reading() as session:
        fingerprint = session.get_one(Item, before["T-002"].id).fingerprint
    edit = ItemEdit(title="Train all keepers", kind="key_project", weight=2.5, accountable=COLLEAGUE.name)
    act(register, edit_item, "t2", edit, WHY)
    item = item_at(register, "T-002", MAY)
    assert (item.title, item.kind, item.weight) == ("Train all keepers", "key_project", 2.5)
    assert items_at(register, BEFORE) == before
    with register.reading() as session:
        row = session.get_one(Item, item.id)
        assert row.fingerprint != fingerprint
        assert session.get_one(Person, row.accountable_id).login == COLLEAGUE.name
    act(register, edit_item, "t2", ItemEdit(accountable=""), WHY, day=MAY + timedelta(days=1))
    with register.reading() as session:
        assert session.get_one(Item, item.id).accountable_id is None


def test_what_does_not_change_and_what_changed_later_are_refused(sqlite_register: Database) -> None:
    act(sqlite_register, edit_item, "T-001", ItemEdit(title="Mend all quays"), WHY)
    with refused(sqlite_register, BadValueError, "already as you say", "T-001"):
        act(sqlite_register, edit_item, "T-001", ItemEdit(title="Mend all quays"), WHY)
    with refused(sqlite_register, NotAllowedError, "the title of T-001 was changed as of 2020-05-11", "as_of"):
        act(sqlite_register, edit_item, "T-001", ItemEdit(title="Mend"), WHY, day=BEFORE)
    act(sqlite_register, edit_item, "T-001", ItemEdit(weight=3), WHY, day=BEFORE)
    with refused(sqlite_register, BadValueError, "text is required", "reason"):
        act(sqlite_register, edit_item, "T-001", ItemEdit(weight=4), " ")
    act(sqlite_register, add_item, NEW, WHY)
    with refused(sqlite_register, NotAllowedError, "2.1.a was added to the plan on 2020-05-11", "as_of"):
        act(sqlite_register, edit_item, "2.1.a", ItemEdit(weight=4), WHY, day=BEFORE)


def test_an_officer_may_not_change_the_plan(sqlite_register: Database) -> None:
    with refused(sqlite_register, NotAllowedError, "may not change the plan", ""):
        act(sqlite_register, edit_item, "T-001", ItemEdit(title="Mend"), WHY, actor=OFFICER)


def test_a_split_item_continues_in_new_ones_and_awaits_a_confirmation(register: Database) -> None:
    before, rows = items_at(register, BEFORE), counts(register)
    done = act(register, split_item, "T-003", [Part("T-031", "Ask the schools"), Part("T-032", "List charts")], WHY)
    assert done.into == ("T-031", "T-032")
    assert gained(register, rows)["item"] == 2
    now = items_at(register, MAY)
    old, first = now["T-003"], now["T-031"]
    assert (old.phase, old.completion) == (Phase.MERGED, Completion.AWAITING)
    assert old.last is not None
    assert (old.last.merged_into, old.last.ending_reason) == ("T-031", f"split into T-031, T-032: {WHY}")
    assert (first.title, first.lead, first.supporting, first.measure) == (
        "Ask the schools",
        old.lead,
        old.supporting,
        old.measure,
    )
    assert (first.current_due, first.weight) == (old.current_due, old.weight / 2)
    assert items_at(register, BEFORE) == before
    with register.reading() as session:
        lineage = session.execute(select(ItemChange.field, ItemChange.new_value).order_by(ItemChange.id)).all()
        assert verify(session, no_step).problems == ()
    assert lineage == [("split_into", "T-031, T-032"), ("split_from", "T-003"), ("split_from", "T-003")]


def test_what_was_assumed_for_a_split_item_is_assumed_for_the_new_ones(register: Database) -> None:
    bases = select(Item.due_basis, Item.allocation_basis, Item.lead_basis)
    act(register, split_item, "T-003", [Part("T-031", "Ask the schools"), Part("T-032", "List charts")], WHY)
    with register.reading() as session:
        old, new = (session.execute(bases.where(Item.code == code)).one() for code in ("T-003", "T-032"))
    assert [basis if basis is Basis.WORKING else Basis.REGISTERED for basis in old] == [*new]
    assert Basis.WORKING in new


def test_an_item_that_has_ended_or_gives_one_part_is_not_split(sqlite_register: Database) -> None:
    parts = [Part("T-031", "Ask the schools"), Part("T-032", "List charts")]
    with refused(sqlite_register, BadValueError, "two or more new items", "part"):
        act(sqlite_register, split_item, "T-003", parts[:1], WHY)
    with refused(sqlite_register, NotAllowedError, "the code T-031 is already used", "CODE"):
        act(sqlite_register, split_item, "T-003", [parts[0], parts[0]], WHY)
    report(sqlite_register, "T-003", as_of=BEFORE, phase=Phase.CANCELLED)
    with refused(sqlite_register, NotAllowedError, "T-003 is reported as cancelled", "CODE"):
        act(sqlite_register, split_item, "T-003", parts, WHY)


def test_the_items_of_a_person_are_given_to_somebody_else(sqlite_register: Database) -> None:
    for code in ("T-001", "T-002", "T-003"):
        act(sqlite_register, edit_item, code, ItemEdit(accountable=COLLEAGUE.name), WHY, day=BEFORE)
    report(sqlite_register, "T-002", as_of=BEFORE, phase=Phase.CANCELLED)
    ended(sqlite_register, "T-003", Phase.CANCELLED, as_of=BEFORE)
    done = act(sqlite_register, give_items, COLLEAGUE.name, OFFICER.name, WHY)
    assert done.codes == ("T-001", "T-002")
    with sqlite_register.reading() as session:
        accountable = select(Person.login).join(Item, Item.accountable_id == Person.id).order_by(Item.code)
        assert session.execute(accountable).scalars().all() == [OFFICER.name, OFFICER.name, COLLEAGUE.name]
    with refused(sqlite_register, BadValueError, "is accountable for no unfinished item", "LOGIN"):
        act(sqlite_register, give_items, COLLEAGUE.name, OFFICER.name, WHY)
    with refused(sqlite_register, UnknownNameError, "no person has the login 'nobody'", "LOGIN"):
        act(sqlite_register, give_items, "nobody", OFFICER.name, WHY)


def test_a_weight_has_a_limit(sqlite_register: Database) -> None:
    with refused(sqlite_register, BadValueError, "at most 1,000,000,000", "weight"):
        act(sqlite_register, edit_item, "T-001", ItemEdit(weight=1e38), WHY)

"""The unfinished items of a plan go on in the next one."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.base.errors import BadValueError, NotAllowedError, UnknownNameError
from planner.domain.vocabulary import Basis, Confidence, MeasuredBy, Phase, PlanEvent, Role
from planner.integrity.verifying import verify
from planner.queries.items.indicators import read_targets
from planner.queries.items.item import read_item_detail
from planner.queries.items.register import read_register
from planner.queries.plans.carrying import CarryOver, NewDates, read_carry_over
from planner.queries.plans.item_lineage import read_lineages
from planner.queries.plans.open_work import open_work
from planner.queries.plans.standings import items_counted_twice
from planner.register.plans import read_plan
from planner.register.point import Point
from planner.register.reading import Reading
from planner.register.writing import Writing
from planner.store.database import Database
from planner.store.journal import writing
from planner.store.models import Item, Milestone, PlanAct, Target, Theme
from planner.writes.people.person_rows import put_person
from planner.writes.plan_changes.organisations import dissolve_organisation, merge_organisation
from planner.writes.plan_changes.parts import add_target
from planner.writes.plan_changes.split import Part, split_item
from planner.writes.plans.carry_over import carry_over
from planner.writes.plans.closing import close_plan
from planner.writes.plans.new_plan import NewPlan, add_plan
from planner.writes.reports.confirmations import confirm_ending
from planner.writes.reports.dates import move_due_date
from planner.writes.reports.status import Report
from tests.factories import ACTOR, COLLEAGUE, ended, meet, move, observed, record_report, report
from tests.integrity.conftest import no_step
from tests.writes.refusals import counts, gained

OLD, NEW = "harbour-2020", "harbour-2021"
NEXT_YEAR = NewPlan("Harbour 2021", NEW, date(2021, 1, 1), date(2021, 12, 31), "Asia/Seoul", "Harbour Office")
AT = datetime(2020, 12, 28, 2, 0, tzinfo=UTC)


@pytest.fixture
def year_end(register: Database) -> Database:
    """The small plan at the end of its year, beside the empty plan of the next year."""
    report(register, "T-001", phase=Phase.IN_PROGRESS, percent=70, confidence=Confidence.AMBER)
    ended(register, "T-003", Phase.COMPLETED)
    report(register, "P-002", phase=Phase.COMPLETED)
    meet(register, "T-002", 1, date(2020, 5, 10))
    move(register, "T-002", 3, date(2020, 11, 27))
    observed(register, "T-001", 1, 6, as_of=date(2020, 9, 1))
    return with_next_plan(register)


def with_next_plan(register: Database) -> Database:
    """Add the empty plan of the next year."""
    with register.writing() as session, writing(session, ACTOR, datetime(2020, 12, 1, tzinfo=UTC)) as journal:
        add_plan(journal, NEXT_YEAR)
    return register


def reading(session: Session, key: str, day: date = date(2020, 12, 28)) -> Reading:
    return Reading(session, read_plan(session, key), Point(day))


def preview(database: Database, dates: NewDates = NewDates.SHIFT, lead: str | None = None) -> CarryOver:
    with database.reading() as session:
        return read_carry_over(reading(session, OLD), reading(session, NEW), dates, lead)


def carry(database: Database, shown: CarryOver, at: datetime = AT) -> CarryOver:
    with database.writing() as session:
        write = Writing(session, read_plan(session, NEW), ACTOR, at.date(), at)
        return carry_over(write, read_plan(session, OLD), shown)


def test_early_dates_and_finished_work_are_named_before_anything_is_carried_over(sqlite_register: Database) -> None:
    report(sqlite_register, "T-001", percent=100)
    year_end = with_next_plan(sqlite_register)
    early = "Due before harbour-2021 begins on 2021-01-01: T-001, T-002, T-003, P-001 and P-002"
    done = "Reported at 100% but not as completed, so they begin again as not started: T-001"
    assert list(preview(year_end, NewDates.KEEP).remarks())[-2:] == [early, done]
    assert list(preview(year_end, NewDates.END).remarks())[-1:] == [done]
    assert not any("Due before" in remark for remark in preview(year_end, NewDates.SHIFT).remarks())


def test_the_work_that_no_other_plan_continues_is_counted(year_end: Database) -> None:
    def left(key: str = OLD) -> str:
        with year_end.reading() as session:
            return open_work(reading(session, key))

    waiting = "Reported endings that nobody has confirmed, and that nobody can confirm in a closed plan: P-002."
    assert left() == f"4 unfinished items of harbour-2020 were not carried over into another plan. {waiting}"
    carry(year_end, preview(year_end))
    with year_end.reading() as session:
        plans = [read_plan(session, key) for key in (OLD, NEW)]
        assert (items_counted_twice(session, plans), items_counted_twice(session, plans[1:])) == (3, 0)
    assert left() == f"1 unfinished item of harbour-2020 was not carried over into another plan. {waiting}"
    assert left(NEW) == (
        "harbour-2021 begins on 2021-01-01 only, and nobody can report in a closed plan. "
        "3 unfinished items of harbour-2021 were not carried over into another plan."
    )


TARGETS = {date(2020, 6, 30): 3.0, date(2020, 12, 31): 10.0, date(2021, 6, 30): 15.0, date(2022, 12, 31): 20.0}


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (NewDates.KEEP, [(10, date(2020, 12, 31)), (15, date(2021, 6, 30)), (20, date(2022, 12, 31))]),
        (NewDates.SHIFT, [(10, date(2021, 12, 31)), (15, date(2022, 6, 30)), (20, date(2023, 12, 31))]),
        (NewDates.END, [(20, date(2021, 12, 31))]),
    ],
)
def test_all_targets_that_are_still_ahead_are_carried_over(year_end, dates, expected):
    for due in sorted(TARGETS.keys() - {date(2020, 12, 31)}):
        with year_end.writing() as session:
            write = Writing(session, read_plan(session, OLD), ACTOR, AT.date(), AT)
            add_target(write, "T-001", 1, TARGETS[due], due, "Agreed.")
    carry(year_end, preview(year_end, dates))
    with year_end.reading() as session:
        later = reading(session, NEW, date(2021, 1, 4))
        (item,) = (one for one in read_register(later) if one.code == "T-001")
        assert [(one.value, one.due) for one in read_targets(later, item.id)] == expected
        assert verify(session, no_step).problems == ()


def test_the_history_of_a_carried_item_says_where_it_comes_from(year_end):
    carry(year_end, preview(year_end))
    with year_end.reading() as session:
        later = reading(session, NEW, date(2021, 1, 4))
        (entry,) = read_item_detail(later, "T-001").history
        assert (entry.what, entry.reason) == (
            "carried over from T-001 (harbour-2020)",
            "unfinished items of harbour-2020",
        )
        assert verify(session, no_step).problems == ()


def test_the_successor_of_a_merged_organisation_leads_and_supports_carried_items(year_end):
    close(year_end)
    in_the_new_plan(year_end, merge_organisation, "harbour-office", "town-archive", "Reform.")
    shown = preview(year_end)
    merged = "Harbour Office was merged into Town Archive as of 2020-12-28"
    assert list(shown.remarks())[-1:] == [f"{merged}. town-archive leads T-001, T-002 and P-001."]
    carry(year_end, shown)
    with year_end.reading() as session:
        items = read_register(reading(session, NEW, date(2021, 1, 4)))
        assert {(item.lead.key, tuple(one.key for one in item.supporting)) for item in items} == {("town-archive", ())}
        assert {item.lead_basis for item in items} == {Basis.REGISTERED}


def test_items_of_a_dissolved_organisation_need_another_lead(year_end):
    close(year_end)
    in_the_new_plan(year_end, dissolve_organisation, "harbour-office", "Reform.")
    shown = preview(year_end)
    dissolved = "Harbour Office was dissolved as of 2020-12-28"
    assert list(shown.remarks())[-1:] == [f"{dissolved}. Name another lead for T-001, T-002 and P-001."]
    with pytest.raises(BadValueError, match="need another lead"):
        carry(year_end, shown)
    with pytest.raises(NotAllowedError, match=dissolved):
        preview(year_end, lead="harbour-office")
    with pytest.raises(UnknownNameError, match="none-such"):
        preview(year_end, lead="none-such")
    carry(year_end, preview(year_end, lead="Town Archive"))
    with year_end.reading() as session:
        items = read_register(reading(session, NEW, date(2021, 1, 4)))
        assert {item.lead.key for item in items} == {"town-archive"}


def test_the_support_of_a_dissolved_organisation_is_not_carried_over(year_end):
    close(year_end)
    in_the_new_plan(year_end, dissolve_organisation, "town-archive", "Reform.")
    shown = preview(year_end)
    assert "It no longer supports T-001" in list(shown.remarks())[-1]
    carry(year_end, shown)
    with year_end.reading() as session:
        assert {item.supporting for item in read_register(reading(session, NEW, date(2021, 1, 4)))} == {()}


def close(database: Database) -> None:
    with database.writing() as session:
        close_plan(Writing(session, read_plan(session, OLD), ACTOR, AT.date(), AT), "The year is over.")


def in_the_new_plan(database: Database, write: Callable[..., object], *given: str) -> None:
    with database.writing() as session:
        write(Writing(session, read_plan(session, NEW), ACTOR, AT.date(), AT), *given)


def test_an_earlier_plan_does_not_continue_a_later_one(year_end):
    with year_end.reading() as session, pytest.raises(BadValueError, match="before harbour-2021 begins"):
        read_carry_over(reading(session, NEW), reading(session, OLD), NewDates.SHIFT)


def test_unfinished_items_go_on_and_say_what_they_continue(year_end):
    carry(year_end, preview(year_end))
    with year_end.reading() as session:
        items = read_register(reading(session, NEW, date(2021, 1, 4)))
        assert [item.code for item in items] == ["T-001", "T-002", "P-001"]
        assert {item.phase for item in items} == {Phase.NOT_STARTED}
        before = {item.code: item for item in read_register(reading(session, OLD))}
        told = read_lineages(reading(session, NEW, date(2021, 1, 4)))
        assert [told[item.id].comes_from for item in items] == [(f"continues {one.code} of {OLD}",) for one in items]
        later = read_lineages(reading(session, OLD, date(2021, 1, 4)))
        assert later[before["T-001"].id].became == (f"continued as T-001 in {NEW}",)
        for item in items:
            old = before[item.code]
            assert (item.title, item.lead, item.supporting, item.weight, item.theme_title) == (
                *(old.title, old.lead, old.supporting, old.weight, old.theme_title),
            )
        first, lamps = (read_item_detail(reading(session, NEW), code) for code in ("T-001", "T-002"))
        assert first.lineage.sentences == ("Continues T-001 of harbour-2020",)
        assert [(one.baseline, one.target, one.due) for one in first.indicators] == [(6, 10, date(2021, 12, 31))]
        assert [(one.title, one.baseline) for one in lamps.item.milestones] == [
            ("Half of the keepers trained", date(2021, 7, 31)),
            ("All keepers trained", date(2021, 11, 27)),
        ]
        assert read_item_detail(reading(session, OLD), "T-001").lineage.sentences == (
            "Continued as T-001 in harbour-2021",
        )
        before_that = reading(session, OLD, date(2020, 12, 27))
        assert read_item_detail(before_that, "T-001").lineage.sentences == ()
        assert read_lineages(before_that) == {}
        act = session.execute(select(PlanAct)).scalar_one()
        assert (act.kind, act.reason) == (PlanEvent.CARRIED_OVER, "unfinished items of harbour-2020")
        assert verify(session, lambda *_: None, [], None).problems == ()


def test_what_is_only_working_stays_so_in_the_next_plan(year_end):
    with year_end.writing() as session, writing(session, ACTOR, AT) as journal:
        row = session.execute(select(Item).where(Item.code == "T-001")).scalar_one()
        values = {"basis": Basis.WORKING, "due_basis": Basis.WORKING, "citation_id": None, "rule_id": None}
        journal.change(row, values | {"due_rule_id": None}, action="test", label="T-001")
    carry(year_end, preview(year_end))
    with year_end.reading() as session:
        items = {one.id: one for one in session.execute(select(Item)).scalars()}
        carried = [(item, items[item.continues_id]) for item in items.values() if item.continues_id]
        assert {(item.basis, item.due_basis) for item, before in carried if before.code == "T-001"} == {
            (Basis.WORKING, Basis.WORKING)
        }
        for item, before in carried:
            for name in ("basis", "allocation_basis", "lead_basis", "starts_basis", "due_basis"):
                was, now = getattr(before, name), getattr(item, name)
                assert now is (Basis.WORKING if was is Basis.WORKING else Basis.REGISTERED)


def test_a_preview_into_a_closed_plan_is_refused(year_end):
    with year_end.writing() as session:
        close_plan(Writing(session, read_plan(session, NEW), ACTOR, AT.date(), AT), "Too early.")
    with pytest.raises(NotAllowedError, match="so it can only be read"):
        preview(year_end)


def test_an_accountable_person_who_has_left_is_named_and_not_carried_over(year_end):
    with year_end.writing() as session, writing(session, ACTOR, AT) as journal:
        cleo = put_person(journal, "cleo", "Cleo", Role.MANAGER, None)
        cleo.active = False
        session.flush()
        row = session.execute(select(Item).where(Item.code == "T-001")).scalar_one()
        journal.change(row, {"accountable_id": cleo.id}, action="test", label="T-001")
        changed = row.id
    shown = preview(year_end)
    assert [(one.new_code, one.login) for one in shown.left] == [("T-001", "cleo")]
    carry(year_end, shown)
    with year_end.reading() as session:
        assert session.execute(select(Item).where(Item.continues_id == changed)).scalar_one().accountable_id is None


def test_an_ending_that_is_not_confirmed_is_named_and_left(year_end):
    shown = preview(year_end)
    assert [one.code for one in shown.awaiting] == ["P-002"]
    assert "P-002" not in [item.code for item in shown.items]


def test_the_earlier_plan_stays_as_it_was(year_end):
    with year_end.reading() as session:
        before = read_register(reading(session, OLD))
    carry(year_end, preview(year_end))
    with year_end.reading() as session:
        assert read_register(reading(session, OLD)) == before


def test_again_only_what_was_not_carried_over_is_added(year_end):
    carry(year_end, preview(year_end))
    shown = preview(year_end)
    assert (shown.items, shown.new_themes, shown.done_before) == ((), (), 3)
    before = counts(year_end)
    with pytest.raises(NotAllowedError, match="there is nothing to carry over"):
        carry(year_end, shown)
    assert gained(year_end, before) == {}


def test_the_work_of_a_carried_item_that_is_split_afterwards_is_not_carried_over_again(year_end: Database) -> None:
    carry(year_end, preview(year_end))
    for code, new in (("P-001", "P-01a"), ("P-01a", "P-01x")):
        with year_end.writing() as session:
            write = Writing(session, read_plan(session, OLD), ACTOR, AT.date(), AT)
            split_item(write, code, [Part(new, "East"), Part("", "West")], "So decided.")
        with year_end.writing() as session:
            confirm_ending(Writing(session, read_plan(session, OLD), COLLEAGUE, AT.date(), AT), code)
    shown = preview(year_end)
    assert (shown.items, shown.done_before) == ((), 2)
    said = "This is work of P-001, which goes on in harbour-2021 as P-001."
    assert any(said in line and "P-01x" in line and "nocode-2" in line for line in shown.remarks())
    with year_end.reading() as session:
        assert open_work(reading(session, OLD)).startswith("1 unfinished item ")


def test_what_changed_since_the_preview_is_not_carried_over(year_end):
    shown = preview(year_end)
    with year_end.writing() as session:
        write = Writing(session, read_plan(session, OLD), ACTOR, AT.date(), AT)
        move_due_date(write, "P-001", date(2020, 12, 30), "A little earlier.")
    before = counts(year_end)
    with pytest.raises(NotAllowedError, match="something was recorded since the preview"):
        carry(year_end, shown)
    assert gained(year_end, before) == {}


@pytest.mark.parametrize(
    ("dates", "starts", "due", "milestone"),
    [
        (NewDates.KEEP, date(2020, 3, 2), date(2020, 12, 31), date(2020, 7, 31)),
        (NewDates.SHIFT, date(2021, 3, 2), date(2021, 12, 31), date(2021, 7, 31)),
        (NewDates.END, date(2021, 1, 1), date(2021, 12, 31), date(2021, 12, 31)),
    ],
)
def test_the_dates_are_what_was_asked_for(year_end, dates, starts, due, milestone):
    lamps = next(item for item in preview(year_end, dates).items if item.code == "T-002")
    assert (lamps.starts, lamps.due, lamps.milestones[0].due) == (starts, due, milestone)


def test_an_item_whose_code_another_one_has_gets_a_code_of_the_program(year_end):
    """Also an existing theme with the title is used, in capitals or not, and the order goes on after what is there."""
    with year_end.writing() as session, writing(session, ACTOR, datetime(2020, 12, 2, tzinfo=UTC)) as journal:
        plan = read_plan(session, NEW)
        like = session.execute(select(Item).order_by(Item.id).limit(1)).scalar_one()
        theme = journal.add(
            Theme(plan_id=plan.id, number=1, title="QUAYS and lights", restatement="x", basis="registered"),
            action="test",
            label="1",
        )
        session.flush()
        same = ("kind", "lead_id", "weight", "fingerprint")
        values = {name: getattr(like, name) for name in same}
        values |= dict.fromkeys(("starts_basis", "due_basis", "lead_basis", "allocation_basis"), Basis.REGISTERED)
        row = Item(
            **values,
            plan_id=plan.id,
            theme_id=theme.id,
            code="T-1",
            title="Dredge",
            basis="registered",
            starts=plan.starts,
            baseline_due=plan.ends,
            measured_by=MeasuredBy.REPORTS,
            position=7,
        )
        journal.add(row, action="test", label="T-1")
    shown = preview(year_end)
    assert [item.new_code for item in shown.items] == ["nocode-1", "T-002", "P-001"]
    assert shown.new_themes == ()
    carry(year_end, shown)
    with year_end.reading() as session:
        of_new = select(Item.code, Item.position).where(Item.plan_id == read_plan(session, NEW).id)
        assert session.execute(of_new.order_by(Item.position)).all() == [
            *(("T-1", 7), ("nocode-1", 8), ("T-002", 9), ("P-001", 10)),
        ]


def test_what_is_carried_over_during_the_year_was_added_on_that_day(year_end):
    later = datetime(2021, 2, 1, 2, 0, tzinfo=UTC)
    with year_end.reading() as session:
        shown = read_carry_over(reading(session, OLD, later.date()), reading(session, NEW), NewDates.END)
    carry(year_end, shown, later)
    with year_end.reading() as session:
        days = select(Item.added_on).where(Item.continues_id.is_not(None))
        assert set(session.execute(days).scalars()) == {later.date()}
        plan = read_plan(session, NEW)
        themes = [
            [theme.title for theme in Reading(session, plan, Point(day)).with_known_plan().plan.themes]
            for day in (date(2021, 1, 15), later.date())
        ]
        assert themes == [[], ["Quays and lights"]]
        assert verify(session, no_step).problems == ()


def test_who_confirms_an_ending_hears_that_another_plan_goes_on_with_the_item(year_end: Database) -> None:
    carry(year_end, preview(year_end))
    with year_end.writing() as session:
        at, day = datetime(2020, 12, 29, 2, 0, tzinfo=UTC), date(2020, 12, 29)
        given = Report(phase=Phase.COMPLETED, evidence="Handed over.")
        record_report(session, ACTOR, read_plan(session, OLD), "T-001", given, as_of=day, today=day, at=at)
    with year_end.writing() as session:
        at = datetime(2020, 12, 30, 2, 0, tzinfo=UTC)
        write = Writing(session, read_plan(session, OLD), COLLEAGUE, at.date(), at)
        assert confirm_ending(write, "T-001").continued == ("Continued as T-001 in harbour-2021",)


def test_dates_that_were_only_assumed_stay_so_in_the_next_plan(year_end):
    with year_end.writing() as session, writing(session, ACTOR, AT) as journal:
        for row in (*session.execute(select(Milestone)).scalars(), *session.execute(select(Target)).scalars()):
            name = "date_basis" if isinstance(row, Milestone) else "due_basis"
            values = {"basis": Basis.REGISTERED, name: Basis.WORKING}
            journal.change(row, values, action="test", label="T-002")
    carry(year_end, preview(year_end))
    with year_end.reading() as session:
        later = reading(session, NEW, date(2021, 1, 4))
        items = {one.code: read_item_detail(later, one.code) for one in read_register(later)}
        # Somebody agreed on another date for the third milestone of T-002.
        assert [one.basis_of_date for one in items["T-002"].item.milestones] == [Basis.WORKING, Basis.REGISTERED]
        assert [one.due_basis for one in items["T-001"].indicators] == [Basis.WORKING]

"""Acts on organisations and targets: what they change, and what was so before."""

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from planner.base.errors import BadValueError, NotAllowedError, PlannerError
from planner.domain.vocabulary import Phase
from planner.intake.comparing.reading.register import read_whole_register
from planner.intake.previewing import preview_sheets
from planner.intake.proposed import Field
from planner.intake.wishes import Wishes
from planner.integrity.verifying import verify
from planner.queries.items.indicators import read_all_indicators
from planner.queries.people.ended import Ended
from planner.queries.people.organisations import find_organisation
from planner.queries.people.people import read_person
from planner.register.plans import read_plan
from planner.register.writing import Writing
from planner.store.database import Database
from planner.store.journal import writing as journal_of
from planner.store.models import AuditEvent
from planner.writes.people.changing import PersonEdit, change_person
from planner.writes.plan_changes.items import NewItem, add_item, move_item
from planner.writes.plan_changes.organisations import (
    add_organisation,
    dissolve_organisation,
    edit_organisation,
    merge_organisation,
    rename_organisation,
)
from planner.writes.plan_changes.previews import preview_organisation
from planner.writes.plan_changes.support import change_support
from planner.writes.plan_changes.targets import revise_target
from planner.writes.plans.new_plan import NewPlan, add_plan
from planner.writes.reports.confirmations import return_report
from planner.writes.undo import undo
from tests.factories import ACTOR, COLLEAGUE, OFFICER, ended, noon, reading_of, report, writing_by
from tests.intake.layout.written import sheet_of
from tests.integrity.conftest import no_step
from tests.queries.reads import detail_at, item_at, items_at
from tests.writes.plan_changes.acts import MAY, WHY, act
from tests.writes.refusals import refused

BEFORE = MAY - timedelta(days=1)
HARBOUR, ARCHIVE = "harbour-office", "town-archive"


def add(database: Database, key: str, name: str, short: str | None = None) -> None:
    with database.writing() as session:
        add_organisation(writing_by(session, ACTOR, noon(MAY)), key, name, short)


def test_a_renamed_organisation_has_its_earlier_name_before(register: Database) -> None:
    before = items_at(register, BEFORE)
    act(register, rename_organisation, HARBOUR, "Harbour and Tide Office", WHY, short_name="Tides")
    lead = item_at(register, "T-001", MAY).lead
    assert (lead.key, lead.name, lead.short_name) == (HARBOUR, "Harbour and Tide Office", "Tides")
    assert items_at(register, BEFORE) == before
    with register.reading() as session:
        assert verify(session, no_step).problems == ()


def test_the_organisation_that_another_one_is_merged_into_takes_over_its_work(register: Database) -> None:
    ended(register, "T-002", Phase.CANCELLED, as_of=BEFORE)
    before = items_at(register, BEFORE)
    done = act(register, merge_organisation, HARBOUR, ARCHIVE, WHY)
    assert done.items == dict.fromkeys(("T-001", "P-001", "P-002"), ARCHIVE)
    assert done.people == (OFFICER.name,)
    now = items_at(register, MAY)
    assert {code: item.lead.key for code, item in now.items()} == {
        "T-001": ARCHIVE,
        "T-002": HARBOUR,
        "T-003": ARCHIVE,
        "P-001": ARCHIVE,
        "P-002": ARCHIVE,
    }
    assert [body.key for body in (*now["T-003"].supporting, *now["P-001"].supporting)] == []
    assert items_at(register, BEFORE) == before
    with register.reading() as session:
        person = read_person(session, OFFICER.name)
        assert person is not None
        assert person.organisation is not None
        assert person.organisation.key == ARCHIVE
        assert verify(session, no_step).problems == ()
    with refused(register, NotAllowedError, "was merged into", "lead"):
        act(register, move_item, "T-001", WHY, lead=HARBOUR)


def test_the_history_of_an_item_says_who_supports_it(sqlite_register: Database) -> None:
    act(sqlite_register, change_support, "T-001", "Agreed.", remove=[ARCHIVE])
    act(sqlite_register, change_support, "T-001", "Again.", add=[ARCHIVE])
    act(sqlite_register, rename_organisation, ARCHIVE, "Archive of the Town", WHY)
    act(sqlite_register, merge_organisation, HARBOUR, ARCHIVE, "Reform.")
    history = detail_at(sqlite_register, "T-001", MAY).history
    told = [entry for entry in history if entry.what == "the supporting organisations changed"]
    assert [(entry.reason, entry.changes[0].before, entry.changes[0].after) for entry in told] == [
        ("Reform.", "Archive of the Town", None),
        ("Again.", None, "Town Archive"),
        ("Agreed.", "Town Archive", None),
    ]


def test_an_item_whose_ending_nobody_confirmed_is_taken_over(sqlite_register: Database) -> None:
    report(sqlite_register, "T-002", as_of=BEFORE, phase=Phase.CANCELLED)
    report(sqlite_register, "P-001", as_of=BEFORE, phase=Phase.COMPLETED, evidence="Minutes of 10 May.")
    done = act(sqlite_register, dissolve_organisation, HARBOUR, WHY, lead=ARCHIVE)
    assert sorted(done.items) == ["P-001", "P-002", "T-001", "T-002"]


def test_an_item_that_ended_after_the_day_is_taken_over(sqlite_register: Database) -> None:
    ended(sqlite_register, "T-002", Phase.CANCELLED, as_of=BEFORE)
    day = BEFORE - timedelta(days=1)
    with sqlite_register.reading() as session:
        shown = preview_organisation(reading_of(session, MAY), HARBOUR, day)
        now = preview_organisation(reading_of(session, MAY), HARBOUR)
    done = act(sqlite_register, merge_organisation, HARBOUR, ARCHIVE, WHY, day=day, at=noon(MAY))
    assert {one.code for one in shown.led} == set(done.items) == {one.code for one in now.led} | {"T-002"}
    assert item_at(sqlite_register, "T-002", day).lead.key == ARCHIVE


@pytest.mark.parametrize("back", [True, False], ids=["moved away again", "still there"])
def test_an_organisation_does_not_end_as_of_a_day_after_which_it_got_work(
    sqlite_register: Database, back: bool
) -> None:
    start, end = MAY - timedelta(days=20), MAY - timedelta(days=5)
    add(sqlite_register, "tides", "Board of Tides")
    act(sqlite_register, move_item, "T-001", WHY, lead="tides", day=start)
    if back:
        act(sqlite_register, move_item, "T-001", WHY, lead=ARCHIVE, day=end)
    told = f"tides began or stopped to lead or support T-001 as of {end if back else start}"
    early = start - timedelta(days=1)
    with refused(sqlite_register, NotAllowedError, told, "as_of"):
        act(sqlite_register, merge_organisation, "tides", HARBOUR, WHY, day=early, at=noon(MAY))
    with refused(sqlite_register, NotAllowedError, told, "as_of"):
        act(sqlite_register, dissolve_organisation, "tides", WHY, lead=HARBOUR, day=early, at=noon(MAY))
    act(sqlite_register, merge_organisation, "tides", HARBOUR, WHY, day=end, at=noon(MAY))


def test_an_organisation_does_not_end_as_of_a_day_on_which_it_supported_an_item(sqlite_register: Database) -> None:
    act(sqlite_register, change_support, "T-002", WHY, remove=[ARCHIVE])
    with refused(sqlite_register, NotAllowedError, "lead or support T-002", "as_of"):
        act(sqlite_register, merge_organisation, ARCHIVE, HARBOUR, WHY, day=BEFORE, at=noon(MAY))


def test_a_new_lead_does_not_support_the_item_any_more(sqlite_register: Database) -> None:
    act(sqlite_register, move_item, "T-002", WHY, lead=ARCHIVE)
    assert item_at(sqlite_register, "T-002", MAY).supporting == ()
    assert [body.key for body in item_at(sqlite_register, "T-002", BEFORE).supporting] == [ARCHIVE]


def test_an_organisation_is_not_named_as_supporting_and_as_no_longer_supporting(sqlite_register: Database) -> None:
    with refused(sqlite_register, BadValueError, "cannot both support the item", "no_longer"):
        act(sqlite_register, change_support, "T-002", WHY, add=[ARCHIVE], remove=[ARCHIVE])


def test_an_item_that_was_added_after_the_end_gets_its_new_lead_when_it_was_added(sqlite_register: Database) -> None:
    new = NewItem("T-050", "Paint the piers", "1", ARCHIVE, date(2020, 12, 31), "task")
    act(sqlite_register, add_item, new, WHY, day=MAY)
    act(sqlite_register, dissolve_organisation, ARCHIVE, WHY, lead=HARBOUR, day=BEFORE, at=noon(MAY))
    given, added = detail_at(sqlite_register, "T-050", MAY).history
    assert (given.as_of, added.as_of) == (MAY, MAY)
    assert item_at(sqlite_register, "T-050", MAY).lead.key == HARBOUR
    with sqlite_register.reading() as session:
        assert verify(session, no_step).problems == ()


def test_an_ended_organisation_gets_no_item_as_of_a_day_before_its_end(sqlite_register: Database) -> None:
    add(sqlite_register, "tides", "Board of Tides")
    act(sqlite_register, merge_organisation, "tides", HARBOUR, WHY)
    with refused(sqlite_register, NotAllowedError, "was merged into Harbour Office", "lead"):
        act(sqlite_register, move_item, "T-003", WHY, lead="tides", day=BEFORE, at=noon(MAY))
    with refused(sqlite_register, NotAllowedError, "was merged into Harbour Office", "supporting"):
        act(sqlite_register, change_support, "T-003", WHY, add=["tides"], day=BEFORE, at=noon(MAY))


def test_an_item_of_an_ended_organisation_is_not_opened_again(sqlite_register: Database) -> None:
    ended(sqlite_register, "T-002", Phase.CANCELLED, as_of=BEFORE, by=COLLEAGUE)
    act(sqlite_register, dissolve_organisation, HARBOUR, WHY, lead=ARCHIVE)
    told = "would be open again, but Harbour Office was dissolved as of 2020-05-11"
    with refused(sqlite_register, NotAllowedError, told, "T-002"):
        report(sqlite_register, "T-002", as_of=MAY, phase=Phase.IN_PROGRESS)
    with refused(sqlite_register, NotAllowedError, told, "T-002"), sqlite_register.writing() as session:
        return_report(writing_by(session, ACTOR, noon(MAY)), "T-002", "It goes on.")
    act(sqlite_register, move_item, "T-002", WHY, lead=ARCHIVE)
    report(sqlite_register, "T-002", as_of=MAY, phase=Phase.IN_PROGRESS)


def test_a_confirmation_is_not_undone_if_the_lead_has_ended(sqlite_register: Database) -> None:
    ended(sqlite_register, "T-002", Phase.CANCELLED, as_of=BEFORE)
    act(sqlite_register, dissolve_organisation, HARBOUR, WHY, lead=ARCHIVE)
    with (
        refused(sqlite_register, NotAllowedError, "would be open again", "T-002"),
        sqlite_register.writing() as session,
    ):
        undo(writing_by(session, COLLEAGUE, noon(MAY)))


def test_a_refusal_names_the_organisation_that_still_exists(sqlite_register: Database) -> None:
    for key in ("tides", "wells", "lights"):
        add(sqlite_register, key, f"Board of {key.title()}")
    for key, into in (("tides", "wells"), ("wells", "lights")):
        act(sqlite_register, merge_organisation, key, into, WHY)

    def advice(key: str) -> str:
        with pytest.raises(NotAllowedError) as caught:
            act(sqlite_register, move_item, "T-001", WHY, lead=key)
        return str(caught.value.do)

    assert (advice("tides"), advice("wells")) == ("Name lights or another organisation",) * 2
    act(sqlite_register, dissolve_organisation, "lights", WHY)
    assert (advice("tides"), advice("wells")) == ("Name another organisation",) * 2


def edit(database: Database, key: str, language: str | None = None, **values: str) -> str:
    with database.writing() as session:
        writing = writing_by(session, ACTOR, noon(MAY))
        return edit_organisation(writing, key, WHY, language=language, **values).sentence()


def test_an_organisation_has_a_language_of_its_own_until_it_is_removed(register: Database) -> None:
    def languages() -> list[str | None]:
        with register.reading() as session:
            assert verify(session, no_step).problems == ()
            whole = read_whole_register(reading_of(session, MAY)).organisations
            found = find_organisation(session, ARCHIVE).language
            assert {body.key: body.language for body in whole}[ARCHIVE] == found
            return [found, find_organisation(session, HARBOUR).language]

    assert languages() == [None, None]
    edit(register, ARCHIVE, "KO_kr")
    assert languages() == ["ko-KR", None]
    with register.reading() as session:
        event = session.execute(select(AuditEvent).order_by(AuditEvent.seq.desc())).scalars().first()
        assert event is not None
        body = json.loads(event.body)
    assert (event.action, body["label"], body["reason"]) == ("edit-organisation", ARCHIVE, WHY)
    assert (body["before"]["language"], body["after"]["language"]) == (None, "ko-KR")
    with refused(register, BadValueError, "already has this language", "language"):
        edit(register, ARCHIVE, "ko-KR")
    with refused(register, BadValueError, "is not the code of a language", "language"):
        edit(register, ARCHIVE, "Korean, please")
    edit(register, ARCHIVE, " ")
    assert languages() == [None, None]


def test_an_organisation_has_mail_addresses_until_they_are_removed(register: Database) -> None:
    def address() -> str | None:
        with register.reading() as session:
            assert verify(session, no_step).problems == ()
            return find_organisation(session, ARCHIVE).mail_address

    assert address() is None
    edit(register, ARCHIVE, "ko")
    said = edit(register, ARCHIVE, mail_address="a@archive.example；档案@例子.公司")
    assert said == "Recorded: mail for Town Archive (town-archive) goes to a@archive.example, 档案@例子.公司."
    assert address() == "a@archive.example, 档案@例子.公司"
    with register.reading() as session:
        assert find_organisation(session, ARCHIVE).language == "ko"
        event = session.execute(select(AuditEvent).order_by(AuditEvent.seq.desc())).scalars().first()
        assert event is not None
        body = json.loads(event.body)
    assert (body["before"]["mail_address"], body["after"]["mail_address"]) == (
        None,
        "a@archive.example, 档案@例子.公司",
    )
    with refused(register, BadValueError, "already has these addresses", "mail_address"):
        edit(register, ARCHIVE, mail_address="a@archive.example, 档案@例子.公司")
    with refused(register, BadValueError, "'archive' is not a mail address: it has no @", "mail_address"):
        edit(register, ARCHIVE, mail_address="archive")
    said = edit(register, ARCHIVE, language="", mail_address="")
    assert said == (
        "Recorded: Town Archive (town-archive) has no language of its own."
        " Recorded: Town Archive (town-archive) has no mail address."
    )
    assert address() is None


def test_an_edit_changes_what_differs(sqlite_register: Database) -> None:
    edit(sqlite_register, ARCHIVE, "ko", mail_address="a@archive.example")
    said = edit(sqlite_register, ARCHIVE, "ko", mail_address="b@archive.example")
    assert said == "Recorded: mail for Town Archive (town-archive) goes to b@archive.example."
    with refused(sqlite_register, BadValueError, "already has this language", "language"):
        edit(sqlite_register, ARCHIVE, "ko", mail_address="b@archive.example")


def test_an_organisation_that_has_ended_gets_no_language(sqlite_register: Database) -> None:
    act(sqlite_register, merge_organisation, HARBOUR, ARCHIVE, WHY)
    with refused(sqlite_register, NotAllowedError, "was merged into", "ORGANISATION"):
        edit(sqlite_register, HARBOUR, "ko")


def test_a_name_of_another_organisation_is_refused(sqlite_register: Database) -> None:
    add(sqlite_register, "tide-board", "Tide Board", "Board")
    for name in ("Tide  board", "BOARD", "tide-board"):
        with refused(sqlite_register, NotAllowedError, "tide-board (Tide Board) is already called", "name"):
            act(sqlite_register, rename_organisation, HARBOUR, name, WHY)
    with refused(sqlite_register, NotAllowedError, "tide-board (Tide Board) is already called", "short_name"):
        add(sqlite_register, "wells", "Wells", "board")


def test_a_renamed_organisation_keeps_a_short_name_of_its_own(sqlite_register: Database) -> None:
    def short(key: str) -> str:
        with sqlite_register.reading() as session:
            return find_organisation(session, key).short_name

    add(sqlite_register, "tides", "Board of Tides", "Tides")
    add(sqlite_register, "wells", "Board of Wells")
    act(sqlite_register, rename_organisation, "tides", "Board of Tides and Currents", WHY)
    act(sqlite_register, rename_organisation, "wells", "Board of Wells and Springs", WHY)
    assert (short("tides"), short("wells")) == ("Tides", "Board of Wells and Springs")


def test_an_import_knows_former_names_and_what_became_of_an_organisation(sqlite_register: Database) -> None:
    act(sqlite_register, rename_organisation, HARBOUR, "Harbour and Tide Office", WHY)
    act(sqlite_register, merge_organisation, HARBOUR, ARCHIVE, WHY)
    with sqlite_register.reading() as session:
        bodies = {body.key: body for body in read_whole_register(reading_of(session, MAY)).organisations}
    assert bodies[HARBOUR].former == ("Harbour Office",)
    assert bodies[HARBOUR].ended == Ended("merged", MAY, ARCHIVE, bodies[ARCHIVE].names[0], ARCHIVE)
    assert (bodies[ARCHIVE].former, bodies[ARCHIVE].ended) == ((), None)


def test_a_workbook_with_a_former_name_adds_no_organisation(sqlite_register: Database) -> None:
    add(sqlite_register, "tides", "Tides, Lights and Buoys")
    act(sqlite_register, rename_organisation, "tides", "Board of Tides", WHY)
    sheet = sheet_of("Code | Task | Lead\nN-1 | Watch the tide | Tides, Lights and Buoys")
    with sqlite_register.reading() as session:
        found = preview_sheets(reading_of(session, MAY), ACTOR, [sheet], [], Wishes())
    assert (found.new[0].facts[Field.LEAD], found.organisations, found.blockers) == ("tides", (), ())


def test_each_unfinished_item_of_a_dissolved_organisation_gets_a_new_lead(sqlite_register: Database) -> None:
    add(sqlite_register, "tide-board", "Tide Board")
    before = items_at(sqlite_register, BEFORE)
    with refused(sqlite_register, BadValueError, "these items need a new lead: T-002, P-001", "lead"):
        act(sqlite_register, dissolve_organisation, HARBOUR, WHY, leads={"t1": "tide-board"})
    with refused(sqlite_register, BadValueError, "leads no unfinished item T-003", "give"):
        act(sqlite_register, dissolve_organisation, HARBOUR, WHY, lead=ARCHIVE, leads={"T-003": "tide-board"})
    with refused(sqlite_register, BadValueError, "is dissolved in this act", "lead"):
        act(sqlite_register, dissolve_organisation, HARBOUR, WHY, lead=HARBOUR)
    done = act(sqlite_register, dissolve_organisation, HARBOUR, WHY, lead=ARCHIVE, leads={"t1": "tide-board"})
    assert done.items == {"T-001": "tide-board", "T-002": ARCHIVE, "P-001": ARCHIVE, "P-002": ARCHIVE}
    assert items_at(sqlite_register, BEFORE) == before
    with refused(sqlite_register, NotAllowedError, "was dissolved as of 2020-05-11", "ORGANISATION"):
        act(sqlite_register, rename_organisation, HARBOUR, "Tides", WHY)


@pytest.mark.parametrize(
    ("key", "name", "error", "where"),
    [
        ("Harbour-Office", "Tides", NotAllowedError, "KEY"),
        ("a key", "Tides", BadValueError, "KEY"),
        (" ", "Tides", BadValueError, "KEY"),
        ("tides", "Harbour Office", NotAllowedError, "name"),
        ("tides", " ", BadValueError, "name"),
    ],
)
def test_an_organisation_needs_a_key_and_a_name_of_its_own(
    sqlite_register: Database, key: str, name: str, error: type[PlannerError], where: str
) -> None:
    with refused(sqlite_register, error, "", where):
        add(sqlite_register, key, name)


def test_the_acts_on_what_all_plans_share_do_not_wait_for_the_plan_in_use(sqlite_register: Database) -> None:
    with sqlite_register.writing() as session, journal_of(session, ACTOR, noon(BEFORE)) as journal:
        add_plan(journal, NewPlan("Next", "next", date(2021, 1, 1), date(2021, 12, 31), "UTC", HARBOUR))

    def rename(day: date) -> None:
        with sqlite_register.writing() as session:
            writing = Writing(session, read_plan(session, "next"), ACTOR, MAY, noon(MAY))
            rename_organisation(writing, HARBOUR, f"Port {day}", WHY, as_of=day)
            change_person(writing, "brook", PersonEdit(name=f"Brook {day}"), WHY, as_of=day)

    with refused(sqlite_register, BadValueError, "2019-12-31 is before the first plan starts (2020-01-01)", "as_of"):
        rename(date(2019, 12, 31))
    with refused(sqlite_register, BadValueError, "is after today", "as_of"):
        rename(MAY + timedelta(days=1))
    rename(BEFORE)
    with sqlite_register.reading() as session:
        assert read_person(session, "brook").name == f"Brook {BEFORE}"  # type: ignore[union-attr]


def test_a_revised_target_was_the_earlier_one_before(register: Database) -> None:
    def target(day: date) -> tuple[float | None, date | None]:
        with register.reading() as session:
            found = read_all_indicators(reading_of(session, day))
        indicator = found[item_at(register, "T-001").id][0]
        return indicator.target, indicator.due

    done = act(register, revise_target, "T-001", 1, WHY, value=8, due=date(2021, 1, 31))
    assert (done.old, done.new) == (10, 8)
    assert (target(BEFORE), target(MAY)) == ((10, date(2020, 12, 31)), (8, date(2021, 1, 31)))
    with refused(register, BadValueError, "the target is already 8 by 2021-01-31", "value"):
        act(register, revise_target, "T-001", 1, WHY, value=8)
    with refused(register, NotAllowedError, "was revised as of 2020-05-11 already", "as_of"):
        act(register, revise_target, "T-001", 1, WHY, value=7, day=BEFORE)
    with refused(register, NotAllowedError, "indicator 1 of P-002 has no target", "P-002"):
        act(register, revise_target, "P-002", 1, WHY, value=7)
    with register.reading() as session:
        assert verify(session, no_step).problems == ()

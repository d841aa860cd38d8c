"""Taking back a whole import, and what forbids it."""

import json
from datetime import date
from itertools import chain
from typing import Any

import pytest
from sqlalchemy import select

from planner.base.errors import NotAllowedError
from planner.domain.codes import code_key
from planner.domain.vocabulary import Coverage, Direction, LinkOrigin, LinkType, ReviewDecision
from planner.evidence.anchor import Anchoring
from planner.evidence.pack import make_pack
from planner.intake.comparing.reading.register import read_stored
from planner.intake.comparing.stored import StoredRegister
from planner.intake.preview_text import imported_words, preview_summary
from planner.intake.proposed import Field, ProposedRegister
from planner.queries.links.standing import read_links
from planner.queries.people.people import read_people
from planner.store.database import Database
from planner.store.event_actions import UNDO_IMPORT
from planner.store.journal import Actor, writing
from planner.store.models import AuditEvent, Item, ItemChange, Person, StatusUpdate, Target
from planner.writes.link_reviews import LinkVerdict, review_links
from planner.writes.new_links import NewLink, add_links
from planner.writes.plan_changes.items import ItemEdit, edit_item
from planner.writes.plan_changes.kinds import merge_kind
from planner.writes.plan_changes.parts import NewIndicator, add_indicator
from planner.writes.plan_changes.themes import add_theme, merge_theme
from planner.writes.undo import OwnWrite, last_own_write, undo
from tests.evidence.packs import no_step
from tests.factories import ACTOR, COLLEAGUE, noon, reading_of, report, writing_by
from tests.intake.applying.test_apply import history, office_file, view
from tests.intake.imports import DAY, import_register, preview_of, verified, write
from tests.intake.proposals import given, item, part, register
from tests.writes.plan_changes.acts import WHY, act

UNDONE = (
    "the import of plan.csv; the organisations that it added stay: Port Works; "
    "the kinds of items that it added stay: Service"
)


def take_back(database: Database, actor: Actor = ACTOR, **how: Any) -> OwnWrite:
    with database.writing() as session:
        return undo(writing_by(session, actor, noon(DAY), DAY), **how)


def test_an_import_is_taken_back_also_after_an_act_that_does_not_depend_on_it(register: Database) -> None:
    import_register(register, office_file())
    act(register, edit_item, "T-002", ItemEdit(title="Another title"), WHY)
    with pytest.raises(NotAllowedError) as refused:
        take_back(register)
    assert "'planner undo --import'" in str(refused.value.do)
    assert "'planner item edit'" in str(refused.value.do)

    done = take_back(register, import_only=True)

    assert done.records == (UNDONE,)
    with pytest.raises(NotAllowedError, match="you have no import to undo"):
        take_back(register, import_only=True)
    assert not verified(register)


def link(database: Database, origin: LinkOrigin) -> None:
    """Link an item of the import to a clause."""
    with database.writing() as session:
        added = [NewLink("第7项", "old:duty-1", LinkType.IMPLEMENTS, Coverage.FULL, "It says so.")]
        add_links(writing_by(session, ACTOR, noon(DAY)), added, origin=origin)


def test_a_link_to_an_item_of_an_import_forbids_to_take_it_back_until_it_is_rejected(register: Database) -> None:
    import_register(register, office_file())
    link(register, LinkOrigin.PERSON)
    with pytest.raises(NotAllowedError, match="of what was recorded since: link 第7项:old:duty-1") as refused:
        take_back(register, import_only=True)
    # Nothing is offered, and nobody is asked about anything, that would be refused.
    with register.reading() as session, pytest.raises(NotAllowedError, match="of what was recorded since"):
        last_own_write(reading_of(session, DAY), ACTOR, import_only=True)
    with pytest.raises(NotAllowedError, match="cannot be undone") as not_offered:
        take_back(register)
    assert "undo --import" not in str(not_offered.value.do)
    assert refused.value.do == "Reject each link with 'planner links review LINK'"
    with register.writing() as session:
        verdict = LinkVerdict(ReviewDecision.REJECTED, reason="It was a slip.")
        review_links(writing_by(session, ACTOR, noon(DAY)), ["第7项:old:duty-1"], verdict)
    take_back(register, import_only=True)
    assert not links(register)
    assert not verified(register)


def test_links_that_only_the_program_suggested_go_with_an_import(register: Database) -> None:
    import_register(register, office_file())
    link(register, LinkOrigin.MACHINE)
    take_back(register, import_only=True)
    assert not links(register)
    assert not verified(register)


def links(database: Database) -> list[str]:
    """The names of the links to the clause of the other tests from items."""
    with database.reading() as session:
        return [one.name for one in read_links(reading_of(session)) if one.of_item]


def stored(database: Database, proposed: ProposedRegister) -> StoredRegister:
    with database.reading() as session:
        return read_stored(reading_of(session), proposed)


def facts(found: StoredRegister) -> Any:
    """All that can be imported, without what only counts the writes."""
    return found.items, found.themes, found.milestones, found.indicators, found.statuses


def more(file: ProposedRegister) -> ProposedRegister:
    """The office's file, with parts for an item that exists."""
    file.items[0].milestones = [part(2, title="Damage surveyed", date=date(2020, 4, 15)), part(2, title="Paved")]
    file.items[0].indicators = [part(2, name="Quays mended", target=12), part(2, name="Bollards", target=7)]
    return file


def test_import_is_taken_back_as_a_whole_and_can_be_repeated(register: Database) -> None:
    before = stored(register, more(office_file()))
    import_register(register, more(office_file()))
    imported = stored(register, more(office_file()))

    done = take_back(register, reason="The wrong file")

    assert done.records == (UNDONE,)
    after = stored(register, more(office_file()))
    assert facts(after) == facts(before)
    assert verified(register) == []
    with pytest.raises(NotAllowedError, match="create register"):
        take_back(register)
    import_register(register, more(office_file()))
    again = stored(register, more(office_file()))
    assert [row.code for row in again.items] == [row.code for row in imported.items]
    assert [theme.number for theme in again.themes] == [theme.number for theme in imported.themes]
    assert verified(register) == []


def test_undo_says_which_organisations_of_an_import_stay(sqlite_register: Database) -> None:
    import_register(sqlite_register, register(item(1, code="X-1", title="Sow", lead="Meadow Office")))

    assert take_back(sqlite_register).records == (
        "the import of plan.csv; the organisations that it added stay: Meadow Office",
    )


def test_target_that_an_undo_took_out_is_not_in_the_register(sqlite_register: Database) -> None:
    file = register(item(2, code="T-001", indicators=[part(2, name="Bollards")]))
    new = NewIndicator("Bollards", "pieces", Direction.INCREASE, target=7, due=date(2020, 9, 1))
    act(sqlite_register, add_indicator, "T-001", new, WHY, day=DAY)
    (added,) = (one for one in chain(*stored(sqlite_register, file).indicators.values()) if one.name == "Bollards")
    assert (added.target, added.due) == (7, date(2020, 9, 1))
    with sqlite_register.writing() as session, writing(session, ACTOR, noon(DAY)) as journal:
        journal.change(session.get_one(Target, added.target_id), {"taken_out": True}, action="undo-import", label="")
    (left,) = (one for one in chain(*stored(sqlite_register, file).indicators.values()) if one.name == "Bollards")
    assert (left.target, left.due, left.target_id) == (None, None, None)


def test_languages_of_organisations_are_imported_and_taken_back(register: Database) -> None:
    def languages() -> dict[str, str | None]:
        return {body.key: body.language for body in stored(register, ProposedRegister()).organisations}

    rows = [
        part(1, key="town-archive", name="Town Archive", language="ko"),
        part(2, key="tides", name="Tides", language="ar"),
    ]
    import_register(register, ProposedRegister(organisations=rows))
    assert languages() == {"harbour-office": None, "town-archive": "ko", "tides": "ar"}
    assert verified(register) == []
    take_back(register)
    assert languages()["town-archive"] is None
    assert verified(register) == []


def test_mail_addresses_are_imported_and_taken_back(register: Database) -> None:
    def addresses() -> dict[str, str | None]:
        found = stored(register, ProposedRegister())
        bodies = {body.key: body.mail_address for body in found.organisations}
        people = {person.login: person.mail_address for person in found.people if person.login == "zoe"}
        return {key: address for key, address in (bodies | people).items() if address}

    bodies = [
        # Without a key, because an office's own list has none.
        part(1, name="Town Archive", mail_address="a@archive.example；档案@例子.公司"),
        part(2, key="tides", name="Tides", mail_address="t@tides.example"),
    ]
    people = [part(3, login="zoe", name="Zoe", organisation="Tides", mail_address="Zoe <zoe@tides.example>")]
    import_register(register, ProposedRegister(organisations=bodies, people=people))
    assert addresses() == {
        "town-archive": "a@archive.example, 档案@例子.公司",
        "tides": "t@tides.example",
        "zoe": "zoe@tides.example",
    }
    assert verified(register) == []
    take_back(register)
    assert "town-archive" not in addresses()
    assert verified(register) == []


def test_history_shows_the_way_there_and_back(sqlite_register: Database) -> None:
    import_register(sqlite_register, register(item(1, code="T-001", title="Mend all quays", percent=10)))
    take_back(sqlite_register)

    changes = [(row.field, row.old_value, row.new_value) for row in history(sqlite_register, ItemChange)]
    assert changes == [
        ("title", "Mend the quays", "Mend all quays"),
        ("title", "Mend all quays", "Mend the quays"),
    ]
    assert len(history(sqlite_register, StatusUpdate)) == 1
    found = view(sqlite_register, "T-001")
    assert (found.title, found.basis, found.last) == ("Mend the quays", "stated", None)


def test_the_log_of_an_undone_import_names_items_by_code_and_title_as_they_were(sqlite_register: Database) -> None:
    rows = [item(1, code="X-1", title="Sow a meadow"), item(2, code="T-001", title="Mend", percent=40)]
    milestones = [part(3, title="Seeds bought")]
    import_register(sqlite_register, register(*rows, item(3, code="T-002", milestones=milestones)))
    take_back(sqlite_register)

    with sqlite_register.reading() as session:
        undone = select(AuditEvent.table_name, AuditEvent.label).where(AuditEvent.action == UNDO_IMPORT)
        labels = [(table, label) for table, label in session.execute(undone) if table not in ("import_batch", "theme")]

    assert ("item", "X-1 Sow a meadow") in labels
    assert ("item_change", "T-001 title") in labels
    assert ("withdrawal", "T-001") in labels
    assert {label.split()[0] for _, label in labels} <= {"X-1", "T-001", "T-002"}


def test_all_that_an_undo_wrote_says_why_also_without_a_reason(sqlite_register: Database) -> None:
    import_register(sqlite_register, office_file())
    take_back(sqlite_register)
    with sqlite_register.reading() as session:
        bodies = session.execute(select(AuditEvent.body).where(AuditEvent.action == UNDO_IMPORT)).scalars()
        assert {json.loads(body)["reason"] for body in bodies} == {"the import was undone"}


def test_undo_gives_fields_back_to_the_person_who_wrote_them(sqlite_register: Database) -> None:
    def file() -> ProposedRegister:
        return register(item(1, code="T-001", title="Mend all", supporting=("Parks",), note="In spring"))

    with sqlite_register.writing() as session:
        edit_item(writing_by(session, ACTOR, noon(DAY), DAY), "T-001", ItemEdit(title="Mend both"), "Agreed")
    for _ in range(2):
        import_register(sqlite_register, file(), take_file=True)
        assert not list(preview_of(sqlite_register, file()).conflicts)
        take_back(sqlite_register)

        # What only imports wrote is no conflict.
        found = preview_of(sqlite_register, file())
        assert [conflict.change.field for _, conflict in found.conflicts] == [Field.TITLE]


@pytest.mark.parametrize("later", ["report", "edit"])
def test_import_that_others_built_on_is_not_taken_back(sqlite_register: Database, later: str) -> None:
    import_register(sqlite_register, register(item(1, code="8", title="Sow"), item(2, code="T-001", title="Mend all")))
    if later == "report":
        code, named = "8", "report 8"
        report(sqlite_register, code, actor=COLLEAGUE, as_of=DAY)
    else:
        named = "import T-001"
        import_register(sqlite_register, register(item(2, code="T-001", title="Mend it all")), actor=COLLEAGUE)

    with pytest.raises(NotAllowedError, match=named):
        take_back(sqlite_register)

    with sqlite_register.reading() as session:
        assert not session.execute(select(Item.id).where(Item.taken_out)).first()


def test_report_on_another_item_does_not_prevent_it(sqlite_register: Database) -> None:
    import_register(sqlite_register, register(item(1, code="8", title="Sow")))
    report(sqlite_register, "P-002", actor=COLLEAGUE, as_of=DAY)

    take_back(sqlite_register)

    assert "8" not in {row.code for row in stored(sqlite_register, register()).items}


def test_an_item_that_an_earlier_version_took_out_is_no_problem_of_the_history(sqlite_register: Database) -> None:
    import_register(sqlite_register, register(item(1, code="8", title="Sow")))
    with sqlite_register.writing() as session, writing(session, ACTOR, noon(DAY)) as journal:
        row = session.execute(select(Item).where(Item.code == "8")).scalar_one()
        values = {"taken_out": True, "code": "8~6", "code_key": code_key("8~6")}
        journal.change(row, values, action=UNDO_IMPORT, label="8")

    assert verified(sqlite_register) == []


def test_undo_goes_back_past_an_import_that_was_undone(sqlite_register: Database) -> None:
    report(sqlite_register, "P-002", as_of=DAY)
    import_register(sqlite_register, register(item(1, code="8", title="Sow")))
    take_back(sqlite_register)

    assert take_back(sqlite_register).records == ("the report on P-002",)


def test_answer_about_a_title_that_a_person_changed_is_kept_and_undone_with_the_import(
    sqlite_register: Database,
) -> None:
    def file(number: str, title: str = "Mow the lawn") -> ProposedRegister:
        return register(item(1, code=given(number, 1), number=given(number, 1), title=title, note="Weekly"))

    import_register(sqlite_register, file("1"))
    (item_1,) = [row for row in history(sqlite_register, Item) if row.title == "Mow the lawn"]
    with sqlite_register.writing() as session:
        edit = ItemEdit(title="Keep the park short")
        edit_item(writing_by(session, ACTOR, noon(DAY), DAY), item_1.code, edit, as_of=DAY, reason="Renamed")
    (question,) = preview_of(sqlite_register, file("1")).blockers

    answered = preview_of(sqlite_register, file("1"), answers={question.key: item_1.code})

    assert [(same.title, same.code) for same in answered.same_items] == [("mowthelawn", item_1.code)]
    assert preview_summary(answered).endswith("1 answer to keep")
    # Nothing else is new, and the answer alone is worth a write.
    imported = write(sqlite_register, answered)
    assert imported_words(imported).startswith("Your answers are kept for the next import.")
    for number in ("1", "9"):
        again = preview_of(sqlite_register, file(number))
        assert (again.blockers, again.same_items, again.new) == ((), (), ()), number
        assert [changed.matched for changed in again.changed] == ["as you said earlier"]
        assert write(sqlite_register, again) is None
    # Another item of the files with this title, or of the register, makes it unsure again.
    twice = register(*file("1").items, item(2, code=given("2", 2), number=given("2", 2), title="Mow the lawn"))
    assert preview_of(sqlite_register, twice).blockers
    take_back(sqlite_register)
    assert preview_of(sqlite_register, file("1")).blockers
    assert verified(sqlite_register) == []


def test_an_import_can_be_taken_back_after_a_later_one_was(sqlite_register: Database) -> None:
    first = register(item(1, code="X-1", title="Sow", done="Begun"), item(2, code="T-001", title="Mend all quays"))
    later = register(
        item(1, code="X-1", title="Sow seed", done="Half", milestones=[part(1, title="Seed bought")]),
        item(2, code="T-001", title="Mend both quays"),
        item(3, code="X-2", title="Mow"),
    )
    before = stored(sqlite_register, later)
    import_register(sqlite_register, first)
    between = stored(sqlite_register, later)
    import_register(sqlite_register, later)

    take_back(sqlite_register)
    assert facts(stored(sqlite_register, later)) == facts(between)
    take_back(sqlite_register)

    assert facts(stored(sqlite_register, later)) == facts(before)
    assert verified(sqlite_register) == []


def people_of(database: Database) -> list[tuple[str, bool]]:
    with database.reading() as session:
        return [(person.login, person.active) for person in read_people(session)]


def test_people_whom_an_undone_import_added_go_with_it_and_come_back_with_the_next_one(
    sqlite_register: Database,
) -> None:
    file = register(item(1, code="T-001", accountable="Anna Schmidt"))
    before = people_of(sqlite_register)

    def imported_and_back() -> None:
        import_register(sqlite_register, file)
        assert people_of(sqlite_register) == sorted([*before, ("anna-schmidt", True)])
        take_back(sqlite_register)
        assert people_of(sqlite_register) == before
        assert verified(sqlite_register) == []

    imported_and_back()
    imported_and_back()
    with sqlite_register.reading() as session:
        assert [row.active for row in session.execute(select(Person)).scalars() if row.login == "anna-schmidt"] == [
            False
        ]


def test_a_person_who_has_written_since_stays_when_the_import_is_undone(sqlite_register: Database) -> None:
    import_register(sqlite_register, register(item(1, code="T-001", accountable="Anna Schmidt")))
    with sqlite_register.writing() as session, writing(session, Actor("anna-schmidt"), noon(DAY)) as journal:
        journal.note(session.get_one(Item, 1), action="looked", label="", reason="Seen.")
    take_back(sqlite_register)
    assert ("anna-schmidt", True) in people_of(sqlite_register)


def test_an_evidence_pack_is_made_of_an_item_whose_code_an_undone_import_changed(sqlite_register: Database) -> None:
    import_register(sqlite_register, register(item(1, code=None, title="Dig a pond")))
    import_register(sqlite_register, register(item(1, code="X-1", title="Dig a pond")))
    with sqlite_register.writing() as session:
        undo(writing_by(session, ACTOR, noon(DAY), DAY))
    with sqlite_register.reading() as session:
        assert make_pack(reading_of(session, DAY), "nocode-1", Anchoring(), no_step)
    import_register(sqlite_register, register(item(1, code="X-1", title="Dig a pond")))
    with sqlite_register.reading() as session:
        assert make_pack(reading_of(session, DAY), "X-1", Anchoring(), no_step)


@pytest.mark.parametrize("merge", ["theme", "kind"])
def test_a_merger_leaves_the_items_of_an_undone_import_alone(sqlite_register: Database, merge: str) -> None:
    """They are not in the plan on any day, and the log would tell of codes that nobody gave."""
    act(sqlite_register, add_theme, "Other work", WHY)
    import_register(sqlite_register, register(item(1, code="X-1", title="Sow", theme=("Other work",), kind="task")))
    take_back(sqlite_register)
    import_register(sqlite_register, register(item(1, code="X-2", title="Mow", theme=("Other work",), kind="task")))

    if merge == "kind":
        assert "X-2" in act(sqlite_register, merge_kind, "task", "key_project", WHY).items
    else:
        assert act(sqlite_register, merge_theme, "Other work", "1", WHY).items == ("X-2",)

    with sqlite_register.reading() as session:
        labels = session.execute(select(AuditEvent.label).where(AuditEvent.action == f"merge-{merge}")).scalars().all()
    assert any("X-2" in label for label in labels)
    assert not [label for label in labels if "X-1" in label]
    assert not verified(sqlite_register)

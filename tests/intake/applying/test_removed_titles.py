"""Working titles that the office's plan does not have leave the register with the import of that plan."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from planner.base.errors import NotAllowedError
from planner.domain.rules.settings import Settings
from planner.domain.vocabulary import Basis
from planner.intake.applying.imported import Imported
from planner.intake.comparing.preview import Preview
from planner.intake.comparing.reading.kept_titles import kept_titles
from planner.intake.preview_text import preview_lines
from planner.queries.items.register import read_register
from planner.queries.plans.item_records import records_on
from planner.store.database import Database
from planner.store.journal import writing
from planner.store.models import AuditEvent, Item
from planner.writes.plan_changes.items import NewItem, add_item
from planner.writes.undo import undo
from tests.factories import ACTOR, noon, reading_of, report, writing_by
from tests.intake.imports import DAY, preview_of, verified, write
from tests.intake.proposals import item
from tests.intake.proposals import register as register_of
from tests.writes.plan_changes.acts import WHY, act


def codes(database: Database) -> list[str]:
    with database.reading() as session:
        return [one.code for one in read_register(reading_of(session, DAY))]


@pytest.fixture
def drafted(register: Database) -> Database:
    """A register in which all items but P-001 have working titles, and one of these was reported on."""
    with register.writing() as session, writing(session, ACTOR, noon(DAY)) as journal:
        for row in session.execute(select(Item)).scalars().all():
            basis = Basis.REGISTERED if row.code == "P-001" else Basis.WORKING
            journal.change(row, {"basis": basis, "citation_id": None, "rule_id": None}, action="test", label=row.code)
    report(register, "T-002", done="Surveyed", as_of=DAY)
    return register


def previewed(database: Database, *, remove: bool = True, **facts: Any) -> Preview:
    """The preview of a file that has one item of the register."""
    rows = register_of(item(2, **(facts or {"code": "T-001", "title": "Mend the quays"})))
    with database.reading() as session:
        return preview_of(database, rows, remove_working=remove, kept_by=lambda ids: kept_titles(session, ids))


def imported(database: Database) -> Imported:
    done = write(database, previewed(database))
    assert done is not None
    return done


def notes(preview: Preview) -> list[str]:
    return [one.what for one in preview.problems]


def test_they_stay_unless_somebody_wants_it_and_a_note_says_how_many_could_leave(drafted: Database) -> None:
    preview = previewed(drafted, remove=False)
    stay = [code for code in codes(drafted) if code != "T-001"]
    assert ([one.code for one in preview.missing], preview.removed) == (stay, ())
    assert preview.removable == len(stay) - 2
    said = [*preview_lines(preview, "Harbour", Settings())]
    assert any(f"{preview.removable} of them only have working titles." in line for line in said)


def test_they_leave_and_what_people_entered_stays(drafted: Database) -> None:
    before = codes(drafted)
    preview = previewed(drafted)
    assert [one.code for one in preview.missing] == ["T-002", "P-001"]
    assert notes(preview) == [
        "1 item with a working title stays, because something was recorded on it: T-002 (reports)"
    ]
    gone = [one.code for one in preview.removed]
    assert sorted([*gone, "T-001", "T-002", "P-001"]) == sorted(before)

    done = write(drafted, preview)

    assert done is not None
    assert done.removed == len(gone)
    assert sorted(codes(drafted)) == ["P-001", "T-001", "T-002"]
    with drafted.reading() as session:
        reasons = session.execute(select(AuditEvent.body).where(AuditEvent.label.like(f"{gone[0]} %"))).scalars().all()
        assert any("a working title that the imported files do not have" in str(body) for body in reasons)
    again = previewed(drafted)
    assert (again.removed, again.anything) == ((), False)
    assert verified(drafted) == []


def test_the_undo_of_the_import_brings_them_back(drafted: Database) -> None:
    before = codes(drafted)
    imported(drafted)
    with drafted.writing() as session:
        undo(writing_by(session, ACTOR, noon(DAY), DAY))
    assert codes(drafted) == before
    assert verified(drafted) == []


def test_the_import_is_not_undone_while_another_item_has_the_code(drafted: Database) -> None:
    gone = previewed(drafted).removed[0].code
    imported(drafted)
    act(drafted, add_item, NewItem(gone, "Another one", "1", "harbour-office", date(2020, 11, 30), kind="task"), WHY)
    with drafted.writing() as session, pytest.raises(NotAllowedError, match="recorded since"):
        undo(writing_by(session, ACTOR, noon(DAY), DAY), import_only=True)


def test_a_new_item_can_get_the_code_of_one_that_leaves(drafted: Database) -> None:
    gone = previewed(drafted).removed[0].code
    imported(drafted)
    preview = previewed(drafted, code=gone, title="Quite another task", lead="harbour-office")
    assert [one.code for one in preview.new] == [gone]
    assert write(drafted, preview) is not None
    assert gone in codes(drafted)


def test_files_without_items_take_none_out(drafted: Database) -> None:
    assert previewed(drafted, code="T-001").removed == ()


def test_what_was_recorded_on_items_is_named(drafted: Database) -> None:
    with drafted.reading() as session:
        ids = {one.code: one.id for one in session.execute(select(Item)).scalars()}
        assert records_on(session, ids.values()) == {ids["T-002"]: ["reports"]}
        assert records_on(session, ()) == {}

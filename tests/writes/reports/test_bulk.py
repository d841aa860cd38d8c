"""The same report on several items: what is shown beforehand is what is then recorded, on all or on none."""

from datetime import date

import pytest
from sqlalchemy import select

from planner.base.errors import BadValueError, NotAllowedError, PlannerError, UnknownNameError
from planner.domain.vocabulary import Confidence, Phase
from planner.register.point import Point
from planner.register.reading import Reading
from planner.store.database import Database
from planner.store.journal import Actor
from planner.store.models import StatusUpdate
from planner.writes.reports import bulk
from planner.writes.reports.bulk import BulkChange, BulkLine, preview_bulk, record_bulk
from planner.writes.reports.conflicts import ConflictError
from tests.factories import COLLEAGUE, ODD_TITLE, OFFICER, noon, person, plan_of, report, writing_by
from tests.queries.reads import items_at
from tests.writes.refusals import counts, gained, refused

TODAY = date(2020, 4, 1)
AMBER = BulkChange(confidence=Confidence.AMBER, note="The storm cost a week.")


def preview(
    database: Database, codes: list[str], change: BulkChange = AMBER, actor: Actor = OFFICER
) -> tuple[BulkLine, ...]:
    with database.reading() as session:
        return preview_bulk(Reading(session, plan_of(session), Point(TODAY)), actor, codes, change)


def record(
    database: Database,
    codes: list[str],
    change: BulkChange = AMBER,
    *,
    seen: dict[str, int | None] | None = None,
    actor: Actor = OFFICER,
) -> tuple[str, ...]:
    with database.writing() as session:
        return record_bulk(writing_by(session, actor, noon(TODAY)), codes, change, expected=seen)


def test_it_is_recorded_on_all_in_one_write(register: Database):
    before = counts(register)
    assert record(register, ["p2", "T-001", "T-001"]) == ("P-002", "T-001")
    assert gained(register, before) == {"status_update": 2, "audit_event": 2}
    with register.reading() as session:
        rows = session.execute(select(StatusUpdate)).scalars().all()
    assert {(row.as_of, row.actor, row.done, row.confidence, row.recorded_at) for row in rows} == {
        (TODAY, OFFICER.name, AMBER.note, "amber", noon(TODAY))
    }


@pytest.mark.parametrize(
    "change",
    [
        AMBER,
        BulkChange(note="Begun."),
        BulkChange(note="  ", confidence=Confidence.RED),
        BulkChange(phase=Phase.SUSPENDED),
        BulkChange(phase=Phase.IN_PROGRESS, confidence=Confidence.GREEN, note="Goes on."),
    ],
    ids=["rating and note", "note", "blank note", "phase", "all"],
)
def test_what_is_shown_beforehand_is_what_comes_about(register: Database, change: BulkChange):
    report(register, "T-001", percent=10, confidence=Confidence.GREEN, phase=Phase.IN_PROGRESS, as_of=date(2020, 3, 4))
    report(register, "P-002", phase=Phase.COMPLETED, as_of=date(2020, 3, 4))
    codes = ["T-001", "T-002", "P-002"]
    standing = items_at(register, TODAY)
    before = counts(register)
    lines = preview(register, codes, change)
    assert gained(register, before) == {}
    assert record(register, codes, change) == tuple(codes)
    after = items_at(register, TODAY)
    assert [(line.code, line.phase, line.confidence) for line in lines] == [
        (code, (standing[code].phase, after[code].phase), (standing[code].confidence, after[code].confidence))
        for code in codes
    ]
    assert lines[2].title == ODD_TITLE


def test_one_item_that_cannot_have_it_keeps_it_from_all(register: Database):
    person(register, "fay", organisation="town-archive")
    fay = Actor("fay")
    lines = preview(register, ["T-001", "P-002"], actor=fay)
    assert lines[0].refused is None
    assert lines[1].refused == "fay is an officer of Town Archive, which neither leads nor supports this item"
    with refused(register, NotAllowedError, "which neither leads nor supports this item", "P-002"):
        record(register, ["T-001", "P-002"], actor=fay)
    assert record(register, ["T-001"], actor=fay) == ("T-001",)


def test_completing_is_not_done_in_bulk(register: Database):
    change = BulkChange(phase=Phase.COMPLETED)
    assert {line.refused for line in preview(register, ["T-001", "P-002"], change)} == {
        "a completed item needs its own evidence, so it cannot be reported together with others"
    }
    with refused(register, NotAllowedError, "a completed item needs its own evidence", "T-001"):
        record(register, ["T-001", "P-002"], change)


def test_what_was_reported_after_the_preview_is_told_and_nothing_recorded(register: Database):
    report(register, "T-001", percent=10, as_of=date(2020, 3, 4))
    codes = ["T-001", "T-002", "P-002"]
    shown = {line.code: line.last for line in preview(register, codes)}
    report(register, "P-002", percent=5, as_of=TODAY, actor=COLLEAGUE)
    before = counts(register)
    with pytest.raises(ConflictError, match="P-002: brook has changed this item in the meantime"):
        record(register, codes, seen=shown)
    assert gained(register, before) == {}
    shown = {line.code: line.last for line in preview(register, codes)}
    assert record(register, codes, seen=shown) == tuple(codes)


@pytest.mark.parametrize(
    ("codes", "change", "error", "told", "where"),
    [
        ([], AMBER, BadValueError, "no items were given", "CODE"),
        (["T-001"], BulkChange(), BadValueError, "no field was given", "bulk"),
        (["T-001"], BulkChange(note=" "), BadValueError, "no field was given", "bulk"),
        (["T-001"], BulkChange(note="a\x00b"), BadValueError, "character 2", "note"),
        (["T-001", "T-404"], AMBER, UnknownNameError, "no item 'T-404'", "CODE"),
    ],
)
def test_what_cannot_be_asked_for_is_refused_before_and_at_recording(
    register: Database, codes: list[str], change: BulkChange, error: type[PlannerError], told: str, where: str
):
    for ask in (preview, record):
        with refused(register, error, told, where):
            ask(register, codes, change)


def test_too_many_at_once_are_refused(sqlite_register: Database, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bulk, "MOST", 2)
    with refused(sqlite_register, BadValueError, "3 items are too many for one update", "CODE"):
        record(sqlite_register, ["T-001", "T-002", "P-002"])
    assert record(sqlite_register, ["T-001", "T-002", "t1"]) == ("T-001", "T-002")

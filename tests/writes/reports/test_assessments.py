"""An item is assessed beside its officer's rating, and neither changes the other."""

import json
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from planner.base.errors import BadValueError, NotAllowedError
from planner.domain.rules.permissions import Permission
from planner.domain.vocabulary import Confidence
from planner.queries.items.item import ItemDetail
from planner.register.opening import Register
from planner.store.database import Database
from planner.store.models import AuditEvent
from planner.writes.reports.assessments import assess_item
from planner.writes.reports.dates import move_due_date
from tests.answers import assess, take_back
from tests.factories import ACTOR, AUDITOR, COLLEAGUE, OFFICER, noon, report, writing_by
from tests.queries.reads import detail_at
from tests.writes.refusals import counts, gained, refused

GREEN, AMBER, RED = Confidence.GREEN, Confidence.AMBER, Confidence.RED
APRIL, MARCH = date(2020, 4, 1), date(2020, 3, 11)


def rated(database: Database, confidence: Confidence | None = GREEN) -> None:
    report(database, as_of=MARCH, actor=OFFICER, confidence=confidence)


def detail(database: Database, day: date = APRIL) -> ItemDetail:
    return detail_at(database, "T-001", day)


def test_an_assessment_stands_beside_the_rating(register: Database):
    rated(register)
    before = counts(register)
    done = assess(register, RED, reason=" The [quay] is bare. ", evidence=" A visit. ")
    assert gained(register, before) == {"assessment": 1, "audit_event": 1}
    assert (done.code, done.rating, done.reason, done.evidence, done.as_of, done.actor, done.reported) == (
        "T-001",
        RED,
        "The [quay] is bare.",
        "A visit.",
        APRIL,
        "egil",
        GREEN,
    )
    shown = detail(register)
    assert shown.item.confidence is GREEN
    assert [(one.rating, one.reason, one.evidence, one.actor) for one in shown.assessments] == [
        (RED, "The [quay] is bare.", "A visit.", "egil")
    ]
    entry = next(entry for entry in shown.history if entry.kind == "assessment")
    assert (entry.what, entry.reason, entry.as_of) == (
        "assessed as red, seen: A visit.",
        "The [quay] is bare.",
        APRIL,
    )
    with register.reading() as session:
        event = session.execute(select(AuditEvent).order_by(AuditEvent.seq.desc()).limit(1)).scalar_one()
    assert (event.action, event.label, json.loads(event.body)["after"]["rating"]) == ("assess", "T-001", "red")


def test_the_latest_day_counts_and_the_past_stays(sqlite_register: Database):
    assess(sqlite_register, AMBER, on=date(2020, 3, 18))
    assess(sqlite_register, RED)
    assert [one.rating for one in detail(sqlite_register).assessments] == [RED, AMBER]
    assert [one.rating for one in detail(sqlite_register, date(2020, 3, 20)).assessments] == [AMBER]
    assert detail(sqlite_register, MARCH).assessments == ()


@pytest.mark.parametrize("actor", [AUDITOR, COLLEAGUE, ACTOR], ids=lambda actor: actor.name)
def test_auditors_managers_and_administrators_assess(sqlite_register: Database, actor):
    rated(sqlite_register)
    assert assess(sqlite_register, actor=actor).actor == actor.name


def test_officers_do_not_assess(sqlite_register: Database):
    with refused(sqlite_register, NotAllowedError, "dora is an officer and may not assess an item", "T-001"):
        assess(sqlite_register, actor=OFFICER)


def test_nobody_assesses_their_own_report(sqlite_register: Database):
    report(sqlite_register, as_of=MARCH, actor=COLLEAGUE, confidence=GREEN)
    with refused(sqlite_register, NotAllowedError, "brook made the last report on this item", "T-001"):
        assess(sqlite_register, actor=COLLEAGUE)
    # What somebody else reported since may be assessed.
    report(sqlite_register, as_of=date(2020, 3, 18), actor=OFFICER)
    assess(sqlite_register, actor=COLLEAGUE)


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_an_assessment_has_a_reason(sqlite_register: Database, reason: str):
    with refused(sqlite_register, BadValueError, "text is required", "reason"):
        assess(sqlite_register, reason=reason)


def test_a_day_to_come_is_refused(sqlite_register: Database):
    with sqlite_register.writing() as session, pytest.raises(BadValueError):
        assess_item(writing_by(session, AUDITOR, noon(APRIL), APRIL), "T-001", RED, "Bare.", as_of=date(2020, 4, 2))


def test_undo_brings_the_assessment_before_back(register: Database):
    assess(register, AMBER, on=date(2020, 3, 18))
    assess(register, RED)
    undone = take_back(register, actor=AUDITOR, at=noon(date(2020, 4, 2)))
    assert undone.records == ("the assessment of T-001",)
    assert [one.rating for one in detail(register).assessments] == [AMBER]
    kinds = [entry.kind for entry in detail(register, date(2020, 4, 2)).history]
    assert kinds.count("assessment") == 2


def test_as_known_before_it_was_recorded_there_is_none(sqlite_register: Database):
    assess(sqlite_register, RED)
    assert detail_at(sqlite_register, "T-001", APRIL, noon(date(2020, 3, 31))).assessments == ()


def test_an_auditor_s_register_opens_for_writing_only_to_assess(register: Database):
    desk = Register(register.url, AUDITOR.name, lambda: noon(APRIL))
    with pytest.raises(NotAllowedError, match="an auditor can only read"), desk.writing():
        pass
    with pytest.raises(NotAllowedError, match="an auditor can only read"), desk.writing(Permission.REPORT):
        pass
    with desk.writing(Permission.ASSESS) as writing:
        assess_item(writing, "T-001", RED, "Bare.")
    with (
        pytest.raises(NotAllowedError, match="egil is an auditor and may not move a due date"),
        desk.writing(Permission.ASSESS) as writing,
    ):
        move_due_date(writing, "T-001", date(2021, 1, 31), "Frost.")
    # No connection that could write stays open.
    assert desk.open().engine.pool.checkedin() == 0  # type: ignore[attr-defined]
    desk.close()
    if register.engine.dialect.name == "sqlite":
        assert not Path(f"{register.url.database}-wal").exists()
    assert [one.actor for one in detail(register).assessments] == ["egil"]

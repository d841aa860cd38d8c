"""Two people, one item: whoever saves second on what they have not seen is told, and nothing is lost."""

import multiprocessing
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from planner.domain.vocabulary import Confidence
from planner.queries.history.expected_state import ExpectedReport, ExpectedState, read_expected_state
from planner.store.database import Database, open_database
from planner.store.journal import Actor
from planner.writes.reports.conflicts import ConflictError
from planner.writes.reports.entries import Entry, EntryRecorded, MilestoneEntry, ObservationEntry, record_entry
from planner.writes.reports.status import Report
from tests.answers import give_back, take_back
from tests.effort import only_in_soak
from tests.factories import (
    ACTOR,
    COLLEAGUE,
    OFFICER,
    meet,
    move,
    noon,
    observed,
    reading_of,
    report,
    writing_by,
)
from tests.queries.reads import detail_at, item_at
from tests.writes.refusals import counts, gained
from tests.writes.reports.saving_process import MINE, save_from_a_process

TODAY = date(2020, 4, 1)


def seen(database: Database, code: str = "T-001") -> ExpectedState:
    with database.reading() as session:
        return read_expected_state(reading_of(session, TODAY), code)


def save(
    database: Database,
    stood: ExpectedState | ExpectedReport | None,
    entry: Entry = MINE,
    *,
    actor: Actor = OFFICER,
) -> EntryRecorded:
    with database.writing() as session:
        return record_entry(writing_by(session, actor, noon(TODAY)), "T-001", entry, expected=stood)


OTHERS: dict[str, Callable[[Database], object]] = {
    "a report": lambda database: report(database, percent=20, as_of=TODAY, actor=COLLEAGUE),
    "one that says just the same": lambda database: report(
        database, percent=55, confidence=Confidence.GREEN, as_of=TODAY, actor=COLLEAGUE
    ),
    "a milestone met": lambda database: meet(database, "T-001", 1, TODAY, actor=COLLEAGUE),
    "a milestone moved": lambda database: move(database, "T-001", 1, date(2020, 5, 4), as_of=TODAY, actor=COLLEAGUE),
    "a value revised": lambda database: observed(database, "T-001", 1, 5, actor=COLLEAGUE),
    "a return": lambda database: give_back(database),
    "a taking back": lambda database: take_back(database, actor=OFFICER),
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS.keys())
def test_what_somebody_else_wrote_meanwhile_is_shown_and_not_overwritten(
    register: Database, other: Callable[[Database], object]
):
    observed(register, "T-001", 1, 4, actor=OFFICER)
    report(register, percent=10, as_of=date(2020, 3, 25), actor=OFFICER)
    stood = seen(register)
    other(register)
    before = counts(register)
    with pytest.raises(ConflictError) as caught:
        save(register, stood)
    assert gained(register, before) == {}
    assert caught.value.theirs.item == item_at(register, "T-001", TODAY)
    assert caught.value.theirs == detail_at(register, "T-001", TODAY)
    assert caught.value.where == "T-001"
    assert "has changed this item in the meantime (" in caught.value.message
    # Having seen theirs, one may save.
    assert save(register, seen(register), Entry(Report(percent=56))).reported


def test_the_message_says_who_and_what(register: Database):
    stood = seen(register)
    report(register, percent=20, done="Surveyed.", as_of=TODAY, actor=COLLEAGUE)
    with pytest.raises(
        ConflictError,
        match=r"brook has changed this item in the meantime \(in progress, 20%, Surveyed\.\); nothing was saved",
    ):
        save(register, stood)


@pytest.mark.parametrize(
    "other",
    [
        lambda database: report(database, "P-002", percent=20, as_of=TODAY, actor=COLLEAGUE),
        lambda database: report(database, "T-001", percent=5, as_of=date(2020, 3, 20), actor=COLLEAGUE),
    ],
    ids=["another item", "an earlier day"],
)
def test_what_does_not_concern_it_is_no_conflict(register: Database, other: Callable[[Database], object]):
    report(register, percent=10, as_of=date(2020, 3, 25), actor=OFFICER)
    stood = seen(register)
    other(register)
    assert save(register, stood).reported


def test_who_saw_only_the_report_is_told_of_another_report_and_of_nothing_else(register: Database):
    first = report(register, percent=10, as_of=date(2020, 3, 25), actor=OFFICER)
    observed(register, "T-001", 1, 4, actor=COLLEAGUE)
    done = save(register, ExpectedReport(first.id))
    assert done.report is not None
    for stood in (ExpectedReport(first.id), ExpectedReport(None)):
        with pytest.raises(ConflictError):
            save(register, stood)
    assert save(register, ExpectedReport(done.report.id), Entry(Report(percent=56))).reported


def test_an_item_nobody_reported_on_is_seen_without_a_report(register: Database):
    with pytest.raises(ConflictError):
        save(register, ExpectedReport(1))
    assert save(register, ExpectedReport(None)).reported


def test_two_sessions_that_saw_the_same_cannot_both_save(register: Database):
    """Each of two people moves what the other did not see; by whatever order, one of them is told."""
    report(register, percent=10, as_of=date(2020, 3, 25), actor=OFFICER)
    stood = seen(register)
    before = counts(register)
    entries = {
        OFFICER: Entry(milestones=(MilestoneEntry(2, moved_to=date(2021, 1, 29), reason="Ice."),)),
        COLLEAGUE: Entry(observations=(ObservationEntry(1, 6),)),
    }
    both = threading.Barrier(len(entries))

    def go(actor: Actor) -> str:
        database = open_database(register.url)
        both.wait()
        try:
            save(database, stood, entries[actor], actor=actor)
        except ConflictError:
            return "told"
        finally:
            database.close()
        return "saved"

    with ThreadPoolExecutor() as pool:
        assert sorted(pool.map(go, entries)) == ["saved", "told"]
    assert sum(gained(register, before).values()) == 2


# A server does not know threads from processes; SQLite's locks do.
@pytest.mark.parametrize("register", ["sqlite", only_in_soak("postgresql")], indirect=True)
def test_two_processes_saving_at_the_same_moment_lose_nothing(register: Database):
    stood = seen(register)
    before = counts(register)
    start = multiprocessing.get_context("spawn")
    together, told = start.Barrier(2), start.Queue()
    address = register.url.render_as_string(hide_password=False)
    processes = [
        start.Process(target=save_from_a_process, args=(address, stood, actor.name, noon(TODAY), together, told))
        for actor in (ACTOR, COLLEAGUE)
    ]
    for process in processes:
        process.start()
    outcomes = sorted(told.get(timeout=60) for _ in processes)
    for process in processes:
        process.join(60)
    assert outcomes == ["saved", "told of 55"]
    assert gained(register, before) == {"status_update": 1, "audit_event": 1}

"""Helpers as real processes: they answer, die, come too late, and change nothing of what is found."""

from collections.abc import Iterator, Sequence
from datetime import date

import pytest

from planner.integrity.helpers import helpers, log_part, table_part
from planner.integrity.helpers.helpers import Helpers, helping
from planner.integrity.helpers.log_part import LogPart
from planner.integrity.redactions import Redactions
from planner.integrity.verifying import Verdict, verify
from tests.integrity.attacks import guards_lifted, last, run
from tests.integrity.conftest import edit_title, no_step

STARTED = helpers._started


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A helper even for a short log, on any machine, and many parts."""
    monkeypatch.setattr(helpers, "LEAST_EVENTS", 1)
    monkeypatch.setattr(helpers, "processors", lambda: 2)
    monkeypatch.setattr(log_part, "EVENTS", 32)
    monkeypatch.setattr(table_part, "EVENTS", 32)


@pytest.fixture
def nothing_done_here(monkeypatch: pytest.MonkeyPatch) -> list[LogPart]:
    """Leave all parts to the helper. What this process had to check after all is in the list."""
    checked: list[LogPart] = []
    check = LogPart.check

    def noted(part: LogPart, session: object) -> object:
        checked.append(part)
        return check(part, session)  # type: ignore[arg-type]

    monkeypatch.setattr(LogPart, "check", noted)
    monkeypatch.setattr(Helpers, "_own_share", lambda self: iter(()))
    return checked


def counted(told: list[tuple[str, int]]) -> int:
    return sum(by for _, by in told)


@pytest.mark.more
def test_a_helper_finds_what_one_process_finds(history, nothing_done_here):
    told: list[tuple[str, int]] = []

    def step(name: str, by: int = 1) -> None:
        told.append((name, by))

    with history.database.reading() as session, helping(history.database.url, 1) as two:
        found = verify(session, step, [history.kept], history.key.public, two)
        assert nothing_done_here == []
        assert found == verify(session, no_step, [history.kept], history.key.public)
    assert found.verdict is Verdict.ANCHORED
    assert 1.5 * found.events < counted(told) <= 2 * found.events


@pytest.mark.parametrize("history", ["sqlite"], indirect=True)
def test_what_is_wrong_is_told_as_by_one_process(history):
    def attack(before: str, after: str) -> None:
        with history.database.engine.begin() as connection, guards_lifted(connection):
            run(connection, "UPDATE audit_event SET actor = :a WHERE seq = 40 AND actor = :b", a=after, b=before)
            run(connection, "UPDATE item SET title = title || :a WHERE code = 'T-001'", a=after[:1])

    with history.database.reading() as session:
        actor = session.connection().exec_driver_sql("SELECT actor FROM audit_event WHERE seq = 40").scalar_one()
        title = session.connection().exec_driver_sql("SELECT title FROM item WHERE code = 'T-001'").scalar_one()
    attack(actor, "mallory")
    try:
        with history.database.reading() as session, helping(history.database.url, 1) as two:
            told: list[int] = []
            found = verify(session, lambda name, by=1: told.append(by), (), None, two)
            assert found == verify(session, no_step)
        assert {one.where.split()[0] for one in found.problems} == {"event", "item"}
        # What was counted before everything was read once more does not count.
        assert sum(told) <= 2 * found.events
    finally:
        with history.database.engine.begin() as connection, guards_lifted(connection):
            run(connection, "UPDATE audit_event SET actor = :a WHERE seq = 40", a=actor)
            run(connection, "UPDATE item SET title = :t WHERE code = 'T-001'", t=title)


def killed(url: object) -> object:
    process = STARTED(url)  # type: ignore[arg-type]
    assert process is not None
    process.kill()
    return process


@pytest.mark.parametrize("history", ["sqlite"], indirect=True)
@pytest.mark.parametrize("start", [killed, lambda url: None], ids=["dies", "cannot be started"])
def test_without_its_helper_a_process_checks_all_itself(history, monkeypatch, start):
    monkeypatch.setattr(helpers, "_started", start)
    with history.database.reading() as session, helping(history.database.url, 1) as two:
        assert verify(session, no_step, (), None, two) == verify(session, no_step)


def test_what_is_recorded_meanwhile_does_not_matter(history, nothing_done_here):
    """The helper opens the register later, and sees another title, a row more and a longer log."""
    with history.database.reading() as session:
        before = verify(session, no_step)
        edit_title(history.database, "Paint the lights that were forgotten", day=date(2020, 5, 1))
        with helping(history.database.url, 1) as two:
            found = verify(session, no_step, (), None, two)
    assert found == before
    assert found.verdict is Verdict.CHAINED
    # The log was read by the helper all the same.
    assert nothing_done_here == []


@pytest.mark.parametrize("history", ["sqlite"], indirect=True)
def test_a_helper_that_dies_between_two_parts_is_not_missed(history):
    with history.database.reading() as session, helping(history.database.url, 1) as two:
        parts = parts_of(last(session.connection()))
        before = two.check(session, parts, no_step)
        for process in two._processes:
            process.kill()
        after = two.check(session, parts, no_step)
    assert before
    assert after
    assert [one.end for one in before] == [one.end for one in after]


def parts_of(events: int) -> Sequence[LogPart]:
    return [LogPart(after, min(after + 32, events), Redactions()) for after in range(0, events, 32)]


def test_a_short_log_and_a_single_processor_need_no_helper(history, monkeypatch):
    def started() -> Iterator[bool]:
        for events, processors in ((19_999, 2), (20_000, 1), (20_000, 2)):
            monkeypatch.setattr(helpers, "processors", lambda number=processors: number)
            with helping(history.database.url, events) as two:
                yield bool(two)

    monkeypatch.setattr(helpers, "LEAST_EVENTS", 20_000)
    assert list(started()) == [False, False, True]

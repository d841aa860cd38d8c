"""A plan that lives week by week: acts are typed as commands, and questions are asked at the end of each week."""

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import make_url

from planner.cli import context
from planner.domain.rules.weeks import Week
from planner.integrity.verifying import verify
from planner.store.database import open_database
from tests.command import run_command
from tests.factories import COLLEAGUE, MYSELF
from tests.integrity.conftest import no_step
from tests.past_days.acts import FILES, Line
from tests.past_days.answers import answer

FIRST = date(2020, 4, 5)
# What somebody else than the reporter does.
_BY_COLLEAGUE = ("confirm", "return")
# The exit codes of an internal error and of a line with unknown options.
NOT_UNDERSTOOD = (1, 2)
# Days before the plan begins and long after it has ended.
EARLY, LATE = date(2019, 12, 29), date(2021, 6, 30)
# The hours in UTC at which the acts of a day begin, and at which the day is asked about. In Seoul it is the same day.
_MORNING, _EVENING = 4, 14


class Clock:
    """The day and the hour at which commands run, and who runs them."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.login = MYSELF.name
        self.go_to(FIRST, _MORNING)
        patch.setattr(context.Context, "now", lambda _: self.now)
        patch.setattr(context, "login", lambda: self.login)

    def go_to(self, day: date, hour: int) -> None:
        """Go to an hour of a day in UTC."""
        self.now = datetime.combine(day, time(hour), UTC)


@contextmanager
def a_life() -> Iterator[tuple[Path, Clock]]:
    """A folder with the files that acts import, and the clock."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        # A question that an act asks in spite of all is answered by nobody.
        patch.setattr("sys.stdin", io.StringIO(""))
        for name, text in FILES.items():
            Path(name).write_text(text, encoding="utf-8")
        yield Path(folder), Clock(patch)


def live(address: str, clock: Clock, day: date, acts: Iterable[Line]) -> None:
    """Make the acts of a day. An act that is not possible on this day leaves the plan as it is.

    Each must be a line that the commands understand, or a life would be empty without a word.
    """
    clock.go_to(day, _MORNING)
    for line in acts:
        clock.now += timedelta(minutes=5)
        clock.login = COLLEAGUE.name if line[0] in _BY_COLLEAGUE else MYSELF.name
        done = run_command("--db", address, *line)
        assert done.exit_code not in NOT_UNDERSTOOD, (line, done.err)
    clock.login = MYSELF.name
    clock.go_to(day, _EVENING)


def asked(line: str, day: date, code: str, *, known: bool = False) -> str:
    """A question about a day, and with `known` also about what was known at the end of it."""
    question = line.format(day=day, week=Week.of(day), code=code)
    return f"{question} --known-at {day}T{_EVENING}:00:00+00:00" if known else question


def told_and_told_later(
    address: str, clock: Clock, weeks: Sequence[Sequence[Line]], lines: Sequence[str], code: str, *, known: bool
) -> tuple[dict[str, str], dict[str, str]]:
    """The answers to the questions about each week at its end, and to the same long after the end of the plan.

    Without `known`, there are also questions about a day before the plan begins.
    """
    early = [] if known else [asked(line, EARLY, code) for line in lines]
    told = {question: answer(address, question) for question in early}
    for number, acts in enumerate(weeks):
        day = FIRST + timedelta(weeks=number)
        live(address, clock, day, acts)
        questions = [asked(line, day, code, known=known) for line in lines]
        told |= {question: answer(address, question) for question in questions}
    clock.go_to(LATE, _EVENING)
    return told, {question: answer(address, question) for question in told}


def faults_in(address: str) -> list[str]:
    """What the verification of the whole history finds, with the replay of all events."""
    database = open_database(make_url(address if "://" in address else f"sqlite:///{address}"))
    with database.reading() as session:
        found = [str(problem) for problem in verify(session, no_step).problems]
    database.close()
    return found

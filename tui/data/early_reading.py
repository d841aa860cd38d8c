"""Reading the plan in another process while this one draws the first screen.

Importing SQLAlchemy takes longer than everything else that happens before the app shows data. A forked process imports
it and reads the plan on another processor, and then sends the data of the first screen.
"""

import os
import pickle
import signal
from typing import TYPE_CHECKING, BinaryIO, NoReturn

from planner.base.processors import has_idle_processor
from planner.base.signals import ENDING
from planner.base.views import value_class

if TYPE_CHECKING:
    from planner.queries.people.person_view import PersonView
    from planner.queries.plans.not_set_up_view import NotSetUp
    from planner.queries.weeks.overview import Overview
    from tui.data.door import Door


@value_class
class FirstData:
    """What the other process read: the plan, the person or None, and how the register was opened.

    Of a large register, `standing` has only the first items. `missing` is what an administrator has not set up yet, and
    `recorded` the number of the log's last event.
    """

    standing: "Overview"
    me: "PersonView | None"
    login: str
    address: str
    missing: "tuple[NotSetUp, ...]" = ()
    recorded: int = 0


class EarlyReading:
    """Another process that reads the plan. Its result can be taken once."""

    def __init__(self, process: int, results: BinaryIO) -> None:
        self._process = process
        self._results = results

    # docs/decisions/0117: a second process uses a second processor; a thread cannot.
    @classmethod
    def start(cls, door: "Door") -> "EarlyReading | None":
        """Start reading. Return None if no processor is idle or this system cannot fork a process.

        Call this before any thread is started, because only the calling thread exists in a forked process.
        """
        if not hasattr(os, "fork") or not has_idle_processor():
            return None
        receiving, sending = os.pipe()
        process = os.fork()
        if process == 0:
            _read_and_exit(door, sending)
        os.close(sending)
        return cls(process, os.fdopen(receiving, "rb"))

    def take(self) -> FirstData | None:
        """Wait for the data and return it. Return None if the other process failed to read it.

        The caller then reads the plan itself, and so gets the error.
        """
        with self._results:
            try:
                found: FirstData | None = pickle.load(self._results)
            except (EOFError, pickle.UnpicklingError):
                found = None
        os.waitpid(self._process, 0)
        return found


def _read_and_exit(door: "Door", sending: int) -> NoReturn:
    """Read the plan, write it to the pipe `sending`, and end this process without running the parent's clean-up."""
    try:
        for number in (*ENDING, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)
        # The terminal belongs to the app.
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        with os.fdopen(sending, "wb") as results:
            pickle.dump(_read(door), results, pickle.HIGHEST_PROTOCOL)
    finally:
        os._exit(0)


def _read(door: "Door") -> FirstData:
    """Return the data of the first screen. SQLAlchemy is imported only here, not in the parent process."""
    from planner.queries.history.recorded_since import last_event_number
    from planner.queries.people.people import read_person
    from planner.queries.weeks.growing_overview import read_growing_overview
    from tui.data.missing import read_missing_for

    with door.reading() as reading:
        # The login of a demonstration is known once the register is open.
        me = read_person(reading.session, door.login)
        standing = next(read_growing_overview(reading))
        recorded = last_event_number(reading.session)
        return FirstData(standing, me, door.login, door.address, read_missing_for(reading, me), recorded)

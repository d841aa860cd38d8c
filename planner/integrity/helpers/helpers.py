"""Other processes that check parts of a verification on other processors, while this process checks parts as well.

Nothing depends on a helper. A part that a helper does not find in order, or does not answer, is checked again by this
process, which reads the database as it was when the verification began.
"""

import gc
import pickle
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from queue import Empty, Queue
from threading import Thread
from typing import Any, Generic, TypeVar

from sqlalchemy import URL
from sqlalchemy.orm import Session

from planner.base.processors import processors, start_python
from planner.base.progress import OnProgress
from planner.integrity.helpers.part import Part

# Starting a helper takes as long as checking so many events.
LEAST_EVENTS = 20_000

# The most helpers, because each has some 80 MB of memory.
MOST = 7

Found = TypeVar("Found")
_Process = subprocess.Popen[bytes]


@dataclass(frozen=True)
class Greeting:
    """The first thing that a helper is told: the address of the register, and how often to search for garbage."""

    url: URL
    garbage_thresholds: tuple[int, int, int]


@dataclass(eq=False)
class _Job(Generic[Found]):
    """A part to check. `found` is None until the part was found in order."""

    part: Part[Found]
    found: Found | None = None


_Jobs = Queue[_Job[Any] | None]


class Helpers:
    """The helpers of one verification. There may be none."""

    def __init__(self, processes: Sequence[_Process] = ()) -> None:
        self._processes = processes
        self._jobs: _Jobs = Queue()
        self._threads = [Thread(target=_serve, args=(process, self._jobs), daemon=True) for process in processes]
        for thread in self._threads:
            thread.start()

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._processes)

    def __bool__(self) -> bool:
        return bool(self._processes)

    def check(self, session: Session, parts: Sequence[Part[Found]], step: OnProgress) -> list[Found] | None:
        """Check all parts, here and by the helpers. Return what was found, or None if a part is not in order."""
        jobs = [_Job(part) for part in parts]
        for job in jobs:
            self._jobs.put(job)
        progress = _Progress(jobs, step)
        for job in self._own_share():
            job.found = job.part.check(session)
            if job.found is None:
                self._drop_waiting()
            progress.tell()
        self._jobs.join()
        for job in jobs:
            if job.found is None:
                # docs/decisions/0153: a helper may have read a later state of the register.
                job.found = job.part.check(session)
            if job.found is None:
                progress.take_back()
                return None
        progress.tell()
        return [job.found for job in jobs if job.found is not None]

    def _own_share(self) -> Iterator[_Job[Any]]:
        """Yield the parts that no helper has taken, one at a time."""
        with suppress(Empty):
            while True:
                job = self._jobs.get_nowait()
                try:
                    if job is not None:
                        yield job
                finally:
                    self._jobs.task_done()

    def _drop_waiting(self) -> None:
        """Leave the other parts unchecked."""
        for _ in iter(self._own_share()):
            pass

    def end(self) -> None:
        """End the processes, also if they are still checking."""
        for process in self._processes:
            process.kill()
        self._drop_waiting()
        for _ in self._threads:
            self._jobs.put(None)
        for thread, process in zip(self._threads, self._processes, strict=True):
            thread.join()
            process.communicate()


class _Progress:
    """Reports how many events of the parts are checked."""

    def __init__(self, jobs: Sequence[_Job[Any]], step: OnProgress) -> None:
        self._jobs, self._step, self._told = jobs, step, 0

    def tell(self) -> None:
        """Report what was checked since the last report, by any process."""
        checked = [job.part for job in self._jobs if job.found is not None]
        total = sum(part.events for part in checked)
        if total > self._told:
            self._step(checked[-1].name, total - self._told)
            self._told = total

    def take_back(self) -> None:
        """Take back what was reported, because everything is checked once more."""
        if self._told:
            self._step(self._jobs[0].part.name, -self._told)


@contextmanager
def helping(url: URL, events: int) -> Iterator[Helpers]:
    """Yield helpers for a log with this number of events, one for each processor but the first."""
    wanted = min(processors() - 1, MOST) if events >= LEAST_EVENTS else 0
    helpers = Helpers([process for _ in range(wanted) if (process := _started(url))])
    try:
        yield helpers
    finally:
        helpers.end()


def _started(url: URL) -> _Process | None:
    """Start a helper, which opens the register by itself. Return None if that is not possible."""
    process = start_python("planner.integrity.helpers.process")
    if process is not None:
        with suppress(OSError):
            # One that has ended already answers no part.
            _send(process, Greeting(url, gc.get_threshold()))
    return process


def _serve(process: _Process, jobs: _Jobs) -> None:
    """Let a helper check one part after the other, until there is None or the helper fails."""
    with suppress(OSError, EOFError, pickle.UnpicklingError):
        # It is ready when it has opened the register.
        _answer(process)
        while (job := jobs.get()) is not None:
            try:
                _send(process, job.part)
                job.found = _answer(process)
            finally:
                jobs.task_done()


def _send(process: _Process, message: object) -> None:
    assert process.stdin is not None
    pickle.dump(message, process.stdin)
    process.stdin.flush()


def _answer(process: _Process) -> Any:
    assert process.stdout is not None
    return pickle.load(process.stdout)

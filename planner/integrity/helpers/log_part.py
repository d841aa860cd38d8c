"""The log in parts. Each part checks its own events, beginning with the hash of the event before them.

A part is a power of two of events, so that its Merkle tree is a complete subtree of the whole, and the trees can be put
together without reading an event again.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from planner.base.progress import OnProgress
from planner.integrity.attempts import attempt
from planner.integrity.chain import Chain, End, portions, read_chain, read_portion
from planner.integrity.helpers.helpers import Helpers
from planner.integrity.problems import Problems
from planner.integrity.redactions import Redactions
from planner.store.models import AuditEvent

# The number of events of a part, a power of two. The last part has fewer.
EVENTS = 4_096


@dataclass(frozen=True)
class ReadPart:
    """The chain of a part: the event before its first one, its last event, and what was counted."""

    start: End
    end: End
    chain: Chain


@dataclass(frozen=True)
class LogPart:
    """The events after a number, up to and with the `last`. The tree is kept at each of the `sizes` of the log."""

    after: int
    last: int
    redactions: Redactions
    sizes: Collection[int] = field(default=())
    name: str = "events"

    @property
    def events(self) -> int:
        """The number of events."""
        return self.last - self.after

    def check(self, session: Session) -> ReadPart | None:
        """Read the events. Return None if any of them has a fault or is missing."""
        problems = Problems()
        found = attempt(session, problems, "the log", lambda faults: self._read(session, faults))
        if problems.counts or found is None or found.chain.events != self.events:
            return None
        return found

    def _read(self, session: Session, faults: Problems) -> ReadPart:
        start = self._start(session)
        end, chain, note_at = start, Chain(), frozenset(size - self.after for size in self.sizes)
        for events in portions(session, (self.after, self.last)):
            end = read_portion(events, end, chain, faults, self.redactions, note_at)
        return ReadPart(start, end, chain)

    def _start(self, session: Session) -> End:
        """Return the event before the part, with the hash of its bytes. It is checked in the part that it ends."""
        start = End()
        for events in portions(session, (self.after - 1, self.after)):
            start = read_portion(events, start, Chain(), Problems(), self.redactions, frozenset())
        return start


def read_log(
    session: Session,
    problems: Problems,
    step: OnProgress,
    redactions: Redactions,
    sizes: Collection[int] = (),
    helpers: Helpers | None = None,
) -> Chain:
    """Read the log as far as it can be read, and add its faults to `problems`. Return the chain.

    It is read in parts if there are helpers. `sizes` are the sizes at which the root is needed.
    """
    if helpers:
        # docs/decisions/0153: parts only say that nothing is wrong. What is wrong is found by one process.
        chain = attempt(
            session, Problems(), "the log", lambda _: read_log_in_parts(session, helpers, step, redactions, sizes)
        )
        if chain is not None:
            return chain
    read = [Chain()]

    def part(found: Problems) -> None:
        read.append(Chain())
        read_chain(session, found, step, redactions, sizes, read[-1])

    attempt(session, problems, "the log", part)
    return read[-1]


def read_log_in_parts(
    session: Session, helpers: Helpers, step: OnProgress, redactions: Redactions, sizes: Collection[int]
) -> Chain | None:
    """Read the whole log in parts, together with the helpers. Return None if anything about it is wrong."""
    last = _last_of_whole_log(session)
    parts = [
        LogPart(after, min(after + EVENTS, last), redactions, _within(sizes, after, after + EVENTS))
        for after in range(0, last, EVENTS)
    ]
    found = helpers.check(session, parts, step)
    return _joined(found) if found else None


def _last_of_whole_log(session: Session) -> int:
    """Return the number of the last event, or 0 if the first one is missing.

    If each number from 1 to the last is found in the parts, these are all events.
    """
    first, last = (
        session.execute(select(end(AuditEvent.seq)).select_from(AuditEvent)).scalar_one()
        for end in (func.min, func.max)
    )
    return last if first == 1 else 0


def _within(sizes: Collection[int], after: int, last: int) -> Collection[int]:
    return tuple(size for size in sizes if after < size <= last)


def _joined(parts: Collection[ReadPart]) -> Chain | None:
    """Return the chain of all parts, or None if a part does not begin with the last event of the one before it."""
    whole, end = Chain(), End()
    for part in parts:
        if part.start != end:
            return None
        whole.extend(part.chain)
        end = part.end
    return whole

"""Check the log by itself: consecutive numbers, leaves that match the bytes, links to the previous event, and the root.

The log is read once, from the first event to the last, in portions and without an index. Memory use does not grow with
the log. Several processes can read a part each (planner/integrity/helpers).
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import func, select, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.types import NullType

from planner.base.language import tr
from planner.base.progress import OnProgress
from planner.domain.rules.clock import ClockJump, clock_jump
from planner.integrity.event_bytes import StoredEvent, body_faults, is_as_written, read_body
from planner.integrity.merkle import Tree
from planner.integrity.problems import ProblemKind, Problems
from planner.integrity.redactions import Redactions
from planner.store.dialects import NOT_AS_WRITTEN, instant_in_log
from planner.store.journal import leaf_of
from planner.store.models import AuditEvent, ClockCorrection

# The number of rows fetched at a time.
PORTION = 1_000

# The position of the table's name among an event's columns, and the most tables whose events are counted.
_TABLE = StoredEvent._fields.index("table_name")
MOST_TABLES = 1_000

# The most jumps of the clock that are kept.
MOST_JUMPS = 20


@dataclass
class Chain:
    """The state of the log as far as it was read.

    `trees` holds the Merkle tree at each requested size. `unsound` counts the events with a fault, and `unsound_by`
    counts them up to each requested size. `redacted` and `redacted_by` count the redacted events without a fault in
    the same way. `about` counts the events by table.
    """

    events: int = 0
    first_leaf: bytes | None = None
    tree: Tree = field(default_factory=Tree)
    trees: dict[int, Tree] = field(default_factory=dict)
    unsound: int = 0
    unsound_by: dict[int, int] = field(default_factory=dict)
    redacted: int = 0
    redacted_by: dict[int, int] = field(default_factory=dict)
    about: Counter[str] = field(default_factory=Counter)
    # The first places where the clock jumped. A jump is not a problem, but it is reported.
    jumps: list[ClockJump] = field(default_factory=list)

    def keep_size(self) -> None:
        """Record the tree and the counts for the events read so far."""
        size = self.tree.size
        self.trees[size], self.unsound_by[size], self.redacted_by[size] = (
            self.tree.copy(),
            self.unsound,
            self.redacted,
        )

    def extend(self, following: "Chain") -> None:
        """Add the events that follow, which were read by themselves. Raises ValueError if the trees do not meet."""
        begin = self.tree.size
        for size, tree in following.trees.items():
            self.trees[begin + size] = self.tree.copy()
            self.trees[begin + size].extend(tree)
            self.unsound_by[begin + size] = self.unsound + following.unsound_by[size]
            self.redacted_by[begin + size] = self.redacted + following.redacted_by[size]
        self.tree.extend(following.tree)
        self.events = self.tree.size
        self.first_leaf = self.first_leaf or following.first_leaf
        self.unsound += following.unsound
        self.redacted += following.redacted
        self.about.update(following.about)
        self.jumps = [*self.jumps, *following.jumps][:MOST_JUMPS]


def count_events(session: Session) -> int:
    """Return the number of events in the log."""
    return session.execute(select(func.count()).select_from(AuditEvent)).scalar_one()


def read_chain(
    session: Session,
    problems: Problems,
    step: OnProgress,
    redactions: Redactions,
    sizes: Collection[int] = (),
    chain: Chain | None = None,
) -> Chain:
    """Read the whole log and add its faults to `problems`. `sizes` are the sizes at which the root is needed.

    The bytes of a redacted event no longer match its leaf. They are compared with the redaction instead, and the stored
    leaf is used. This is safe, because the next event names that leaf and the redaction itself comes later in the log.

    If a `chain` is passed, the result is added to it, so that an error does not lose what was read before.
    """
    chain = Chain() if chain is None else chain
    note_at, end = frozenset(sizes), End()
    for events in portions(session):
        end = read_portion(events, end, chain, problems, redactions, note_at)
        step("events", len(events))
    return chain


class End(NamedTuple):
    """The last event that was read: its number, its leaf and its instant."""

    number: int = 0
    leaf: bytes | None = None
    instant: str = ""


def read_portion(
    events: Sequence[Any],
    end: End,
    chain: Chain,
    problems: Problems,
    redactions: Redactions,
    note_at: frozenset[int],
) -> End:
    """Read a portion of the log into the chain and return its last event. `end` is the event before it.

    The function is one loop, because calling another function for each event would make verification slower.
    """
    redacted, tree = redactions.digests, chain.tree
    number, previous, instant = end
    for event in events:
        seq, recorded_at, _, _, _, _, _, body, stored_leaf, stored_previous, _ = event
        leaf, fault = _leaf_and_fault(redactions, seq, body, stored_leaf) if seq in redacted else (_leaf(body), None)
        sound = (
            seq == number + 1
            and stored_leaf == leaf
            and stored_previous == previous
            and type(recorded_at) is str
            and instant <= recorded_at < NOT_AS_WRITTEN
            and is_as_written(event, previous.hex() if previous else None)
        )
        if fault is not None:
            problems.add(ProblemKind.REDACTION, f"event {seq}", fault)
        faulty = not sound and _report_faults(problems, StoredEvent._make(event), leaf, previous, number, instant)
        if faulty or fault is not None:
            chain.unsound += 1
        elif seq in redacted:
            chain.redacted += 1
        tree.append(leaf)
        chain.first_leaf = chain.first_leaf or leaf
        number, previous = seq, leaf
        # The events of a write have the same instant.
        if recorded_at != instant:
            # A jump always ends on another day, so only events on a new day are checked.
            if type(recorded_at) is str and recorded_at[:10] != instant[:10] and len(chain.jumps) < MOST_JUMPS:
                chain.jumps.extend(_jump(seq, instant, recorded_at))
            instant = recorded_at if _is_instant(recorded_at) else instant
        if tree.size in note_at:
            chain.keep_size()
    chain.events = tree.size
    _count_tables(chain.about, events)
    return End(number, previous, instant)


def _count_tables(about: Counter[str], events: Sequence[Any]) -> None:
    about.update(map(itemgetter(_TABLE), events))
    if len(about) > MOST_TABLES:
        # Only a forged log has so many tables. Its events are reported elsewhere; here memory use is limited.
        for name, _ in about.most_common()[MOST_TABLES // 2 :]:
            del about[name]


def _jump(seq: Any, before: str, after: str) -> Iterator[ClockJump]:
    """Yield the jump of the clock between two consecutive instants of the log, if there is one."""
    try:
        jump = clock_jump(seq, datetime.fromisoformat(before), datetime.fromisoformat(after))
    except (ValueError, TypeError):
        # An instant in another format is reported elsewhere.
        return
    if jump is not None:
        yield jump


def _is_instant(recorded_at: Any) -> bool:
    return type(recorded_at) is str and recorded_at < NOT_AS_WRITTEN


def portions(session: Session, span: tuple[int, int] | None = None) -> Iterator[Sequence[Any]]:
    """Yield the events of the log in portions, by number. Values are read as stored, without conversion.

    `span` limits them to the events after the first of its two numbers, up to and with the second.
    """
    as_stored = [
        type_coerce(column, NullType())
        for column in (
            AuditEvent.actor,
            AuditEvent.action,
            AuditEvent.table_name,
            AuditEvent.row_id,
            AuditEvent.label,
            AuditEvent.body,
            AuditEvent.leaf,
            AuditEvent.previous_leaf,
            AuditEvent.write_id,
        )
    ]
    connection = session.connection()
    instant = instant_in_log(connection.dialect.name, AuditEvent.__table__.c.recorded_at)
    statement = select(AuditEvent.seq, instant, *as_stored).order_by(AuditEvent.seq)
    if span is not None:
        statement = statement.where(AuditEvent.seq > span[0], AuditEvent.seq <= span[1])
    rows = connection.execute(statement, execution_options={"yield_per": PORTION})
    yield from rows.partitions()


def _leaf(body: Any) -> bytes:
    return leaf_of(body if isinstance(body, bytes) else str(body).encode("utf-8", "replace"))


def _leaf_and_fault(redactions: Redactions, seq: int, body: Any, stored: Any) -> tuple[bytes, str | None]:
    """Return the leaf to use for a redacted event, and what is wrong with its bytes, or None if nothing is.

    If something is wrong, the leaf is computed from the bytes. Otherwise it is taken from the database.
    """
    fault = redactions.fault(seq, body)
    # docs/decisions/0007: the leaf of a redacted event cannot be computed again.
    return (stored if fault is None and type(stored) is bytes else _leaf(body)), fault


def _report_faults(
    problems: Problems, event: StoredEvent, leaf: bytes, previous: bytes | None, number: int, instant: str
) -> bool:
    """Add the faults of an event to `problems`. Return whether there were any."""
    before = problems.counts.total()
    for kind, what in _faults(event, leaf, previous, number, instant):
        problems.add(kind, f"event {event.seq}", what)
    return problems.counts.total() > before


def _faults(
    event: StoredEvent, leaf: bytes, previous: bytes | None, number: int, instant: str
) -> Iterator[tuple[ProblemKind, str]]:
    yield from _out_of_place(event.seq, number)
    if event.leaf != leaf:
        yield (
            ProblemKind.LEAF,
            tr("the stored hash does not match the bytes of the event: the bytes or the hash were changed"),
        )
    if event.previous_leaf != previous:
        yield ProblemKind.LINK, tr("the stored hash of the previous event is not the hash of that event")
    if not isinstance(event.recorded_at, str):
        yield ProblemKind.COPY, tr("the column for the time of the event does not hold a time")
    elif not _is_instant(event.recorded_at):
        yield ProblemKind.VALUE, tr("the event's time has a wrong form: {instant}", instant=event.recorded_at)
    elif event.recorded_at < instant and not _corrects_clock(event, number):
        yield (
            ProblemKind.INSTANT,
            tr("recorded at {own}, but the previous event at {other}", own=event.recorded_at, other=instant),
        )
    if isinstance(event.body, bytes):
        yield from body_faults(event, previous.hex() if previous else None)
    else:
        yield ProblemKind.FORM, tr("the event is not stored as bytes")


def _corrects_clock(event: StoredEvent, number: int) -> bool:
    """Whether an event records that the clock was wrong when all earlier events were recorded."""
    if event.action != "correct-clock" or event.table_name != ClockCorrection.__tablename__:
        return False
    fields = read_body(event.body) if isinstance(event.body, bytes) else None
    row = fields["after"] if fields else None
    return isinstance(row, dict) and row.get("last_seq") == number


def _out_of_place(seq: Any, number: int) -> Iterator[tuple[ProblemKind, str]]:
    if seq > number + 1:
        first, last = number + 1, seq - 1
        if first == last:
            yield ProblemKind.GAP, tr("event {seq} is missing before this event", seq=first)
        else:
            yield ProblemKind.GAP, tr("events {first} to {last} are missing before this event", first=first, last=last)
    elif seq <= number:
        yield ProblemKind.ORDER, tr("this event is out of order: it comes after event {seq}", seq=number)

"""Measure how many events per second `planner verify` checks.

The yardstick is the least work that any verifier must do: reading the stored bytes and hashing them.
"""

import gc
from collections.abc import Callable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.speed.budgets import Figure
from bench.speed.setting import Setting
from bench.timing import interleaved
from planner.__main__ import GARBAGE_THRESHOLDS
from planner.integrity.chain import PORTION, Chain, count_events, read_chain
from planner.integrity.problems import Problems
from planner.integrity.redactions import Redactions
from planner.integrity.replay import replay
from planner.store.database import open_database
from planner.store.journal import leaf_of
from planner.store.location import parse
from planner.store.models import AuditEvent


def measure(setting: Setting) -> Iterator[tuple[str, Figure]]:
    """Read and check a long log, then replay it."""
    gc.set_threshold(*GARBAGE_THRESHOLDS)
    problems, chains = Problems(), list[Chain]()
    database = open_database(parse(str(setting.log(setting.sizes.events)), "bench"))
    with database.reading() as session:
        events = count_events(session)
        parts: dict[str, Callable[[], object]] = {
            "": lambda: _read_and_hash(session),
            "log": lambda: chains.append(read_chain(session, problems, _ignore_progress, Redactions())),
            "replay": lambda: replay(session, problems, _ignore_progress, chains[-1].about),
        }
        found = interleaved(setting.sizes.repetitions, parts)
    database.close()
    if problems.counts:
        raise RuntimeError(f"the log has {problems.counts.total()} problems")
    for name in ("log", "replay"):
        detail = f"{events:,} events, {found[name] / found['']:.1f} × the yardstick"
        yield f"verify-{name}", Figure(1000 * events / found[name], detail)


def _read_and_hash(session: Session) -> None:
    rows = session.connection().execute(
        select(AuditEvent.body).order_by(AuditEvent.seq), execution_options={"yield_per": PORTION}
    )
    for (body,) in rows:
        leaf_of(body)


def _ignore_progress(name: str, by: int = 1) -> None:
    """Ignore the progress that a part reports."""

"""Measure how many events per second `planner verify` checks, with its helpers, once these have started.

The yardstick is the least work that any verifier must do in one process: reading the stored bytes and hashing them.
"""

import gc
from collections.abc import Callable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.speed.budgets import Figure
from bench.speed.setting import Setting
from bench.timing import interleaved
from planner.__main__ import GARBAGE_THRESHOLDS
from planner.integrity.chain import PORTION, Chain, count_events
from planner.integrity.helpers.helpers import Helpers, helping
from planner.integrity.helpers.log_part import read_log
from planner.integrity.helpers.table_part import replay_log
from planner.integrity.problems import Problems
from planner.integrity.redactions import Redactions
from planner.store.database import open_database
from planner.store.journal import leaf_of
from planner.store.location import parse
from planner.store.models import AuditEvent


def measure(setting: Setting) -> Iterator[tuple[str, Figure]]:
    """Read and check a long log, then replay it."""
    gc.set_threshold(*GARBAGE_THRESHOLDS)
    url = parse(str(setting.log(setting.sizes.events)), "bench")
    database = open_database(url)
    with database.reading() as session:
        events = count_events(session)
        with helping(url, events) as helpers:
            chain = read_log(session, Problems(), _ignore_progress, Redactions(), helpers=helpers)
            found = interleaved(setting.sizes.repetitions, _parts(session, helpers, chain))
    database.close()
    for name in ("log", "replay"):
        detail = f"{events:,} events, {found[name] / found['']:.1f} × the yardstick, {helpers.count + 1} processes"
        yield f"verify-{name}", Figure(1000 * events / found[name], detail)


def _parts(session: Session, helpers: Helpers, chain: Chain) -> dict[str, Callable[[], object]]:
    def sound(check: Callable[[Problems], object]) -> Callable[[], None]:
        def run() -> None:
            problems = Problems()
            check(problems)
            if problems.counts:
                raise RuntimeError(f"the register has {problems.counts.total()} problems")

        return run

    return {
        "": lambda: _read_and_hash(session),
        "log": sound(lambda found: read_log(session, found, _ignore_progress, Redactions(), helpers=helpers)),
        "replay": sound(lambda found: replay_log(session, found, _ignore_progress, chain.about, helpers=helpers)),
    }


def _read_and_hash(session: Session) -> None:
    rows = session.connection().execute(
        select(AuditEvent.body).order_by(AuditEvent.seq), execution_options={"yield_per": PORTION}
    )
    for (body,) in rows:
        leaf_of(body)


def _ignore_progress(name: str, by: int = 1) -> None:
    """Ignore the progress that a part reports."""

"""Make a register with a year of weekly reports and a link on each item, to time queries on SQLite and PostgreSQL.

The rows are written without the audit log, so the database is not a valid register.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from bench.registers.batches import batches
from bench.registers.copies import last_ids, multiply
from bench.registers.scale import make_seeded
from planner.base.fingerprints import text_digest
from planner.domain.codes import code_key
from planner.store.models import Clause, Item, Link, LinkReview, StatusUpdate
from planner.store.models.base import row_values

AT = datetime.fromisoformat("2020-01-02T00:00:00+00:00")
# The number of items that are made one by one. The register has a multiple of it.
MADE = 2_000
# One link in so many is suspect, because the wording of its item was changed.
SUSPECT = 1_000
MODELS = (Item, StatusUpdate, Link, LinkReview)
RATIONALE = "Why one may say so, in a sentence or two of the length that such sentences have: the duty names it."


def make_history(address: str, items: int, reports: int) -> None:
    """Make a database with `items` items besides those of the bundled plan. Every second link has two reviews."""
    database = make_seeded(address)
    with database.writing() as session:
        model = session.execute(select(Item).limit(1)).scalar_one()
        clauses = session.execute(select(Clause.id, Clause.fingerprint).order_by(Clause.id)).all()
        seeded = last_ids(session.connection(), MODELS)
        first = seeded["item"] + 1
        numbers = range(min(items, MADE))
        session.execute(insert(Item), [_item(row_values(model), first + n) for n in numbers])
        for rows in batches(_report(first + n, week) for n in numbers for week in range(reports)):
            session.execute(insert(StatusUpdate), rows)
        session.execute(insert(Link), [_link(first + n, clauses[n % len(clauses)]) for n in numbers])
        session.execute(insert(LinkReview), list(_reviews(session.execute(select(Link).where(Link.item_id >= first)))))
        changed = (Item.id >= first) & (Item.id % SUSPECT == 0)
        session.execute(update(Item).where(changed).values(fingerprint=text_digest("other words")))
        session.commit()
    multiply(database, MODELS, items // MADE, seeded)
    database.close()


def _item(model: dict[str, Any], number: int) -> dict[str, Any]:
    code = f"T-{number + 1000:07d}"
    own = {"code": code, "code_key": code_key(code), "position": number}
    return model | own | {"id": number, "fingerprint": text_digest(f"item {number}")}


def _report(item: int, week: int) -> dict[str, Any]:
    return {
        "item_id": item,
        "as_of": date(2020, 1, 3) + timedelta(weeks=week),
        "phase": "in_progress",
        "confidence": "green",
        "percent": min(100, 2 * week),
        "basis": "simulated",
        "actor": "bench",
        "recorded_at": AT + timedelta(weeks=week),
    }


def _link(item: int, clause: Any) -> dict[str, Any]:
    return {
        "item_id": item,
        "clause_id": clause.id,
        "type": "implements",
        "coverage": "full",
        "rationale": RATIONALE,
        "near_fingerprint": text_digest(f"item {item}"),
        "clause_fingerprint": clause.fingerprint,
    }


def _reviews(links: Any) -> Iterator[dict[str, Any]]:
    """Yield two reviews of every second link."""
    for link in list(links.scalars())[::2]:
        ends = {"near_fingerprint": link.near_fingerprint, "clause_fingerprint": link.clause_fingerprint}
        review = {"type": "implements", "coverage": "full", "rationale": RATIONALE, "actor": "bench", "recorded_at": AT}
        for _ in range(2):
            yield {"link_id": link.id, "decision": "accepted", **review, **ends}

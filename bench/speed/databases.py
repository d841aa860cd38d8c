"""Measure two SQL queries over many items on SQLite and PostgreSQL: the latest reports, and the suspect links.

The first is compared with the same SQL sent by the driver alone, the second with doorstop's own check.
"""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from bench.speed import doorstop
from bench.speed.budgets import Figure
from bench.speed.setting import Setting
from bench.timing import interleaved
from planner.queries.latest import latest
from planner.queries.links.standing import read_suspects
from planner.queries.links.suspects import ids_of_suspects
from planner.register.plans import read_plan
from planner.register.point import Point
from planner.register.raw_rows import columns
from planner.register.reading import Reading
from planner.store.database import open_database
from planner.store.location import parse
from planner.store.models import Item, StatusUpdate

# An early, a middle and a late day of the year.
DAYS = (date(2020, 3, 1), date(2020, 7, 1), date(2020, 12, 31))


def measure(setting: Setting) -> Iterator[tuple[str, Figure]]:
    """Measure both queries on both databases."""
    runs = setting.sizes.repetitions
    path = setting.other("doorstop")
    yardstick = {"doorstop": doorstop.check(path, setting.folder / "doorstop")} if path else {}
    with setting.histories() as addresses:
        for name, address in addresses.items():
            database = open_database(parse(address, "bench"))
            with database.reading() as session:
                yield f"latest-{name}", _latest(session, runs)
                yield f"suspects-{name}", _suspects(session, runs, yardstick)
            database.close()


def _latest(session: Session, runs: int) -> Figure:
    """Measure the query for the latest reports as of several days, and return the slowest."""
    figures = []
    for day in DAYS:
        statement = _count_latest(session, day)
        _counted(session, statement)
        found = interleaved(runs, {"": _raw(session, statement), "ours": partial(_counted, session, statement)})
        detail = f"{found['ours'] / found['']:.2f} × the yardstick, as of {day}"
        figures.append(Figure(found["ours"], detail))
    return max(figures, key=lambda figure: figure.value)


def _count_latest(session: Session, day: date) -> Select[int, Any]:
    belongs = columns(StatusUpdate).item_id == columns(Item).id
    dialect = session.get_bind().dialect.name
    rows = latest(dialect, StatusUpdate, Item, belongs, ["percent"], in_past=False).params(as_of=day).subquery()
    return select(func.count(), func.sum(rows.c.percent)).select_from(rows)


def _counted(session: Session, statement: Select[int, Any]) -> Any:
    return session.execute(statement).all()


def _raw(session: Session, statement: Select[int, Any]) -> Callable[[], object]:
    """Return an action that runs the statement's SQL with the database driver alone, without SQLAlchemy."""
    text = str(statement.compile(session.get_bind(), compile_kwargs={"literal_binds": True}))
    connection = session.connection().connection

    def run() -> None:
        cursor = connection.cursor()
        cursor.execute(text)
        cursor.fetchall()
        cursor.close()

    return run


def _suspects(session: Session, runs: int, yardstick: dict[str, Callable[[], object]]) -> Figure:
    plan = read_plan(session)
    now = Reading(session, plan, Point(plan.ends))
    ours: dict[str, Callable[[], object]] = {"find": partial(ids_of_suspects, now), "read": partial(read_suspects, now)}
    for action in ours.values():
        action()
    found = interleaved(runs, ours | yardstick)
    details = [f"{found['read']:.0f} ms with reading them"]
    details += [f"doorstop, {doorstop.ITEMS:,} links: {found[name]:.0f} ms" for name in yardstick]
    return Figure(found["find"], "; ".join(details))

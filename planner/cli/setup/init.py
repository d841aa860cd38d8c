"""planner init: make the database and load the bundled plan."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.base.errors import NoDatabaseError
from planner.base.numbers import counted
from planner.cli.context import Context
from planner.cli.output import as_json, console, format_option, progress

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.bundle.reader import Bundle
    from planner.bundle.seeder import Counts
    from planner.queries.plans import PlanView
    from planner.queries.weeks.inventory import Inventory
    from planner.store.database import Database
    from planner.store.journal import Actor


@click.command()
@click.option(
    "--seeds",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder of a plan's data files, instead of the bundled plan's.",
)
@format_option("text", "json")
@click.pass_obj
def init(context: Context, seeds: Path | None, output: str) -> None:
    """Make the database and load the bundled plan into it; who runs it is its first administrator.

    Run again by an administrator, it loads what changed in the data files since; what people entered stays as they
    entered it.
    """
    from planner.base.resources import bundled
    from planner.bundle.reader import read_bundle
    from planner.bundle.references import check

    bundle = read_bundle(seeds or bundled("seeds"))
    check(bundle)
    make_register(context, bundle, output)


def make_register(context: Context, bundle: "Bundle", output: str) -> None:
    """Make the database, load the bundle, print what is in it. A new file appears only once all is in it."""
    from planner.queries.plans import read_plan
    from planner.queries.weeks.inventory import read_inventory
    from planner.store.location import shown

    actor = context.actor
    with _opened(context) as database:
        with database.writing() as session:
            counts = _load(context, session, actor, bundle)
        with database.reading() as session:
            plan = read_plan(session, bundle.plan.plan.key)
            inventory = read_inventory(session, plan)
    address = shown(context.url)
    if output == "json":
        as_json("init", {"database": address, "inventory": inventory, "loaded": counts}, plan)
    else:
        _print(address, plan, inventory, counts)


@contextmanager
def _opened(context: Context) -> "Iterator[Database]":
    """The register that is there, as who acts; else a new one, which a file becomes when it is whole."""
    from planner.store import making
    from planner.store.location import file_of, is_absent

    if file_of(context.url) is not None and is_absent(context.url):
        with making.new_sqlite_file(context.url) as database:
            yield database
        return
    try:
        database = context.open()
    except NoDatabaseError:
        database = making.make(context.url)
    try:
        yield database
    finally:
        database.close()


def _load(context: Context, session: "Session", actor: "Actor", bundle: "Bundle") -> "Counts":
    """Load the bundle. Who makes a register is its first administrator; into one that is there, only those load."""
    from planner.bundle.loader import STEPS, load_into, require_room
    from planner.domain.rules.permissions import Deed
    from planner.store.journal import writing
    from planner.writes.installation import mark_register
    from planner.writes.people import first_administrator
    from planner.writes.permission import require

    with writing(session, actor, context.now()) as journal, progress("Loading", len(STEPS)) as step:
        if mark_register(journal):
            first_administrator(journal, actor.name)
        else:
            require(session, actor, Deed.LOAD_DATA_FILES)
        require_room(session, bundle)
        return load_into(journal, bundle, step)


def _print(address: str, plan: "PlanView", inventory: "Inventory", counts: "Counts") -> None:
    out = console()
    out.print(f"{plan.title}", style="bold", markup=False)
    out.print(f"Database: {address}", markup=False)
    items = [
        (inventory.themes, "theme"),
        (inventory.items, "item"),
        (inventory.tasks, "task"),
        (inventory.key_projects, "key project"),
    ]
    out.print(", ".join(counted(*one) for one in items))
    rest = [(inventory.measures, "measure"), (inventory.milestones, "milestone"), (inventory.indicators, "indicator")]
    clauses = f"{counted(inventory.clauses, 'clause')} in {counted(inventory.mandates, 'mandate version')}"
    links = f"{counted(inventory.links, 'link')}, {counted(inventory.text_findings, 'finding')} in the texts"
    out.print(", ".join([*(counted(*one) for one in rest), clauses, links]))
    for line in _by_basis(inventory):
        out.print(line)
    for line in inventory.shortfalls:
        out.print(f"Note: {line}", markup=False)
    if not counts.anything:
        out.print("Nothing was changed: everything stands as the data files say, or as people entered it since.")
    elif counts.changed:
        changed = ", ".join(f"{number} {table}" for table, number in counts.changed.items())
        out.print(f"Followed changed data files: {changed}")
    for kept in counts.kept:
        out.print(f"Kept as entered by a person: {kept}", markup=False)
    for entry in counts.taken_out:
        out.print(f"No longer in the data files, kept in the register: {entry}", markup=False)


def _by_basis(inventory: "Inventory") -> "Iterator[str]":
    """How many facts of each kind stand on each basis; nothing of a kind that the register does not have."""
    facts = {
        "Item titles": inventory.items_by_basis,
        "Leads": inventory.leads_by_basis,
        "Milestones": inventory.milestones_by_basis,
        "Indicators": inventory.indicators_by_basis,
    }
    for kind, counts in facts.items():
        if counts:
            yield f"{kind} by basis: {', '.join(f'{count} {basis}' for basis, count in counts.items())}"

"""planner init: create the register and load the bundled plan."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.base.language import tr, tr_count
from planner.cli.context import Context
from planner.cli.output import as_json, console, format_option, progress

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.bundle.reader import Bundle
    from planner.bundle.seeder import Counts
    from planner.queries.weeks.inventory import Inventory
    from planner.register.plan_view import PlanView
    from planner.store.journal import Actor


@click.command()
@click.option(
    "--seeds",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder of a plan's data files, to load instead of the bundled plan.",
)
@format_option("text", "json")
@click.pass_obj
def init(context: Context, seeds: Path | None, output: str) -> None:
    """Create the register and load the bundled plan into it. You become its first administrator.

    Run again by an administrator, the command loads what has changed in the data files. Facts that people entered stay
    as they are.
    """
    from planner.base.resources import bundled
    from planner.bundle.reader import read_bundle
    from planner.bundle.references import check

    bundle = read_bundle(seeds or bundled("seeds"))
    check(bundle)
    make_register(context, bundle, output)


def make_register(context: Context, bundle: "Bundle", output: str) -> None:
    """Create the register, load the bundle and print its contents. A new file appears only when it is complete."""
    from planner.cli.setup.creating import opened_or_new
    from planner.queries.weeks.inventory import read_inventory
    from planner.register.plans import read_plan
    from planner.store.location import shown

    actor = context.actor
    with opened_or_new(context) as database:
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


def _load(context: Context, session: "Session", actor: "Actor", bundle: "Bundle") -> "Counts":
    """Load the bundle into the register. Into an existing register, only an administrator can load one."""
    from planner.bundle.loader import STEPS, load_into
    from planner.cli.setup.creating import begun
    from planner.domain.rules.permissions import Permission
    from planner.store.journal import writing

    with writing(session, actor, context.now()) as journal, progress(tr("Loading the plan"), len(STEPS)) as step:
        begun(journal, Permission.LOAD_DATA_FILES)
        return load_into(journal, bundle, step)


def _print(address: str, plan: "PlanView", inventory: "Inventory", counts: "Counts") -> None:
    out = console()
    out.print(plan.title, style="bold", markup=False)
    lines = [
        tr("Database: {address}", address=address),
        ", ".join(_plan_counts(inventory)),
        ", ".join(_detail_counts(inventory)),
        *_by_basis(inventory),
        *(tr("Note: {shortfall}", shortfall=line) for line in inventory.shortfalls),
        *_changes(counts),
    ]
    for line in lines:
        out.print(line, markup=False)


def _plan_counts(inventory: "Inventory") -> "Iterator[str]":
    yield tr_count("{count} theme", "{count} themes", inventory.themes)
    yield tr_count("{count:,} item", "{count:,} items", inventory.items)
    for kind in inventory.kinds:
        if kind.key == "task":
            yield tr_count("{count:,} task", "{count:,} tasks", kind.items)
        elif kind.key == "key_project":
            yield tr_count("{count:,} key project", "{count:,} key projects", kind.items)
        else:
            yield tr("{title}: {count:,}", title=kind.title, count=kind.items)


def _detail_counts(inventory: "Inventory") -> "Iterator[str]":
    yield tr_count("{count:,} measure", "{count:,} measures", inventory.measures)
    yield tr_count("{count:,} milestone", "{count:,} milestones", inventory.milestones)
    yield tr_count("{count:,} indicator", "{count:,} indicators", inventory.indicators)
    clauses = tr_count("{count:,} clause", "{count:,} clauses", inventory.clauses)
    yield tr_count(
        "{clauses} in {count} mandate version",
        "{clauses} in {count} mandate versions",
        inventory.mandates,
        clauses=clauses,
    )
    yield tr_count("{count:,} link", "{count:,} links", inventory.links)
    yield tr_count("{count:,} finding in the texts", "{count:,} findings in the texts", inventory.text_findings)


def _changes(counts: "Counts") -> "Iterator[str]":
    """Yield lines that say which facts were changed by loading the data files, and which were kept."""
    if not counts.anything:
        yield tr("Nothing was changed. All facts are as in the data files, or as people have entered them since.")
    elif counts.changed:
        changed = ", ".join(f"{number} {table}" for table, number in counts.changed.items())
        yield tr("Updated from the data files: {rows}", rows=changed)
    for kept in counts.kept:
        yield tr("Kept, because it was entered in the register: {fact}", fact=kept)
    for entry in counts.taken_out:
        yield tr("No longer in the data files, but kept in the register: {entry}", entry=entry)


def _by_basis(inventory: "Inventory") -> "Iterator[str]":
    """Yield a line for each kind of fact in the register, with the number of facts for each basis."""
    if inventory.items_by_basis:
        yield tr("Item titles by basis: {counts}", counts=_counts(inventory.items_by_basis))
    if inventory.leads_by_basis:
        yield tr("Lead organisations by basis: {counts}", counts=_counts(inventory.leads_by_basis))
    if inventory.milestones_by_basis:
        yield tr("Milestones by basis: {counts}", counts=_counts(inventory.milestones_by_basis))
    if inventory.indicators_by_basis:
        yield tr("Indicators by basis: {counts}", counts=_counts(inventory.indicators_by_basis))


def _counts(by_basis: "Mapping[str, int]") -> str:
    return ", ".join(f"{count} {basis}" for basis, count in by_basis.items())

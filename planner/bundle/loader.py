"""Loads a plan's checked data files into the register, in one transaction."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from planner.bundle import documents, items, links, mandates, organisations, plans, references
from planner.bundle.loading import Loading
from planner.bundle.reader import Bundle
from planner.bundle.seeder import Counts, Seeder
from planner.errors import NotAllowedError
from planner.journal import Actor, Journal, writing
from planner.models import Plan

Progress = Callable[[str], None]

# What is loaded, in the order in which later entries refer to earlier ones.
STEPS: dict[str, Callable[[Loading], None]] = {
    "documents": documents.put_documents,
    "organisations": organisations.put_organisations,
    "mandates": mandates.put_mandates,
    "rules": organisations.put_rules,
    "crosswalk": mandates.put_crosswalks,
    "plan": plans.put_plan,
    "measures": plans.put_measures,
    "items": items.put_items,
    "links": links.put_links,
    "findings": links.put_findings,
}


def require_room(session: Session, bundle: Bundle) -> None:
    """Raise NotAllowedError where the register holds another plan than the bundle's: it can hold only one as yet."""
    key = bundle.plan.plan.key
    other = session.execute(select(Plan.key).where(Plan.key != key).order_by(Plan.key)).scalars().first()
    if other is not None:
        raise NotAllowedError(
            f"the data files are those of the plan '{key}', and this register holds the plan '{other}'."
            " A register holds one plan",
            do="Nothing was written. Load the data files into another database",
            by_field="database",
        )


def load(session: Session, actor: Actor, bundle: Bundle, at: datetime, progress: Progress | None = None) -> Counts:
    """Load a bundle in one transaction: all of it or nothing. `progress` is told each step as it begins.

    Raises SeedError where the bundle does not fit together; then nothing was written.
    """
    references.check(bundle)
    with writing(session, actor, at) as journal:
        return load_into(journal, bundle, progress)


def load_into(journal: Journal, bundle: Bundle, progress: Progress | None = None) -> Counts:
    """Load a bundle that was checked into a write that is already open."""
    seeder = Seeder(journal)
    loading = Loading(bundle, seeder)
    for name, step in STEPS.items():
        if progress:
            progress(name)
        step(loading)
        seeder.flush()
    # What several plans share may be another one's entry.
    plans = journal.session.execute(select(func.count()).select_from(Plan)).scalar_one()
    seeder.note_taken_out("" if plans == 1 else f"{loading.plan.key}:")
    return seeder.counts

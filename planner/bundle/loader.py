"""Loads the checked data files of a plan into the register, in one transaction."""

from collections.abc import Callable

from sqlalchemy import func, select

from planner.bundle import documents, items, links, mandates, organisations, plans
from planner.bundle.loading import BundleLoad
from planner.bundle.reader import Bundle
from planner.bundle.seeder import Counts, Seeder
from planner.register.closing import is_closed, read_closing
from planner.store.journal import Journal
from planner.store.models import Plan

Progress = Callable[[str], None]

# The steps of loading, in this order because later entries refer to earlier ones.
STEPS: dict[str, Callable[[BundleLoad], None]] = {
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


def load_into(journal: Journal, bundle: Bundle, progress: Progress | None = None) -> Counts:
    """Load a checked bundle within an open write. `progress` is called with the name of each step as it begins."""
    _require_open(journal, bundle.plan.plan.key)
    seeder = Seeder(journal)
    loading = BundleLoad(bundle, seeder)
    for name, step in STEPS.items():
        if progress:
            progress(name)
        step(loading)
        seeder.flush()
    # With several plans, an entry without this plan's prefix may belong to another plan.
    plans = journal.session.execute(select(func.count()).select_from(Plan).where(~Plan.taken_out)).scalar_one()
    seeder.note_taken_out("" if plans == 1 else f"{loading.plan.key}:")
    return seeder.counts


def _require_open(journal: Journal, key: str) -> None:
    """Raise NotAllowedError if the register has this plan and it is closed."""
    plan_id = journal.session.execute(select(Plan.id).where(Plan.key == key)).scalar_one_or_none()
    closing = None if plan_id is None else read_closing(journal.session, plan_id)
    if closing is not None:
        raise is_closed(key, closing)

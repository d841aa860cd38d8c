"""Why items with working titles stay in the plan although the files do not have them."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.base.language import tr
from planner.domain.vocabulary import Basis
from planner.queries.id_in import id_in
from planner.queries.plans.item_records import records_on
from planner.store.models import Item


def kept_titles(session: Session, ids: Collection[int]) -> Mapping[int, Sequence[str]]:
    """Return in words what keeps items in the plan: what was recorded on them, or a title of the office."""
    # The files may be compared with the register of an earlier day.
    titled = select(Item.id).where(id_in(session, Item.id, ids), Item.basis != Basis.WORKING)
    registered = {item_id: [tr("a title of the office")] for item_id in session.execute(titled).scalars()}
    return {**registered, **records_on(session, ids)}

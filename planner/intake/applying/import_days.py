"""The days of the files of an import, as its record keeps them for later imports of older files."""

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.domain.codes import code_key
from planner.intake.comparing.preview import Preview
from planner.store.models import Item


def days_to_keep(session: Session, plan_id: int, preview: Preview) -> dict[str, list[int] | None]:
    """Return the days of the facts of the files, each with the ids of the items that the import took from its files.

    If all files are of one day, None stands for all items. Items of files of which nothing says the day are left out.
    """
    days = preview.days
    if len(set(days.values())) == 1 and days.keys() >= set(preview.files):
        return {str(day): None for day in days.values()}
    found: dict[str, list[int]] = defaultdict(list)
    for changed in preview.written:
        if changed.place.file in days:
            found[str(days[changed.place.file])].append(changed.id)
    new = {code_key(one.code): days[one.place.file] for one in preview.new if one.place.file in days}
    rows = select(Item.code_key, Item.id).where(Item.plan_id == plan_id)
    for key, item_id in session.execute(rows) if new else ():
        if key in new:
            found[str(new[key])].append(item_id)
    return dict(found)

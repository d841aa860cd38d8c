"""Titles of files of which people said that they mean a theme which keeps its own title.

The answer is recorded with the import, so that later files with the title are not asked about. If the import is undone,
it does not count.
"""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.intake.comparing.differences.named import SameTheme
from planner.queries.plans.earlier_imports import counting_imports
from planner.store.models import ImportBatch

# Where the record of an import has these titles by the number of the theme, beside the columns of its tables, which are
# named by digests.
SAME_THEMES = "themes"


def read_same_themes(session: Session, plan_id: int) -> Mapping[int, tuple[str, ...]]:
    """Return the titles that people said mean a theme, by the number of the theme."""
    found: dict[int, dict[str, None]] = {}
    batches = select(ImportBatch.mapping).where(counting_imports(plan_id)).order_by(ImportBatch.id)
    for mapping in session.execute(batches).scalars():
        for number, titles in mapping.get(SAME_THEMES, {}).items():
            found.setdefault(int(number), {}).update(dict.fromkeys(titles))
    return {number: tuple(titles) for number, titles in found.items()}


def same_themes_to_keep(said: Iterable[SameTheme]) -> dict[str, list[str]]:
    """Return the titles that people said mean a theme in this import, as its record keeps them."""
    found: dict[str, list[str]] = {}
    for one in said:
        found.setdefault(str(one.number), []).append(one.title)
    return found

"""Goals, themes and measures with their names in other languages, for display."""

from collections import defaultdict
from typing import Any

from sqlalchemy import select

from planner.base.views import value_class
from planner.register.reading import Reading
from planner.store.models import Goal, Measure, Theme, TitleName


@value_class
class NameView:
    """A name in another language. `basis` is None if none is recorded yet."""

    language: str
    name: str
    basis: str | None


@value_class
class TitleView:
    """A goal, a theme or a measure. `key` is its number or code."""

    kind: str
    key: str
    title: str
    basis: str
    names: tuple[NameView, ...]


def read_titles(reading: Reading) -> list[TitleView]:
    """Return the goals, themes and measures of a plan as they were at the point in time, each kind in its own order."""
    names = _names_by_owner(reading)
    return [
        TitleView(kind, str(getattr(row, key)), row.title, row.basis, tuple(names[kind, row.id]))
        for kind, model, key, order in _KINDS
        for row in _rows(reading, model, order)
    ]


def _rows(reading: Reading, model: Any, order: Any) -> list[Any]:
    """Return the rows of a plan without the removed themes, in an order that no act changes."""
    of_plan = select(model).where(model.plan_id == reading.plan.id).order_by(order)
    rows = reading.rollback.rows(list(reading.session.execute(of_plan).scalars()))
    return [row for row in rows if not getattr(row, "taken_out", False)]


_KINDS: tuple[tuple[str, Any, str, Any], ...] = (
    ("goal", Goal, "number", Goal.number),
    ("theme", Theme, "number", Theme.number),
    ("measure", Measure, "code", Measure.position),
)


def _names_by_owner(reading: Reading) -> dict[tuple[str, int], list[NameView]]:
    names: dict[tuple[str, int], list[NameView]] = defaultdict(list)
    for row in sorted(reading.known_rows(TitleName), key=lambda row: row.language):
        name = NameView(row.language, row.name, row.basis)
        for kind, owner in (("goal", row.goal_id), ("theme", row.theme_id), ("measure", row.measure_id)):
            if owner is not None:
                names[kind, owner].append(name)
    return names

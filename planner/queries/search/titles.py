"""Goals, themes and measures with their names in other languages, for display."""

from collections import defaultdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.base.views import value_class
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


def read_titles(session: Session, plan_id: int) -> list[TitleView]:
    """Return the goals, themes and measures of a plan, each kind in its own order."""
    names = _names_by_owner(session)
    return [
        TitleView(kind, str(getattr(row, key)), row.title, row.basis, tuple(names[kind, row.id]))
        for kind, model, key, order in _KINDS
        for row in session.execute(select(model).where(model.plan_id == plan_id).order_by(order)).scalars()
    ]


_KINDS: tuple[tuple[str, Any, str, Any], ...] = (
    ("goal", Goal, "number", Goal.number),
    ("theme", Theme, "number", Theme.number),
    ("measure", Measure, "code", Measure.position),
)


def _names_by_owner(session: Session) -> dict[tuple[str, int], list[NameView]]:
    names: dict[tuple[str, int], list[NameView]] = defaultdict(list)
    for row in session.execute(select(TitleName).order_by(TitleName.language)).scalars():
        name = NameView(row.language, row.name, row.basis)
        for kind, owner in (("goal", row.goal_id), ("theme", row.theme_id), ("measure", row.measure_id)):
            if owner is not None:
                names[kind, owner].append(name)
    return names

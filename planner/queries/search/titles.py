"""Goals, themes and measures with their names in other languages, for display and search."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.base.views import value_class, view
from planner.register.reading import Reading
from planner.store.models import Goal, Measure, OrganisationName, Theme, TitleName


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


class _TitleName(NamedTuple):
    id: int
    theme_id: int | None
    measure_id: int | None
    name: str


class _BodyName(NamedTuple):
    id: int
    organisation_id: int
    name: str


@view
class OtherNames:
    """The names of themes, measures and organisations in other languages, by id.

    Several names are joined by line ends.
    """

    themes: dict[int, str]
    measures: dict[int, str]
    organisations: dict[int, str]


def read_other_names(reading: Reading) -> OtherNames:
    """Return the names in other languages, as known at the instant of `reading`."""
    titles = reading.known_records(TitleName, _TitleName)
    bodies = reading.known_records(OrganisationName, _BodyName)
    return OtherNames(
        themes=_in_lines((row.theme_id, row.name) for row in titles),
        measures=_in_lines((row.measure_id, row.name) for row in titles),
        organisations=_in_lines((row.organisation_id, row.name) for row in bodies),
    )


def _in_lines(names: Iterable[tuple[int | None, str]]) -> dict[int, str]:
    lines: dict[int, list[str]] = defaultdict(list)
    for owner, name in names:
        if owner is not None:
            lines[owner].append(name)
    return {owner: "\n".join(some) for owner, some in lines.items()}

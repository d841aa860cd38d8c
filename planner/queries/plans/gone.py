"""Themes and kinds of items that a plan had and does not have any more: what became of each."""

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.base.language import tr
from planner.base.views import value_class
from planner.register.plan_changes import KIND_MERGED, MERGED, REMOVED
from planner.register.plan_view import NO_PLACE
from planner.store.models import ItemKind, PlanChange, Theme

_Key = TypeVar("_Key")


@value_class
class GoneKind:
    """A kind that was merged into another one, `into`, as of a day. `successor` is the key of the kind that it is now.

    `into` and `successor` are keys.
    """

    key: str
    title: str
    as_of: date
    into: str
    successor: str

    def what(self) -> str:
        """Return the sentence that says what became of the kind."""
        return tr("{name} was merged into {into} as of {day}", name=self.title, into=self.into, day=self.as_of)

    def do(self) -> str:
        """Return what to do where the kind was named."""
        return tr("Name {key} or another kind", key=self.successor)


@value_class
class GoneTheme:
    """A theme that was removed, or merged into the theme with the number `into`. `successor` has its work now.

    `as_of` is None if only an import that was undone had it.
    """

    id: int
    number: int
    label: str | None
    title: str
    as_of: date | None
    into: int | None
    successor: int | None

    def what(self) -> str:
        """Return the sentence that says what became of the theme."""
        if self.as_of is None:
            return tr("theme {number} is not in the plan any more", number=self.number)
        if self.into is None:
            return tr("theme {number} was removed as of {day}", number=self.number, day=self.as_of)
        return tr(
            "theme {number} was merged into theme {into} as of {day}",
            number=self.number,
            into=self.into,
            day=self.as_of,
        )

    def do(self) -> str:
        """Return what to do where the theme was named."""
        if self.successor is None:
            return tr("Name another theme")
        return tr("Name theme {number} or another one", number=self.successor)


def kinds_gone(session: Session, plan_id: int) -> list[GoneKind]:
    """Return the kinds that were merged into other ones, in the order of the mergers."""
    mergers = (
        select(ItemKind.key, ItemKind.title, PlanChange.as_of, PlanChange.new_value)
        .join(PlanChange, (PlanChange.plan_id == ItemKind.plan_id) & (PlanChange.old_value == ItemKind.key))
        .where(ItemKind.plan_id == plan_id, ItemKind.position == NO_PLACE, PlanChange.field == KIND_MERGED)
        .order_by(PlanChange.id)
    )
    rows = [(key, title, day, str(into)) for key, title, day, into in session.execute(mergers)]
    heirs = {key: into for key, _, _, into in rows}
    return [GoneKind(key, title, day, into, _last_of(heirs, into)) for key, title, day, into in rows]


def themes_gone(session: Session, plan_id: int) -> list[GoneTheme]:
    """Return the themes that are not in the plan any more, by number."""
    acts = (PlanChange.theme_id == Theme.id) & PlanChange.field.in_((MERGED, REMOVED))
    gone = (
        select(
            Theme.id, Theme.number, Theme.label, Theme.title, PlanChange.as_of, PlanChange.field, PlanChange.new_value
        )
        .outerjoin(PlanChange, acts)
        .where(Theme.plan_id == plan_id, Theme.taken_out)
        .order_by(Theme.number, PlanChange.id)
    )
    rows = {row.number: row for row in session.execute(gone)}
    heirs = {number: int(row.new_value) for number, row in rows.items() if row.field == MERGED}
    return [
        GoneTheme(
            *(row.id, number, row.label, row.title, row.as_of, heirs.get(number)),
            successor=_present(rows, _last_of(heirs, number)),
        )
        for number, row in rows.items()
    ]


def _last_of(heirs: Mapping[_Key, _Key], key: _Key) -> _Key:
    """Return what is at the end of a chain of mergers. Nothing that is gone is merged into, so a chain ends."""
    while key in heirs:
        key = heirs[key]
    return key


def _present(gone: Mapping[int, object], number: int) -> int | None:
    return None if number in gone else number

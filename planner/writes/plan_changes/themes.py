"""Acts on the themes of a plan: adding, renaming, moving, merging and removing one.

The number of a theme never changes, because the history of its items names it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from planner.base.errors import BadValueError, NotAllowedError
from planner.base.language import later, tr, tr_count, tr_later
from planner.base.listing import listed
from planner.base.texts import clean
from planner.base.views import value_class
from planner.domain.titles import checked_title
from planner.domain.vocabulary import Basis
from planner.queries.plans.theme_numbers import next_theme_number
from planner.register.plan_changes import ADDED, MERGED, REMOVED
from planner.register.plans import themes_above
from planner.register.writing import Writing
from planner.store.models import Item, Measure, Theme
from planner.writes.plan_changes.affected import affected_items
from planner.writes.plan_changes.facts import Act, Fact, act_on_plan, change_facts
from planner.writes.plan_changes.held import require_theme_empty_since
from planner.writes.plan_changes.plan_facts import add_plan_history, changed_facts
from planner.writes.plan_changes.references import theme_named
from planner.writes.registered import REGISTERED_VALUES, new_theme

_SENTENCES = {
    "added": later("Recorded: theme {number}, {title}, is in the plan from {day} on."),
    "renamed": later("Recorded: theme {number} is called {title} from {day} on."),
    "moved": later("Recorded: theme {number}, {title}, is moved from {day} on."),
    "removed": later("Recorded: theme {number}, {title}, is not in the plan any more from {day} on."),
}


@value_class
class ThemeChanged:
    """A recorded act on a theme: `kind` says which, and `changes` has the facts that changed, before and after."""

    kind: str
    number: int
    title: str
    as_of: date
    reason: str
    changes: Mapping[str, tuple[str | None, str | None]]

    def sentence(self) -> str:
        """Return what was recorded, in the words that the command line and the app share."""
        return tr_later(_SENTENCES[self.kind]).format(number=self.number, title=self.title, day=self.as_of)


@value_class
class ThemeMerged:
    """A recorded merger of a theme into another one, `into`, which is called `into_title`.

    `items`, `measures` and `themes` are what went into the other theme: the codes of the items and of the measures, and
    the numbers of the themes that were inside it.
    """

    number: int
    title: str
    into: int
    into_title: str
    as_of: date
    reason: str
    items: tuple[str, ...]
    measures: tuple[str, ...]
    themes: tuple[int, ...]

    def sentence(self) -> str:
        """Return what was recorded, in the words that the command line and the app share."""
        return tr_count(
            "Recorded: theme {number}, {title}, is merged into {into}, {other}, from {day} on, with {count:,} item.",
            "Recorded: theme {number}, {title}, is merged into {into}, {other}, from {day} on, with {count:,} items.",
            len(self.items),
            number=self.number,
            title=self.title,
            into=self.into,
            other=self.into_title,
            day=self.as_of,
        )


def add_theme(
    writing: Writing,
    title: str,
    reason: str | None,
    *,
    label: str | None = None,
    inside: str | None = None,
    as_of: date | None = None,
) -> ThemeChanged:
    """Add a theme with the next free number, also to a plan without themes. `inside` names the theme around it.

    Raises BadValueError for an impossible title, NotAllowedError if another theme at the same place has it, and
    UnknownNameError if there is no theme `inside`.
    """
    with act_on_plan(writing, reason, as_of) as act:
        name = checked_title(title, "title")
        parent = theme_named(writing, inside, act.day, "inside") if inside else None
        parent_id = parent.id if parent else None
        _require_free_title(act, name, parent_id)
        number = next_theme_number(writing.session, writing.plan.id)
        row = new_theme(writing.plan.id, number, name, label=clean(label, "label"), parent_id=parent_id)
        act.journal.add(row, action="add-theme", label=str(row.number), reason=act.reason)
        writing.session.flush()
        add_plan_history(act, ADDED, None, name, theme=row, action="add-theme")
        return ThemeChanged("added", row.number, name, act.day, act.reason, {})


def rename_theme(
    writing: Writing,
    theme: str,
    reason: str | None,
    *,
    title: str | None = None,
    label: str | None = None,
    as_of: date | None = None,
) -> ThemeChanged:
    """Give a theme another title, another printed number (`label`), or both. An empty label removes it.

    Raises BadValueError if nothing changes, and NotAllowedError if it was renamed as of a later day.
    """
    with act_on_plan(writing, reason, as_of) as act:
        row = theme_named(writing, theme, act.day)
        facts: dict[str, Fact] = {}
        if title is not None:
            name = checked_title(title, "title")
            _require_free_title(act, name, row.parent_id, row.id)
            facts["title"] = title_fact(row, name)
        if label is not None:
            printed = clean(label, "label")
            facts["label"] = Fact(row.label, printed, {"label": printed})
        return _change(act, row, facts, "renamed")


def title_fact(row: Theme, title: str) -> Fact:
    """Return the fact that a theme gets another title."""
    return Fact(row.title, title, {"title": title, "restatement": title, **REGISTERED_VALUES})


def move_theme(
    writing: Writing, theme: str, reason: str | None, *, inside: str | None, as_of: date | None = None
) -> ThemeChanged:
    """Move a theme with its items and the themes inside it into another theme, or out of all (None).

    Raises NotAllowedError if it would become a part of itself, and BadValueError if it is there already.
    """
    with act_on_plan(writing, reason, as_of) as act:
        row = theme_named(writing, theme, act.day)
        parent = theme_named(writing, inside, act.day, "inside") if inside else None
        if parent is not None:
            _require_outside(act, row, parent)
        _require_free_place(act, row, parent.id if parent else None)
        before = writing.session.get_one(Theme, row.parent_id) if row.parent_id else None
        fact = Fact(_number(before), _number(parent), {"parent_id": parent.id if parent else None})
        return _change(act, row, {"parent": fact}, "moved")


def remove_theme(writing: Writing, theme: str, reason: str | None, *, as_of: date | None = None) -> ThemeChanged:
    """Remove a theme in which nothing is: no item, no measure and no other theme.

    Raises NotAllowedError if something is in it, or was in it after the day of the act.
    """
    with act_on_plan(writing, reason, as_of) as act:
        row = theme_named(writing, theme, act.day)
        _require_empty(act, row)
        require_theme_empty_since(act, row)
        return _change(act, row, {REMOVED: Fact(None, row.title, {"taken_out": True})}, "removed")


def merge_theme(
    writing: Writing, theme: str, into: str, reason: str | None, *, as_of: date | None = None
) -> ThemeMerged:
    """Merge a theme into another one, which takes over its items, its measures and the themes inside it.

    Raises BadValueError if both are the same theme, and NotAllowedError if the other one is inside it, if a theme
    inside it has the title of one inside the other, or if something left it as of a later day.
    """
    with act_on_plan(writing, reason, as_of) as act:
        row = theme_named(writing, theme, act.day)
        other = theme_named(writing, into, act.day, "into")
        if other.id == row.id:
            raise BadValueError(tr("a theme cannot be merged into itself"), where="into", do=tr("Name another theme"))
        _require_outside(act, row, other, "into")
        require_theme_empty_since(act, row)
        themes = _move_inside(act, row, other)
        items, measures = _move_work(act, row, other)
        merged = Fact(None, str(other.number), {"taken_out": True})
        changed_facts(act, {MERGED: merged}, theme=row, action="merge-theme")
        return ThemeMerged(
            *(row.number, row.title, other.number, other.title, act.day, act.reason),
            items=items,
            measures=measures,
            themes=themes,
        )


def _move_inside(act: Act, row: Theme, other: Theme) -> tuple[int, ...]:
    """Move the themes inside a theme into another one. Return their numbers."""
    inside = select(Theme).where(Theme.parent_id == row.id, ~Theme.taken_out).order_by(Theme.number)
    themes = act.writing.session.execute(inside).scalars().all()
    for theme in themes:
        _require_free_place(act, theme, other.id)
        fact = Fact(_number(row), _number(other), {"parent_id": other.id})
        changed_facts(act, {"parent": fact}, theme=theme, action="merge-theme")
    return tuple(theme.number for theme in themes)


def _move_measures(act: Act, row: Theme, other: Theme) -> tuple[str, ...]:
    """Move the measures of a theme to another one. Return the codes.

    An item has a measure of its own theme only, so the items have none until they are moved too. This is true of items
    that were removed as well.
    """
    with_measure = select(Item).where(Item.theme_id == row.id, Item.measure_id.is_not(None)).order_by(Item.position)
    for item in act.writing.session.execute(with_measure).scalars().all():
        act.journal.change(item, {"measure_id": None}, action="merge-theme", label=item.code, reason=act.reason)
    act.journal.close()
    own = select(Measure).where(Measure.theme_id == row.id).order_by(Measure.position)
    measures = act.writing.session.execute(own).scalars().all()
    for measure in measures:
        values = {"theme_id": other.id}
        act.journal.change(measure, values, action="merge-theme", label=measure.code, reason=act.reason)
    act.journal.close()
    return tuple(measure.code for measure in measures)


def _move_work(act: Act, row: Theme, other: Theme) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give another theme all items of a theme with their measures. Return the codes of the items and the measures.

    Items that an import took out are moved too, because the undo of the import would bring them back.
    """
    items = affected_items(act, Item.theme_id == row.id)
    kept = {item.id: item.measure_id for item in items}
    measures = _move_measures(act, row, other)
    for item in items:
        columns = {"theme_id": other.id, "measure_id": kept[item.id], "allocation_basis": Basis.REGISTERED}
        fact = Fact(str(row.number), str(other.number), columns)
        change_facts(act, item, {"theme": fact}, action="merge-theme")
    return tuple(item.code for item in items if not item.taken_out), measures


def _change(act: Act, row: Theme, facts: Mapping[str, Fact], kind: str) -> ThemeChanged:
    changes = changed_facts(act, facts, theme=row, action="change-theme")
    return ThemeChanged(kind, row.number, row.title, act.day, act.reason, changes)


def _number(theme: Theme | None) -> str | None:
    return None if theme is None else str(theme.number)


def _require_free_title(act: Act, title: str, parent_id: int | None, own_id: int | None = None) -> None:
    """Raise NotAllowedError if another theme inside the same theme has this title."""
    number = _theme_with(act, title, parent_id, own_id)
    if number is not None:
        raise NotAllowedError(
            tr("theme {number} has this title", number=number), where="title", do=tr("Give another title")
        )


def _require_free_place(act: Act, theme: Theme, parent_id: int | None) -> None:
    """Raise NotAllowedError if a theme would come into another one, or out of all, where a theme has its title."""
    number = _theme_with(act, theme.title, parent_id, theme.id)
    if number is not None:
        raise NotAllowedError(
            tr(
                "theme {number} and theme {other} are both called {title}",
                number=theme.number,
                other=number,
                title=theme.title,
            ),
            where="theme",
            do=tr("Rename one of them first"),
        )


def _theme_with(act: Act, title: str, parent_id: int | None, own_id: int | None) -> int | None:
    """Return the number of a theme inside the same theme that has a title, or None. It is not `own_id`."""
    same = select(Theme.number).where(
        Theme.plan_id == act.writing.plan.id,
        ~Theme.taken_out,
        Theme.title == title,
        Theme.parent_id.is_(None) if parent_id is None else Theme.parent_id == parent_id,
        Theme.id != (own_id or 0),
    )
    return act.writing.session.execute(same).scalar()


def _require_outside(act: Act, row: Theme, parent: Theme, where: str = "inside") -> None:
    own = select(Theme.id, Theme.parent_id).where(Theme.plan_id == act.writing.plan.id)
    parents = {theme_id: above for theme_id, above in act.writing.session.execute(own)}  # noqa: C416
    if row.id in themes_above(parent.id, parents):
        raise NotAllowedError(
            tr("theme {number} would become a part of itself", number=row.number),
            where=where,
            do=tr("Name a theme that is not inside it"),
        )


def _require_empty(act: Act, row: Theme) -> None:
    session = act.writing.session
    inside: list[Any] = [
        *session.execute(select(Item.code).where(Item.theme_id == row.id, ~Item.taken_out).order_by(Item.position)),
        *session.execute(select(Measure.code).where(Measure.theme_id == row.id).order_by(Measure.position)),
        *session.execute(select(Theme.title).where(Theme.parent_id == row.id, ~Theme.taken_out)),
    ]
    if inside:
        raise NotAllowedError(
            tr("theme {number} is not empty: {names}", number=row.number, names=listed([one[0] for one in inside], 5)),
            where="THEME",
            do=tr("Move what is in it to another theme first"),
        )

"""The themes and the kinds of items that the next plan lacks, when items are carried over into it."""

from collections.abc import Sequence

from sqlalchemy import select

from planner.queries.plans.carrying import missing_theme_ids, theme_paths
from planner.queries.plans.theme_numbers import next_theme_number
from planner.register.plan_changes import ADDED
from planner.register.plan_view import NO_PLACE
from planner.store.models import Item, ItemKind, Theme
from planner.writes.plan_changes.facts import Act
from planner.writes.plan_changes.plan_facts import add_plan_history
from planner.writes.plans.carried import ACTION, Carrying
from planner.writes.registered import basis_taken_over, new_kind, new_theme


def themes_for(carrying: Carrying, items: Sequence[Item]) -> dict[int, int]:
    """Return the id of the next plan's theme for each theme of the items. Themes that it lacks are added."""
    session, old, new = carrying.writing.session, carrying.old, carrying.writing.plan
    mine = {theme.id: theme for theme in session.execute(select(Theme).where(Theme.plan_id == old.id)).scalars()}
    paths = theme_paths(session, old.id)
    there = {path: theme for theme, path in reversed(theme_paths(session, new.id).items())}
    following = next_theme_number(session, new.id)
    numbers = set(session.execute(select(Theme.number).where(Theme.plan_id == new.id)).scalars())
    for theme_id in missing_theme_ids(session, old.id, new.id, {mine[item.theme_id].number for item in items}):
        theme, path = mine[theme_id], paths[theme_id]
        number = theme.number if theme.number not in numbers else following
        following = max(following, number + 1)
        numbers.add(number)
        row = new_theme(
            new.id,
            number,
            theme.title,
            label=theme.label,
            parent_id=there.get(path[:-1]),
            restatement=theme.restatement,
            basis=basis_taken_over(theme.basis),
        )
        carrying.journal.add(row, action=ACTION, label=str(number), reason=carrying.reason)
        session.flush()
        there[path] = row.id
        _tell_added(carrying, row)
    return {item.theme_id: there[paths[item.theme_id]] for item in items}


def _tell_added(carrying: Carrying, theme: Theme) -> None:
    """Add to the history of a plan that has begun that it did not have a theme before, as it did not have its items."""
    writing = carrying.writing
    if writing.day > writing.plan.starts:
        act = Act(writing, carrying.journal, writing.day, carrying.reason)
        add_plan_history(act, ADDED, None, theme.title, theme=theme, action=ACTION)


def add_kinds(carrying: Carrying, keys: set[str]) -> None:
    """Add the kinds of items that the next plan lacks. One that it merged into another is listed again."""
    session, new = carrying.writing.session, carrying.writing.plan
    there = {row.key: row for row in session.execute(select(ItemKind).where(ItemKind.plan_id == new.id)).scalars()}
    wanted = select(ItemKind).where(ItemKind.plan_id == carrying.old.id).order_by(ItemKind.position)
    for kind in session.execute(wanted).scalars():
        if kind.key in keys & there.keys() and there[kind.key].position == NO_PLACE:
            values = {"position": kind.position}
            carrying.journal.change(there[kind.key], values, action=ACTION, label=kind.key, reason=carrying.reason)
        elif kind.key in keys - there.keys():
            row = new_kind(new.id, kind.key, kind.title, kind.position)
            carrying.journal.add(row, action=ACTION, label=kind.key, reason=carrying.reason)

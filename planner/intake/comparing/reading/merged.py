"""What else files call the themes and the kinds of items: by the titles of those that were merged into them.

Kinds are also known by their own earlier titles.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import and_, select

from planner.intake.comparing.reading.plan_rows import PlanRows
from planner.intake.comparing.stored import StoredTheme
from planner.register.plan_changes import KIND_MERGED, MERGED
from planner.register.raw_rows import columns
from planner.store.models import AuditEvent, ItemKind, PlanChange, Theme


def with_merged_themes(plan_rows: PlanRows, themes: Iterable[StoredTheme]) -> dict[int, StoredTheme]:
    """Return themes by their numbers. Those that were merged are left out, and the other one is known by their titles.

    Files still name them: by the title that they had at last, an earlier one, one in another language, or one of which
    people said that it means them.
    """
    found = {theme.number: theme for theme in themes}
    mergers = (
        select(Theme.number, PlanChange.new_value)
        .join(PlanChange, PlanChange.theme_id == Theme.id)
        .where(*_mergers(plan_rows, MERGED))
        .order_by(PlanChange.id)
    )
    for number, into in plan_rows.rows(mergers):
        # What was merged into it before goes along.
        merged, other = found.pop(number), found[int(into)]
        said = dict.fromkeys((*other.said, *merged.titles, *merged.known_by))
        found[other.number] = replace(other, said=tuple(said))
    return found


def read_former_kinds(plan_rows: PlanRows) -> dict[str, list[str]]:
    """Return the titles that each kind of items had before, by its key, the first one first.

    A kind has the titles of those that were merged into it too. A row of history names the plan and not
    the kind, so the titles are those that the log has of the kind's own row.
    """
    known = columns(ItemKind)
    renamed = (
        select(known.key, known.title, AuditEvent.body)
        .join_from(
            ItemKind.__table__,
            AuditEvent.__table__,
            and_(AuditEvent.table_name == ItemKind.__tablename__, AuditEvent.row_id == known.id),
        )
        .where(known.plan_id == plan_rows.plan.id)
        .order_by(AuditEvent.seq)
    )
    mergers = _merged_kinds(plan_rows)
    now = {kind.key: kind.title for kind in plan_rows.plan.kinds}
    former: dict[str, list[str]] = defaultdict(list)
    for key, title, body in plan_rows.rows(renamed):
        if key in mergers:
            now.setdefault(key, title)
        before: str | None = (json.loads(body)["before"] or {}).get("title")
        if key in now and before is not None and before not in (now[key], *former[key]):
            former[key].append(before)
    for key, into in mergers.items():
        # What was merged into it before goes along.
        former[into] += [*former.pop(key, ()), now[key]]
    return {key: titles for key, titles in former.items() if titles}


def read_merged_kinds(plan_rows: PlanRows) -> dict[str, str]:
    """Return the key of the kind that each merged kind is now, by the key of the merged one."""
    mergers = _merged_kinds(plan_rows)
    found: dict[str, str] = {}
    for key, into in reversed(mergers.items()):
        # What it was merged into can have been merged later.
        found[key] = found.get(into, into)
    return found


def _merged_kinds(plan_rows: PlanRows) -> dict[str, str]:
    """Return the key of the kind into which each merged kind was merged, by its own key, in the order of the mergers.

    A kind is merged only once.
    """
    keys = select(PlanChange.old_value, PlanChange.new_value).where(*_mergers(plan_rows, KIND_MERGED))
    return {str(key): str(into) for key, into in plan_rows.rows(keys.order_by(PlanChange.id))}


def _mergers(plan_rows: PlanRows, field: str) -> tuple[Any, ...]:
    """Return the conditions for the mergers that hold on the day of the reading."""
    day = plan_rows.reading.as_of
    return PlanChange.plan_id == plan_rows.plan.id, PlanChange.field == field, PlanChange.as_of <= day

"""The section `plan_changes`: the acts of the week on organisations, people, themes and the plan, one row each."""

from collections import Counter

from planner.base.views import value_class
from planner.queries.history.plan_acts import ActKind, ActOn, ActOnPlan, read_acts_on_plan
from planner.tables import columns
from planner.tables.columns import Column
from planner.weekly.reading import WeekReading
from planner.weekly.section import Section


@value_class
class PlanChange:
    """An act of the week. `number` counts the acts on the same organisation, person or plan."""

    number: int
    act: ActOnPlan


def _rows(reading: WeekReading) -> list[PlanChange]:
    counted: Counter[tuple[str, str]] = Counter()
    rows = []
    for act in read_acts_on_plan(reading, reading.instance.week.previous.sunday, reading.instance.span):
        counted[act.on, act.key] += 1
        rows.append(PlanChange(counted[act.on, act.key], act))
    return rows


COLUMNS: tuple[Column[PlanChange], ...] = (
    columns.word(
        "change",
        lambda row: row.act.kind,
        "`dissolved` (an organisation); `merged` (an organisation, a theme or a kind); `left`, `moved`, `added` or "
        "`came-back` (a person); `removed`, `added` or `moved` (a theme); `closed`, `reopened` or "
        "`carried-over` (the plan: its unfinished items went on in another plan, or those of another plan came into "
        "it); `renamed`, or `edited` (another fact: see `fact`). `recorded_late` is any of these that was recorded in "
        "the week, but holds from an earlier day (see `on`): a file of the week of that day tells what was done.",
        one_of=ActKind,
    ),
    columns.word(
        "of",
        lambda row: row.act.on,
        "What was changed: the `plan`, a `theme`, a `kind` of items, an `organisation` or a `person`.",
        one_of=ActOn,
    ),
    columns.text(
        "key",
        lambda row: row.act.key,
        "The key of the plan, the kind or the organisation, the login of the person, or the number of the theme.",
    ),
    columns.whole_number(
        "number",
        lambda row: row.number,
        "1, or the number of the row among those with the same key, if something was changed several times.",
        "No.",
    ),
    columns.text(
        "name",
        lambda row: row.act.name,
        "The title of the plan, the theme or the kind, or the name of the organisation or person, before the change. "
        "What was added has the one with which it was added.",
    ),
    columns.text(
        "fact",
        lambda row: row.act.fact,
        "The fact of the plan, the theme, the kind or the person that changed, such as `title`, `ends` or `role`. For "
        "another act that was recorded late, what it did, such as `merged`. Empty for other acts.",
        optional=True,
    ),
    columns.text(
        "from",
        lambda row: row.act.was,
        "The earlier name or value; for items carried over, the key of the plan that they come from. Empty if none.",
        "Old value",
        optional=True,
    ),
    columns.text(
        "to",
        lambda row: row.act.now,
        "The new name or value; the organisation, theme or kind that a merged one is part of now; for items carried "
        "over, the key of the plan that they go into. Empty if there is none.",
        "New value",
        optional=True,
    ),
    columns.text("reason", lambda row: row.act.reason, "The reason given."),
    columns.day(
        "on",
        lambda row: row.act.as_of,
        "The day from which the change holds. It is before the week if the change was recorded late, in the week.",
        "Date",
    ),
    columns.text("recorded_by", lambda row: row.act.actor, "The login of the person who recorded it."),
)

PLAN_CHANGES = Section(
    name="plan_changes",
    title="Changes of organisations, people, themes and the plan",
    answers="What was done in the week to the plan itself, its themes, the organisations and the people? "
    "What changed most seriously comes first, with its changes in their order. A change that holds from an earlier "
    "day is also in the week in which it was recorded, as recorded late. What such a change, or any other act, did to "
    "items is in the section `movements`.",
    columns=COLUMNS,
    rows=_rows,
    key=("of", "key", "number"),
)

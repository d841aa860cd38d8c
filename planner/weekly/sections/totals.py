"""The section `totals`: one row each for the plan, every theme, every lead organisation and every kind of item."""

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum

from planner.base.views import value_class
from planner.domain.rules.figures import points_between, tenths
from planner.domain.rules.rollup import RollUp, roll_up
from planner.domain.vocabulary import Concern, Confidence, Freshness, Grouping, Phase, Schedule, State
from planner.queries.items.views import ItemView
from planner.queries.weeks.rollups import kind_standings, standings, theme_standings
from planner.register.plan_view import PlanView
from planner.tables import columns
from planner.tables.columns import Column
from planner.weekly.reading import WeekReading
from planner.weekly.section import Section


class By(StrEnum):
    """What the items of a total have in common."""

    PLAN = "plan"
    THEME = "theme"
    ORGANISATION = "organisation"
    KIND = "kind"


@value_class
class Total:
    """A group of items, rolled up at the end of the week and at the end of the week before."""

    by: By
    key: str
    name: str
    now: RollUp
    before: RollUp


def totals_of(plan: PlanView, items: Sequence[ItemView], earlier: Sequence[ItemView]) -> Iterator[Total]:
    """Yield the totals of the plan, the themes in order, the organisations (most items first), and the item kinds."""
    yield Total(By.PLAN, plan.key, plan.title, roll_up(items), roll_up(earlier))
    groups = {
        By.THEME: theme_standings(plan, items, earlier),
        By.ORGANISATION: standings(items, earlier, Grouping.ORGANISATION),
        By.KIND: kind_standings(plan, items, earlier),
    }
    for by, found in groups.items():
        yield from (Total(by, group.key, group.name, group.now, group.before) for group in found)


def _rows(reading: WeekReading) -> Iterator[Total]:
    found = totals_of(reading.plan, reading.items, reading.earlier)
    shown = {str(theme.number) for theme in reading.themes}
    return (total for total in found if total.by is not By.THEME or total.key in shown)


def _count(name: str, count: Callable[[RollUp], int], description: str, title: str | None = None) -> Column[Total]:
    return columns.whole_number(name, lambda row: count(row.now), description, title)


def _changed(name: str, count: Callable[[RollUp], int]) -> Column[Total]:
    """Return the column with the change of a count since the week before."""
    return columns.whole_number(
        f"{name}_change",
        lambda row: count(row.now) - count(row.before),
        f"`{name}` minus its value on the last day of the week before, both as known at the same instant.",
    )


def _in_phase(phase: Phase, description: str) -> Column[Total]:
    return _count(phase.value, lambda all_: all_.phases[phase], description)


def _scheduled(schedule: Schedule, description: str) -> Column[Total]:
    return _count(schedule.value, lambda all_: all_.schedules[schedule], description)


def _fresh(freshness: Freshness, description: str, title: str | None = None) -> Column[Total]:
    return _count(freshness.value, lambda all_: all_.freshnesses[freshness], description, title)


def _rated(confidence: Confidence) -> Column[Total]:
    return _count(
        confidence.value,
        lambda all_: all_.confidences[confidence],
        f"The items last rated {confidence.value}, ended or not.",
    )


COLUMNS: tuple[Column[Total], ...] = (
    columns.word(
        "by",
        lambda row: row.by,
        "The grouping of the row: `plan` (all items), `theme`, `organisation` (the lead organisation) or `kind`. "
        "The rows of one grouping add up to the plan's row. Do not add rows of different groupings.",
        "Grouping",
        one_of=By,
    ),
    columns.text(
        "key",
        lambda row: row.key,
        "The plan's key, the theme's number, the organisation's key or the kind. The key stays the same if the "
        "name changes.",
    ),
    columns.text(
        "name",
        lambda row: row.name,
        "The name of the group: the plan's title, the theme with its number, the organisation, or the kind.",
    ),
    _count("items", lambda all_: all_.items, "The number of items, including cancelled and merged ones."),
    columns.decimal(
        "percent",
        lambda row: tenths(row.now.actual),
        "The mean of the items' percents, weighted. An item without a percent counts as 0, see `without_percent`. "
        "Dropped items are left out. Empty if there are no other items.",
        optional=True,
    ),
    columns.decimal(
        "expected_percent",
        lambda row: tenths(row.now.expected),
        "The weighted mean of the progress expected by the dates first agreed.",
        "Expected",
        optional=True,
    ),
    columns.decimal(
        "change_since_last_week",
        lambda row: points_between(row.now.actual, row.before.actual),
        "`percent` minus the percent on the last day of the week before, in points, both as known at the same instant.",
        "Change, points",
        optional=True,
    ),
    _in_phase(Phase.NOT_STARTED, "The items on which no work has been reported yet."),
    _in_phase(Phase.IN_PROGRESS, "The items in progress."),
    _in_phase(Phase.SUSPENDED, "The suspended items."),
    _in_phase(Phase.COMPLETED, "The items reported as completed, confirmed or not."),
    _changed("completed", lambda all_: all_.phases[Phase.COMPLETED]),
    _in_phase(Phase.CANCELLED, "The items reported as cancelled, confirmed or not."),
    _in_phase(Phase.MERGED, "The items reported as merged into another item, confirmed or not."),
    _count(
        "dropped",
        lambda all_: all_.states[State.DROPPED],
        "The items whose cancellation or merger was confirmed. They do not count in averages and are not late.",
    ),
    _changed("dropped", lambda all_: all_.states[State.DROPPED]),
    _rated(Confidence.GREEN),
    _rated(Confidence.AMBER),
    _rated(Confidence.RED),
    _count("unrated", lambda all_: all_.confidences[None], "The items without a rating."),
    _scheduled(Schedule.ON_TRACK, "The items on track by their dates, including completed ones."),
    _scheduled(Schedule.BEHIND, "The items behind schedule."),
    _scheduled(Schedule.OFF_TRACK, "The items off track."),
    _scheduled(
        Schedule.OVERDUE, "The items past their due date that have not ended, or whose ending nobody has confirmed."
    ),
    _changed("overdue", lambda all_: all_.schedules[Schedule.OVERDUE]),
    _count(
        "no_schedule",
        lambda all_: all_.schedules[Schedule.NONE],
        "The suspended and dropped items, which have no schedule.",
    ),
    _fresh(Freshness.REPORTED, "The items that were reported on in this week, also as ended."),
    _changed("reported", lambda all_: all_.freshnesses[Freshness.REPORTED]),
    _fresh(Freshness.DUE, "The items that are due a report for this week.", "Report due"),
    _fresh(Freshness.STALE, "The items without a report for four weeks, or for as long as the plan sets."),
    _fresh(Freshness.NEVER, "The items that are due a report and never had one.", "Never reported"),
    _fresh(
        Freshness.NOT_OWED,
        "The items that need no report, because they were reported as ended before or have not started yet.",
        "No report due",
    ),
    _count(
        "without_percent",
        lambda all_: all_.without_percent,
        "The items in the mean for which nobody has given a percent yet.",
        "Without percent",
    ),
    _count("contradictions", lambda all_: all_.contradictions, "The items rated green while overdue or off track."),
    _count(
        "awaiting_confirmation",
        lambda all_: all_.concerns[Concern.AWAITING],
        "The items reported as completed, cancelled or merged that nobody has confirmed yet.",
    ),
)

TOTALS = Section(
    name="totals",
    title="Totals",
    answers="What is the state of the plan, of each theme, lead organisation and kind of item, and what changed since "
    "last week?",
    columns=COLUMNS,
    rows=_rows,
    key=("by", "key"),
)

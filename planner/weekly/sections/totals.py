"""The section `totals`: one row each for the plan, every theme, every lead organisation and every kind of item."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from planner.domain.rules.figures import points_between, tenths
from planner.domain.rules.rollup import RollUp, roll_up
from planner.domain.vocabulary import Concern, Confidence, Freshness, Phase, Schedule, State
from planner.queries.items.views import ItemView
from planner.queries.plans import PlanView
from planner.queries.weeks.rollups import kind_standings, organisation_standings, theme_standings
from planner.weekly.reading import WeekReading
from planner.weekly.table import Column, ColumnType, Section, Value


class By(StrEnum):
    """The grouping of a total's items."""

    PLAN = "plan"
    THEME = "theme"
    ORGANISATION = "organisation"
    KIND = "kind"


@dataclass(frozen=True)
class Total:
    """A group of items, rolled up at the end of the week and at the end of the week before."""

    by: By
    key: str
    name: str
    now: RollUp
    before: RollUp


def totals_of(plan: PlanView, items: Sequence[ItemView], earlier: Sequence[ItemView]) -> Iterator[Total]:
    """Yield the totals: the plan, its themes in order, the organisations (most items first), the kinds of item."""
    yield Total(By.PLAN, plan.key, plan.title, roll_up(items), roll_up(earlier))
    for theme in theme_standings(plan, items, earlier):
        yield Total(By.THEME, str(theme.theme.number), theme.name, theme.now, theme.before)
    for led in organisation_standings(items, earlier):
        yield Total(By.ORGANISATION, led.organisation.key, led.name, led.now, led.before)
    for kind in kind_standings(items, earlier):
        yield Total(By.KIND, kind.kind.value, kind.name, kind.now, kind.before)


def _rows(reading: WeekReading) -> Iterator[Total]:
    return totals_of(reading.plan, reading.items, reading.earlier)


def _count(name: str, count: Callable[[RollUp], int], description: str) -> Column[Total]:
    title = name.replace("_", " ").capitalize()
    return Column(name, title, ColumnType.WHOLE_NUMBER, lambda row: count(row.now), description, required=True)


def _changed(name: str, count: Callable[[RollUp], int]) -> Column[Total]:
    """Return the column with the change of a count since the week before."""

    def read(row: Total) -> Value:
        return count(row.now) - count(row.before)

    return Column(
        f"{name}_change",
        f"{name.capitalize()} ±",
        ColumnType.WHOLE_NUMBER,
        read,
        f"`{name}` less what it was on the last day of the week before, with the same knowledge.",
        required=True,
    )


def _in_phase(phase: Phase, description: str) -> Column[Total]:
    return _count(phase.value, lambda all_: all_.phases[phase], description)


def _scheduled(schedule: Schedule, description: str) -> Column[Total]:
    return _count(schedule.value, lambda all_: all_.schedules[schedule], description)


def _fresh(freshness: Freshness, description: str) -> Column[Total]:
    return _count(freshness.value, lambda all_: all_.freshnesses[freshness], description)


def _rated(confidence: Confidence) -> Column[Total]:
    return _count(
        confidence.value,
        lambda all_: all_.confidences[confidence],
        f"Those last rated {confidence.value}, ended or not.",
    )


COLUMNS: tuple[Column[Total], ...] = (
    Column(
        "by",
        "By",
        ColumnType.WORD,
        lambda row: row.by,
        "What the items of the row have in common: `plan` (all of them), `theme`, `organisation` (that leads them) or "
        "`kind`. Rows of one word add up to the plan's; never add rows of different words.",
        one_of=tuple(By),
        required=True,
    ),
    Column(
        "key",
        "Key",
        ColumnType.TEXT,
        lambda row: row.key,
        "The plan's key, the theme's number, the organisation's key or the kind: it stays where a name is changed.",
        required=True,
    ),
    Column(
        "name",
        "Name",
        ColumnType.TEXT,
        lambda row: row.name,
        "What it is called: the plan's title, the theme with its number, the organisation, the kind.",
        required=True,
    ),
    _count(
        "items", lambda all_: all_.items, "How many items there are, cancelled and merged ones too: what was promised."
    ),
    Column(
        "percent",
        "Percent",
        ColumnType.DECIMAL,
        lambda row: tenths(row.now.actual),
        "The mean of the items' percents by their weights. What was never reported on counts as 0; items that "
        "were dropped are left out. Empty where no other is there.",
    ),
    Column(
        "expected_percent",
        "Expected",
        ColumnType.DECIMAL,
        lambda row: tenths(row.now.expected),
        "The same mean of how far the items should be by the dates first agreed.",
    ),
    Column(
        "change_since_last_week",
        "Change",
        ColumnType.DECIMAL,
        lambda row: points_between(row.now.actual, row.before.actual),
        "`percent` less that of the last day of the week before, in points and with the same knowledge.",
    ),
    _in_phase(Phase.NOT_STARTED, "Those on which no work was reported yet."),
    _in_phase(Phase.IN_PROGRESS, "Those under way."),
    _in_phase(Phase.SUSPENDED, "Those halted."),
    _in_phase(Phase.COMPLETED, "Those reported as completed, confirmed or not."),
    _changed("completed", lambda all_: all_.phases[Phase.COMPLETED]),
    _in_phase(Phase.CANCELLED, "Those reported as given up, confirmed or not."),
    _in_phase(Phase.MERGED, "Those reported to go on as part of another, confirmed or not."),
    _count(
        "dropped",
        lambda all_: all_.states[State.DROPPED],
        "Those cancelled or merged, as somebody else confirmed: no longer averaged, and no longer late.",
    ),
    _changed("dropped", lambda all_: all_.states[State.DROPPED]),
    _rated(Confidence.GREEN),
    _rated(Confidence.AMBER),
    _rated(Confidence.RED),
    _count("unrated", lambda all_: all_.confidences[None], "Those without a rating."),
    _scheduled(Schedule.ON_TRACK, "Those on track by their dates, completed ones among them."),
    _scheduled(Schedule.BEHIND, "Those behind."),
    _scheduled(Schedule.OFF_TRACK, "Those off track."),
    _scheduled(Schedule.OVERDUE, "Those past their due date that have not ended, or whose ending nobody confirmed."),
    _changed("overdue", lambda all_: all_.schedules[Schedule.OVERDUE]),
    _count(
        "no_schedule",
        lambda all_: all_.schedules[Schedule.NONE],
        "Those suspended or dropped, which have none.",
    ),
    _fresh(Freshness.REPORTED, "Those reported on in this week and still open."),
    _changed("reported", lambda all_: all_.freshnesses[Freshness.REPORTED]),
    _fresh(Freshness.DUE, "Those that owe a report for this week."),
    _fresh(Freshness.STALE, "Those that owe one since four weeks, or what the plan sets."),
    _fresh(Freshness.NEVER, "Those that owe one and never had any."),
    _fresh(Freshness.NOT_OWED, "Those that owe none: reported as ended, or not to start yet."),
    _count("contradictions", lambda all_: all_.contradictions, "Those rated green while overdue or off track."),
    _count(
        "awaiting_confirmation",
        lambda all_: all_.concerns[Concern.AWAITING],
        "Those reported as completed, cancelled or merged, which nobody has confirmed yet.",
    ),
)

TOTALS = Section(
    name="totals",
    title="Totals",
    answers="Where do the plan, each theme, each lead organisation and each kind of item stand, and what changed since "
    "last week?",
    columns=COLUMNS,
    rows=_rows,
    key=("by", "key"),
)

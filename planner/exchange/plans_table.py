"""The plans of a register as a table: one row per plan. The columns are the source of the CSV and of docs/plans.md."""

from collections.abc import Callable

from planner.domain.rules.figures import tenths
from planner.domain.rules.weeks import Week
from planner.domain.vocabulary import COUNTED_STATES, Cadence, Concern, State
from planner.queries.plans.standings import PlanStanding
from planner.tables import columns
from planner.tables.columns import Column
from planner.tables.table import Table

_STATES = {
    State.ON_TRACK: "How many items are on track.",
    State.BEHIND: "How many are behind.",
    State.OFF_TRACK: "How many are off track.",
    State.OVERDUE: "How many are overdue.",
    State.SUSPENDED: "How many are suspended.",
    State.COMPLETED: "How many are completed, and this was confirmed.",
    State.DROPPED: "How many were cancelled or merged, and this was confirmed.",
}


def _in_state(state: State) -> Callable[[PlanStanding], int]:
    return lambda one: one.now.states[state]


def _of_concern(concern: Concern) -> Callable[[PlanStanding], int]:
    return lambda one: one.now.concerns[concern]


COLUMNS: tuple[Column[PlanStanding], ...] = (
    columns.text("plan", lambda one: one.plan.key, "The key of the plan, which commands take."),
    columns.text("title", lambda one: one.plan.title, "The title of the plan."),
    columns.text("organisation", lambda one: one.plan.issuer, "The organisation that runs the plan."),
    columns.whole_number("year", lambda one: one.plan.year, "The year of the plan."),
    columns.day("starts", lambda one: one.plan.starts, "The first day of the plan."),
    columns.day("ends", lambda one: one.plan.ends, "The last day of the plan."),
    columns.word(
        "cadence", lambda one: one.plan.cadence.value, "How often officers report in this plan.", one_of=Cadence
    ),
    columns.day(
        "closed",
        lambda one: one.closing.as_of if one.closing else None,
        "The day on which the plan was closed; empty while it is open. Closed plans come last.",
        optional=True,
    ),
    columns.whole_number("items", lambda one: one.now.items, "How many items the plan has."),
    columns.decimal(
        "percent",
        lambda one: tenths(one.now.actual),
        "The weighted mean of the items' percents; empty if there is none to average.",
        optional=True,
    ),
    columns.decimal(
        "expected_percent",
        lambda one: tenths(one.now.expected),
        "The weighted mean of the percents that were expected by that day.",
        optional=True,
    ),
    columns.decimal(
        "points_since_last_period",
        lambda one: one.moved,
        "By how many points `percent` moved since the end of the reporting period before: of the week before if "
        "officers report weekly.",
        optional=True,
    ),
    *(columns.whole_number(state.value, _in_state(state), _STATES[state]) for state in COUNTED_STATES),
    columns.whole_number(
        "silent", _of_concern(Concern.SILENT), "How many items have a stale report, or no report at all."
    ),
    columns.whole_number(
        "contradictions",
        _of_concern(Concern.CONTRADICTION),
        "How many items are rated green although they are overdue or off track.",
    ),
    columns.whole_number(
        "to_confirm", _of_concern(Concern.AWAITING), "How many reported endings nobody has confirmed yet."
    ),
    columns.whole_number("open_findings", lambda one: one.findings, "How many findings of the plan are open."),
    columns.text("week", lambda one: str(Week.of(one.as_of)), "The reporting week (ISO 8601) of that day."),
    columns.day("as_of", lambda one: one.as_of, "The day everything in the row is as of."),
    columns.word(
        "data",
        lambda one: "simulated" if one.plan.simulated else "register",
        "`simulated` for a demonstration, whose reports are made up; otherwise `register`.",
        one_of=("register", "simulated"),
    ),
)

PLANS = Table(
    name="plans",
    title="Plans",
    answers="Where does each plan stand, and which one needs attention first?",
    columns=COLUMNS,
    key=("plan",),
)

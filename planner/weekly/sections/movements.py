"""The section `movements`: everything that changed since the end of the week before, one row per change."""

from collections.abc import Sequence
from datetime import date

from planner.base.views import value_class
from planner.domain.rules.figures import points_between, tenths
from planner.domain.rules.weeks import local_day
from planner.domain.vocabulary import Asked
from planner.queries.history.date_changes import DateChangeView
from planner.queries.history.item_acts import ItemAct
from planner.queries.history.standing import standing_act, standing_revision
from planner.queries.history.target_acts import TargetAct
from planner.queries.items.columns import WHICH_ITEM
from planner.queries.items.ordering import register_order
from planner.queries.items.views import ItemView
from planner.queries.moves.moves import Aspect, Move, MoveKind, importance, is_worse
from planner.queries.moves.phases_late import PhaseLate
from planner.queries.moves.reasons import reason_in
from planner.queries.moves.told import removal_of
from planner.queries.moves.week import WeekMoves
from planner.queries.weeks.amounts import changes_in_words
from planner.tables import columns
from planner.tables.columns import Column
from planner.weekly.reading import WeekReading, by_id
from planner.weekly.section import ItemFact, Section


@value_class
class Why:
    """The record that explains a movement: its as-of date, the reason given (or None), and who recorded it."""

    on: date
    reason: str | None
    actor: str


@value_class
class Movement(ItemFact):
    """A change of an item since the week before. `why` is None if no record explains it."""

    before: ItemView
    move: Move
    why: Why | None

    @property
    def points(self) -> float | None:
        """The change of the item's percent done, in percentage points, or None for a new item."""
        new = self.move.kind is MoveKind.NEW
        return None if new else points_between(self.item.actual, self.before.actual)


def _rows(reading: WeekReading) -> list[Movement]:
    instance, before = reading.instance, by_id(reading.earlier)
    moves = WeekMoves(reading, instance.week.previous.sunday, instance.span)
    reasons = _Reasons(reading, moves)
    found = [
        Movement(item, reading.instance.frame, before.get(item.id, item), move, reasons.of(item, move))
        for item in reading.items
        for move in moves.of(item, before.get(item.id))
    ]
    return sorted(found, key=_most_important_first)


class _Reasons:
    """The records of a week that explain why items changed."""

    def __init__(self, reading: WeekReading, moves: WeekMoves) -> None:
        week = reading.instance.week
        self._moves = moves
        self._monday = week.monday
        self._time_zone = reading.plan.time_zone

    def of(self, item: ItemView, move: Move) -> Why | None:
        act = self._act(item, move)
        if isinstance(act, DateChangeView):
            return self._moved(act)
        if act is not None:
            return Why(act.as_of, act.reason, act.actor)
        if move.kind is MoveKind.PLAN_CHANGED:
            return None
        if move.aspect is Aspect.ITEM:
            arrival = self._moves.arrived.get(item.id)
            return Why(local_day(arrival.recorded_at, self._time_zone), None, arrival.actor) if arrival else None
        if move.kind is MoveKind.RE_DATED:
            change = self._moves.dates.get((item.id, move.milestone.id if move.milestone else None))
            return self._moved(change) if change else None
        report = item.last if item.last and item.last.as_of >= self._monday else None
        return Why(report.as_of, reason_in(report, move.kind), report.actor) if report else None

    def _moved(self, change: DateChangeView) -> Why:
        return Why(change.as_of, self._moves.reason_of(change), change.actor)

    def _act(self, item: ItemView, move: Move) -> ItemAct | TargetAct | DateChangeView | PhaseLate | None:
        """Return the last act that made this change of the item and was not taken back."""
        if move.kind is MoveKind.RECORDED_LATE and move.field != Aspect.ITEM:
            return next(one.record for one in self._moves.late.of(item) if one.move == move)
        is_new = move.aspect is Aspect.ITEM
        if not is_new and move.kind is not MoveKind.PLAN_CHANGED:
            return None
        if move.indicator is not None:
            return standing_revision(act for act in self._moves.revisions(item.id) if act.number == move.indicator)
        late = self._moves.late.acts(item.id) if is_new else []
        acts = self._moves.acts(item.id) + late
        return standing_act(act for act in acts if act.field in _fields(move))


def _fields(move: Move) -> tuple[str, ...]:
    """Return the fields of the history of an item that tell of a movement."""
    # An item that was added, or came from another one, is new as a whole.
    if move.aspect is Aspect.ITEM:
        return ("added", "split_from", "continues")
    if _gone(move):
        return (removal_of(move.aspect),)
    if move.aspect is Aspect.INDICATOR and move.was is not None:
        return (move.aspect.value, removal_of(move.aspect))
    return (move.aspect.value,)


def _gone(move: Move) -> bool:
    """Whether a milestone was removed from its item, by an act."""
    return move.kind is MoveKind.PLAN_CHANGED and move.milestone is not None and move.now is None


def _most_important_first(row: Movement) -> tuple[object, ...]:
    return (*importance(row.move, row.points or 0.0), register_order(row.item))


def _counted(rows: Sequence[Movement]) -> str:
    """Return how many movements there are, and how many of them are for the worse, each of how many items."""
    worse = changes_in_words([row for row in rows if is_worse(row.move)])
    return f"{changes_in_words(rows)}; for the worse: {worse}"


def _what(row: Movement) -> str:
    if row.move.field is not None:
        return row.move.field
    if row.move.indicator is not None:
        return f"indicator {row.move.indicator}"
    if row.move.milestone is None:
        return row.move.aspect.value
    # The number can be given to another milestone in the same week.
    return f"milestone {row.move.milestone.number}" + (" removed" if _gone(row.move) else "")


def _shown(value: str | date | float | None) -> str | None:
    """Return a state, a date or a percent as text, in the same format as in its own column."""
    if value is None:
        return None
    return str(tenths(value)) if isinstance(value, float) else str(value)


COLUMNS: tuple[Column[Movement], ...] = (
    columns.word(
        "movement",
        lambda row: row.move.kind,
        "`worse` or `better` (schedule or confidence), `fell_back` (less done than before), `re_dated` (a due date or "
        "a milestone's date moved), `plan_changed` (an act changed what was agreed on the item: its theme or lead, a "
        "target and so on), `recorded_late` (such an act, a moved date, or an ending, suspension or return to work was "
        "recorded in the week, but holds from an earlier day, see `on`), `suspended`, `resumed`, `dropped` (reported "
        "as cancelled or merged, confirmed or not), `reopened`, `new` (in the plan from a day of this week on; one "
        "that was added in the week, but from an earlier day on, is `recorded_late`), "
        "`completed` (reported as that), `started`, `met` (a milestone), `progressed`.",
        one_of=MoveKind,
    ),
    *WHICH_ITEM,
    columns.text(
        "what",
        _what,
        "The part of the item that moved: `item`, `phase`, `schedule`, `confidence`, `percent`, `due_date`, `theme`, "
        "`measure`, `lead`, `code`, `title`, `kind`, `weight`, `accountable` (a person), `supporting`, "
        "`measured_by`, `source`, `note`, `start`, `due` (the due date first agreed), `split_into` (the codes of the "
        "new items; they are the old value if the report on the split was returned), or "
        "`indicator` (its target) or `milestone` and its number, for a milestone followed by `removed` if it was. "
        "`indicator` or `target` without a number was added, or removed if its name is the old value. `due_confirmed`, "
        "`milestone_confirmed` and `target_confirmed` are assumed dates that were confirmed, recorded late.",
        "What moved",
    ),
    columns.text(
        "milestone",
        lambda row: row.move.milestone.title if row.move.milestone else None,
        "The milestone's title. Empty where no milestone moved.",
        optional=True,
    ),
    columns.text(
        "from",
        lambda row: _shown(row.move.was),
        "The value on the last day of the week before: a state, a date, a percent, or the value and the day of a "
        "target. Empty if there was no value.",
        "Old value",
        optional=True,
    ),
    columns.text(
        "to", lambda row: _shown(row.move.now), "The value now, in the same form.", "New value", optional=True
    ),
    columns.decimal(
        "points",
        lambda row: row.points,
        "The change of the item's percent in the week, in points, whatever the kind of movement. Empty for a new "
        "item, and for an item that was never reported on.",
        "Points gained",
        optional=True,
    ),
    columns.whole_number(
        "days",
        lambda row: row.move.days,
        "The number of days by which a date was moved; negative if the date is now earlier. Empty for other movements.",
        "Days moved",
        optional=True,
    ),
    columns.word(
        "when_asked",
        lambda row: row.move.asked,
        "For a date that is later now, whether a later date was asked for (`planner extension ask`) `before` it was "
        "over, only `after` it, or `not_asked`. Empty for other movements and for dates that were recorded late.",
        "Asked for",
        one_of=Asked,
        optional=True,
    ),
    columns.text(
        "reason",
        lambda row: row.why.reason if row.why else None,
        "The explanation by the person who recorded the movement. For a moved date, a new item or a change of the "
        "plan, it is the reason given with the value that stands: what came and went again is left out. For an "
        "item that got worse or fell back it is the obstacle in this week's report. For a dropped item it is why "
        "the item was dropped, and into which item it was merged. For a suspended or reopened item it is the "
        "obstacle, or else the work done. For all others it is the work done. Empty if nobody gave an explanation, "
        "or if there is no report, because a schedule can get worse without one.",
        optional=True,
    ),
    columns.day(
        "on",
        lambda row: row.why.on if row.why else None,
        "The as-of date of the moved date or of this week's report; for a new item, the day on which it was added; for "
        "what was recorded late, the day from which it holds: acts of two days are two rows. "
        "Empty if nothing was recorded in the week.",
        "Date",
        optional=True,
    ),
    columns.text(
        "recorded_by",
        lambda row: row.why.actor if row.why else None,
        "The login of the person who recorded the movement.",
        optional=True,
    ),
    columns.word(
        "for_the_worse",
        lambda row: "yes" if is_worse(row.move) else "no",
        "`yes` or `no`: whether the movement is one for the worse. Those are `worse`, `fell_back`, `suspended`, "
        "`dropped` and `reopened`, also if one of the last three was recorded late, and a date that is later now.",
        one_of=("yes", "no"),
    ),
)

MOVEMENTS = Section(
    name="movements",
    title="What moved",
    answers="What moved since the end of the week before, and why? Each movement of an item has its own "
    "row. Movements for the worse come first. Among movements of one kind, the largest comes "
    "first.",
    columns=COLUMNS,
    rows=_rows,
    counted=_counted,
    key=("code", "movement", "what"),
)

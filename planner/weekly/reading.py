"""Read a reporting week: its identity (week, as-of date, known-at instant) and its facts. Each fact is read once."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from planner.base.errors import BadValueError, TooSoonError
from planner.base.language import tr
from planner.base.views import value_class, view
from planner.domain.rules.weeks import Week
from planner.queries.history.anything_recorded import anything_recorded
from planner.queries.history.item_acts import read_acts_since
from planner.queries.history.plan_acts import read_acts_on_plan
from planner.queries.items.register import read_register_on
from planner.queries.items.states import ItemProgress, not_yet_added
from planner.queries.items.views import NO_LINEAGE, ItemLineage, ItemView
from planner.queries.mandates.clauses import read_clause_references
from planner.queries.people.organisations_then import names_then
from planner.queries.plans.item_lineage import read_lineages
from planner.register.plan_view import PlanView, ThemeView
from planner.register.plans import last_recorded, require_known
from planner.register.point import Point
from planner.register.reading import Reading
from planner.tables.frame import Frame
from planner.weekly.part import WHOLE_PLAN, PlanPart


@view
class ItemAndWeekBefore:
    """An item on the file's as-of date and on the last day of the week before.

    `before` holds the item on that last day: only its progress, or all its values. Both days are read as known at the
    same instant. `clauses` names the clauses of the item's measure as mandate:key.
    """

    item: ItemView
    before: ItemView | ItemProgress
    clauses: tuple[str, ...]
    simulated: bool
    lineage: ItemLineage = NO_LINEAGE


def by_id(items: Iterable[ItemView]) -> dict[int, ItemView]:
    """Return items by id, to find an item on another day. The plan may not have had it on that day."""
    return {item.id: item for item in items}


@value_class
class Instance:
    """The identity of a weekly file: the same `week`, `known_at` and `part` always give the same rows.

    `plan` holds the plan's settings as known at that instant.
    """

    plan: PlanView
    week: Week
    as_of: date
    known_at: datetime
    part: PlanPart = WHOLE_PLAN

    @property
    def title(self) -> str:
        """The title of the file: that of the plan, after what the file is about if that is a part of it."""
        return self.part.title(self.plan)

    @property
    def frame(self) -> Frame:
        """The values that are the same in every row of the file."""
        return Frame(self.week, self.as_of, self.plan.simulated)

    @property
    def days(self) -> tuple[date, date]:
        """The as-of date, and the last day of the week before."""
        return self.as_of, self.week.previous.sunday

    @property
    def span(self) -> tuple[datetime, datetime]:
        """The instants at which the week begins and ends in the plan's time zone."""
        return self.week.span(self.plan.time_zone)

    @property
    def point(self) -> Point:
        """The as-of date and known-at instant with which the register is read."""
        return Point(self.as_of, self.known_at)

    @property
    def known_at_local(self) -> str:
        """The known-at instant in the plan's time zone, in the format that commands accept."""
        return self.known_at.astimezone(ZoneInfo(self.plan.time_zone)).isoformat()

    @property
    def known_at_shown(self) -> str:
        """The known-at instant as people read it: to the second. The command that reproduces the file has all of it."""
        return self.plan.second_at(self.known_at)

    @property
    def options(self) -> str:
        """The options that choose the week, the part of the plan, and the instant. Every command of a week has them."""
        themes = [f"--theme {number}" for number in self.part.themes]
        leads = [f"--lead {key}" for key in self.part.leads]
        return " ".join([f"--week {self.week}", *themes, *leads, f"--known-at {self.known_at_local}"])

    def command(self, form: str) -> str:
        """Return the command that reproduces the file in a format. The workbook and the page show it."""
        return f"planner weekly {self.options} --format {form}"


@value_class
class WeekReading(Reading):
    """A reading of the register for a weekly file. Facts that several sections need are read once."""

    instance: Instance

    @classmethod
    def of(cls, session: Session, instance: Instance) -> "WeekReading":
        """Return a reading with the as-of date and known-at instant of a weekly file."""
        return cls(session, instance.plan, instance.point, instance)

    def on_session(self, session: Session) -> "WeekReading":
        """Return a reading of the same week on another session.

        The new reading reuses the items that this reading has already read.
        """
        reading = WeekReading.of(session, self.instance)
        reading.__dict__.update({name: self.__dict__[name] for name in ("rows", "_on_days") if name in self.__dict__})
        return reading

    @cached_property
    def rows(self) -> tuple[ItemAndWeekBefore, ...]:
        """The rows of all items, sorted by item code, with the values that the section `items` shows."""
        return self._rows(self.items, self.earlier)

    def rows_of(self, codes: Sequence[str]) -> tuple[ItemAndWeekBefore, ...]:
        """Return the rows of the items with these codes, sorted by code. Items that were not yet known are left out."""
        return self._rows(*read_register_on(self, self.instance.days, codes, searched=False))

    def as_known(self, instant: datetime) -> "WeekReading":
        """Return a reading of the same week and day, as known at another instant.

        The plan's settings are also read as known at that instant. Raises TooSoonError if nothing was recorded by then,
        and NoDatabaseError or UnknownNameError if the plan was not recorded by then.
        """
        plan = self.at(self.as_of, instant).with_known_plan().plan
        return WeekReading.of(self.session, replace(self.instance, plan=plan, known_at=instant))

    def _rows(self, items: Sequence[ItemView], earlier: Sequence[ItemView]) -> tuple[ItemAndWeekBefore, ...]:
        clauses, before, lineages = read_clause_references(self), by_id(earlier), read_lineages(self)
        return tuple(
            ItemAndWeekBefore(
                item,
                before.get(item.id) or not_yet_added(item.id),
                clauses.get(item.measure or "", ()),
                self.plan.simulated,
                lineages.get(item.id, NO_LINEAGE),
            )
            for item in items
        )

    @cached_property
    def _on_days(self) -> Sequence[list[ItemView]]:
        items, earlier = read_register_on(self, self.instance.days, searched=False)
        part = self.instance.part
        if part.is_whole:
            return items, earlier
        kept = part.of(items)
        ids = {item.id for item in kept}
        # An item that came from another part during the week is compared with itself.
        return kept, [item for item in earlier if item.id in ids]

    @cached_property
    def ids(self) -> frozenset[int]:
        """The ids of the items of the file on its as-of date."""
        return frozenset(item.id for item in self.items)

    @cached_property
    def themes(self) -> tuple[ThemeView, ...]:
        """The themes of the plan; in a file about a part of the plan, those with items of the part."""
        if self.instance.part.is_whole:
            return self.plan.themes
        numbers = {theme for item in self.items for theme in item.all_themes}
        return tuple(theme for theme in self.plan.themes if theme.number in numbers)

    @property
    def items(self) -> list[ItemView]:
        """The items of the file on its as-of date, sorted by code."""
        return self._on_days[0]

    @property
    def earlier(self) -> list[ItemView]:
        """The items of the file on the last day of the week before, sorted by code."""
        return self._on_days[1]

    def has_nothing_to_report(self, *, owed: bool) -> bool:
        """Whether no fact is dated within the week, no act changed the plan, and no report is due.

        `owed` is True if a report is due.
        """
        if owed or anything_recorded(self, self.instance.week.monday):
            return False
        ended = self.instance.week.previous.sunday
        return not read_acts_since(self, ended) and not read_acts_on_plan(self, ended, self.instance.span)


def open_week(reading: Reading, *, now: datetime, week: Week | None = None, part: PlanPart = WHOLE_PLAN) -> WeekReading:
    """Open a reporting week as known at an earlier instant, or as known now if no instant is given.

    The as-of date is the week's Sunday, or the day of the instant if the week was not over then. The default week is
    the week of that day, or of the day on which a plan that is over opens. In a demonstration, no day is later than the
    demonstration's own date. With `part`, everything but the section `plan_changes` is about these items only.

    Raises TooSoonError if the instant is in the future, if nothing was known at it, or if the week begins after it.
    Raises BadValueError if the week ends before the plan begins.
    """
    instant = _instant(reading, now)
    then = reading.at(reading.as_of, instant).with_known_plan()
    today = then.plan.day_at(instant)
    _require_begun(then.plan, today)
    usual = today if reading.known_at is not None else min(today, reading.as_of)
    chosen = _begun_week(week or Week.of(usual), today)
    # docs/decisions/0026: nothing is late before it is.
    as_of = min(chosen.sunday, today)
    if then.plan.span.long_over(today) and chosen == Week.of(then.plan.ends):
        # docs/decisions/0143: the week says the same of the plan as the overview.
        as_of = then.plan.ends
    plan = then.on_day(as_of).with_known_plan().plan
    _require_in_plan(chosen, min(plan.starts, then.plan.starts))
    if part.leads:
        part = part.named(names_then(then.on_day(as_of)))
    return WeekReading.of(reading.session, Instance(plan, chosen, as_of, instant, part))


def _instant(reading: Reading, now: datetime) -> datetime:
    """Return the known-at instant of the file.

    The newest record may be later than this machine's clock, because another machine's clock may be ahead. Such records
    count as known.
    """
    last = last_recorded(reading.session)
    newest = max(now, last or now).astimezone(UTC)
    if reading.known_at is None:
        return _readable(newest, last)
    if reading.known_at > newest:
        raise TooSoonError(
            tr("this instant is in the future, and more may be recorded until then"),
            where="known at",
            do=tr("Give an instant in the past, or leave it out to use the present"),
        )
    require_known(reading.session, reading.plan, reading.known_at)
    return reading.known_at


# docs/decisions/0172: people read and type this instant.
def _readable(newest: datetime, last: datetime | None) -> datetime:
    """Return the second in which an instant is, if the last record is not later. The same is known then."""
    second = newest.replace(microsecond=0)
    return newest if last is not None and last > second else second


def _require_begun(plan: PlanView, today: date) -> None:
    """Raise TooSoonError if a plan has not begun, because it has no reporting week yet."""
    if today < plan.starts:
        raise TooSoonError(
            tr("the plan begins on {day}, so it has no reporting week yet", day=plan.starts),
            where="plan",
            do=tr("Try again from that day on"),
        )


def _begun_week(week: Week, today: date) -> Week:
    if week.monday > today:
        raise TooSoonError(
            tr(
                "{week} begins on {monday}, but the register is read as of {today}",
                week=week,
                monday=week.monday,
                today=today,
            ),
            where="week",
            do=tr("Give {week} or an earlier week", week=Week.of(today)),
        )
    return week


def _require_in_plan(week: Week, starts: date) -> None:
    """Raise BadValueError if a week is over before the first day of the plan, as it was then or as it is now."""
    if week.sunday < starts:
        raise BadValueError(
            tr("{week} ends before the plan begins ({day})", week=week, day=starts),
            where="week",
            do=tr("Give {week} or a later week", week=Week.of(starts)),
        )

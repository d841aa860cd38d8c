"""The argument of every read: an open register, its plan, and the point in time at which it is read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Select
from sqlalchemy.orm import Session

from planner.base.views import value_class
from planner.register.known import Rollback, all_rows, columns_of, rollback_to
from planner.register.later_acts import last_act
from planner.register.plan_view import PlanView
from planner.register.plans import plan_before, require_known
from planner.register.point import Point
from planner.register.raw_rows import named_rows, raw_rows, to_tuples
from planner.store.models import Base

_Row = TypeVar("_Row", bound=Base)
_Form = TypeVar("_Form", bound=NamedTuple)
_Result = TypeVar("_Result")


# docs/decisions/0116: reads take one value, so that none can forget the instant.
@value_class
class Reading:
    """An open read of the register. All reads that share it see the same data."""

    session: Session
    plan: PlanView
    point: Point

    @property
    def today(self) -> date:
        """The day on which the register is read, or the as-of date if somebody chose it."""
        return self.point.current_day or self.point.as_of

    @property
    def as_of(self) -> date:
        """The as-of date of this reading."""
        return self.point.as_of

    @property
    def known_at(self) -> datetime | None:
        """The instant after which recorded facts are left out, or None if all recorded facts are included."""
        return self.point.known_at

    def at(self, as_of: date, known_at: datetime | None = None) -> "Reading":
        """Return this reading at another point in time."""
        return Reading(self.session, self.plan, Point(as_of, known_at))

    def as_known_at(self, instant: datetime) -> "Reading":
        """Return this reading on its day, as known at an instant."""
        return Reading(self.session, self.plan, replace(self.point, known_at=instant))

    def on_day(self, day: date) -> "Reading":
        """Return this reading on another day, as known at the same instant."""
        if day == self.as_of:
            return self
        other = self.at(day, self.known_at)
        # The audit log is read once for all days.
        other.__dict__["_known"] = self._known
        return other

    def on_days(self, days: Iterable[date]) -> "list[Reading]":
        """Return this reading on several days, for a reader that reads all of them now.

        Whether an act changed the plan after a day is read once for all days.
        """
        readings = [self.on_day(day) for day in days]
        for reading in readings:
            reading.__dict__["_last_act"] = self._last_act
        return readings

    def recalling(self, known: Rollback) -> "Reading":
        """Return this reading with the values that rows had at its instant, for a reader who needs only some rows."""
        other = self.at(self.as_of, self.known_at)
        other.__dict__["_known"] = known
        return other

    def once(self, read: "Callable[[Reading], _Result]") -> _Result:
        """Return what a function reads, which is the same for everything that this reading is used for.

        It is read the first time only. So a function is given here that reads what no open write changes meanwhile.
        """
        kept = self.__dict__.setdefault("_kept", {})
        if read not in kept:
            kept[read] = read(self)
        result: _Result = kept[read]
        return result

    @cached_property
    def _known(self) -> Rollback:
        """The values that rows of editable tables had at the instant, if the rows were edited later."""
        return rollback_to(self.session, self.known_at)

    @cached_property
    def _last_act(self) -> date | None:
        """The day from which the latest act on the plan holds, or None."""
        return last_act(self.session, self.known_at)

    @cached_property
    def rollback(self) -> Rollback:
        """The values that rows had at the point in time: as known at the instant, and as the plan was on the day."""
        if self._last_act is None or self._last_act <= self.as_of:
            return self._known
        # Imported only to restore rows.
        from planner.register.plan_changes import rows_before

        return self._known.then(rows_before(self.session, self.point))

    def known_rows(self, model: type[_Row]) -> list[_Row]:
        """Return all rows of a small editable table as they were at the point in time."""
        return self.rollback.rows(list(self.session.execute(all_rows(model)).scalars()))

    def known_records(
        self,
        model: type[Base],
        form: type[_Form],
        statement: Select[Any] | None = None,
        values: Mapping[str, Any] | None = None,
        read: Callable[..., list[_Form]] = named_rows,
    ) -> list[_Form]:
        """Return rows of a table that may be large, as they were at the point in time.

        `statement` selects rows with the columns that `columns_of` selects, and `values` are the values of its
        parameters. Without a statement, the whole table is read. `read` reads the rows: by `rows_in_any_order` if
        they are many and need no order.
        """
        chosen = columns_of(model, form) if statement is None else statement
        if model.__tablename__ not in self.rollback.tables:
            return read(self.session, form, chosen, values)
        records = self.rollback.records(model, form._fields, raw_rows(self.session, chosen, values))
        return to_tuples(form, records)

    def with_known_plan(self) -> "Reading":
        """Return the reading with the plan as it was at the point in time: its values, issuer, themes and kinds.

        Raises TooSoonError if nothing was recorded by the instant, and NoDatabaseError or UnknownNameError if the plan
        was not recorded by then.
        """
        require_known(self.session, self.plan, self.known_at)
        if not self.rollback.before:
            return self
        plan = plan_before(self.session, self.plan.key, self.rollback)
        reading = Reading(self.session, plan, self.point)
        reading.__dict__.update(_known=self._known, rollback=self.rollback)
        return reading

"""What every command needs: the register, the acting person and the current day. Only this module reads the clock."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from planner.base.errors import BadValueError, NotAllowedError
from planner.base.language import tr
from planner.base.visible_text import one_line
from planner.store import location

if TYPE_CHECKING:
    from sqlalchemy import URL

    from planner.cli.typed_dates import TypedDates
    from planner.domain.given_plan import GivenPlan
    from planner.domain.rules.permissions import Permission
    from planner.domain.rules.weeks import Week
    from planner.register.opening import Register
    from planner.register.plan_view import PlanView
    from planner.register.reading import Reading
    from planner.register.writing import Writing
    from planner.store.journal import Actor

PLAN_VARIABLE = "PLANNER_PLAN"


@dataclass
class Context:
    """The context of a command, created once per run and passed to the command as click's object.

    `db` is the value of --db, and `plan` that of --plan. `acting_as` is the value of --as: a person or a role of a
    demonstration. `as_of` and `known_at` are the values of --as-of and --known-at in commands that read the register at
    another point in time; `dated` is whether the command has --as-of. `themes` and `leads` are the values of --theme
    and --lead in commands that write a week about a part of the plan.
    """

    db: str | None = None
    acting_as: str | None = None
    plan: str | None = None
    as_of: str | None = field(default=None, init=False)
    known_at: str | None = field(default=None, init=False)
    themes: tuple[str, ...] = field(default=(), init=False)
    leads: tuple[str, ...] = field(default=(), init=False)
    dated: bool = field(default=False, init=False)
    _acting: str | None = field(default=None, init=False, repr=False)
    _plan_where: str = field(default="plan", init=False, repr=False)
    _plan_read: "GivenPlan | None" = field(default=None, init=False, repr=False)
    _day_said: bool = field(default=False, init=False, repr=False)
    _day_taken: date | None = field(default=None, init=False, repr=False)
    _worked_on: "PlanView | None" = field(default=None, init=False, repr=False)
    _recorded_in: "PlanView | None" = field(default=None, init=False, repr=False)

    @property
    def looks_back(self) -> bool:
        """Whether --as-of or --known-at asks for another point in time than now."""
        return self.as_of is not None or self.known_at is not None

    @property
    def url(self) -> "URL":
        """The address of the register."""
        return location.resolve(self.db)

    @property
    def given_plan(self) -> "GivenPlan | None":
        """The plan that --plan names, or else the environment variable, or None. An empty variable counts as unset.

        Raises BadValueError for an option with an empty value, as `location.chosen_address` does for --db.
        """
        from planner.domain.given_plan import GivenPlan

        if self.plan is None:
            named = os.environ.get(PLAN_VARIABLE)
            return GivenPlan(named, PLAN_VARIABLE) if named else None
        if not self.plan.strip():
            raise BadValueError(tr("no plan was named"), where=self._plan_where, do=tr("See 'planner plans'"))
        return GivenPlan(self.plan, self._plan_where)

    def work_on(self, plan: str, where: str) -> None:
        """Work with a plan that an argument names, whatever --plan says. `where` names the argument in errors.

        What such a command says names the plan itself.
        """
        self.plan, self._plan_where = plan, where

    def which_plan(self) -> str | None:
        """Return a line with the plan that the register was last opened for, or None if the register has no other."""
        plan = self._worked_on
        return tr("Plan: {plan}", plan=_named(plan)) if plan and plan.of_several else None

    def where_recorded(self) -> str | None:
        """Return a sentence with the plan about which this command recorded something.

        Return None if it recorded nothing about a plan, if the register has no other plan, or if an argument named it.
        """
        plan = self._recorded_in
        if plan is None or not plan.of_several or self._plan_where != "plan":
            return None
        return tr("Recorded in {plan}", plan=_named(plan))

    @contextmanager
    def register(self) -> Iterator["Register"]:
        """Open the register as the acting person for the block, and close it afterwards.

        Raises NoDatabaseError, DatabaseStateError or DatabaseUnusableError.
        """
        from planner.register.opening import Register

        register = Register(self.url, login(), self.now, self.acting_as, self.given_plan or self._plan_read)
        register.on_wait = lambda: self._say_waiting(register.address)
        register.open()
        self._acting = register.login
        try:
            yield register
        finally:
            # The command may ask a question before it opens the register again, and another plan may be chosen
            # meanwhile.
            self._plan_read = register.plan
            self._worked_on = register.worked_on or self._worked_on
            self._recorded_in = register.recorded_in or self._recorded_in
            register.close()

    def _say_waiting(self, address: str) -> None:
        from planner.cli.output import print_line

        waits = tr(
            "{address}: another program is writing, so this waits for it. To stop, press ctrl+c.", address=address
        )
        print_line(waits, err=True)

    @contextmanager
    def reading(self) -> Iterator["Reading"]:
        """Open the register for reading, as of the day and as known at the instant that the options give.

        Without --as-of, the register is read as of today, or if the plan is not running, as of the day on which it
        opens. Without --known-at, all recorded facts are included.
        """
        with self.register() as register, register.reading() as reading:
            shown = self._at(reading)
            yield shown
            self._say_day(reading, shown.known_at)

    @contextmanager
    def reading_to_write(self) -> Iterator["Reading"]:
        """Open the register for a reading that prepares a write, as of the day of the write."""
        with self.register() as register, register.reading_to_write() as reading:
            yield reading

    @contextmanager
    def settled_reading(self) -> Iterator[tuple["Reading", datetime]]:
        """Open a reading that includes everything recorded up to an instant. Yield the reading and the instant.

        Output made from this reading can be reproduced later as known at that instant.
        """
        with self.register() as register, register.settled_reading() as (reading, now):
            shown = self._at(reading)
            yield shown, now
            self._say_day(reading, shown.known_at)

    def _at(self, reading: "Reading") -> "Reading":
        if not self.looks_back:
            # Most commands are given neither, and then need not import the reader of typed dates.
            return reading
        typed = self.typed(reading.plan)
        instant = None if self.known_at is None else typed.instant(self.known_at, "--known-at")
        if self.as_of is not None:
            return reading.at(typed.day(self.as_of, "--as-of"), instant).with_known_plan()
        return reading if instant is None else reading.as_known_at(instant).with_known_plan()

    def _say_day(self, reading: "Reading", known_at: datetime | None) -> None:
        """Say as of which day a plan is shown that is not running, or with the records of then, if nobody named it."""
        if not self.dated or self.as_of is not None:
            return
        if reading.as_of != reading.today:
            from planner.register.plan_view import why_not_today

            self._say(why_not_today(reading.plan, reading.as_of))
        elif known_at is not None and reading.plan.day_at(known_at) < reading.as_of:
            self._say_records_of_then(reading.as_of, reading.plan.day_at(known_at))

    def _say_records_of_then(self, day: date, then: date) -> None:
        """Say once that the state is that of today, with what was recorded by a day: it is not that of the day."""
        from planner.cli.output import print_line

        if not self._day_said:
            self._day_said = True
            shown = tr("This is {day}, as recorded by {then}. Give --as-of {then} for that day.", day=day, then=then)
            print_line(shown, err=True)

    def _say(self, reason: str) -> None:
        """Say once why another day than today is taken, and how to take today."""
        from planner.cli.output import print_line

        if self._day_said:
            return
        self._day_said = True
        print_line(tr("{reason} Give --as-of today for today.", reason=reason), err=True)

    @contextmanager
    def writing(self, deed: "Permission | None" = None) -> Iterator["Writing"]:
        """Open the register for a write that the acting person makes at the current instant.

        `deed` is what it is for, where auditors may do that too.
        """
        with self.register() as register, register.writing(deed) as writing:
            yield writing
            if self._day_taken is not None:
                self._say(tr("The plan is long over, so this is recorded as of {day}.", day=self._day_taken))

    @property
    def actor(self) -> "Actor":
        """The acting person: the operating-system login, or in a demonstration the person that --as names.

        Raises NotAllowedError if --as is given and no demonstration has been opened.
        """
        from planner.store.journal import Actor

        if self.acting_as is not None and self._acting is None:
            raise NotAllowedError(
                tr("this command can only be run as yourself"), where="--as", do=tr("Leave the option out")
            )
        return Actor(self._acting or login())

    def now(self) -> datetime:
        """Return the current instant in UTC."""
        # docs/decisions/0103: nothing below the edges reads the clock.
        return datetime.now(UTC)

    def typed(self, plan: "PlanView", day: date | None = None) -> "TypedDates":
        """Return the reader of the dates of a plan that are typed in this run. They count from a day, or from today."""
        from planner.cli.typed_dates import TypedDates

        return TypedDates(day or plan.today(self.now()), plan.time_zone, plan.span)

    def typed_now(self, plan: "PlanView") -> "TypedDates":
        """Return the reader of dates that are not about the time of the plan: they count from today, in its zone."""
        from planner.cli.typed_dates import TypedDates

        return TypedDates(plan.today(self.now()), plan.time_zone)

    def day(self, writing: "Writing", as_of: str | None) -> date:
        """Return the day of a write that --as-of means, or if it is not given, the usual one."""
        if as_of is not None:
            return self.typed(writing.plan).day(as_of, "--as-of")
        # Said when the write is made: an error is about nothing that was recorded.
        self._day_taken = writing.day if writing.day != writing.today else None
        return writing.day

    def week(self, plan: "PlanView", week: str | None) -> "Week | None":
        """Return the week that --week means, or None if it is not given."""
        return self.typed(plan).week(week, "--week") if week is not None else None


def _named(plan: "PlanView") -> str:
    return one_line(f"{plan.key}, {plan.title}")


def login() -> str:
    """Return the operating-system login, or `uid-` and the user's number if the system has no name for the user.

    The variables LOGNAME and USER are ignored, because anybody can set them to the name of another person.
    """
    if sys.platform == "win32":
        import getpass

        return getpass.getuser()
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"uid-{os.getuid()}"

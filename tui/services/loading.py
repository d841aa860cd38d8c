"""Loads the plan and the person, and sets the as-of date."""

import gc
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from planner.domain.vocabulary import Grouping
from tui.data.standing import LARGE, is_large, read_around, read_some_again, read_standing
from tui.routes import new_screen
from tui.services.garbage import collect_garbage_again

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from planner.base.errors import PlannerError
    from planner.queries.people.person_view import PersonView
    from planner.queries.weeks.overview import Overview
    from planner.register.closing import Closing
    from planner.register.reading import Reading
    from tui.data.early_reading import EarlyReading, FirstData
    from tui.loaded import LoadedApp
    from tui.services.awaited import Awaited
    from tui.services.tasks import Tasks

    # The plan, the person, and the number of the log's last event.
    Loaded = tuple[Overview, PersonView | None, int | None]

# The largest number of items that are reloaded individually in a large register. For more items, loading everything is
# as fast.
MOST_READ_AGAIN = 1_000


class Loading:
    """Loads the plan into the app's state.

    `before_showing` are functions that are called with the plan and the person before the screens show them.
    `after_load` are functions that are called after each complete load, and `on_failure` functions that are called with
    the error of a load that failed. `early` is a reading of the plan that was started before the app, or None.
    `recorded` is the number of the last event of the log when the plan was last loaded. It is None during a load.
    """

    def __init__(self, app: "LoadedApp", tasks: "Tasks", awaited: "Awaited") -> None:
        self._app = app
        self._tasks = tasks
        self._awaited = awaited
        self.before_showing: list[Callable[[Overview, PersonView | None], None]] = []
        self.after_load: list[Callable[[Overview], None]] = []
        self.on_failure: list[Callable[[PlannerError], None]] = []
        self.early: EarlyReading | None = None
        self.recorded: int | None = None
        # The same, also while some items are loaded again. It is None while everything is.
        self._shown_up_to: int | None = None
        # The day of a plan that is not running on which it opened.
        self._opened: date | None = None

    def load_first(self) -> None:
        """Load everything for the first time, from the early reading if there is one."""
        if self.early is None:
            self.reload()
        else:
            self._tasks.run(self._app, self.early.take, self._take_early)
            self.early = None

    def _take_early(self, found: "FirstData | None") -> None:
        """Show the data of the early reading. If it has only the first items of a large register, load all items."""
        app = self._app
        if found is None:
            self.reload()
            return
        app.missing = found.missing
        app.door.opened_elsewhere(found.login, found.address, found.standing.plan.key)
        if found.standing.complete:
            self._show((found.standing, found.me, found.recorded))
            # The data is drawn first, because another thread would take turns with the drawing.
            app.call_after_refresh(self._open)
        else:
            self._show_part(found.standing, found.me)
            app.call_after_refresh(self.reload)

    def _show_part(self, standing: "Overview", me: "PersonView | None") -> None:
        """Show the first items of a large register."""
        self._app.me = me
        self._hand_over(standing)
        self._say_opening_day(standing)
        self._awaited.arrived(self)

    def when_loaded(self, opening: Callable[[], None]) -> None:
        """Open a form or a dialog that needs the plan: now, or when it is loaded.

        If the plan could not be loaded, a window says why.
        """
        if self._app.standing is not None:
            opening()
        elif self._app.trouble is not None:
            self._awaited.refuse(self._app.trouble)
        else:
            self._awaited.ask(self, opening)

    def _open(self) -> None:
        """Open the register, so that the first read or write after a key press need not wait for SQLAlchemy."""
        app = self._app

        def open_register() -> "tuple[bool, Closing | None]":
            with app.door.reading() as reading:
                return read_around(reading)

        def opened(around: "tuple[bool, Closing | None]") -> None:
            app.around = around
            collect_garbage_again()

        self._tasks.run(app, open_register, opened, group="opening")

    def reload(self) -> None:
        """Load everything again."""
        app = self._app
        if is_large(app.standing):
            # A garbage collection over millions of new objects would cause a noticeable delay, so it is off while
            # loading.
            gc.disable()
        self.recorded = self._shown_up_to = None
        self._tasks.read(app, self._read, self._loaded, self._failed)

    def _failed(self, error: "PlannerError") -> None:
        """Show on all screens why the plan could not be loaded. Changes of what is shown are looked for again."""
        gc.enable()
        self.recorded = self._shown_up_to
        self._app.trouble = error
        for act in self.on_failure:
            act(error)

    def read_again(self, codes: "Collection[str]") -> None:
        """Reload the items that were just reported on. A small register is reloaded completely."""
        standing, known = self._app.standing, self._shown_up_to
        few = len(codes) <= MOST_READ_AGAIN
        if known is None or standing is None or not (is_large(standing) and standing.complete and few):
            self.reload()
            return
        self.recorded = None
        self._tasks.read(
            self._app, lambda reading: self._read_some(reading, standing, codes, known), self._loaded, self._failed
        )

    def _read_some(self, reading: "Reading", standing: "Overview", codes: "Collection[str]", known: int) -> "Loaded":
        """Reload some items in a worker thread, and those that have events after the event `known`."""
        from planner.queries.history.recorded_since import items_recorded_since, last_event_number

        others = items_recorded_since(reading, known, MOST_READ_AGAIN)
        newer = read_some_again(reading, standing, {*codes, *(others or ())})
        self._prepare(newer)
        # What may have changed all items is not read yet.
        return newer, self._app.me, known if others is None else last_event_number(reading.session)

    def _read(self, reading: "Reading") -> "Loaded":
        """Load the plan in a worker thread. For a large register, pass the part loaded so far to the screens."""
        from planner.queries.history.recorded_since import last_event_number
        from planner.queries.people.people import read_person
        from tui.data.missing import read_missing_for

        app, worker = self._app, get_current_worker()
        # In a demonstration, the login is only known once the register is open.
        before, me = app.standing, read_person(reading.session, app.door.login)

        def show(name: str, value: object) -> None:
            if not worker.is_cancelled:
                app.call_from_thread(setattr, app, name, value)

        def partly(standing: "Overview") -> None:
            # Complete data of the same day is better than newer data that is incomplete.
            newer = before is None or not before.complete or before.as_of != standing.as_of
            if newer and not worker.is_cancelled:
                app.call_from_thread(self._show_part, standing, me)

        def progress(read: int, total: int) -> None:
            if total > LARGE:
                show("reading", (read, total))

        if before is None:
            show("missing", read_missing_for(reading, me))
        standing = read_standing(reading, partly, progress)
        self._prepare(standing)
        show("around", read_around(reading))
        return standing, me, last_event_number(reading.session)

    def _prepare(self, standing: "Overview") -> None:
        """Compute, in a worker thread, what a key press would otherwise have to wait for in a large register."""
        if is_large(standing):
            self._app.filter_index.of(standing)
            for by in Grouping:
                standing.lines(by)

    def _loaded(self, read: "Loaded") -> None:
        collect_garbage_again()
        self._show(read)

    def _show(self, read: "Loaded") -> None:
        app = self._app
        app.trouble = app.reading = None
        standing, app.me, self.recorded = read
        self._shown_up_to = self.recorded
        self._hand_over(standing)
        self._say_opening_day(standing)
        for act in self.after_load:
            act(standing)
        # The keys for themes depend on the loaded plan. There is no screen if the app is closing.
        if app.screen_stack:
            app.screen.refresh_bindings()
        self._awaited.arrived(self)

    def _hand_over(self, standing: "Overview") -> None:
        """Let the screens show the plan. What is called before may open another screen, which then shows it first."""
        for act in self.before_showing:
            act(standing, self._app.me)
        self._app.standing = standing

    def _say_opening_day(self, standing: "Overview") -> None:
        """Show as of which day a plan that is not running opened, or that it is shown as of today instead."""
        app, plan, day = self._app, standing.plan, standing.as_of
        if app.door.as_of is not None:
            return
        if app.door.opens_today:
            app.looking_from = day if self._opened is not None else None
            return
        at_an_end = day in (plan.starts, plan.ends) or day not in plan.span
        self._opened = day if at_an_end and day != app.door.today(plan) else None
        app.looking_from = self._opened

    def choose_as_of(self) -> None:
        """Open the dialog for the as-of date."""
        self.when_loaded(self._choose_as_of)

    def _choose_as_of(self) -> None:
        app, standing = self._app, self._app.standing
        if standing is not None:
            plan = standing.plan
            dialog = new_screen("as_of", seen=standing.as_of, today=app.door.today(plan), span=plan.span)
            app.push_screen(dialog, self._set_as_of)

    def return_to_today(self) -> None:
        """Show the plan as of today, or if it is shown so, as of the day on which it opened."""
        app, standing = self._app, self._app.standing
        if standing is not None:
            self._set_as_of(self._opened if app.door.opens_today and self._opened else app.door.today(standing.plan))

    def _set_as_of(self, day: "date | None") -> None:
        """Set the as-of date, which is today or an earlier day. None or the day that is shown changes nothing."""
        app = self._app
        if app.standing is None or day in (None, app.standing.as_of):
            return
        app.door.opens_today = day == app.door.today(app.standing.plan)
        app.door.as_of = None if app.door.opens_today or day == self._opened else day
        app.looking_from = app.door.as_of
        self.reload()

"""The data that the app has loaded, its as-of date and its person, and whether that person may write."""

import gc
from typing import TYPE_CHECKING

from textual.reactive import reactive
from textual.worker import get_current_worker

from planner.base.errors import NotAllowedError
from planner.domain.rules.permissions import Deed, may, roles_that_may
from tui.asking import AskingApp
from tui.data.door import Door, looking_back
from tui.data.people import read_me
from tui.data.standing import LARGE, Narrowings, is_large, read_some_again, read_standing

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from planner.base.errors import PlannerError
    from planner.queries.people.people import PersonView
    from planner.queries.weeks.overview import Overview

# The largest number of items that are reloaded individually in a large register. For more items, loading everything is
# as fast.
MOST_READ_AGAIN = 1_000


class ReadingApp(AskingApp):
    """An app that loads the plan.

    `standing` is the plan as last loaded, or None before the first load. `me` is the person, or None for a user who is
    not in the register and can only read. `looking_from` is the as-of date, or None for today. While a large register
    is loaded, `reading` has the number of items loaded so far and the total.
    """

    standing: reactive["Overview | None"] = reactive(None)
    looking_from: reactive["date | None"] = reactive(None)
    reading: reactive[tuple[int, int] | None] = reactive(None)

    def __init__(self, door: Door) -> None:
        super().__init__()
        self.door = door
        self.me: PersonView | None = None
        self.narrowings = Narrowings()

    def action_reload(self) -> None:
        """Load everything again."""
        if is_large(self.standing):
            # A garbage collection over millions of new objects would cause a noticeable delay, so it is off while
            # loading.
            gc.disable()
        self.ask(self, self._read, self._arrived)

    def read_again(self, codes: "Collection[str]") -> None:
        """Reload the items that were just reported on. A small register is reloaded completely."""
        standing = self.standing
        if standing is None or not is_large(standing) or not standing.complete or len(codes) > MOST_READ_AGAIN:
            self.action_reload()
            return

        def work() -> "tuple[Overview, PersonView | None]":
            newer = read_some_again(self.door, standing, codes)
            self.narrowings.of(newer)
            return newer, self.me

        self.ask(self, work, self._arrived)

    def _read(self) -> "tuple[Overview, PersonView | None]":
        """Load the plan in a thread. For a large register, pass the part loaded so far to the screens."""
        worker, before, me = get_current_worker(), self.standing, read_me(self.door)

        def tell(name: str, value: object) -> None:
            if not worker.is_cancelled:
                self.call_from_thread(setattr, self, name, value)

        def partly(standing: "Overview") -> None:
            # Complete data of the same day is better than newer data that is incomplete.
            if before is None or not before.complete or before.as_of != standing.as_of:
                tell("me", me)
                tell("standing", standing)

        def progress(read: int, total: int) -> None:
            if total > LARGE:
                tell("reading", (read, total))

        standing = read_standing(self.door, partly, progress)
        if is_large(standing):
            self.narrowings.of(standing)
        return standing, me

    def _arrived(self, read: "tuple[Overview, PersonView | None]") -> None:
        if not gc.isenabled():
            # The loaded data stays until the next load, so a garbage collection need not examine it.
            # docs/decisions/0106: a search through a whole register would hold up keys.
            gc.freeze()
            gc.enable()
        self.trouble = self.reading = None
        standing, self.me = read
        self.standing = standing
        self.arrived()
        # The keys for themes depend on the loaded plan. There is no screen if the app is closing.
        if self.screen_stack:
            self.screen.refresh_bindings()

    def arrived(self) -> None:
        """Update whatever depends on the loaded data. Called after each complete load; subclasses extend it."""

    def may_write(self, deed: Deed | None = None) -> bool:
        """Return whether this person may write, or perform the given action. If not, show the reason.

        This is called before a form opens. Permissions that depend on the owner of an item are checked by the core.
        """
        why = self._why_not(deed)
        if why is not None:
            self.notify(why.message, severity="warning", markup=False)
        return why is None

    def _why_not(self, deed: Deed | None) -> "PlannerError | None":
        """Return the error with which the core would reject every write by this person, or None."""
        if self.door.as_of is not None:
            return looking_back(self.door.as_of)
        if self.standing is None:
            return None
        me = self.me
        if me is None:
            what = f"'{self.door.actor_name}' is no person of this register, and can only read"
            return NotAllowedError(what, do="'planner whoami' says more")
        if not any(may(me.role, deed, theirs=True) for deed in Deed):
            return NotAllowedError(f"{me.login} is here as {me.role.value}, and only reads")
        if deed is not None and not may(me.role, deed, theirs=False):
            roles = " or ".join(role.value for role in roles_that_may(deed))
            return NotAllowedError(
                f"{me.login} is here as {me.role.value}, and may not {deed.words}", do=f"Ask: {roles}"
            )
        return None

    def action_as_of(self) -> None:
        """Open the dialog for the as-of date."""
        from tui.dialogs.as_of import AsOfDialog, Days

        if self.standing is not None:
            plan = self.standing.plan
            days = Days(seen=self.standing.as_of, today=self.door.today(plan), first=plan.starts)
            self.push_screen(AsOfDialog(days), self._look_from)

    def action_as_of_today(self) -> None:
        """Return to today's view."""
        if self.standing is not None:
            self._look_from(self.door.today(self.standing.plan))

    def _look_from(self, day: "date | None") -> None:
        """Set the as-of date, which is today or an earlier day. None changes nothing."""
        if day is None or self.standing is None:
            return
        self.door.as_of = None if day == self.door.today(self.standing.plan) else day
        self.looking_from = self.door.as_of
        self.action_reload()

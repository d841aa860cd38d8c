"""What the app has read: the plan, from which day, for whom; and so whether anything may be written."""

import gc
from typing import TYPE_CHECKING

from textual.reactive import reactive
from textual.worker import get_current_worker

from planner.errors import NotAllowedError
from planner.rules.permissions import Deed, may, roles_that_may
from tui.asking import AskingApp
from tui.data.door import Door, looking_back
from tui.data.people import read_me
from tui.data.standing import LARGE, Narrowings, is_large, read_some_again, read_standing

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from planner.errors import PlannerError
    from planner.queries.overview import Overview
    from planner.queries.people import PersonView

# Of a large register up to so many items are read again by themselves; beyond, reading all takes no longer.
MOST_READ_AGAIN = 1_000


class ReadingApp(AskingApp):
    """`standing` is the plan as last read (None until it is there), `me` the person, None for one who only reads.

    `looking_from` is the day the app looks from, None for today. `reading` is, while a large register is read, how many
    items have been read and of how many.
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
        """Read everything again."""
        if is_large(self.standing):
            # Looking for garbage among millions of new objects meanwhile would be felt.
            gc.disable()
        self.ask(self, self._read, self._arrived)

    def read_again(self, codes: "Collection[str]") -> None:
        """Read some items again that were just reported on; of a register that is not large, everything."""
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
        """Read in a thread; of a large register the screens are given meanwhile what has been read so far."""
        worker, before, me = get_current_worker(), self.standing, read_me(self.door)

        def tell(name: str, value: object) -> None:
            if not worker.is_cancelled:
                self.call_from_thread(setattr, self, name, value)

        def partly(standing: "Overview") -> None:
            # What is complete and of the same day is better than a part of what is newer.
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
            # What was read stays until it is read again; a collection need not look through all of it.
            gc.freeze()
            gc.enable()
        self.trouble = self.reading = None
        standing, self.me = read
        self.standing = standing
        self.arrived()
        # Which digits choose a theme is known only now; the app may be closing, with no screen left.
        if self.screen_stack:
            self.screen.refresh_bindings()

    def arrived(self) -> None:
        """Do what is to be done whenever everything has been read."""

    def may_write(self, deed: Deed | None = None) -> bool:
        """Whether this person may write now, a deed if one is named. Where not, it says why: asked before a form opens.

        What is done on items depends on whose they are, and is asked of the core.
        """
        why = self._why_not(deed)
        if why is not None:
            self.notify(why.message, severity="warning", markup=False)
        return why is None

    def _why_not(self, deed: Deed | None) -> "PlannerError | None":
        """What the core would answer to any write, known without asking it."""
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
        """Ask for the day to look from."""
        from tui.screens.as_of import AsOfDialog, Days

        if self.standing is not None:
            plan = self.standing.plan
            days = Days(seen=self.standing.as_of, today=self.door.today(plan), first=plan.starts)
            self.push_screen(AsOfDialog(days), self._look_from)

    def action_as_of_today(self) -> None:
        """Back to today."""
        if self.standing is not None:
            self._look_from(self.door.today(self.standing.plan))

    def _look_from(self, day: "date | None") -> None:
        """Look from a day, today or an earlier one; None changes nothing."""
        if day is None or self.standing is None:
            return
        self.door.as_of = None if day == self.door.today(self.standing.plan) else day
        self.looking_from = self.door.as_of
        self.action_reload()

"""The app as a test sits before it: keys are pressed, and what is on the screen is read as text."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Hashable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from threading import Thread
from typing import Any
from unittest.mock import patch

from textual.app import ScreenStackError
from textual.css.model import RuleSet
from textual.css.query import NoMatches
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import WorkerCancelled

from planner.personal.settings import PersonalSettings
from planner.personal.state import StateFolder
from tests.tui.textual_internals import (
    WAITS_FOR_IDLE,
    Compositor,
    draw,
    drawn_lines,
    has_work,
    notifications,
    parsed_again,
    press_keys,
    skip_drawing,
    variables,
    waits,
)
from tui.app import PlannerApp
from tui.data import Door
from tui.data.early_reading import EarlyReading
from tui.dialogs.refused import RefusedDialog
from tui.styling import Memory
from tui.widgets.foot import Foot
from tui.widgets.table import Table

TODAY = date(2020, 9, 18)
NOW = datetime(2020, 9, 18, 6, 0, tzinfo=UTC)
NARROW = (80, 24)
WIDE = (160, 50)

# A minute is far more than anything here takes: it ends a test that would otherwise wait for ever.
PATIENCE = 60

# Seconds from a key to the next.
A_MOMENT = 0.002

# Seconds from a look to the next, at most, while something is waited for.
LONGEST_MOMENT = 0.02

# The app is settled after this many turns in which nothing was under way: a timer may start something between two.
QUIET_TURNS = 2


@dataclass
class Desk:
    """A running app."""

    app: PlannerApp
    pilot: Pilot[Any]

    # What the screen showed, until the app gets its turn again.
    _seen: list[str] | None = None

    async def settle(self) -> None:
        """Wait until everything asked for has been read and drawn."""
        quiet = 0
        async with asyncio.timeout(PATIENCE):
            while quiet < QUIET_TURNS:
                await self._turn()
                quiet = 0 if self._busy else quiet + 1

    async def _turn(self) -> None:
        """Let what is under way go on, and have the screen draw what has changed."""
        if len(self.app.workers):
            # A question whose place a newer one has taken is cancelled, and its end is no answer.
            with suppress(WorkerCancelled):
                await self.app.workers.wait_for_complete()
        await self.app.animator.wait_until_complete()
        await asyncio.sleep(A_MOMENT)
        # What is still on its way would change the screen again.
        if self._messages_done:
            self._draw()

    def _draw(self) -> None:
        with suppress(ScreenStackError):
            draw(self.app.screen)

    @property
    def _messages_done(self) -> bool:
        """Whether the app and all widgets of the screen wait for their next message."""
        return all(waits(node) for node in (self.app, *_nodes(self.app.screen)))

    @property
    def _busy(self) -> bool:
        """Whether a question, a key, a message or another size is still under way."""
        app = self.app
        return len(app.workers) > 0 or app.keys_under_way or not self._messages_done or has_work(app)

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until something is so. What cannot be looked at yet, between two screens, is not so yet."""

        def is_so() -> object:
            with suppress(AssertionError, LookupError, NoMatches):
                return condition()
            return False

        moment = A_MOMENT
        try:
            async with asyncio.timeout(PATIENCE):
                while not is_so():
                    await asyncio.sleep(moment)
                    self._draw()
                    # To look costs more than to wait.
                    moment = min(moment * 1.5, LONGEST_MOMENT)
        except TimeoutError:
            raise AssertionError(f"not so after {PATIENCE} s:\n{self.text}\nnotices: {self.notices}") from None

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other, each when the one before has had its effect."""
        for key in keys:
            await press_keys(self.app, [key])
            await self.settle()

    async def type(self, text: str) -> None:
        """Type a text."""
        await press_keys(self.app, text)
        await self.settle()

    @property
    def focus(self) -> str | None:
        """The id of the widget that has the focus."""
        return self.app.focused.id if self.app.focused else None

    @property
    def table(self) -> Table[Any]:
        """The table of the register."""
        return self.app.screen.query_one("#items", Table)

    @property
    def code(self) -> str:
        """The code of the item under the register's cursor."""
        row = self.table.row
        assert row is not None
        return str(row.code)

    @property
    def lines(self) -> list[str]:
        """The screen, line by line. It is drawn once for all looks at it between two turns of the app."""
        if self._seen is None:
            self._seen = drawn_lines(self.app)
            asyncio.get_running_loop().call_soon(self._forget)
        return self._seen

    def _forget(self) -> None:
        self._seen = None

    @property
    def text(self) -> str:
        """The screen."""
        return "\n".join(self.lines)

    @property
    def foot(self) -> str:
        """The line with the keys of the screen or window in front."""
        return self.lines[self.app.screen.query_one(Foot).region.y]

    @property
    def words(self) -> str:
        """The screen as running text, for what may be broken over lines."""
        return " ".join(self.text.split())

    @property
    def notices(self) -> str:
        """What the app has said in passing and still shows at the edge of the screen, whatever it covers of it."""
        return " ".join(notifications(self.app))

    @property
    def refusal(self) -> str:
        """Why a form that was asked for does not open, as the window on the screen says it, or nothing."""
        screen = self.app.screen
        return screen.error.note if isinstance(screen, RefusedDialog) else ""

    async def dismiss_notices(self) -> None:
        """Take away what the app has said in passing: it covers a part of the screen for some seconds."""
        self.app.clear_notifications()
        await self.settle()

    def line(self, words: str) -> str:
        """The one line that has some words."""
        found = [line for line in self.lines if words in line]
        assert len(found) == 1, f"{len(found)} lines have {words!r}:\n{self.text}"
        return found[0]


# Those that the running test made.
_doors: list[Door] = []


def door_to(url: object, today: date = TODAY, login: str = "ada", acting_as: str | None = None) -> Door:
    """A door to a database, on a fixed day. The end of the test closes it."""
    address = str(url).removeprefix("sqlite:///")
    return closed_at_the_end(Door(address, login, lambda: datetime.combine(today, NOW.timetz()), acting_as))


def closed_at_the_end(door: Door) -> Door:
    """A door that the end of the running test closes."""
    _doors.append(door)
    return door


def close_doors() -> None:
    """Close every door that a test made; Python 3.13 warns of connections that nobody closed."""
    while _doors:
        _doors.pop().close()


@asynccontextmanager
async def desk(
    door: Door,
    size: tuple[int, int] = NARROW,
    *,
    settings: PersonalSettings | None = None,
    state: StateFolder | None = None,
    early: EarlyReading | None = None,
    tour: bool = False,
    tells_missing: bool = False,
) -> AsyncIterator[Desk]:
    """Run the app until the plan is read and drawn, or until it says why it cannot.

    Most tests begin on Overview as an administrator, so `tells_missing` is off.
    """
    with _unhurried():
        app = PlannerApp(door, settings, state)
        app.loading.early = early
        app.home.tells_missing = tells_missing
        if tour:
            app.tour.wanted = True
        async with as_run_does(), app.run_test(size=size, notifications=True) as pilot:
            seat = Desk(app, pilot)
            await seat.until(lambda: app.standing or app.trouble)
            await seat.settle()
            yield seat
    # The file is whole from here on. Where the test failed before, `close_doors` closes it.
    door.close()


@asynccontextmanager
async def as_run_does() -> AsyncIterator[None]:
    """Do for an app what `App.run` does and `App.run_test` does not.

    New tasks start at once where Python can do this. When the app has ended, wait for its threads: a database that is
    closed while a thread reads keeps that connection open.
    """
    loop, threads = asyncio.get_running_loop(), ThreadPoolExecutor()
    loop.set_default_executor(threads)
    if sys.version_info >= (3, 12):
        loop.set_task_factory(asyncio.eager_task_factory)
    yield
    end = Thread(target=threads.shutdown)
    end.start()
    while end.is_alive():
        await asyncio.sleep(A_MOMENT)


@contextmanager
def _unhurried() -> Iterator[None]:
    """Let Textual neither wait for an idle process after each key nor draw what no terminal shows.

    The desk looks itself whether anything is under way, and has the screen drawn when it looks at it. All apps of a
    test process share the rules that they parse and the styles that they find by them. However long a busy machine
    takes, keys are held for a form that opens, and a notice stays until the test has read it.
    """
    with (
        patch(WAITS_FOR_IDLE[0], _a_moment),
        patch(WAITS_FOR_IDLE[1], _a_moment),
        patch.object(Compositor, "render_update", _drawn_when_looked_at),
        patch.object(Stylesheet, "_parse_rules", _parsed_once),
        patch("tui.styling.Memory", lambda: _styles_found),
        patch("tui.typeahead.LONGEST_HOLD", PATIENCE),
        patch.object(PlannerApp, "NOTIFICATION_TIMEOUT", PATIENCE),
    ):
        yield


def _drawn_when_looked_at(
    self: Compositor, full: bool = False, screen_stack: list[Screen[Any]] | None = None, simplify: bool = False
) -> None:
    skip_drawing(self)


_parsed: dict[Hashable, list[RuleSet]] = {}
_styles_found = Memory()


def _parsed_once(self: Stylesheet, css: str, *place: Any, **more: Any) -> list[RuleSet]:
    key = (css, place, tuple(more.items()), tuple(variables(self).items()))
    if key not in _parsed:
        _parsed[key] = parsed_again(self, css, *place, **more)
    return _parsed[key]


async def _a_moment(*_: float) -> None:
    """A moment from key to key, so that they follow each other as somebody types them, and not all in one go."""
    await asyncio.sleep(A_MOMENT)


def _nodes(screen: Screen[Any]) -> list[Widget]:
    return [widget for widget in screen.walk_children(Widget, with_self=True) if widget.is_running]

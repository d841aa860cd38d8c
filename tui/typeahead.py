"""Handles keys strictly one after the other, even if several arrive at once.

Textual sends each key to the widget that has the focus when the key arrives. On a slow connection whole words arrive at
once. After the "/" of "/quay", the search field does not have the focus yet, so "quay" would go to the list, where q
quits. Here each key waits until everything that the previous key triggered is done.
"""

from collections import deque
from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import App

if TYPE_CHECKING:
    from textual.driver import Driver
    from textual.message_pump import MessagePump

# Seconds after which the app checks an unfinished key again, because a callback may be lost with a removed widget. Each
# further wait is twice as long.
FIRST_WAIT = 0.5

# The longest of these waits. After it, the next key is handled in any case.
LONGEST_WAIT = 4.0

# Seconds for which keys are held back at most while a form is opened or saved. A database that does not respond must
# not block them longer.
LONGEST_HOLD = 3.0


class TypeAheadApp(App[None], inherit_bindings=False):
    """An app that handles its keys in order."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: deque[tuple[float, events.Key]] = deque()
        # The time at which the key being handled, or handled last, arrived.
        self.key_arrived = 0.0
        self._under_way = False
        self._turn = 0
        self._held = False
        self._holds = 0
        # Called with each key before the widget that has the focus gets it, which it may change.
        self.before_key: Callable[[str], None] | None = None

    @property
    def keys_under_way(self) -> bool:
        """Return whether a key is being handled or waits to be handled."""
        return self._under_way or self._held or bool(self._waiting)

    def get_driver_class(self) -> "type[Driver]":
        """Return the class of the terminal's driver. Textual's LinuxDriver is replaced by PromptDriver."""
        driver = super().get_driver_class()
        if driver.__name__ != "LinuxDriver":
            return driver
        from tui.driver import PromptDriver

        return PromptDriver

    async def on_event(self, event: events.Event) -> None:
        """Queue a key, and handle it if no other key is being handled. Pass on all other events."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            # docs/decisions/0092: the key before it may change the focus.
            self._waiting.append((monotonic(), event))
            if not self._under_way and not self._held:
                await self._hand_on()
        else:
            await super().on_event(event)

    def comes_early(self, key: str) -> bool:
        """Return whether a key must wait because the screen that it is meant for is not there yet."""
        return False

    async def _hand_on(self) -> None:
        if self.comes_early(self._waiting[0][1].key):
            self.hold_keys()
            return
        if self.before_key is not None:
            self.before_key(self._waiting[0][1].key)
        self._under_way = True
        self._turn += 1
        turn = self._turn
        start = self.focused or self.screen
        self.key_arrived, key = self._waiting.popleft()
        await super().on_event(key)
        self._climb(start, lambda: self._handled(turn))
        self._follow_later(turn, FIRST_WAIT)

    def _climb(self, node: "MessagePump | None", then: Callable[[], Any]) -> None:
        """Call `then` when all messages on their way from a widget up to the app have been handled."""
        if node is None or node is self or not node.call_later(self._climb, node._parent, then):
            self.call_later(then)

    def _handled(self, turn: int) -> None:
        """After the action of a key has run, wait for the screen and the focus that the action changes."""
        if self.screen.is_mounted:
            self._climb(self.focused or self.screen, lambda: self._next(turn))
        else:
            self.call_after_refresh(self._handled, turn)

    def _follow_later(self, turn: int, wait: float) -> None:
        """Make sure that the next key is handled even if the callback for this one is lost."""
        self.set_timer(wait, lambda: self._follow_again(turn, wait))

    async def _follow_again(self, turn: int, wait: float) -> None:
        """Wait again for an unfinished key, now starting at the widget that has the focus."""
        if not self._under_way or turn != self._turn or not self.screen_stack:
            return
        if wait >= LONGEST_WAIT:
            await self._next(turn)
        else:
            # docs/decisions/0092: on a busy machine a screen may take seconds to open.
            self._climb(self.focused or self.screen, lambda: self._handled(turn))
            self._follow_later(turn, 2 * wait)

    async def _next(self, turn: int) -> None:
        if self._under_way and turn == self._turn:
            self._under_way = False
            if self._waiting and not self._held:
                await self._hand_on()
            elif not self._held:
                self.keys_done()

    def keys_done(self) -> None:
        """Note that all keys that came so far have been handled."""

    def hold_keys(self, otherwise: Callable[[], None] | None = None) -> None:
        """Hold keys back while a form is being opened, because they are meant for that form.

        If it takes too long, `otherwise` is called, and the keys are released.
        """
        # docs/decisions/0092: what is typed ahead is meant for the screen that comes.
        self._held = True
        self._holds += 1
        hold = self._holds
        self.set_timer(LONGEST_HOLD, lambda: self._end_hold(hold, otherwise))

    def _end_hold(self, hold: int, otherwise: Callable[[], None] | None) -> None:
        if self._held and hold == self._holds:
            if otherwise is not None:
                otherwise()
            self.release_keys()

    def go_on(self, opening: Callable[[], None]) -> None:
        """Do what keys are held for. They are released after it, unless it holds them itself for what it opens."""
        holds = self._holds
        opening()
        if holds == self._holds:
            self.release_keys()

    def release_keys(self) -> None:
        """Handle the keys that were held back, after the new screen has the focus."""
        if self._held:
            self._held = False
            self._under_way = True
            self._turn += 1
            turn = self._turn
            self._handled(turn)
            self._follow_later(turn, FIRST_WAIT)

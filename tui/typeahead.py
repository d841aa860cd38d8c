"""Keys are handled one after the other, also when several arrive at once.

Textual hands each key to the widget that has the focus when the key arrives. Over a slow line whole words arrive at
once: of "/quay" the letters would still go to the list, where q quits, because the search that "/" opens has not got
the focus yet. Here a key waits until all that the key before has set off is done.
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

# Should a widget be taken away with our call back still unread in its queue, the next key is handed on after this many
# seconds all the same.
LONGEST_WAIT = 0.5

# While a form is being opened or saved, keys wait for it; a database that keeps silent for so many seconds does not
# hold them longer.
LONGEST_HOLD = 3.0


class TypeAheadApp(App[None], inherit_bindings=False):
    """An app that takes its keys in order."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: deque[tuple[float, events.Key]] = deque()
        # When the key arrived that is handled, or was handled last.
        self.key_arrived = 0.0
        self._under_way = False
        self._turn = 0
        self._held = False
        self._holds = 0

    @property
    def keys_under_way(self) -> bool:
        """Whether a key is being handled, or one waits its turn."""
        return self._under_way or self._held or bool(self._waiting)

    def get_driver_class(self) -> "type[Driver]":
        """The terminal's driver; where that is Textual's own for POSIX, the one with a prompt escape key."""
        driver = super().get_driver_class()
        if driver.__name__ != "LinuxDriver":
            return driver
        from tui.driver import PromptDriver

        return PromptDriver

    async def on_event(self, event: events.Event) -> None:
        """Hand a key on, or let it wait its turn; other events go their way."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            self._waiting.append((monotonic(), event))
            if not self._under_way and not self._held:
                await self._hand_on()
        else:
            await super().on_event(event)

    async def _hand_on(self) -> None:
        self._under_way = True
        self._turn += 1
        turn = self._turn
        start = self.focused or self.screen
        self.key_arrived, key = self._waiting.popleft()
        await super().on_event(key)
        self.set_timer(LONGEST_WAIT, lambda: self._next(turn))
        self._climb(start, lambda: self._handled(turn))

    def _climb(self, node: "MessagePump | None", then: Callable[[], Any]) -> None:
        """Call back behind everything that is on its way from a widget up to the app."""
        if node is None or node is self or not node.call_later(self._climb, node._parent, then):
            self.call_later(then)

    def _handled(self, turn: int) -> None:
        """The key was handled: its action has run. Wait for the screen and the focus that it brought."""
        if self.screen.is_mounted:
            self._climb(self.focused or self.screen, lambda: self._next(turn))
        else:
            self.call_after_refresh(self._handled, turn)

    async def _next(self, turn: int) -> None:
        if self._under_way and turn == self._turn:
            self._under_way = False
            if self._waiting and not self._held:
                await self._hand_on()

    def hold_keys(self) -> None:
        """Let keys wait for what is on its way: they are meant for the form that is not there yet."""
        self._held = True
        self._holds += 1
        hold = self._holds
        self.set_timer(LONGEST_HOLD, lambda: self.release_keys() if hold == self._holds else None)

    def release_keys(self) -> None:
        """Hand on the keys that waited, once the screen and the focus are there."""
        if self._held:
            self._held = False
            self._under_way = True
            self._turn += 1
            turn = self._turn
            self.set_timer(LONGEST_WAIT, lambda: self._next(turn))
            self._handled(turn)

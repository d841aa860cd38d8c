"""The bottom line of a screen. It shows as many keys as fit; the help screen (?) lists all of them."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from textual import events
from textual.binding import ActiveBinding
from textual.content import Content
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget

from planner.base.language import tr_later

if TYPE_CHECKING:
    from tui.loaded import LoadedApp

# The keys that are kept the longest if there is little room, the most important first: they list all keys, open the
# command palette, and leave.
LASTING = ("app.help", "app.palette", "screen.back", "dialog.leave", "app.quit")

GAP = "  "


@dataclass(frozen=True)
class ShownKey:
    """A key in the line: the id of its binding, the key to press, the key as displayed (`called`), and its label."""

    id: str
    key: str
    called: str
    word: str

    @property
    def content(self) -> Content:
        """Return the text of the key and its label. A click on the text presses the key."""
        drawn = Content.assemble((self.called, "bold $footer-key-foreground"), " ", (self.word, ""))
        return drawn.stylize(Style.from_meta({"key": self.key}))


def fitting(shown: Sequence[ShownKey], width: int, lasting: Sequence[str] = LASTING) -> list[ShownKey]:
    """Return the keys that fit into a width, in their order.

    Keys outside `lasting` are the first to be left out, and then those at its end.
    """
    kept: set[str] = set()
    room = width
    rank = {name: place for place, name in enumerate(lasting)}
    for one in sorted(shown, key=lambda one: rank.get(one.id, len(rank))):
        needed = one.content.cell_length + (len(GAP) if kept else 0)
        if needed <= room:
            kept.add(one.id)
            room -= needed
    return [one for one in shown if one.id in kept]


class Foot(Widget):
    """The bottom line. It changes with the bindings of its screen, and has no key that the person may not use.

    `offered` returns the ids of keys that the screen shows at present, also if they are hidden elsewhere, and keeps if
    there is little room. `works` tells of the id of a key whether the key can do something at present.
    """

    def __init__(
        self, offered: Callable[[], Collection[str]] = tuple, works: Callable[[str], bool] = lambda _: True
    ) -> None:
        super().__init__()
        self._offered = offered
        self._works = works

    def on_mount(self) -> None:
        """Subscribe to changes of the screen's bindings."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, _screen: Screen[object]) -> None:
        self.refresh()

    def render(self) -> Content:
        """Draw the keys that fit."""
        offered = self._offered()
        shown = list(self._shown(self.screen.active_bindings.values(), offered))
        shown = fitting(shown, self.content_size.width, (*LASTING, *offered))
        return Content(GAP).join([one.content for one in shown])

    def _shown(self, active: Iterable[ActiveBinding], offered: Collection[str]) -> Iterable[ShownKey]:
        seen: set[str] = set()
        may_use = cast("LoadedApp", self.app).offers_key
        for _, binding, enabled, _ in active:
            name = binding.id or binding.action
            wanted = (binding.show or name in offered) and enabled and name not in seen
            if wanted and may_use(name) and self._works(name):
                seen.add(name)
                yield ShownKey(name, binding.key, self.app.get_key_display(binding), tr_later(binding.description))

    async def on_click(self, event: events.Click) -> None:
        """Act as if the key that is shown under the mouse pointer had been pressed."""
        key = event.style.meta.get("key")
        if key is not None:
            event.stop()
            self.app.simulate_key(key)

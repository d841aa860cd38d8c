"""The bottom line: the keys that matter here. It shows as many as have room; ? lists all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual import events
from textual.binding import ActiveBinding
from textual.content import Content
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget

from planner.base.language import tr_later

# What stands there always, however little room there is: how to leave, how to see all keys, how to find the rest.
LASTING = ("app.quit", "app.help", "app.palette", "screen.back", "dialog.leave")

GAP = "  "


@dataclass(frozen=True)
class Shown:
    """A key in the line: its binding's id, the key as it is pressed, as it is shown, and its word."""

    id: str
    key: str
    called: str
    word: str

    @property
    def content(self) -> Content:
        """The key and its word; a click presses the key."""
        drawn = Content.assemble((self.called, "bold $footer-key-foreground"), " ", (self.word, ""))
        return drawn.stylize(Style.from_meta({"key": self.key}))


def fitting(shown: Sequence[Shown], width: int) -> list[Shown]:
    """As many as have room, in their order; those that last are kept before others."""
    kept: set[str] = set()
    room = width
    for one in sorted(shown, key=lambda one: one.id not in LASTING):
        needed = one.content.cell_length + (len(GAP) if kept else 0)
        if needed <= room:
            kept.add(one.id)
            room -= needed
    return [one for one in shown if one.id in kept]


class Foot(Widget):
    """Follows the bindings of its screen."""

    def on_mount(self) -> None:
        """Follow the screen."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, _screen: Screen[object]) -> None:
        self.refresh()

    def render(self) -> Content:
        """The line."""
        shown = fitting(list(self._shown(self.screen.active_bindings.values())), self.content_size.width)
        return Content(GAP).join([one.content for one in shown])

    def _shown(self, active: Iterable[ActiveBinding]) -> Iterable[Shown]:
        seen: set[str] = set()
        for _, binding, enabled, _ in active:
            name = binding.id or binding.action
            if binding.show and enabled and name not in seen:
                seen.add(name)
                yield Shown(name, binding.key, self.app.get_key_display(binding), tr_later(binding.description))

    async def on_click(self, event: events.Click) -> None:
        """Press the key under the pointer."""
        key = event.style.meta.get("key")
        if key is not None:
            event.stop()
            self.app.simulate_key(key)

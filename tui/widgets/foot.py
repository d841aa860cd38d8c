"""The bottom lines of a screen: its keys, and below them the letters that lead to the main screens.

They show as many keys as fit; the help screen (?) lists all of them.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar, cast

from textual import events
from textual.binding import ActiveBinding
from textual.content import Content
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget

from planner.base.language import tr_later
from planner.base.views import value_class

if TYPE_CHECKING:
    from tui.loaded import LoadedApp

# The keys that are kept the longest if there is little room, the most important first: they list all keys, open the
# command palette, and leave.
LASTING = ("app.help", "dialog.help", "app.palette", "screen.back", "dialog.leave", "app.quit")

GAP = "  "

# How the ids of the keys begin that lead to the main screens, and the name of these keys together.
GO, SCREENS = "go.", "go"

# The lasting keys of a low terminal, on which the letters of the main screens stand in the same line.
LASTING_WITH_LETTERS = ("app.help", "app.palette", SCREENS, "screen.back")


class Shown(Protocol):
    """A part of the line."""

    @property
    def id(self) -> str:
        """Return the id of the binding, or the name of several keys."""

    @property
    def content(self) -> Content:
        """Return the text."""


_Shown = TypeVar("_Shown", bound=Shown)


@value_class
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


@value_class
class ShownLetters:
    """The letters that lead to the main screens, without their labels, where there is no room for them."""

    keys: tuple[ShownKey, ...]
    id: str = SCREENS

    @property
    def content(self) -> Content:
        """Return the letters. A click on one of them presses the key."""
        styled = [(Content.styled(one.called, "bold $footer-key-foreground"), one.key) for one in self.keys]
        return Content(" ").join([text.stylize(Style.from_meta({"key": key})) for text, key in styled])


def fitting(shown: Sequence[_Shown], width: int, lasting: Sequence[str] = LASTING) -> list[_Shown]:
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


def lasting_of(keys: Sequence[ShownKey]) -> tuple[str, ...]:
    """Return the lasting ones of some keys. Where one can go back, the key that quits gives way to the screen's own."""
    back = any(one.id in ("screen.back", "dialog.leave") for one in keys)
    return tuple(name for name in LASTING if not (back and name == "app.quit"))


def _in_line(shown: "Iterable[Shown]") -> Content:
    return Content(GAP).join([one.content for one in shown])


class Foot(Widget):
    """The bottom lines. They change with the bindings of the screen, and have no key that the person may not use.

    `offered` returns the ids of keys that the screen shows at present, also if they are hidden elsewhere, and keeps if
    there is little room. `works` tells of the id of a key whether the key can do something at present. The second line
    has the letters that lead to the main screens. It is empty in a window. In a low terminal, the letters stand in the
    first line. With `alone`, for forms, there are none.
    """

    def __init__(
        self,
        offered: Callable[[], Collection[str]] = tuple,
        works: Callable[[str], bool] = lambda _: True,
        *,
        alone: bool = False,
    ) -> None:
        super().__init__(classes="-alone" if alone else None)
        self._offered = offered
        self._works = works

    def on_mount(self) -> None:
        """Subscribe to changes of the screen's bindings."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, _screen: Screen[object]) -> None:
        self.refresh()

    def render(self) -> Content:
        """Draw the keys that fit."""
        active, offered, width = list(self.screen.active_bindings.values()), self._offered(), self.content_size.width
        keys: list[ShownKey] = list(self._shown(active, offered))
        letters = ShownLetters(tuple(self._letters(active)))
        if self.content_size.height == 1 and letters.keys:
            lines = [_in_line(fitting([*keys, letters], width, (*LASTING_WITH_LETTERS, *offered)))]
        else:
            named = _in_line(letters.keys)
            lines = [
                _in_line(fitting(keys, width, (*lasting_of(keys), *offered))),
                named if named.cell_length <= width else letters.content,
            ]
        return Content("\n").join(lines[: self.content_size.height])

    def _letters(self, active: Sequence[ActiveBinding]) -> Iterable[ShownKey]:
        leading = [one.binding.id or "" for one in active if (one.binding.id or "").startswith(GO)]
        return (one for one in self._shown(active, leading) if one.id in leading)

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

"""The handlers of a message are those that Textual itself finds."""

from collections.abc import Iterator

import pytest
from textual import events, on
from textual.message import Message
from textual.message_pump import MessagePump
from textual.widget import Widget
from textual.widgets import Button, Input, OptionList, Select
from textual.widgets.option_list import Option

from tui.app import PlannerApp
from tui.data import Door
from tui.message_handlers import _dispatch_methods, _search

MESSAGES: tuple[Message, ...] = (
    events.Mount(),
    events.Compose(),
    events.Idle(),
    events.Blur(),
    events.Key("a", "a"),
    events.Click(None, 0, 0, 0, 0, 1, False, False, False),
    Button.Pressed(Button("x")),
    Input.Changed(Input(), ""),
    OptionList.OptionHighlighted(OptionList("x"), Option("x"), 0),
)


def every_kind(kind: type[Widget] = Widget) -> Iterator[type[Widget]]:
    """A kind of widget, and those that derive from it."""
    yield kind
    for derived in kind.__subclasses__():
        yield from every_kind(derived)


def test_every_widget_has_the_handlers_that_textual_finds_for_it() -> None:
    kinds = set(every_kind())
    assert len([kind for kind in kinds if kind.__module__.startswith("tui.")]) > 10
    found = 0
    for kind in kinds:
        # A widget that was never set up has all of its methods.
        widget = kind.__new__(kind)
        for message in MESSAGES:
            theirs = list(_search(widget, message.handler_name, message))
            assert list(_dispatch_methods(widget, message.handler_name, message)) == theirs
            found += len(theirs)
    assert found > len(kinds)


class Decorated(Select[str]):
    @on(events.Blur)
    def left(self) -> None: ...


def test_a_decorated_method_is_found() -> None:
    widget = Decorated([("a", "a")])
    names = [method.__name__ for _, method in _dispatch_methods(widget, "on_blur", events.Blur())]
    assert names == ["left", "_on_blur"]


def test_a_handler_can_prevent_those_of_the_classes_above() -> None:
    class Above(Widget):
        def on_blur(self, event: Message) -> None: ...

    class Below(Above):
        def on_blur(self, event: Message) -> None: ...

    event = events.Blur()
    handlers = iter(_dispatch_methods(Below(), "on_blur", event))
    assert next(handlers)[0] is Below
    event.prevent_default()
    assert list(handlers) == []


def test_the_app_finds_them_so(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MessagePump, "_get_dispatch_methods", _search)
    PlannerApp(door)
    assert MessagePump._get_dispatch_methods is _dispatch_methods

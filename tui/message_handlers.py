"""Finds the methods that handle a message without searching all classes of a widget each time.

Textual searches each class that a widget derives from, ten or so, for every message that every widget receives. The
classes do not change while the app runs, so here the search is done once for each kind of widget and of message.
"""

from collections.abc import Awaitable, Callable, Iterable, Iterator
from functools import cache
from typing import Any

from textual.message import Message
from textual.message_pump import MessagePump

_Handler = Callable[[Message], Awaitable[Any]]

_search = MessagePump._get_dispatch_methods


def search_handlers_once() -> None:
    """Make Textual take the handlers of messages from here, in every app of this process."""
    # docs/decisions/0125: a search took 7 to 18 µs, and there are hundreds for a screen.
    MessagePump._get_dispatch_methods = _dispatch_methods  # type: ignore[method-assign]


def _dispatch_methods(self: MessagePump, method_name: str, message: Message) -> Iterable[tuple[type, _Handler]]:
    """Return the methods that handle a message, each with its class, as Textual's own function does."""
    kinds: tuple[Any, Any] = type(self), type(message)
    found = _handlers(method_name, *kinds)
    return _search(self, method_name, message) if found is None else _bound(self, message, found)


def _bound(self: MessagePump, message: Message, found: tuple[tuple[type, Any], ...]) -> Iterator[tuple[type, _Handler]]:
    for owner, method in found:
        # One handler can prevent those of the classes above.
        if message._no_default_action:
            break
        yield owner, method.__get__(self, owner)


@cache
def _handlers(method_name: str, kind: type, message: type[Message]) -> tuple[tuple[type, Any], ...] | None:
    """Return the methods of a class and those above it that have the name.

    Return None if a method handles the message by Textual's decorator, because its selectors are matched each time.
    """
    if any(issubclass(message, decorated) for owner in kind.__mro__ for decorated in _decorated(owner)):
        return None
    found = []
    for owner in kind.__mro__:
        method = owner.__dict__.get(f"_{method_name}") or owner.__dict__.get(method_name)
        if method is not None and not getattr(method, "_textual_on", None):
            found.append((owner, method))
    return tuple(found)


def _decorated(owner: type) -> Iterable[type[Message]]:
    return owner.__dict__.get("_decorated_handlers") or ()

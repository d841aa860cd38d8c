"""The number of a callback's parameters is the one that Textual itself counts."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

import pytest

from tui import callback_parameters
from tui.callback_parameters import _count, _count_once


class Pump:
    """Something with callbacks of every kind."""

    def plain(self, first: int, second: int = 0) -> None: ...

    def open(*values: object) -> None: ...

    @classmethod
    def of_class(cls, first: int) -> None: ...

    @staticmethod
    def static(first: int) -> None: ...

    @wraps(plain)
    def wrapped(self, *values: object) -> None: ...

    def __call__(self, first: int, *, second: int = 0) -> None: ...


CALLBACKS: dict[str, Callable[..., Any]] = {
    "a lambda": lambda first, *rest: None,
    "a method": Pump().plain,
    "its function": Pump.plain,
    "a method of any number": Pump().open,
    "its function too": Pump.open,
    "a method of the class": Pump.of_class,
    "a static method": Pump.static,
    "a wrapped method": Pump().wrapped,
    "an object": Pump(),
    "a class": Pump,
    "a partial": partial(Pump().plain, 1),
    "one of C": setattr,
}


@pytest.mark.parametrize("name", CALLBACKS)
def test_it_is_the_number_that_textual_counts_each_time(name: str) -> None:
    callback = CALLBACKS[name]
    assert [_count_once(callback) for _ in range(2)] == [_count(callback)] * 2


def test_callbacks_of_one_function_are_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[Callable[..., Any]] = []

    def noted(callback: Callable[..., Any]) -> int:
        counted.append(callback)
        return _count(callback)

    monkeypatch.setattr(callback_parameters, "_count", noted)
    monkeypatch.setattr(callback_parameters, "_counted", {})
    callbacks: list[Callable[..., Any]] = [*(Pump().plain for _ in range(3)), *((lambda: None) for _ in range(3))]
    assert [_count_once(callback) for callback in callbacks] == [2, 2, 2, 0, 0, 0]
    assert counted == [callbacks[0], callbacks[3]]

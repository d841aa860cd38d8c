"""Whether the private parts of Textual that the tests use still exist."""

import inspect
from importlib import import_module

import pytest
from textual.app import App
from textual.message_pump import MessagePump

from tests.tui.textual_internals import PARTS, WAITS_FOR_IDLE


@pytest.mark.parametrize(("owner", "name"), [(owner, name) for owner, names in PARTS.items() for name in names])
def test_a_private_part_is_still_there(owner: type, name: str) -> None:
    """Attributes that are set only for an object are looked for in the source of the class and its bases."""
    sources = (inspect.getsource(one) for one in owner.__mro__ if one.__module__.startswith("textual"))
    assert hasattr(owner, name) or any(f"self.{name}" in source for source in sources)


@pytest.mark.parametrize("path", WAITS_FOR_IDLE)
def test_a_replaced_function_is_still_there(path: str) -> None:
    module, _, name = path.rpartition(".")
    assert callable(getattr(import_module(module), name))


def test_a_part_that_is_gone_is_found() -> None:
    sources = (inspect.getsource(one) for one in App.__mro__ if one.__module__.startswith("textual"))
    assert not any("self._press_no_keys" in source for source in sources)
    assert not hasattr(MessagePump, "_press_no_keys")

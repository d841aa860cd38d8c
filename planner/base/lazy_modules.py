"""Modules that SQLAlchemy imports but a command hardly ever uses."""

import importlib
import sys
from types import ModuleType
from typing import Any

# Together with what they import (`ssl`, `email` and others), they take a fifth of the time of importing SQLAlchemy.
# It uses them for asynchronous drivers, for drivers of other packages, and when a statement is interrupted.
RARELY_USED = ("asyncio", "importlib.metadata", "sqlalchemy.dialects.sqlite.aiosqlite")


def load_on_first_use() -> None:
    """Delay loading the rarely used modules from their import to their first use."""
    for name in RARELY_USED:
        if name not in sys.modules:
            sys.modules[name] = _placeholder(name)


# `importlib.util.LazyLoader` does not help: up to Python 3.11, an import statement already counts as the first use.
def _placeholder(name: str) -> ModuleType:
    """Return a substitute module that loads the real module when one of its attributes is first used."""
    placeholder = ModuleType(name)

    def load(attribute: str) -> Any:
        if sys.modules.get(name) is placeholder:
            del sys.modules[name]
        return getattr(importlib.import_module(name), attribute)

    attributes: dict[str, Any] = vars(placeholder)
    attributes["__getattr__"] = load
    if name == "asyncio":
        # SQLAlchemy copies this function when it is imported.
        attributes["iscoroutine"] = lambda value: load("iscoroutine")(value)
    package, _, own_name = name.rpartition(".")
    if package in sys.modules:
        setattr(sys.modules[package], own_name, placeholder)
    return placeholder

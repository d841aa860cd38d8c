"""Modules that other packages import but the program hardly ever uses."""

import importlib
import sys
from collections.abc import Callable, Mapping
from types import MappingProxyType, ModuleType
from typing import Any

# Together with what they import (`ssl`, `email` and others), they take a fifth of the time of importing SQLAlchemy.
# It uses them for asynchronous drivers, for drivers of other packages, and when a statement is interrupted. Beside each
# is the function that SQLAlchemy copies when it is imported, or an empty text.
RARELY_USED = {"asyncio": "iscoroutine", "importlib.metadata": "", "sqlalchemy.dialects.sqlite.aiosqlite": ""}

# Python asks for the modules of a package each time that something is imported from it. Only of this one, others import
# single modules.
PACKAGE = "asyncio"


def load_on_first_use(modules: Mapping[str, str] = MappingProxyType(RARELY_USED)) -> None:
    """Delay loading modules from their import to their first use. Modules that are loaded already stay as they are.

    `modules` has for each module the function that whoever imports it copies at once, or an empty text.
    """
    for name, copied in modules.items():
        if name not in sys.modules:
            sys.modules[name] = _placeholder(name, copied)


# `importlib.util.LazyLoader` does not help: up to Python 3.11, an import statement already counts as the first use.
def _placeholder(name: str, copied: str) -> ModuleType:
    """Return a substitute module that loads the real module when one of its attributes is first used."""
    placeholder = ModuleType(name)

    def load(attribute: str) -> Any:
        if attribute == "__path__" and name != PACKAGE:
            raise AttributeError(attribute)
        if sys.modules.get(name) is placeholder:
            del sys.modules[name]
        return getattr(importlib.import_module(name), attribute)

    attributes: dict[str, Any] = vars(placeholder)
    attributes["__getattr__"] = load
    if copied:
        attributes[copied] = _function(load, copied)
    package, _, own_name = name.rpartition(".")
    if package in sys.modules:
        setattr(sys.modules[package], own_name, placeholder)
    return placeholder


def _function(load: Callable[[str], Any], name: str) -> Callable[..., Any]:
    """Return a function that loads the real one when it is called."""
    return lambda *values: load(name)(*values)

"""Compiled statements shared by all databases of a test process.

Each test has databases of its own, and so engines of its own, each of which would compile every statement anew: a
quarter of what the tests of the core would take. What is compiled depends on the kind of the database alone.
"""

from collections.abc import Hashable
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.engine import Dialect
from sqlalchemy.util import LRUCache

# More than all tests of a process compile.
CAPACITY = 10_000


class _OfAllEngines(LRUCache[Any, Any]):
    """A cache in which the dialects of two engines of one kind count as the same."""

    def get(self, key: Hashable, default: Any = None) -> Any:
        """What was compiled for the key, by whichever engine."""
        return super().get(_named(key), default)

    def __setitem__(self, key: Hashable, compiled: Any) -> None:
        super().__setitem__(_named(key), compiled)


def _named(key: Any) -> Any:
    """A key of an engine's cache with its dialect's name in the place of the dialect."""
    dialect, *rest = key
    return (dialect.name, *rest) if isinstance(dialect, Dialect) else key


_compiled = _OfAllEngines(CAPACITY)
_init = Engine.__init__


def share_compiled() -> None:
    """Have every engine that is made from now on use one cache."""

    def init(engine: Engine, *arguments: Any, **more: Any) -> None:
        _init(engine, *arguments, **more)
        engine._compiled_cache = _compiled

    Engine.__init__ = init  # type: ignore[assignment, method-assign]

"""Compiled statements shared by all databases of a test process.

Each test has databases of its own, and so engines of its own, each of which would compile every statement again: a
quarter of what the tests of the core would take. What is compiled depends on the kind of the database alone.
"""

from collections.abc import Hashable
from typing import Any
from unittest.mock import patch

from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Mapper

from planner.store import database


class _OfAllEngines(dict[Hashable, Any]):
    """A cache in which the dialects of two engines of one kind count as the same."""

    def get(self, key: Hashable, default: Any = None) -> Any:
        """Return what was compiled for the key, by whichever engine."""
        return super().get(_named(key), default)

    def __setitem__(self, key: Hashable, compiled: Any) -> None:
        super().__setitem__(_named(key), compiled)


def _named(key: Any) -> Hashable:
    """Return a key with the dialect's name instead of the dialect.

    SQLAlchemy does not document its keys. tests/store/test_compiled_once.py fails if they no longer begin like this.
    """
    dialect, *rest = key
    return (dialect.name, *rest) if isinstance(dialect, Dialect) else key


COMPILED = _OfAllEngines()


def share_compiled() -> None:
    """Have every engine that the program makes from now on use one cache, and every mapped class too.

    A mapped class has a cache of its own for the statements that store its objects.
    """

    def sharing(*arguments: Any, **more: Any) -> Engine:
        return create_engine(*arguments, execution_options={"compiled_cache": COMPILED}, **more)

    patch.object(database, "create_engine", sharing).start()
    patch.object(Mapper, "_compiled_cache", COMPILED).start()

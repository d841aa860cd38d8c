"""Mapping a class when rows of it are first read or written as objects, and not when it is defined.

Most statements of a command read columns, and for these the table is enough. Making the table is half of the work, and
mapping the class with its attributes is the other half. A class that is only defined beside one that is used needs
neither.
"""

from collections.abc import Callable
from threading import RLock
from typing import TYPE_CHECKING, Any

from sqlalchemy import inspection
from sqlalchemy.orm import ColumnProperty
from sqlalchemy.orm.decl_api import DeclarativeAttributeIntercept
from sqlalchemy.orm.decl_base import _DeferredDeclarativeConfig
from sqlalchemy.sql.base import WriteableColumnCollection

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.sql.base import ReadOnlyColumnCollection

    Columns = ReadOnlyColumnCollection[str, ColumnElement[Any]]

# What SQLAlchemy has still to do: read the definition of a class and make its table, and then map the class.
_undeclared: dict[type, Callable[[], None]] = {}
_unmapped: dict[type, "Columns | None"] = {}

# Held while a class is changed, so that no other thread sees it half changed.
_lock = RLock()


# docs/decisions/0164: once a class is mapped, its metaclass is SQLAlchemy's own.
class MappedOnUse(DeclarativeAttributeIntercept):
    """The metaclass of classes that are not mapped yet. It maps a class as soon as more than its columns is needed."""

    # For type checkers, the attributes are those of the mapped class.
    if not TYPE_CHECKING:

        def __getattribute__(self, name: str) -> Any:
            """Return a column of the table, or what the mapped class has by this name."""
            if name.startswith("_") and name not in ("__table__", "__mapper__"):
                return type.__getattribute__(self, name)
            with _lock:
                if self not in _unmapped:
                    return type.__getattribute__(self, name)
                columns = columns_of(self)
                if name in columns:
                    return columns[name]
                if name == "__table__":
                    return type.__getattribute__(self, name)
                _map(self)
            return getattr(self, name)

        def __call__(self, *values: Any, **named: Any) -> Any:
            """Map the class, and make a row of it."""
            _map(self)
            return self(*values, **named)


def map_on_use(model: type, declare: Callable[[], None]) -> None:
    """Note a new class, with the function that lets SQLAlchemy read its definition and make its table."""
    _undeclared[model] = declare
    _unmapped[model] = None


def make_tables() -> None:
    """Make the tables of all classes that were defined so far."""
    with _lock:
        for model in list(_undeclared):
            _declare(model)


def columns_of(model: Any) -> "Columns":
    """Return what can be read of a class by name, without mapping it: the columns of its table, and expressions."""
    with _lock:
        if model not in _unmapped:
            mapped: Columns = model.__mapper__.columns
            return mapped
        _declare(model)
        columns = _unmapped[model]
        if columns is None:
            columns = _unmapped[model] = _columns(model.__dict__)
        return columns


def _columns(members: Any) -> Any:
    """Return the columns of a table together with the expressions that the class has beside them."""
    columns = members["__table__"].columns
    others = [(name, it.columns[0]) for name, it in members.items() if isinstance(it, ColumnProperty)]
    return WriteableColumnCollection([*columns.items(), *others]).as_readonly() if others else columns


def _declare(model: type) -> None:
    """Let SQLAlchemy read the definition of a class and make its table, unless it did."""
    declare = _undeclared.pop(model, None)
    if declare is not None:
        # SQLAlchemy has to see the attributes as they were written.
        del _unmapped[model]
        declare()
        _unmapped[model] = None


@inspection._inspects(MappedOnUse)
def _map(model: Any) -> Any:
    """Map a class, unless it is mapped, and return its mapper. SQLAlchemy calls this wherever it is given the class."""
    with _lock:
        if model in _unmapped:
            _declare(model)
            del _unmapped[model]
            _DeferredDeclarativeConfig.config_for_cls(model).map()
            model.__class__ = DeclarativeAttributeIntercept
    return model.__dict__.get("__mapper__")

"""Decorators for dataclasses whose fields never change. Such a class takes less time to define than a frozen dataclass.

For an ordinary dataclass, Python generates and compiles every method. Here it compiles only `__init__`, and all classes
share the other methods. A short command defines about forty such classes, each in a sixth of the time.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

_Class = TypeVar("_Class")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def value_class(cls: type[_Class]) -> type[_Class]:
    """Make a class a dataclass whose fields never change after its values are made.

    mypy rejects a later assignment to a field. Nothing prevents it at run time.
    """
    return dataclass(repr=False, eq=False)(_with_methods(cls))


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def view(cls: type[_Class]) -> type[_Class]:
    """Make a class a value class with slots. This is for classes of which one read makes very many values.

    Making a value of a frozen dataclass would take five times as long.
    """
    return dataclass(slots=True, repr=False, eq=False)(_with_methods(cls))


def _with_methods(cls: type[_Class]) -> type[_Class]:
    """Give a class the shared methods that it does not define itself."""
    for name, method in (("__repr__", _shown), ("__eq__", _equal), ("__hash__", _hashed)):
        if name not in vars(cls):
            setattr(cls, name, method)
    return cls


@cache
def _compared(cls: type[Any]) -> Callable[[Any], Any]:
    """Return a function that takes a value of the class and returns the fields by which it is compared."""
    return attrgetter(*(one.name for one in fields(cls) if one.compare))


def _equal(self: Any, other: Any) -> Any:
    """Return whether two values of the same class have equal fields."""
    if other.__class__ is not self.__class__:
        return NotImplemented
    compared = _compared(self.__class__)
    return compared(self) == compared(other)


def _hashed(self: Any) -> int:
    """Return the hash of the fields by which a value is compared."""
    compared = _compared(self.__class__)
    return hash(compared(self))


def _shown(self: Any) -> str:
    """Return the class of a value and its fields, for a developer."""
    shown = ", ".join(f"{one.name}={getattr(self, one.name)!r}" for one in fields(self) if one.repr)
    return f"{type(self).__qualname__}({shown})"

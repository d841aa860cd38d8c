"""Classes of values that reads make by the hundred thousand."""

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

_Class = TypeVar("_Class")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def view(cls: type[_Class]) -> type[_Class]:
    """Make a class a dataclass with slots whose fields are not assigned again.

    mypy rejects such an assignment. Nothing checks it at run time, because a frozen dataclass takes five times as long
    to make.
    """
    return dataclass(slots=True, unsafe_hash=True)(cls)

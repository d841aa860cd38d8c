"""Counts the parameters of a callback once for each function, and not for each callback.

Textual hands a callback as many values as it has parameters. It keeps their number with the callback, but most are
made for one call: a lambda, a function inside a method, or a partial of a method.
"""

from collections.abc import Callable
from types import CodeType, FunctionType
from typing import Any

from textual import _callback

# The attributes by which a function has other parameters than its code.
_OTHER_PARAMETERS = ("__signature__", "__wrapped__")

_count = _callback._count_parameters

# The number of parameters by the code of a function, and by whether the callback is the function or a method of it.
_counted: dict[tuple[CodeType, bool], int] = {}


def count_parameters_once() -> None:
    """Make Textual take the number of a callback's parameters from here, in every app of this process."""
    # docs/decisions/0148: each key takes a dozen callbacks that were made for it.
    _callback._count_parameters = _count_once  # type: ignore[assignment]


def _count_once(callback: Callable[..., Any]) -> int:
    """Return the number of parameters of a callback, as Textual's own function does."""
    function = getattr(callback, "__func__", callback)
    if not isinstance(function, FunctionType) or not function.__dict__.keys().isdisjoint(_OTHER_PARAMETERS):
        return _count(callback)
    key = (function.__code__, function is callback)
    if key not in _counted:
        _counted[key] = _count(callback)
    return _counted[key]

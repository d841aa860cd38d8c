"""Pausing the garbage collector while an import makes very many objects that all stay, and giving memory back."""

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collection_paused() -> Iterator[None]:
    """Collect no garbage in this block. Looking through a million new objects again and again doubles the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def give_back_memory() -> None:
    """Give memory back to the system that a library has freed, where the C library can do so.

    The reader of workbooks leaves 40 MB of a large one, which Python's own objects never use again.
    """
    try:
        trim = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):
        # Only the C library of GNU has it.
        return
    trim(0)

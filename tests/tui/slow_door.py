"""A register whose data takes as long as a test wants."""

import threading

from tui.data import Door


class SlowDoor(Door):
    """A door that opens only when it is told to."""

    def __init__(self, inner: Door) -> None:
        self.__dict__.update(inner.__dict__)
        self._inner = inner
        self.opened = threading.Event()

    def reading(self, now=None):
        self.opened.wait()
        return self._inner.reading(now)

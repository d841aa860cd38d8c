"""The callback with which long tasks report their progress."""

from typing import Protocol


class OnProgress(Protocol):
    """A callback that reports progress. It takes the name of a step and how far to advance the progress."""

    def __call__(self, name: str, by: int = 1) -> None: ...  # noqa: D102

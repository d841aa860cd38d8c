"""How long work tells how far it is."""

from typing import Protocol


class Step(Protocol):
    """What is told how far something is: what was done or is looked at, and how many steps or rows that were."""

    def __call__(self, name: str, by: int = 1) -> None: ...  # noqa: D102

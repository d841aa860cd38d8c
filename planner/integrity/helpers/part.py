"""What can be checked by itself: a part of the log, or some rows of a table."""

from typing import Protocol, TypeVar

from sqlalchemy.orm import Session

Found = TypeVar("Found", covariant=True)


class Part(Protocol[Found]):
    """A part of a verification. It is sent to another process, so it holds values only."""

    @property
    def name(self) -> str:
        """What the part belongs to, for the progress."""

    @property
    def events(self) -> int:
        """About how many events are checked."""

    def check(self, session: Session) -> Found | None:
        """Check the part. Return what was found, or None if anything is wrong or cannot be read."""

"""The entries of a list from which a person chooses, and finding them by what the person types."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from planner.base.texts import folded
from planner.base.visible_text import one_line


@dataclass(frozen=True)
class Pick:
    """An entry of a list: its identifier (`key`), its label, and a note next to the label."""

    key: str
    label: str
    note: str = ""
    chosen: bool = False

    @property
    def text(self) -> str:
        """The entry as a field shows it: the identifier, and the label if that says more."""
        return one_line(self.key if self.label in ("", self.key) else f"{self.key}  {self.label}")

    @cached_property
    def searched(self) -> str:
        """The text in which a search looks."""
        return folded(f"{self.key} {self.label} {self.note}")

    @cached_property
    def begins(self) -> str:
        """The label as a search compares its beginning."""
        return " ".join(folded(self.label).split())


def having_words(picks: Iterable[Pick], search: str) -> list[Pick]:
    """Return the entries that contain every word of a search. Those that begin with the search come first."""
    words = folded(search).split()
    found = [pick for pick in picks if all(word in pick.searched for word in words)]
    if not words:
        return found
    beginning = " ".join(words)
    return sorted(
        found, key=lambda pick: not (pick.begins.startswith(beginning) or pick.searched.startswith(beginning))
    )


def meant(picks: Iterable[Pick], typed: str) -> list[Pick]:
    """Return the entries that a typed text can mean.

    That is the one with this identifier, label or text, or else all that contain its words.
    """
    wanted = folded(typed).split()
    known = list(picks)
    for pick in known:
        if wanted in (folded(pick.key).split(), folded(pick.label).split(), folded(pick.text).split()):
            return [pick]
    return having_words(known, typed)

"""The entries of a list from which a person chooses, and finding them by what the person types."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from planner.base.texts import folded
from planner.base.visible_text import one_line

# The largest number of entries that are put in order. In a longer list, a person types more before looking.
MOST_ORDERED = 1_000


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
    def names(self) -> tuple[str, str, str]:
        """The identifier, the label and both together, as they are compared."""
        return _compared(self.key), _compared(self.label), _compared(self.text)


def _compared(text: str) -> str:
    return " ".join(folded(text).split())


def having_words(picks: Sequence[Pick], search: str) -> Sequence[Pick]:
    """Return the entries that contain every word of a search. Those that begin with the search come first."""
    wanted = _compared(search)
    found = picks
    for word in wanted.split():
        found = [pick for pick in found if word in pick.searched]
    if not wanted or len(found) > MOST_ORDERED:
        return found
    return sorted(found, key=lambda pick: not any(name.startswith(wanted) for name in pick.names))


def meant(picks: Sequence[Pick], typed: str) -> Sequence[Pick]:
    """Return the entries that a typed text can mean.

    That is the one with this identifier, label or text, or else all that contain its words.
    """
    found, wanted = having_words(picks, typed), _compared(typed)
    # Of very many entries, only the beginning is compared, which is the identifier.
    likely = found if len(found) <= MOST_ORDERED else [pick for pick in found if pick.searched.startswith(f"{wanted} ")]
    exact = next((pick for pick in likely if wanted in pick.names), None)
    return found if exact is None else [exact]

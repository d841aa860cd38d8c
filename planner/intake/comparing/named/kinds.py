"""Finding the kinds of items that files name, and the new ones that have to be added."""

from collections import Counter
from collections.abc import Mapping

from planner.base.language import later
from planner.base.texts import same_words
from planner.domain.title_keys import free_key, key_of_title
from planner.intake.comparing.asking import Asking
from planner.intake.comparing.differences.named import NewKind
from planner.intake.comparing.named.like_names import LikeNames, question_field
from planner.intake.proposed import Field, Given
from planner.intake.sheets import Place

_IS_NEW = later("no kind of item is called '{name}', but there is {names}")


class Kinds:
    """The kinds of the plan's items, found by key, by title, or by a title that no kind has any more."""

    def __init__(
        self, stored: Mapping[str, str], former: Mapping[str, str], asking: Asking, written: Counter[str]
    ) -> None:
        """Take the titles of the plan's kinds by key, and the keys by earlier titles.

        `written` has the kinds that the files give.
        """
        self._keys = {same_words(title): key for title, key in former.items()}
        self._keys |= {same_words(word): key for key, title in stored.items() for word in (title, key)}
        self.known = list(stored)
        self.new: list[NewKind] = []
        self._like = LikeNames(asking, _IS_NEW, written)
        for title in stored.values():
            self._like.add(title)

    def key_of(self, given: Given) -> str:
        """Return the key of the kind that a value names. A new one is added, unless it is a known one with a slip."""
        text = str(given.value)
        found = self._keys.get(same_words(text))
        if found is None:
            meant = self._like.meant(text, given, question_field(given, Field.KIND), is_there=lambda name: True)
            found = self._keys.get(same_words(meant)) or self.add(meant, given.place)
            self._keys[same_words(text)] = found
        return found

    def add(self, title: str, place: Place) -> str:
        """Add a kind, and return its key."""
        key = free_key(key_of_title(title), self.known)
        self.new.append(NewKind(key, title, place))
        self.known.append(key)
        self._keys[same_words(title)] = self._keys[same_words(key)] = key
        self._like.add(title)
        return key

"""Finding the kinds of items that files name, and the new ones that have to be added."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

from planner.base.language import later
from planner.base.texts import same_words
from planner.domain.title_keys import free_key, key_of_title
from planner.intake.comparing.asking import Asking
from planner.intake.comparing.differences.changes import Stored
from planner.intake.comparing.differences.named import NewKind
from planner.intake.comparing.named.like_names import LikeNames, question_field
from planner.intake.comparing.stored import StoredRegister
from planner.intake.proposed import Field, Given
from planner.intake.sheets import Place

_IS_NEW = later("no kind of item is called '{name}', but there is {names}")


class Kinds:
    """The kinds of the plan's items, found by key, by title, or by a title that they had and no kind has any more."""

    def __init__(self, stored: StoredRegister, asking: Asking, written: Counter[str]) -> None:
        """Take the register, whose kinds are known, and the kinds that the files give, `written`."""
        self._keys: dict[str, set[str]] = defaultdict(set)
        self._titles = dict(stored.kinds)
        # A kind that was merged keeps its key.
        self._merged = stored.merged_kinds
        self.new: list[NewKind] = []
        self._like = LikeNames(asking, _IS_NEW, written)
        for key, title in stored.kinds.items():
            self._know(key, title)
        present = {same_words(word): key for key, title in stored.kinds.items() for word in (key, title)}
        for key, titles in stored.former_kinds.items():
            self._know(key, *(title for title in titles if present.get(same_words(title), key) == key))
        for key, into in self._merged.items():
            if present.get(same_words(key), into) == into:
                self._know(into, key)
        for key in stored.kinds:
            self._know(key, key)

    def _know(self, key: str, *words: str) -> None:
        for word in words:
            self._keys[same_words(word)].add(key)
            self._like.add(word)

    @property
    def known(self) -> list[str]:
        """The keys of all kinds, also of those that the files add."""
        return list(self._titles)

    def key_of(self, given: Given, before: Collection[Stored] = ()) -> str:
        """Return the key of the kind that a value names. A new one is added, unless it is a known one with a slip.

        `before` are kinds that the item has, or had. If several kinds had a title before, one of these is meant.
        """
        text = str(given.value)
        keys = self._keys.get(same_words(text), set())
        if len(keys) != 1:
            keys = {key for key in keys if key in before}
        return next(iter(keys)) if len(keys) == 1 else self._meant(text, given)

    def meant(self, name: str) -> str:
        """Return the key of the kind that a name means once all items are read, or the name itself if none does."""
        keys = self._keys.get(same_words(name), ())
        return next(iter(keys)) if len(keys) == 1 else name

    def _meant(self, text: str, given: Given) -> str:
        """Return the key of the kind that a new title means, or one that several kinds had."""
        meant = self._like.meant(text, given, question_field(given, Field.KIND), called=self._called)
        key = next((key for key, title in self._titles.items() if title == meant), None)
        if key is None:
            key = self._added(meant) or self.add(meant, given.place)
        if same_words(text) not in self._keys:
            # An answer about a new title counts for all its rows.
            self._keys[same_words(text)] = {key}
        return key

    def _called(self, word: str) -> Sequence[str]:
        """Return the titles of the kinds that have a word as title or key, or had it as title."""
        keys = self._keys.get(same_words(word), ())
        return [title for key, title in self._titles.items() if key in keys]

    def _added(self, title: str) -> str | None:
        """Return the key of the kind that the files add with a title, if they do."""
        return next((kind.key for kind in self.new if same_words(kind.title) == same_words(title)), None)

    def add(self, title: str, place: Place) -> str:
        """Add a kind, and return its key."""
        key = free_key(key_of_title(title), {*self._titles, *self._merged})
        self.new.append(NewKind(key, title, place))
        self._titles[key] = title
        self._know(key, title)
        self._keys[same_words(key)].add(key)
        return key

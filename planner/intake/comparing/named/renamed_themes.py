"""Asking whether a new title of the files is that of a theme which the register has under another title."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from planner.base.language import tr, tr_count
from planner.base.slips import are_told_apart, is_spelled
from planner.base.texts import folded, letters_and_digits, same_words
from planner.base.views import view
from planner.domain.vocabulary import ASSUMED
from planner.intake.comparing.asking import Asking
from planner.intake.comparing.differences.named import SameTheme
from planner.intake.comparing.likeness import likeness_of_titles
from planner.intake.comparing.matching import Match
from planner.intake.comparing.named.like_names import NEW
from planner.intake.comparing.same_values import title_words
from planner.intake.comparing.stored import StoredItem, StoredTheme
from planner.intake.proposed import Field, Given, ProposedItem

# The answers that a theme has a new title, and that it is the theme but keeps its title.
RENAMED, SAME = "renamed", "same"
# How alike two titles are, in percent, of which one can be the other in a new form: with items that the register has
# in the theme, and without any.
_LIKE_WITH_ITEMS, _LIKE = 60, 85
# One item can have got another theme alone.
_SEVERAL = 2
# In a shorter title, a part of another one says nothing.
_SHORTEST = 2

Titles = tuple[str, ...]


@view
class Meant:
    """The theme that a new title means, and whether it gets this title."""

    theme: StoredTheme
    is_renamed: bool


class RenamedThemes:
    """Finds the themes of the plan that files can have under another title.

    Such a theme is not named by the files. Either its title is a part of the new one, or much like it, or all its items
    have the new title in the files.
    """

    # docs/decisions/0165: what is asked, and what is not.
    def __init__(self, stored: Sequence[StoredTheme], asking: Asking) -> None:
        self._asking = asking
        self._stored = stored
        self._absent: list[StoredTheme] = []
        # How many items of each theme the files have under each of their titles, and how many each theme has.
        self._moved: dict[Titles, Counter[int]] = defaultdict(Counter)
        # The same without items that a person says are those of the register: their answers come after the question.
        self._sure: dict[Titles, Counter[int]] = defaultdict(Counter)
        self._own: Counter[int] = Counter()
        # Themes of which the office says that an item is in them. Others have only items that the program put there.
        self._said: set[int] = set()
        # The new titles of themes, and new titles of which a person said that they are those of new themes.
        self._renamed: dict[int, Titles] = {}
        self._said_new: set[Titles] = set()
        # Titles of which a person said that they mean a theme, which keeps its own.
        self.same: dict[Titles, SameTheme] = {}

    def look(
        self,
        items: Iterable[ProposedItem],
        matches: Iterable[Match],
        stored: Iterable[StoredItem],
        written: Iterable[str],
    ) -> None:
        """Take the items of the files with those of the register that they are. `written` are the titles of themes."""
        named = set(map(title_words, written))
        known = {title_words(title) for theme in self._stored for title in (*theme.titles, *theme.known_by)}
        if named <= known:
            return
        self._absent = [theme for theme in self._stored if named.isdisjoint(map(title_words, theme.titles))]
        paths = _paths(self._stored)
        for one in stored:
            self._own.update(paths[one.theme])
            if one.basis_of(Field.THEME) not in ASSUMED:
                self._said.update(paths[one.theme])
        for item, match in zip(items, matches, strict=True):
            given = item.facts.get(Field.THEME)
            if match.stored is None or given is None or not given.value:
                continue
            titles = given.value if isinstance(given.value, tuple) else (str(given.value),)
            for depth, number in enumerate(paths[match.stored.theme][: len(titles)], 1):
                self._moved[_words(titles[:depth])][number] += 1
                self._sure[_words(titles[:depth])][number] += not match.is_said

    def asked(self, titles: Sequence[str], parent: int | None, given: Given, fact: Field | None) -> Meant | None:
        """Return the theme inside another one that new titles mean as a person says, or None for a new theme.

        Without an answer, the theme of the register counts, for a preview that moves no items because of a new title.
        """
        theme = self._likeliest(titles, parent)
        if theme is None:
            return None
        what = tr("'{title}' can be the new title of the theme '{old}'", title=titles[-1], old=theme.titles[0])
        moved, own = self._moved[_words(titles)][theme.number], self._own[theme.number]
        if moved:
            what = tr_count(
                "{what}: {moved:,} of its {count:,} item has it in the files",
                "{what}: {moved:,} of its {count:,} items have it in the files",
                own,
                what=what,
                moved=moved,
            )
        # No theme gets two titles. The question stays, so that an answer that was given already is not lost.
        has_other = self._renamed.get(theme.number, _words(titles)) != _words(titles)
        do = tr(
            "Answer '{renamed}' if the theme has this title from now on, '{same}' if it keeps its title, or '{new}' "
            "for another theme",
            renamed=RENAMED,
            same=SAME,
            new=NEW,
        )
        answer = self._asking.ask(given, fact, what, do, (SAME, NEW) if has_other else (RENAMED, SAME, NEW))
        if answer == NEW:
            self._said_new.add(_words(titles))
            return None
        if answer == RENAMED:
            self._renamed[theme.number] = _words(titles)
        if answer == SAME:
            self.same[_words(titles)] = SameTheme(theme.number, titles[-1])
        return Meant(theme, answer == RENAMED)

    def is_said_new(self, titles: Sequence[str]) -> bool:
        """Return whether a person said that a title, with those around it, is that of a new theme."""
        return _words(titles) in self._said_new

    def _likeliest(self, titles: Sequence[str], parent: int | None) -> StoredTheme | None:
        """Return the theme inside another one that most likely has a new title, or None if none can have it.

        What people say about items never changes a question that is asked without it, because its answer would be lost.
        """
        for moved in (self._sure, self._moved):
            found = self._candidate(titles[-1], parent, moved.get(_words(titles), {}))
            if found is not None:
                return found
        return None

    def _candidate(self, title: str, parent: int | None, moved: Mapping[int, int]) -> StoredTheme | None:
        def likelihood(theme: StoredTheme) -> tuple[int, float, int]:
            return moved.get(theme.number, 0), likeness_of_titles(title, theme.titles[0]), -theme.number

        found = (theme for theme in self._absent if theme.parent == parent and self._can_be(theme, title, moved))
        return max(found, key=likelihood, default=None)

    def _can_be(self, theme: StoredTheme, title: str, moved: Mapping[int, int]) -> bool:
        items, all_moved = moved.get(theme.number, 0), sum(moved.values())
        all_of_it = items >= _SEVERAL and items == self._own[theme.number] and theme.number in self._said
        if all_of_it and 2 * items > all_moved:
            return True
        # Items that the register has in other themes speak against it.
        if bool(items) != bool(all_moved):
            return False
        return any(_are_like(title, known, _LIKE_WITH_ITEMS if items else _LIKE) for known in theme.titles)


def _words(titles: Sequence[str]) -> Titles:
    return tuple(map(same_words, titles))


def _paths(stored: Sequence[StoredTheme]) -> Mapping[int, tuple[int, ...]]:
    """Return the numbers of each theme and of the themes that contain it, the outermost first."""
    parents = {theme.number: theme.parent for theme in stored}

    def path(number: int | None) -> tuple[int, ...]:
        return () if number is None else (*path(parents[number]), number)

    return {number: path(number) for number in parents}


def _are_like(one: str, other: str, least: int) -> bool:
    """Return whether one of two titles is a part of the other, or they are much alike. Numbers tell titles apart."""
    short, long = sorted((letters_and_digits(folded(title)) for title in (one, other)), key=len)
    if len(short) >= _SHORTEST and _is_part(short, long):
        return True
    return likeness_of_titles(short, long) >= least and not are_told_apart(short, long)


def _is_part(short: str, long: str) -> bool:
    """Return whether a text is in another one, as whole words if it is spelled in letters."""
    return f" {short} " in f" {long} " if is_spelled(short[-1]) else short in long

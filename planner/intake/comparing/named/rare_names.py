"""New names of organisations that only one cell of the files has, and that a slip in one character can have made."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from planner.base.character_slips import CharacterSlips
from planner.base.texts import same_words
from planner.intake.comparing.named.answered_names import answer_about
from planner.intake.proposed import Field, Given, ProposedItem

# The answer that this name and all others of its kind are new.
ALL_NEW = "all new"
_NAMING = (Field.LEAD, Field.SUPPORTING)


class RareNames:
    """Finds the names that a rare one can be a slip of: those of the register, and those that several cells have."""

    # docs/decisions/0142: names in characters often differ in one of them, so only names that stand alone are asked.
    def __init__(self, items: Iterable[ProposedItem], known: Iterable[str], answers: Mapping[str, str]) -> None:
        """Take the items of the files, the names of the organisations that the register has or gets, and answers."""
        counts: Counter[str] = Counter()
        first: dict[str, tuple[Given, Field]] = {}
        for name, given, fact in _names_in(items):
            counts[name] += 1
            first.setdefault(name, (given, fact))
        slips = CharacterSlips()
        words = set()
        for name in known:
            slips.add(name)
            words.add(same_words(name))
        for name, number in counts.items():
            if number > 1:
                slips.add(name)
        rare = (name for name, number in counts.items() if number == 1 and same_words(name) not in words)
        self._like = {name: like for name in rare if (like := slips.find(name))}
        # Other answers are not looked at, because one that nothing looks at is told to belong to no question.
        said = (answer_about(name, *first[name], answers) for name in self._like)
        self._said_new = any(same_words(answer) == same_words(ALL_NEW) for answer in said)
        # The items must not outlive the comparison.
        wanted = {one for like in self._like.values() for one in like}
        self._first = {name: place for name, place in first.items() if name in wanted}

    def like(self, name: str) -> list[str]:
        """Return the names that a name can be a slip of. Of the files' own, those that several cells have."""
        return self._like.get(name, [])

    def has_others(self, name: str) -> bool:
        """Return whether a name and others can be slips."""
        return name in self._like and len(self._like) > 1

    def are_new(self, name: str) -> bool:
        """Return whether a person said that all rare names are new, and a name is one of them."""
        return self._said_new and name in self._like

    def first(self, name: str) -> tuple[Given, Field] | None:
        """Return where the files have a name first, and for which field."""
        return self._first.get(name)


def _names_in(items: Iterable[ProposedItem]) -> Iterator[tuple[str, Given, Field]]:
    for item in items:
        for fact in _NAMING:
            given = item.facts.get(fact)
            if given is not None and given.value:
                for name in given.value if isinstance(given.value, tuple) else (str(given.value),):
                    yield name, given, fact

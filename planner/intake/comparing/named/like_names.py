"""Asking whether a new kind or theme of the files is another one whose name has a slip."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from planner.base.language import tr, tr_later
from planner.base.listing import listed
from planner.base.slips import SlipFinder
from planner.base.texts import same_words
from planner.intake.comparing.asking import Asking
from planner.intake.proposed import Field, Given, ProposedItem

# The answer that a name is a new one, although it looks like another one.
NEW = "new"


def question_field(given: Given, fact: Field) -> Field | None:
    """Return the field in the name of a question about a name.

    In a cell it is none, because the answer is not what the cell should have. The question what the name of a sheet
    gives has no field either.
    """
    return None if given.place.row else fact


def names_written(items: Iterable[ProposedItem], fact: Field) -> Counter[str]:
    """Return the names that items of the files give a fact, with the number of items that give each."""
    names: Counter[str] = Counter()
    for item in items:
        given = item.facts.get(fact)
        if given is not None and given.value:
            names.update(given.value if isinstance(given.value, tuple) else (str(given.value),))
    return names


class LikeNames:
    """The names of kinds, or of themes, among which a new one is looked for.

    If two new names look alike, the one that fewer items have is asked about, because it is more likely the slip.
    """

    # docs/decisions/0142: what is asked, and what is not.
    def __init__(self, asking: Asking, what: str, written: Counter[str]) -> None:
        """Take the sentence that says `what` is new, with `{name}` and `{names}`, and the names that the files give."""
        self._asking = asking
        self._what = what
        self._added: set[str] = set()
        self._slips = SlipFinder(characters=True)
        # Names of which a person said that they are two.
        self._different: set[tuple[str, str]] = set()
        self._written = written
        self._in_files = SlipFinder(characters=True)
        for name in written:
            self._in_files.add(name, name)

    def add(self, name: str) -> None:
        """Add a name that the plan has, had or gets."""
        if name not in self._added:
            self._added.add(name)
            self._slips.add(name, name)

    def meant(self, name: str, given: Given, fact: Field | None, *, called: Callable[[str], Sequence[str]]) -> str:
        """Return what a new name means: itself, or the answer for another name of which it can be a slip.

        `called` gives the answers for what has a known name, or had it, at the place of the new one. `fact` is part of
        the name of the question. Without an answer the likeliest name counts, for a preview that says nothing of what
        may be no slip.
        """
        like = self._answers(name, called)
        if not like:
            return name
        names = listed([_with_known(answer, known) for answer, known in like.items()])
        what = tr_later(self._what).format(name=name, names=names)
        do = tr("Answer with the name that is meant, or '{new}' if it is another one", new=NEW)
        answer = self._asking.ask(given, fact, what, do, (*like, NEW))
        if answer == NEW:
            self._different.update((name, one) for known in like.values() for one in known)
            return name
        return answer or next(iter(like))

    def _answers(self, name: str, called: Callable[[str], Sequence[str]]) -> Mapping[str, list[str]]:
        """Return the answers to the question what a new name means, each with the known names that are like it."""
        answers = {one: called(one) for one in self._slips.find(name)}
        answers |= {one: answers.get(one) or (one,) for one in self._with_more_items(name)}
        like: dict[str, list[str]] = {}
        for one, ways in answers.items():
            if (one, name) not in self._different:
                for way in ways:
                    like.setdefault(way, []).append(one)
        return like

    def _with_more_items(self, name: str) -> Sequence[str]:
        """Return the names of the files of which a name can be a slip, and that more of their items have."""
        words, number = same_words(name), self._written[name]
        like = self._in_files.find(name)
        return [one for one in like if self._written[one] > number and same_words(one) != words]


def _with_known(answer: str, known: Sequence[str]) -> str:
    """Return an answer as a question lists it: with the name that is like the new one, if the answer does not show it.

    The answer can be the present title, or have titles around the known one.
    """
    if any(same_words(answer).endswith(same_words(one)) for one in known):
        return f"'{answer}'"
    return tr("'{name}' (also: '{other}')", name=answer, other=known[0])

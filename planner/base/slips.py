"""Whether a name is another one with a slip of the keyboard, such as a letter left out."""

from collections.abc import Iterable, Iterator

from planner.base.texts import folded, letters_and_digits

# In a shorter word, another letter mostly makes another word: Lot A, Lot B.
_SHORTEST_WORD = 4


class SlipFinder:
    """Finds the known names of which a new one can be a slip.

    Such names differ only in signs, or in one word, by a letter that is missing, added, changed or exchanged with its
    neighbour. A word with digits or with Chinese, Japanese or Korean characters is never a slip, because each of these
    means something: 市工信局 and 市工信委 are two offices.
    """

    # docs/decisions/0142: what is asked, and what is not.
    def __init__(self) -> None:
        self._by_letters: dict[str, dict[str, None]] = {}
        # The words at a place of the names that have the same other words, each with what it belongs to.
        self._by_others: dict[tuple[int, tuple[str, ...]], list[tuple[str, str]]] = {}

    def add(self, name: str, key: str) -> None:
        """Add a known name. `key` is what `find` returns for it."""
        words = _words(name)
        self._by_letters.setdefault("".join(words), {})[key] = None
        for place, others in _others(words):
            self._by_others.setdefault((place, others), []).append((words[place], key))

    def find(self, name: str) -> list[str]:
        """Return the keys of the names of which a name that is not known can be a slip, each once."""
        words = _words(name)
        found = dict.fromkeys(self._by_letters.get("".join(words), ()) if words else ())
        for place, others in _others(words):
            for word, key in self._by_others.get((place, others), ()):
                if is_slip(words[place], word):
                    found[key] = None
        return list(found)


def is_slip(one: str, other: str) -> bool:
    """Return whether two words of letters differ by one letter: missing, added, changed or exchanged."""
    if min(len(one), len(other)) < _SHORTEST_WORD or not (_is_spelled(one) and _is_spelled(other)):
        return False
    start = _equal(one, other)
    one, other = one[start:], other[start:]
    end = _equal(one[::-1], other[::-1])
    one, other = one[: len(one) - end], other[: len(other) - end]
    return max(len(one), len(other)) == 1 or (len(one) == 2 and one == other[::-1])


def _equal(one: Iterable[str], other: Iterable[str]) -> int:
    """Return how many characters two texts have in common at their beginning."""
    found = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        found += 1
    return found


def _is_spelled(word: str) -> bool:
    """Return whether a word is spelled in letters of an alphabet, of which several make a syllable or a word."""
    return word.isalpha() and all(character < "\u1100" for character in word)


def _words(name: str) -> list[str]:
    return letters_and_digits(folded(name)).split()


def _others(words: list[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield each place of a name with the words at the other places."""
    for place in range(len(words)):
        yield place, (*words[:place], *words[place + 1 :])

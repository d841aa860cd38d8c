"""Whether a name is another one with a slip of the keyboard, such as a letter left out."""

from collections import Counter
from collections.abc import Iterable, Iterator

from planner.base.texts import folded, letters_and_digits

# In a shorter word, another letter mostly makes another word: Lot A, Lot B.
_SHORTEST_WORD = 4
# Characters that tell two names apart that are otherwise equal: numbers, places, sizes and levels of government.
TELLING = frozenset(
    "零〇一二三四五六七八九十百千万萬两兩首甲乙丙丁戊己庚辛上中下前后後东東南西北左右内內外大小新旧舊正副"
    "国國省市区區县縣州镇鎮乡鄉村년월일상하중동서남북시군구도읍면"
)


class SlipFinder:
    """Finds the known names of which a new one can be a slip.

    Such names differ only in signs, or in one word, by a letter that is missing, added, changed or exchanged with its
    neighbour. A word with digits or with Chinese, Japanese or Korean characters is never a slip, because each of these
    means something: 市工信局 and 市工信委 are two offices. With `characters`, such words are compared too, for names of
    which a plan has few, such as those of kinds.
    """

    # docs/decisions/0142: what is asked, and what is not.
    def __init__(self, *, characters: bool = False) -> None:
        self._is_slip = _is_slip_in_characters if characters else is_slip
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
                if self._is_slip(words[place], word):
                    found[key] = None
        return list(found)


def is_slip(one: str, other: str) -> bool:
    """Return whether two words of letters differ by one letter: missing, added, changed or exchanged."""
    if not (is_spelled(one) and is_spelled(other)):
        return False
    return min(len(one), len(other)) >= _SHORTEST_WORD and is_one_slip(*differing(one, other))


def _is_slip_in_characters(one: str, other: str) -> bool:
    """Return whether two words differ by one letter or character. 一期工程 and 二期工程 differ in what they say."""
    if is_slip(one, other):
        return True
    if min(len(one), len(other)) < _SHORTEST_WORD or is_spelled(one) or is_spelled(other):
        return False
    left, right = differing(one, other)
    return is_one_slip(left, right) and all(
        character >= "\u1100" and character.isalpha() and character not in TELLING for character in left + right
    )


def differing(one: str, other: str) -> tuple[str, str]:
    """Return what is left of two words without the beginning and the end that they have in common."""
    start = _equal(one, other)
    one, other = one[start:], other[start:]
    end = _equal(one[::-1], other[::-1])
    return one[: len(one) - end], other[: len(other) - end]


def is_one_slip(left: str, right: str) -> bool:
    """Return whether the differing parts of two words are one letter or character, or two that are exchanged."""
    return max(len(left), len(right)) == 1 or (len(left) == 2 and left == right[::-1])


def _equal(one: Iterable[str], other: Iterable[str]) -> int:
    """Return how many characters two texts have in common at their beginning."""
    found = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        found += 1
    return found


def are_told_apart(one: str, other: str) -> bool:
    """Return whether two names that look alike differ in a number, a place, a level or a single letter.

    一期工程 and 二期工程 are two names, as Lot A and Lot B are.
    """
    words, others = Counter(_words(one)), Counter(_words(other))
    if any(len(word) == 1 and is_spelled(word) for word in (words - others) + (others - words)):
        return True
    left, right = Counter("".join(words - others)), Counter("".join(others - words))
    return any(character.isdigit() or character in TELLING for character in (left - right) + (right - left))


def is_spelled(word: str) -> bool:
    """Return whether a word is spelled in letters of an alphabet, of which several make a syllable or a word."""
    return word.isalpha() and all(character < "\u1100" for character in word)


def _words(name: str) -> list[str]:
    return letters_and_digits(folded(name)).split()


def _others(words: list[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield each place of a name with the words at the other places."""
    for place in range(len(words)):
        yield place, (*words[:place], *words[place + 1 :])

"""Guesses the language of a text by its letters, and among languages that share letters by its most common words."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from enum import Enum


class GuessedFrom(Enum):
    """What a guess at a language is based on."""

    LETTERS = "letters"
    WORDS = "words"


@dataclass(frozen=True)
class LanguageGuess:
    """The most likely language of a text, and what the guess is based on."""

    language: str
    by: GuessedFrom


# The language assumed for each script. A script is named by the first word of its letters' Unicode names.
_LANGUAGES = {"HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh", "ARABIC": "ar"}
# Korean and Japanese also use Chinese characters, so this share of their own letters is enough to recognise them.
_OWN_LETTERS_SHARE = 0.1

# Letters of other languages in Arabic script that Arabic does not have.
_NOT_ARABIC = {"ur": "ٹڈڑےں", "fa": "پچژگ"}

# The most common words of languages in Latin script. A text has more words from the list of its own language than
# from any other list.
_COMMON_WORDS = {
    "en": "the of and to in for with on by is are be or as its that from at an which",
    "de": "der die das und des den dem von zur zum für mit im in ist eine einer auf nach über sowie bei an",
    "fr": "le la les des du et de en pour dans par une un est au aux sur avec à ou ses leur",
    "es": "el la los las de del y en para por con una un es al su sus se que o",
    "pt": "o a os as de do da dos das e em para por com uma um no na nos nas ao que se",
    "it": "il lo la gli le di del della dei delle e per in con una un al alla che nel si i",
    "nl": "de het een van en voor met op is den te in door aan of bij tot zijn",
    "pl": "i w z na do oraz dla się o od po za przez jest lub ich",
    "sv": "och att av för i på som till med en ett den det är om från eller",
    "da": "og af i for til på som med en et den det er om fra eller ved samt",
    "no": "og av i for til på som med en et den det er om fra eller ved samt",
    "fi": "ja on sekä tai että sen ovat joka mukaan ei",
    "cs": "a v na se pro ve s z do je k o ze při nebo jako",
    "hu": "a az és egy vagy nem hogy is ezek való szerint",
    "ro": "și de la în pentru cu al ale din pe o a sau prin",
    "vi": "và của các cho trong về có là được tại theo",
    "id": "dan yang di untuk dengan dari pada dalam ke oleh serta atau adalah",
    "tr": "ve ile bir için bu olarak da de olan veya her göre",
}
_WORDS_OF = {language: frozenset(words.split()) for language, words in _COMMON_WORDS.items()}
# If a smaller share of a text's words is in the best list, no language is guessed.
_LEAST_SHARE = 0.1
_WORD = re.compile(r"[^\W\d_]+")


def guess_language(text: str) -> LanguageGuess | None:
    """Return a guess at the language of a text by its letters and most common words, or None if they suggest none."""
    scripts = Counter(_script(character) for character in text if character.isalpha())
    for script in ("HANGUL", "HIRAGANA", "KATAKANA"):
        if scripts[script] >= _OWN_LETTERS_SHARE * scripts.total() > 0:
            return LanguageGuess(_LANGUAGES[script], GuessedFrom.LETTERS)
    script = max(scripts, key=lambda name: (scripts[name], name), default="")
    if script == "LATIN":
        return _by_words(text)
    language = _in_arabic_letters(text) if script == "ARABIC" else _LANGUAGES.get(script)
    return LanguageGuess(language, GuessedFrom.LETTERS) if language else None


def _by_words(text: str) -> LanguageGuess | None:
    words = _WORD.findall(unicodedata.normalize("NFC", text).casefold())
    counts = {language: sum(word in common for word in words) for language, common in _WORDS_OF.items()}
    best = max(counts, key=lambda language: counts[language])
    if counts[best] < _LEAST_SHARE * len(words):
        return None
    return LanguageGuess(best, GuessedFrom.WORDS)


def _in_arabic_letters(text: str) -> str:
    letters = Counter(text)
    counts = {language: sum(letters[letter] for letter in own) for language, own in _NOT_ARABIC.items()}
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] else "ar"


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]

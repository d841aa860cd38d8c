"""The codes of languages that people give, such as the language of a plan or of an organisation."""

from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.domain.lengths import LONGEST_LANGUAGE


def checked_language(given: str | None, longest: int = LONGEST_LANGUAGE) -> str | None:
    """Return the code of a language in its usual spelling, such as `zh-Hans`, or None if nothing is given.

    Raises BadValueError for anything but a code of two or three letters, with or without further parts, and for one of
    more than `longest` characters.
    """
    language = (given or "").strip().replace("_", "-")
    if not language:
        return None
    first, *others = language.split("-")
    is_word = all(part.isascii() and part.isalnum() and len(part) <= 8 for part in others)
    if not (first.isascii() and first.isalpha() and len(first) in (2, 3) and is_word) or len(language) > longest:
        raise BadValueError(
            tr("'{language}' is not the code of a language", language=language),
            where="language",
            do=tr("Give a code such as en, ko or zh-Hans"),
        )
    return "-".join((first.lower(), *map(_spelled, others)))


def _spelled(part: str) -> str:
    """Return a part of a code as it is usually written: scripts as Hans, countries as CN, and all others small."""
    if len(part) == 4 and part.isalpha():
        return part.title()
    return part.upper() if len(part) == 2 else part.lower()

"""The codes of languages that people give, such as the language of a plan or of an organisation."""

from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.domain.lengths import LONGEST_LANGUAGE

# The languages that have a code of two letters (ISO 639-1).
_LISTED = (
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee "
    "el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is "
    "it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms "
    "mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si "
    "sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh "
    "yi yo za zh zu "
)
_TWO_LETTERS = frozenset(_LISTED.split())


def checked_language(given: str | None, longest: int = LONGEST_LANGUAGE) -> str | None:
    """Return the code of a language in its usual spelling, such as `zh-Hans`, or None if nothing is given.

    A code has two or three letters. A script of four letters and a country can follow it, as in `zh-Hans-CN`. Raises
    BadValueError for anything else, for two letters that are no language, and for more than `longest` characters.
    """
    language = (given or "").strip().replace("_", "-")
    if not language:
        return None
    first, *others = language.split("-")
    if not (_is_language(first.lower()) and _are_further_parts(others)) or len(language) > longest:
        raise BadValueError(
            tr("'{language}' is not the code of a language", language=language),
            where="language",
            do=tr("Give a code such as en, ko or zh-Hans"),
        )
    return "-".join((first.lower(), *map(_spelled, others)))


def _is_language(code: str) -> bool:
    return code in _TWO_LETTERS or (len(code) == 3 and _has_letters(code))


def _are_further_parts(parts: list[str]) -> bool:
    """Return whether the parts are a script and a country, or one of them."""
    script = parts[:1] if parts and len(parts[0]) == 4 and _has_letters(parts[0]) else []
    country = parts[len(script) :]
    return not country or (len(country) == 1 and _is_country(country[0]))


def _is_country(part: str) -> bool:
    return (len(part) == 2 and _has_letters(part)) or (len(part) == 3 and part.isascii() and part.isdigit())


def _has_letters(text: str) -> bool:
    return text.isascii() and text.isalpha()


def _spelled(part: str) -> str:
    """Return a part of a code as it is usually written: scripts as Hans, countries as CN."""
    return part.title() if len(part) == 4 else part.upper()

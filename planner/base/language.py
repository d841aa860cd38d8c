"""The sentences that people see, in their language. The code holds them in English; a catalogue holds translations.

The variable PLANNER_LANGUAGE names the language, and English is the default. For English no catalogue is read, so that
starting costs nothing. docs/translating.md describes how a language is added.
"""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING

from planner.base.resources import PACKAGE

if TYPE_CHECKING:
    from gettext import NullTranslations
    from pathlib import Path

# Names the language of the screens and messages, such as `en`.
LANGUAGE_VARIABLE = "PLANNER_LANGUAGE"

ENGLISH = "en"

# A made-up language for tests: English with accented and wide letters, 40% longer. Its name is the usual one.
PSEUDO = "en-XA"

# Parts of the names of languages that say that Chinese is written in traditional characters.
_TRADITIONAL = frozenset(("hant", "tw", "hk", "mo"))

# The folder of the catalogues. That of Korean is `ko/LC_MESSAGES/planner.mo` in it.
CATALOGUES = PACKAGE / "translations"

# The language that a block of code uses, or None for the language of the person.
_chosen: ContextVar[str | None] = ContextVar("_chosen", default=None)


def language() -> str:
    """Return the language named in the environment, or English if none is named or the language has no catalogue.

    Within `in_english()`, the language is always English, and within `in_language()` it is the one named there.
    """
    return nearest_language(_named()) or ENGLISH


def languages() -> tuple[str, ...]:
    """Return the names of the languages that the program has messages in, English first."""
    return ENGLISH, *sorted(_tag(file.parents[1].name) for file in CATALOGUES.glob("*/LC_MESSAGES/planner.mo"))


def nearest_language(name: str) -> str | None:
    """Return the language with messages that is nearest to a named one, such as `zh-Hant` for `zh_TW`, or None.

    A regional form is read by people who read the language. Chinese is an exception, because it has two scripts.
    """
    if name in (ENGLISH, PSEUDO):
        return name
    parts = _tag(name).casefold().split("-")
    if parts[0] == "zh" and _TRADITIONAL.intersection(parts):
        parts = ["zh", "hant"]
    known = {language.casefold(): language for language in languages()}
    nearest = (known.get("-".join(parts[:count])) for count in range(len(parts), 0, -1))
    return next(filter(None, nearest), None)


def _tag(name: str) -> str:
    """Return the name of a language with hyphens. The names of folders have underscores."""
    return name.strip().replace("_", "-")


def tr(message: str, /, **values: object) -> str:
    """Return a sentence or a label in the person's language.

    The message is English, and a literal so that it can be extracted. A sentence is never put together from
    pieces, because languages order them differently. Each `{name}` in the message is replaced by the value of `name`.
    """
    catalogue = _catalogue_in_use()
    translated = message if catalogue is None else catalogue.gettext(message)
    return translated.format(**values) if values else translated


def tr_count(one: str, other: str, /, count: int, **values: object) -> str:
    """Return a sentence whose form depends on a count, in the person's language.

    `one` is the English sentence for a count of 1 and `other` for all other counts. `{count}` in them is the count.
    """
    catalogue = _catalogue_in_use()
    translated = (one if count == 1 else other) if catalogue is None else catalogue.ngettext(one, other, count)
    return translated.format(count=count, **values)


def later(message: str, /) -> str:
    """Mark a literal text as a message, and return it unchanged. `tr_later` translates it when it is shown."""
    return message


def tr_later(message: str, /) -> str:
    """Return a message that `later` has marked, in the person's language."""
    catalogue = _catalogue_in_use()
    return message if catalogue is None or not message else catalogue.gettext(message)


@contextmanager
def in_language(name: str) -> Iterator[None]:
    """Use a language for everything written in this block. If it has no catalogue, English is used."""
    token = _chosen.set(name)
    try:
        yield
    finally:
        _chosen.reset(token)


def in_english() -> AbstractContextManager[None]:
    """Use English for everything written in this block, whatever the person's language is.

    Files for other people are in English, so that the same facts give the same bytes for every user.
    """
    return in_language(ENGLISH)


def _catalogue_in_use() -> "NullTranslations | None":
    """Return the catalogue of the language in use, or None for English."""
    return _catalogue(_named(), CATALOGUES)


def _named() -> str:
    chosen = _chosen.get()
    return chosen if chosen is not None else os.environ.get(LANGUAGE_VARIABLE, "").strip()


@cache
def _catalogue(name: str, folder: "Path") -> "NullTranslations | None":
    # docs/decisions/0057: English needs no catalogue and no import.
    if name in ("", ENGLISH):
        return None
    if name == PSEUDO:
        from planner.base.pseudo_language import PseudoTranslations

        return PseudoTranslations()
    nearest = nearest_language(name)
    if nearest is None or nearest == ENGLISH:
        return None
    from gettext import translation

    return translation("planner", folder, [nearest.replace("-", "_")])

"""The sentences that people see, in their language. The code holds them in English; a catalogue holds translations.

The language is fixed for a run of the program: the variable PLANNER_LANGUAGE names it, and English is the default.
While it is English nothing but the variable is read, so that starting costs nothing.
"""

import os
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gettext import NullTranslations

# Names the language of the screens and messages, such as `en`.
LANGUAGE_VARIABLE = "PLANNER_LANGUAGE"

ENGLISH = "en"

# A made-up language for tests: English with accented and wide letters, 40% longer. Its name is the usual one.
PSEUDO = "en-XA"

LANGUAGES = (ENGLISH, PSEUDO)


def language() -> str:
    """Return the language that the environment names; English if it names none or one that is not known."""
    named = os.environ.get(LANGUAGE_VARIABLE, "").strip()
    return named if named in LANGUAGES else ENGLISH


def tr(message: str, /, **values: object) -> str:
    """Return a sentence or a label in the person's language.

    The message is English, and a literal so that it can be extracted. It is whole: a sentence is never put together
    from pieces, because languages order them differently. The value of a name replaces each `{name}` in it.
    """
    catalogue = _catalogue(language())
    translated = message if catalogue is None else catalogue.gettext(message)
    return translated.format(**values) if values else translated


def tr_count(one: str, other: str, /, count: int, **values: object) -> str:
    """Return a sentence whose form depends on a count, in the person's language.

    `one` is the English sentence for a count of 1 and `other` for all other counts. `{count}` in them is the count.
    """
    catalogue = _catalogue(language())
    translated = (one if count == 1 else other) if catalogue is None else catalogue.ngettext(one, other, count)
    return translated.format(count=count, **values)


@cache
def _catalogue(name: str) -> "NullTranslations | None":
    # docs/decisions/0057: English needs no catalogue and no import.
    if name == ENGLISH:
        return None
    from planner.base.pseudo_language import PseudoTranslations

    return PseudoTranslations()

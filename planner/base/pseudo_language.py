"""A made-up language that shows what in the program cannot be translated, and what breaks when sentences grow."""

import re
from gettext import NullTranslations

# Letters are replaced by ones that look alike, so that a tester can still read the sentence.
_LETTERS = str.maketrans("AEIOUYaeiouyncs", "ÅÉÎÖÛÝåéîöûýñçš")

# Stands in each message: letters that take two columns of a terminal.
_WIDE = "長"

# Sentences of other languages are up to 40% longer than in English.
_LONGER = 0.4

# The places of values in a message; they stay as they are.
_PLACE = re.compile(r"(\{[^{}]*\})")


class PseudoTranslations(NullTranslations):
    """Translates every message by changing its letters and making it longer."""

    def gettext(self, message: str) -> str:
        """Return the message in the made-up language."""
        return pseudo(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the singular (if `n` is 1) or the plural message in the made-up language."""
        return pseudo(msgid1 if n == 1 else msgid2)


def pseudo(message: str) -> str:
    """Return a message with accented letters, a wide letter, and 40% more characters, between brackets.

    Spaces at its ends stay at the ends, and an empty message stays empty.
    """
    text = message.strip()
    if not text:
        return message
    accented = "".join(part if _PLACE.fullmatch(part) else part.translate(_LETTERS) for part in _PLACE.split(text))
    longer = "~" * max(1, round(len(text) * _LONGER) - len(_WIDE))
    return message.replace(text, f"[{accented}{_WIDE}{longer}]", 1)

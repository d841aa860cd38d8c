"""Checks the key that a user gives to a proposed mandate version, and says how long its language can be."""

import re

from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.domain.vocabulary import NO_MANDATE

_KEY = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")
# A document's key is made of both, and of eight digits of a digest. Its column has room for 64 characters.
LONGEST_KEY = 40
LONGEST_LANGUAGE = 14


def checked_key(key: str) -> str:
    """Return the key unchanged. Raises BadValueError if it cannot be part of a document's key, or is reserved."""
    if key == NO_MANDATE or not _KEY.fullmatch(key) or len(key) > LONGEST_KEY:
        raise BadValueError(
            tr("'{key}' is not a valid key", key=key),
            where="key",
            do=tr(
                "Use up to {longest_key} lower-case letters, digits, dots and hyphens, such as duties-2021",
                longest_key=LONGEST_KEY,
            ),
        )
    return key

"""Checking the keys and names that people give to organisations."""

from sqlalchemy import select

from planner.base.errors import BadValueError, NotAllowedError
from planner.base.language import tr
from planner.base.texts import clean, required
from planner.domain.codes import canonical_key
from planner.register.writing import Writing
from planner.store.models import Organisation

_LONGEST_KEY = 64
_LONGEST_SHORT_NAME = 32


def checked_key(writing: Writing, given: str) -> str:
    """Return the key of a new organisation.

    Raises BadValueError if it is invalid, and NotAllowedError if it is taken.
    """
    key = canonical_key(clean(given, "KEY") or "")
    if not key or len(key) > _LONGEST_KEY or any(character.isspace() or character == "," for character in key):
        raise BadValueError(
            tr("'{given}' is not a valid key", given=given),
            where="KEY",
            do=tr("Give a short name of letters, digits and hyphens"),
        )
    if writing.session.execute(select(Organisation.id).where(Organisation.key == key)).first() is not None:
        raise NotAllowedError(
            tr("an organisation with the key {key} already exists", key=key), where="KEY", do=tr("Give another key")
        )
    return key


def free_name(writing: Writing, given: str, own: Organisation | None) -> str:
    """Return the name of an organisation. Raises NotAllowedError if another one than `own` has it."""
    name = required(given, "name")
    if "\n" in name:
        raise BadValueError(tr("this must be on one line"), where="name", do=tr("Remove the line breaks"))
    same = select(Organisation).where(Organisation.name == name)
    for other in writing.session.execute(same).scalars():
        if own is None or other.id != own.id:
            raise NotAllowedError(
                tr("the organisation {key} already has this name", key=other.key),
                where="name",
                do=tr("Give another name"),
            )
    return name


def checked_short_name(given: str | None, name: str) -> str:
    """Return the short name of an organisation, which is the beginning of its name unless it is given."""
    short = clean(given, "short_name") or name[:_LONGEST_SHORT_NAME]
    if len(short) > _LONGEST_SHORT_NAME or "\n" in short:
        raise BadValueError(
            tr("a short name has up to {longest} characters", longest=_LONGEST_SHORT_NAME),
            where="short_name",
            do=tr("Give a shorter one"),
        )
    return short

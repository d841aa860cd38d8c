"""Checking the keys and names that people give to organisations."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.base.errors import BadValueError, NotAllowedError
from planner.base.language import tr
from planner.base.texts import clean, folded
from planner.domain.codes import canonical_key
from planner.domain.lengths import LONGEST_KEY, LONGEST_SHORT_NAME, beginning_as_short_name
from planner.domain.titles import checked_title
from planner.queries.people.organisations import keys_of_body, read_organisations
from planner.store.models import Organisation


def checked_key(session: Session, given: str) -> str:
    """Return the key of a new organisation.

    Raises BadValueError if it is invalid, and NotAllowedError if it is taken.
    """
    key = canonical_key(clean(given, "KEY") or "")
    if not key or len(key) > LONGEST_KEY or any(character.isspace() or character == "," for character in key):
        raise BadValueError(
            tr("'{given}' is not a valid key", given=given),
            where="KEY",
            do=tr("Give a short name of letters, digits and hyphens"),
        )
    if session.execute(select(Organisation.id).where(Organisation.key == key)).first() is not None:
        raise NotAllowedError(
            tr("an organisation with the key {key} already exists", key=key), where="KEY", do=tr("Give another key")
        )
    return key


def free_name(session: Session, given: str, own: Organisation | None) -> str:
    """Return the full name of an organisation.

    Raises NotAllowedError if another one than `own` is called so: by its name, in any language, its short name or key.
    """
    name = checked_title(given, "name")
    _require_free(session, name, own, "name")
    return name


def free_short_name(session: Session, given: str | None, name: str, own: Organisation | None = None) -> str:
    """Return the short name of the organisation with this full name: the given one, or the one that it has.

    One that was made from the earlier full name, as the beginning of it, is made from the new one. Raises
    NotAllowedError if another organisation than `own` is called so.
    """
    short = clean(given, "short_name")
    if short is None and own is not None and own.short_name != beginning_as_short_name(own.name):
        return own.short_name
    short = short or beginning_as_short_name(name)
    if len(short) > LONGEST_SHORT_NAME or "\n" in short:
        raise BadValueError(
            tr("a short name has up to {longest} characters", longest=LONGEST_SHORT_NAME),
            where="short_name",
            do=tr("Give a shorter one"),
        )
    _require_free(session, short, own, "short_name")
    return short


def _require_free(session: Session, name: str, own: Organisation | None, where: str) -> None:
    """Raise NotAllowedError if another organisation is called so. Other entries of the same body are not others."""
    same = keys_of_body(session, own.id) if own is not None else frozenset()
    wanted = _compared(name)
    for other in read_organisations(session):
        names = (other.key, other.name, other.short_name, *(one.name for one in other.names))
        if other.key not in same and wanted in map(_compared, names):
            raise NotAllowedError(
                tr(
                    "the organisation {key} ({other}) is already called '{name}'",
                    key=other.key,
                    other=other.name,
                    name=name,
                ),
                where=where,
                do=tr("Give another name"),
            )


def _compared(name: str) -> str:
    return "".join(folded(name).split())

"""Making a new plan, which has no items, mandate or citation yet."""

import re
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select

from planner.base.errors import BadValueError, NotAllowedError
from planner.base.language import tr
from planner.base.texts import folded, required
from planner.base.views import value_class
from planner.domain.lengths import LONGEST_KEY, LONGEST_LANGUAGE, beginning_as_short_name
from planner.domain.rules.periods import STALE_AFTER_WEEKS
from planner.domain.title_keys import free_key, key_of_title
from planner.domain.vocabulary import Basis, Cadence, OrganisationKind
from planner.queries.people.organisations import read_organisations
from planner.store.journal import Journal
from planner.store.models import Organisation, Plan

# The action of the events of a new plan.
ACTION = "new-plan"

_YEAR = re.compile(r"(?<![0-9])(?:19|20|21)[0-9]{2}(?![0-9])")


@value_class
class NewPlan:
    """A plan to be made. `organisation` runs it: the key of one, a part of its name, or the name of a new one.

    `language` is the language of its titles, such as `ko`, or None.
    """

    title: str
    key: str
    starts: date
    ends: date
    time_zone: str
    organisation: str
    cadence: Cadence = Cadence.WEEKLY
    language: str | None = None


def add_plan(journal: Journal, new: NewPlan) -> Plan:
    """Add a plan, as part of an open write transaction.

    Raises BadValueError for a value that is not possible, and NotAllowedError if the key is taken.
    """
    session = journal.session
    title, key = required(new.title, "title"), checked_key(new.key)
    require_order(new.starts, new.ends)
    if session.execute(select(Plan.id).where(Plan.key == key)).first() is not None:
        raise NotAllowedError(
            tr("the register already has a plan '{key}'", key=key), where="key", do=tr("Give another key")
        )
    plan = Plan(
        key=key,
        title=title,
        restatement=title,
        year=(new.starts + (new.ends - new.starts) / 2).year,
        starts=new.starts,
        ends=new.ends,
        issuer_id=_issuer(journal, required(new.organisation, "organisation")),
        time_zone=checked_time_zone(new.time_zone),
        cadence=new.cadence,
        stale_after_weeks=STALE_AFTER_WEEKS[new.cadence],
        language=_checked_language(new.language),
        basis=Basis.REGISTERED,
    )
    return journal.add(plan, action=ACTION, label=key)


def require_order(starts: date, ends: date) -> None:
    """Raise BadValueError if the last day of a plan is not after its first day."""
    if ends <= starts:
        raise BadValueError(
            tr("the last day ({ends}) is not after the first day ({starts})", ends=ends, starts=starts),
            where="ends",
            do=tr("Give a later day"),
        )


def checked_key(given: str) -> str:
    """Return the key of a plan. Raises BadValueError if it is empty, too long, or could not be typed as one word."""
    key = given.strip()
    if not key or len(key) > LONGEST_KEY or not all(character.isalnum() or character in "-._" for character in key):
        raise BadValueError(
            tr("'{key}' cannot be the key of a plan", key=given),
            where="key",
            do=tr("Give up to {most} letters, digits, dots and hyphens, such as harbour-2021", most=LONGEST_KEY),
        )
    return key


def checked_time_zone(given: str) -> str:
    """Return the name of a time zone. Raises BadValueError if there is no such zone."""
    try:
        return ZoneInfo(given.strip()).key
    except (KeyError, ValueError, OSError) as error:
        raise BadValueError(
            tr("there is no time zone '{zone}'", zone=given),
            where="time zone",
            do=tr("Give one such as Asia/Seoul or UTC"),
        ) from error


def _checked_language(given: str | None) -> str | None:
    language = (given or "").strip()
    parts = language.split("-")
    if language and (len(language) > LONGEST_LANGUAGE or not all(part.isascii() and part.isalnum() for part in parts)):
        raise BadValueError(
            tr("'{language}' is not the code of a language", language=language),
            where="language",
            do=tr("Give a code such as en, ko or zh-Hans"),
        )
    return language or None


def _issuer(journal: Journal, named: str) -> int:
    """Return the id of the organisation with this key or name. If there is none, add it."""
    entries = read_organisations(journal.session)
    for entry in entries:
        names = (entry.key, entry.name, entry.short_name, *(other.name for other in entry.names))
        if folded(named) in map(folded, names):
            return entry.id
    taken = [entry.key for entry in entries]
    key = free_key(key_of_title(named)[:LONGEST_KEY], taken)
    row = Organisation(
        key=key,
        name=named,
        short_name=beginning_as_short_name(named),
        kind=OrganisationKind.BODY,
        basis=Basis.REGISTERED,
    )
    journal.add(row, action=ACTION, label=key)
    journal.session.flush()
    return row.id


def usual_dates(title: str, today: date) -> tuple[date, date]:
    """Return the first and last day that a plan with this title most likely has: those of the year in its title."""
    years = [int(year) for year in _YEAR.findall(title)]
    year = years[-1] if years else today.year
    return date(year, 1, 1), date(year, 12, 31)

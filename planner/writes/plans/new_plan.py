"""Making a new plan, which has no items, mandate or citation yet."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.base.errors import NotAllowedError
from planner.base.language import tr
from planner.base.listing import listed
from planner.base.texts import folded, required
from planner.base.views import value_class
from planner.domain.language_codes import checked_language
from planner.domain.lengths import LONGEST_KEY, beginning_as_short_name
from planner.domain.rules.periods import STALE_AFTER_WEEKS
from planner.domain.title_keys import free_key, key_of_title
from planner.domain.titles import checked_title
from planner.domain.vocabulary import Basis, Cadence
from planner.queries.people.ended import ListedOrganisation, read_listed_organisations
from planner.store.journal import Journal
from planner.store.models import Plan
from planner.writes.plans.plan_values import (
    checked_key,
    checked_time_zone,
    require_order,
)
from planner.writes.registered import new_body

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


@value_class
class NamesInUse:
    """What the register has beside a new plan: the keys and titles of its plans, and its organisations."""

    plans: frozenset[str] = frozenset()
    organisations: tuple[ListedOrganisation, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)


def read_names_in_use(session: Session) -> NamesInUse:
    """Return what the values of a new plan are checked against while they are typed."""
    plans = frozenset(session.execute(select(Plan.key)).scalars())
    return NamesInUse(plans, tuple(read_listed_organisations(session)), read_titles(session))


def read_titles(session: Session) -> dict[str, str]:
    """Return the titles of all plans that the register has now, by their keys."""
    rows = session.execute(select(Plan.key, Plan.title).where(~Plan.taken_out).order_by(Plan.key))
    return {key: title for key, title in rows}  # noqa: C416


def same_title_remark(title: str, titles: Mapping[str, str]) -> str | None:
    """Return the remark that other plans have this title, or None. `titles` are those of the other plans by key."""
    same = [key for key, other in titles.items() if folded(other) == folded(title)]
    if not same:
        return None
    return tr("Another plan has the same title: {plans}. Only the keys tell them apart.", plans=listed(same))


def add_plan(journal: Journal, new: NewPlan) -> Plan:
    """Add a plan, as part of an open write transaction.

    Raises BadValueError for a value that is not possible, and NotAllowedError if the key is taken.
    """
    session = journal.session
    title, key = checked_title(new.title), checked_key(new.key)
    require_order(new.starts, new.ends)
    require_free_key(key, session.execute(select(Plan.key)).scalars())
    plan = Plan(
        key=key,
        title=title,
        restatement=title,
        year=(new.starts + (new.ends - new.starts) / 2).year,
        starts=new.starts,
        ends=new.ends,
        issuer_id=issuer_named(journal, required(new.organisation, "organisation")),
        time_zone=checked_time_zone(new.time_zone),
        cadence=new.cadence,
        stale_after_weeks=STALE_AFTER_WEEKS[new.cadence],
        language=checked_language(new.language),
        basis=Basis.REGISTERED,
    )
    return journal.add(plan, action=ACTION, label=key)


def require_free_key(key: str, taken: Iterable[str]) -> None:
    """Raise NotAllowedError if a plan of the register has this key."""
    if key in set(taken):
        raise NotAllowedError(
            tr("the register already has a plan '{key}'", key=key), where="key", do=tr("Give another key")
        )


def issuer_named(journal: Journal, named: str) -> int:
    """Return the id of the organisation with this key or name. If there is none, add it.

    Raises NotAllowedError if it was merged or dissolved.
    """
    entries = read_listed_organisations(journal.session)
    found = find_issuer(entries, named)
    if found is not None:
        return found.id
    taken = [entry.key for entry in entries]
    key = free_key(key_of_title(named)[:LONGEST_KEY], taken)
    row = new_body(key, named, beginning_as_short_name(named))
    journal.add(row, action=ACTION, label=key)
    journal.session.flush()
    return row.id


def find_issuer(organisations: Iterable[ListedOrganisation], named: str) -> ListedOrganisation | None:
    """Return the organisation of the register with this key or name, or None if it would be a new one.

    Raises NotAllowedError if it was merged or dissolved.
    """
    for one in organisations:
        names = (one.key, one.name, one.short_name, *(other.name for other in one.names))
        if folded(named) in map(folded, names):
            if one.ended is not None:
                raise NotAllowedError(one.ended.what(one.name), where="organisation", do=one.ended.do())
            return one
    return None


def usual_dates(title: str, today: date, years: Collection[int] = ()) -> tuple[date, date]:
    """Return the first and last day that a plan with this title most likely has: those of the year in its title.

    `years` are the years in the dates of its items. If the title names no year and they are one, that is the year.
    """
    named = years_in(title) or (list(years) if len(years) == 1 else [])
    year = named[-1] if named else today.year
    return date(year, 1, 1), date(year, 12, 31)


def years_in(text: str) -> list[int]:
    """Return the years that a text names, in their order."""
    return [int(year) for year in _YEAR.findall(text)]

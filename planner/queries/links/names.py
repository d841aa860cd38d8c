"""What links are called, and which of them are meant: by name, by one of their ends, by theme, version or state.

A link's name is its two ends, M1.01:merged:duty-5; nothing in it means anything to a shell. M1.01>merged:duty-5 is
taken too, as the audit log writes it, and M1.01:duty-5 for a clause of the version in force when the plan was made.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from planner.codes import canonical_code, canonical_key
from planner.errors import UnknownNameError
from planner.models import Clause, Item, Link, Mandate, Measure
from planner.queries.clauses import named_mandates
from planner.queries.links.standing import LinkStanding, read_links
from planner.queries.plans import PlanView, require_themes
from planner.texts import as_typed, askable
from planner.vocabulary import LinkState

_SEE = "See 'planner links'; a link is called by its two ends, such as M1.01:merged:duty-5"


@dataclass(frozen=True)
class LinkFilters:
    """What narrows the links; None, or no state, leaves it open.

    `ends` are names of measures, items or clauses, of which one is an end of the link; see `ends_named`.
    """

    states: frozenset[LinkState] = frozenset()
    wants_review: bool = False
    theme: int | None = None
    mandate: str | None = None
    ends: frozenset[str] | None = None

    def chosen(self, links: Iterable[LinkStanding]) -> tuple[LinkStanding, ...]:
        """The links that pass, in their order."""
        return tuple(link for link in links if self._passes(link))

    def _passes(self, link: LinkStanding) -> bool:
        return (
            (not self.states or link.state in self.states)
            and (not self.wants_review or link.wants_review)
            and self.theme in (None, link.theme)
            and self.mandate in (None, link.mandate)
            and (self.ends is None or not self.ends.isdisjoint((link.near.name, link.clause.name)))
        )


def check_filters(session: Session, plan: PlanView, filters: LinkFilters) -> None:
    """Raise UnknownNameError for a theme or a mandate version that is not there."""
    if filters.mandate is not None:
        named_mandates(session.execute(select(Mandate)).scalars().all(), filters.mandate)
    if filters.theme is not None:
        require_themes(plan, [filters.theme])


def read_link(session: Session, plan: PlanView, name: str, known_at: datetime | None = None) -> LinkStanding:
    """The link of a name. Raises UnknownNameError where the plan has none."""
    found = read_links(session, plan, known_at, ids=[link_id(session, plan, name)])
    if not found:
        raise UnknownNameError(f"the link '{name}' was not there yet", where="LINK", do="Give a later instant")
    return found[0]


def link_id(session: Session, plan: PlanView, name: str) -> int:
    """The id of the link of a name. Raises UnknownNameError where the plan has none."""
    near, mandate, key = _parts(name, plan)
    found = session.execute(
        _named(plan, near)
        .join(Clause, Clause.id == Link.clause_id)
        .join(Mandate, Mandate.id == Clause.mandate_id)
        .where(Mandate.key == mandate, Clause.key == key)
    ).scalar_one_or_none()
    if found is None:
        raise UnknownNameError(f"the plan has no link '{name}'", where="LINK", do=_SEE)
    return found


def links_meant(
    session: Session, plan: PlanView, links: Sequence[LinkStanding], words: Iterable[str]
) -> tuple[LinkStanding, ...]:
    """Those of some links that words mean: each by its name, or all that have an end that is called so.

    Raises UnknownNameError for a word that means neither a link nor an end of one.
    """
    meant: dict[int, LinkStanding] = {}
    by_name = {link.name: link for link in links}
    for word in words:
        named = by_name.get(canonical_name(word, plan))
        found = [named] if named else LinkFilters(ends=ends_named(session, plan, word)).chosen(links)
        meant |= {link.id: link for link in found}
    return tuple(link for link in links if link.id in meant)


def canonical_name(name: str, plan: PlanView) -> str:
    """A link's name as it is written: with the clause's version, and codes as they are written."""
    try:
        near, mandate, key = _parts(name, plan)
    except UnknownNameError:
        return name
    return f"{canonical_code(near)}:{mandate}:{key}"


def ends_named(session: Session, plan: PlanView, what: str) -> frozenset[str]:
    """The names of the ends that a word means: a measure, a clause, or an item together with its measure.

    Raises UnknownNameError where nothing of the plan or its mandates is called so.
    """
    asked = as_typed(askable(what))
    code = canonical_code(asked)
    measure = session.execute(
        select(Measure.code).join(Item, Item.measure_id == Measure.id).where(Item.plan_id == plan.id, Item.code == code)
    ).scalar_one_or_none()
    if measure is not None:
        return frozenset({code, measure})
    if session.execute(select(Measure.id).where(Measure.plan_id == plan.id, Measure.code == asked.upper())).first():
        return frozenset({asked.upper()})
    version, _, key = canonical_key(asked).rpartition(":")
    mandate = version or plan.mandate
    clause = select(Clause.id).join(Mandate, Mandate.id == Clause.mandate_id)
    if session.execute(clause.where(Mandate.key == mandate, Clause.key == key)).first():
        return frozenset({f"{mandate}:{key}"})
    raise UnknownNameError(f"no link, item, measure or clause is called '{what}'", where="LINK", do=_SEE)


def _parts(name: str, plan: PlanView) -> tuple[str, str, str]:
    """A name as near end, mandate version and clause. Raises UnknownNameError for what cannot be one."""
    near, sign, clause = re.sub(r"\s*[>\s]\s*", ":", as_typed(askable(name)), count=1).partition(":")
    version, _, key = canonical_key(clause).rpartition(":")
    if not (sign and near and key):
        raise UnknownNameError(f"'{name}' is no name of a link", where="LINK", do=_SEE)
    return near, version or plan.mandate, key


def _named(plan: PlanView, near: str) -> Select[int]:
    """Select the links from the measure or the item of a code."""
    measure = and_(Measure.plan_id == plan.id, Measure.code == near.upper())
    item = and_(Item.plan_id == plan.id, Item.code == canonical_code(near))
    ends = select(Link.id).outerjoin(Measure, Measure.id == Link.measure_id).outerjoin(Item, Item.id == Link.item_id)
    return ends.where(or_(measure, item))

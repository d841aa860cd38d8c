"""Names of links, and selecting links by name, end, theme, mandate version or state.

A link's name is made of its two ends, as in M1.01:merged:duty-5, and has no character that is special to a shell. The
form of the audit log, M1.01>merged:duty-5, is accepted too. M1.01:duty-5 means a clause of the version in force when
the plan was made.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, and_, or_, select

from planner.base.errors import UnknownNameError
from planner.base.language import later, tr, tr_later
from planner.base.texts import as_typed, sanitize_query
from planner.domain.codes import canonical_code, canonical_key
from planner.domain.vocabulary import LinkState
from planner.queries.links.standing import LinkStanding, read_links
from planner.queries.mandates.clauses import named_mandates
from planner.register.plan_view import PlanView
from planner.register.plans import require_themes
from planner.register.reading import Reading
from planner.store.models import Clause, Item, Link, Mandate, Measure

_SEE = later("See 'planner links'; the name of a link consists of its two ends, such as M1.01:merged:duty-5")


@dataclass(frozen=True)
class LinkFilters:
    """Filters of links. None, or an empty set of states, means no filter.

    `ends` are names of measures, items or clauses. A link matches if one of its ends has one of these names (see
    `ends_named`).
    """

    states: frozenset[LinkState] = frozenset()
    wants_review: bool = False
    theme: int | None = None
    mandate: str | None = None
    ends: frozenset[str] | None = None

    def chosen(self, links: Iterable[LinkStanding]) -> tuple[LinkStanding, ...]:
        """Return the links that match the filters, in their order."""
        return tuple(link for link in links if self._passes(link))

    def _passes(self, link: LinkStanding) -> bool:
        return (
            (not self.states or link.state in self.states)
            and (not self.wants_review or link.wants_review)
            and self.theme in (None, link.theme)
            and self.mandate in (None, link.mandate)
            and (self.ends is None or not self.ends.isdisjoint((link.near.name, link.clause.name)))
        )


def check_filters(reading: Reading, filters: LinkFilters) -> None:
    """Raise UnknownNameError if the filters name a theme or mandate version that does not exist."""
    if filters.mandate is not None:
        named_mandates(reading.session.execute(select(Mandate)).scalars().all(), filters.mandate)
    if filters.theme is not None:
        require_themes(reading.plan, [filters.theme])


def read_link(reading: Reading, name: str) -> LinkStanding:
    """Return the link with this name. Raises UnknownNameError if the plan has no such link."""
    found = read_links(reading, ids=[link_id(reading, name)])
    if not found:
        raise UnknownNameError(
            tr("the link '{name}' did not exist yet", name=name), where="LINK", do=tr("Give a later instant")
        )
    return found[0]


def link_id(reading: Reading, name: str) -> int:
    """Return the id of the link with this name. Raises UnknownNameError if the plan has no such link."""
    near, mandate, key = _parts(name, reading.plan)
    found = reading.session.execute(
        _named(reading.plan, near)
        .join(Clause, Clause.id == Link.clause_id)
        .join(Mandate, Mandate.id == Clause.mandate_id)
        .where(Mandate.key == mandate, Clause.key == key)
    ).scalar_one_or_none()
    if found is None:
        raise UnknownNameError(tr("the plan has no link '{name}'", name=name), where="LINK", do=tr_later(_SEE))
    return found


def select_links(reading: Reading, links: Sequence[LinkStanding], words: Iterable[str]) -> tuple[LinkStanding, ...]:
    """Return the links that the words select. A word is the name of a link, or of an end of one or more links.

    Raises UnknownNameError for a word that names neither a link nor an end.
    """
    meant: dict[int, LinkStanding] = {}
    by_name = {link.name: link for link in links}
    for word in words:
        named = by_name.get(canonical_name(word, reading.plan))
        found = [named] if named else LinkFilters(ends=ends_named(reading, word)).chosen(links)
        meant |= {link.id: link for link in found}
    return tuple(link for link in links if link.id in meant)


def canonical_name(name: str, plan: PlanView) -> str:
    """Return a link's name in its usual form: with the clause's version, and codes as the register writes them.

    A text that cannot be a link's name is returned unchanged.
    """
    try:
        near, mandate, key = _parts(name, plan)
    except UnknownNameError:
        return name
    return f"{canonical_code(near)}:{mandate}:{key}"


def ends_named(reading: Reading, what: str) -> frozenset[str]:
    """Return the names of the ends that a word means: a measure, a clause, or an item together with its measure.

    Raises UnknownNameError if nothing in the plan or its mandates has this name.
    """
    name = as_typed(sanitize_query(what))
    code = canonical_code(name)
    measure = reading.session.execute(
        select(Measure.code)
        .join(Item, Item.measure_id == Measure.id)
        .where(Item.plan_id == reading.plan.id, Item.code == code)
    ).scalar_one_or_none()
    if measure is not None:
        return frozenset({code, measure})
    if reading.session.execute(
        select(Measure.id).where(Measure.plan_id == reading.plan.id, Measure.code == name.upper())
    ).first():
        return frozenset({name.upper()})
    version, _, key = canonical_key(name).rpartition(":")
    mandate = version or reading.plan.mandate
    clause = select(Clause.id).join(Mandate, Mandate.id == Clause.mandate_id)
    if reading.session.execute(clause.where(Mandate.key == mandate, Clause.key == key)).first():
        return frozenset({f"{mandate}:{key}"})
    raise UnknownNameError(
        tr("no link, item, measure or clause is called '{what}'", what=what), where="LINK", do=tr_later(_SEE)
    )


def _parts(name: str, plan: PlanView) -> tuple[str, str, str]:
    """Split a link's name into its item or measure, the mandate version and the clause.

    Raises UnknownNameError for a text of another form.
    """
    near, sign, clause = re.sub(r"\s*[>\s]\s*", ":", as_typed(sanitize_query(name)), count=1).partition(":")
    version, _, key = canonical_key(clause).rpartition(":")
    if not (sign and near and key):
        raise UnknownNameError(tr("'{name}' is not the name of a link", name=name), where="LINK", do=tr_later(_SEE))
    return near, version or plan.mandate, key


def _named(plan: PlanView, near: str) -> Select[int]:
    """Select the links from the measure or item with this code."""
    measure = and_(Measure.plan_id == plan.id, Measure.code == near.upper())
    item = and_(Item.plan_id == plan.id, Item.code == canonical_code(near))
    ends = select(Link.id).outerjoin(Measure, Measure.id == Link.measure_id).outerjoin(Item, Item.id == Link.item_id)
    return ends.where(or_(measure, item))

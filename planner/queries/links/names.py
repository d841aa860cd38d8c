"""Names of links, and selecting links by name, end, theme, mandate version or state.

A link's name is made of its two ends, as in M1.01:merged:duty-5, and has no character that is special to a shell. The
form of the audit log, M1.01>merged:duty-5, is accepted too. M1.01:duty-5 means a clause of the version in force when
the plan was made.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, or_, select

from planner.base.errors import UnknownNameError
from planner.base.language import later, tr, tr_later
from planner.base.texts import as_typed, sanitize_query
from planner.domain.codes import canonical_key, code_key
from planner.domain.vocabulary import LinkState
from planner.queries.links.standing import LinkStanding, read_links
from planner.queries.mandates.clauses import named_mandates
from planner.register.codes_then import present_code
from planner.register.item_rows import has_code
from planner.register.plan_view import PlanView
from planner.register.plans import require_themes
from planner.register.reading import Reading
from planner.store.models import Clause, Item, Link, Mandate, Measure

# The code of a measure or item, perhaps a mandate version, and a clause. A code can contain blanks.
_NAME = re.compile(r"(.+?)\s*[:>\s]\s*(?:([^:>\s]+)[:>\s]\s*)?([^:>\s]+)")

_SEE = later("See 'planner links'; the name of a link consists of its two ends, such as M1.01:merged:duty-5")


@dataclass(frozen=True)
class LinkFilters:
    """Filters of links. None, or an empty set of states or themes, means no filter. `themes` are their numbers.

    `ends` are names of measures, items or clauses. A link matches if one of its ends has one of these names (see
    `ends_named`).
    """

    states: frozenset[LinkState] = frozenset()
    wants_review: bool = False
    themes: frozenset[int] = frozenset()
    mandate: str | None = None
    ends: frozenset[str] | None = None

    def chosen(self, links: Iterable[LinkStanding]) -> tuple[LinkStanding, ...]:
        """Return the links that match the filters, in their order."""
        return tuple(link for link in links if self._passes(link))

    def _passes(self, link: LinkStanding) -> bool:
        return (
            (not self.states or link.state in self.states)
            and (not self.wants_review or link.wants_review)
            and (not self.themes or link.theme in self.themes)
            and self.mandate in (None, link.mandate)
            and (self.ends is None or not self.ends.isdisjoint((link.near.name, link.clause.name)))
        )


def check_filters(reading: Reading, filters: LinkFilters) -> LinkFilters:
    """Return the filters with the themes that are parts of the chosen ones.

    Raises UnknownNameError if the filters name a theme or mandate version that does not exist.
    """
    if filters.mandate is not None:
        named_mandates(reading.session.execute(select(Mandate)).scalars().all(), filters.mandate, reading.plan.waiting)
    require_themes(reading.plan, sorted(filters.themes))
    inner = (reading.plan.within(theme) for theme in filters.themes)
    return replace(filters, themes=filters.themes.union(*inner))


def read_link(reading: Reading, name: str) -> LinkStanding:
    """Return the link with this name. Raises UnknownNameError if the plan has no such link."""
    found = read_links(reading, ids=[link_id(reading, name)])
    if not found:
        raise UnknownNameError(
            tr("the link '{name}' did not exist yet", name=name), where="LINK", do=tr("Give a later day or instant")
        )
    return found[0]


def link_id(reading: Reading, name: str) -> int:
    """Return the id of the link with this name. Raises UnknownNameError if the plan has no such link."""
    near, mandate, key = _parts(name, reading.plan)
    found = reading.session.execute(
        select(Link.id)
        .where(_of_near(reading, near))
        # An item can have the same code as a measure. Its own link comes first.
        .order_by(Link.item_id.is_(None))
        .join(Clause, Clause.id == Link.clause_id)
        .join(Mandate, Mandate.id == Clause.mandate_id)
        .where(Mandate.key == mandate, Clause.key == key)
        .limit(1)
    ).scalar_one_or_none()
    if found is None:
        raise UnknownNameError(tr("the plan has no link '{name}'", name=name), where="LINK", do=tr_later(_SEE))
    return found


def select_links(reading: Reading, links: Sequence[LinkStanding], words: Iterable[str]) -> tuple[LinkStanding, ...]:
    """Return the links that the words select. A word is the name of a link, or of an end of one or more links.

    Raises UnknownNameError for a word that names neither a link nor an end.
    """
    meant: dict[int, LinkStanding] = {}
    by_name = {code_key(link.name): link for link in links}
    for word in words:
        named = by_name.get(name_key(word, reading.plan))
        found = [named] if named else LinkFilters(ends=ends_named(reading, word)).chosen(links)
        meant |= {link.id: link for link in found}
    return tuple(link for link in links if link.id in meant)


def name_key(name: str, plan: PlanView) -> str:
    """Return a link's name in the form in which names are compared, like `code_key`, with the clause's version.

    A text that cannot be a link's name is returned unchanged.
    """
    try:
        return code_key(":".join(_parts(name, plan)))
    except UnknownNameError:
        return name


def ends_named(reading: Reading, what: str) -> frozenset[str]:
    """Return the names of the ends that a word means: a measure, a clause, or an item together with its measure.

    Raises UnknownNameError if nothing in the plan or its mandates has this name.
    """
    name = as_typed(sanitize_query(what))
    item = _item_then(reading, name)
    if item is not None:
        codes = reading.session.execute(select(Measure.code).where(Measure.id == item.measure_id)).scalars()
        return frozenset({item.code, *codes})
    measure = measure_named(reading, name)
    if measure is not None:
        return frozenset({measure.code})
    version, _, key = canonical_key(name).rpartition(":")
    mandate = version or reading.plan.mandate
    clause = select(Clause.id).join(Mandate, Mandate.id == Clause.mandate_id)
    if reading.session.execute(clause.where(Mandate.key == mandate, Clause.key == key)).first():
        return frozenset({f"{mandate}:{key}"})
    raise UnknownNameError(
        tr("no link, item, measure or clause is called '{what}'", what=what), where="LINK", do=tr_later(_SEE)
    )


def _item_then(reading: Reading, code: str) -> Item | None:
    """Return the item that a code means, as it was at the point in time, or None."""
    meant = select(Item).where(has_code(reading.plan.id, present_code(reading, code)))
    return next(iter(reading.rollback.rows(list(reading.session.execute(meant).scalars()))), None)


def _parts(name: str, plan: PlanView) -> tuple[str, str, str]:
    """Split a link's name into its item or measure, the mandate version and the clause.

    Raises UnknownNameError for a text of another form.
    """
    found = _NAME.fullmatch(as_typed(sanitize_query(name)))
    if found is None:
        raise UnknownNameError(tr("'{name}' is not the name of a link", name=name), where="LINK", do=tr_later(_SEE))
    near, version, key = found.groups()
    return near, canonical_key(version or plan.mandate), canonical_key(key)


def measure_named(reading: Reading, code: str) -> Measure | None:
    """Return the measure of the plan with this code, in whatever form it was typed, or None."""
    of_plan = reading.session.execute(select(Measure).where(Measure.plan_id == reading.plan.id)).scalars()
    return next((row for row in of_plan if code_key(row.code) == code_key(code)), None)


def _of_near(reading: Reading, near: str) -> ColumnElement[bool]:
    """Return the condition that a link leads from the item or the measure with this code."""
    item = select(Item.id).where(has_code(reading.plan.id, present_code(reading, near))).scalar_subquery()
    measure = measure_named(reading, near)
    return or_(Link.item_id == item, Link.measure_id == (measure.id if measure else None))

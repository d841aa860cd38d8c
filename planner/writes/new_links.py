"""Adding links from measures and items to clauses, made by a person or suggested by the program.

The links of one write are recorded together or not at all. A link that the program suggested has the origin 'machine'
and does not count until a person has reviewed it (docs/decisions/0130).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from planner.base.errors import BadValueError, UnknownNameError
from planner.base.language import tr
from planner.base.texts import as_typed, clean, sanitize_query
from planner.domain.codes import canonical_key
from planner.domain.rules.permissions import Permission
from planner.domain.vocabulary import Coverage, LinkOrigin, LinkType
from planner.queries.links.names import measure_named
from planner.queries.links.standing import LinkStanding, read_links
from planner.queries.mandates.clauses import named_mandates
from planner.queries.mandates.versions import no_mandate
from planner.register.item_rows import has_code
from planner.register.reading import Reading
from planner.register.writing import Writing
from planner.store.models import Clause, Item, Link, Mandate, Measure
from planner.writes.permission import require

ACTION = "link"


@dataclass(frozen=True)
class NewLink:
    """A link to add: the code of a measure or item, and a clause (mandate:clause, or a key of the plan's version).

    If an item and a measure have the same code, the item is meant, unless `of_measure` is true.
    """

    near: str
    clause: str
    type: LinkType
    coverage: Coverage
    rationale: str
    of_measure: bool = False


def add_links(
    writing: Writing, wanted: Sequence[NewLink], *, origin: LinkOrigin = LinkOrigin.PERSON
) -> tuple[LinkStanding, ...]:
    """Add links in one write and return them. If one of them is refused, none is added.

    Raises UnknownNameError if a measure, item, clause or version does not exist, and BadValueError if a link exists
    already or has no rationale.
    """
    with writing.journal() as journal:
        require(writing.session, writing.actor, Permission.REVIEW_LINKS)
        reading, added = writing.reading(), []
        clauses = {name: clause_named(reading, name) for name in dict.fromkeys(new.clause for new in wanted)}
        for new in wanted:
            near, clause = near_named(reading, new.near, of_measure=new.of_measure), clauses[new.clause]
            name = f"{near.code}:{clause.version}:{clause.row.key}"
            link = _link(near, clause.row, new, origin)
            _require_new(reading, link, name)
            added.append(journal.add(link, action=ACTION, label=name))
            # The next link may be the same one.
            writing.session.flush()
        ids = [link.id for link in added]
    return read_links(writing.reading(), ids=ids)


@dataclass(frozen=True)
class NamedClause:
    """A clause and the key of its mandate version."""

    version: str
    row: Clause


def near_named(reading: Reading, code: str, *, of_measure: bool = False) -> Item | Measure:
    """Return the item with this code, or the measure if no item has it or `of_measure` is true.

    Raises UnknownNameError if there is neither.
    """
    name = as_typed(sanitize_query(code))
    chosen = select(Item).where(has_code(reading.plan.id, name))
    item = None if of_measure else reading.session.execute(chosen).scalar_one_or_none()
    found = item or measure_named(reading, name)
    if found is None:
        raise UnknownNameError(
            tr("no item or measure is called '{code}'", code=code),
            where="WHAT",
            do=tr("See 'planner items' and 'planner matrix' for the codes"),
        )
    return found


def clause_named(reading: Reading, name: str) -> NamedClause:
    """Return the clause that a name means. A key alone means a clause of the version in force when the plan was made.

    Raises UnknownNameError if there is no such clause or version.
    """
    version, _, key = canonical_key(name).rpartition(":")
    if not version and not reading.plan.has_mandate:
        raise no_mandate("clause", reading.plan.waiting)
    versions = reading.session.execute(select(Mandate)).scalars().all()
    mandate = named_mandates(versions, version or reading.plan.mandate, reading.plan.waiting)[0]
    clauses = {row.key: row for row in reading.known_rows(Clause) if row.mandate_id == mandate.id}
    if key not in clauses:
        raise UnknownNameError(
            tr("the mandate version '{key}' has no clause '{clause}'", key=mandate.key, clause=key),
            where="clause",
            do=tr("See 'planner clauses' for the clauses of each version"),
        )
    return NamedClause(mandate.key, clauses[key])


def _link(near: Item | Measure, clause: Clause, new: NewLink, origin: LinkOrigin) -> Link:
    rationale = clean(new.rationale, "rationale")
    if not rationale:
        raise BadValueError(tr("a link needs a rationale"), where="rationale", do=tr("Say why the clause applies"))
    return Link(
        item_id=near.id if isinstance(near, Item) else None,
        measure_id=near.id if isinstance(near, Measure) else None,
        clause_id=clause.id,
        type=new.type,
        coverage=new.coverage,
        rationale=rationale,
        near_fingerprint=near.fingerprint,
        clause_fingerprint=clause.fingerprint,
        origin=origin,
    )


def _require_new(reading: Reading, link: Link, name: str) -> None:
    """Raise BadValueError if there is a link with the same ends."""
    end = Link.item_id == link.item_id if link.item_id else Link.measure_id == link.measure_id
    if reading.session.execute(select(Link.id).where(end, Link.clause_id == link.clause_id)).first():
        raise BadValueError(
            tr("this link exists already; nothing was added"),
            where=name,
            do=tr("Review it: planner links review {name}", name=name),
        )

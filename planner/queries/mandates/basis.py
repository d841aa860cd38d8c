"""The mandate basis of items: their clauses in the version in force, related clauses of other versions, and gaps."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from planner.base.views import value_class
from planner.domain.vocabulary import Basis, Coverage, LinkState, LinkType
from planner.queries.items.views import ItemView
from planner.queries.links.standing import LinkStanding, read_links, reasons_not_holding
from planner.queries.mandates.versions import versions_of_plan
from planner.register.reading import Reading
from planner.store.models import Clause, CrosswalkRow, Mandate, Measure, Unlinked


@value_class
class Correspondence:
    """A crosswalk row seen from one of its clauses. `other` is the clause at the other end, or None."""

    other: str | None
    statement: str


@value_class
class LinkedClause:
    """A clause that an item is linked to, directly (`of_item`) or through its measure, with its crosswalk rows.

    `state` tells whether the link was reviewed or is suspect. `reviewed_by` is the reviewer's login, or None.
    """

    reference: str
    restatement: str
    type: LinkType
    coverage: Coverage
    rationale: str
    state: LinkState
    reviewed_by: str | None
    of_item: bool
    correspondences: tuple[Correspondence, ...]
    gaps: tuple[str, ...]


@value_class
class ItemMandateBasis:
    """An item, its measure if it has one, and its clauses in the mandate version in force.

    `elsewhere` has the item's clauses in other versions, as mandate:clause. `gaps` has a sentence for each version in
    which no clause covers the item.
    """

    item: ItemView
    measure_title: str | None
    measure_basis: Basis | None
    clauses: tuple[LinkedClause, ...]
    elsewhere: tuple[str, ...]
    gaps: tuple[str, ...]


def read_mandate_bases(reading: Reading, items: Iterable[ItemView]) -> Iterator[ItemMandateBasis]:
    """Yield the mandate basis of each item as known at an instant.

    The number of statements does not depend on the number of items.
    """
    basis = _MandateBasis.read(reading, read_links(reading))
    return (basis.of(item) for item in items)


@value_class
class _MandateBasis:
    """The mandate versions with their clauses, the links to these clauses, and the crosswalk."""

    in_force: str
    mandates: dict[int, Mandate]
    clauses: dict[int, Clause]
    measures: dict[str, Measure]
    links: dict[tuple[str, int], list[LinkStanding]]
    crosswalk: dict[int, list[CrosswalkRow]]
    reasons: dict[tuple[int, int], str]

    @classmethod
    def read(cls, reading: Reading, links: Iterable[LinkStanding]) -> "_MandateBasis":
        versions = versions_of_plan(reading)
        mandates = sorted(versions, key=lambda row: (row.key != reading.plan.mandate, row.id))
        clauses = sorted(reading.known_rows(Clause), key=lambda row: row.position)
        measures = [row for row in reading.known_rows(Measure) if row.plan_id == reading.plan.id]
        crosswalk = defaultdict(list)
        for row in sorted(reading.known_rows(CrosswalkRow), key=lambda row: row.id):
            for end in (row.from_clause_id, row.to_clause_id):
                if end is not None:
                    crosswalk[end].append(row)
        return cls(
            in_force=reading.plan.mandate,
            mandates={row.id: row for row in mandates},
            clauses={row.id: row for row in clauses},
            measures={row.code: row for row in measures},
            links=_by_end(links),
            crosswalk=crosswalk,
            reasons={(row.measure_id, row.mandate_id): row.reason for row in reading.known_rows(Unlinked)},
        )

    def of(self, item: ItemView) -> ItemMandateBasis:
        """Return the mandate basis of an item."""
        measure = self.measures[item.measure] if item.measure else None
        links = self.links.get(("measure", measure.id), []) if measure else []
        links = links + self.links.get(("item", item.id), [])
        by_version = self._by_version(link for link in links if link.holds)
        others = [version for version in self.mandates.values() if version.key != self.in_force]
        return ItemMandateBasis(
            item=item,
            measure_title=measure.title if measure else None,
            measure_basis=measure.basis if measure else None,
            clauses=tuple(self._linked(link) for link in by_version[self.in_force]),
            elsewhere=tuple(link.clause.name for one in others for link in by_version[one.key]),
            gaps=tuple(self._gap(measure, one, links) for one in self.mandates.values() if not by_version[one.key]),
        )

    def _by_version(self, links: Iterable[LinkStanding]) -> dict[str, list[LinkStanding]]:
        """Group links by the key of their mandate version, in the order of the version's clauses."""
        found: dict[str, list[LinkStanding]] = defaultdict(list)
        for link in sorted(links, key=lambda link: self.clauses[link.clause.id].position):
            found[link.mandate].append(link)
        return found

    def _reference(self, clause_id: int) -> str:
        clause = self.clauses[clause_id]
        return f"{self.mandates[clause.mandate_id].key}:{clause.key}"

    def _gap(self, measure: Measure | None, version: Mandate, links: Iterable[LinkStanding]) -> str:
        without = reasons_not_holding(link for link in links if link.mandate == version.key)
        noted = self.reasons.get((measure.id, version.id)) if measure else None
        what = f"'{measure.title}'" if measure else "this item, which has no measure"
        return f"No clause of {version.key} covers {what}. {without or noted or 'No reason is on record.'}"

    def _linked(self, link: LinkStanding) -> LinkedClause:
        clause = self.clauses[link.clause.id]
        return LinkedClause(
            reference=link.clause.name,
            restatement=link.clause.title,
            type=link.type,
            coverage=link.coverage,
            rationale=link.rationale,
            state=link.state,
            reviewed_by=link.review.actor if link.review else None,
            of_item=link.of_item,
            correspondences=tuple(self._correspondence(clause, row) for row in self.crosswalk.get(clause.id, ())),
            gaps=tuple(self._without_counterpart(clause)),
        )

    def _correspondence(self, clause: Clause, row: CrosswalkRow) -> Correspondence:
        ends = [self._reference(end) if end else None for end in (row.from_clause_id, row.to_clause_id)]
        statement = " ".join(part for part in (ends[0], row.lineage, ends[1]) if part)
        other = ends[1] if row.from_clause_id == clause.id else ends[0]
        return Correspondence(other, f"{statement} ({row.relation})")

    def _without_counterpart(self, clause: Clause) -> Iterator[str]:
        """Yield a sentence, with the reason, for each other version that has no counterpart of a clause."""
        rows = self.crosswalk.get(clause.id, ())
        for version in self.mandates.values():
            across = [row for row in rows if version.id in (row.from_mandate_id, row.to_mandate_id)]
            name, other = self._reference(clause.id), version.key
            if version.id == clause.mandate_id:
                continue
            if not across:
                yield f"The crosswalk says nothing of {name} in {other}."
            for row in across:
                if None in (row.from_clause_id, row.to_clause_id):
                    yield f"Nothing in {other} corresponds to {name}. {row.rationale}"


def _by_end(links: Iterable[LinkStanding]) -> dict[tuple[str, int], list[LinkStanding]]:
    """Group links by the kind and id of the measure or item that they lead from."""
    found: dict[tuple[str, int], list[LinkStanding]] = defaultdict(list)
    for link in links:
        found[link.near.kind, link.near.id].append(link)
    return found

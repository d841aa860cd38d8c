"""Read all mappings: mandate versions with their clauses, the crosswalks between versions, and the links to clauses.

Both the OSCAL and the SKOS export use this reading, so that they always agree.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from planner.domain.vocabulary import Lineage, SetRelation
from planner.exchange.edition import Edition, last_edition
from planner.exchange.link_sources import LinkSource, UnlinkedMeasure, read_link_sources, read_unlinked
from planner.exchange.names import Names
from planner.exchange.versions import Version, read_versions
from planner.queries.links.standing import LinkStanding, read_links
from planner.register.plan_view import PlanView
from planner.register.reading import Reading
from planner.store.models import Clause, CrosswalkRow, Mandate

# Replaces a missing clause in a name. It cannot be mistaken for a clause, whose key begins with a word.
NOWHERE = "-"

# The tables that are read.
TABLES = (
    "plan",
    "theme",
    "measure",
    "item",
    "organisation",
    "mandate",
    "mandate_draft",
    "expression",
    "clause",
    "clause_expression",
    "crosswalk_row",
    "link",
    "link_review",
    "unlinked",
    "document",
    "citation",
    "attachment",
    "attached_span",
)


@dataclass(frozen=True)
class Row:
    """A crosswalk row between two versions. A clause's key is None if the row has no clause of that version."""

    before: str
    after: str
    from_key: str | None
    to_key: str | None
    lineage: Lineage
    relation: SetRelation
    rationale: str

    @property
    def place(self) -> tuple[str, ...]:
        """The path that names the row: its versions and clauses. No other row has the same path."""
        return "crosswalk", self.before, self.from_key or NOWHERE, self.after, self.to_key or NOWHERE

    @property
    def from_clause(self) -> str | None:
        """The earlier clause as mandate:key, for example pre-merger:duty-5, or None."""
        return f"{self.before}:{self.from_key}" if self.from_key else None

    @property
    def to_clause(self) -> str | None:
        """The later clause as mandate:key, for example merged:duty-5, or None."""
        return f"{self.after}:{self.to_key}" if self.to_key else None


@dataclass(frozen=True)
class Mapped:
    """All mappings as known at an instant. The versions are sorted, oldest first."""

    plan: PlanView
    names: Names
    edition: Edition
    versions: tuple[Version, ...]
    rows: tuple[Row, ...]
    sources: tuple[LinkSource, ...]
    links: tuple[LinkStanding, ...]
    unlinked: tuple[UnlinkedMeasure, ...]

    @property
    def pairs(self) -> tuple[tuple[Version, Version], ...]:
        """The pairs of versions that have a crosswalk between them, or whose second version supersedes the first."""
        by_key = {version.key: version for version in self.versions}
        wanted = {(version.supersedes, version.key) for version in self.versions if version.supersedes}
        wanted |= {(row.before, row.after) for row in self.rows}
        return tuple(
            (by_key[before], after) for after in self.versions for before in by_key if (before, after.key) in wanted
        )

    def without_row(self, before: Version, after: Version) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the keys of the clauses without a crosswalk row: first of the earlier version, then of the later."""
        rows = self.rows_between(before, after)
        return (
            before.keys_but({row.from_key for row in rows}),
            after.keys_but({row.to_key for row in rows}),
        )

    def rows_between(self, before: Version, after: Version) -> tuple[Row, ...]:
        """Return the rows of the crosswalk between two versions."""
        return tuple(row for row in self.rows if (row.before, row.after) == (before.key, after.key))

    @cached_property
    def sources_by_code(self) -> Mapping[tuple[str, str], LinkSource]:
        """The measures and items that links start from, by kind and code."""
        return {(source.kind, source.code): source for source in self.sources}

    @cached_property
    def links_from(self) -> Mapping[tuple[str, str], Sequence[LinkStanding]]:
        """The links, by kind and code of the measure or item that they start from."""
        found: dict[tuple[str, str], list[LinkStanding]] = defaultdict(list)
        for link in self.links:
            found[link.near.kind, link.near.name].append(link)
        return found

    def links_to(self, version: Version) -> tuple[LinkStanding, ...]:
        """Return the links to a version's clauses, including rejected ones."""
        return tuple(link for link in self.links if link.mandate == version.key)


# docs/decisions/0083: two reads could disagree.
def read_mapped(reading: Reading) -> Mapped:
    """Read all mappings. The plan of the reading must be the plan as known at the instant."""
    links = read_links(reading)
    keys = {row.id: row.key for row in reading.known_rows(Mandate)}
    return Mapped(
        plan=reading.plan,
        names=Names.of(reading.plan),
        edition=last_edition(reading, TABLES),
        versions=read_versions(reading),
        rows=tuple(_rows(reading, keys)),
        sources=read_link_sources(reading, links),
        links=links,
        unlinked=read_unlinked(reading, keys),
    )


def _rows(reading: Reading, mandates: dict[int, str]) -> Iterator[Row]:
    clauses = {row.id: row.key for row in reading.known_rows(Clause)}
    for row in sorted(reading.known_rows(CrosswalkRow), key=lambda row: row.id):
        yield Row(
            before=mandates[row.from_mandate_id],
            after=mandates[row.to_mandate_id],
            from_key=clauses[row.from_clause_id] if row.from_clause_id else None,
            to_key=clauses[row.to_clause_id] if row.to_clause_id else None,
            lineage=row.lineage,
            relation=row.relation,
            rationale=row.rationale,
        )

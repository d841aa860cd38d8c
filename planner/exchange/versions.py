"""Read mandate versions and their clauses for exported files."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from planner.exchange.documents import ExchangedDocument, exchanged_documents
from planner.queries.mandates.versions import versions_of_plan
from planner.register.reading import Reading
from planner.store.models import Clause, ClauseExpression, Expression, Mandate, MandateProposal, Organisation


@dataclass(frozen=True)
class PrintedClause:
    """A clause in one language: its printed number in this language, and the id of the citation of its text."""

    language: str
    number: str
    citation: int


@dataclass(frozen=True)
class MappedClause:
    """A clause of a mandate version.

    `reference` is its name as mandate:key, for example merged:duty-5. `parent` is the key of the clause that it is part
    of, or None.
    """

    reference: str
    key: str
    parent: str | None
    restatement: str
    fingerprint: str
    printed: tuple[PrintedClause, ...]


@dataclass(frozen=True)
class Version:
    """A mandate version.

    `drafted` is True if the program proposed its clauses and crosswalk and people decided on them.
    """

    key: str
    title: str
    restatement: str
    body: str
    also_body: str | None
    supersedes: str | None
    in_force_from: date | None
    drafted: bool
    documents: tuple[ExchangedDocument, ...]
    clauses: tuple[MappedClause, ...]

    def keys_but(self, excluded: Collection[str | None]) -> tuple[str, ...]:
        """Return the keys of all clauses except those in `excluded`."""
        return tuple(clause.key for clause in self.clauses if clause.key not in excluded)


def read_versions(reading: Reading) -> tuple[Version, ...]:
    """Return all mandate versions as known at the instant, oldest first."""
    return tuple(_versions(reading))


def _versions(reading: Reading) -> Iterator[Version]:
    mandates = versions_of_plan(reading)
    clauses = sorted(reading.known_rows(Clause), key=lambda row: (row.position, row.id))
    keys = {row.id: row.key for row in mandates}
    bodies = {row.id: row.name for row in reading.known_rows(Organisation)}
    documents = exchanged_documents(reading)
    expressions = sorted(reading.known_rows(Expression), key=lambda row: row.id)
    printed = _printed(reading, {row.id: row.language for row in expressions})
    drafted = {row.mandate_id for row in reading.known_rows(MandateProposal)}
    for row in mandates:
        yield Version(
            key=row.key,
            title=row.title,
            restatement=row.restatement,
            body=bodies[row.body_id],
            also_body=bodies[row.also_body_id] if row.also_body_id else None,
            supersedes=keys[row.supersedes_id] if row.supersedes_id else None,
            in_force_from=row.in_force_from,
            drafted=row.id in drafted,
            documents=tuple(documents[one.document_id] for one in expressions if one.mandate_id == row.id),
            clauses=tuple(_clauses(row, clauses, printed)),
        )


def _clauses(
    mandate: Mandate, clauses: Sequence[Clause], printed: dict[int, list[PrintedClause]]
) -> Iterator[MappedClause]:
    keys = {clause.id: clause.key for clause in clauses}
    for clause in clauses:
        if clause.mandate_id == mandate.id:
            yield MappedClause(
                reference=f"{mandate.key}:{clause.key}",
                key=clause.key,
                parent=keys[clause.parent_id] if clause.parent_id else None,
                restatement=clause.restatement,
                fingerprint=clause.fingerprint,
                printed=tuple(printed.get(clause.id, ())),
            )


def _printed(reading: Reading, languages: dict[int, str]) -> dict[int, list[PrintedClause]]:
    found: dict[int, list[PrintedClause]] = {}
    for row in sorted(reading.known_rows(ClauseExpression), key=lambda row: (row.expression_id, row.id)):
        printed = PrintedClause(languages[row.expression_id], row.printed_number, row.citation_id)
        found.setdefault(row.clause_id, []).append(printed)
    return found

"""Clauses in full: restatement, texts in each language, crosswalk rows and findings."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from planner.base.views import value_class
from planner.domain.vocabulary import FindingKind, FindingRank, Lineage, SetRelation
from planner.queries.mandates.citations import CitationView, read_citations
from planner.queries.mandates.text_ranks import DEFAULT, read_text_ranks
from planner.queries.mandates.versions import versions_of_plan
from planner.register.reading import Reading
from planner.store.models import Clause, ClauseExpression, CrosswalkRow, Expression, FindingSide, Mandate, TextFinding


@value_class
class ClauseTextView:
    """The text of a clause in one language, with the clause number printed in that text."""

    language: str
    number: str
    citation: CitationView


@value_class
class CrosswalkView:
    """One row of the crosswalk. Each side is a clause as mandate:clause, or None if the row has no clause there."""

    from_clause: str | None
    to_clause: str | None
    lineage: Lineage
    relation: SetRelation
    rationale: str


@value_class
class TextFindingView:
    """A finding about the official texts that concerns a clause, a theme or a measure."""

    key: str
    kind: FindingKind
    statement: str
    rank: FindingRank


@value_class
class ClauseView:
    """A clause of a mandate version: its restatement, its texts, its crosswalk rows and its findings."""

    id: int
    mandate: str
    mandate_title: str
    key: str
    parent: str | None
    restatement: str
    texts: tuple[ClauseTextView, ...]
    crosswalk: tuple[CrosswalkView, ...]
    findings: tuple[TextFindingView, ...]

    @property
    def reference(self) -> str:
        """The name of the clause with its mandate version, such as merged:duty-5."""
        return f"{self.mandate}:{self.key}"


def read_all_clauses(reading: Reading) -> list[ClauseView]:
    """Return every clause of the plan's mandate versions as known at an instant, older versions first."""
    own = {version.id for version in versions_of_plan(reading)}
    known = [clause for clause in reading.known_rows(Clause) if clause.mandate_id in own]
    return read_clauses(reading, sorted(known, key=lambda clause: (clause.mandate_id, clause.position)))


def read_clauses(reading: Reading, clauses: Sequence[Clause]) -> list[ClauseView]:
    """Return the clauses in full, in the given order. Their texts and crosswalk rows are as known at an instant."""
    ids = [clause.id for clause in clauses]
    mandates = {row.id: row for row in reading.known_rows(Mandate)}
    references = {
        clause_id: f"{mandates[mandate_id].key}:{key}"
        for clause_id, mandate_id, key in reading.session.execute(select(Clause.id, Clause.mandate_id, Clause.key))
        if mandate_id in mandates
    }
    texts, crosswalk = _texts(reading, ids), _crosswalk(reading, ids, references)
    findings = _findings(reading.session, ids)
    return [
        ClauseView(
            id=clause.id,
            mandate=mandates[clause.mandate_id].key,
            mandate_title=mandates[clause.mandate_id].title,
            key=clause.key,
            parent=references[clause.parent_id] if clause.parent_id else None,
            restatement=clause.restatement,
            texts=tuple(texts[clause.id]),
            crosswalk=tuple(crosswalk[clause.id]),
            findings=findings.get(clause.id, ()),
        )
        for clause in clauses
    ]


def findings_about(reading: Reading, sides: ColumnElement[bool]) -> tuple[TextFindingView, ...]:
    """Return the findings about official texts with a side that meets the condition `sides`, the highest rank first."""
    about = select(FindingSide.finding_id).where(sides)
    found = select(TextFinding).where(TextFinding.id.in_(about)).order_by(TextFinding.id)
    rows = reading.rollback.rows(list(reading.session.execute(found).scalars()))
    ranks = read_text_ranks(reading.session) if rows else {}
    return _by_rank(_finding(row, ranks) for row in rows)


def _finding(row: TextFinding, ranks: Mapping[int, FindingRank]) -> TextFindingView:
    return TextFindingView(row.key, row.kind, row.statement, ranks.get(row.id, DEFAULT))


def _by_rank(findings: Iterable[TextFindingView]) -> tuple[TextFindingView, ...]:
    places = list(FindingRank)
    return tuple(sorted(findings, key=lambda finding: places.index(finding.rank)))


def _texts(reading: Reading, ids: Sequence[int]) -> dict[int, list[ClauseTextView]]:
    """Return the texts of each clause, by clause id, in the order in which the version's languages were added."""
    of_clauses = select(ClauseExpression).where(ClauseExpression.clause_id.in_(ids))
    rows = reading.rollback.rows(
        list(reading.session.execute(of_clauses.order_by(ClauseExpression.expression_id)).scalars())
    )
    languages = {row.id: row.language for row in reading.known_rows(Expression)}
    citations = read_citations(reading.session, [row.citation_id for row in rows], reading.known_at)
    texts: dict[int, list[ClauseTextView]] = defaultdict(list)
    for row in rows:
        text = ClauseTextView(languages[row.expression_id], row.printed_number, citations[row.citation_id])
        texts[row.clause_id].append(text)
    return texts


def _crosswalk(reading: Reading, ids: Sequence[int], references: dict[int, str]) -> dict[int, list[CrosswalkView]]:
    """Return the crosswalk rows that lead from or to each clause, by clause id."""
    rows = reading.session.execute(
        select(CrosswalkRow)
        .where(or_(CrosswalkRow.from_clause_id.in_(ids), CrosswalkRow.to_clause_id.in_(ids)))
        .order_by(CrosswalkRow.id)
    ).scalars()
    found: dict[int, list[CrosswalkView]] = defaultdict(list)
    for row in reading.rollback.rows(list(rows)):
        view = CrosswalkView(
            from_clause=references[row.from_clause_id] if row.from_clause_id else None,
            to_clause=references[row.to_clause_id] if row.to_clause_id else None,
            lineage=row.lineage,
            relation=row.relation,
            rationale=row.rationale,
        )
        for end in _ends(row.from_clause_id, row.to_clause_id):
            found[end].append(view)
    return found


def _ends(*clauses: int | None) -> Iterable[int]:
    return {clause for clause in clauses if clause is not None}


def _findings(session: Session, ids: Sequence[int]) -> dict[int, tuple[TextFindingView, ...]]:
    """Return the findings about each clause, by clause id. Each finding comes once, the highest rank first."""
    rows = session.execute(
        select(FindingSide.clause_id, TextFinding)
        .join(TextFinding, TextFinding.id == FindingSide.finding_id)
        .where(FindingSide.clause_id.in_(ids))
        .order_by(TextFinding.id)
    )
    ranks = read_text_ranks(session)
    found: dict[int, dict[int, TextFindingView]] = defaultdict(dict)
    for clause_id, row in rows:
        if clause_id is not None:
            found[clause_id][row.id] = _finding(row, ranks)
    return {clause_id: _by_rank(views.values()) for clause_id, views in found.items()}

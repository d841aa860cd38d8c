"""The clauses as one HTML page: languages side by side, crosswalk, links, gaps, and a matrix of themes and clauses."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from planner.base.formats import percent
from planner.base.numbers import counted
from planner.domain.vocabulary import NO_MANDATE_MESSAGE, SpanMatch
from planner.exchange.pages.shown_clauses import ShownClauses
from planner.exchange.pages.variables import direction, shared_variables
from planner.pages.templates import rendered, templates_of
from planner.queries.items.views import ItemLine
from planner.queries.links.standing import LinkStanding
from planner.queries.mandates.citations import CitationView
from planner.queries.mandates.clause_views import ClauseTextView, ClauseView, CrosswalkView
from planner.queries.mandates.clauses import UncoveredMeasure
from planner.queries.mandates.matrix import Matrix, MatrixRow
from planner.register.plan_view import PlanView
from planner.weekly.reading import Instance

# The most items shown behind one link. `planner items` and the weekly file have all of them.
MOST_ITEMS = 1_000

# The names of common languages. Other languages are named by their tag.
_LANGUAGES = {"ar": "Arabic", "en": "English", "ko": "Korean", "zh": "Chinese"}

_MATCHES = {
    SpanMatch.EXACT: "Verbatim",
    SpanMatch.NORMAL: "Verbatim from a re-saved copy",
    SpanMatch.DIFFERS: "The attached copy differs from what was cited",
    SpanMatch.MISSING: "The attached copy does not have what was cited",
}


@dataclass(frozen=True)
class OtherClause:
    """A crosswalk row as seen from one clause: an arrow, and the clause of the other version, if there is one."""

    arrow: str
    reference: str | None
    row: CrosswalkView


@dataclass(frozen=True)
class PageLink:
    """A link of a clause with the items that it covers. `notes` describes changes and the last review, or is empty."""

    link: LinkStanding
    notes: str
    items: tuple[ItemLine, ...]


@dataclass(frozen=True)
class PageClause:
    """A clause of a mandate version with its texts, crosswalk rows and links.

    `missing` names the requested languages in which the clause has no text.
    """

    clause: ClauseView
    row: MatrixRow
    texts: tuple[ClauseTextView, ...]
    missing: tuple[str, ...]
    others: tuple[OtherClause, ...]
    linked: str
    links: tuple[PageLink, ...]


@dataclass(frozen=True)
class Gap:
    """A gap of a mandate version, such as an unlinked clause. `items` is None if the gap is not about a measure."""

    kind: str
    which: str
    text: str
    note: str | None = None
    progress: str | None = None
    items: tuple[ItemLine, ...] | None = None


@dataclass(frozen=True)
class PageVersion:
    """A mandate version on the page."""

    matrix: Matrix
    number_of_clauses: str
    number_of_gaps: str
    clauses: Iterator[PageClause]
    gaps: tuple[Gap, ...]


def clauses_page(instance: Instance, found: ShownClauses) -> Iterator[bytes]:
    """Yield the page of clauses in pieces."""
    variables = {
        **shared_variables(instance, "Mandate and clauses", "clauses.css"),
        "no_mandate": NO_MANDATE_MESSAGE,
        "versions": [_version(instance.plan, found, matrix) for matrix in found.matrices],
        "crosswalk": found.crosswalk(),
        "references": found.references,
        "most_items": MOST_ITEMS,
    }
    environment = templates_of(
        "planner.exchange.pages",
        direction=direction,
        fragment=_fragment,
        language=_language,
        match=_match,
        percent=percent,
    )
    return rendered(environment, "clauses.html", variables)


def _fragment(reference: str) -> str:
    """Return a clause's name, encoded for the fragment part of a URL."""
    return quote(reference, safe=":")


def _language(language: str) -> str:
    return _LANGUAGES.get(language) or language


def _match(citation: CitationView) -> str | None:
    """Return how well the attached copy matches the cited text, in words, or None if no copy is attached."""
    return _MATCHES.get(citation.match) if citation.match else None


def _version(plan: PlanView, found: ShownClauses, matrix: Matrix) -> PageVersion:
    rows = [row for row in matrix.rows if row.is_clause]
    return PageVersion(
        matrix=matrix,
        number_of_clauses=counted(len(rows), "clause"),
        number_of_gaps=counted(sum(row.is_gap for row in matrix.rows), "gap"),
        clauses=(_clause(plan, found, row) for row in rows),
        gaps=(*_unlinked_clauses(matrix), *_uncovered_measures(matrix), *_one_sided(found, matrix.mandate)),
    )


def _clause(plan: PlanView, found: ShownClauses, row: MatrixRow) -> PageClause:
    clause = found.clauses[row.name]
    texts = tuple(found.texts(clause))
    available = {text.language for text in texts}
    # Links to the clause's parts are counted here but shown with the parts.
    links = [link for link in row.links if link.clause.name == row.name]
    return PageClause(
        clause=clause,
        row=row,
        texts=texts,
        missing=tuple(language for language in found.languages if language not in available),
        others=tuple(_other_clause(clause, crosswalk) for crosswalk in clause.crosswalk),
        linked=_linked(row),
        links=tuple(PageLink(link, _notes(plan, link), _items_behind(row, link)) for link in links),
    )


def _other_clause(clause: ClauseView, row: CrosswalkView) -> OtherClause:
    if row.from_clause == clause.reference:
        return OtherClause("→", row.to_clause, row)
    return OtherClause("←", row.from_clause, row)


def _linked(row: MatrixRow) -> str:
    """Return in words how many measures and items are linked to a clause, and the progress of the items."""
    items = len(row.items)
    progress = f"; {percent(row.whole.actual)} done, {percent(row.whole.expected)} expected" if items else ""
    return f"{counted(len(row.measures), 'measure')}, {counted(items, 'item')}{progress}"


def _items_behind(row: MatrixRow, link: LinkStanding) -> tuple[ItemLine, ...]:
    return tuple(item for item in row.items if link.near.name == (item.code if link.of_item else item.measure))


def _notes(plan: PlanView, link: LinkStanding) -> str:
    """Return a text on the changes since the last review of a link, and on who reviewed it last, when and why."""
    notes = [end.why for end in link.suspect]
    if link.review is not None:
        reason = f": {link.review.reason}" if link.review.reason else ""
        day = plan.day_at(link.review.recorded_at)
        notes.append(f"{link.review.decision.value} by {link.review.actor} on {day}{reason}")
    return "; ".join(notes)


def _unlinked_clauses(matrix: Matrix) -> Iterator[Gap]:
    for row in matrix.rows:
        if row.is_clause and row.is_gap:
            yield Gap("clause without measure or item", row.name.partition(":")[2], row.wording)


def _uncovered_measures(matrix: Matrix) -> Iterator[Gap]:
    for row in matrix.rows:
        if isinstance(row.about, UncoveredMeasure):
            progress = f"{counted(len(row.items), 'item')}, {percent(row.whole.actual)} done" if row.items else None
            yield Gap("measure without a clause", row.name, row.about.title, row.about.reason, progress, row.items)


def _one_sided(found: ShownClauses, mandate: str) -> Iterator[Gap]:
    for clause, row in found.one_sided(mandate):
        yield Gap(f"{row.lineage.value} clause", clause.key, clause.restatement, row.rationale)

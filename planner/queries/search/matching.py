"""Selects the findings, links, matrix rows or people that contain all words of a search, in any language.

Each of them is searched by its own text, and by all names of the measures, themes, items, clauses and organisations
that it is about.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from planner.base.texts import folded
from planner.domain.codes import has_words, search_words
from planner.domain.vocabulary import FindingSubject
from planner.queries.items.register import read_register
from planner.queries.mandates.clause_views import read_all_clauses
from planner.queries.search.search_texts import SearchTexts, Texts, read_search_texts
from planner.register.reading import Reading

if TYPE_CHECKING:
    from planner.queries.findings.views import FindingView
    from planner.queries.links.standing import LinkStanding
    from planner.queries.mandates.matrix import Matrix, MatrixRow
    from planner.queries.people.person_view import PersonView

_Thing = TypeVar("_Thing")


def finding_texts(finding: "FindingView", texts: SearchTexts) -> Texts:
    """Return the searched texts of a finding: its own text, and the names of its subject and its sides."""
    about = finding.about
    own = folded("\n".join((finding.kind.value, finding.subject, finding.statement, about.key, about.title)))
    of_theme = about.kind is FindingSubject.THEME
    named = texts.of_theme(int(about.key)) if of_theme else texts.of_named(about.key)
    if not finding.sides:
        return (own, *named)
    sides = (text for side in finding.sides for text in _places(side.theme, side.measure, side.clause, texts))
    return tuple(dict.fromkeys((own, *named, *sides)))


def _places(theme: int | None, measure: str | None, clause: str | None, texts: SearchTexts) -> Texts:
    of_theme = texts.of_theme(theme) if theme is not None else ()
    of_measure = texts.of_measure(measure) if measure is not None else ()
    return (*of_theme, *of_measure, *(texts.of_clause(clause) if clause is not None else ()))


def link_texts(link: "LinkStanding", texts: SearchTexts) -> Texts:
    """Return the searched texts of a link: its name, its rationale, and the names of its two ends."""
    own = folded("\n".join((link.name, link.near.title, link.clause.title, link.rationale)))
    return (own, *texts.of_named(link.name))


def row_texts(row: "MatrixRow", texts: SearchTexts) -> Texts:
    """Return the searched texts of a matrix row: those of its clause or measure, and of the clause's measures.

    The measures of a clause are those linked to it or to one of its parts.
    """
    own = folded(f"{row.name}\n{row.wording}\n{row.about.restatement}")
    measures = (text for code in row.measures for text in texts.of_measure(code))
    return tuple(dict.fromkeys((own, *texts.of_clause(row.name), *measures)))


def person_texts(person: "PersonView", texts: SearchTexts) -> Texts:
    """Return the searched texts of a person: login, name and role, and the names of their organisation."""
    own = folded(f"{person.login}\n{person.name}\n{person.role.value}")
    body = texts.organisations.get(person.organisation.key) if person.organisation else None
    return (own, body) if body else (own,)


def having_words(
    reading: Reading,
    things: Iterable[_Thing],
    search: str,
    texts_of: Callable[[_Thing, SearchTexts], Texts],
) -> list[_Thing]:
    """Return the things that contain every word of a search, in their order; all of them if there is no word."""
    words = search_words(search)
    if not words:
        return list(things)
    items, clauses = read_register(reading), read_all_clauses(reading)
    names = read_search_texts(reading, items, clauses)
    return [thing for thing in things if has_words(words, *texts_of(thing, names))]


def matching_matrices(reading: Reading, matrices: "Iterable[Matrix]", search: str) -> "tuple[Matrix, ...]":
    """Return the matrices with only the rows that contain every word."""
    return tuple(
        replace(matrix, rows=tuple(having_words(reading, matrix.rows, search, row_texts))) for matrix in matrices
    )


def matching_matrix(matrix: "Matrix", search: str, texts: SearchTexts) -> "Matrix":
    """Return a matrix with only the rows that contain every word."""
    words = search_words(search)
    return replace(matrix, rows=tuple(row for row in matrix.rows if has_words(words, *row_texts(row, texts))))

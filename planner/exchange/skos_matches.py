"""Express the crosswalk as relations between clauses, in terms of SKOS and Dublin Core where they exist."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from planner.domain.vocabulary import SetRelation
from planner.exchange.mapped import Mapped, Row

# The SKOS term for each relation, as seen from the earlier clause and from the later one. SKOS names the other end: a
# subset of the later clause has that clause as its broader match. `equivalent-to` is a close match, because SKOS treats
# exactMatch as transitive and would extend it from clause to clause.
MATCHES: Mapping[SetRelation, tuple[str, str]] = {
    SetRelation.EQUAL_TO: ("exactMatch", "exactMatch"),
    SetRelation.EQUIVALENT_TO: ("closeMatch", "closeMatch"),
    SetRelation.SUBSET_OF: ("broadMatch", "narrowMatch"),
    SetRelation.SUPERSET_OF: ("narrowMatch", "broadMatch"),
}

# SKOS has no term for an overlap. Its nearest term is allowed only if neither concept is below the other.
OVERLAP, NEAREST = "intersectsWith", "relatedMatch"

Relations = Mapping[str, Mapping[str, list[str]]]


def relations_of_clauses(mapped: Mapped) -> Relations:
    """Return the relations of each clause: for each term, the URIs of the other clauses."""
    above = _above(mapped)
    relations: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in mapped.rows:
        if row.from_clause and row.to_clause:
            for from_word, to_word in _words(row, above):
                relations[row.from_clause][from_word].append(mapped.names.clause(row.to_clause))
                relations[row.to_clause][to_word].append(mapped.names.clause(row.from_clause))
    return relations


def _words(row: Row, above: Mapping[str | None, set[str]]) -> Iterator[tuple[str, str]]:
    """Yield the terms for a crosswalk row, each as seen from the earlier clause and from the later one."""
    if row.relation in MATCHES:
        yield MATCHES[row.relation]
    elif row.relation is SetRelation.INTERSECTS_WITH:
        yield OVERLAP, OVERLAP
        if row.to_clause not in above[row.from_clause] and row.from_clause not in above[row.to_clause]:
            yield NEAREST, NEAREST
    yield "isReplacedBy", "replaces"


def _above(mapped: Mapped) -> Mapping[str | None, set[str]]:
    """Return, for each clause, all clauses above it: its parents, clauses that include it, and those above these.

    SKOS (S27) forbids `related` between concepts if one is broader than the other, however many steps away.
    """
    next_above: dict[str, set[str]] = defaultdict(set)
    for version in mapped.versions:
        for clause in version.clauses:
            if clause.parent:
                next_above[clause.reference].add(f"{version.key}:{clause.parent}")
    for row in mapped.rows:
        if row.from_clause and row.to_clause and row.relation is SetRelation.SUBSET_OF:
            next_above[row.from_clause].add(row.to_clause)
        if row.from_clause and row.to_clause and row.relation is SetRelation.SUPERSET_OF:
            next_above[row.to_clause].add(row.from_clause)
    return defaultdict(set, {clause: _reached(clause, next_above) for clause in next_above})


def _reached(clause: str, next_above: Mapping[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    left = [clause]
    while left:
        for one in next_above.get(left.pop(), set()) - reached:
            reached.add(one)
            left.append(one)
    return reached

"""What the crosswalk says of each clause, in SKOS's and Dublin Core's words where these have one."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from planner.exchange.mapped import Mapped, Row
from planner.vocabulary import SetRelation

# How the earlier clause relates to the later one, and how that reads from the later one. SKOS names the other end: what
# is part of the later clause's substance has a broader match in it. `equivalent-to` is the same in other words; an
# exactMatch would be carried on from clause to clause, so that is a close match.
MATCHES: Mapping[SetRelation, tuple[str, str]] = {
    SetRelation.EQUAL_TO: ("exactMatch", "exactMatch"),
    SetRelation.EQUIVALENT_TO: ("closeMatch", "closeMatch"),
    SetRelation.SUBSET_OF: ("broadMatch", "narrowMatch"),
    SetRelation.SUPERSET_OF: ("narrowMatch", "broadMatch"),
}

# SKOS has no word for an overlap; its nearest is allowed only between concepts of which neither is beneath the other.
OVERLAP, NEAREST = "intersectsWith", "relatedMatch"

Said = Mapping[str, Mapping[str, list[str]]]


def said_of_clauses(mapped: Mapped) -> Said:
    """Per clause, by its reference, the words that the crosswalk says of it, each with the other clauses' URIs."""
    above = _above(mapped)
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in mapped.rows:
        if row.from_clause and row.to_clause:
            for from_word, to_word in _words(row, above):
                said[row.from_clause][from_word].append(mapped.names.clause(row.to_clause))
                said[row.to_clause][to_word].append(mapped.names.clause(row.from_clause))
    return said


def _words(row: Row, above: Mapping[str | None, set[str]]) -> Iterator[tuple[str, str]]:
    """What a row says of its earlier clause, and of its later one."""
    if row.relation in MATCHES:
        yield MATCHES[row.relation]
    elif row.relation is SetRelation.INTERSECTS_WITH:
        yield OVERLAP, OVERLAP
        if row.to_clause not in above[row.from_clause] and row.from_clause not in above[row.to_clause]:
            yield NEAREST, NEAREST
    yield "isReplacedBy", "replaces"


def _above(mapped: Mapped) -> Mapping[str | None, set[str]]:
    """Per clause, all that is above it: what it is a part of, what has more of its substance, and what is above these.

    SKOS (S27) calls nothing related that is also broader, however many steps away.
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

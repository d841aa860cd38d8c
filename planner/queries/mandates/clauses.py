"""The clauses of each mandate version in order, and the measures and items of a plan that are linked to them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from planner.base.errors import unknown_name
from planner.base.language import later, tr
from planner.base.views import value_class
from planner.domain.codes import canonical_key
from planner.domain.vocabulary import NO_MANDATE
from planner.queries.links.standing import LinkStanding, read_links, reasons_not_holding
from planner.queries.mandates.versions import mandate_versions, no_mandate, versions_of_plan
from planner.register.reading import Reading
from planner.store.models import Clause, Mandate, Measure, Theme, Unlinked


@value_class
class OutlineClause:
    """A clause in the outline of its version. `depth` is 0 for a clause and 1 for a part of a clause.

    `links` are the links to this clause that hold. `measures` and `items` are the codes at their other ends.
    `suggested` are the links that the program suggested and nobody has reviewed.
    """

    id: int
    reference: str
    key: str
    parent: str | None
    depth: int
    restatement: str
    measures: tuple[str, ...]
    items: tuple[str, ...]
    links: tuple[LinkStanding, ...]
    suggested: tuple[LinkStanding, ...]


@value_class
class UncoveredMeasure:
    """A measure that no clause of the version covers. `theme` is None for a measure of the plan as a whole."""

    code: str
    title: str
    restatement: str
    theme: int | None
    reason: str | None


@value_class
class Outline:
    """A mandate version: its clauses, each followed by its parts, and the measures that no clause covers."""

    mandate: str
    title: str
    in_force: bool
    clauses: tuple[OutlineClause, ...]
    uncovered: tuple[UncoveredMeasure, ...]


@value_class
class _Links:
    """The measures of a plan and their links to clauses, as known at an instant.

    `holding` has the links to each clause that count, and `suggested` those that the program suggested, by clause id,
    without the links to parts of the clause.
    """

    measures: list[Measure]
    links: Sequence[LinkStanding]
    holding: Mapping[int, Sequence[LinkStanding]]
    suggested: Mapping[int, Sequence[LinkStanding]]


def read_outlines(reading: Reading, mandate: str | None = None) -> tuple[Outline, ...]:
    """Return the outline of every mandate version, older first, or only of the named one.

    Raises UnknownNameError if there is no such version.
    """
    linked = _links(reading)
    clauses = reading.known_rows(Clause)
    return tuple(
        Outline(
            mandate=version.key,
            title=version.title,
            in_force=version.key == reading.plan.mandate,
            clauses=tuple(_outlined(version, [row for row in clauses if row.mandate_id == version.id], linked)),
            uncovered=tuple(_uncovered(reading, version, clauses, linked)),
        )
        for version in named_mandates(versions_of_plan(reading), mandate, reading.plan.waiting)
    )


def named_mandates(versions: Sequence[Mandate], key: str | None, waiting: str | None = None) -> Sequence[Mandate]:
    """Return all versions, older first, or only the named one. Raises UnknownNameError if there is no such version.

    The result is empty if no version is named and the plan has no mandate. `waiting` is the proposal of its first one.
    """
    ordered = mandate_versions(versions)
    if key is not None and (not ordered or key == NO_MANDATE):
        raise no_mandate("mandate", waiting)
    chosen = [version for version in ordered if key is None or version.key == canonical_key(key)]
    if not chosen and key is not None:
        known = (version.key for version in ordered)
        raise unknown_name(
            tr("no mandate version is called '{key}'", key=key), later("versions"), known, where="mandate"
        )
    return chosen


def read_clause_references(reading: Reading) -> dict[str, tuple[str, ...]]:
    """Return the clauses of each measure as mandate:clause, by measure code. Measures without a link are left out.

    The clauses of the version in force when the plan was made come first, then those of the other versions, older
    first. Clauses of one version keep the order of that version.
    """
    outlines = sorted(read_outlines(reading), key=lambda outline: not outline.in_force)
    linked: dict[str, list[str]] = defaultdict(list)
    for outline in outlines:
        for clause in outline.clauses:
            for code in clause.measures:
                linked[code].append(clause.reference)
    return {code: tuple(references) for code, references in linked.items()}


def _links(reading: Reading) -> _Links:
    measures = [row for row in reading.known_rows(Measure) if row.plan_id == reading.plan.id]
    links = read_links(reading)
    holding: dict[int, list[LinkStanding]] = defaultdict(list)
    suggested: dict[int, list[LinkStanding]] = defaultdict(list)
    for link in links:
        if link.holds:
            holding[link.clause.id].append(link)
        elif link.suggested:
            suggested[link.clause.id].append(link)
    return _Links(sorted(measures, key=lambda measure: measure.position), links, holding, suggested)


def _outlined(version: Mandate, clauses: Sequence[Clause], linked: _Links) -> Iterator[OutlineClause]:
    """Yield the clauses of a version in order, each followed by its parts."""
    parts: dict[int | None, list[Clause]] = defaultdict(list)
    for clause in sorted(clauses, key=lambda clause: clause.position):
        parts[clause.parent_id].append(clause)

    def under(parent: Clause | None, depth: int) -> Iterator[OutlineClause]:
        for clause in parts[parent.id if parent else None]:
            links = tuple(linked.holding.get(clause.id, ()))
            yield OutlineClause(
                id=clause.id,
                reference=f"{version.key}:{clause.key}",
                key=clause.key,
                parent=f"{version.key}:{parent.key}" if parent else None,
                depth=depth,
                restatement=clause.restatement,
                measures=tuple(link.near.name for link in links if not link.of_item),
                items=tuple(link.near.name for link in links if link.of_item),
                links=links,
                suggested=tuple(linked.suggested.get(clause.id, ())),
            )
            yield from under(clause, depth + 1)

    return under(None, 0)


def _uncovered(
    reading: Reading, version: Mandate, clauses: Sequence[Clause], linked: _Links
) -> Iterator[UncoveredMeasure]:
    ours = {clause.id for clause in clauses if clause.mandate_id == version.id}
    links = [link for link in linked.links if link.clause.id in ours and not link.of_item]
    covered = {link.near.id for link in links if link.holds}
    reasons = {row.measure_id: row.reason for row in reading.known_rows(Unlinked) if row.mandate_id == version.id}
    themes = {row.id: row.number for row in reading.known_rows(Theme)}
    for measure in linked.measures:
        if measure.id not in covered:
            theme = themes.get(measure.theme_id) if measure.theme_id else None
            without = reasons_not_holding(link for link in links if link.near.id == measure.id)
            reason = without or reasons.get(measure.id)
            yield UncoveredMeasure(measure.code, measure.title, measure.restatement, theme, reason)

"""Read the starting points of links: the measures of a plan, and the items that have links of their own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from planner.domain.vocabulary import Basis
from planner.exchange.names import Names
from planner.queries.id_in import id_in
from planner.queries.links.standing import LinkStanding
from planner.register.reading import Reading
from planner.store.models import Item, Measure, Theme, Unlinked


@dataclass(frozen=True)
class LinkSource:
    """A measure, or an item that has links of its own. `basis` is the basis of its wording.

    For a measure, `measure` is None, and `theme` is None if the measure belongs to the plan as a whole. For an item,
    `restatement` is None.
    """

    kind: str
    code: str
    title: str
    restatement: str | None
    theme: int | None
    measure: str | None
    basis: Basis
    fingerprint: str


@dataclass(frozen=True)
class UnlinkedMeasure:
    """A measure that is recorded as having no clause in a mandate version, and the reason."""

    code: str
    mandate: str
    reason: str


def place_of_link(names: Names, link: LinkStanding) -> tuple[str, ...]:
    """Return the path that names a link, starting at the register."""
    return ("plan", names.plan_key, "link", link.near.name, *link.clause.name.split(":", 1))


def read_link_sources(reading: Reading, links: Sequence[LinkStanding]) -> tuple[LinkSource, ...]:
    """Return the measures of a plan in their order, then the items with links, in the order of their codes."""
    measures = _measures(reading)
    themes = {row.id: row.number for row in reading.known_rows(Theme)}
    return (
        *(_of_measure(row, themes) for row in sorted(measures.values(), key=lambda row: (row.position, row.id))),
        *_items(reading, {link.near.id for link in links if link.of_item}, measures, themes),
    )


def read_unlinked(reading: Reading, mandates: dict[int, str]) -> tuple[UnlinkedMeasure, ...]:
    """Return the measures that are recorded as having no clause in a mandate version.

    `mandates` maps the ids of mandate versions to their keys.
    """
    measures = _measures(reading)
    rows = sorted(reading.known_rows(Unlinked), key=lambda row: row.id)
    return tuple(
        UnlinkedMeasure(measures[row.measure_id].code, mandates[row.mandate_id], row.reason)
        for row in rows
        if row.measure_id in measures
    )


def _measures(reading: Reading) -> dict[int, Measure]:
    return {row.id: row for row in reading.known_rows(Measure) if row.plan_id == reading.plan.id}


def _of_measure(row: Measure, themes: dict[int, int]) -> LinkSource:
    theme = themes[row.theme_id] if row.theme_id else None
    return LinkSource("measure", row.code, row.title, row.restatement, theme, None, row.basis, row.fingerprint)


def _items(
    reading: Reading,
    linked: set[int],
    measures: dict[int, Measure],
    themes: dict[int, int],
) -> Iterator[LinkSource]:
    if not linked:
        return
    rows = reading.rollback.rows(
        list(reading.session.execute(select(Item).where(id_in(reading.session, Item.id, linked))).scalars())
    )
    for row in sorted(rows, key=lambda row: row.code):
        basis = Basis.SIMULATED if reading.plan.simulated else row.basis
        measure = measures[row.measure_id].code if row.measure_id else None
        yield LinkSource("item", row.code, row.title, None, themes[row.theme_id], measure, basis, row.fingerprint)

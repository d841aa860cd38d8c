"""The register of a plan as known at a point in time, for computing findings. Each table is read only once."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache, cached_property
from typing import Any, NamedTuple

from sqlalchemy import Select, or_, select

from planner.base.views import value_class
from planner.domain.vocabulary import Basis, FindingSubject
from planner.queries.chosen import Chosen, Condition, items_of_plan, items_with_codes
from planner.queries.findings.views import About, SideView
from planner.queries.id_in import dialect_of, ids_parameter, ids_value, is_among
from planner.queries.items.dropped import read_dropped
from planner.queries.items.ordering import register_order
from planner.queries.links.standing import LinkStanding, read_links
from planner.queries.mandates.citations import CitationView, read_citations
from planner.queries.mandates.versions import versions_of_plan
from planner.register.known import columns_of
from planner.register.raw_rows import column_values, columns, rows_in_any_order
from planner.register.reading import Reading
from planner.store.models import Clause, Document, Item, Link, Mandate, Measure, Theme


class ItemLine(NamedTuple):
    """The columns of an item's row that say which findings there are. They are read for all items."""

    id: int
    code: str
    kind: str
    measure_id: int | None
    position: int
    taken_out: bool


class ItemWords(NamedTuple):
    """The columns of an item's row that are read to put a finding about the item into words."""

    id: int
    title: str
    basis: Basis
    allocation_basis: Basis
    lead_basis: Basis
    starts_basis: Basis
    due_basis: Basis

    @property
    def bases(self) -> tuple[Basis, ...]:
        """The bases of the facts in the item's own row, in the order of `ItemWords`."""
        return self[2:]


@value_class
class KnownRegister(Reading):
    """The rows that findings are computed from.

    If `only` is set, the register has only the item with this code, and the links of this item and its measure.
    """

    only: str | None = None

    @cached_property
    def chosen(self) -> Chosen:
        """The choice of all items of the plan or, if `only` is set, of the item with this code."""
        plan = self.plan.id
        return items_of_plan(plan) if self.only is None else items_with_codes(plan, [self.only])

    @cached_property
    def mandates(self) -> dict[int, Mandate]:
        """The mandate versions that concern the plan by id, older first."""
        return {row.id: row for row in versions_of_plan(self)}

    @cached_property
    def clauses(self) -> dict[int, Clause]:
        """The clauses of these versions by id, ordered by version and then by position in the version."""
        own = [row for row in self.known_rows(Clause) if row.mandate_id in self.mandates]
        return {row.id: row for row in sorted(own, key=lambda row: (row.mandate_id, row.position))}

    @cached_property
    def documents(self) -> dict[int, Document]:
        """The documents by id."""
        return {row.id: row for row in self.known_rows(Document)}

    @cached_property
    def themes(self) -> dict[int, Theme]:
        """The themes of all plans by id."""
        return {row.id: row for row in self.known_rows(Theme)}

    @cached_property
    def measures(self) -> dict[int, Measure]:
        """The plan's measures by id, in the order of the plan."""
        own = [row for row in self.known_rows(Measure) if row.plan_id == self.plan.id]
        return {row.id: row for row in sorted(own, key=lambda row: row.position)}

    @cached_property
    def measures_of_other_plans(self) -> frozenset[int | None]:
        """The ids of the measures of all other plans."""
        return frozenset(row.id for row in self.known_rows(Measure) if row.plan_id != self.plan.id)

    @cached_property
    def items(self) -> dict[int, ItemLine]:
        """The plan's items by id, in the order of the register."""
        statement = _select_items(dialect_of(self.session), self.chosen.condition)
        lines = self.known_records(Item, ItemLine, statement, self.chosen.values, read=rows_in_any_order)
        return {line.id: line for line in sorted(lines, key=register_order) if not line.taken_out}

    def words(self, items: Iterable[ItemLine]) -> dict[int, ItemWords]:
        """Return what findings about these items say of them, by item id."""
        dialect = dialect_of(self.session)
        ids = {"ids": ids_value(dialect, [item.id for item in items])}
        return {words.id: words for words in self.known_records(Item, ItemWords, _select_words(dialect), ids)}

    @cached_property
    def items_with_working_facts(self) -> frozenset[int]:
        """The ids of the items of which a fact in their own row has the basis `working`."""
        dialect, condition = dialect_of(self.session), self.chosen.condition
        if Item.__tablename__ in self.rollback.tables:
            statement = columns_of(Item, ItemWords).where(condition(dialect))
            words = self.known_records(Item, ItemWords, statement, self.chosen.values)
            return frozenset(item.id for item in words if Basis.WORKING in item.bases)
        (ids,) = column_values(self.session, _select_working(dialect, condition), self.chosen.values)
        return frozenset(ids)

    @cached_property
    def dropped(self) -> frozenset[int]:
        """The ids of the items that were cancelled or merged, and so no longer carry out a measure."""
        return read_dropped(self, self.chosen)

    @cached_property
    def dropped_items(self) -> list[ItemLine]:
        """The items that were cancelled or merged."""
        return [item for key, item in self.items.items() if key in self.dropped] if self.dropped else []

    @cached_property
    def active_items(self) -> dict[int, ItemLine]:
        """The items that were not dropped, by id."""
        if not self.dropped:
            return self.items
        return {key: item for key, item in self.items.items() if key not in self.dropped}

    @cached_property
    def dropped_measures(self) -> frozenset[int]:
        """The ids of the measures whose items were all dropped. Measures without items are not among them."""
        with_dropped = {item.measure_id for item in self.dropped_items if item.measure_id}
        return frozenset(with_dropped - {item.measure_id for item in self.active_items.values()})

    @cached_property
    def links(self) -> list[LinkStanding]:
        """The links that hold."""
        return [link for link in self.all_links if link.holds]

    @cached_property
    def all_links(self) -> tuple[LinkStanding, ...]:
        """All links, with those that were rejected or only suggested."""
        return read_links(self, ids=None if self.only is None else self._link_ids())

    def _link_ids(self) -> list[int]:
        """Return the ids of the links of the items and of their measures."""
        items, measures = self.items.keys(), {item.measure_id for item in self.items.values() if item.measure_id}
        of_ends = or_(Link.item_id.in_(items), Link.measure_id.in_(measures))
        return list(self.session.execute(select(Link.id).where(of_ends)).scalars())

    @cached_property
    def linked_codes(self) -> dict[int, list[str]]:
        """The codes of the measures and items linked to each clause, by clause id.

        Dropped measures and items are left out.
        """
        codes: dict[int, list[str]] = defaultdict(list)
        for link in self.links:
            excluded = self.dropped_measures if link.near.kind == "measure" else self.dropped
            if link.near.id not in excluded:
                codes[link.clause.id].append(link.near.name)
        return dict(codes)

    def reference(self, clause: Clause) -> str:
        """Return the name of a clause with its mandate version, such as merged:duty-5."""
        return f"{self.mandates[clause.mandate_id].key}:{clause.key}"

    def about_clause(self, clause: Clause) -> About:
        """Return the subject of a finding about a clause."""
        return About(FindingSubject.CLAUSE, self.reference(clause), clause.restatement)

    def citations(self, ids: Iterable[int | None]) -> dict[int, CitationView]:
        """Return the citations with these ids, by id. Copies attached after the known-at instant are not used."""
        return read_citations(self.session, ids, self.known_at)

    def sides_of_measures(self, measures: Iterable[Measure]) -> dict[int, SideView]:
        """Return each measure as a side of a finding, by measure id, with the measure's citation."""
        chosen = list(measures)
        citations = self.citations([measure.citation_id for measure in chosen])
        sides = {}
        for measure in chosen:
            citation = citations.get(measure.citation_id) if measure.citation_id else None
            sides[measure.id] = SideView(
                label=measure.title,
                lacks=False,
                document=citation.document if citation else None,
                clause=None,
                theme=self.themes[measure.theme_id].number if measure.theme_id else None,
                measure=measure.code,
                citation=citation,
            )
        return sides


@cache
def _select_items(dialect: str, condition: Condition) -> Select[Any]:
    return columns_of(Item, ItemLine).where(condition(dialect))


@cache
def _select_words(dialect: str) -> Select[Any]:
    return columns_of(Item, ItemWords).where(is_among(dialect, columns(Item).id, ids_parameter(dialect)))


@cache
def _select_working(dialect: str, condition: Condition) -> Select[int]:
    item = columns(Item)
    working = or_(*(item[name] == Basis.WORKING for name in ItemWords._fields if name.endswith("basis")))
    return select(item.id).where(condition(dialect), working)


def about_item(item: ItemLine, words: ItemWords) -> About:
    """Return the subject of a finding about an item."""
    return About(FindingSubject.ITEM, item.code, words.title)


def about_measure(measure: Measure) -> About:
    """Return the subject of a finding about a measure."""
    return About(FindingSubject.MEASURE, measure.code, measure.title)

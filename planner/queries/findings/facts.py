"""Findings about facts with basis `working`. No source states these facts, so the office has to replace them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from planner.domain.vocabulary import Basis, ComputedFinding
from planner.queries.findings.known_register import (
    ItemLine,
    ItemWords,
    KnownRegister,
    about_item,
    about_measure,
)
from planner.queries.findings.on_demand import ViewsOnDemand
from planner.queries.findings.views import About, FindingView, computed
from planner.register.known import columns_of
from planner.store.models import Base, Indicator, Measure, Milestone, Responsibility, Target


class _Part(NamedTuple):
    """A milestone or an indicator of an item, with its number."""

    id: int
    item_id: int
    number: int
    basis: str


class _Share(NamedTuple):
    id: int
    item_id: int
    supporting_basis: str
    taken_out: bool


class _Aim(NamedTuple):
    """The target of an indicator."""

    id: int
    indicator_id: int
    basis: str


_Form = TypeVar("_Form", bound=NamedTuple)


_DRAFTED = "Drafted because no public text gives it"
_NOT_GIVEN = "Assumed because nobody has given it"
_OWN_FACTS = ("title", "place in the plan", "lead", "start", "due date")


def working_facts(register: KnownRegister) -> Sequence[FindingView]:
    """Return one finding per measure or item with working facts. The finding names these facts."""
    parts, own = _WorkingParts(register), register.items_with_working_facts
    # Measures are commitments of a published text. An office's own plan has none: its items come from its own files.
    why = _DRAFTED if register.measures else _NOT_GIVEN

    def views(things: Sequence[Measure | ItemLine]) -> Iterator[FindingView]:
        words = register.words(thing for thing in things if isinstance(thing, ItemLine))
        for thing in things:
            if isinstance(thing, Measure):
                yield _finding(_DRAFTED, about_measure(thing), ("wording",))
            else:
                said = words[thing.id]
                yield _finding(why, about_item(thing, said), (*_own(said), *parts.of(thing.id)))

    found: list[Measure | ItemLine] = [one for one in register.measures.values() if one.basis == Basis.WORKING]
    # The rows of the parts are only read if they decide whether there is a finding.
    found += [item for key, item in register.active_items.items() if key in own or any(parts.of(key))]
    return ViewsOnDemand(found, views)


def _finding(why: str, about: About, facts: tuple[str, ...]) -> FindingView:
    statement = f"{why}: {', '.join(facts)}."
    return computed(ComputedFinding.FACTS_WORKING, about.key, statement, about, covers=facts)


def _own(item: ItemWords) -> Iterator[str]:
    """Return the names of the working facts in the item's own row."""
    return (fact for fact, basis in zip(_OWN_FACTS, item.bases, strict=True) if basis == Basis.WORKING)


class _WorkingParts:
    """The parts of each item with basis `working`, such as milestones. They are read on first use."""

    def __init__(self, register: KnownRegister) -> None:
        self._register = register

    @cached_property
    def _supported(self) -> set[int]:
        shares = self._working(Responsibility, _Share, Responsibility.supporting_basis)
        return {row.item_id for row in shares if row.supporting_basis == Basis.WORKING and not row.taken_out}

    @cached_property
    def _numbered(self) -> dict[str, dict[int, set[int]]]:
        milestones = self._working(Milestone, _Part, Milestone.basis)
        indicators = {row.id: row for row in self._register.known_records(Indicator, _Part)}
        aims = self._working(Target, _Aim, Target.basis)
        return {
            "milestone": _numbers(row for row in milestones if row.basis == Basis.WORKING),
            "indicator": _numbers(row for row in indicators.values() if row.basis == Basis.WORKING),
            "target of indicator": _numbers(indicators[row.indicator_id] for row in aims if row.basis == Basis.WORKING),
        }

    def _working(self, model: type[Base], form: type[_Form], basis: Any) -> list[_Form]:
        """Return a table's rows with basis `working`, or all its rows if any was edited after the known-at instant."""
        edited = model.__tablename__ in {table for table, _ in self._register.rollback.before}
        statement = columns_of(model, form)
        return self._register.known_records(
            model, form, statement if edited else statement.where(basis == Basis.WORKING)
        )

    def of(self, item_id: int) -> Iterator[str]:
        """Yield the names of an item's parts with basis `working`."""
        if item_id in self._supported:
            yield "supporting organisations"
        for noun, numbers in self._numbered.items():
            if item_id in numbers:
                yield f"{noun} {', '.join(map(str, sorted(numbers[item_id])))}"


def _numbers(parts: Iterable[_Part]) -> dict[int, set[int]]:
    """Return the numbers of the parts of each item, by item id."""
    found: dict[int, set[int]] = defaultdict(set)
    for part in parts:
        found[part.item_id].add(part.number)
    return found

"""Findings about facts with basis `working`. No public text states these facts, so the office has to replace them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeVar

from planner.domain.vocabulary import Basis, ComputedFinding
from planner.queries.findings.known_register import ItemLine, KnownRegister, about_item, about_measure
from planner.queries.findings.views import About, FindingView
from planner.store.models import Indicator, Milestone, Responsibility, Target


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


class _Aim(NamedTuple):
    """The target of an indicator."""

    id: int
    indicator_id: int
    basis: str


_Form = TypeVar("_Form", bound=NamedTuple)


def working_facts(register: KnownRegister) -> Iterator[FindingView]:
    """Yield one finding per measure and per item that has working facts; the finding names these facts."""
    for measure in register.measures.values():
        if measure.basis == Basis.WORKING:
            yield _finding(about_measure(measure), ("wording",))
    parts = _WorkingParts(register)
    for item in register.active_items.values():
        facts = (*_own(item), *parts.of(item.id))
        if facts:
            yield _finding(about_item(item), facts)


def _finding(about: About, facts: tuple[str, ...]) -> FindingView:
    statement = f"Drafted because no public text gives it: {', '.join(facts)}."
    return FindingView(ComputedFinding.FACTS_WORKING, about.key, statement, about, covers=facts)


def _own(item: ItemLine) -> Iterator[str]:
    """Return the names of the working facts in the item's own row."""
    facts = {
        "title": item.basis,
        "place in the plan": item.allocation_basis,
        "lead": item.lead_basis,
        "start": item.starts_basis,
        "due date": item.due_basis,
    }
    return (fact for fact, basis in facts.items() if basis == Basis.WORKING)


class _WorkingParts:
    """The parts of each item that are not official yet, because their basis is `working`."""

    def __init__(self, register: KnownRegister) -> None:
        rows = register.known_records
        indicators = {row.id: row for row in rows(Indicator, _Part)}
        aims = [indicators[row.indicator_id] for row in rows(Target, _Aim) if row.basis == Basis.WORKING]
        shares = rows(Responsibility, _Share)
        self._supported = {row.item_id for row in shares if row.supporting_basis == Basis.WORKING}
        self._numbered = {
            "milestone": _numbers(row for row in rows(Milestone, _Part) if row.basis == Basis.WORKING),
            "indicator": _numbers(row for row in indicators.values() if row.basis == Basis.WORKING),
            "target of indicator": _numbers(aims),
        }

    def of(self, item_id: int) -> Iterator[str]:
        """Yield the names of the working parts of an item."""
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

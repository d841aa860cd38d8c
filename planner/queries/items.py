"""Which items…? What narrows the register: values chosen of its facets, and words searched for in any script."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Optional, TypeVar, Union

from planner.codes import has_words, search_words
from planner.errors import BadValueError
from planner.queries.views import ItemView
from planner.texts import folded
from planner.vocabulary import Basis, Concern, Confidence, Freshness, ItemKind, Phase, Schedule, State

_Value = TypeVar("_Value")

# Of a facet: nothing (it is left open), one value, or several of which one must fit.
Chosen = Optional[Union[_Value, Collection[_Value]]]  # noqa: UP007, UP045  (a generic alias is made of these only)


class Facet(StrEnum):
    """By what the register is narrowed, in the order in which people are shown it."""

    MINE = "mine"
    THEME = "theme"
    MEASURE = "measure"
    KIND = "kind"
    LEAD = "lead"
    RULE = "rule"
    PHASE = "phase"
    CONFIDENCE = "confidence"
    SCHEDULE = "schedule"
    FRESHNESS = "freshness"
    BASIS = "basis"
    STATE = "state"
    CONCERN = "concern"


class Unrated(StrEnum):
    """Stands among the confidences for items that no officer has rated."""

    UNRATED = "unrated"


UNRATED = Unrated.UNRATED

# Stands among the rules for items whose lead follows from none.
NO_RULE = "none"

# The values a facet can have, where they are a closed vocabulary.
WORDS: dict[Facet, tuple[StrEnum, ...]] = {
    Facet.KIND: tuple(ItemKind),
    Facet.PHASE: tuple(Phase),
    Facet.CONFIDENCE: (*Confidence, UNRATED),
    Facet.SCHEDULE: tuple(Schedule),
    Facet.FRESHNESS: tuple(Freshness),
    Facet.BASIS: tuple(Basis),
    Facet.STATE: tuple(State),
    Facet.CONCERN: tuple(Concern),
}

# The values an item has of a facet; an item has as many of `mine` as organisations share in it.
VALUES: dict[Facet, Callable[[ItemView], Collection[Any]]] = {
    Facet.MINE: lambda item: (item.lead.key, *[body.key for body in item.supporting]),
    Facet.THEME: lambda item: (item.theme,),
    Facet.MEASURE: lambda item: (item.measure,),
    Facet.KIND: lambda item: (item.kind,),
    Facet.LEAD: lambda item: (item.lead.key,),
    Facet.RULE: lambda item: (item.lead_rule_key or NO_RULE,),
    Facet.PHASE: lambda item: (item.phase,),
    Facet.CONFIDENCE: lambda item: (item.confidence or UNRATED,),
    Facet.SCHEDULE: lambda item: (item.schedule,),
    Facet.FRESHNESS: lambda item: (item.freshness,),
    Facet.BASIS: lambda item: (item.basis,),
    Facet.STATE: lambda item: (item.state,),
    Facet.CONCERN: lambda item: item.concerns,
}


@dataclass(frozen=True)
class Filters:
    """What narrows the register; None leaves a facet open.

    Each facet may be given one value or several of which one must fit; it is kept as a frozen set (`chosen`). `lead` is
    an organisation's key, `mine` the key of one that leads or supports, `rule` the key of the rule by which the lead is
    known, or `none`; `search` are words which must all be found.
    """

    theme: Chosen[int] = None
    measure: Chosen[str] = None
    kind: Chosen[ItemKind] = None
    lead: Chosen[str] = None
    rule: Chosen[str] = None
    phase: Chosen[Phase] = None
    confidence: Chosen[Confidence | Unrated] = None
    schedule: Chosen[Schedule] = None
    freshness: Chosen[Freshness] = None
    basis: Chosen[Basis] = None
    state: Chosen[State] = None
    concern: Chosen[Concern] = None
    mine: Chosen[str] = None
    search: str = ""

    def __post_init__(self) -> None:
        for facet in Facet:
            object.__setattr__(self, facet.value, _as_set(getattr(self, facet.value)))

    def chosen(self, facet: Facet) -> frozenset[Any]:
        """The values chosen of a facet; none where it is open."""
        values: frozenset[Any] | None = getattr(self, facet.value)
        return values or frozenset()

    def choosing(self, facet: Facet, values: Iterable[Any]) -> "Filters":
        """The same with other values of a facet."""
        chosen: dict[str, Any] = {facet.value: frozenset(values)}
        return replace(self, **chosen)

    def toggled(self, facet: Facet, value: Any) -> "Filters":
        """The same with a value of a facet chosen, or no longer chosen."""
        return self.choosing(facet, self.chosen(facet) ^ {value})

    def searching(self, search: str) -> "Filters":
        """The same with other words searched for."""
        return replace(self, search=search)

    def overlaid(self, other: "Filters") -> "Filters":
        """The same, but of each facet that the other chooses, and of the search if it has one, what the other says."""
        chosen: dict[str, Any] = {facet.value: other.chosen(facet) for facet in Facet if other.chosen(facet)}
        return replace(self, **chosen, search=other.search or self.search)

    @property
    def active(self) -> list[tuple[Facet, Any]]:
        """Each chosen value with its facet, in the order in which people are shown them."""
        return [(facet, value) for facet in Facet for value in sorted(self.chosen(facet), key=_order(facet))]

    def keep(self, item: ItemView) -> bool:
        """Whether an item passes all facets and has every word searched for."""
        for facet in Facet:
            wanted = self.chosen(facet)
            if wanted and wanted.isdisjoint(VALUES[facet](item)):
                return False
        words = search_words(self.search)
        return not words or has_words(words, searched_text(item))

    def spelled(self) -> dict[str, list[str]]:
        """The chosen values by facet as plain text, as files hold them."""
        return {
            facet.value: [str(value) for of, value in self.active if of is facet]
            for facet in Facet
            if self.chosen(facet)
        }


# Values that views of earlier versions were saved with, and what stands in their place.
_FORMER: Mapping[tuple[str, str], tuple[str, ...]] = {("state", "closed"): ("completed", "dropped")}


def filters_spelled(spelled: Mapping[str, Iterable[str]], search: str = "") -> Filters:
    """The filters that `spelled` wrote. Raises BadValueError for what is no facet or no value of it."""
    chosen = {
        facet: [_value(facet, word) for text in spelled[facet] for word in _FORMER.get((facet, text), (text,))]
        for facet in spelled
    }
    return Filters(**{Facet(facet).value: frozenset(values) for facet, values in chosen.items()}, search=search)


def _value(name: str, text: str) -> Any:
    try:
        facet = Facet(name)
        if facet is Facet.THEME:
            return int(text)
        return {word.value: word for word in WORDS[facet]}[text] if facet in WORDS else text
    except (KeyError, ValueError) as error:
        raise BadValueError(
            f"'{text}' is no value of '{name}'", where="filter", do="See 'planner items --help'"
        ) from error


def _as_set(chosen: Any) -> frozenset[Any] | None:
    if chosen is None:
        return None
    several = isinstance(chosen, Collection) and not isinstance(chosen, str)
    return (frozenset(chosen) if several else frozenset({chosen})) or None


def _order(facet: Facet) -> Callable[[Any], Any]:
    """What the values of a facet are sorted by: a vocabulary's own order, else the values themselves."""
    return WORDS[facet].index if facet in WORDS else lambda value: value


def narrowed(items: Iterable[ItemView], filters: Filters) -> list[ItemView]:
    """The items that pass, in the order they came."""
    return [item for item in items if filters.keep(item)]


def searched_text(item: ItemView) -> str:
    """What a search looks in: code, title, and in all languages theme, measure, lead and supporting organisations."""
    return folded(f"{item.code}\n{item.title}\n{shared_text(item)}")


def shared_text(item: ItemView) -> str:
    """The part of it that many items share."""
    parts = [item.theme_title, item.measure, item.measure_title]
    parts += [name for body in (item.lead, *item.supporting) for name in (body.name, body.short_name)]
    return "\n".join((*parts, item.other_names))

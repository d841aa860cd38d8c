"""Filters of the register: values chosen for facets, and search words in any script."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any, Optional, TypeVar, Union

from planner.base.command_names import command_with
from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.base.texts import folded
from planner.base.views import value_class
from planner.domain.codes import has_words, search_words
from planner.domain.vocabulary import Basis, Concern, Confidence, Freshness, Phase, Schedule, State
from planner.queries.items.views import ItemLine, SearchedItem

_Value = TypeVar("_Value")
_Item = TypeVar("_Item", bound=ItemLine)

# The filter of a facet: None (no filter), one value, or several values of which one must match.
Chosen = Optional[Union[_Value, Collection[_Value]]]  # noqa: UP007, UP045  (a generic alias is made of these only)


class Facet(StrEnum):
    """A property by which the register can be filtered. Facets are shown in this order."""

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
    """The value of the confidence facet for items that no officer has rated."""

    UNRATED = "unrated"


UNRATED = Unrated.UNRATED

# The value of the rule facet for items whose lead follows from no rule.
NO_RULE = "none"

# The value of the measure facet for items without a measure.
NO_MEASURE = "none"

# The values of the facets that have a fixed vocabulary.
WORDS: dict[Facet, tuple[StrEnum, ...]] = {
    Facet.PHASE: tuple(Phase),
    Facet.CONFIDENCE: (*Confidence, UNRATED),
    Facet.SCHEDULE: tuple(Schedule),
    Facet.FRESHNESS: tuple(Freshness),
    Facet.BASIS: tuple(Basis),
    Facet.STATE: tuple(State),
    Facet.CONCERN: tuple(Concern),
}

# The values of an item for each facet. For `mine`, an item has one value per lead or supporting organisation.
VALUES: dict[Facet, Callable[[ItemLine], Collection[Any]]] = {
    Facet.MINE: lambda item: (item.lead.key, *[body.key for body in item.supporting]),
    Facet.THEME: lambda item: item.all_themes,
    Facet.MEASURE: lambda item: (item.measure or NO_MEASURE,),
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


@value_class
class Filters:
    """The filters of the register. None means that a facet is not filtered.

    A facet takes one value, or several of which one must match; it is stored as a frozen set. `kind` is the key of a
    kind of the plan. `lead` is an
    organisation's key. `mine` is the key of an organisation that leads or supports. `rule` is the key of the rule that
    determines the lead, or `none`. `search` has words that must all be found.
    """

    theme: Chosen[int] = None
    measure: Chosen[str] = None
    kind: Chosen[str] = None
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
        """Return the values chosen for a facet, or an empty set if it is not filtered."""
        values: frozenset[Any] | None = getattr(self, facet.value)
        return values or frozenset()

    def choosing(self, facet: Facet, values: Iterable[Any]) -> "Filters":
        """Return a copy with these values chosen for a facet."""
        chosen: dict[str, Any] = {facet.value: frozenset(values)}
        return replace(self, **chosen)

    def toggled(self, facet: Facet, value: Any) -> "Filters":
        """Return a copy with a value of a facet added, or removed if it was chosen."""
        return self.choosing(facet, self.chosen(facet) ^ {value})

    def searching(self, search: str) -> "Filters":
        """Return a copy with these search words."""
        return replace(self, search=search)

    def overlaid(self, other: "Filters") -> "Filters":
        """Return a copy in which the facets and search words set in `other` replace this object's own."""
        chosen: dict[str, Any] = {facet.value: other.chosen(facet) for facet in Facet if other.chosen(facet)}
        return replace(self, **chosen, search=other.search or self.search)

    @property
    def active(self) -> list[tuple[Facet, Any]]:
        """Each chosen value with its facet, in the order in which facets and values are shown."""
        return [(facet, value) for facet in Facet for value in sorted(self.chosen(facet), key=_order(facet))]

    def spelled(self) -> dict[str, list[str]]:
        """Return the chosen values by facet as plain text, as stored in files."""
        return {
            facet.value: [str(value) for of, value in self.active if of is facet]
            for facet in Facet
            if self.chosen(facet)
        }


# Values in views that earlier versions saved, and the values that replace them.
_FORMER: Mapping[tuple[str, str], tuple[str, ...]] = {("state", "closed"): ("completed", "dropped")}


def filters_spelled(spelled: Mapping[str, Iterable[str]], search: str = "") -> Filters:
    """Return filters from the plain text that `Filters.spelled` made.

    Raises BadValueError for an unknown facet or value.
    """
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
            tr("'{text}' is not a value of '{name}'", text=text, name=name),
            where="filter",
            do=tr("See '{command}'", command=command_with("items", help="")),
        ) from error


def _as_set(chosen: Any) -> frozenset[Any] | None:
    if chosen is None:
        return None
    several = isinstance(chosen, Collection) and not isinstance(chosen, str)
    return (frozenset(chosen) if several else frozenset({chosen})) or None


def _order(facet: Facet) -> Callable[[Any], Any]:
    """Return a sort key for the values of a facet.

    Values of a vocabulary, such as the phases, are sorted in the order of the vocabulary. Other values, such as the
    numbers of themes, are sorted as they are.
    """
    return WORDS[facet].index if facet in WORDS else lambda value: value


def filtered(items: Iterable[_Item], filters: Filters) -> list[_Item]:
    """Return the items that match every facet and contain every search word, in the given order."""
    for facet in Facet:
        if wanted := filters.chosen(facet):
            items = [item for item in items if not wanted.isdisjoint(VALUES[facet](item))]
    words = search_words(filters.search)
    return [item for item in items if not words or has_words(words, searched_text(item))]


def searched_text(item: ItemLine) -> str:
    """Return the searched text of an item.

    It has the code and title, and the names of the theme, measure, lead and supporting organisations in all languages.
    """
    return folded(f"{item.code}\n{item.title}\n{shared_text(item)}")


# docs/decisions/0018: only a search reads these names.
def shared_text(item: ItemLine | SearchedItem) -> str:
    """Return the part of the searched text that many items share."""
    parts = [item.theme_title, item.measure or "", item.measure_title or ""]
    parts += [name for body in (item.lead, *item.supporting) for name in (body.name, body.short_name)]
    return "\n".join((*parts, item.other_names))

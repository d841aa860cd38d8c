"""Which items…? The register narrowed by what people ask for."""

from collections.abc import Iterable
from dataclasses import dataclass

from planner.queries.views import ItemView
from planner.texts import folded
from planner.vocabulary import Basis, Confidence, Freshness, ItemKind, Phase, Schedule


@dataclass(frozen=True)
class Filters:
    """What narrows the register; None leaves a facet open. `lead` is an organisation's key, `search` any words."""

    theme: int | None = None
    kind: ItemKind | None = None
    lead: str | None = None
    phase: Phase | None = None
    confidence: Confidence | None = None
    schedule: Schedule | None = None
    freshness: Freshness | None = None
    basis: Basis | None = None
    search: str = ""

    def keep(self, item: ItemView) -> bool:
        """Whether an item passes all facets and has every word searched for."""
        facets = (
            (self.theme, item.theme),
            (self.kind, item.kind),
            (self.lead, item.lead.key),
            (self.phase, item.phase),
            (self.confidence, item.confidence),
            (self.schedule, item.schedule),
            (self.freshness, item.freshness),
            (self.basis, item.basis),
        )
        if any(wanted is not None and wanted != got for wanted, got in facets):
            return False
        words = folded(self.search).split()
        return not words or all(word in searched_text(item) for word in words)


def narrowed(items: Iterable[ItemView], filters: Filters) -> list[ItemView]:
    """The items that pass, in the order they came."""
    return [item for item in items if filters.keep(item)]


def searched_text(item: ItemView) -> str:
    """What a search looks in: code, title, theme, measure, and the names of lead and supporting organisations."""
    organisations = (item.lead, *item.supporting)
    parts = [item.code, item.title, item.theme_title, item.measure, item.measure_title]
    parts += [name for organisation in organisations for name in (organisation.name, organisation.short_name)]
    return folded("\n".join(parts))

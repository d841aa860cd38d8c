"""The searched texts of themes, measures, items, clauses and organisations, with names in every language."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy import select

from planner.base.texts import folded
from planner.queries.items.views import ItemView
from planner.queries.mandates.clause_views import ClauseView
from planner.queries.people.organisations import OrganisationEntry
from planner.queries.people.organisations_then import organisations_then
from planner.queries.search.titles import TitleView, read_titles
from planner.register.reading import Reading
from planner.store.models import Measure, Theme

# The folded texts of a theme, item and so on. A search finds it if each word is in one of them. Texts of rows that
# many others refer to are shared, so each name is folded and kept only once.
Texts = tuple[str, ...]

_Key = TypeVar("_Key")


def title_text(title: TitleView) -> str:
    """Return the searched text of a goal, theme or measure: its kind, key, title and names in other languages."""
    names = [name.name for name in title.names]
    return folded("\n".join([f"{title.kind} {title.key}", title.title, *names]))


def clause_text(clause: ClauseView) -> str:
    """Return the searched text of a clause: its name, its restatement, and its number and text in each language."""
    parts = [clause.reference, clause.key, clause.restatement]
    parts += [part for text in clause.texts for part in (text.number, text.citation.text) if part]
    return folded("\n".join(parts))


def organisation_text(organisation: OrganisationEntry) -> str:
    """Return the searched text of an organisation: its key, and its names in all languages."""
    names = [name.name for name in organisation.names]
    return folded("\n".join([organisation.key, organisation.name, organisation.short_name, *names]))


@dataclass(frozen=True)
class SearchTexts:
    """The folded texts of themes, measures, organisations, clauses and items, by number, code or key."""

    themes: Mapping[int, str]
    measures: Mapping[str, str]
    # The number of each measure's theme. A measure of the plan as a whole has none.
    theme_of_measure: Mapping[str, int]
    organisations: Mapping[str, str]
    clauses: Mapping[str, str]
    items: Mapping[str, ItemView] = field(repr=False)
    # The texts of items, by the rows that the items refer to. Many items refer to the same measure and organisations.
    _of_items: dict[tuple[str, ...], Texts] = field(default_factory=dict, repr=False)

    def of_theme(self, number: int) -> Texts:
        """Return the searched texts of a theme by its number."""
        return tuple(_text_of(self.themes, number))

    def of_measure(self, code: str) -> Texts:
        """Return the searched texts of a measure by its code, with those of its theme."""
        return (*_text_of(self.measures, code), *_text_of(self.themes, self.theme_of_measure.get(code, 0)))

    def of_clause(self, reference: str) -> Texts:
        """Return the searched texts of a clause by its name, mandate:clause."""
        return tuple(_text_of(self.clauses, reference))

    def of_item(self, code: str) -> Texts:
        """Return the searched texts of an item's measure, theme and organisations.

        The item's own code and title are left out, because everything about an item already contains them.
        """
        item = self.items.get(code)
        if item is None:
            return ()
        keys = [item.lead.key, *[body.key for body in item.supporting]]
        referred = (str(item.theme), item.measure or "", *keys)
        found = self._of_items.get(referred)
        if found is None:
            bodies = (text for key in keys for text in _text_of(self.organisations, key))
            measure = _text_of(self.measures, item.measure or "")
            found = self._of_items[referred] = (*measure, *self.of_theme(item.theme), *bodies)
        return found

    def of_named(self, name: str) -> Texts:
        """Return the searched texts of the item, measure, clause or link with this code or name."""
        near, _, far = name.partition(":")
        if near in self.measures:
            return (*self.of_measure(near), *self.of_clause(far))
        return (*self.of_item(near), *self.of_clause(far)) if near in self.items else self.of_clause(name)


def read_search_texts(reading: Reading, items: Iterable[ItemView], clauses: Iterable[ClauseView]) -> SearchTexts:
    """Return the searched texts of a plan's themes and measures, all organisations, and these items and clauses."""
    titles = read_titles(reading)
    return SearchTexts(
        themes={int(title.key): title_text(title) for title in titles if title.kind == "theme"},
        measures={title.key: title_text(title) for title in titles if title.kind == "measure"},
        theme_of_measure=_themes_of_measures(reading),
        organisations={body.key: organisation_text(body) for body in organisations_then(reading)},
        clauses={clause.reference: clause_text(clause) for clause in clauses},
        items={item.code: item for item in items},
    )


def _text_of(texts: Mapping[_Key, str], key: _Key) -> Iterator[str]:
    text = texts.get(key)
    if text is not None:
        yield text


def _themes_of_measures(reading: Reading) -> dict[str, int]:
    measures = select(Measure.code, Theme.number).join(Theme, Theme.id == Measure.theme_id)
    rows = reading.session.execute(measures.where(Measure.plan_id == reading.plan.id))
    return {code: number for code, number in rows}  # noqa: C416  (rows are not pairs to the type checker)

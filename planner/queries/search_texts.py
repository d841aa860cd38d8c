"""What things are found by: code, title and names in every language, also those of the things they refer to."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy.orm import Session

from planner.queries.clause_views import ClauseView
from planner.queries.organisations import OrganisationEntry, read_organisations
from planner.queries.plans import PlanView
from planner.queries.titles import TitleView, read_titles
from planner.queries.views import ItemView
from planner.texts import folded

# Folded texts. A search finds a thing when each of its words is in one of them; things share the texts of what they
# refer to, so that a name is folded and kept once.
Texts = tuple[str, ...]

_Key = TypeVar("_Key")


def title_text(title: TitleView) -> str:
    """What a goal, a theme or a measure is found by: its kind and key, its title, and its names in other languages."""
    names = [name.name for name in title.names]
    return folded("\n".join([f"{title.kind} {title.key}", title.title, *names]))


def clause_text(clause: ClauseView) -> str:
    """What a clause is found by: name, restatement, and per language the printed number and any attached text."""
    parts = [clause.reference, clause.key, clause.restatement]
    parts += [part for text in clause.texts for part in (text.number, text.citation.text) if part]
    return folded("\n".join(parts))


def organisation_text(organisation: OrganisationEntry) -> str:
    """What an organisation is found by: its key, and its names in all languages."""
    names = [name.name for name in organisation.names]
    return folded("\n".join([organisation.key, organisation.name, organisation.short_name, *names]))


@dataclass(frozen=True)
class SearchTexts:
    """By code, number or key, the texts that each thing of a register is found by, folded once."""

    themes: Mapping[int, str]
    measures: Mapping[str, str]
    organisations: Mapping[str, str]
    clauses: Mapping[str, str]
    items: Mapping[str, ItemView] = field(repr=False)

    def of_theme(self, number: int) -> Texts:
        """A theme by its number."""
        return tuple(_there(self.themes, number))

    def of_measure(self, code: str) -> Texts:
        """A measure by its code, with its theme."""
        return (*_there(self.measures, code), *_there(self.themes, _theme_of(code)))

    def of_clause(self, reference: str) -> Texts:
        """A clause as mandate:key."""
        return tuple(_there(self.clauses, reference))

    def of_item(self, code: str) -> Texts:
        """An item by its code, with its measure, its theme and the organisations that lead or support it."""
        item = self.items.get(code)
        if item is None:
            return ()
        bodies = (text for body in (item.lead, *item.supporting) for text in _there(self.organisations, body.key))
        return (folded(f"{item.code}\n{item.title}"), *self.of_measure(item.measure), *bodies)

    def of_named(self, name: str) -> Texts:
        """Whatever has this name: an item or a measure by its code, a clause as mandate:key, or a link of two."""
        near, _, far = name.partition(":")
        if near in self.measures:
            return (*self.of_measure(near), *self.of_clause(far))
        return (*self.of_item(near), *self.of_clause(far)) if near in self.items else self.of_clause(name)


def read_search_texts(
    session: Session, plan: PlanView, items: Iterable[ItemView], clauses: Iterable[ClauseView]
) -> SearchTexts:
    """The texts of a plan's themes and measures, of all organisations, and of items and clauses that are read."""
    titles = read_titles(session, plan.id)
    return SearchTexts(
        themes={int(title.key): title_text(title) for title in titles if title.kind == "theme"},
        measures={title.key: title_text(title) for title in titles if title.kind == "measure"},
        organisations={body.key: organisation_text(body) for body in read_organisations(session)},
        clauses={clause.reference: clause_text(clause) for clause in clauses},
        items={item.code: item for item in items},
    )


def _there(texts: Mapping[_Key, str], key: _Key) -> Iterator[str]:
    text = texts.get(key)
    if text is not None:
        yield text


def _theme_of(measure: str) -> int:
    """The number of a measure's theme, which is in its code; 0 where it is the plan's as a whole."""
    return int(measure[1:].partition(".")[0])

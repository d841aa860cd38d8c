"""What changed in the register since a file was exported from it.

The author of the file saw the register as it was then. So a value that the file repeats from then says nothing about a
later one, and a value that differs from both is one that people have to decide about.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from planner.intake.comparing.differences.changes import Stored
from planner.intake.comparing.same_values import is_same
from planner.intake.exported_rows import KnownUntil, Moment
from planner.intake.proposed import Field
from planner.intake.sheets import Place

# Of the facts of a row that have other values now: the values that they had then.
Then: TypeAlias = Mapping[Field, Stored]

UNCHANGED: Then = {}
# Of a row that was added since: no value was there then.
ADDED_SINCE: Then = dict.fromkeys(Field)


# docs/decisions/0138: three values are compared: then, now, and in the file.
@dataclass
class Since:
    """What changed since a file was exported, as far as files can say it. Only rows that differ are there.

    Items, their reports, milestones, indicators and targets are by id, organisations by key and people by login.
    `codes` has the ids of items that had another code, by the key of that code. `gone` has the titles of items that
    were removed, by the key of their code, `gone_parts` the kinds, items and keys of removed milestones and indicators,
    and `gone_targets` the indicators and days of removed targets. `themes` has the numbers of the themes that had other
    titles then, or were removed, by these titles, the outermost first. `shown` has what the columns for reading showed
    then of items for which they show something else now, and `shown_parts` of milestones and indicators, by the subject
    of their table and the ids of the part and of its target.
    """

    moment: Moment
    items: dict[int, Then] = field(default_factory=dict)
    reports: dict[int, Then] = field(default_factory=dict)
    milestones: dict[int, Then] = field(default_factory=dict)
    indicators: dict[int, Then] = field(default_factory=dict)
    targets: dict[int, Then] = field(default_factory=dict)
    organisations: dict[str, Then] = field(default_factory=dict)
    people: dict[str, Then] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)
    gone: dict[str, str] = field(default_factory=dict)
    gone_parts: set[tuple[Field, int, str]] = field(default_factory=set)
    gone_targets: set[tuple[int, date]] = field(default_factory=set)
    themes: dict[tuple[str, ...], int] = field(default_factory=dict)
    shown: dict[int, Mapping[str, str]] = field(default_factory=dict)
    shown_parts: dict[tuple[str, tuple[int, int]], Mapping[str, str]] = field(default_factory=dict)


# What changed since the row at a place was exported, or None if it was not, or does not say when.
SinceExport: TypeAlias = Callable[[Place], Since | None]


def not_exported(_: Place) -> Since | None:
    """Return None: the files were not exported from this register."""
    return None


def since_export(known_until: KnownUntil, read: Callable[[Moment], Since]) -> SinceExport:
    """Return a function that gives what changed since a row was exported. `read` reads it, once for each moment."""
    found: dict[Moment, Since] = {}

    def since(place: Place) -> Since | None:
        moment = known_until(place)
        if moment is None:
            return None
        if moment not in found:
            found[moment] = read(moment)
        return found[moment]

    return since


def changed_facts(facts: Iterable[Field], then: Any, now: Any) -> Then:
    """Return the values that facts had in a row, as far as they are others now. None is a row that was not there."""
    if then is None:
        return ADDED_SINCE
    values = ((fact, getattr(then, fact.value), getattr(now, fact.value)) for fact in facts)
    return {fact: was for fact, was, value in values if not is_same(fact, was, value)} or UNCHANGED


def only_repeats(then: Then, fact: Field, value: Stored) -> bool:
    """Return whether a file repeats the value that a fact had then, although the register has another one now."""
    return then is not ADDED_SINCE and fact in then and is_same(fact, then[fact], value)

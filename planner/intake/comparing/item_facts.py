"""Turning the facts that files give of an item into values as the register stores them."""

import unicodedata
from collections.abc import Callable, Collection, Mapping
from datetime import date
from math import isfinite
from typing import NamedTuple, TypeAlias, TypeVar

from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.base.texts import LONGEST_TEXT, clean, only_invisible
from planner.base.views import value_class, view
from planner.domain.lengths import LONGEST_CODE
from planner.domain.typed_words import says_nothing
from planner.domain.vocabulary import MeasuredBy
from planner.intake.comparing.asking import Asking
from planner.intake.comparing.differences.changes import Stored
from planner.intake.comparing.headings import Themes
from planner.intake.comparing.named.kinds import Kinds
from planner.intake.comparing.named.organisations import Organisations
from planner.intake.comparing.named.people import People
from planner.intake.comparing.telling.told import Told
from planner.intake.proposed import Field, Given, ProposedItem

_Value = TypeVar("_Value")

# The values that an item has in the register, or had there when its row was exported, of facts that titles name.
Before: TypeAlias = Mapping[Field, Collection[Stored]]
NOTHING_BEFORE: Before = {}


@view
class Fact:
    """A fact in the form in which the register stores it, and what the file gives."""

    value: Stored
    given: Given


# An empty cell removes these facts. An empty cell of any other fact says nothing.
# Of texts, a dash does too.
REMOVABLE = frozenset({Field.MEASURE, Field.SUPPORTING, Field.ACCOUNTABLE, Field.SOURCE, Field.NOTE})

# The facts of an item, in the order in which people see them.
ITEM_FACTS = (
    Field.CODE,
    Field.TITLE,
    Field.KIND,
    Field.THEME,
    Field.MEASURE,
    Field.LEAD,
    Field.SUPPORTING,
    Field.ACCOUNTABLE,
    Field.START,
    Field.DUE,
    Field.WEIGHT,
    Field.MEASURED_BY,
    Field.SOURCE,
    Field.NOTE,
)


class _NoValueError(Exception):
    """The value cannot be stored, and the problem was noted."""


@value_class
class Known:
    """What the facts of items refer to. `told` collects what is told once for all rows."""

    organisations: Organisations
    people: People
    themes: Themes
    kinds: Kinds
    measures: Mapping[str, int | None]
    asking: Asking
    told: Told


def stored_facts(item: ProposedItem, known: Known, before: Before = NOTHING_BEFORE) -> dict[Field, Fact]:
    """Return the facts of an item that the files give, as the register stores them. Problems are noted.

    If a title can mean several kinds or themes, the one that is among the values of `before` is meant.
    """
    found: dict[Field, Fact] = {}
    row = _Row(found, before)
    for fact in ITEM_FACTS:
        given = item.facts.get(fact)
        if given is None or (_is_empty(given) and fact not in REMOVABLE):
            continue
        try:
            found[fact] = Fact(_READERS[fact](known, given, fact, row), given)
        except _NoValueError:
            continue
    return found


def removed_by_dash(value: Stored, old: Stored) -> bool:
    """Return whether a text of a file only says that there is nothing, such as a dash, where the register has another.

    The tables of an office are read so before. In an exported register, the same text can stand in the register.
    """
    return isinstance(value, str) and says_nothing(value) and value != old


def without_lead(supporting: Fact, lead: Stored) -> Fact:
    """Return those who support an item without its lead, whom files sometimes repeat among them.

    `lead` is the lead that the item gets: in a conflict, that of the register can stay.
    """
    others = tuple(key for key in supporting.value or () if key != lead)  # type: ignore[union-attr]
    return Fact(others, supporting.given)


def stored_text(asking: Asking, given: Given, fact: Field) -> str | None:
    """Return a text in the form in which it is stored, or None if it is empty or cannot be stored."""
    text = str(given.value)
    # Nearly every text is printable, and then nothing but its normal form has to be looked at.
    if text.isprintable() and len(text) <= LONGEST_TEXT and not only_invisible(text):
        return unicodedata.normalize("NFC", text).strip() or None
    try:
        return clean(text, fact.value)
    except BadValueError as error:
        asking.error(given, fact, error.what, error.do)
        return None


def _is_empty(given: Given) -> bool:
    return given.value is None or given.value in ("", ())


class _Row(NamedTuple):
    """The facts of a row that were read already, and what its item has or had in the register."""

    facts: Mapping[Field, Fact]
    before: Before


_Reader = Callable[[Known, Given, Field, _Row], Stored]


def _text(known: Known, given: Given, fact: Field, _: _Row) -> str:
    text = stored_text(known.asking, given, fact)
    if text is None:
        raise _NoValueError
    return text


def _code(known: Known, given: Given, fact: Field, row: _Row) -> str:
    code = " ".join(_text(known, given, fact, row).split())
    if len(code) > LONGEST_CODE:
        what = tr("the code has {number} characters", number=len(code))
        known.asking.error(given, fact, what, tr("Give a code of at most {most} characters", most=LONGEST_CODE))
        raise _NoValueError
    return code


def _optional_text(known: Known, given: Given, fact: Field, _: _Row) -> str | None:
    return None if _is_empty(given) else stored_text(known.asking, given, fact)


def _kind(known: Known, given: Given, _: Field, row: _Row) -> str:
    return known.kinds.key_of(given, row.before.get(Field.KIND, ()))


def _theme(known: Known, given: Given, _: Field, row: _Row) -> int:
    return known.themes.named_by(given, row.before.get(Field.THEME, ()))


def _measure(known: Known, given: Given, fact: Field, _: _Row) -> str | None:
    if _is_empty(given):
        return None
    if not known.measures:
        # The preview says once for all items that they come without their measures.
        raise _NoValueError
    if str(given.value) not in known.measures:
        what = tr("the plan has no measure '{code}'", code=given.value)
        known.asking.error(given, fact, what, tr("Give the code of a measure, or leave the cell empty"))
        raise _NoValueError
    return str(given.value)


def _lead(known: Known, given: Given, fact: Field, _: _Row) -> str:
    key = known.organisations.key_of(str(given.value), given, fact)
    if key is None:
        raise _NoValueError
    return key


def _supporting(known: Known, given: Given, fact: Field, _: _Row) -> tuple[str, ...]:
    names = given.value if isinstance(given.value, tuple) else () if _is_empty(given) else (str(given.value),)
    keys = [known.organisations.key_of(name, given, fact) for name in names]
    # Until a person says which organisation a name means, the fact is not known.
    return tuple(dict.fromkeys(_needed(key) for key in keys))


def _accountable(known: Known, given: Given, _: Field, row: _Row) -> str | None:
    if _is_empty(given):
        return None
    lead = row.facts.get(Field.LEAD)
    login = known.people.login_of(str(given.value), given, str(lead.value) if lead else None)
    if login is None:
        raise _NoValueError
    return login


def _needed(value: _Value | None) -> _Value:
    """Return a value. Raises _NoValueError if it is None."""
    if value is None:
        raise _NoValueError
    return value


def _day(known: Known, given: Given, fact: Field, _: _Row) -> date:
    return _needed(as_day(known.asking, given, fact))


def _weight(known: Known, given: Given, fact: Field, _: _Row) -> float:
    return _needed(as_weight(known.asking, given, fact))


def _measured_by(known: Known, given: Given, fact: Field, _: _Row) -> str:
    if given.value not in set(MeasuredBy):
        words = ", ".join(MeasuredBy)
        known.asking.error(given, fact, tr("this is not a way to measure"), tr("Give one of {words}", words=words))
        raise _NoValueError
    return str(given.value)


_READERS: Mapping[Field, _Reader] = {
    Field.CODE: _code,
    Field.TITLE: _text,
    Field.KIND: _kind,
    Field.THEME: _theme,
    Field.MEASURE: _measure,
    Field.LEAD: _lead,
    Field.SUPPORTING: _supporting,
    Field.ACCOUNTABLE: _accountable,
    Field.START: _day,
    Field.DUE: _day,
    Field.WEIGHT: _weight,
    Field.MEASURED_BY: _measured_by,
    Field.SOURCE: _optional_text,
    Field.NOTE: _optional_text,
}


def as_number(asking: Asking, given: Given, fact: Field) -> float | None:
    """Return a number, or None if the value is none. A problem is noted then."""
    number = _finite(given.value)
    if number is None:
        asking.error(given, fact, tr("this is not a number"), tr("Give a number"))
    return number


def as_weight(asking: Asking, given: Given, fact: Field) -> float | None:
    """Return a weight, or None if the value is none. A problem is noted then."""
    weight = _finite(given.value)
    if weight is not None and weight > 0:
        return weight
    asking.error(given, fact, tr("this is not a weight"), tr("Give a number above 0"))
    return None


def as_day(asking: Asking, given: Given, fact: Field) -> date | None:
    """Return a day, or None if the value is none. A problem is noted then."""
    if isinstance(given.value, date):
        return given.value
    asking.error(given, fact, tr("this is not a date"), tr("Give a date such as 2020-06-30"))
    return None


def _finite(value: object) -> float | None:
    try:
        number = float(str(value))
    except ValueError:
        return None
    return number if isfinite(number) else None

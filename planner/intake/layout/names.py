"""The names of columns and sheets, from names.yaml."""

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from planner.intake.layout.composed_names import ComposedNames, Words
from planner.intake.layout.folding import heading_key
from planner.intake.proposed import EXPORTED_FROM, FOR_READING, Field

_FILE = Path(__file__).with_name("names.yaml")


class Subject(StrEnum):
    """What the rows of a table describe. The texts are the names of sheets of an exported register."""

    ITEMS = "items"
    MILESTONES = "milestones"
    INDICATORS = "indicators"
    ORGANISATIONS = "organisations"
    PEOPLE = "people"
    THEMES = "themes"


_NAMES_OF_OTHERS = {Field.KEY, Field.TEST, Field.UNIT, Field.DIRECTION, Field.BASELINE, Field.LOGIN, Field.ROLE}
_FIELDS: dict[Subject, frozenset[Field]] = {
    Subject.ITEMS: frozenset(Field)
    - _NAMES_OF_OTHERS
    - {Field.DATE, Field.TARGET, Field.NAME, Field.SHORT_NAME, Field.LANGUAGE, Field.ORGANISATION, Field.LABEL}
    - {Field.PARENT, Field.MAIL_ADDRESS},
    Subject.MILESTONES: frozenset(
        {Field.CODE, Field.NUMBER, Field.KEY, Field.TITLE, Field.DATE, Field.WEIGHT, Field.TEST, Field.BASIS}
        | {Field.NOTE, Field.PARENT}
    ),
    Subject.INDICATORS: frozenset(
        {Field.CODE, Field.NUMBER, Field.KEY, Field.NAME, Field.UNIT, Field.DIRECTION, Field.BASELINE, Field.TARGET}
        | {Field.DUE, Field.BASIS, Field.NOTE, Field.PARENT}
    ),
    Subject.ORGANISATIONS: frozenset(
        {Field.KEY, Field.NAME, Field.SHORT_NAME, Field.LANGUAGE, Field.KIND, Field.NOTE, Field.NUMBER}
        | {Field.MAIL_ADDRESS}
    ),
    Subject.PEOPLE: frozenset(
        {Field.LOGIN, Field.NAME, Field.ROLE, Field.ORGANISATION, Field.NOTE, Field.NUMBER, Field.MAIL_ADDRESS}
    ),
    Subject.THEMES: frozenset({Field.LABEL, Field.TITLE, Field.PARENT, Field.NUMBER, Field.NOTE}),
}

# The field that a name means in a table that does not have the field of the name.
_INSTEAD: dict[Subject, dict[Field, Field]] = {
    Subject.ITEMS: {
        Field.NAME: Field.TITLE,
        Field.DATE: Field.DUE,
        Field.TARGET: Field.INDICATORS,
        Field.ORGANISATION: Field.LEAD,
    },
    Subject.MILESTONES: {Field.DUE: Field.DATE, Field.NAME: Field.TITLE, Field.MILESTONES: Field.TITLE},
    Subject.INDICATORS: {Field.DATE: Field.DUE, Field.TITLE: Field.NAME, Field.INDICATORS: Field.NAME},
    Subject.ORGANISATIONS: {
        Field.TITLE: Field.NAME,
        Field.LEAD: Field.NAME,
        Field.ORGANISATION: Field.NAME,
        Field.CODE: Field.KEY,
    },
    Subject.PEOPLE: {Field.LEAD: Field.ORGANISATION, Field.ACCOUNTABLE: Field.NAME},
    Subject.THEMES: {Field.NAME: Field.TITLE, Field.THEME: Field.TITLE, Field.CODE: Field.LABEL},
}

_EXPORTED = frozenset(field.value for field in Field)

# The headings by which the sheets of an exported register differ.
_ONLY_IN: dict[Subject, frozenset[str]] = {
    Subject.ITEMS: frozenset({Field.CODE, Field.LEAD}),
    Subject.MILESTONES: frozenset({Field.CODE, Field.TEST}),
    Subject.INDICATORS: frozenset({Field.CODE, Field.DIRECTION}),
    Subject.ORGANISATIONS: frozenset({Field.KEY, Field.SHORT_NAME}),
    Subject.PEOPLE: frozenset({Field.LOGIN}),
    Subject.THEMES: frozenset({Field.LABEL, Field.PARENT}),
}

# Without these fields, a table does not describe its subject.
NEEDED: dict[Subject, frozenset[Field]] = {
    Subject.ITEMS: frozenset({Field.TITLE}),
    Subject.MILESTONES: frozenset({Field.CODE, Field.TITLE}),
    Subject.INDICATORS: frozenset({Field.CODE, Field.NAME}),
    Subject.ORGANISATIONS: frozenset({Field.NAME}),
    Subject.PEOPLE: frozenset({Field.NAME}),
    Subject.THEMES: frozenset({Field.TITLE}),
}


def missing_fields(subject: Subject, given: Collection[Field | None]) -> set[Field]:
    """Return the fields that a table about a subject lacks. A milestone may name its item by title instead of code."""
    missing = {field for field in NEEDED[subject] if field not in given}
    return missing - {Field.CODE} if Field.PARENT in given else missing


def fields_of(subject: Subject) -> frozenset[Field]:
    """Return the fields that a table about a subject can have."""
    return _FIELDS[subject]


def fields_named(heading: str, subject: Subject) -> tuple[Field, ...]:
    """Return the fields that a heading can mean in a table about a subject, the most likely first."""
    allowed, instead = _FIELDS[subject], _INSTEAD[subject]
    meant = (field if field in allowed else instead.get(field) for field in meanings_of(heading))
    return tuple(dict.fromkeys(field for field in meant if field is not None))


@lru_cache(maxsize=20_000)
def meanings_of(heading: str) -> tuple[Field, ...]:
    """Return all fields that a heading names, whatever its table is about: by itself, or by the words it is made of."""
    return _by_key().get(heading_key(heading), ()) or _composed().fields(heading)


def is_name(heading: str) -> bool:
    """Return whether a text is the name of a column, or made of words of such names."""
    return bool(meanings_of(heading))


def is_listed(heading: str) -> bool:
    """Return whether a heading is a name that names.yaml lists, rather than one that is made of words of names."""
    return heading_key(heading) in _by_key()


def is_foreign(heading: str) -> bool:
    """Return whether a heading has a word of a column that no register has, such as a budget or a telephone number."""
    # Only tables of organisations and people have mail addresses.
    is_known = is_listed(heading) and meanings_of(heading) != (Field.MAIL_ADDRESS,)
    return not is_known and _composed().is_foreign(heading)


def is_left_out(heading: str) -> bool:
    """Return whether a heading is that of a column that exported files have for reading and that no import reads."""
    return heading in FOR_READING


def is_exported(headings: Iterable[str]) -> bool:
    """Return whether all headings of a table are those of an exported register, as they are written there."""
    return all(heading in _EXPORTED or is_left_out(heading) for heading in headings)


def exported_subject(headings: Collection[str]) -> Subject | None:
    """Return what a sheet of an exported register describes by its headings, so that the sheet can have any name."""
    if EXPORTED_FROM not in headings:
        return None
    return next((subject for subject, own in _ONLY_IN.items() if own <= set(headings)), None)


def subject_named(sheet: str) -> Subject | None:
    """Return what a sheet describes by its name, or None if its name does not say it."""
    return _subjects().get(heading_key(sheet))


@cache
def names_by_field() -> Mapping[Field, Mapping[str, tuple[str, ...]]]:
    """Return the names of each field by their language."""
    return {
        Field(field): {language: tuple(map(str, names)) for language, names in languages.items()}
        for field, languages in _data()["fields"].items()
    }


def names_by_subject() -> Mapping[Subject, tuple[str, ...]]:
    """Return the names of sheets by what their rows describe."""
    return {Subject(subject): tuple(map(str, names)) for subject, names in _data()["sheets"].items()}


@cache
def _by_key() -> dict[str, tuple[Field, ...]]:
    """Return the fields by the folded names. The name in an exported file comes first for its field."""
    fields: dict[str, list[Field]] = {}
    for field in Field:
        fields.setdefault(heading_key(field.replace("_", " ")), []).append(field)
    for field, languages in names_by_field().items():
        for name in (name for names in languages.values() for name in names):
            found = fields.setdefault(heading_key(name), [])
            if field not in found:
                found.append(field)
    return {key: tuple(found) for key, found in fields.items()}


@cache
def _composed() -> ComposedNames:
    listed = _data()["words"]
    words = Words(
        same={str(word): str(group[0]) for group in listed["same"] for word in group},
        extra=frozenset(map(str, listed["extra"])),
        planned=frozenset(map(str, listed["planned"])),
        actual=frozenset(map(str, listed["actual"])),
        joints=tuple(map(str, listed["joints"])),
        foreign=tuple(map(str, listed["foreign"])),
    )
    names = {
        name: _by_key()[heading_key(name)]
        for languages in names_by_field().values()
        for listed_names in languages.values()
        for name in listed_names
    }
    return ComposedNames(names, words)


@cache
def _subjects() -> dict[str, Subject]:
    return {heading_key(name): subject for subject, names in names_by_subject().items() for name in names}


@cache
def _data() -> dict[str, Any]:
    loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data: dict[str, Any] = yaml.load(_FILE.read_text(encoding="utf-8"), loader)
    return data

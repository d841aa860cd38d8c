"""Reading organisations: several in one cell, with their roles where the cell says them."""

import re
from collections.abc import Collection
from typing import NamedTuple

from planner.base.language import tr
from planner.domain.typed_words import says_nothing
from planner.intake.layout.cells.marks import Marked, divided_at_marks, without_marks
from planner.intake.layout.cells.reading import NOTHING, Doubt, Reading, question, remark
from planner.intake.layout.cells.splitting import (
    LONGEST_CELL,
    LONGEST_NAME,
    SEPARATORS,
    answered_separators,
    is_office,
    is_unclear,
    name_key,
    names_apart,
    names_in,
    names_several,
    one_of_several,
    one_or_several,
    too_long,
    undecided,
    without_others,
)
from planner.intake.layout.cells.texts import is_undecided, shown, text_of
from planner.intake.layout.names import Subject, fields_named, is_listed
from planner.intake.proposed import Field
from planner.intake.sheets import Value

# 牵头单位：A；配合单位：B
_LABELLED = re.compile(r"([^：:；;，,、/\n（）()]{1,24})[：:]\s*")
_ROLES = (Field.LEAD, Field.SUPPORTING)
_IN_BRACKETS = re.compile(r"([^()（）]+?)\s*[(（]([^()（）]+)[)）]\s*")


class OrganisationReader:
    """Reads the organisations of a column of leads (`Field.LEAD`), of supporting organisations or of others.

    `known` are the keys of known names. In an exported register, even a word such as 无 can be a known name.
    """

    def __init__(self, field: Field, known: Collection[str], *, exported: bool = False) -> None:
        self._field = field
        self._known = known
        self._exported = exported

    def __call__(self, value: Value, answered: bool = False) -> Reading:
        """Read the organisations of a cell. In an answer, commas separate nothing beside semicolons and line ends."""
        text = text_of(value)
        if text is None or (says_nothing(text) and not (self._exported and self._knows(text))):
            return NOTHING
        # An exported register has one name per line, whatever brackets are in the names.
        lines = text.split("\n")
        if len(lines) > 1 and all(map(self._knows, lines)):
            return self._of_names(lines, text)
        if len(text) > LONGEST_CELL:
            return too_long(text)
        if name_key(text) in self._known:
            return Reading((text,) if self._field is Field.SUPPORTING else text)
        if not answered and is_undecided(text):
            return undecided(text)
        labelled = self._labelled(text, answered)
        reading = labelled if labelled is not None else self._unlabelled(text, answered)
        return reading if answered or reading.doubt is not None else self._with_remark(reading, text)

    def _unlabelled(self, text: str, answered: bool) -> Reading:
        """Read a cell without labels such as 牵头单位：."""
        if not answered and is_unclear(text, self._known):
            return one_or_several(text, text, "; ".join(names_in(text, self._known)))
        plain = without_others(text)
        divided = divided_at_marks(plain)
        names = self._names(divided, answered)
        if not answered and not self._exported:
            asked = next((one for one in names if _LABELLED.search(one) and not self._knows(one)), None)
            if asked is not None:
                return _label_of_no_organisation(text, asked)
        apart = names if answered else names_apart(names, self._known)
        if not answered and self._are_joined(names):
            return one_or_several(text, "; ".join(names), "; ".join(apart))
        reading = self._of_names(apart, text)
        # That there are further ones matters more than the order of those that are named.
        return reading if plain == text else _with_others(reading, text)

    def _names(self, text: str, answered: bool) -> list[str]:
        return names_in(text, self._known, separators=answered_separators(text) if answered else SEPARATORS)

    def _are_joined(self, names: list[str]) -> bool:
        """Return whether one of the names is itself several, of which not all are known, with only blanks between."""
        apart = [one for one in names_apart(names, self._known) if one not in names]
        return not all(map(self._knows, apart))

    def _with_remark(self, reading: Reading, text: str) -> Reading:
        """Return a reading with a remark if one of its names means several organisations without naming them."""
        named = (value for value in (reading.value, *(value for _, value, _ in reading.also)))
        names = (name for value in named for name in (value if isinstance(value, tuple) else (value,)))
        several = [str(name) for name in names if name and names_several(str(name)) and not self._knows(str(name))]
        if not several:
            return reading
        told = remark(
            reading.value,
            reading.inferred or "",
            tr(
                "'{value}' names no single organisation, so it becomes one organisation with this name",
                value=several[0],
            ),
            tr("Name each organisation if each of them has to report"),
        )
        return Reading(reading.value, reading.inferred, told.doubt, reading.also, reading.entries)

    def _knows(self, name: str) -> bool:
        return name_key(name) in self._known

    def _labelled(self, text: str, answered: bool) -> Reading | None:
        """Read a cell that says who leads and who supports."""
        labels = [_label(found) for found in _LABELLED.finditer(text)]
        if labels and self._is_of_the_column(text, labels[0].start):
            labels.insert(0, _Label(0, 0, self._field))
        if not labels or labels[0].start != 0 or any(label.role is None for label in labels):
            return None
        ends = [label.start for label in labels[1:]] + [len(text)]
        given: dict[Field, list[str]] = {Field.LEAD: [], Field.SUPPORTING: []}
        apart: list[str] = []
        for label, end in zip(labels, ends, strict=True):
            part = without_others(text[label.end : end].strip(" ；;，,、\n。"))
            names = self._names(part, answered)
            given[label.role or Field.LEAD] += names
            apart.append(text[label.start : label.end] + "; ".join(names_apart(names, self._known)))
        if not answered and any(self._are_joined(names) for names in given.values()):
            return one_or_several(text, text, "; ".join(apart))
        return self._of_roles(given[Field.LEAD], given[Field.SUPPORTING], tr("'{value}' says so", value=shown(text)))

    def _is_of_the_column(self, text: str, end: int) -> bool:
        """Return whether the names before the first label have the role of the column: 甲局 配合单位：乙局."""
        apart = end > 0 and any(one.isspace() or one in SEPARATORS for one in text[end - 1 : end + 1])
        names = self._names(text[:end], False) if apart and self._field in _ROLES else []
        return bool(names) and all(self._knows(name) or is_office(name) for name in names)

    def _of_names(self, names: list[str], text: str) -> Reading:
        """Return organisations with the roles that their marks give them. Without marks, their order tells."""
        marked = [Marked(name, None) if name_key(name) in self._known else without_marks(name) for name in names]
        marked = [one for one in marked if one.name]
        leads = [one.name for one in marked if one.role is Field.LEAD]
        if self._field is Field.LEAD and not leads and any(one.role for one in marked):
            leads = [one.name for one in marked if one.role is None]
        others = [one.name for one in marked if one.name not in leads]
        if leads or (self._field is Field.LEAD and any(one.role for one in marked)):
            return self._of_roles(leads, others, tr("'{value}' says so", value=shown(text)))
        if self._field is Field.SUPPORTING:
            return Reading(tuple(dict.fromkeys(others)))
        return self._first_of(others, text)

    def _first_of(self, names: list[str], text: str) -> Reading:
        """Return the first of several names. In a column of leads, the others support it."""
        if len(names) < 2:
            return Reading(names[0]) if names else NOTHING
        if self._field is not Field.LEAD:
            return one_of_several(names, text)
        inferred = tr("the first organisation in '{value}'", value=shown(text))
        others = tr("named after the lead in '{value}'", value=shown(text))
        told = remark(
            names[0],
            inferred,
            tr(
                "'{value}' names several organisations; the first one leads and the others support it",
                value=shown(text),
            ),
            tr("Name the lead alone in this column if this is wrong"),
        )
        return Reading(told.value, told.inferred, told.doubt, ((Field.SUPPORTING, tuple(names[1:]), others),))

    def _of_roles(self, leads: list[str], supporting: list[str], reason: str) -> Reading:
        """Return organisations whose roles the cell says. A second lead supports the first."""
        rest = tuple(dict.fromkeys((*leads[1:], *supporting)))
        if self._field is Field.SUPPORTING:
            also = ((Field.LEAD, leads[0], reason),) if leads else ()
            return Reading(rest, reason, also=also)
        lead = leads[0] if leads else None
        return Reading(lead, reason, also=((Field.SUPPORTING, rest, reason),) if rest else ())


def is_labelled_lead(text: str) -> bool:
    """Return whether a text begins with a label for the lead, such as 牵头单位：甲局."""
    found = _LABELLED.match(text[:LONGEST_NAME])
    return found is not None and _role_of(found[1].strip()) is Field.LEAD


class BracketReader:
    """Reads a column whose heading says that brackets name supporting organisations: 주관부서(협조부서)."""

    def __init__(self, known: Collection[str]) -> None:
        self._lead = OrganisationReader(Field.LEAD, known)
        self._supporting = OrganisationReader(Field.SUPPORTING, known)

    def __call__(self, value: Value, answered: bool = False) -> Reading:
        """Read the organisation that leads, and those in the brackets behind it."""
        text = text_of(value)
        found = _IN_BRACKETS.fullmatch(text) if text is not None and len(text) <= LONGEST_CELL else None
        if found is None:
            return self._lead(value, answered)
        lead, others = self._lead(found[1], answered), self._supporting(found[2], answered)
        reason = tr("the heading says that brackets name supporting organisations")
        doubt = _with_all(lead.doubt, "", f"({found[2]})") or _with_all(others.doubt, f"{found[1]}(", ")")
        return Reading(lead.value, lead.inferred, doubt, (*lead.also, (Field.SUPPORTING, others.value, reason)))


def _with_all(doubt: Doubt | None, before: str, after: str) -> Doubt | None:
    """Return a doubt about a part of a cell with choices that are the whole cell, because an answer replaces it."""
    if doubt is None:
        return None
    choices = tuple(f"{before}{choice}{after}" for choice in doubt.choices)
    return Doubt(doubt.severity, doubt.what, doubt.do, choices)


def _label_of_no_organisation(text: str, name: str) -> Reading:
    """Return the question about a name with a label in it, such as 甲局 完成时限：6月底."""
    found = list(_LABELLED.finditer(name))
    first = next((one for one in found if _label(one).role is None), found[0])
    label = (first[1].split() or [name])[-1]
    before = text[: text.find(label)].strip(" \u3000；;，,、\n（(")
    return question(
        tr("'{value}' has '{label}:' in it, which does not belong to the name", value=shown(text), label=label),
        tr("Give the names without it, or - for none"),
        (before,) if before else (),
    )


class _Label(NamedTuple):
    """A label such as 配合单位： with the role that it gives, and where it begins and ends."""

    start: int
    end: int
    role: Field | None


def _label(found: re.Match[str]) -> _Label:
    """Return a label without the name before it: that of 甲局 配合单位： begins at 配合单位."""
    text = found[1]
    begins = [at for at in range(len(text)) if at == 0 or text[at - 1].isspace() or not text[at].isascii()]
    for at in begins:
        role = _role_of(text[at:].strip())
        if role is not None:
            return _Label(found.start() + at, found.end(), role)
    return _Label(found.start(), found.end(), None)


def _role_of(label: str) -> Field | None:
    fields = fields_named(label, Subject.ITEMS) if is_listed(label) else ()
    return fields[0] if fields and fields[0] in _ROLES else None


def _with_others(reading: Reading, text: str) -> Reading:
    """Return the organisations that a cell names, with the remark that it means further ones."""
    told = remark(
        reading.value,
        reading.inferred or tr("named in '{value}'", value=shown(text)),
        tr("'{value}' means further organisations without naming them", value=shown(text)),
        tr("Add their names to the cell, separated by semicolons"),
    )
    return Reading(told.value, told.inferred, told.doubt, reading.also)

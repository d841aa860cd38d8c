"""Reading organisations and persons: several in one cell, with their roles where the cell says them."""

import re
from collections.abc import Collection

from planner.base.language import tr
from planner.intake.layout.cells.marks import Marked, divided_at_marks, without_marks
from planner.intake.layout.cells.reading import NOTHING, Reading, error, question, remark
from planner.intake.layout.cells.splitting import has_separator, name_key, names_in, spaced_names
from planner.intake.layout.cells.texts import read_title, says_nothing, shown, text_of
from planner.intake.layout.names import Subject, fields_named
from planner.intake.proposed import Field
from planner.intake.sheets import Value

# 牵头单位：A；配合单位：B
_LABELLED = re.compile(r"([^：:；;，,、/\n（）()]{1,24})[：:]\s*")
_AND_OTHERS = re.compile(
    r"\s*(?:等(?:有关|相关|各)?(?:部门|单位|委办局|责任单位)?|,? etc\.?|,? and others|"
    r"\s등(?: ?관련 ?부서)?|ほか|など)\s*$",
    re.I,
)
# An English list such as "Roads, Parks and Water", which may be one name or three.
_ENGLISH_LIST = re.compile(r"[A-Za-z][^;；\n]*,[^;；\n]*\b(?:and|&) [^;；\n]*[A-Za-z.)]")
# Names do not take so much room. Looking for them in longer texts would take long.
_LONGEST, _LONGEST_NAME = 2_000, 200
_SURE = frozenset(";；\n")


class OrganisationReader:
    """Reads the organisations of a column of leads (`Field.LEAD`), of supporting organisations or of others.

    `known` are the keys of known names.
    """

    def __init__(self, field: Field, known: Collection[str]) -> None:
        self._field = field
        self._known = known

    def __call__(self, value: Value, answered: bool = False) -> Reading:
        """Read the organisations of a cell. In an answer, only semicolons and line ends separate them."""
        text = text_of(value)
        if text is None or says_nothing(text):
            return NOTHING
        if len(text) > _LONGEST:
            return _too_long(text)
        if name_key(text) in self._known:
            return Reading((text,) if self._field is Field.SUPPORTING else text)
        labelled = self._labelled(text, answered)
        if labelled is not None:
            return labelled
        if not answered and self._is_unclear(text):
            return _one_or_several(text, names_in(text, self._known))
        if not answered and (parts := spaced_names(text)):
            return self._spaced(text, parts)
        plain = _AND_OTHERS.sub("", text)
        divided = divided_at_marks(plain)
        names = names_in(divided, self._known, separators=_SURE) if answered else names_in(divided, self._known)
        reading = self._of_names(names, text)
        return reading if plain == text else _with_others(reading, text)

    def _labelled(self, text: str, answered: bool) -> Reading | None:
        """Read a cell that says who leads and who supports."""
        labels = [(found, _role_of(found[1].strip())) for found in _LABELLED.finditer(text)]
        if not labels or labels[0][0].start() != 0 or any(role is None for _, role in labels):
            return None
        ends = [found.start() for found, _ in labels[1:]] + [len(text)]
        given: dict[Field, list[str]] = {Field.LEAD: [], Field.SUPPORTING: []}
        for (found, role), end in zip(labels, ends, strict=True):
            part = text[found.end() : end].strip(" ；;，,、\n。")
            given[role or Field.LEAD] += names_in(part, self._known, **({"separators": _SURE} if answered else {}))
        return self._of_roles(given[Field.LEAD], given[Field.SUPPORTING], tr("'{value}' says so", value=shown(text)))

    def _is_unclear(self, text: str) -> bool:
        """Return whether an English text can be the name of one organisation or a list."""
        if (
            not text.isascii()
            or len(text) > _LONGEST_NAME
            or name_key(text) in self._known
            or not _ENGLISH_LIST.fullmatch(text)
        ):
            return False
        return not all(name_key(name) in self._known for name in names_in(text, self._known))

    def _spaced(self, text: str, parts: list[str]) -> Reading:
        """Read names with only blanks or middle dots between them: several if all are known, else a question."""
        if all(name_key(part) in self._known for part in parts):
            return self._of_names(parts, text)
        return _one_or_several(text, parts)

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
            return _one_of_several(names, text)
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
    found = _LABELLED.match(text[:_LONGEST_NAME])
    return found is not None and _role_of(found[1].strip()) is Field.LEAD


def read_person(value: Value, answered: bool = False) -> Reading:
    """Read the person who is accountable for an item. Of several persons, the first one is."""
    text = text_of(value)
    if text is None or says_nothing(text):
        return NOTHING
    if len(text) > _LONGEST:
        return _too_long(text)
    names = names_in(text, ()) if has_separator(text) else [text]
    return read_title(text, answered) if len(names) < 2 else _one_of_several(names, text)


def _too_long(text: str) -> Reading:
    return error(
        tr("the cell has {number:,} characters, which are not names", number=len(text)),
        tr("Write only the names, or leave the column out with a mapping"),
    )


def _role_of(label: str) -> Field | None:
    fields = fields_named(label, Subject.ITEMS)
    return fields[0] if fields and fields[0] in (Field.LEAD, Field.SUPPORTING) else None


def _one_of_several(names: list[str], text: str) -> Reading:
    return remark(
        names[0],
        tr("the first name in '{value}'", value=shown(text)),
        tr("'{value}' has several names; only the first one is imported", value=shown(text)),
        tr("Leave one name in the cell if this is wrong"),
    )


def _one_or_several(text: str, names: list[str]) -> Reading:
    return question(
        tr("'{value}' can be one organisation or several", value=shown(text)),
        tr("Choose one, or write the organisations with semicolons between them"),
        (text, "; ".join(names)),
    )


def _with_others(reading: Reading, text: str) -> Reading:
    """Return the organisations that a cell names, with the remark that it means further ones."""
    told = remark(
        reading.value,
        reading.inferred or tr("named in '{value}'", value=shown(text)),
        tr("'{value}' means further organisations without naming them", value=shown(text)),
        tr("Add their names to the cell, separated by semicolons"),
    )
    return Reading(told.value, told.inferred, told.doubt, reading.also)

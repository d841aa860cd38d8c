"""Making milestones, indicators, themes, organisations and people from tables of their own."""

import re

from planner.base.formats import plain_number
from planner.base.language import tr
from planner.base.visible_text import shortened
from planner.domain.codes import code_key
from planner.intake.layout.body import BodyRow, RowKind
from planner.intake.layout.cells.reading import Doubt
from planner.intake.layout.cells.splitting import name_key
from planner.intake.layout.cells.texts import text_of
from planner.intake.layout.findings import Findings
from planner.intake.layout.headers import filled
from planner.intake.layout.names import Subject, missing_fields
from planner.intake.layout.rows import RowReader
from planner.intake.layout.tables import Table
from planner.intake.proposed import Field, Given, ProposedItem, ProposedRegister, ProposedRow, Severity

_PARTS = (Subject.MILESTONES, Subject.INDICATORS)
# The number of a theme. A longer one, such as a year, is a title.
_SHORT_NUMBER = re.compile(r"[1-9]\d{0,2}", re.ASCII)


class RowBuilder:
    """Makes the rows of one table that does not describe items."""

    def __init__(self, table: Table, reader: RowReader, register: ProposedRegister, findings: Findings) -> None:
        self._table = table
        self._reader = reader
        self._register = register
        self._findings = findings

    def build(self, rows: list[BodyRow]) -> list[ProposedRow]:
        """Return the rows. Those of themes, organisations and people are added to the register."""
        made = [made for one in rows if (made := self._row(one)) is not None]
        if self._table.subject is Subject.THEMES:
            _name_parents(made, self._findings)
        kept = {
            Subject.THEMES: self._register.themes,
            Subject.ORGANISATIONS: self._register.organisations,
            Subject.PEOPLE: self._register.people,
        }.get(self._table.subject)
        if kept is not None:
            kept.extend(made)
        return made

    def _row(self, one: BodyRow) -> ProposedRow | None:
        """Return a row, or None if it is no entry or lacks what it needs."""
        place = self._table.sheet.place(one.row.number)
        if one.kind not in (RowKind.ENTRY, RowKind.CONTINUED) and not self._is_entry(one):
            self._register.ignored.append((place, tr("text between the rows")))
            return None
        facts = self._reader.read(one.row).facts
        given = {meaning for meaning, one in facts.items() if one.value is not None}
        missing = sorted(missing_fields(self._table.subject, given))
        if missing:
            shown = " | ".join(shortened(text_of(value) or "", 30) for value in one.row.values if value is not None)
            doubt = Doubt(
                Severity.ERROR,
                tr("the row has no '{field}'", field=missing[0].value),
                tr("Fill in the cell, or delete the row"),
            )
            self._findings.add(doubt, place, missing[0], shortened(shown, 80))
            return None
        if self._table.subject in (Subject.ORGANISATIONS, Subject.PEOPLE):
            facts.pop(Field.NUMBER, None)
        return ProposedRow(place, facts)

    def _is_entry(self, one: BodyRow) -> bool:
        """Return whether a row that looks like a section is an entry: it has several cells, or is a list of names."""
        return one.kind is RowKind.SECTION and (len(filled(one.row.values)) > 1 or len(self._table.columns) == 1)


def _name_parents(rows: list[ProposedRow], findings: Findings) -> None:
    """Replace the numbers of parents by the titles of the themes that have these numbers in the same table.

    A number that is the title of a theme stays. It is an error if no theme has it.
    """
    titles = {str(row.facts[Field.TITLE].value) for row in rows}
    numbered = {
        plain_number(given.value): row
        for row in rows
        if (given := row.facts.get(Field.NUMBER)) is not None and isinstance(given.value, float)
    }
    named = [(row, given) for row in rows if (given := row.facts.get(Field.PARENT)) is not None]
    wanted = [(row, given, _text_of_parent(given)) for row, given in named]
    wanted = [one for one in wanted if _SHORT_NUMBER.fullmatch(one[2]) and one[2] not in titles]
    above = {id(row): number for row, _, number in wanted}
    for row, given, number in wanted:
        path: list[str] = []
        at, seen = numbered.get(number), {id(row)}
        while at is not None and id(at) not in seen:
            seen.add(id(at))
            path.insert(0, str(at.facts[Field.TITLE].value))
            at = numbered.get(above[id(at)]) if id(at) in above else None
        if path:
            inferred = tr("the theme with the number {number}", number=number)
            row.facts[Field.PARENT] = Given(tuple(path), given.place, inferred)
            continue
        what = tr("no other theme of this table has the number or the title '{number}'", number=number)
        do = tr("Write the title of the theme above, or its number in the column of numbers")
        findings.add(Doubt(Severity.ERROR, what, do), given.place, Field.PARENT, number)


def _text_of_parent(given: Given) -> str:
    """Return the one title that a cell of parents has, or nothing if there are several."""
    titles = given.value if isinstance(given.value, tuple) else (given.value,)
    return str(titles[0]) if len(titles) == 1 else ""


def attach_parts(subject: Subject, rows: list[ProposedRow], register: ProposedRegister, findings: Findings) -> None:
    """Add milestones or indicators to their items. An item that the files do not have is proposed by its code."""
    if subject not in _PARTS:
        return
    items = {
        code_key(str(code.value)): item
        for item in register.items
        if (code := item.facts.get(Field.CODE)) is not None and code.value is not None
    }
    titled = _by_title(register.items)
    for row in rows:
        code, named = row.facts.pop(Field.CODE, None), row.facts.pop(Field.PARENT, None)
        if code is not None and code.value is not None:
            item = items.get(code_key(str(code.value)))
            if item is None:
                item = ProposedItem(row.place, {Field.CODE: Given(code.value, code.place)})
                items[code_key(str(code.value))] = item
                register.items.append(item)
        else:
            item = _named_item(named, items, titled, findings)
        if item is None:
            register.ignored.append((row.place, tr("its item is not known")))
        elif subject is Subject.MILESTONES:
            item.milestones = [*(item.milestones or []), row]
        else:
            item.indicators = [*(item.indicators or []), row]


def _by_title(items: list[ProposedItem]) -> dict[str, list[ProposedItem]]:
    """Return the items by their titles without blanks."""
    titled: dict[str, list[ProposedItem]] = {}
    for item in items:
        title = item.facts.get(Field.TITLE)
        if title is not None:
            titled.setdefault(name_key(str(title.value)), []).append(item)
    return titled


def _named_item(
    named: Given | None, items: dict[str, ProposedItem], titled: dict[str, list[ProposedItem]], findings: Findings
) -> ProposedItem | None:
    """Return the item of which a row gives the title or the number. It is an error if there is none, or several."""
    if named is None or named.value is None:
        return None
    text = str(named.value)
    found = titled.get(name_key(text)) or [item for item in [items.get(code_key(text))] if item is not None]
    if len(found) == 1:
        return found[0]
    if found:
        what = tr("several items have the title '{title}'", title=text)
    else:
        what = tr("no item of these files has the title or the code '{title}'", title=text)
    do = tr("Correct it, or add a column with the codes of the items")
    findings.add(Doubt(Severity.ERROR, what, do), named.place, Field.PARENT, shortened(text, 80))
    return None

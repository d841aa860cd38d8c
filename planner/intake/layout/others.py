"""Making milestones, indicators, themes, organisations and people from tables of their own."""

from planner.base.language import tr
from planner.base.visible_text import shortened
from planner.domain.codes import code_key
from planner.intake.layout.body import BodyRow, RowKind
from planner.intake.layout.cells.reading import Doubt
from planner.intake.layout.cells.texts import text_of
from planner.intake.layout.findings import Findings
from planner.intake.layout.headers import filled
from planner.intake.layout.names import NEEDED, Subject
from planner.intake.layout.rows import RowReader
from planner.intake.layout.tables import Table
from planner.intake.proposed import Field, Given, ProposedItem, ProposedRegister, ProposedRow, Severity

_PARTS = (Subject.MILESTONES, Subject.INDICATORS)


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
        needed = sorted(NEEDED[self._table.subject])
        missing = [meaning for meaning in needed if meaning not in facts or facts[meaning].value is None]
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


def attach_parts(subject: Subject, rows: list[ProposedRow], register: ProposedRegister) -> None:
    """Add milestones or indicators to their items. An item that the files do not have is proposed by its code."""
    if subject not in _PARTS:
        return
    items = {
        code_key(str(code.value)): item
        for item in register.items
        if (code := item.facts.get(Field.CODE)) is not None and code.value is not None
    }
    for row in rows:
        code = row.facts.pop(Field.CODE)
        item = items.get(code_key(str(code.value)))
        if item is None:
            item = ProposedItem(row.place, {Field.CODE: Given(code.value, code.place)})
            items[code_key(str(code.value))] = item
            register.items.append(item)
        if subject is Subject.MILESTONES:
            item.milestones = [*(item.milestones or []), row]
        else:
            item.indicators = [*(item.indicators or []), row]

"""Finding edits in the columns of an exported register that no import takes, so that each of them is told."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from planner.domain.codes import code_key
from planner.domain.vocabulary import Basis
from planner.intake.comparing.exported.shown_records import (
    ADDED_ON,
    REPORTED_OF_PARTS,
    CellTexts,
    Shown,
    row_of_part,
    rows_of_parts,
    shown_of_item,
    shown_of_part,
    shows_records,
)
from planner.intake.comparing.exported.since import Since, SinceExport
from planner.intake.comparing.numbering.codes_as_numbers import CodesAsNumbers
from planner.intake.comparing.recorded import Recorded
from planner.intake.comparing.stored import (
    StoredIndicator,
    StoredItem,
    StoredMilestone,
    StoredOrganisation,
    StoredPerson,
    StoredRegister,
)
from planner.intake.comparing.telling.told import Told
from planner.intake.exported_rows import Moment, ReadingTable
from planner.intake.layout.cells.texts import text_of
from planner.intake.layout.names import Subject
from planner.intake.origin import origin_in
from planner.intake.proposed import DATA_BASIS, EXPORTED_FROM, Field, Given
from planner.intake.sheets import Row, Value
from planner.queries.items.views import MERGED_INTO, NO_LINEAGE

# The columns of the bases of an item's facts, with their places in `StoredItem.bases`.
_BASES = {"basis": 0, "theme_basis": 1, "lead_basis": 2, "start_basis": 3, "due_basis": 4}
_BASELINE_DUE = "baseline_due"
_PARTS = (Subject.MILESTONES, Subject.INDICATORS)
# What people reported, by the table. In rows that somebody added, no import takes it.
_REPORTED: Mapping[str, Sequence[str]] = {
    **dict.fromkeys(_PARTS, REPORTED_OF_PARTS),
    Subject.ITEMS: ("reported_on", "report_evidence", "ended_on", "ending_reason"),
}
# What became of an item or where it comes from is only ever added to.
_LINEAGE = ("comes_from", "became")


def shown_of(item: StoredItem, recorded: Recorded) -> Shown:
    """Return what the columns for reading show of the row of an item, apart from its lineage."""
    bases = {name: str(item.bases[at]) for name, at in _BASES.items()}
    added_on = "" if item.added_on is None else str(item.added_on)
    return {ADDED_ON: added_on, _BASELINE_DUE: str(item.baseline_due), **bases, **shown_of_item(item.id, recorded)}


@dataclass
class EditsForReading:
    """Notes each cell in the columns for reading that has neither the value of now nor the one of the export."""

    stored: StoredRegister
    since: SinceExport
    told: Told

    def note(self, tables: Iterable[ReadingTable]) -> None:
        """Note the edits of tables that were exported from this register."""
        for table in tables:
            for row in table.rows:
                self._note_origin(table, row)
                since = self.since(table.place_of(row))
                # In a row that somebody added, nobody fills in these columns.
                if since is not None and table.value(row, EXPORTED_FROM) is not None:
                    self._note_row(table, row, since)
                if since is None and table.value(row, "became") is not None:
                    self._note_over(table, row)
                if table.subject in _REPORTED:
                    self._note_unrecorded(table, row, since)

    def _note_row(self, table: ReadingTable, row: Row, since: Since) -> None:
        if DATA_BASIS in table.columns and table.value(row, DATA_BASIS) not in _DATA_BASES:
            self._note(table, row, DATA_BASIS)
        if table.subject == "items":
            self._note_item(table, row, since)
        elif table.subject in _PARTS:
            self._note_part(table, row, since)
        elif table.subject == "organisations":
            body = self._bodies.get(text_of(table.value(row, "key")) or "")
            self._note_end(table, row, since, () if body is None else self._ends(body))
        elif table.subject == "people":
            person = self._people.get(text_of(table.value(row, "login")) or "")
            self._note_end(table, row, since, () if person is None else ("" if person.active else "left",))

    def _note_over(self, table: ReadingTable, row: Row) -> None:
        """Note what became, in another register, of an organisation or a person whom this one does not have."""
        is_new_body = table.subject == "organisations" and text_of(table.value(row, "key")) not in self._bodies
        is_new_person = table.subject == "people" and text_of(table.value(row, "login")) not in self._people
        if is_new_body or is_new_person:
            self.told.over_there(self._given(table, row, "became"), table.subject)

    def _note_origin(self, table: ReadingTable, row: Row) -> None:
        """Note a text that names no origin. A row without one, or with that of another plan, is told elsewhere."""
        origin = table.value(row, EXPORTED_FROM)
        if origin is not None and origin_in(str(origin)) is None:
            self._note(table, row, EXPORTED_FROM)

    def _note_item(self, table: ReadingTable, row: Row, since: Since) -> None:
        item = self._item(table, row, since)
        if item is None:
            return
        now = shown_of(item, self.stored.recorded)
        for column in self._edited(table, row, now, since.shown.get(item.id, now)):
            if not (column == "basis" and _becomes_registered(table.value(row, column), item)):
                self._note(table, row, column)
        self._note_lineage(table, row, item, since)

    def _item(self, table: ReadingTable, row: Row, since: Since) -> StoredItem | None:
        """Return the item that a row names by its code, or by its title if the code became a number."""
        code = text_of(table.value(row, "code")) or ""
        title = (text_of(table.value(row, "title")) or "") if table.subject == "items" else ""
        key = code_key(code)
        item = self._by_id.get(since.codes[key]) if key in since.codes else self._by_code.get(key)
        return self._as_numbers.find(title, code, since, item) or item

    def _edited(self, table: ReadingTable, row: Row, now: Shown, then: Shown) -> Iterator[str]:
        """Yield the columns whose cells say neither what they show now nor what they showed at the export."""
        for column in now:
            if column in table.columns:
                text = self._texts.of(table.value(row, column), column)
                if text not in (now[column], then[column]):
                    yield column

    def _note_part(self, table: ReadingTable, row: Row, since: Since) -> None:
        item = self._item(table, row, since) if shows_records(table) else None
        part = self._part(table, row, item) if item else None
        if part is not None:
            now = shown_of_part(part, self.stored.recorded)
            then = since.shown_parts.get((table.subject, row_of_part(part)), now)
            for column in self._edited(table, row, now, then):
                self._note(table, row, column)

    def _part(self, table: ReadingTable, row: Row, item: StoredItem) -> StoredMilestone | StoredIndicator | None:
        """Return the part that a row is about, an indicator with the target of the row."""
        key = text_of(table.value(row, "key"))
        parts = [one for one in rows_of_parts(self._parts(table.subject, item)) if one.key == key]
        if len(parts) < 2:
            return parts[0] if parts else None
        due = self._texts.of(table.value(row, Field.DUE), Field.DUE)
        return next((one for one in parts if isinstance(one, StoredIndicator) and str(one.due) == due), parts[-1])

    def _note_unrecorded(self, table: ReadingTable, row: Row, since: Since | None) -> None:
        """Note what a row says was reported of an item that the register does not have, or of a part of it.

        Of a row of another register, it is taken with the item. Of a copied row of an item, a note of its own says that
        nothing reported is.
        """
        if (since is None or table.subject == Subject.ITEMS) and table.value(row, EXPORTED_FROM) is not None:
            return
        said = [column for column in _REPORTED[table.subject] if table.value(row, column) is not None]
        key = code_key(text_of(table.value(row, "code")) or "") if said else ""
        if key in self._by_code or (since is not None and (key in since.codes or key in since.gone)):
            return
        for column in said:
            self.told.unrecorded(self._given(table, row, column), column)

    def _parts(self, subject: str, item: StoredItem) -> Sequence[StoredMilestone | StoredIndicator]:
        parts: Mapping[int, Sequence[StoredMilestone | StoredIndicator]]
        parts = self.stored.milestones if subject == Subject.MILESTONES else self.stored.indicators
        return parts.get(item.id, ())

    def _note_lineage(self, table: ReadingTable, row: Row, item: StoredItem, since: Since) -> None:
        lineage = self.stored.lineages.get(item.id, NO_LINEAGE)
        status = self.stored.statuses.get(item.id)
        into = self._by_id.get(status.merged_into_id) if status is not None and status.merged_into_id else None
        shown = (lineage.comes_from, lineage.became_with(None if into is None else into.code))
        for column, lines in zip(_LINEAGE, shown, strict=True):
            cell = (text_of(table.value(row, column)) or "").split("\n")
            given = {self._with_present_code(line, since) for line in cell if line}
            if column in table.columns and (given - set(lines) or (self._is_current(since) and given != set(lines))):
                self._note(table, row, column)

    def _with_present_code(self, line: str, since: Since) -> str:
        """Return what became of an item, with the present code of the item that it was merged into."""
        _, merged, code = line.partition(MERGED_INTO)
        item = self._by_id.get(since.codes.get(code_key(code), 0)) if merged else None
        return line if item is None else f"{MERGED_INTO}{item.code}"

    def _note_end(self, table: ReadingTable, row: Row, since: Since, ends: Collection[str]) -> None:
        """Note what a row says became of an organisation or a person, unless it is one of the texts for that."""
        given = text_of(table.value(row, "became")) or ""
        if ends and "became" in table.columns and given not in ends and (given or self._is_current(since)):
            self._note(table, row, "became")

    def _is_current(self, since: Since) -> bool:
        """Return whether nothing was recorded after the export."""
        return since.moment == Moment(self.stored.position.seq)

    def _ends(self, body: StoredOrganisation) -> tuple[str, ...]:
        """Return the texts for what became of an organisation: the other one has its name, or its key."""
        if body.ended is None:
            return ("",)
        day = body.ended.as_of
        if body.ended.into is None:
            return (f"dissolved as of {day}",)
        into = self._bodies[body.ended.into]
        return tuple(f"merged into {name} as of {day}" for name in (into.key, *into.names, *into.former))

    def _note(self, table: ReadingTable, row: Row, column: str) -> None:
        self.told.not_taken(self._given(table, row, column), column)

    @staticmethod
    def _given(table: ReadingTable, row: Row, column: str) -> Given:
        value = table.value(row, column)
        return Given(value if isinstance(value, date) else text_of(value), table.place_of(row, column))

    @cached_property
    def _texts(self) -> CellTexts:
        return CellTexts(self.stored.plan.starts, self.stored.plan.ends)

    @cached_property
    def _as_numbers(self) -> CodesAsNumbers:
        return CodesAsNumbers(self.stored.items)

    @cached_property
    def _by_code(self) -> Mapping[str, StoredItem]:
        return {item.code_key: item for item in self.stored.items}

    @cached_property
    def _by_id(self) -> Mapping[int, StoredItem]:
        return {item.id: item for item in self.stored.items}

    @cached_property
    def _bodies(self) -> Mapping[str, StoredOrganisation]:
        return {body.key: body for body in self.stored.organisations}

    @cached_property
    def _people(self) -> Mapping[str, StoredPerson]:
        return {person.login: person for person in self.stored.people}


# What a row says of its data. A demonstration in the register of an office is refused before.
_DATA_BASES = frozenset({"register", Basis.SIMULATED.value})


def _becomes_registered(value: Value, item: StoredItem) -> bool:
    """Return whether an edited basis of an item is taken: that the office has registered what was only working."""
    return value == Basis.REGISTERED and item.bases[0] != Basis.REGISTERED

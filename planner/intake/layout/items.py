"""Making proposed items from the rows of a table."""

from collections.abc import Iterable, Mapping, Sequence

from planner.base.language import tr, tr_later
from planner.base.visible_text import shortened
from planner.domain.vocabulary import Phase
from planner.intake.layout.body import BodyRow, RowKind, Section, is_long_text
from planner.intake.layout.cell_reader import answered_note
from planner.intake.layout.cells.numbering import numbered
from planner.intake.layout.cells.reading import Doubt, Entry, Reading
from planner.intake.layout.cells.targets import with_bases, with_targets
from planner.intake.layout.cells.texts import one_line_title
from planner.intake.layout.columns.column import NOT_IMPORTED, SEVERAL, Column
from planner.intake.layout.columns.contents import are_numbers
from planner.intake.layout.findings import Findings
from planner.intake.layout.rows import RowFacts, RowReader, add_inferred, together
from planner.intake.layout.sheet_names import SheetFacts
from planner.intake.layout.stated.section_counts import SectionCounts
from planner.intake.layout.stated.totals import in_text, in_total_row
from planner.intake.layout.tables import Table
from planner.intake.layout.untitled import UntitledRows
from planner.intake.proposed import (
    HEADINGS_AGAIN,
    Field,
    Given,
    NamedTheme,
    ProposedItem,
    ProposedRegister,
    ProposedRow,
    Severity,
    answer_key,
)
from planner.intake.sheets import Place, Row, Value

_NUMBERS = (Field.WEIGHT, Field.PERCENT, Field.DUE, Field.START)
# The answer that titles which are struck through mean nothing special.
_AS_OTHERS = "like the others"
# Numbers that no note has. A section with another one below the last item is a theme if others have it, too.
_SURE_STYLES = frozenset(("chapter", "section", "han", "han in brackets"))
_NUMBERED_BY_ROW = (Field.MILESTONES, Field.INDICATORS)


class ItemBuilder:
    """Makes the items of one table, and puts its sections among the themes."""

    def __init__(
        self,
        table: Table,
        body: list[BodyRow],
        reader: RowReader,
        register: ProposedRegister,
        findings: Findings,
        kinds: Mapping[str, str],
        themes: set[tuple[str, ...]],
        named: SheetFacts,
        answers: Mapping[str, str],
    ) -> None:
        # What the name of the sheet gives, and the theme that it is.
        self._named = named
        self._outer = (named.theme,) if named.theme else ()
        if named.theme and named.label:
            reader.theme_labels[self._outer] = named.label
        self._themes = themes
        self._table = table
        self._reader = reader
        self._register = register
        self._findings = findings
        self._kinds = kinds
        self._item: ProposedItem | None = None
        self._untitled = UntitledRows()
        # How many rows have a title.
        self._titled = 0
        self._answers = answers
        self._title_column = table.column_of(Field.TITLE) + 1
        # Whether a column has the targets of the indicators.
        self._has_targets = max(map(table.column_of, (Field.TARGET, Field.BASELINE))) >= 0
        # What a person said about titles that are struck through, or None before the first one.
        self._struck: str | None = None
        # Whether a person was told that rows without a title belong to the item above.
        self._told_parts = False
        # Whether the titles begin with the numbers of the items.
        self._has_numbers = self._numbers_are_in_titles(body)
        # What a row above says about who leads.
        self._lead: tuple[Place, Reading] | None = None
        # Sections that no item has followed yet, with their rows.
        self._waiting: list[tuple[Row, Section]] = []
        # The styles of the numbers of sections with items.
        self._styles: set[str] = set()
        self._sections = SectionCounts()
        self._section_place: Place | None = None
        self._lists = [one for one in _NUMBERED_BY_ROW if any(column.field is one for column in table.columns)]

    def build(self, rows: list[BodyRow]) -> None:
        """Add what the next rows give to the register. `end` must follow the last ones."""
        for one in rows:
            if one.kind is RowKind.ENTRY:
                self._entry(one)
            elif one.kind is RowKind.CONTINUED:
                self._continued(one.row)
            elif one.kind is RowKind.PART:
                self._part(one.row)
            elif one.kind is RowKind.LEAD:
                self._leads(one.row)
            elif one.kind is RowKind.SECTION and one.section is not None:
                self._section(one.row, one.section)
            else:
                self._left_out(one)

    def _numbers_are_in_titles(self, rows: list[BodyRow]) -> bool:
        """Return whether a table without codes has the numbers of its items before their titles."""
        if max(self._table.column_of(Field.CODE), self._table.column_of(Field.NUMBER)) >= 0:
            return False
        title = self._table.column_of(Field.TITLE)
        titles = (one.row.values[title] for one in rows if one.kind is RowKind.ENTRY and title < len(one.row.values))
        found = [numbered(one_line_title(text)) for text in titles if isinstance(text, str)]
        return bool(found) and sum(one is not None and bool(one.rest) for one in found) >= 0.8 * len(found)

    def _section(self, row: Row, section: Section) -> None:
        self._reader.skip(row)
        self._item, self._lead = None, None
        if is_long_text(section):
            self._ignore(row, tr("text between the rows"))
            return
        at, text = next((at, value) for at, value in enumerate(row.values, 1) if value is not None)
        self._sections.enter(section.path, str(text), self._place(row, at))
        self._waiting.append((row, section))

    def _leads(self, row: Row) -> None:
        """Remember who leads the rows below."""
        self._reader.skip(row)
        self._item = None
        at, text = next((at, value) for at, value in enumerate(row.values, 1) if value is not None)
        place = self._place(row, at)
        self._lead = (place, self._reader.organisations.read(text, place))
        self._ignore(row, tr("it says who leads the rows below it"))

    def _place(self, row: Row, column: int = 0) -> Place:
        return self._table.sheet.place(row.number, column)

    def _ignore(self, row: Row, reason: str) -> None:
        self._register.ignored.append((self._place(row), reason))

    def _entry(self, one: BodyRow) -> None:
        """Add an item. A row without a title is an error."""
        for row, section in self._waiting:
            self._theme(row, section)
            self._styles.add(section.style)
        self._waiting.clear()
        found = self._read(one.row)
        title = found.facts.get(Field.TITLE)
        if title is None or title.value is None:
            self._item = None
            if title is not None and self._findings.concern(title.place):
                self._ignore(one.row, tr("its title cannot be read"))
            else:
                self._untitled.note(one.row, self._place(one.row))
            return
        self._titled += 1
        item = ProposedItem(self._place(one.row), found.facts)
        if one.path or self._outer:
            self._under(item, one)
        for meaning, given in self._named.facts.items():
            there = item.facts.get(meaning)
            if there is None or there.value is None:
                item.facts[meaning] = given
        if self._lead is not None:
            _led_by(item, *self._lead)
        self._led_by_first(item)
        if self._has_numbers:
            _divide_title(item)
        if (one.row.number, self._title_column) in self._table.sheet.struck and not self._keeps_struck(item, one.row):
            self._item = None
            return
        self._theme_labels(item)
        self._note_marks(item, found)
        self._lists_of(item, found)
        self._item = item
        self._register.items.append(item)
        self._sections.count(one.path)

    def _led_by_first(self, item: ProposedItem) -> None:
        """Give an item without a lead the first of those who support it, if a person says so for the table."""
        if not self._reader.has_stand_in:
            return
        lead, others = item.facts.get(Field.LEAD), item.facts.get(Field.SUPPORTING)
        if lead is None or lead.value is not None or others is None or not isinstance(others.value, tuple):
            return
        names = others.value
        if self._reader.first_leads(names):
            item.facts[Field.LEAD] = Given(names[0], others.place, tr("the first organisation, as a person said"))
            item.facts[Field.SUPPORTING] = Given(names[1:], others.place, others.inferred)

    def _read(self, row: Row) -> RowFacts:
        """Return the facts of a row, with the targets and units of its indicators in these."""
        found = self._reader.read(row)
        if not self._has_targets:
            return found
        target, unit, base = (found.facts.pop(fact, None) for fact in (Field.TARGET, Field.UNIT, Field.BASELINE))
        listed = found.entries.get(Field.INDICATORS, [])
        entries = [entry for entry, _ in listed]
        if target is not None and target.value is not None:
            entries, doubt = with_targets(entries, target.value, unit.value if unit else None)
            if doubt is not None:
                self._findings.add(doubt, target.place, Field.TARGET, str(target.value))
        if base is not None and base.value is not None:
            entries, doubt = with_bases(entries, base.value)
            if doubt is not None:
                self._findings.add(doubt, base.place, Field.BASELINE, str(base.value))
        found.entries[Field.INDICATORS] = [(entry, given) for entry, (_, given) in zip(entries, listed, strict=True)]
        return found

    def _keeps_struck(self, item: ProposedItem, row: Row) -> bool:
        """Return whether an item is imported whose title is struck through. One answer counts for all of a table."""
        phase = item.facts.get(Field.PHASE)
        if phase is not None and phase.value is not None:
            return True
        if self._struck is None:
            self._struck = self._ask_about_struck(item)
        if self._struck == NOT_IMPORTED:
            self._ignore(row, tr("its title is struck through"))
            return False
        if self._struck == Phase.CANCELLED.value:
            item.facts[Field.PHASE] = Given(self._struck, item.place, tr("its title is struck through"))
        return True

    def _ask_about_struck(self, item: ProposedItem) -> str:
        choices = (Phase.CANCELLED.value, NOT_IMPORTED, _AS_OTHERS)
        place = item.facts[Field.TITLE].place
        answer = self._answers.get(answer_key(place, Field.PHASE), "").strip().casefold()
        if answer not in choices:
            what = tr("this title, and perhaps others in this table, is struck through")
            do = tr("Say what that means for these items")
            title = shortened(str(item.facts[Field.TITLE].value), 60)
            self._findings.add(Doubt(Severity.QUESTION, what, do, choices), place, Field.PHASE, title)
        return answer

    def _theme_labels(self, item: ProposedItem) -> None:
        """Add the themes of an item that have numbers in their column, with these as labels."""
        labels, given = self._reader.theme_labels, item.facts.get(Field.THEME)
        if not labels or given is None or not isinstance(given.value, tuple):
            return
        path = given.value
        for level in range(1, len(path) + 1):
            theme = path[:level]
            label = labels.get(theme) or labels.get(theme[-1:])
            if label and theme not in self._themes:
                self._themes.add(theme)
                facts = {Field.TITLE: Given(theme[-1], given.place), Field.LABEL: Given(label, given.place)}
                if level > 1:
                    facts[Field.PARENT] = Given(theme[:-1], given.place)
                self._register.themes.append(NamedTheme(given.place, facts))

    def _note_marks(self, item: ProposedItem, found: RowFacts) -> None:
        """Give an item the notes below the table to which marks in its cells refer."""
        for mark in dict.fromkeys(found.marks):
            note = self._table.footnotes[mark]
            reason = tr("the note {mark} below the table", mark=mark)
            add_inferred(item.facts, Field.NOTE, Given(note.text, self._table.sheet.place(note.row), reason))

    def _under(self, item: ProposedItem, one: BodyRow) -> None:
        """Put an item under the sections that contain it, outside the themes of its own row."""
        there = item.facts.get(Field.THEME)
        own = there.value if there is not None and isinstance(there.value, tuple) else ()
        path = (*self._outer, *(title for title in one.path if title))
        place = self._section_place or item.place
        inferred = there.inferred if there is not None and own else None
        if self._outer:
            inferred = inferred or tr("the name of the sheet")
        item.facts[Field.THEME] = Given((*path, *own), place, inferred)

    def _theme(self, row: Row, section: Section) -> None:
        """Add a theme for a section, unless the file has it already."""
        self._section_place = self._place(row, 1 + next(at for at, value in enumerate(row.values) if value is not None))
        path = (*self._outer, *section.path)
        title, parent = path[-1], path[:-1]
        if path in self._themes:
            self._ignore(row, tr("a section that the file has already"))
            return
        self._themes.add(path)
        facts = {Field.TITLE: Given(title, self._section_place)}
        if section.label:
            facts[Field.LABEL] = Given(section.label, self._section_place)
        if parent:
            facts[Field.PARENT] = Given(parent, self._section_place)
        self._register.themes.append(NamedTheme(self._place(row), facts))

    def _lists_of(self, item: ProposedItem, found: RowFacts) -> None:
        for meaning in self._lists:
            made = [_listed(entry, given) for entry, given in found.entries.get(meaning, [])]
            there = item.milestones if meaning is Field.MILESTONES else item.indicators
            rows = [*(there or []), *made]
            for number, row in enumerate(rows, 1):
                row.facts[Field.NUMBER] = Given(float(number), row.place, row.facts[Field.NUMBER].inferred)
            if meaning is Field.MILESTONES:
                item.milestones = rows
            else:
                item.indicators = rows

    def _part(self, row: Row) -> None:
        """Add the milestones of a row without a title to the item above it."""
        if self._item is not None and not self._told_parts:
            self._told_parts = True
            what = tr("rows without a title and a code were read as further rows of the item above them")
            do = tr("Type a title and a code if a row is an item of its own")
            self._findings.add(Doubt(Severity.REMARK, what, do), self._place(row), None, "")
        self._continued(row)

    def _continued(self, row: Row) -> None:
        """Add what a further row of an item gives."""
        item = self._item
        if item is None:
            self._untitled.note(row, self._place(row))
            return
        found = self._read(row)
        due = found.facts.get(Field.DUE)
        if due is not None and due.value is not None and found.entries.get(Field.MILESTONES):
            # Each of the merged rows has a milestone with its date, so that the first row's date is a milestone's too.
            _date(item.milestones or [], item.facts.get(Field.DUE))
            entries = found.entries[Field.MILESTONES]
            found.entries[Field.MILESTONES] = [({Field.DATE: due.value, **entry}, given) for entry, given in entries]
        for meaning, given in found.facts.items():
            self._merge(item, meaning, given)
        self._lists_of(item, found)
        self._ignore(row, tr("read together with row {row}", row=item.place.row))

    def _merge(self, item: ProposedItem, meaning: Field, given: Given) -> None:
        """Put a value of a further row of a merged item with those before it."""
        there = item.facts.get(meaning)
        if given.value is None or (there is not None and there.value == given.value):
            return
        if there is None or there.value is None:
            item.facts[meaning] = given
        elif meaning in SEVERAL:
            item.facts[meaning] = together(meaning, there, given)
        elif meaning is Field.LEAD:
            reason = tr("a further organisation of row {row}", row=item.place.row)
            add_inferred(item.facts, Field.SUPPORTING, Given((str(given.value),), given.place, reason))
        elif meaning is Field.DUE:
            latest = max(there, given, key=lambda one: str(one.value))
            item.facts[meaning] = Given(latest.value, latest.place, tr("the latest date of the rows of this item"))
        elif given.inferred == answered_note():
            item.facts[meaning] = given
        elif meaning not in (Field.CODE, Field.NUMBER):
            self._differs(there, given, meaning)

    def _differs(self, there: Given, given: Given, meaning: Field) -> None:
        doubt = Doubt(
            Severity.QUESTION,
            tr(
                "the merged rows have two values for '{field}': {one} and {other}",
                field=meaning.value,
                one=there.value,
                other=given.value,
            ),
            tr("Choose the value for the merged rows"),
            (str(there.value), str(given.value)),
        )
        self._findings.add(doubt, given.place, meaning, str(given.value))

    def _left_out(self, one: BodyRow) -> None:
        """Note a row that is no item, with the totals that it states."""
        row = one.row
        cells = [(self._place(row, at + 1), value) for at, value in enumerate(row.values) if value is not None]
        if one.kind is RowKind.TOTAL:
            self._total(in_total_row(self._counting(cells), self._kinds, counting=True))
            self._ignore(row, tr("a row of totals"))
        elif one.kind is RowKind.SUBTOTAL:
            self._ignore(row, tr("a row of subtotals"))
        elif one.kind is RowKind.HEADINGS:
            self._ignore(row, tr_later(HEADINGS_AGAIN))
        else:
            self._totals_in(row)
            self._ignore(row, tr("a note"))

    def _counting(self, cells: Sequence[tuple[Place, Value]]) -> list[tuple[Place, Value]]:
        """Return the cells that can count items: not those of columns of other numbers, such as sums of money."""
        other = {one.headed.number for one in self._table.columns if one.field in _NUMBERS or _has_numbers(one)}
        return [(place, value) for place, value in cells if place.column not in other]

    def _total(self, totals: Iterable[tuple[str, Given]]) -> None:
        for name, given in totals:
            self._register.add_total(name, given)

    def end(self) -> None:
        """Deal with the sections after the last item: those numbered as a section can be are themes without items."""
        self._sections.tell(self._findings)
        columns, header = self._table.columns, self._table.place
        for place in self._untitled.tell(columns, header, self._titled, self._findings):
            self._register.ignored.append((place, tr("it has no title")))
        for row, section in self._waiting:
            if section.is_numbered and (section.style in self._styles or section.style in _SURE_STYLES):
                self._theme(row, section)
            else:
                self._totals_in(row)
                self._ignore(row, tr("text below the table"))
        self._waiting.clear()

    def _totals_in(self, row: Row) -> None:
        for at, value in enumerate(row.values, 1):
            if isinstance(value, str):
                self._total(in_text(value, self._place(row, at), self._kinds))


def _has_numbers(column: Column) -> bool:
    """Return whether a column that is not imported has numbers in its rows."""
    return column.field is None and are_numbers(column.values)


def _divide_title(item: ProposedItem) -> None:
    """Divide the title of an item into its number and the title itself."""
    title = item.facts[Field.TITLE]
    found = numbered(str(title.value))
    if found is not None and found.rest:
        reason = tr("the number before the title")
        item.facts[Field.NUMBER] = Given(found.label, title.place, reason)
        item.facts[Field.TITLE] = Given(found.rest, title.place, tr("the title without its number"))


def _led_by(item: ProposedItem, place: Place, reading: Reading) -> None:
    """Give an item without a lead of its own the organisations that a row above it names."""
    reason = tr("row {row} above says so", row=place.row)
    own = item.facts.get(Field.LEAD)
    if own is not None and own.value is not None:
        return
    item.facts[Field.LEAD] = Given(reading.value, place, reason)
    for meaning, value, _ in reading.also:
        add_inferred(item.facts, meaning, Given(value, place, reason))


def _date(milestones: list[ProposedRow], due: Given | None) -> None:
    """Give the milestones without a date the date of their row."""
    for milestone in milestones:
        if due is not None and due.value is not None:
            milestone.facts.setdefault(Field.DATE, due)


def _listed(entry: Entry, given: Given) -> ProposedRow:
    facts = {meaning: Given(value, given.place, given.inferred) for meaning, value in entry.items()}
    return ProposedRow(given.place, facts)

"""Making a proposed register from the sheets of an import."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from planner.base.language import tr, tr_later
from planner.base.progress import OnProgress
from planner.domain.typed_words import says_nothing
from planner.intake.answering.same_cells import SameCells
from planner.intake.garbage import collection_paused
from planner.intake.layout.cells.days import orders_in
from planner.intake.layout.cells.reading import Doubt
from planner.intake.layout.cells.splitting import name_key, sure_names
from planner.intake.layout.codes import settle_codes
from planner.intake.layout.columns.asking import ask, is_open
from planner.intake.layout.columns.column import REPORTED, place_of
from planner.intake.layout.findings import Findings
from planner.intake.layout.folding import heading_key
from planner.intake.layout.headers import filled
from planner.intake.layout.items import ItemBuilder
from planner.intake.layout.names import Subject
from planner.intake.layout.others import RowBuilder, attach_parts
from planner.intake.layout.plan_facts import PlanFacts
from planner.intake.layout.readers import Setting
from planner.intake.layout.rows import RowReader
from planner.intake.layout.sheet_names import SheetNames
from planner.intake.layout.stated.origins import ask_about_origin, exported_rows, tell_lacking
from planner.intake.layout.stated.simulated import refuse_simulated
from planner.intake.layout.stated.stated_day import StatedDays
from planner.intake.layout.stated.totals import in_text
from planner.intake.layout.tables import Mapped, SheetTables, Table, TableFinder
from planner.intake.layout.untitled import columns_in_words
from planner.intake.proposed import HEADINGS, ColumnMeaning, Field, ProposedRegister, ProposedRow, Severity, TableLayout
from planner.intake.sheets import Row, Sheet

# Progress is reported after so many rows.
_AT_A_TIME = 1_000
_NAMING = (Field.LEAD, Field.SUPPORTING, Field.ORGANISATION, Field.NAME, Field.SHORT_NAME)


def propose(
    sheets: Iterable[Sheet],
    plan: PlanFacts,
    *,
    mapping: Mapped | None = None,
    kept: Mapping[str, Mapped] | None = None,
    answers: Mapping[str, str] | None = None,
    same: SameCells | None = None,
    step: OnProgress = lambda name, by=1: None,
) -> ProposedRegister:
    """Return the register that the sheets of an import propose together.

    `mapping` is what the person says about headings in this import. `kept` are mappings of earlier imports, by the
    shape of a table. `answers` are given to questions, by the key of the problem that asks. `same` has those of earlier
    imports about the same texts, and takes those of this import. `step` advances by rows.
    """
    known = frozenset(name_key(name) for name in plan.organisations)
    finder = TableFinder(plan, known, mapping or {}, kept or {}, answers or {})
    with collection_paused():
        found = [finder.find(sheet) for sheet in sheets]
        finder.settle_milestones(found)
        return _Proposing(plan, known, mapping or {}, answers or {}, same, step).register(found)


class _Proposing:
    """Makes the register of one import."""

    # docs/decisions/0126: nothing is guessed silently, and no row vanishes.

    def __init__(
        self,
        plan: PlanFacts,
        known: frozenset[str],
        mapping: Mapped,
        answers: Mapping[str, str],
        same: SameCells | None,
        step: OnProgress,
    ) -> None:
        self._same = same
        self._step = step
        self._mapping = mapping
        self._plan = plan
        self._known = known
        self._answers = answers
        self._register = ProposedRegister()
        self._findings = Findings()
        self._themes: set[tuple[str, ...]] = set()
        self._names = SheetNames((), plan, known, answers)
        self._stated = StatedDays(plan.span)

    def register(self, found: list[SheetTables]) -> ProposedRegister:
        """Return the register that the tables propose."""
        every = [table for one in found for table in one.tables]
        if not self._plan.simulated:
            refuse_simulated(every, self._findings)
        ask_about_origin(every, self._plan, self._answers, self._findings)
        tables = self._chosen(every)
        tell_lacking(every, self._findings)
        self._names = SheetNames(tables, self._plan, self._known, self._answers)
        repeated = {id(table) for table in self._names.left_out(self._findings)}
        tables = [table for table in tables if id(table) not in repeated]
        self._names.read(self._findings)
        self._known |= _names_in_files(tables)
        parts: list[tuple[Subject, list[ProposedRow]]] = []
        for one in found:
            self._without_table(one)
            for table in one.tables:
                self._above(table)
                if table in tables:
                    parts.append((table.subject, self._table(table)))
                elif id(table) in repeated:
                    self._leave_rows(table, tr("another sheet has the same items"))
                else:
                    self._not_read(table)
        settle_codes(self._register.items, self._findings)
        for subject, rows in parts:
            attach_parts(subject, rows, self._register, self._findings)
        self._register.exported = exported_rows(tables)
        if not tables:
            self._nothing(found)
        self._unused_mapping(found)
        self._register.stated_days = self._stated.surest
        self._register.named_days = self._stated.named
        self._register.days_of_names = self._stated.of_names
        self._register.other_years = self._stated.years.outside_plan
        self._register.problems = self._findings.problems()
        return self._register

    @staticmethod
    def _chosen(tables: list[Table]) -> list[Table]:
        """Return the tables to read. One without titles, or with nothing else, is left out if there is a better one."""
        complete = [table for table in tables if table.is_complete]
        better = [table for table in complete if table.subject is not Subject.ITEMS or table.says_more]
        return better or complete or tables[:1]

    def _day_orders(self, table: Table) -> Collection[bool]:
        columns = (table.values_of(field) for field in (Field.START, Field.DUE, Field.DATE))
        return set[bool]().union(*(orders_in(set(values), self._plan.span) for values in columns))

    def _table(self, table: Table) -> list[ProposedRow]:
        """Read a table, and return its rows if it does not describe items."""
        place = table.place
        labels: dict[tuple[str, ...], str] = {}
        setting = Setting(
            table.subject,
            self._plan.span,
            self._plan.kinds,
            self._known,
            table.sheet.from_1904,
            table.is_exported,
            place,
            self._answers,
            self._findings,
            labels,
            () if table.is_exported else table.footnotes,
            table.column_of(Field.PHASE) >= 0,
            table.column_of(Field.PERCENT) >= 0,
            table.column_of(Field.CONFIDENCE) >= 0,
            self._same,
            table.shape,
            () if table.is_exported else self._day_orders(table),
            self._plan.people,
        )
        self._context_questions(table)
        self._headings(table)
        if not table.is_complete:
            self._wait(table)
            return []
        body = table.body()
        if not body and not table.is_exported:
            what, do = tr("this table has headings, but no rows below them"), tr("Look whether it is the right file")
            self._findings.add(Doubt(Severity.REMARK, what, do), place, None, "")
        reader = RowReader(table.sheet, table.cells, table.columns, table.rows, setting)
        if table.subject is Subject.ITEMS:
            named = self._names.facts_of(table)
            builder = ItemBuilder(
                table,
                body,
                reader,
                self._register,
                self._findings,
                self._plan.kinds,
                self._themes,
                named,
                self._answers,
            )
            for start in range(0, len(body), _AT_A_TIME):
                part = body[start : start + _AT_A_TIME]
                builder.build(part)
                self._step("", len(part))
            builder.end()
            return []
        return RowBuilder(table, reader, self._register, self._findings).build(body)

    def _context_questions(self, table: Table) -> None:
        """Ask about the columns of a table, and say how they were understood."""
        ask(table.columns, table.place, table.subject, self._findings)
        columns = (
            ColumnMeaning(c.headed.number, c.headed.heading, c.field, c.inferred, is_open(c)) for c in table.columns
        )
        self._register.layouts.append(TableLayout(table.place, table.subject, table.shape, tuple(columns)))
        reported = [
            one for one in table.columns if one.field in REPORTED and any(value is not None for value in one.values)
        ]
        self._stated.note_headings((one.headed.heading, place_of(one, table.place)) for one in reported)
        if not table.is_exported:
            self._stated.note_file(table.place.file)
            if reported:
                self._stated.note_names(table.place)
        if not table.header.is_there:
            what = tr("this table has no headings, so its columns are called by their letters")
            doubt = Doubt(
                Severity.REMARK, what, tr("Add a row of headings, or give a mapping with names such as column A")
            )
            self._findings.add(doubt, table.place, None, "")
        self._unheaded(table)

    def _wait(self, table: Table) -> None:
        """Leave out the rows of a table until a person has said which column gives what they need."""
        reason = tr("it is read when the question about the columns is answered")
        for row in table.rows:
            if filled(row.values):
                self._register.ignored.append((table.sheet.place(row.number), reason))

    def _unheaded(self, table: Table) -> None:
        """Remark values in columns without a heading, which are not imported."""
        headed = {column.headed.number - 1 for column in table.columns}
        seen: set[int] = set()
        for row in table.rows:
            at = filled(row.values)
            if len(at) < 2:
                continue
            for index in at:
                if index not in headed and index not in seen:
                    seen.add(index)
                    what = tr("this column has no heading, so its values are not imported")
                    doubt = Doubt(Severity.REMARK, what, tr("Write a heading above it if they should be imported"))
                    place = table.sheet.place(row.number, index + 1)
                    self._findings.add(doubt, place, None, str(row.values[index])[:60])

    def _headings(self, table: Table) -> None:
        for row in table.heading_rows:
            self._register.ignored.append((table.sheet.place(row.number), tr_later(HEADINGS)))

    def _above(self, table: Table) -> None:
        """Leave out the rows above a table, such as its title, but note the totals that they state."""
        for row in table.above:
            self._leave_out(table.sheet, row, tr("text above the table"))

    def _leave_out(self, sheet: Sheet, row: Row, reason: str) -> None:
        for index, value in enumerate(row.values):
            if isinstance(value, str):
                self._stated.note(value, sheet.place(row.number, index + 1))
                for name, given in in_text(value, sheet.place(row.number, index + 1), self._plan.kinds):
                    self._register.add_total(name, given)
        self._register.ignored.append((sheet.place(row.number), reason))

    def _without_table(self, found: SheetTables) -> None:
        """Leave out a sheet without a table, and say so."""
        for row in found.rest:
            self._register.ignored.append((found.sheet.place(row.number), tr("the sheet has no table of a register")))
        if found.rest:
            what = tr("no headings were recognised in this sheet, so nothing is imported from it")
            doubt = Doubt(Severity.REMARK, what, tr("Give a mapping of its headings if it has tasks"))
            self._findings.add(doubt, found.sheet.place(), None, found.sheet.name)

    def _not_read(self, table: Table) -> None:
        """Leave out a table that does not have what its rows need."""
        self._leave_rows(table, tr("the table is not one of tasks"))
        headings = ", ".join(column.headed.heading for column in table.columns)
        what = tr("this table is not one of tasks, so nothing is imported from it: {headings}", headings=headings)
        doubt = Doubt(Severity.REMARK, what, tr("Give a mapping of its headings if it has tasks"))
        self._findings.add(doubt, table.place, None, headings)

    def _leave_rows(self, table: Table, reason: str) -> None:
        """Leave out all rows of a table."""
        self._headings(table)
        for row in table.rows:
            if filled(row.values):
                self._register.ignored.append((table.sheet.place(row.number), reason))

    def _nothing(self, found: list[SheetTables]) -> None:
        """Add the error that there is nothing to import."""
        if found:
            what = tr("the files have no table with headings that are recognised")
            do = tr("Give a mapping that says which heading is the title, or add a row of headings")
            seen = next((one.unknown for one in found if one.unknown is not None), None)
            if seen is not None:
                what = tr("{what}. The columns are {columns}", what=what, columns=columns_in_words(seen.columns))
                do = tr("Say in a mapping which field each column gives, at least which one is the title")
            self._findings.add(Doubt(Severity.ERROR, what, do), found[0].sheet.place(), Field.TITLE, "")

    def _unused_mapping(self, found: list[SheetTables]) -> None:
        """Remark headings of the mapping that no table has."""
        columns = (column for sheet in found for column in sheet.columns)
        keys = {heading_key(text) for one in columns for text in (one.heading, one.written, *one.parts)}
        for heading in self._mapping:
            if heading_key(heading) not in keys and found:
                what = tr("the mapping names the heading '{heading}', which no table has", heading=heading)
                doubt = Doubt(Severity.REMARK, what, tr("Correct the heading in the mapping, or remove it"))
                self._findings.add(doubt, found[0].sheet.place(), None, heading)


def _names_in_files(tables: list[Table]) -> frozenset[str]:
    """Return the keys of the organisations that stand alone in a cell, by which cells with several are divided."""
    return frozenset(name_key(text) for table in tables for text in _lone_names(table))


def _lone_names(table: Table) -> Iterator[str]:
    for column in table.columns:
        if column.field in _NAMING and table.subject is not Subject.PEOPLE:
            index = column.headed.number - 1
            texts = {
                text for row in table.rows if index < len(row.values) and isinstance(text := row.values[index], str)
            }
            # A sheet of organisations has one in each row, whatever signs its name has.
            if table.subject is Subject.ORGANISATIONS:
                yield from texts
            texts = {text for text in texts if not says_nothing(text)}
            yield from (name for text in texts for name in sure_names(text))

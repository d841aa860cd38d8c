"""What the names of the sheets of a workbook say of their items: a theme, an organisation, a kind or a state."""

import re
from collections.abc import Collection, Iterable, Mapping

from planner.base.language import tr
from planner.base.views import view
from planner.intake.layout.cells.numbering import Numbered, numbered
from planner.intake.layout.cells.reading import Doubt
from planner.intake.layout.cells.words import WordReader, is_word
from planner.intake.layout.columns.column import NOT_IMPORTED
from planner.intake.layout.columns.contents import are_offices
from planner.intake.layout.findings import Findings
from planner.intake.layout.folding import heading_key
from planner.intake.layout.headers import is_period
from planner.intake.layout.names import Subject, is_name, subject_named
from planner.intake.layout.plan_facts import PlanFacts
from planner.intake.layout.tables import Table
from planner.intake.proposed import Field, Given, Severity, answer_key
from planner.intake.sheets import Place, Value

ALL = "all"
_LONGEST_LABEL = 12
# Names that spreadsheet programs give, names of years, and names for whole registers.
_SAYS_NOTHING = re.compile(
    r"(?:sheet|table|tabelle|feuil|hoja|工作表|表|시트|シート)? ?\(?\d*\)?|(?:19|20)\d\d ?[年년]?.*|"
    r".*(?:清单|清單|台账|台帳|分解表|任务表|任務表|汇总|匯總|总表|一览表?|一覧表?|목록|총괄|현황|summary|overview|register|plan|list|all|data).*",
    re.IGNORECASE,
)
_DISTRICT = re.compile(r".{1,12}(?:[市区區县縣镇鎮乡鄉구군시]|街道|管委会|政府|集团|公司)")


@view
class SheetFacts:
    """What the name of a sheet gives to each of its items: values of fields, and a theme with its number."""

    facts: Mapping[Field, Given]
    theme: str | None = None
    label: str | None = None


NO_FACTS = SheetFacts({})


class SheetNames:
    """Reads the names of the sheets with items in the files of one import."""

    def __init__(
        self, tables: Iterable[Table], plan: PlanFacts, known: Collection[str], answers: Mapping[str, str]
    ) -> None:
        self._known = known
        self._answers = answers
        self._kinds = {heading_key(name): key for name, key in plan.kinds.items()}
        # The tables of items of each file with several sheets, by the names of the sheets.
        self._sheets: dict[str, dict[str, list[Table]]] = {}
        for table in tables:
            if table.subject is Subject.ITEMS and table.is_complete and not table.is_exported and table.sheet.name:
                self._sheets.setdefault(table.sheet.file, {}).setdefault(table.sheet.name, []).append(table)
        self._sheets = {file: sheets for file, sheets in self._sheets.items() if len(sheets) > 1}
        self._facts: dict[tuple[str, str], SheetFacts] = {}

    def left_out(self, findings: Findings) -> list[Table]:
        """Return the tables that repeat the items of another sheet, of which a person chooses one."""
        return [table for file, sheets in self._sheets.items() for table in self._repeated(file, sheets, findings)]

    def read(self, findings: Findings) -> None:
        """Read the names of the sheets. What follows from them is told, and what is not sure is asked."""
        for file, sheets in self._sheets.items():
            self._read_file(file, sheets, findings)

    def facts_of(self, table: Table) -> SheetFacts:
        """Return what the name of a table's sheet gives to its items."""
        return self._facts.get((table.sheet.file, table.sheet.name), NO_FACTS)

    def _repeated(self, file: str, sheets: dict[str, list[Table]], findings: Findings) -> list[Table]:
        if self._surely(list(sheets), _fields_of(sheets)) is Field.LEAD:
            # Several organisations can have the same tasks.
            return []
        titles = {name: _titles(tables) for name, tables in sheets.items()}
        names = [name for name in sheets if any(_shared(titles[name], titles[one]) for one in sheets if one != name)]
        if not names:
            return []
        place = Place(file)
        answer = self._answers.get(answer_key(place, None), "").strip()
        if answer.casefold() == ALL:
            return []
        if answer not in names:
            what = tr("these sheets have the same items: {sheets}", sheets=", ".join(names))
            do = tr("Choose the sheet to import. If each is the state of a month, import one after the other")
            findings.add(Doubt(Severity.QUESTION, what, do, (*names, ALL)), place, None, "")
            answer = names[0]
        return [table for name in names if name != answer for table in sheets.pop(name)]

    def _read_file(self, file: str, sheets: dict[str, list[Table]], findings: Findings) -> None:
        names = list(sheets)
        if len(names) < 2:
            return
        taken = _fields_of(sheets)
        place = Place(file, names[0])
        field = self._surely(names, taken)
        answer = self._answers.get(answer_key(place, None), "").strip().casefold()
        choices = (*(one.value for one in (Field.THEME, Field.LEAD) if one not in taken), NOT_IMPORTED)
        if answer in choices:
            field = None if answer == NOT_IMPORTED else Field(answer)
        elif field is not None:
            _tell(field, place, names, findings)
        elif Field.THEME not in taken and all(map(_may_say_something, names)):
            what = tr("the names of the sheets can be themes: {sheets}", sheets=", ".join(names))
            do = tr("Say what they give to the items of the sheets")
            findings.add(Doubt(Severity.QUESTION, what, do, choices), place, None, names[0])
        if field is not None:
            self._facts |= {(file, name): self._given(name, Place(file, name), field) for name in names}

    def _surely(self, names: list[str], taken: Collection[Field | None]) -> Field | None:
        """Return the field that the names surely give, or None. A field that has a column is not given."""
        if Field.KIND not in taken and all(heading_key(name) in self._kinds for name in names):
            return Field.KIND
        if Field.PHASE not in taken and all(is_word(name, Field.PHASE) for name in names):
            return Field.PHASE
        if Field.THEME not in taken and all(_numbered(name) for name in names):
            return Field.THEME
        if Field.LEAD not in taken and (all(map(_DISTRICT.fullmatch, names)) or are_offices(names, self._known)):
            return Field.LEAD
        return None

    def _given(self, name: str, place: Place, field: Field) -> SheetFacts:
        reason = tr("the name of the sheet")
        if field is Field.THEME:
            found = _numbered(name)
            return SheetFacts({}, found.rest if found else name.strip(), found.label if found else None)
        value = name.strip()
        if field is Field.KIND:
            value = self._kinds[heading_key(name)]
        elif field is Field.PHASE:
            value = str(WordReader(Field.PHASE)(name).value)
        return SheetFacts({field: Given(value, place, reason)})


def _tell(field: Field, place: Place, names: list[str], findings: Findings) -> None:
    what = tr("the names of the sheets were taken for '{field}': {sheets}", field=field.value, sheets=", ".join(names))
    do = tr("Give the answer '{answer}' if this is wrong", answer=NOT_IMPORTED)
    findings.add(Doubt(Severity.REMARK, what, do), place, None, names[0])


def _may_say_something(name: str) -> bool:
    """Return whether a name can be that of a theme: not one such as Sheet1, 任务清单 or 3月."""
    return not (_SAYS_NOTHING.fullmatch(name.strip()) or is_period(name) or is_name(name) or subject_named(name))


def _numbered(name: str) -> Numbered | None:
    """Return the number and the rest of a name such as 一、经济, or None. 2027 plan has no number."""
    found = numbered(name)
    return (
        found if found and found.rest and len(found.label) < _LONGEST_LABEL and _may_say_something(found.rest) else None
    )


def _fields_of(sheets: Mapping[str, list[Table]]) -> set[Field | None]:
    """Return the fields that columns of the sheets give."""
    return {column.field for tables in sheets.values() for table in tables for column in table.columns}


def _titles(tables: Iterable[Table]) -> set[Value]:
    return {
        row.values[at]
        for table in tables
        if (at := table.column_of(Field.TITLE)) >= 0
        for row in table.rows
        if at < len(row.values) and row.values[at] is not None
    }


def _shared(one: set[Value], other: set[Value]) -> bool:
    """Return whether two sheets have the same items: at least two, and most of those of the shorter one."""
    same = len(one & other)
    return same >= 2 and same > 0.5 * min(len(one), len(other))

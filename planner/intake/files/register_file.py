"""Reading a register that `planner export register` wrote as JSON, into the same sheets as the exported workbook."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from planner.base.errors import ImportFileError
from planner.base.language import tr
from planner.domain.vocabulary import Basis
from planner.intake.files.input_file import STEP, InputFile
from planner.intake.files.json_lists import JsonLists
from planner.intake.files.limits import require_possible
from planner.intake.proposed import DATA_BASIS
from planner.intake.sheets import Row, Sheet, Value

# The form of the document. planner.exchange.register writes it.
FORMAT = "planner-register/1"

# The fields whose texts are days.
_DAYS = frozenset({"start", "due", "date"})


def read_register_file(source: InputFile) -> list[Sheet]:
    """Return a sheet for each list of the document. Raises ImportFileError if it is not an exported register."""
    try:
        found = _Found(source)
        found.read()
    except (ValueError, RecursionError) as error:
        raise _not_a_register(source) from error
    if found.form != FORMAT:
        raise _not_a_register(source)
    if isinstance(found.plan, Mapping) and found.plan.get("simulated"):
        for sheet in found.sheets:
            _say_simulated(sheet)
    return found.sheets


class _Found:
    """What was found in the document. Very many rows of it would take much memory as objects, but little as rows."""

    def __init__(self, source: InputFile) -> None:
        self._source = source
        self.form: Any = None
        self.plan: Any = None
        self.sheets: list[Sheet] = []

    def read(self) -> None:
        """Read the document. Raises ValueError or RecursionError if it is no JSON."""
        seen: set[str] = set()
        for name, value in JsonLists(self._source.file).fields():
            if name in seen:
                raise _not_a_register(self._source)
            seen.add(name)
            if name == "format":
                self.form = value
            elif name == "plan":
                self.plan = value
            elif isinstance(value, Iterator) and (self.form is None or self.form == FORMAT):
                self.sheets.append(self._sheet(name, value))
            else:
                raise _not_a_register(self._source)

    def _sheet(self, name: str, found: Iterator[Any]) -> Sheet:
        headings: dict[str, int] = {}
        rows = []
        for number, row in enumerate(found, 2):
            if not isinstance(row, dict):
                raise _not_a_register(self._source)
            # A row has only the fields that are not empty.
            for heading in row:
                headings.setdefault(heading, len(headings))
            require_possible(number, len(headings), str(self._source.path))
            rows.append(Row(number, tuple(_value(self._source, heading, row.get(heading)) for heading in headings)))
            if number % STEP == 1:
                self._source.on_rows(STEP)
        self._source.on_rows(len(rows) % STEP)
        return Sheet(self._source.name, name, [Row(1, tuple(headings)), *rows])


def _say_simulated(sheet: Sheet) -> None:
    """Say it in each row, whatever somebody made of these: the document says it once for all."""
    headings, *rows = sheet.rows
    width = len(headings.values)
    at = headings.values.index(DATA_BASIS) if DATA_BASIS in headings.values else width
    sheet.rows = [Row(headings.number, (*headings.values[:at], DATA_BASIS, *headings.values[at + 1 :]))]
    for row in rows:
        values: list[Value] = [*row.values, *[None] * (width + 1 - len(row.values))]
        values[at] = Basis.SIMULATED.value
        sheet.rows.append(Row(row.number, tuple(values)))


def _not_a_register(source: InputFile) -> ImportFileError:
    return source.error(
        tr("this JSON file is not a register that planner exported"),
        tr("Give a file of 'planner export register', or save the table as XLSX or CSV"),
    )


def _value(source: InputFile, heading: str, value: Any) -> Value:
    if isinstance(value, list):
        return source.values.text("\n".join(map(str, value)))
    if isinstance(value, str):
        return source.values.value(_day(value)) if heading in _DAYS else source.values.text(value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return source.values.value(value)
    raise _not_a_register(source)


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text

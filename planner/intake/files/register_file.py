"""Reading a register that `planner export register` wrote as JSON, into the same sheets as the exported workbook."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from planner.base.errors import ImportFileError
from planner.base.language import later, tr, tr_later
from planner.domain.vocabulary import Basis
from planner.intake.files.input_file import STEP, InputFile
from planner.intake.files.json_lists import BrokenJsonError, JsonLists
from planner.intake.files.limits import require_possible
from planner.intake.proposed import DATA_BASIS, Field
from planner.intake.sheets import ListName, Row, Sheet, Value

# The form of the document. planner.exchange.register writes it.
FORMAT = "planner-register/1"

_ANY_FORMAT = FORMAT.rstrip("0123456789")

_CORRECT = later("Correct it there, or export the register again")

# The fields whose texts are days.
_DAYS = frozenset({"start", "due", "date"})


def read_register_file(source: InputFile) -> list[Sheet]:
    """Return a sheet for each list of the document. Raises ImportFileError if it is not an exported register."""
    found = _Found(source)
    try:
        found.read()
    except RecursionError as error:
        raise _not_a_register(source) from error
    except BrokenJsonError as error:
        raise (_broken(source, error) if found.form == FORMAT else _not_a_register(source)) from error
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
        self._lists = JsonLists(source.file)
        self.form: Any = None
        self.plan: Any = None
        self.sheets: list[Sheet] = []

    def read(self) -> None:
        """Read the document. Raises BrokenJsonError or RecursionError if it is no JSON."""
        seen: set[str] = set()
        for name, value in self._lists.fields():
            if name in seen:
                raise self._misshapen(tr("the list '{name}' is there twice", name=name))
            seen.add(name)
            if name == "format":
                self._take_form(value)
            elif name == "plan":
                self.plan = value
            elif name == "sha256":
                # It only says whether somebody has edited the file.
                continue
            elif isinstance(value, Iterator):
                self.sheets.append(self._sheet(name, value))
            else:
                raise self._misshapen(tr("'{name}' is not a list of entries", name=name))

    def _take_form(self, form: Any) -> None:
        self.form = form
        if form != FORMAT and str(form).startswith(_ANY_FORMAT):
            raise self._source.error(
                tr("this register has the form {form}, which this version of the program does not read", form=form),
                tr("Export it with this version, or use the one that wrote it"),
            )

    def _sheet(self, name: str, found: Iterator[Any]) -> Sheet:
        headings: dict[str, int] = {}
        rows: list[Row] = []
        # An entry is found by its line. If all are in one line, they are counted from 1.
        first = number = self._lists.line
        for count, row in enumerate(found, 1):
            if count == 1 and self._lists.line == first:
                first = number = 0
            if not isinstance(row, dict):
                raise self._misshapen(tr("an entry of '{name}' has no fields", name=name))
            number = max(number + 1, self._lists.line)
            # A row has only the fields that are not empty.
            for heading in row:
                headings.setdefault(heading, len(headings))
            require_possible(count, len(headings), str(self._source.path))
            rows.append(Row(number, tuple(self._value(heading, row.get(heading)) for heading in headings)))
            if count % STEP == 0:
                self._source.on_rows(STEP)
        self._source.on_rows(len(rows) % STEP)
        return Sheet(self._source.name, _list_name(name, headings), [Row(first, tuple(headings)), *rows])

    def _value(self, heading: str, value: Any) -> Value:
        if isinstance(value, list) and all(isinstance(one, str | int | float) for one in value):
            return self._source.values.text("\n".join(map(str, value)))
        if isinstance(value, str):
            return self._source.values.value(_day(value)) if heading in _DAYS else self._source.values.text(value)
        if value is None or isinstance(value, bool | int):
            return value
        if isinstance(value, float):
            return self._source.values.value(value)
        raise self._misshapen(tr("'{name}' of an entry is not a text, a number or a list of these", name=heading))

    def _misshapen(self, what: str) -> ImportFileError:
        """Return the error that the value that was read last is not what an exported register has there."""
        if self.form != FORMAT:
            return _not_a_register(self._source)
        return self._source.error(tr("in line {line}, {what}", line=self._lists.line, what=what), tr_later(_CORRECT))


def _list_name(name: str, headings: Mapping[str, int]) -> ListName:
    fields = frozenset(field.value for field in Field)
    found = ListName(name)
    found.beside = {at + 1: heading for heading, at in headings.items() if heading not in fields}
    return found


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
        tr(
            "Give a file of 'planner export register', which begins with {beginning}, or save the table as XLSX or CSV",
            beginning=f'{{"format": "{FORMAT}"',
        ),
    )


def _broken(source: InputFile, error: BrokenJsonError) -> ImportFileError:
    """Return the error about a register that is no JSON any more."""
    if error.is_cut:
        return source.error(
            tr("the file ends in line {line}, in the middle of the register", line=error.line),
            tr("Get the whole file, or export the register again"),
        )
    what = tr(
        "line {line} or the one before it cannot be read: a comma, a bracket or a quotation mark is missing there, "
        "or stands there too often",
        line=error.line,
    )
    return source.error(what, tr_later(_CORRECT))


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text

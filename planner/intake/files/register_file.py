"""Reading a register that `planner export register` wrote as JSON, into the same sheets as the exported workbook."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from planner.base.language import tr
from planner.domain.vocabulary import Basis
from planner.intake.files.input_file import InputFile
from planner.intake.files.limits import require_possible
from planner.intake.proposed import DATA_BASIS
from planner.intake.shared_keys import SharedKeys
from planner.intake.sheets import Row, Sheet, Value

# The form of the document. planner.exchange.register writes it.
FORMAT = "planner-register/1"

# The fields whose texts are days.
_DAYS = frozenset({"start", "due", "date"})


def read_register_file(source: InputFile) -> list[Sheet]:
    """Return a sheet for each list of the document. Raises ImportFileError if it is not an exported register."""
    document = _document(source)
    if not isinstance(document, Mapping) or document.get("format") != FORMAT:
        raise _not_a_register(source)
    plan = document.get("plan")
    simulated = isinstance(plan, Mapping) and bool(plan.get("simulated"))
    lists = {name: found for name, found in document.items() if name not in ("format", "plan")}
    return [_sheet(source, name, found, simulated=simulated) for name, found in lists.items()]


def _document(source: InputFile) -> Any:
    try:
        return json.loads(source.content(), object_pairs_hook=_compact)
    except (ValueError, RecursionError) as error:
        raise _not_a_register(source) from error


def _compact(pairs: list[tuple[str, Any]]) -> Mapping[str, Any]:
    """Return an object of the document. There are very many with the same fields, so they share these."""
    return SharedKeys(dict(pairs))


def _not_a_register(source: InputFile) -> Exception:
    return source.error(
        tr("this JSON file is not a register that planner exported"),
        tr("Give a file of 'planner export register', or save the table as XLSX or CSV"),
    )


def _sheet(source: InputFile, name: str, found: Any, *, simulated: bool) -> Sheet:
    if not isinstance(found, list) or not all(isinstance(row, Mapping) for row in found):
        raise _not_a_register(source)
    headings = list(dict.fromkeys(heading for row in found for heading in row))
    if simulated:
        # The document says it once for all rows, whatever somebody made of these.
        found = [{**row, DATA_BASIS: Basis.SIMULATED.value} for row in found]
        headings = list(dict.fromkeys((*headings, DATA_BASIS)))
    require_possible(len(found) + 1, len(headings), str(source.path))
    rows = [Row(1, tuple(headings))]
    rows += [
        Row(number, tuple(_value(source, heading, row) for heading in headings)) for number, row in enumerate(found, 2)
    ]
    source.on_rows(len(found))
    return Sheet(source.name, name, rows)


def _value(source: InputFile, heading: str, row: Mapping[str, Any]) -> Value:
    value = row.get(heading)
    if isinstance(value, list):
        return source.values.text("\n".join(map(str, value)))
    if isinstance(value, str):
        return _day(value) if heading in _DAYS else source.values.text(value)
    if value is None or isinstance(value, int | float):
        return value
    raise _not_a_register(source)


def _day(text: str) -> Value:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text

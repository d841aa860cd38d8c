"""Grey cells of a status sheet that somebody changed. The register keeps what it has, and the change is told."""

from collections.abc import Mapping

from planner.base.language import later, tr, tr_later
from planner.base.visible_text import shortened
from planner.domain.symbols import SYMBOLS
from planner.intake.sheets import Place, Value
from planner.sheets.areas import INDICATORS, MILESTONES, REPORTS, Area
from planner.sheets.identity import SheetRow, mark_of_row, one_text
from planner.sheets.reading.cell_values import day_text, plain_text
from planner.sheets.reading.filled import FilledSheet
from planner.sheets.words import compared

_LONGEST = 60

# The symbols of states are part of the look of a cell. LibreOffice saves them as part of the text in an ODS file.
_SYMBOLS = frozenset(symbol for symbol, _ in SYMBOLS.values())

_ENTER = later("Report it in the yellow cells of the row")
_ENTER_THERE = later("Write it in the column “{heading}” of the row")
_EDIT = later("'planner item edit {code}' changes it")
_IMPORT = later("'planner import' changes it, from a register of the office")

# What to do instead of changing a grey cell, by table and column. A heading is that of a column for entries.
_INSTEAD: Mapping[tuple[str, str], tuple[str, str]] = {
    (REPORTS.key, "title"): (_EDIT, ""),
    (REPORTS.key, "due"): (later("'planner due {code}' changes it"), ""),
    (REPORTS.key, "state"): (_ENTER, ""),
    (REPORTS.key, "last"): (_ENTER, ""),
    (MILESTONES.key, "title"): (_EDIT, ""),
    (MILESTONES.key, "milestone"): (_IMPORT, ""),
    (MILESTONES.key, "agreed"): (_ENTER_THERE, "date"),
    (MILESTONES.key, "state"): (_ENTER, ""),
    (INDICATORS.key, "title"): (_EDIT, ""),
    (INDICATORS.key, "name"): (_IMPORT, ""),
    (INDICATORS.key, "unit"): (_IMPORT, ""),
    (INDICATORS.key, "last"): (_ENTER_THERE, "value"),
}


def note_changed(
    found: FilledSheet,
    area: Area,
    item: SheetRow,
    number: int,
    cells: Mapping[str, tuple[Value, Place]],
    *,
    from_1904: bool,
) -> None:
    """Note each grey cell of a row that does not have what the sheet showed when it was sent out.

    `cells` are the values and the places of the grey cells by column. The sheets of earlier versions of the program do
    not say what they showed.
    """
    sent = found.identity.shown.get((area.key, mark_of_row(item.id, number)), {})
    for column in area.columns:
        if column.name not in cells or column.name not in sent:
            continue
        value, place = cells[column.name]
        was, now = sent[column.name], one_text(plain_text(value))
        if compared(was) in readings(value, from_1904=from_1904):
            continue
        shown = shortened(was, _LONGEST)
        what = (
            tr("this grey cell had “{was}”, and its change is not taken", was=shown)
            if now
            else tr("this grey cell had “{was}” and is empty now, which is not taken", was=shown)
        )
        message, entered_in = _INSTEAD[area.key, column.name]
        heading = found.identity.headings.get(area.key, {}).get(entered_in, "")
        found.remark(place, now, what, tr_later(message).format(code=item.code, heading=heading))


def readings(value: Value, *, from_1904: bool) -> frozenset[str]:
    """Return all that a grey cell can be read as, in the form in which texts are compared."""
    text = one_text(plain_text(value))
    return frozenset(map(compared, (text, _unmarked(text), day_text(value, text, from_1904=from_1904))))


def _unmarked(text: str) -> str:
    symbol, _, words = text.partition(" ")
    return words if symbol in _SYMBOLS else text

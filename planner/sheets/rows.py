"""The rows of the tables of a status sheet: what the register says about each item, milestone and indicator."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TypeAlias

from planner.base.formats import plain_number
from planner.base.language import tr
from planner.base.listing import with_commas
from planner.base.views import value_class
from planner.base.visible_text import one_line, shortened
from planner.domain.symbols import schedule_words
from planner.domain.vocabulary import MeasuredBy
from planner.queries.items.views import ItemView, MilestoneView, StatusView
from planner.queries.plans.lineage import continued_in_words
from planner.queries.weeks.deadlines import DeadlineState, deadlines_of
from planner.queries.weeks.my_week import why_in_words
from planner.reporting.fields import TEXTS
from planner.reporting.form import shown_report
from planner.sheets.areas import HIDDEN, INDICATORS, KEY, MILESTONES, Area
from planner.sheets.content import StatusSheet
from planner.sheets.identity import mark_of_row
from planner.sheets.words import shown_word

# How many characters of each text of the last report are shown.
_LONGEST = 600

_LAST_TEXTS = ("done", "next", "blocker", "help_needed")


# A locked cell: a text, a day, or the number of a milestone or an indicator.
CellValue: TypeAlias = str | date | int


@value_class
class TableRow:
    """A row: the values of its locked cells by column, and the columns for entries that are locked in this row.

    `tone` is the word of the vocabulary whose colours the cell of the state has, or None. `assumed` says that nobody
    gave the date of the row.
    """

    values: Mapping[str, CellValue]
    closed: frozenset[str] = frozenset()
    tone: str | None = None
    assumed: bool = False


def rows_of(area: Area, sheet: StatusSheet) -> list[TableRow]:
    """Return the rows of a table of a status sheet."""
    if area is MILESTONES:
        return [row for item in sheet.items for row in _milestones(item, sheet.instance.as_of)]
    if area is INDICATORS:
        return [row for item in sheet.items for row in _indicators(item, sheet)]
    return [_report(item, sheet) for item in sheet.items]


def _report(item: ItemView, sheet: StatusSheet) -> TableRow:
    names, later = sheet.names, sheet.continued.get(item.id, ())
    values: dict[str, CellValue] = {
        "code": item.code,
        "title": item.title,
        "due": item.current_due,
        "state": why_in_words(item, names) or schedule_words(item.schedule),
        "last": "\n".join((*(continued_in_words(*one) for one in later), *_last_report(item, names))),
        **dict.fromkeys(HIDDEN, mark_of_row(item.id)),
    }
    # Milestones measure the progress of some items, and "no change" needs an earlier report.
    closed = {"percent"} if item.measured_by is MeasuredBy.MILESTONES else set()
    closed |= {"unchanged"} if item.last is None else set()
    return TableRow(values, frozenset(closed), item.schedule.value, item.due_assumed)


def _last_report(item: ItemView, names: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of the last report: who made it when, the state, and the texts."""
    report = shown_report(item)
    if report is None:
        yield tr("There is no report yet.")
        return
    if item.returned is not None:
        person = one_line(names.get(item.returned.actor, item.returned.actor))
        reason = shortened(item.returned.reason, _LONGEST)
        yield tr("Returned by {person}: {reason}", person=person, reason=reason)
    yield tr("{day}, {person}", day=report.as_of, person=one_line(names.get(report.actor, report.actor)))
    yield with_commas(_states(report))
    for name in _LAST_TEXTS:
        text = getattr(report, name)
        if text:
            yield tr("{label}: {text}", label=TEXTS[name].label, text=shortened(text, _LONGEST))


def _states(report: StatusView) -> Iterator[str]:
    yield shown_word("phase", report.phase)
    if report.confidence is not None:
        yield shown_word("confidence", report.confidence)
    if report.percent is not None:
        yield f"{report.percent}%"
    if report.unchanged:
        yield tr("no change")


def _milestones(item: ItemView, day: date) -> Iterator[TableRow]:
    overdue = {
        deadline.milestone.number
        for deadline in deadlines_of(item, day)
        if deadline.milestone is not None and deadline.state is DeadlineState.OVERDUE
    }
    for step in item.milestones:
        values: dict[str, CellValue] = {
            "code": item.code,
            "title": item.title,
            "number": step.number,
            "milestone": step.title,
            "agreed": step.current,
            "state": _state_of(step, late=step.number in overdue),
            **dict.fromkeys(HIDDEN, mark_of_row(item.id, step.number)),
        }
        closed = frozenset(column.name for column in MILESTONES.entries) if step.met_on else frozenset()
        yield TableRow(values, closed, "overdue" if step.number in overdue else None, step.assumed)


def _state_of(step: MilestoneView, *, late: bool) -> str:
    if step.met_on is not None:
        return tr("met on {day}", day=step.met_on)
    if step.forecast is not None and late:
        return tr("overdue; forecast {forecast}", forecast=step.forecast)
    if step.forecast is not None:
        return tr("forecast {forecast}", forecast=step.forecast)
    return tr("overdue") if late else ""


def _indicators(item: ItemView, sheet: StatusSheet) -> Iterator[TableRow]:
    for indicator in sheet.indicators.get(item.id, ()):
        last = ""
        if indicator.observed is not None:
            last = tr("{value} on {day}", value=plain_number(indicator.observed), day=indicator.observed_on)
        values: dict[str, CellValue] = {
            "code": item.code,
            "title": item.title,
            "number": indicator.number,
            "name": indicator.name,
            "unit": indicator.unit,
            "last": last,
            KEY: mark_of_row(item.id, indicator.number),
        }
        yield TableRow(values)

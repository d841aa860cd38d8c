"""Choosing how the cells of a column are read, and asking where only the whole column could decide it."""

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from functools import partial

from planner.base.language import tr
from planner.base.views import view
from planner.dates.short_years import may_name_a_year
from planner.dates.span import Span
from planner.intake.answering.same_cells import SameCells, column_name, same_question
from planner.intake.layout.cells.days import DayReader, is_unordered, orders_in, serial_from_1904
from planner.intake.layout.cells.lists import ListReader
from planner.intake.layout.cells.numbers import (
    BelowOne,
    PercentReader,
    below_one_as_said,
    has_mixed_percents,
    has_sure_percent,
    more_than_one,
    percent_factor,
    read_number,
    read_progress,
    shares_in,
)
from planner.intake.layout.cells.organisations import BracketReader, OrganisationReader
from planner.intake.layout.cells.period_marks import PeriodMarkReader
from planner.intake.layout.cells.persons import read_person
from planner.intake.layout.cells.reading import Doubt, Reader
from planner.intake.layout.cells.targets import read_target
from planner.intake.layout.cells.texts import (
    LabelledReader,
    read_code,
    read_lines,
    read_remarks,
    read_text,
    read_title,
    shown,
)
from planner.intake.layout.cells.themes import LevelReader
from planner.intake.layout.cells.told_phases import PhaseFromText
from planner.intake.layout.cells.words import KindReader, WordReader
from planner.intake.layout.columns.column import Column
from planner.intake.layout.findings import Findings
from planner.intake.layout.names import Subject
from planner.intake.proposed import Field, Severity, answer_key
from planner.intake.sheets import Place, Value

# Answers about a whole column.
DAY_FIRST, MONTH_FIRST = "day first", "month first"
MONTH_AND_YEAR, DAY_OF_MONTH = "month and year", "day of the month"
FROM_1900, FROM_1904 = "from 1900", "from 1904"
TO_100, TO_1 = "0 to 100", "0 to 1"
SHARES, PERCENTAGES = "shares of 1", "percentages"
FIRST_LEADS, NONE_LEADS = "the first leads", "none leads"
PROGRESS, ONLY_TEXT = "progress", "only text"
# A few percentages among many sentences are about something else.
_LEAST_SHARE = 0.2

_DAYS = frozenset({Field.START, Field.DUE, Field.DATE})
_NUMBERS = frozenset({Field.WEIGHT, Field.BASELINE, Field.TARGET, Field.NUMBER})
_WORDS = frozenset({Field.PHASE, Field.CONFIDENCE, Field.MEASURED_BY, Field.DIRECTION, Field.ROLE, Field.BASIS})
_TITLES = frozenset({Field.TITLE, Field.NAME, Field.SHORT_NAME})
_CODES = frozenset({Field.CODE, Field.KEY, Field.LABEL, Field.LOGIN, Field.MEASURE})
_OFFICES = (Field.LEAD, Field.SUPPORTING, Field.ORGANISATION)
# Texts in which a dash says that there is nothing.
_REMARKS = frozenset(
    {Field.DONE, Field.NEXT, Field.BLOCKER, Field.HELP_NEEDED, Field.NOTE, Field.SOURCE, Field.MAIL_ADDRESS}
)
# Values of these fields seldom repeat, so that remembering their readings only costs memory.
UNREPEATED = _CODES | frozenset({Field.TITLE, Field.DONE, Field.NEXT, Field.NOTE, Field.SOURCE})


@view
class Setting:
    """What reading the cells of a table depends on."""

    subject: Subject
    span: Span
    kinds: Mapping[str, str]
    known: Collection[str]
    from_1904: bool
    # Whether the table is one of an exported register.
    exported: bool
    header: Place
    answers: Mapping[str, str]
    findings: Findings
    # The numbers of themes that a column of themes has, by the titles of the themes. Reading the cells fills it.
    labels: dict[tuple[str, ...], str]
    # Marks at the end of cells that refer to notes below the table.
    marks: Collection[str] = ()
    # Whether a column has the phases of the items, so that words about progress need not tell them.
    has_phases: bool = False
    # Whether a column has the percentages of the items, so that those in sentences are not theirs.
    has_percents: bool = False
    # Whether a column has the ratings of the items, so that those among their phases are not theirs.
    has_ratings: bool = False
    # The answers of earlier imports about the same texts in tables of this shape.
    same: SameCells | None = None
    shape: str = ""
    # The orders that the numbers of dates surely have in some column of the table: True for the day first.
    day_orders: Collection[bool] = ()
    # The names of known people, by their words as names are compared.
    people: Mapping[str, str] = dataclasses.field(default_factory=dict)


def reader_of(column: Column, values: Sequence[Value], setting: Setting) -> Reader:
    """Return the function that reads the cells of a column. `values` are all its cells."""
    field = column.field
    if column.period is not None and field is not None:
        return PeriodMarkReader(field, column.headed.parts[-1], *column.period)
    if field in _DAYS:
        return _day_reader(column, values, setting)
    if field is Field.PERCENT:
        return _percent_reader(column, values, setting)
    if field in _OFFICES:
        if column.has_brackets and not setting.exported:
            return BracketReader(setting.known)
        return OrganisationReader(field, setting.known, exported=setting.exported)
    if field in (Field.MILESTONES, Field.INDICATORS):
        return ListReader(field, setting.span, column.day)
    if field in (Field.TARGET, Field.BASELINE) and setting.subject is Subject.ITEMS:
        return read_target
    if field in _REMARKS and not setting.exported:
        return _remark_reader(column, values, setting)
    return _reader_of_titles(column, values, setting)


def _remark_reader(column: Column, values: Sequence[Value], setting: Setting) -> Reader:
    """Return the reader of a column of longer texts, in which a dash says nothing."""
    if column.label:
        return LabelledReader(column.label)
    if column.field is not Field.DONE:
        return read_remarks
    reads_percents = _is_progress(column) or _sentences_have_progress(column, values, setting)
    return PhaseFromText(read_progress if reads_percents else read_remarks, has_phases=setting.has_phases)


def _sentences_have_progress(column: Column, values: Sequence[Value], setting: Setting) -> bool:
    """Return whether the percentages in the sentences of a column are how far the items are. A person says it once."""
    if setting.has_percents or setting.subject is not Subject.ITEMS:
        return False
    texts = [value for value in values if isinstance(value, str)]
    found = [text for text in texts if has_sure_percent(text)]
    if not found or len(found) < _LEAST_SHARE * len(texts):
        return False
    what = tr(
        "the sentences of the column '{heading}' have percentages, as in '{value}'",
        heading=column.headed.heading,
        value=shown(found[0]),
    )
    do = tr("Say whether they are how far the items are; the sentences stay what was done")
    doubt = Doubt(Severity.QUESTION, what, do, (PROGRESS, ONLY_TEXT))
    return answer_about(column, setting, doubt, found[0], Field.PERCENT) == PROGRESS


def _reader_of_titles(column: Column, values: Sequence[Value], setting: Setting) -> Reader:
    """Return the reader of a column of words, titles or codes."""
    field = column.field
    if field in _WORDS:
        return WordReader(field, takes_ratings=field is Field.PHASE and not (setting.has_ratings or setting.exported))
    if field is Field.KIND and setting.subject is Subject.ITEMS:
        return KindReader(setting.kinds)
    # The parent of a milestone is its item.
    if field in (Field.THEME, Field.PARENT) and setting.subject not in (Subject.MILESTONES, Subject.INDICATORS):
        return read_lines if setting.exported else LevelReader(values, setting.labels)
    if field is Field.ACCOUNTABLE and setting.exported:
        # An exported register has one login there, whatever signs it has, or a word that says that there is none.
        return read_remarks
    return _text_reader(field, setting)


def _text_reader(field: Field | None, setting: Setting) -> Reader:
    if field is Field.ACCOUNTABLE:
        return partial(read_person, known=setting.people)
    # The running number of an item can serve as its code.
    if field in _CODES or (field is Field.NUMBER and setting.subject is Subject.ITEMS):
        return read_code
    if field in _NUMBERS:
        return read_number
    return read_title if field in _TITLES or field in (Field.KIND, Field.PARENT) else read_text


def _is_progress(column: Column) -> bool:
    """Return whether a column can have percents and words, such as 完成进度."""
    return column.names[:2] == (Field.PERCENT, Field.DONE)


def _day_reader(column: Column, values: Sequence[Value], setting: Setting) -> Reader:
    """Return the reader of a column of days. Its cells decide together what 6/7 and Dec-26 mean, or a person does."""
    values = list(dict.fromkeys(values))
    orders = orders_in(values, setting.span)
    day_first = orders.pop() if len(orders) == 1 else None
    several = [value for value in values if is_unordered(value, setting.span)] if not orders else []
    unordered = several[0] if several else None
    asked = month_and_year = False
    if day_first is None and unordered is not None and len(setting.day_orders) == 1:
        (day_first,) = setting.day_orders
        what = (
            tr("'{value}' was read with the day first, because other dates of the table have it first", value=unordered)
            if day_first
            else tr(
                "'{value}' was read with the month first, because other dates of the table have it first",
                value=unordered,
            )
        )
        doubt = Doubt(Severity.REMARK, what, tr("Write the months as words if this is wrong"))
        setting.findings.add(doubt, _place_of(column, setting), column.field, str(unordered))
    if day_first is None and unordered is not None:
        what = tr("'{value}' can have the day or the month first", value=unordered)
        if len(several) > 1:
            what = tr("'{value}' and other dates of this column can have the day or the month first", value=unordered)
        do = tr("Say which of the two the column '{heading}' has first", heading=column.headed.heading)
        answer = answer_about(
            column, setting, Doubt(Severity.QUESTION, what, do, (DAY_FIRST, MONTH_FIRST)), str(unordered)
        )
        day_first, asked = (None, True) if answer is None else (answer == DAY_FIRST, False)
    short = next((value for value in values if isinstance(value, str) and may_name_a_year(value, setting.span)), None)
    if short is not None and not asked:
        what = tr("'{value}' can be a day of the month, or a month and a year", value=short)
        do = tr("Say which of the two such dates of the column '{heading}' are", heading=column.headed.heading)
        answer = answer_about(
            column, setting, Doubt(Severity.QUESTION, what, do, (MONTH_AND_YEAR, DAY_OF_MONTH)), short
        )
        month_and_year, asked = answer == MONTH_AND_YEAR, answer is None
    return DayReader(
        setting.span,
        from_1904=setting.from_1904 or _counts_from_1904(column, values, setting),
        day_first=day_first,
        asked=asked,
        starts=column.field is Field.START,
        month_and_year=month_and_year,
    )


def _counts_from_1904(column: Column, values: Sequence[Value], setting: Setting) -> bool | None:
    """Return whether the serial numbers of a column count from 1904, or None if a person is asked about it.

    Files such as CSV do not say it. It is asked only where they would be days of the plan in this way alone.
    """
    serial = serial_from_1904(values, setting.span)
    if serial is None:
        return False
    what = tr(
        "{value} and the other numbers of this column are days outside the plan, or inside it if they count from 1904",
        value=serial,
    )
    do = tr("Say from which year the numbers of the column '{heading}' count days", heading=column.headed.heading)
    answer = answer_about(column, setting, Doubt(Severity.QUESTION, what, do, (FROM_1900, FROM_1904)), str(serial))
    return None if answer is None else answer == FROM_1904


def _percent_reader(column: Column, values: Sequence[Value], setting: Setting) -> Reader:
    """Return the reader of a column of percents. Its cells decide together whether 1 means 1% or 100%."""
    factor = 1 if setting.exported else percent_factor(dict.fromkeys(values))
    if factor is None:
        what = tr("the column '{heading}' can count from 0 to 1 or from 0 to 100", heading=column.headed.heading)
        do = tr("Say what a full percentage is in this column")
        over = more_than_one(values)
        answer = answer_about(
            column, setting, Doubt(Severity.QUESTION, what, do, (TO_100, TO_1)), "" if over is None else shown(over)
        )
        factor = 100 if answer == TO_1 else 1
    words = PhaseFromText(read_remarks, has_phases=setting.has_phases) if _is_progress(column) else None
    below_one = _below_one(column, values, setting)
    return PercentReader(factor, words=words, below_one=below_one, has_own_ones=setting.exported)


def _below_one(column: Column, values: Sequence[Value], setting: Setting) -> BelowOne:
    """Return how numbers such as 0.4 of a column of percents are read, as its cells or a person say."""
    # The program writes whole percents, so a share in its own file is what a person typed.
    if not (setting.exported or has_mixed_percents(dict.fromkeys(values))):
        return BelowOne.AS_THE_COLUMN
    name = column_name(setting.shape, column.headed.heading, Field.PERCENT)
    said = below_one_as_said(setting.same.of_column(name)) if setting.same is not None else None
    if said is not None:
        return said
    several = shares_in(values)
    return _asked_once(column, setting, several) if len(several) > 1 else BelowOne.ASKED_CELL_BY_CELL


def _asked_once(column: Column, setting: Setting, shares: Sequence[str]) -> BelowOne:
    """Return what a person says of all numbers such as 0.4 in a column with larger numbers, or that it is asked."""
    what = tr(
        "the column '{heading}' has percentages, and numbers such as {one} and {other}",
        heading=column.headed.heading,
        one=shares[0],
        other=shares[1],
    )
    do = tr("Say whether these are shares of 1, so that 0.5 is 50%, or percentages, so that 0.5 is 0.5%")
    answer = answer_about(column, setting, Doubt(Severity.QUESTION, what, do, (SHARES, PERCENTAGES)), shares[0])
    if answer is None:
        return BelowOne.ASKED_ONCE
    return BelowOne.SHARES if answer == SHARES else BelowOne.PERCENTAGES


def _place_of(column: Column, setting: Setting) -> Place:
    header = setting.header
    return Place(header.file, header.sheet, header.row, column.headed.number)


def answer_about(column: Column, setting: Setting, doubt: Doubt, value: str, field: Field | None = None) -> str | None:
    """Return a person's answer about a whole column, or ask for it and return None.

    An answer of an earlier import about this column of a table with these headings counts too. It is about the field of
    the column, or about another `field` that its cells can give.
    """
    field = field or column.field
    assert field is not None
    place = _place_of(column, setting)
    name, question = column_name(setting.shape, column.headed.heading, field), same_question(doubt.choices)
    answer = (setting.answers.get(answer_key(place, field)) or "").strip().casefold()
    if answer in doubt.choices:
        if setting.same is not None:
            setting.same.keep(name, question, answer)
        return answer
    earlier = setting.same.find(name, question, place, field) if setting.same is not None else None
    if setting.same is not None and earlier in doubt.choices:
        setting.same.use(earlier, place, field)
        return earlier
    setting.findings.add(doubt, place, field, value)
    return None

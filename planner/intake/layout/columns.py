"""Finding which field each column of a table gives: by the person's mapping, by names, and by contents."""

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from planner.base.language import tr
from planner.dates.span import Span
from planner.dates.written import read_written
from planner.intake.layout import contents
from planner.intake.layout.cells.reading import Doubt
from planner.intake.layout.findings import Findings
from planner.intake.layout.folding import heading_key
from planner.intake.layout.headers import PERIOD, Headed
from planner.intake.layout.names import (
    NEEDED,
    Subject,
    fields_named,
    fields_of,
    is_foreign,
    is_left_out,
    is_listed,
    meanings_of,
    missing_fields,
)
from planner.intake.layout.stated.stated_day import may_name_day
from planner.intake.proposed import Field, Severity, answer_key
from planner.intake.sheets import Place, Value

# The answer and the word in a mapping file for a column that is left out.
NOT_IMPORTED = "not imported"

# Fields of which a table can have several columns: their texts or lists are put together.
SEVERAL = frozenset(
    {Field.THEME, Field.SUPPORTING, Field.NOTE, Field.DONE, Field.NEXT, Field.BLOCKER, Field.HELP_NEEDED}
    | {Field.MILESTONES, Field.INDICATORS, Field.SOURCE}
)
# Looking at the contents of more columns than a register has would take long.
_MOST_UNNAMED = 50
# Of two meanings of a heading, the second holds if another column surely has the first.
_IN_CONTEXT = {(Field.TITLE, Field.INDICATORS), (Field.TITLE, Field.BLOCKER), (Field.TITLE, Field.NOTE)}
# Fields that people often show by the colour of a cell.
_COLOURED = (Field.PHASE, Field.CONFIDENCE)
# Tables of parts of items, and the field that such a part has in a table of items.
_OF_ITEMS = {Subject.MILESTONES: Field.MILESTONES, Subject.INDICATORS: Field.INDICATORS}
_BRACKETS = re.compile(r"[^()（）]+[(（]([^()（）]+)[)）]")
# A day in the brackets of a heading, such as 进展情况（截至3月底）, for which reports hold.
_AS_OF = re.compile(r"截[至止]|时点|時点|現在|기준|as (?:of|at)|to \d", re.IGNORECASE)
REPORTED = (Field.DONE, Field.PERCENT, Field.PHASE, Field.CONFIDENCE)
# Headings such as Owner can mean either of these.
_OWNERS = {Field.LEAD, Field.ACCOUNTABLE}


@dataclass
class Column:
    """A column of a table, with what is known about its meaning.

    `names` are the fields that its heading can mean. `day` is the date that the heading of a column of milestones
    names, such as a quarter.
    """

    headed: Headed
    values: Sequence[Value]
    names: tuple[Field, ...]
    field: Field | None = None
    inferred: str | None = None
    day: date | None = None
    # The period that its heading names, if its cells have only marks, which say when an item runs.
    period: tuple[date, date] | None = None
    # Whether it has numbers although its heading names titles, as in a table that counts tasks.
    counts: bool = False
    # The heading, if it names the period of a text, as 1月进展 does.
    label: str | None = None
    # A person decided it, so that no name and no content changes it.
    decided: bool = False

    @property
    def has_brackets(self) -> bool:
        """Whether the heading says that brackets name supporting organisations, as 주관부서(협조부서) does."""
        found = _BRACKETS.fullmatch(self.headed.parts[-1].strip())
        return found is not None and Field.SUPPORTING in meanings_of(found[1])


@dataclass
class Context:
    """What recognising the columns of a table depends on. In an exported register, the headings alone decide."""

    subject: Subject
    span: Span
    known: Collection[str]
    mapping: Mapping[str, Field | None]
    answers: Mapping[str, str]
    exported: bool = False


def shape_of(subject: Subject, columns: Sequence[Headed]) -> str:
    """Return the digest of a table's headings by which a mapping is kept for the next file of this shape."""
    keys = [subject.value, *(heading_key(column.heading) for column in columns)]
    return hashlib.sha256("\n".join(keys).encode()).hexdigest()


def field_in_answer(text: str) -> Field | None:
    """Return the field that an answer or a mapping names, or None for a column that is not imported.

    Raises ValueError for any other text.
    """
    word = "_".join(text.strip().casefold().split())
    return None if word in ("", "-", "_".join(NOT_IMPORTED.split())) else Field(word)


def names_of(headed: Headed, subject: Subject) -> tuple[Field, ...]:
    """Return the fields that a heading can mean. In several rows, the lowest one that is known decides."""
    joined = "".join(headed.parts[-2:])
    texts = (joined, *reversed(headed.parts)) if is_listed(joined) else reversed(headed.parts)
    return next(filter(None, (fields_named(text, subject) for text in texts)), ())


def _column(headed: Headed, values: Sequence[Value], subject: Subject) -> Column:
    """Return a column as its heading alone describes it."""
    column = Column(headed, values, names_of(headed, subject))
    if column.names and not any(map(is_listed, ("".join(headed.parts[-2:]), *headed.parts))):
        column.inferred = tr("the words of its heading mean it")
    return column


def recognise(headed: Sequence[tuple[Headed, Sequence[Value]]], header: Place, context: Context) -> list[Column]:
    """Return the columns of a table with the fields that they give. `header` is the row of the headings."""
    columns = [_column(one, values, context.subject) for one, values in headed]
    for column in columns:
        _decide(column, header, context)
        if not column.decided and is_left_out(column.headed.heading):
            column.decided = True
        elif Field.TITLE in column.names and not context.exported and contents.are_counts(column.values):
            column.names = ()
            column.counts = True
        elif not column.names and context.subject is Subject.ITEMS and (label := _of_period(one_heading(column))):
            column.label, column.names = one_heading(column), label
        elif not column.names and context.subject is Subject.ITEMS:
            column.period = _period(column.headed, context.span)
            column.day = column.period[1] if column.period else None
            column.names = (Field.MILESTONES,) if column.day else ()
    if context.subject in _OF_ITEMS:
        _name_items(columns, _OF_ITEMS[context.subject])
    _by_names(columns, context)
    _by_words(columns)
    _by_marks(columns)
    _by_contents(columns, context)
    _by_answers(columns, header, context)
    return columns


def one_heading(column: Column) -> str:
    """Return the lowest part of a heading in one line."""
    return " ".join(column.headed.parts[-1].split())


def _of_period(heading: str) -> tuple[Field, ...]:
    """Return the field of a heading of words in a report that begins with a period, as 1月进展 and Q1 update do."""
    found = PERIOD.match(heading)
    rest = heading[found.end() :].strip(" :：-的") if found else ""
    names = meanings_of(rest) if rest else ()
    return (Field.DONE,) if Field.DONE in names else (Field.NEXT,) if Field.NEXT in names else ()


def _name_items(columns: list[Column], own: Field) -> None:
    """Find the column that names the items to which milestones or indicators belong, by their titles or numbers."""
    natively = {id(one): meanings_of(one.headed.parts[-1]) for one in columns if not one.decided}
    has_own = any(own in names for names in natively.values())
    for one in columns:
        names = natively.get(id(one), ())
        if has_own and Field.TITLE in names and own not in names:
            one.names, one.inferred = (Field.PARENT,), tr("its cells name the items")
            return
    if any(Field.CODE in one.names or one.field is Field.CODE for one in columns):
        return
    for one in columns:
        if one.names == (Field.NUMBER,) and not one.decided and len({*one.values} - {None}) < len(one.values):
            one.names, one.inferred = (Field.PARENT,), tr("its numbers repeat, so they are those of the items")
            return


def _by_answers(columns: list[Column], header: Place, context: Context) -> None:
    """Set the needed fields for which a person named the heading of a column."""
    for field in NEEDED[context.subject]:
        answer = context.answers.get(answer_key(header, field))
        if answer is None or _taken(columns, field):
            continue
        for column in columns:
            if heading_key(column.headed.heading) == heading_key(answer):
                column.field, column.decided = field, True
                break


def _decide(column: Column, header: Place, context: Context) -> None:
    """Set the field that a mapping or an answer gives."""
    heading = column.headed.heading
    answer = context.answers.get(answer_key(place_of(column, header), None))
    if answer is not None:
        try:
            column.field, column.decided = field_in_answer(answer), True
        except ValueError:
            column.decided = False
        return
    for text in (heading, column.headed.parts[-1]):
        key = heading_key(text)
        if key in context.mapping:
            column.field, column.decided = context.mapping[key], True
            return


def place_of(column: Column, header: Place) -> Place:
    """Return the place of a column's heading."""
    return Place(header.file, header.sheet, header.row, column.headed.number)


def _period(headed: Headed, span: Span) -> tuple[date, date] | None:
    """Return the first and the last day of the month, quarter or half-year that a heading names."""
    text = headed.parts[-1]
    read = read_written(text, span) if len(text) < 20 and not text.strip().isdigit() else None
    if read is None or read.day is None or read.open_ended:
        return None
    return read.start or read.first or read.day, read.day


def _by_marks(columns: list[Column]) -> None:
    """Take columns of months that have only marks for the time in which an item runs."""
    months = [one for one in columns if one.period and not one.decided]
    marked = [one for one in months if any(value is not None for value in one.values)]
    if not marked or not all(contents.are_marks(one.values) for one in marked):
        for one in months:
            one.period = None
        return
    free = next((field for field in (Field.DUE, Field.START) if not _taken(columns, field)), None)
    for one in months:
        one.field, one.names, one.day = free, (), None
        one.inferred = tr("its marks say when an item runs") if free else None


def _by_words(columns: list[Column]) -> None:
    """Give columns whose cells are all words of a vocabulary the field of these words, if no other column has it."""
    for column in columns:
        if column.decided or column.field not in (Field.DONE, Field.PHASE, Field.CONFIDENCE):
            continue
        others = (field for field in (Field.PHASE, Field.CONFIDENCE) if not _taken(columns, field))
        if column.field is not Field.DONE and contents.are_words(column.values, column.field):
            continue
        for field in others:
            if contents.are_words(column.values, field):
                column.field = field
                column.inferred = tr("its cells are words of this field")
                break


def _by_names(columns: list[Column], context: Context) -> None:
    """Set the fields that names give: first where a name has one meaning, then by the context of the others."""
    open_columns = [column for column in columns if not column.decided]
    for column in sorted((one for one in open_columns if len(one.names) == 1), key=_stands_in):
        if column.names[0] in SEVERAL or not _taken(columns, column.names[0]):
            column.field = column.names[0]
        elif _stands_in(column):
            column.names = ()
    for column in (one for one in open_columns if len(one.names) > 1):
        if set(column.names) == _OWNERS:
            _choose_owner(column, columns, context.known)
        else:
            _choose(column, columns, context.span)


def _stands_in(column: Column) -> bool:
    """Return whether a heading only stands in for its field, as Name does for a title where no column has titles."""
    return column.names[0] not in meanings_of(one_heading(column))


def _choose_owner(column: Column, columns: list[Column], known: Collection[str]) -> None:
    """Set whether a column such as Owner names organisations or persons. Where it is not sure, a person is asked."""
    free = [field for field in (Field.LEAD, Field.ACCOUNTABLE) if not _taken(columns, field)]
    if len(free) == 1:
        column.field = free[0]
    elif free and contents.are_offices(column.values, known):
        column.field, column.inferred = Field.LEAD, tr("its cells name organisations")
    elif free and contents.are_persons(column.values):
        column.field, column.inferred = Field.ACCOUNTABLE, tr("its cells name persons")


def _choose(column: Column, columns: list[Column], span: Span) -> None:
    """Set the field of a column whose heading has two meanings, if the other columns or its contents decide it."""
    first, second = column.names[0], column.names[1]
    if (first, second) == (Field.PERCENT, Field.DONE):
        numbers = contents.are_numbers(column.values)
        column.field = first if numbers and not _taken(columns, first) else None if numbers else second
    elif (first, second) == (Field.TITLE, Field.THEME):
        others = [one for one in columns if one is not column and Field.TITLE in one.names]
        if others and contents.is_sparse(column.values):
            column.field = second
            column.inferred = tr("its cells name groups of tasks")
        elif not _taken(columns, first):
            column.field = first
    elif (first, second) == (Field.DUE, Field.MILESTONES):
        days = not _taken(columns, first) and contents.are_days(column.values, span)
        column.field = first if days else second
    elif (first, second) in _IN_CONTEXT and _taken(columns, first):
        column.field = second
    elif (first, second) == (Field.LEAD, Field.SUPPORTING) and _taken(columns, first):
        column.field, column.inferred = second, tr("another column names the leads")
    elif not _taken(columns, first):
        column.field = first


def _taken(columns: list[Column], field: Field) -> bool:
    return any(column.field is field for column in columns)


def _by_contents(columns: list[Column], context: Context) -> None:
    """Set the fields of columns whose headings have no known name."""
    unnamed = [one for one in columns if not (one.decided or one.names or one.counts or is_foreign(one_heading(one)))]
    unnamed = unnamed[:_MOST_UNNAMED]
    allowed = fields_of(context.subject)
    tests = (
        ((Field.DUE, Field.DATE), lambda v: contents.are_days(v, context.span), tr("its cells are dates")),
        ((Field.PERCENT,), contents.are_percents, tr("its cells are percentages")),
        (
            (Field.LEAD, Field.SUPPORTING),
            lambda v: contents.are_organisations(v, context.known),
            tr("its cells name organisations"),
        ),
        ((Field.CODE,), contents.are_codes, tr("its cells are codes")),
    )
    for fields, holds, reason in tests:
        found = [one for one in unnamed if one.field is None and holds(one.values)]
        free = [field for field in fields if field in allowed and not _taken(columns, field)]
        # Two columns of dates could be either of two dates, so that only a single one is sure.
        if found and free and (len(found) == 1 or Field.LEAD in fields):
            found[0].field, found[0].inferred = free[0], reason
    if Field.TITLE in NEEDED[context.subject] and not _taken(columns, Field.TITLE):
        _title_by_contents([one for one in unnamed if one.field is None])


def _title_by_contents(columns: list[Column]) -> None:
    """Take the column of the longest texts for the titles if no other one comes near it."""
    lengths = sorted(((contents.title_length(one.values), one) for one in columns), key=lambda pair: -pair[0])
    if lengths and lengths[0][0] and (len(lengths) == 1 or lengths[0][0] > 1.5 * lengths[1][0]):
        lengths[0][1].field = Field.TITLE
        lengths[0][1].inferred = tr("its cells are the longest texts, and all differ")


def ask(columns: list[Column], header: Place, subject: Subject, findings: Findings) -> None:
    """Add what a person should know or decide about the columns of a table."""
    for field in sorted(missing_fields(subject, {column.field for column in columns})):
        what = tr("no column was recognised as '{field}'", field=field.value)
        do = tr("Say for one of the columns that it is '{field}'", field=field.value)
        if _taken(columns, Field.MILESTONES):
            what = tr("this can be a table of milestones, but no column says to which items they belong")
            do = tr("Add a column with the codes or titles of the items, or say which column has titles of items")
        choices = tuple(column.headed.heading for column in columns)
        findings.add(Doubt(Severity.QUESTION, what, do, choices), header, field, "")
    _tell_of_months(columns, header, findings)
    for column in columns:
        _tell_of_day(column, header, findings)
        if column.period:
            continue
        if column.decided:
            _ask_again(column, header, subject, findings)
        elif column.field is None and column.names:
            _ask_which(column, columns, header, findings)
        elif column.inferred or (column.field is None and any(value is not None for value in column.values)):
            findings.add(_told(column), place_of(column, header), None, column.headed.heading)


def _tell_of_day(column: Column, header: Place, findings: Findings) -> None:
    """Remark that the heading of a column names the day of its reports, which a person gives for the whole import."""
    heading = column.headed.heading
    if column.field in REPORTED and _AS_OF.search(heading):
        findings.add(may_name_day(heading), place_of(column, header), None, heading)


def _tell_of_months(columns: list[Column], header: Place, findings: Findings) -> None:
    """Say once how marks in columns of months were read, and that the colours of empty columns are not read."""
    marked = [one for one in columns if one.period]
    if marked:
        one, two = marked[0].headed.heading, marked[-1].headed.heading
        if marked[0].field is None:
            what = tr("the marks in the columns from '{one}' to '{two}' are not imported", one=one, two=two)
        else:
            what = tr(
                "the marks in the columns from '{one}' to '{two}' say when an item runs, from first to last",
                one=one,
                two=two,
            )
        doubt = Doubt(Severity.REMARK, what, tr("Give a mapping for them if this is wrong"))
        findings.add(doubt, place_of(marked[0], header), None, one)
    empty = [one for one in columns if _can_be_coloured(one) and not any(value is not None for value in one.values)]
    if empty:
        headings = ", ".join(one.headed.heading for one in empty)
        what = tr("these columns have no text: {headings}; the colours of cells are not read", headings=headings)
        doubt = Doubt(Severity.REMARK, what, tr("Write words, dates or marks into them if they should be imported"))
        findings.add(doubt, place_of(empty[0], header), None, "")


def _can_be_coloured(column: Column) -> bool:
    """Return whether people may have coloured the cells of a column instead of writing. Exported ones are not."""
    return column.day is not None or (column.field in _COLOURED and column.headed.heading != column.field)


def _ask_again(column: Column, header: Place, subject: Subject, findings: Findings) -> None:
    """Add an error if a person gave a field that this table cannot have."""
    if column.field is None or column.field in fields_of(subject):
        return
    what = tr("the column '{heading}' cannot be '{field}'", heading=column.headed.heading, field=column.field.value)
    do = tr("Choose one of these fields: {fields}", fields=", ".join(sorted(fields_of(subject))))
    findings.add(Doubt(Severity.ERROR, what, do), place_of(column, header), None, column.headed.heading)
    column.field = None


def _ask_which(column: Column, columns: list[Column], header: Place, findings: Findings) -> None:
    """Ask for the meaning of a column whose field another column already gives."""
    field = column.names[0]
    other = next((one for one in columns if one.field is field), None)
    choices = tuple(dict.fromkeys((*(name.value for name in column.names), Field.NOTE.value, NOT_IMPORTED)))
    other_heading = other.headed.heading if other is not None else ""
    if other is not None and other.decided and len(column.names) == 1:
        findings.add(_told(column), place_of(column, header), None, column.headed.heading)
        return
    if other is None and len(column.names) > 1:
        one, two = column.names[:2]
        what = tr("the column '{heading}' can be '{one}' or '{two}'", heading=column.headed.heading, one=one, two=two)
    else:
        what = tr(
            "the columns '{one}' and '{other}' can both be '{field}'",
            one=other_heading,
            other=column.headed.heading,
            field=field.value,
        )
    do = tr("Say which field the column '{heading}' gives", heading=column.headed.heading)
    findings.add(Doubt(Severity.QUESTION, what, do, choices), place_of(column, header), None, column.headed.heading)


def _told(column: Column) -> Doubt:
    heading = column.headed.heading
    if column.field is None:
        return Doubt(
            Severity.REMARK,
            tr("the column '{heading}' is not imported", heading=heading),
            tr("Give a mapping for it if it should be"),
        )
    return Doubt(
        Severity.REMARK,
        tr(
            "the column '{heading}' was taken for '{field}': {reason}",
            heading=heading,
            field=column.field.value,
            reason=column.inferred,
        ),
        tr("Give a mapping for it if this is wrong"),
    )

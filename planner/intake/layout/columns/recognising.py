"""Finding which field each column of a table gives: by the person's mapping, by names, and by contents."""

import re
from collections.abc import Collection, Sequence
from datetime import date

from planner.base.language import tr
from planner.dates.span import Span
from planner.dates.within import dates_within, without_dates
from planner.dates.written import read_written
from planner.intake.layout.columns import contents
from planner.intake.layout.columns.column import (
    SEVERAL,
    Column,
    Context,
    field_in_answer,
    one_heading,
    place_of,
    taken,
)
from planner.intake.layout.columns.targets import by_targets
from planner.intake.layout.folding import heading_key
from planner.intake.layout.headers import PERIOD, Headed, is_period, names_times, time_named
from planner.intake.layout.names import (
    NEEDED,
    Subject,
    fields_named,
    fields_of,
    is_foreign,
    is_left_out,
    is_listed,
    meanings_of,
)
from planner.intake.proposed import Field, answer_key
from planner.intake.sheets import Place, Value

# Looking at the contents of more columns than a register has would take long.
_MOST_UNNAMED = 50
# Of two meanings of a heading, the second holds if another column surely has the first.
_IN_CONTEXT = {(Field.TITLE, Field.INDICATORS), (Field.TITLE, Field.BLOCKER), (Field.TITLE, Field.NOTE)}
# Tables of parts of items, and the field that such a part has in a table of items.
_OF_ITEMS = {Subject.MILESTONES: Field.MILESTONES, Subject.INDICATORS: Field.INDICATORS}
# The fields of headings below which words such as 开工 and 竣工 say which time a column has.
_TIMES = {Field.START, Field.DUE}
_QUARTER, _MONTH = re.compile(r"[1-4] ?/ ?4", re.ASCII), re.compile(r"0?[1-9]|1[0-2]", re.ASCII)
# Headings such as Owner can mean either of these.
_OWNERS = {Field.LEAD, Field.ACCOUNTABLE}


def names_of(headed: Headed, subject: Subject) -> tuple[Field, ...]:
    """Return the fields that a heading can mean. In several rows, the lowest one that is known decides."""
    if ends := _of_times(headed):
        return fields_named(ends, subject)
    if subject is Subject.ITEMS and _names_period(headed):
        return ()
    joined = "".join(headed.parts[-2:])
    texts = (joined, *reversed(headed.parts)) if is_listed(joined) else reversed(headed.parts)
    return next(filter(None, (fields_named(text, subject) for text in texts)), ())


def _of_times(headed: Headed) -> Field | None:
    """Return whether a heading below one of times, as 开工 and 竣工 are below 时间, is that of a start or of an end."""
    return time_named(headed.parts[-1]) if _is_below_times(headed) else None


def _is_below_times(headed: Headed) -> bool:
    """Return whether a heading stands below one of times, such as 时间安排 or Schedule."""
    above = headed.parts[-2] if len(headed.parts) > 1 else ""
    return names_times(above) or not _TIMES.isdisjoint(meanings_of(above))


def _names_period(headed: Headed) -> bool:
    """Return whether a heading below one of times is a month or a quarter: 1분기, 3月, 1/4 and 12."""
    return _is_below_times(headed) and is_period(_period_words(headed))


def _period_words(headed: Headed) -> str:
    """Return the words of the period that a heading can name. Below one of times, 1/4 is a quarter, and 12 a month."""
    text = headed.parts[-1].strip()
    if not _is_below_times(headed):
        return text
    if _QUARTER.fullmatch(text):
        return f"Q{text[0]}"
    return f"{text}月" if _MONTH.fullmatch(text) else text


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
        elif (
            not column.names
            and context.subject is Subject.ITEMS
            and (label := _of_period(one_heading(column), context.span))
        ):
            column.label, column.names = one_heading(column), label
        elif not column.names and context.subject is Subject.ITEMS:
            column.period = _period(column.headed, context.span)
            column.day = column.period[1] if column.period else None
            column.names = (Field.MILESTONES,) if column.day else ()
    labelled = [column for column in columns if column.label]
    if len(labelled) == 1:
        # The period need only be told where there are several.
        labelled[0].label = None
    if context.subject in _OF_ITEMS:
        _name_items(columns, _OF_ITEMS[context.subject])
    if context.subject is Subject.ITEMS and not context.exported:
        _by_groups(columns)
        _by_steps(columns)
        by_targets(columns, context.known)
    _by_names(columns, context)
    _by_words(columns)
    _by_marks(columns)
    _by_contents(columns, context)
    _by_answers(columns, header, context)
    return columns


def _of_period(heading: str, span: Span) -> tuple[Field, ...]:
    """Return the field of a heading of words in a report with a period or a day: 1月进展, 截至3月底进展情况."""
    found = PERIOD.match(heading)
    names = meanings_of(heading[found.end() :].strip(_AROUND)) if found else ()
    if not names:
        names = meanings_of(_without_day(heading, span))
    return (Field.DONE,) if Field.DONE in names else (Field.NEXT,) if Field.NEXT in names else ()


def _without_day(heading: str, span: Span) -> str:
    """Return a heading without its day and the words that say so. Without a day, return an empty text."""
    dates = dates_within(heading, span) if len(heading) <= _LONGEST_WITH_DAY else []
    if not dates:
        return ""
    return " ".join(_OF_DAY.sub(" ", without_dates(heading, dates)).split()).strip(_AROUND)


# What stands around the words of a heading, and the words beside a day in it: 截至3月底进展情况, Progress as of May 3.
_AROUND = " :：-的()（）"
_OF_DAY = re.compile(
    r"截[至止]到?|\b(?:as (?:of|at)|on|by|up to|until|to|stand(?: vom)?|au|a)\b|^\d{1,2} ?[-—–~至到] ?(?=\D)|"
    r"기준|현재|現在|时点|時点"
)
_LONGEST_WITH_DAY = 40


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
        if answer is None or taken(columns, field):
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
    for text in (heading, column.headed.written, column.headed.parts[-1]):
        key = heading_key(text)
        if key in context.mapping:
            column.field, column.decided = context.mapping[key], True
            return


def _period(headed: Headed, span: Span) -> tuple[date, date] | None:
    """Return the first and the last day of the month, quarter or half-year that a heading names."""
    text = _period_words(headed)
    read = read_written(text, span) if len(text) < 20 and not text.isdigit() else None
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
    free = next((field for field in (Field.DUE, Field.START) if not taken(columns, field)), None)
    for one in months:
        one.field, one.names, one.day = free, (), None
        one.inferred = tr("its marks say when an item runs") if free else None


def _by_words(columns: list[Column]) -> None:
    """Give columns whose cells are all words of a vocabulary the field of these words, if no other column has it."""
    for column in columns:
        if column.decided or column.field not in (Field.DONE, Field.PHASE, Field.CONFIDENCE):
            continue
        if column.field is not Field.DONE and contents.are_words(column.values, column.field):
            continue
        has_phases = contents.are_phases_and_ratings(column.values)
        if column.field is Field.PHASE and has_phases:
            continue
        others = [field for field in (Field.PHASE, Field.CONFIDENCE) if not taken(columns, field)]
        words = next((field for field in others if contents.are_words(column.values, field)), None)
        if words is None and Field.CONFIDENCE in others and contents.are_mostly_ratings(column.values):
            words = Field.CONFIDENCE
        if words is None and Field.PHASE in others and has_phases:
            words = Field.PHASE
        if words is not None:
            column.field, column.inferred = words, tr("its cells are words of this field")
        elif column.field is Field.PHASE and not taken(columns, Field.DONE) and _has_sentences(column):
            # The phase is read from the sentences, and they are kept.
            column.field, column.inferred = Field.DONE, tr("its cells are texts about progress")


def _has_sentences(column: Column) -> bool:
    return contents.are_mostly_sentences(column.values, Field.PHASE)


def _by_names(columns: list[Column], context: Context) -> None:
    """Set the fields that names give: first where a name has one meaning, then by the context of the others."""
    open_columns = [column for column in columns if not column.decided]
    for column in sorted((one for one in open_columns if len(one.names) == 1), key=_stands_in):
        if column.names[0] in SEVERAL or not taken(columns, column.names[0]):
            column.field = column.names[0]
        elif _stands_in(column):
            column.names = ()
    for column in (one for one in open_columns if len(one.names) > 1):
        if set(column.names) == _OWNERS:
            _choose_owner(column, columns, context.known)
        else:
            _choose(column, columns, context.span)


def _by_groups(columns: list[Column]) -> None:
    """Take a column such as 项目 for the themes if its cells name groups of rows, and another one has their titles.

    The cells have numbers of sections, or each of them names several rows that have titles and numbers of their own.
    """
    titles = [one for one in columns if Field.TITLE in (one.names if not one.decided else (one.field,))]
    groups = [one for one in titles if not one.decided and contents.are_sections(one.values)]
    sure = [one for one in titles if one.decided or one.names == (Field.TITLE,)]
    if not groups and len(sure) == 2:
        pairs = (sure, sure[::-1])
        groups = [one for one, other in pairs if not one.decided and _groups(one, other) and _are_items(one, columns)]
    if len(groups) == 1 and len(titles) > 1:
        groups[0].names = (Field.THEME,)
        groups[0].inferred = tr("its cells name groups of tasks")


def _groups(column: Column, titles: Column) -> bool:
    """Return whether the cells of a column name groups of rows, of which each has a title in another column."""
    texts = [value for value in titles.values if value is not None]
    return len(texts) == len(titles.values) == len(set(texts)) and contents.is_sparse(column.values)


def _are_items(groups: Column, columns: list[Column]) -> bool:
    """Return whether the rows below each group are items: their codes and numbers are their own within the group.

    A few may repeat, which is a slip. An item of several rows has one number in all of them, or only in the first.
    """
    names: list[Value] = []
    for value in groups.values:
        names.append(value if value is not None or not names else names[-1])
    for column in columns:
        if not column.names or not set(column.names) <= {Field.CODE, Field.NUMBER}:
            continue
        own = set(zip(names, column.values, strict=True))
        repeats = len(names) - len(own)
        if None in column.values or len(own) == len(set(names)) or repeats > max(1, len(names) // 10):
            return False
    return True


def _by_steps(columns: list[Column]) -> None:
    """Take a column such as 时间节点 for the milestones if its cells list steps and another one has the due date."""
    for column in columns:
        others = (one for one in columns if one is not column)
        if column.decided or Field.DUE not in column.names or not contents.are_lists(column.values):
            continue
        if any(one.field is Field.DUE or Field.DUE in one.names for one in others):
            column.names, column.inferred = (Field.MILESTONES,), tr("its cells are lists of steps")


def _stands_in(column: Column) -> bool:
    """Return whether a heading only stands in for its field, as Name does for a title where no column has titles."""
    return column.names[0] not in meanings_of(one_heading(column))


def _choose_owner(column: Column, columns: list[Column], known: Collection[str]) -> None:
    """Set whether a column such as Owner names organisations or persons. Where it is not sure, a person is asked."""
    free = [field for field in (Field.LEAD, Field.ACCOUNTABLE) if not taken(columns, field)]
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
        column.field = first if numbers and not taken(columns, first) else None if numbers else second
    elif (first, second) == (Field.TITLE, Field.THEME):
        others = [one for one in columns if one is not column and Field.TITLE in one.names]
        if others and contents.is_sparse(column.values):
            column.field = second
            column.inferred = tr("its cells name groups of tasks")
        elif not taken(columns, first):
            column.field = first
    elif (first, second) == (Field.THEME, Field.INDICATORS):
        _choose_outcomes(column, columns)
    elif (first, second) == (Field.DUE, Field.MILESTONES):
        days = not taken(columns, first) and contents.are_days(column.values, span)
        column.field = first if days else second
    elif (first, second) in _IN_CONTEXT and taken(columns, first):
        column.field = second
    elif (first, second) == (Field.LEAD, Field.SUPPORTING) and taken(columns, first):
        column.field, column.inferred = second, tr("another column names the leads")
    elif not taken(columns, first):
        column.field = first


def _choose_outcomes(column: Column, columns: list[Column]) -> None:
    """Take outcomes before the titles that several tasks share for themes. Others are what one task brings about."""
    titles = [one for one in columns if Field.TITLE in one.names and one.headed.number > column.headed.number]
    if titles and (contents.is_sparse(column.values) or not any(column.values)):
        column.field, column.inferred = Field.THEME, tr("its cells name groups of tasks")
    else:
        column.field = Field.INDICATORS


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
        free = [field for field in fields if field in allowed and not taken(columns, field)]
        # Two columns of dates could be either of two dates, so that only a single one is sure.
        if found and free and (len(found) == 1 or Field.LEAD in fields):
            found[0].field, found[0].inferred = free[0], reason
    if Field.TITLE in NEEDED[context.subject] and not taken(columns, Field.TITLE):
        _title_by_contents([one for one in unnamed if one.field is None])


def _title_by_contents(columns: list[Column]) -> None:
    """Take the column of the longest texts for the titles if no other one comes near it."""
    lengths = sorted(((contents.title_length(one.values), one) for one in columns), key=lambda pair: -pair[0])
    if lengths and lengths[0][0] and (len(lengths) == 1 or lengths[0][0] > 1.5 * lengths[1][0]):
        lengths[0][1].field = Field.TITLE
        lengths[0][1].inferred = tr("its cells are the longest texts, and all differ")

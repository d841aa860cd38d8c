"""Finding which field each column of a table gives: by the person's mapping, by names, and by contents."""

from collections.abc import Collection, Sequence

from planner.base.language import tr
from planner.dates.span import Span
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
from planner.intake.layout.columns.groups import by_groups, choose_outcomes
from planner.intake.layout.columns.periods import by_marks, names_period, period_of, report_of_period, time_of
from planner.intake.layout.columns.targets import by_targets
from planner.intake.layout.folding import heading_key
from planner.intake.layout.headers import Headed
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
# Headings such as Owner can mean either of these.
_OWNERS = {Field.LEAD, Field.ACCOUNTABLE}


def names_of(headed: Headed, subject: Subject) -> tuple[Field, ...]:
    """Return the fields that a heading can mean. In several rows, the lowest one that is known decides."""
    if ends := time_of(headed):
        return fields_named(ends, subject)
    if subject is Subject.ITEMS and names_period(headed):
        return ()
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
        elif (
            not column.names
            and context.subject is Subject.ITEMS
            and (label := report_of_period(one_heading(column), context.span))
        ):
            column.label, column.names = one_heading(column), label
        elif not column.names and context.subject is Subject.ITEMS:
            column.period = period_of(column.headed, context.span)
            column.day = column.period[1] if column.period else None
            column.names = (Field.MILESTONES,) if column.day else ()
    labelled = [column for column in columns if column.label]
    if len(labelled) == 1:
        # The period need only be told where there are several.
        labelled[0].label = None
    if context.subject in _OF_ITEMS:
        _name_items(columns, _OF_ITEMS[context.subject])
    if context.subject is Subject.ITEMS and not context.exported:
        by_groups(columns)
        _by_steps(columns)
        by_targets(columns, context.known)
    _by_names(columns, context)
    if not context.exported:
        _by_words(columns)
    by_marks(columns)
    _by_contents(columns, context)
    _by_answers(columns, header, context)
    return columns


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
        choose_outcomes(column, columns)
    elif (first, second) == (Field.DUE, Field.MILESTONES):
        days = not taken(columns, first) and contents.are_days(column.values, span)
        column.field = first if days else second
    elif (first, second) in _IN_CONTEXT and taken(columns, first):
        column.field = second
    elif (first, second) == (Field.LEAD, Field.SUPPORTING) and taken(columns, first):
        column.field, column.inferred = second, tr("another column names the leads")
    elif not taken(columns, first):
        column.field = first


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

"""What a person should know or decide about the columns of a table."""

import re

from planner.base.language import tr
from planner.intake.layout.cells.reading import Doubt
from planner.intake.layout.columns.column import NOT_IMPORTED, REPORTED, Column, place_of, taken
from planner.intake.layout.columns.targets import BESIDE_INDICATORS
from planner.intake.layout.findings import Findings
from planner.intake.layout.names import Subject, fields_of, is_foreign, missing_fields
from planner.intake.layout.stated.stated_day import may_name_day
from planner.intake.proposed import Field, Severity
from planner.intake.sheets import Place

# Fields that people often show by the colour of a cell.
_COLOURED = (Field.PHASE, Field.CONFIDENCE)
# What a second column with the name of a field can be: groups of tasks, and steps with their dates.
_ALSO = {Field.TITLE: Field.THEME, Field.DUE: Field.MILESTONES}
# A day in the brackets of a heading, such as 进展情况（截至3月底）, for which reports hold.
_AS_OF = re.compile(r"截[至止]|时点|時点|現在|기준|as (?:of|at)|to \d", re.IGNORECASE)


def ask(columns: list[Column], header: Place, subject: Subject, findings: Findings) -> None:
    """Add what a person should know or decide about the columns of a table."""
    for field in sorted(missing_fields(subject, {column.field for column in columns})):
        what = tr("no column was recognised as '{field}'", field=field.value)
        do = tr("Say for one of the columns that it is '{field}'", field=field.value)
        if taken(columns, Field.MILESTONES):
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
    allowed = fields_of(subject) | (BESIDE_INDICATORS if subject is Subject.ITEMS else frozenset())
    if column.field is None or column.field in allowed:
        return
    what = tr("the column '{heading}' cannot be '{field}'", heading=column.headed.heading, field=column.field.value)
    do = tr("Choose one of these fields: {fields}", fields=", ".join(sorted(fields_of(subject))))
    findings.add(Doubt(Severity.ERROR, what, do), place_of(column, header), None, column.headed.heading)
    column.field = None


def _ask_which(column: Column, columns: list[Column], header: Place, findings: Findings) -> None:
    """Ask for the meaning of a column whose field another column already gives."""
    field = column.names[0]
    other = next((one for one in columns if one.field is field), None)
    more = tuple(_ALSO[name] for name in column.names if name in _ALSO)
    choices = tuple(dict.fromkeys((*map(str, (*column.names, *more, Field.NOTE)), NOT_IMPORTED)))
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


def is_open(column: Column) -> bool:
    """Return whether nothing is known about a column with values, so that a person can say what it is."""
    known = column.decided or column.field is not None or column.names or column.counts or column.period
    return not known and not is_foreign(column.headed.heading) and any(value is not None for value in column.values)


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

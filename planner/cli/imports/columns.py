"""Asking a person what the columns of a table are, if none of its headings is known."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from planner.base.language import tr
from planner.base.visible_text import one_line, shortened
from planner.cli.output import print_paragraph
from planner.cli.questions import confirm, prompt

if TYPE_CHECKING:
    from planner.intake.column_samples import ColumnSample
    from planner.intake.comparing.preview import Preview
    from planner.intake.proposed import Field
    from planner.intake.sheets import Sheet
    from planner.intake.wishes import Wishes

    Mapped = Mapping[str, Field | None]

# How much of the first values is shown.
_LONGEST = 100


def with_columns(wishes: "Wishes", sheets: "Sequence[Sheet]", preview: "Preview") -> "Wishes":
    """Ask for the field of each column if no table was recognised, or of those that may have the lead or the due date.

    Return the wishes with the answers.
    """
    from planner.intake.column_samples import column_samples, undecided_columns

    samples = column_samples(sheets, preview, wishes.mapping)
    if preview.layouts or not samples:
        return _with_undecided(wishes, undecided_columns(samples, preview), samples)
    print_paragraph(
        tr("None of the headings is known. Say what each column gives, at least which one is the title."), err=True
    )
    print_paragraph(tr("The fields: {fields}", fields=", ".join(samples[0].fields)), err=True)
    mapping = dict(wishes.mapping)
    # Sheets with the same headings, as one for each month, are asked about once.
    asked: set[str] = set()
    for table in _tables(samples):
        if not all(one.heading in asked for one in table):
            told = _without_headings(mapping, table)
            table = _of_place(column_samples(sheets, preview, told), table[0])
            mapping = {**told, **dict(_asked([one for one in table if one.heading not in asked]))}
            asked.update(one.heading for one in table)
    return wishes.with_mapping(mapping)


def _with_undecided(
    wishes: "Wishes", undecided: "Sequence[ColumnSample]", samples: "Sequence[ColumnSample]"
) -> "Wishes":
    """Ask for the fields of columns of which nothing is known, because a table lacks the lead or the due date."""
    mapping = dict(wishes.mapping)
    for table in _tables(undecided):
        columns = [one for one in table if one.heading not in mapping]
        if columns:
            what = tr(
                "No column gives the lead or the due date of the items, which would be assumed. Say what these give."
            )
            print_paragraph(what, err=True)
            print_paragraph(tr("The fields: {fields}", fields=", ".join(columns[0].fields)), err=True)
            taken = {one.field: one.heading for one in _of_place(samples, columns[0]) if one.field is not None}
            mapping |= dict(_asked(columns, taken))
    return wishes.with_mapping(mapping) if mapping != dict(wishes.mapping) else wishes


def _tables(samples: "Sequence[ColumnSample]") -> "Iterator[list[ColumnSample]]":
    for _, columns in groupby(samples, key=lambda one: one.place):
        yield list(columns)


def _of_place(samples: "Sequence[ColumnSample]", like: "ColumnSample") -> "list[ColumnSample]":
    return [one for one in samples if one.place == like.place]


def _without_headings(mapping: "Mapped", table: "Sequence[ColumnSample]") -> "Mapped":
    """Ask whether the first row has the headings. Return the mapping, which then says it if the table has none."""
    from planner.intake.column_samples import Headings, without_headings

    if table[0].headings is not Headings.LIKELY:
        return mapping
    print_paragraph(one_line(f"{table[0].place}: {' | '.join(one.heading for one in table)}"), err=True)
    if confirm(tr("Are these the headings of the columns?"), default=True, err=True):
        return mapping
    return without_headings(mapping, table)


def _asked(
    columns: "Sequence[ColumnSample]", taken: "Mapping[Field, str] | None" = None
) -> "Iterator[tuple[str, Field | None]]":
    """Ask for the field of each column of a table. `taken` are the fields that others give, with their headings."""
    from planner.intake.layout.columns.column import SEVERAL

    given: dict[Field, str] = {field: heading for field, heading in (taken or {}).items() if field not in SEVERAL}
    for sample in columns:
        values = shortened(" | ".join(sample.values), _LONGEST)
        print_paragraph(one_line(f"{sample.place}: '{sample.heading}': {values}"), err=True)
        field = _field(sample, given)
        if field is not None and field not in SEVERAL:
            given[field] = sample.heading
        yield sample.heading, field


def _field(sample: "ColumnSample", given: "Mapping[Field, str]") -> "Field | None":
    """Return the field that the person names, or None if the column is not imported.

    `given` are the headings of the columns that have a field already of which a table has one column.
    """
    known = {str(field): field for field in sample.fields}
    while True:
        typed = prompt(tr("Which field is it? (enter: not imported)"))
        name = "_".join(typed.casefold().split())
        field = known.get(name)
        if field is not None and field in given:
            print_paragraph(
                tr("the column '{heading}' is '{field}' already", heading=given[field], field=field.value), err=True
            )
        elif field is not None or not name:
            return field
        else:
            print_paragraph(
                tr("'{name}' is not a field. The fields are {known}", name=typed, known=", ".join(known)), err=True
            )

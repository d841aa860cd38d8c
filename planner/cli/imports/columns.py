"""Asking a person what the columns of a table are, if none of its headings is known."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from planner.base.language import tr
from planner.base.visible_text import one_line, shortened
from planner.cli.output import print_line
from planner.cli.questions import prompt

if TYPE_CHECKING:
    from planner.intake.column_samples import ColumnSample
    from planner.intake.comparing.preview import Preview
    from planner.intake.proposed import Field
    from planner.intake.sheets import Sheet
    from planner.intake.wishes import Wishes

# How much of the first values is shown.
_LONGEST = 100


def with_columns(wishes: "Wishes", sheets: "Sequence[Sheet]", preview: "Preview") -> "Wishes":
    """Ask for the field of each column if no table was recognised. Return the wishes with the answers."""
    from planner.intake.column_samples import column_samples

    samples = column_samples(sheets, preview, wishes.mapping)
    if preview.layouts or not samples:
        return wishes
    print_line(
        tr("None of the headings is known. Say what each column gives, at least which one is the title."), err=True
    )
    print_line(tr("The fields: {fields}", fields=", ".join(samples[0].fields)), err=True)
    return wishes.with_mapping({**wishes.mapping, **dict(_asked(samples))})


def _asked(samples: "Iterable[ColumnSample]") -> "Iterable[tuple[str, Field | None]]":
    for sample in samples:
        values = shortened(" | ".join(sample.values), _LONGEST)
        print_line(one_line(f"{sample.place}: '{sample.heading}': {values}"), err=True)
        yield sample.heading, _field(sample)


def _field(sample: "ColumnSample") -> "Field | None":
    """Return the field that the person names, or None if the column is not imported."""
    known = {str(field): field for field in sample.fields}
    while True:
        typed = prompt(tr("Which field is it? (enter: not imported)"))
        name = "_".join(typed.casefold().split())
        if not name or name in known:
            return known.get(name)
        print_line(tr("'{name}' is not a field. The fields are {known}", name=typed, known=", ".join(known)), err=True)

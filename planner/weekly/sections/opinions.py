"""The section `opinions`: the items on which officer, schedule and assessment differ."""

from planner.queries.opinions.opinion_rows import OPINION_COLUMNS, OpinionRow, read_opinions
from planner.weekly.reading import WeekReading
from planner.weekly.section import Section


def _rows(reading: WeekReading) -> list[OpinionRow]:
    return read_opinions(reading, reading.items)


OPINIONS = Section(
    name="opinions",
    title="Three opinions",
    answers="On which items do the officer's rating, the computed schedule and an assessment differ? Items on which "
    "officer and assessment differ come first. Nothing says who is right.",
    columns=OPINION_COLUMNS,
    rows=_rows,
    key=("code",),
)

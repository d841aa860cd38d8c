"""Making the entry to be recorded from the texts of a report form."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from planner.reporting.fields import FieldReader, numbered_parts
from planner.writes.reports.entries import Entry, MilestoneEntry, ObservationEntry
from planner.writes.reports.status import Report

# What a field of a milestone is called in an entry, if it has another name there.
_IN_ENTRY = {"met": "met_on", "date": "moved_to"}


def entry_of(values: Mapping[str, str], reader: FieldReader, *, unchanged: bool = False) -> Entry:
    """Return the entry that the texts of some fields describe. Blank fields and unknown fields report nothing.

    `unchanged` reports explicitly that nothing changed. Raises BadValueError about the field whose text cannot be read.
    """
    report: dict[str, Any] = {}
    milestones: dict[int, dict[str, Any]] = defaultdict(dict)
    observed: dict[int, float] = {}
    for name, text in values.items():
        value = reader.read(name, text)
        if value is None:
            continue
        kind, number, part = numbered_parts(name) or ("", 0, "")
        if kind == "milestone":
            milestones[number][_IN_ENTRY.get(part, part)] = value
        elif kind == "indicator":
            observed[number] = value
        else:
            report[name] = value
    return Entry(
        Report(**report, unchanged=unchanged),
        tuple(MilestoneEntry(number, **given) for number, given in sorted(milestones.items())),
        tuple(ObservationEntry(number, value) for number, value in observed.items()),
    )

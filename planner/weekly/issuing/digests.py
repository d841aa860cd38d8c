"""Digests of the values in a weekly file: one digest per section, and one digest over all sections.

Two files with the same digest hold the same values in every row, whatever program version or format wrote them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any

from planner.base.fingerprints import fingerprint
from planner.queries.weeks.issues import SectionFacts
from planner.tables.json_form import json_value
from planner.tables.table import Filled
from planner.weekly.contents import WeeklyFile
from planner.weekly.pictures import Pictures
from planner.weekly.reading import Instance

# The data of the charts gets a digest like a section, although it has no rows.
PICTURES = "pictures"


def facts_of(found: WeeklyFile) -> tuple[SectionFacts, ...]:
    """Return the digest of each section of a file and, if the file has charts, of the charts' data."""
    sections = tuple(section_facts(filled) for filled in found.sections)
    return sections if found.pictures is None else (*sections, picture_facts(found.pictures))


def picture_facts(pictures: Pictures) -> SectionFacts:
    """Return the digest of the charts' data. They count as a section with one row."""
    digest = fingerprint("weekly-pictures", json_value(pictures))
    return SectionFacts(PICTURES, (), tuple(field.name for field in fields(pictures)), 1, digest)


def section_facts(filled: Filled[Any], columns: Sequence[str] | None = None) -> SectionFacts:
    """Return the digest of a section's values.

    If `columns` is given, the digest covers only these columns. It can then be compared with a digest made by an
    earlier version of the program, which had fewer columns.
    """
    section = filled.table
    names = tuple(columns) if columns is not None else tuple(column.name for column in section.all_columns)
    rows = [_values(filled, row, names) for row in filled.rows]
    digest = fingerprint("weekly-section", {"name": section.name, "columns": names, "rows": rows})
    return SectionFacts(section.name, section.key, names, len(rows), digest)


def _values(filled: Filled[Any], row: Any, names: Sequence[str]) -> list[Any]:
    values = filled.values(row)
    return [json_value(values[name]) for name in names]


def facts_digest(instance: Instance, sections: Iterable[SectionFacts]) -> str:
    """Return the digest of a whole file's values.

    The digest does not cover the known-at instant. The same facts therefore have the same digest at any later time.
    """
    return fingerprint(
        "weekly-facts",
        {
            "plan": instance.plan.key,
            "week": str(instance.week),
            "as_of": instance.as_of.isoformat(),
            "simulated": instance.plan.simulated,
            "sections": {section.name: section.digest for section in sections},
        },
    )

"""What a weekly file says, apart from how it is written: a digest per section, and one over all of them.

Two files with the same facts digest hold the same values in every row, whatever program wrote them and in what format.
"""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any

from planner.fingerprints import fingerprint
from planner.json_form import plain
from planner.queries.issues import SectionFacts
from planner.weekly.contents import WeeklyFile
from planner.weekly.pictures import Pictures
from planner.weekly.reading import Instance
from planner.weekly.table import Filled

# What the pictures show has no rows, but it is facts like a section's.
PICTURES = "pictures"


def facts_of(found: WeeklyFile) -> tuple[SectionFacts, ...]:
    """What each section of a file says, and what its pictures show."""
    sections = tuple(section_facts(filled) for filled in found.sections)
    return sections if found.pictures is None else (*sections, picture_facts(found.pictures))


def picture_facts(pictures: Pictures) -> SectionFacts:
    """What the pictures show, as if it were a section of one row."""
    digest = fingerprint("weekly-pictures", plain(pictures))
    return SectionFacts(PICTURES, (), tuple(field.name for field in fields(pictures)), 1, digest)


def section_facts(filled: Filled[Any], columns: Sequence[str] | None = None) -> SectionFacts:
    """What a section says in all its columns, or in those named: how an earlier program would have seen it."""
    section = filled.section
    names = tuple(columns) if columns is not None else tuple(column.name for column in section.all_columns)
    rows = [_values(filled, row, names) for row in filled.rows]
    digest = fingerprint("weekly-section", {"name": section.name, "columns": names, "rows": rows})
    return SectionFacts(section.name, section.key, names, len(rows), digest)


def _values(filled: Filled[Any], row: Any, names: Sequence[str]) -> list[Any]:
    values = filled.values(row)
    return [plain(values[name]) for name in names]


def facts_digest(instance: Instance, sections: Iterable[SectionFacts]) -> str:
    """The digest of a whole file's facts. When they were known is not in it: the same facts later have the same."""
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

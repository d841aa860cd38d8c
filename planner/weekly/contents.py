"""What is in the weekly file: its sections in their order, and a week's file with all of them filled."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from planner.errors import UnknownNameError
from planner.texts import askable
from planner.weekly.reading import Instance, WeekReading
from planner.weekly.sections.items import ITEMS
from planner.weekly.table import Filled, Section

SECTIONS: tuple[Section[Any], ...] = (ITEMS,)


@dataclass(frozen=True)
class WeeklyFile:
    """A week's file before it is written: which one it is, and its sections."""

    instance: Instance
    sections: tuple[Filled[Any], ...]

    def section(self, name: str) -> Filled[Any]:
        """One of its sections."""
        return next(filled for filled in self.sections if filled.section.name == name)


def section_named(name: str) -> Section[Any]:
    """A section by its name. Raises UnknownNameError where there is none."""
    for section in SECTIONS:
        if section.name == askable(name):
            return section
    known = ", ".join(section.name for section in SECTIONS)
    raise UnknownNameError(f"the weekly file has no section '{name}'", where="--section", do=f"There is {known}")


def fill(reading: WeekReading, section: Section[Any]) -> Filled[Any]:
    """A section with the rows of a week."""
    return Filled(section, reading.instance.frame, tuple(section.rows(reading)))


def fill_all(reading: WeekReading, sections: Iterable[Section[Any]] = SECTIONS) -> WeeklyFile:
    """The whole file of a week, or the sections named."""
    return WeeklyFile(reading.instance, tuple(fill(reading, section) for section in sections))

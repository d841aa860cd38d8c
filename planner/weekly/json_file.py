"""Write the weekly file as JSON.

Cells that are empty in the CSV are null, lists are arrays, and text is not protected against being run as a formula.
"""

from collections.abc import Iterator
from typing import Any

from planner.tables.json_form import json_text
from planner.tables.table import Filled
from planner.weekly.contents import WeeklyFile
from planner.weekly.reading import Instance


def section_json(instance: Instance, filled: Filled[Any]) -> Iterator[bytes]:
    """Yield the JSON of one section: the identity of the week, and the rows."""
    yield from _document(instance, {"section": filled.table.name, "rows": _rows(filled)})


def file_json(found: WeeklyFile) -> Iterator[bytes]:
    """Yield the JSON of all sections, as an object with the sections' names as keys."""
    sections = {filled.table.name: {"title": filled.table.title, "rows": _rows(filled)} for filled in found.sections}
    yield from _document(found.instance, {"sections": sections})


def _rows(filled: Filled[Any]) -> list[dict[str, Any]]:
    return [filled.values(row) for row in filled.rows]


def _document(instance: Instance, content: dict[str, Any]) -> Iterator[bytes]:
    head = {"week": str(instance.week), "as_of": instance.as_of, "known_at": instance.known_at}
    yield json_text("weekly", head | content, instance.plan).encode()
    yield b"\n"

"""Write the weekly file as JSON.

Cells that are empty in the CSV are null, lists are arrays, and text is not protected against being run as a formula.
"""

from collections.abc import Iterator
from typing import Any

from planner.tables.json_form import json_text
from planner.tables.table import Filled
from planner.weekly.contents import WeeklyFile


def file_json(found: WeeklyFile) -> Iterator[bytes]:
    """Yield the JSON of the file. If there are several sections, they form an object with their names as keys."""
    if len(found.sections) == 1:
        content: dict[str, Any] = {"section": found.sections[0].table.name, "rows": _rows(found.sections[0])}
    else:
        titled = ((filled.table, _rows(filled)) for filled in found.sections)
        content = {"sections": {table.name: {"title": table.title, "rows": rows} for table, rows in titled}}
    instance = found.instance
    head: dict[str, Any] = {"week": str(instance.week), "as_of": instance.as_of, "known_at": instance.known_at}
    if not instance.part.is_whole:
        head["only"] = {"themes": instance.part.themes, "leads": instance.part.leads}
    yield json_text("weekly", head | content, instance.plan).encode()
    yield b"\n"


def _rows(filled: Filled[Any]) -> list[dict[str, Any]]:
    return [filled.values(row) for row in filled.rows]

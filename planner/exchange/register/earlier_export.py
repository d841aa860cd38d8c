"""The export that a new one would replace: it must be one of the same plan."""

import re
import zipfile
from contextlib import suppress
from pathlib import Path

from planner.base.language import tr
from planner.base.output_files import marked_part, not_replaced
from planner.intake.origin import Origin, origin_in

# How a file says which plan and register it is from: a workbook in its properties, and a text in its first row.
_ORIGIN = re.compile(rb"[^\s\",<>]+, register [0-9a-f]{16}")
# The table that an export as CSV always has.
_ITEMS = "items.csv"


def require_same_plan(path: Path, origin: Origin) -> None:
    """Raise FileTroubleError if a file, or a folder of CSV files, is the export of another plan or register."""
    file = path / _ITEMS if path.is_dir() else path
    earlier = _origin_of(file)
    if earlier is None or earlier.is_same_plan(origin):
        return
    if earlier.plan == origin.plan:
        what = tr("this file is an export of the plan '{plan}' in another register", plan=origin.plan)
    else:
        what = tr(
            "this file is an export of the plan '{earlier}', and you export '{plan}'",
            earlier=earlier.plan,
            plan=origin.plan,
        )
    raise not_replaced(path, what, tr("Give another name"))


def _origin_of(file: Path) -> Origin | None:
    with suppress(OSError, zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, RuntimeError):
        if file.is_file() and (found := _ORIGIN.search(marked_part(file))):
            return origin_in(found[0].decode())
    return None

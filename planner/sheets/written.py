"""Writing status sheets into a folder, without losing what somebody has filled in."""

from collections.abc import Sequence
from pathlib import Path

from planner.base.errors import FileTroubleError
from planner.base.language import tr, tr_count
from planner.base.listing import listed
from planner.base.output_files import write_files_to_fill_in
from planner.sheets.content import StatusSheet, file_name
from planner.sheets.status_workbook import status_workbook_bytes


def write_sheets(sheets: Sequence[StatusSheet], folder: Path, *, replace: bool = False) -> list[StatusSheet]:
    """Write sheets into a folder. Return those that were kept, because somebody may have filled them in.

    All contents are made before the first file is written. Raises FileTroubleError if none can be written.
    """
    names = {file_name(sheet): sheet for sheet in sheets}
    contents = {name: [status_workbook_bytes(sheet)] for name, sheet in names.items()}
    return [names[name] for name in write_files_to_fill_in(folder, contents, replace=replace)]


def kept_sheets(kept: Sequence[StatusSheet]) -> FileTroubleError:
    """Return the error that names the sheets that were kept."""
    what = tr_count(
        "{count:,} sheet was not written, because somebody may have filled in the earlier one: {names}",
        "{count:,} sheets were not written, because somebody may have filled in the earlier ones: {names}",
        len(kept),
        names=listed([file_name(sheet) for sheet in kept]),
    )
    do = tr("Take the entries back first, or confirm that the files may be replaced")
    return FileTroubleError(what, do=do, by_field="replace")

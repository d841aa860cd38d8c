"""The compound file that is made for the reader of old workbooks."""

from pathlib import Path

from python_calamine import CalamineWorkbook

from tests.intake.files.makers import record, write_xls

# The header lists 109 tables, each for 128 sectors of 512 bytes, and a sector lists 127 more.
LISTED_IN_TWO_SECTORS = (109 + 127 + 1) * 128 * 512

ROWS = [["Code", "Title"], ["K-1", "Build the pier"]]


def test_a_stream_whose_tables_are_listed_in_several_sectors_is_read(tmp_path: Path) -> None:
    unknown = record(0x0FFE, bytes(8_192))
    path = write_xls(tmp_path / "plan.xls", ROWS, *[unknown] * (LISTED_IN_TWO_SECTORS // len(unknown)))
    assert path.stat().st_size > LISTED_IN_TWO_SECTORS
    assert CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python() == ROWS

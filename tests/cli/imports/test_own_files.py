"""Files that the program wrote for another purpose are not imported; the right command is named."""

from pathlib import Path
from typing import Any

import pytest

from planner.base.listing import listed
from planner.store.database import Database
from tests.sheets.made import opened, saved, sheet_of


@pytest.mark.parametrize("saved_again", [False, True])
def test_a_status_sheet_is_recorded_by_another_command(
    filled: Database, planner: Any, tmp_path: Path, saved_again: bool
) -> None:
    sheet = sheet_of(filled)
    path = tmp_path / "harbour.xlsx"
    path.write_bytes(saved(opened(sheet)) if saved_again else sheet)

    refused = planner("import", str(path), "--preview")

    assert refused.exit_code == 26
    assert "this is a status sheet" in " ".join(refused.err.split())
    assert "'planner sheets in'" in " ".join(refused.err.split())


@pytest.mark.more
def test_a_weekly_file_is_only_for_reading_in_each_of_its_forms(filled: Database, planner: Any, tmp_path: Path) -> None:
    planner("weekly", "--week", "2020-W14", "--format", "all", "-o", str(tmp_path))
    written = [path for path in tmp_path.iterdir() if path.suffix in (".csv", ".xlsx", ".html")]
    assert len(written) > 10

    for path in written:
        refused = planner("import", str(path), "--preview")

        assert refused.exit_code == 26, path
        assert "for reading" in " ".join(refused.err.split())
        assert "'planner export register'" in " ".join(refused.err.split())


def test_a_table_with_some_of_the_headings_is_imported(filled: Database, planner: Any, tmp_path: Path) -> None:
    path = tmp_path / "office.csv"
    path.write_text("Code,Title,Week,Data\nT-001,Mend all quays,14,none\n", encoding="utf-8")

    assert planner("import", str(path), "--preview").exit_code == 0


def test_a_folder_with_status_sheets_is_told_with_the_command_for_each_file(
    filled: Database, planner: Any, tmp_path: Path
) -> None:
    folder = tmp_path / "returned"
    planner("sheets", "out", "--all", "--week", "2020-W14", "-o", str(folder))
    sheets = sorted(path.name for path in folder.iterdir())
    assert len(sheets) > 1
    (folder / "our list.csv").write_text("Code,Title,Lead\nX-1,Sow,Office\n", encoding="utf-8")

    refused = planner("import", str(folder), "--preview")

    said = " ".join(refused.err.split())
    assert refused.exit_code == 26
    assert f"an import takes none of these files: {listed(sheets)}" in said
    assert f"Record the status sheets: planner sheets in {' '.join(sheets)}." in said
    assert "Import the other files by themselves: planner import 'our list.csv'" in said

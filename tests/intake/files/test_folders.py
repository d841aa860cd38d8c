"""A folder stands for the files in it."""

from pathlib import Path

import pytest

from planner.base.errors import FileTroubleError, ImportFileError
from planner.intake.files import folders
from planner.intake.files.folders import files_of
from tests.intake.files.makers import read

TABLE = "Code,Task,Lead\n{code},Sow a meadow,Roads\n"


def filled(folder: Path, *names: str) -> Path:
    """Make a folder with a table in each of these files."""
    folder.mkdir(exist_ok=True)
    for number, name in enumerate(names):
        (folder / name).write_text(TABLE.format(code=f"X-{number}"), encoding="utf-8")
    return folder


def test_the_files_of_a_folder_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    folder = filled(tmp_path / "register", "plan10.csv", "plan2.csv", ".DS_Store", "Thumbs.db", "desktop.ini")

    found = read(folder)

    assert [sheet.file for sheet in found.sheets] == [file.name for file in found.files] == ["plan2.csv", "plan10.csv"]
    assert (found.paths, found.problems) == ((folder / "plan2.csv", folder / "plan10.csv"), [])


def test_folders_inside_and_files_that_are_open_are_remarked(tmp_path: Path) -> None:
    folder = filled(tmp_path / "register", "items.csv", "~$items.csv", ".~lock.items.csv#")
    filled(folder / "old", "items.csv")

    found = read(folder)

    assert [file.name for file in found.files] == ["items.csv"]
    assert [(str(one.place), one.what) for one in found.problems] == [
        ("register", "the folders inside this folder are not read: old"),
        ("register", "somebody has a file of this folder open: .~lock.items.csv# and ~$items.csv"),
    ]


def test_a_foreign_file_in_a_folder_is_refused_by_its_name(tmp_path: Path) -> None:
    folder = filled(tmp_path / "register", "items.csv")
    (folder / "letter.pdf").write_bytes(b"%PDF-1.7\n")

    with pytest.raises(ImportFileError) as refused:
        read(folder)

    assert "letter.pdf" in str(refused.value)
    assert refused.value.do.endswith(", or move it out of the folder")
    # Whoever gives a file by its name wants it to be read.
    with pytest.raises(ImportFileError) as named:
        read(folder / "letter.pdf")
    assert "folder" not in named.value.do


def test_all_foreign_files_of_a_folder_are_named_at_once(tmp_path: Path) -> None:
    folder = filled(tmp_path / "register", "items.csv")
    (folder / "letter.pdf").write_bytes(b"%PDF-1.7\n")
    (folder / "empty.csv").write_bytes(b"")

    with pytest.raises(ImportFileError) as refused:
        read(folder)

    assert refused.value.what.startswith("2 files of the folder cannot be imported: empty.csv (the file is empty)")
    assert "letter.pdf (" in refused.value.what
    assert (refused.value.where, refused.value.do) == (str(folder), "Move them out of the folder")


@pytest.mark.parametrize("names", [["items.csv"], ["items.csv", "people.csv"]])
def test_files_of_a_folder_in_an_unknown_encoding_are_told_how_to_name_it(tmp_path: Path, names: list[str]) -> None:
    for name in names:
        (tmp_path / name).write_bytes(f"Code,Task,Lead\n{name},Crop 蘥龘,é\n".encode("gb18030"))

    with pytest.raises(ImportFileError) as refused:
        read(tmp_path)

    assert (refused.value.by_field, refused.value.do) == ("encoding", "Save the file as UTF-8, or name its encoding")


def test_a_folder_without_files_or_with_too_many_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(FileTroubleError, match="there is no file in this folder"):
        files_of([filled(tmp_path / "empty", ".DS_Store")])
    monkeypatch.setattr(folders, "MOST_FILES", 1)
    with pytest.raises(FileTroubleError, match="there are 2 files in this folder"):
        files_of([filled(tmp_path / "downloads", "one.csv", "two.csv")])

"""Files and folders that are named are read and recognised; what is no document is refused or skipped, and told."""

import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from planner.base.errors import FileTroubleError, SourceError
from planner.sources.files import Examined, examine, files_of
from planner.sources.text import LARGEST_FILE
from tests.intake.files.makers import write_docx
from tests.sources.samples import PAREN_DOT, ROMAN_DOT, SAMPLES, resaved

DOCUMENTS = tuple(sample.document for sample in SAMPLES.values())
NOBODY = 65534


def attachable(*paths: Path) -> Examined:
    return examine(files_of(paths), DOCUMENTS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as a user may have it: two documents, and what else gathers in folders."""
    folder = tmp_path / "texts"
    (folder / "older").mkdir(parents=True)
    (folder / "b.txt").write_bytes(ROMAN_DOT.text.encode())
    (folder / "c.txt").write_bytes(resaved(PAREN_DOT.text).encode("utf-16"))
    (folder / "README.md").write_text("Notes on these texts", encoding="utf-8")
    (folder / "empty.txt").touch()
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF")
    (folder / "recipe.txt").write_text("Boil the fish.", encoding="utf-8")
    return folder


@contextmanager
def without_rights(path: Path) -> Iterator[None]:
    """Nobody but its owner may read a file; and we are somebody else where we could read everything."""
    mode = path.stat().st_mode
    path.chmod(0)
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)
        path.chmod(mode)


def test_of_a_folder_the_documents_are_taken_and_the_rest_is_told(folder: Path):
    examined = attachable(folder)
    assert [(copy.file_name, copy.reading.document.key, copy.identical) for copy in examined.copies] == [
        ("b.txt", "roman-dot", True),
        ("c.txt", "paren-dot", False),
    ]
    reasons = {one.file_name: one.reason for one in examined.skipped}
    assert reasons["README.md"] == "a note to its readers"
    assert reasons["empty.txt"] == "the file contains no text"
    assert "not text" in reasons["photo.jpg"]
    assert "the register does not cite this document. It cites arabic-dot, roman-dot" in reasons["recipe.txt"]
    assert reasons["older"] == "this is a folder"


def test_files_and_folders_go_together(folder: Path, tmp_path: Path):
    extra = tmp_path / "extra.html"
    extra.write_bytes(SAMPLES["circled-themes"].text.encode())
    assert [copy.file_name for copy in attachable(extra, folder).copies] == ["extra.html", "b.txt", "c.txt"]


def test_a_word_file_is_a_copy_as_it_can_be_the_text_of_a_mandate_version(tmp_path: Path):
    lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in ROMAN_DOT.text.splitlines())
    (copy,) = attachable(write_docx(tmp_path / "duties.docx", lines)).copies
    assert (copy.reading.document.key, copy.identical, copy.reading.agrees) == ("roman-dot", False, True)


def test_a_packed_file_in_a_folder_that_is_no_word_file_is_told(folder: Path):
    with zipfile.ZipFile(folder / "photos.zip", "w") as archive:
        archive.writestr("photo.jpg", "")
    reasons = {one.file_name: one.reason for one in attachable(folder).skipped}
    assert reasons["photos.zip"] == "this is a packed file, but not a Word file"


def test_each_file_is_told_to_the_progress_as_it_begins(folder: Path):
    told: list[str] = []
    examine(files_of([folder / "b.txt", folder / "c.txt"]), DOCUMENTS, told.append)
    assert told == ["b.txt", "c.txt"]


@pytest.mark.parametrize("name", ["empty.txt", "photo.jpg", "recipe.txt"])
def test_a_named_file_that_is_no_document_is_an_error(folder: Path, name: str):
    with pytest.raises(SourceError) as caught:
        attachable(folder / "b.txt", folder / name)
    assert caught.value.where == str(folder / name)


def test_a_readme_that_is_named_itself_is_looked_at(folder: Path):
    with pytest.raises(SourceError, match="does not cite this document"):
        attachable(folder / "README.md")


def test_a_folder_without_any_document_is_an_error(folder: Path):
    for name in ("b.txt", "c.txt"):
        (folder / name).unlink()
    with pytest.raises(
        SourceError, match=r"the register cites none of the documents in this folder.*Files examined: README.md"
    ) as caught:
        attachable(folder)
    assert "and 2 more" in caught.value.message


def test_an_empty_folder_is_an_error(tmp_path: Path):
    with pytest.raises(SourceError, match="the folder is empty"):
        attachable(tmp_path)


def test_a_missing_path_is_an_error_before_anything_is_read(folder: Path):
    with pytest.raises(FileTroubleError, match="there is no such file or folder"):
        files_of([folder, folder / "missing.txt"])
    with pytest.raises(FileTroubleError, match="there is no such file or folder"):
        files_of([folder / "b.txt" / "inside.txt"])


def test_a_link_that_leads_nowhere_is_an_error(tmp_path: Path):
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(FileTroubleError):
        attachable(tmp_path / "a")


def test_a_file_that_may_not_be_read_is_an_error(folder: Path):
    with (
        without_rights(folder / "b.txt"),
        pytest.raises(FileTroubleError, match="you do not have permission to read this file"),
    ):
        attachable(folder / "b.txt")


def test_a_device_is_not_read():
    with pytest.raises(FileTroubleError, match="this is not a regular file"):
        attachable(Path("/dev/zero"))


def test_a_file_too_large_for_a_document_is_not_read(tmp_path: Path):
    file = tmp_path / "large.txt"
    with file.open("wb") as stream:
        stream.truncate(LARGEST_FILE + 1)
    with pytest.raises(SourceError, match="too large"):
        attachable(file)


def test_a_name_that_is_no_text_can_be_stored(tmp_path: Path):
    file = tmp_path / os.fsdecode(b"caf\xe9.txt")
    file.write_bytes(ROMAN_DOT.text.encode())
    assert attachable(file).copies[0].file_name == "caf\ufffd.txt"

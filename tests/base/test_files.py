"""Files are written whole or not at all."""

import os
import resource
import stat
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from planner.base.errors import FileTroubleError
from planner.base.files import make_folder, make_private_folder, read_small, staged_folder, write_new, write_whole

# Who has no rights to anything, on every system the tests run on.
NOBODY = 65534


@contextmanager
def without_rights():
    """As somebody who is not the administrator, to whom everything would be open."""
    administrator = os.getuid() == 0
    if administrator:
        os.setresuid(NOBODY, NOBODY, 0)
    try:
        yield
    finally:
        if administrator:
            os.setresuid(0, 0, 0)


@pytest.fixture
def open_folder():
    """A folder that everybody may enter and write to."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        yield folder
        folder.chmod(0o777)


def names_in(folder: Path) -> list[str]:
    """What is in a folder, hidden files too."""
    return sorted(entry.name for entry in folder.iterdir())


def broken_off():
    """Content that ends in an error."""
    yield b"first part"
    raise RuntimeError("the source broke off")


def test_holds_all_chunks(tmp_path):
    write_whole(tmp_path / "file.csv", [b"one,", b"", b"two\r\n"])
    assert (tmp_path / "file.csv").read_bytes() == b"one,two\r\n"
    assert names_in(tmp_path) == ["file.csv"]


def test_a_new_file_has_the_permissions_new_files_have(tmp_path):
    write_whole(tmp_path / "file.csv", [b"new"])
    (tmp_path / "other").touch()
    assert (tmp_path / "file.csv").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_replaced_file_keeps_its_permissions(tmp_path):
    file = tmp_path / "file.csv"
    file.write_bytes(b"old")
    file.chmod(0o640)
    write_whole(file, [b"new"])
    assert file.read_bytes() == b"new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_a_link_goes_on_leading_to_the_file(tmp_path):
    (tmp_path / "link.csv").symlink_to(tmp_path / "file.csv")
    write_whole(tmp_path / "link.csv", [b"new"])
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "file.csv").read_bytes() == b"new"


@pytest.mark.parametrize("old", [None, b"old"])
def test_an_error_on_the_way_leaves_what_there_was(tmp_path, old):
    file = tmp_path / "file.csv"
    if old:
        file.write_bytes(old)
    with pytest.raises(RuntimeError, match="broke off"):
        write_whole(file, broken_off())
    assert names_in(tmp_path) == (["file.csv"] if old else [])
    assert old is None or file.read_bytes() == old


def test_a_file_that_grows_too_large_is_told_and_leaves_nothing(tmp_path):
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))
    try:
        with pytest.raises(FileTroubleError, match=r"file\.csv: writing failed \(file too large\)"):
            write_whole(tmp_path / "file.csv", [b"x" * 1000])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert names_in(tmp_path) == []


def test_missing_folders_are_made(tmp_path):
    write_whole(tmp_path / "missing" / "too" / "file.csv", [b"new"])
    assert (tmp_path / "missing" / "too" / "file.csv").read_bytes() == b"new"
    write_new(tmp_path / "own" / "key", b"new", private=True)
    assert stat.S_IMODE((tmp_path / "own").stat().st_mode) == 0o700
    with staged_folder(tmp_path / "issued" / "week", {"a": b"1"}) as staged:
        staged.put(tmp_path / "issued" / "week")
    make_folder(tmp_path / "several" / "files")
    assert names_in(tmp_path) == ["issued", "missing", "own", "several"]


def test_a_file_where_a_folder_should_be_is_told(tmp_path):
    (tmp_path / "file").write_bytes(b"old")
    with pytest.raises(FileTroubleError, match="cannot be made, because a file has its name"):
        write_whole(tmp_path / "file" / "file.csv", [b"new"])


def test_a_folder_is_not_a_file(tmp_path):
    with pytest.raises(FileTroubleError, match="this is a folder"):
        write_whole(tmp_path, [b"new"])


def test_a_name_that_is_too_long_is_told(tmp_path):
    with pytest.raises(FileTroubleError, match="name too long"):
        write_whole(tmp_path / ("n" * 300), [b"new"])


def test_a_pipe_is_not_replaced(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FileTroubleError, match="not a regular file"):
        write_whole(tmp_path / "pipe", [b"new"])
    assert (tmp_path / "pipe").is_fifo()


def test_links_that_go_in_a_circle_are_no_traceback(tmp_path):
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    write_whole(tmp_path / "a", [b"new"])
    assert (tmp_path / "a").read_bytes() == b"new"


def test_a_folder_that_may_not_be_written_to_is_told(open_folder):
    open_folder.chmod(0o555)
    with (
        without_rights(),
        pytest.raises(
            FileTroubleError, match=r"file\.csv: you do not have permission to write to this folder\. Ask for write"
        ),
    ):
        write_whole(open_folder / "file.csv", [b"new"])
    assert names_in(open_folder) == []


def test_a_file_that_its_owner_protected_is_not_replaced(open_folder):
    file = open_folder / "file.csv"
    file.write_bytes(b"old")
    file.chmod(0o444)
    with without_rights(), pytest.raises(FileTroubleError, match="write-protected"):
        write_whole(file, [b"new"])
    assert file.read_bytes() == b"old"


# Folders


def test_a_folder_has_its_name_once_it_is_put_and_holds_all_its_files(tmp_path):
    folder = tmp_path / "week"
    with staged_folder(folder, {"one.csv": b"1", "two.csv": b""}) as staged:
        assert not folder.exists()
        staged.put(folder)
    assert names_in(tmp_path) == ["week"]
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == {"one.csv": b"1", "two.csv": b""}


def test_a_folder_that_is_not_put_in_the_end_is_gone(tmp_path):
    with pytest.raises(RuntimeError), staged_folder(tmp_path / "week", {"one.csv": b"1"}):
        raise RuntimeError("what had to come first went wrong")
    with staged_folder(tmp_path / "week", {"one.csv": b"1"}):
        pass
    assert names_in(tmp_path) == []


@pytest.mark.parametrize("taken", ["file", "folder", "link"])
def test_a_folder_never_takes_a_name_that_something_has(tmp_path, taken):
    place = tmp_path / "week"
    {
        "file": lambda: place.write_bytes(b"mine"),
        "folder": place.mkdir,
        "link": lambda: place.symlink_to(tmp_path / "nowhere"),
    }[taken]()
    told = rf"{place}: a file or folder with this name already exists\. Give another folder\."
    with pytest.raises(FileTroubleError, match=told), staged_folder(place, {}):
        pass
    # Also where it was taken only after the files were on the disk.
    with pytest.raises(FileTroubleError, match=told), staged_folder(tmp_path / "other", {"one.csv": b"1"}) as staged:
        staged.put(place)
    assert names_in(tmp_path) == ["week"]


@pytest.mark.parametrize(
    ("name", "told"),
    [("file/week", "cannot be made, because a file"), ("open/week", "you do not have permission to write")],
)
def test_a_folder_that_cannot_be_written_is_told_by_its_own_name(open_folder, name, told):
    (open_folder / "open").mkdir(mode=0o500)
    (open_folder / "file").touch()
    with pytest.raises(FileTroubleError) as caught, without_rights(), staged_folder(open_folder / name, {"a": b"1"}):
        pass
    assert caught.value.where == str(open_folder / name)
    assert told in caught.value.what


def test_a_new_file_is_never_written_over_another(tmp_path):
    file, link = tmp_path / "note", tmp_path / "link"
    write_new(file, b"first", private=True)
    link.symlink_to(tmp_path / "elsewhere")
    for taken in (file, link):
        with pytest.raises(FileTroubleError, match="already"):
            write_new(taken, b"second")
    with pytest.raises(FileTroubleError, match="cannot be made, because a file"):
        write_new(file / "note", b"x")
    assert (file.read_bytes(), stat.S_IMODE(file.stat().st_mode)) == (b"first", 0o600)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "note"]


def test_a_small_file_is_read_and_a_large_one_told(tmp_path):
    file = tmp_path / "note"
    file.write_bytes(b"12345")
    assert read_small(file, 5) == b"12345"
    for path, largest, said in ((file, 4, "larger"), (tmp_path, 5, "a folder"), (tmp_path / "none", 5, "no such file")):
        with pytest.raises(FileTroubleError, match=said):
            read_small(path, largest)


# What reaches the disk, and who may read it


@pytest.fixture
def synced(monkeypatch):
    """The inodes of everything that was synced, in order."""
    found = []
    sync = os.fsync

    def noting(descriptor):
        found.append(os.fstat(descriptor).st_ino)
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", noting)
    return found


@pytest.mark.parametrize("write", [lambda file: write_whole(file, [b"1"]), lambda file: write_new(file, b"1")])
def test_a_folder_is_synced_after_a_file_takes_its_name(tmp_path, synced, write):
    write(tmp_path / "file")
    assert synced == [(tmp_path / "file").stat().st_ino, tmp_path.stat().st_ino]


def test_a_folder_is_synced_after_a_folder_takes_its_name(tmp_path, synced):
    with staged_folder(tmp_path / "week", {"one.csv": b"1"}) as staged:
        staged.put(tmp_path / "week")
    week = tmp_path / "week"
    assert synced == [(week / "one.csv").stat().st_ino, week.stat().st_ino, tmp_path.stat().st_ino]


def test_each_folder_that_is_made_is_for_its_owner_only(tmp_path):
    tmp_path.chmod(0o755)
    make_private_folder(tmp_path / "a" / "b")
    make_private_folder(tmp_path / "a" / "b")
    assert [stat.S_IMODE(path.stat().st_mode) for path in (tmp_path, tmp_path / "a", tmp_path / "a" / "b")] == [
        0o755,
        0o700,
        0o700,
    ]

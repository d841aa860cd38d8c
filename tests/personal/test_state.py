"""What is kept between runs."""

import stat

import pytest

from planner.base.errors import FileTroubleError
from planner.personal.state import StateFolder


def test_what_is_kept_is_there_again(tmp_path):
    state = StateFolder(tmp_path / "new" / "state")
    assert (state.theme, state.welcomed) == (None, False)
    state.keep_theme("light")
    state.keep_welcomed()
    again = StateFolder(tmp_path / "new" / "state")
    assert (again.theme, again.welcomed) == ("light", True)


def test_a_copy_is_the_owner_s_alone_and_takes_the_place_of_the_one_before(tmp_path):
    state = StateFolder(tmp_path / "state")
    state.keep_copy("first, and longer", "txt")
    file = state.keep_copy("港口\n", "txt")
    assert file == tmp_path / "state" / "copied.txt"
    assert file.read_text(encoding="utf-8") == "港口\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert state.keep_copy("a,b", "csv") != file


def test_what_cannot_be_read_counts_as_not_kept_and_what_cannot_be_written_is_told(tmp_path):
    (tmp_path / "theme").write_bytes(b"\xff\xfe")
    (tmp_path / "file").write_text("")
    assert StateFolder(tmp_path).theme is None
    with pytest.raises(FileTroubleError, match="cannot be created"):
        StateFolder(tmp_path / "file" / "state").keep_welcomed()

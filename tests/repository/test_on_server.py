"""Whether the list of tests that `make test` runs on a server names tests that are there."""

import re
from pathlib import Path

import pytest

from tests.conftest import TESTS
from tests.on_server import ON_THE_SERVER, SQLITE_IS_ENOUGH, is_enough_on_sqlite


@pytest.mark.parametrize("file", ON_THE_SERVER)
def test_each_test_of_the_list_is_in_its_file(file: str) -> None:
    """A test with another name would silently run on SQLite only."""
    there = re.findall(r"^ *(?:async )?def (test_\w+)", (TESTS / file).read_text(encoding="utf-8"), re.MULTILINE)
    assert set(ON_THE_SERVER[file]) <= set(there)
    # What is listed whole needs no entry.
    assert set(there) - set(ON_THE_SERVER[file])


@pytest.mark.parametrize("name", SQLITE_IS_ENOUGH)
def test_each_folder_and_file_of_the_list_is_there(name: str) -> None:
    assert (TESTS / name).exists()


def test_only_what_is_listed_is_left_to_sqlite() -> None:
    clock = Path("writes/test_clock.py")
    assert not is_enough_on_sqlite(clock, "test_jumps_are_named")
    assert is_enough_on_sqlite(clock, "test_another")
    assert is_enough_on_sqlite(Path("weekly/page/test_page.py"), "test_another")
    assert not is_enough_on_sqlite(Path("store/test_journal.py"), "test_another")

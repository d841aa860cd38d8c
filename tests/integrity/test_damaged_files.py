"""Files in which bits or pages were damaged: verify tells each, unless the damage is where nothing is stored."""

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url

from planner.store.database import open_database
from tests.command import run_command
from tests.factories import report

# Tables whose rows no event tells of; docs/verifying.md says so.
NOT_VERIFIED = ("alembic_version",)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory, loaded_file: Path) -> Path:
    """A register with some reports, closed."""
    file = tmp_path_factory.mktemp("damaged") / "register.sqlite"
    shutil.copy(loaded_file, file)
    with closing(open_database(make_url(f"sqlite:///{file}"))) as database:
        for percent in range(5, 50, 5):
            report(database, "T-001", percent=percent, done=f"Mended {percent} yards of the quay.")
    return file


def stored_pages(file: Path) -> list[int]:
    """The pages that hold rows or index entries of verified tables, by their numbers from 1."""
    with closing(sqlite3.connect(file)) as connection:
        names = {
            name
            for name, table in connection.execute("SELECT name, tbl_name FROM sqlite_master WHERE type <> 'trigger'")
            if table not in NOT_VERIFIED
        }
        pages = connection.execute("SELECT pageno, name FROM dbstat WHERE payload > 0 ORDER BY pageno")
        return [page for page, name in pages if name in names and page > 1]


def is_told(file: Path) -> bool:
    """Whether `planner verify` says that the file is not as it was recorded."""
    done = run_command("--db", str(file), "verify")
    assert done.exit_code in (0, 7, 8, 17), done.err
    return done.exit_code != 0


def test_a_sound_file_is_told_as_sound(sound):
    assert not is_told(sound)


@pytest.mark.first_cases(1)
@pytest.mark.parametrize("damage", ["zeroed", "swapped", "repeated"])
def test_a_damaged_page_is_told(sound, tmp_path, damage):
    size = 4096
    chance = random.Random(damage)
    for page in chance.sample(stored_pages(sound), 6):
        file = tmp_path / f"{damage}-{page}.sqlite"
        content = bytearray(sound.read_bytes())
        here = slice((page - 1) * size, page * size)
        other = chance.choice([number for number in stored_pages(sound) if number != page])
        there = slice((other - 1) * size, other * size)
        if damage == "zeroed":
            content[here] = bytes(size)
        elif damage == "repeated":
            content[here] = content[there]
        else:
            content[here], content[there] = content[there], content[here]
        file.write_bytes(content)
        assert is_told(file), f"page {page} was {damage}"


def test_a_file_that_was_cut_off_is_told(sound, tmp_path):
    content = sound.read_bytes()
    for part in (0.3, 0.6, 0.95):
        file = tmp_path / f"cut-{part}.sqlite"
        file.write_bytes(content[: int(len(content) * part) // 4096 * 4096])
        assert is_told(file), f"cut at {part}"


def test_a_flipped_bit_in_a_report_is_told(sound, tmp_path):
    """In every place in which the words of a report stand: the row, and the bytes of its event."""
    content = sound.read_bytes()
    words = b"yards of the quay."
    places = [at for at in range(len(content)) if content.startswith(words, at)]
    assert len(places) >= 18
    for at in places[::3]:
        file = tmp_path / f"flipped-{at}.sqlite"
        changed = bytearray(content)
        changed[at + 3] ^= 0x01
        file.write_bytes(changed)
        assert is_told(file), f"byte {at}"

"""The main screens look as they did before. `make snapshots` takes the pictures again."""

from datetime import date
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.demo.rows import make_demonstration
from tests.tui.desk import NARROW, WIDE, desk, door_to
from tests.tui.snapshots.svg import Picture, picture
from tests.tui.test_screens import on_each

WAYS = {
    "overview": ("o",),
    "register": ("i",),
    "item": ("i", "enter"),
    "report": ("i", "r"),
    "my week": ("w",),
    "findings": ("m", "F"),
    "links": ("m", "L"),
    "weekly": ("f",),
    "log": ("e",),
    "help": ("question_mark",),
}


# A file with a question, a new item and a changed one.
OFFICE = """\
Code,Task,Lead,Progress,Due,Colour
T-001,Open the first laboratory,Office,40%,2020-11-30,red
KP-7,Sow a meadow behind the school,Parks Office,10%,6月前,green
"""
IMPORT = ("I", *"office", "full_stop", *"csv", "enter")
IMPORT_WAYS = {
    "files to import": ("I",),
    "import": IMPORT,
    "import columns": (*IMPORT, "right"),
    "import question": (*IMPORT, "right", "right", "enter"),
    "import options": (*IMPORT, "left"),
    "import help": (*IMPORT, "question_mark"),
}


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demonstration, made once. It is only read."""
    folder = tmp_path_factory.mktemp("demonstration")
    make_demonstration(folder, date(2020, 10, 16))
    return folder


@pytest.fixture
def pictures(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """The pictures that are kept."""
    return snapshot.use_extension(Picture)


@pytest.mark.first_cases(1)
@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "160x50"])
async def test_screens(demonstration, monkeypatch, size, pictures, subtests):
    # The screens show the address of the database.
    monkeypatch.chdir(demonstration)
    async with desk(door_to("demonstration.sqlite", acting_as="officer"), size) as seat:
        async for name in on_each(seat, WAYS):
            with subtests.test(name):
                assert picture(seat.app) == pictures(name=name)


# A wide screen shows all panes at once.
@pytest.mark.first_cases(1)
@pytest.mark.parametrize(("size", "ways"), [(NARROW, IMPORT_WAYS), (WIDE, {"import": IMPORT})], ids=["80x24", "160x50"])
async def test_import_screens(demonstration, monkeypatch, size, ways, pictures, subtests):
    monkeypatch.chdir(demonstration)
    (demonstration / "office.csv").write_text(OFFICE, encoding="utf-8")
    async with desk(door_to("demonstration.sqlite", acting_as="manager"), size) as seat:
        async for name in on_each(seat, ways):
            with subtests.test(name):
                assert picture(seat.app) == pictures(name=name)

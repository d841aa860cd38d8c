"""What is copied, in each form; and that it is never lost where the terminal has no clipboard."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.base.language import LANGUAGE_VARIABLE, PSEUDO
from planner.base.pseudo_language import pseudo
from planner.domain.vocabulary import Phase
from planner.personal.state import StateFolder
from planner.tables.spreadsheets import neutralised
from tests.factories import ODD_TITLE
from tests.tui.desk import desk
from tui.screens.clipboard import LONGEST_SENT, copy
from tui.services.copying import Copied, CopyFormat, written

COPIED = Copied(
    "Two | items",
    ("code", "title", "phase", "due", "percent"),
    (
        ("T-001", "=SUM(A1)\nor not", Phase.NOT_STARTED, date(2020, 3, 1), 12.5),
        ("T-002", ODD_TITLE, None, None, -3),
    ),
)


def test_text_is_a_title_and_a_line_per_row():
    assert written(COPIED, CopyFormat.TEXT).splitlines() == [
        "Two | items",
        "",
        "code\ttitle\tphase\tdue\tpercent",
        "T-001\t=SUM(A1) or not\tnot started\t2020-03-01\t12.5",
        f"T-002\t{ODD_TITLE}\t\t\t-3",
    ]


def test_markdown_takes_nothing_of_the_data_for_its_own():
    lines = written(COPIED, CopyFormat.MARKDOWN).splitlines()
    assert lines[0] == r"**Two \| items**"
    assert lines[3] == "|---|---|---|---|---|"
    assert lines[4] == "| T-001 | =SUM(A1) or not | not started | 2020-03-01 | 12.5 |"
    assert lines[5].startswith(r"| T-002 | Open the \[old\] reading room \[/\] at")


def test_csv_neutralises_formulas_and_keeps_numbers():
    rows = list(csv.reader(io.StringIO(written(COPIED, CopyFormat.CSV), newline="")))
    assert rows == [
        ["code", "title", "phase", "due", "percent"],
        ["T-001", "'=SUM(A1)\nor not", "not_started", "2020-03-01", "12.5"],
        ["T-002", ODD_TITLE, "", "", "-3"],
    ]


def test_headings_are_translated_for_readers_but_not_in_csv(monkeypatch):
    monkeypatch.setenv(LANGUAGE_VARIABLE, PSEUDO)
    assert written(COPIED, CopyFormat.TEXT).splitlines()[2] == "\t".join(map(pseudo, COPIED.columns))
    assert "phåšé" in written(COPIED, CopyFormat.MARKDOWN)
    assert written(COPIED, CopyFormat.CSV).startswith("code,title,phase,")


texts = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")))


@given(st.lists(st.tuples(texts, texts), max_size=4))
def test_what_is_read_from_the_csv_is_what_was_copied(rows):
    made = written(Copied("Any", ("one", "two"), tuple(rows)), CopyFormat.CSV)
    assert list(csv.reader(io.StringIO(made, newline="")))[1:] == [[neutralised(cell) for cell in row] for row in rows]


@given(texts)
def test_text_and_markdown_keep_to_a_line_a_row(text):
    for form in (CopyFormat.TEXT, CopyFormat.MARKDOWN):
        assert (
            len(written(Copied("Any", ("one",), ((text,),)), form).split("\n"))
            == written(Copied("Any", ("one",), (("x",),)), form).count("\n") + 1
        )


@pytest.fixture
def state(tmp_path) -> StateFolder:
    """The state of somebody who was here before."""
    state = StateFolder(tmp_path)
    state.keep_welcomed()
    return state


async def test_y_copies_as_text_and_shift_y_asks_for_the_form_and_both_keep_a_file(door, state, tmp_path):
    async with desk(door, state=state) as seat:
        await seat.press("2", "y")
        kept = (tmp_path / "copied.txt").read_text(encoding="utf-8")
        assert seat.app.clipboard == kept
        assert ODD_TITLE in kept
        assert seat.notices.endswith(f"saved in {tmp_path / 'copied.txt'}")
        await seat.press("Y")
        assert "Markdown" in seat.text
        await seat.press("c")
        assert (tmp_path / "copied.csv").read_text(encoding="utf-8").startswith("code,")
        await seat.press("Y", "escape")
        assert not (tmp_path / "copied.md").exists()


async def test_what_is_too_long_for_a_clipboard_goes_to_the_file_only(door, state, tmp_path):
    async with desk(door, state=state) as seat:
        copy(seat.app, Copied("Much", ("text",), (("x" * LONGEST_SENT,),)), CopyFormat.TEXT)
        copy(seat.app, Copied("Nothing", ("text",), ()), CopyFormat.TEXT)
        await seat.settle()
        assert seat.app.clipboard == ""
        assert (tmp_path / "copied.txt").stat().st_size > LONGEST_SENT
        assert "Much: too long for the terminal's clipboard; saved in" in seat.notices
        assert "There is nothing to copy here." in seat.notices


async def test_a_screen_with_nothing_to_copy_does_not_offer_it(door):
    async with desk(door) as seat:
        await seat.press("question_mark")
        assert "copy.text" not in {active.binding.id for active in seat.app.screen.active_bindings.values()}

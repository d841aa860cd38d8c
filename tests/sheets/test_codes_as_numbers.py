"""Codes of a status sheet that a spreadsheet program took for numbers: the row is still that of its item."""

import pytest

from planner.base.errors import BadValueError
from planner.queries.history.expected_state import ExpectedState
from planner.queries.weeks.issues import LogPosition
from planner.sheets.areas import KEY, REPORTS
from planner.sheets.identity import Identity, SheetRow, mark_of_title
from planner.sheets.reading.row_subject import subjects_of
from tests.factories import noon
from tests.sheets.made import DAY, W14

TITLES = {"1.1": "Open the quay", "1.10": "Dredge the channel", "007": "Name the ships"}
ROWS = tuple(
    SheetRow(at, code, ExpectedState(None, (), ()), mark_of_title(title))
    for at, (code, title) in enumerate(TITLES.items(), 1)
)
SUBJECTS = subjects_of(Identity("r", "p", "o", W14, DAY, noon(DAY), "en", LogPosition(1, ""), {}, {}, ROWS), REPORTS)


def code_of(code: str, title: str, mark: str = "") -> str:
    return SUBJECTS.of({"code": code, "title": title, KEY: mark}, filled=True)[0].code


@pytest.mark.parametrize("mark", ["", "2"])
def test_a_code_as_a_number_is_that_of_the_row_of_its_title(mark: str) -> None:
    assert code_of("1.1", TITLES["1.10"], mark) == "1.10"


def test_a_code_without_its_noughts_is_known() -> None:
    assert code_of("7", TITLES["007"], "3") == code_of("7", TITLES["007"]) == "007"


def test_a_code_that_no_program_writes_is_an_edited_one() -> None:
    with pytest.raises(BadValueError, match=r"this row says 1\.10, but it was sent out for 1\.1"):
        code_of("1.10", TITLES["1.1"], "1")


def test_a_code_that_was_edited_is_refused() -> None:
    with pytest.raises(BadValueError, match=r"this row says 1\.1, but it was sent out for 007"):
        code_of("1.1", TITLES["007"], "3")


def test_a_code_as_a_number_beside_another_title_is_refused() -> None:
    with pytest.raises(BadValueError, match=r"has the code 1\.1, but the title of 007"):
        code_of("1.1", TITLES["007"])

"""The program's own faults: a traceback in a test, one message for a person, and no word against their database."""

import pytest

from planner import __main__ as entry
from planner.base.errors import DatabaseStateError
from planner.base.internal_error import EXIT_CODE, VARIABLE
from planner.domain.vocabulary import Phase
from tests.factories import AT
from tests.tui.textual_internals import fail_with
from tui.app import PlannerApp, run
from tui.data import Door


@pytest.mark.parametrize("fault", [lambda: dict[str, int]()["phase"], lambda: int("x"), lambda: list[int]()[1]])
def test_a_fault_while_reading_is_not_blamed_on_the_database(sqlite_register, fault):
    with pytest.raises((KeyError, ValueError, IndexError)) as caught, sqlite_register.reading():
        fault()
    assert not isinstance(caught.value, DatabaseStateError)


def test_a_word_that_no_vocabulary_has_is_the_database_s_fault(sqlite_register):
    told = pytest.raises(DatabaseStateError, match="contains a word that planner does not know: 'nonsense'")
    with told, sqlite_register.reading():
        Phase("nonsense")


@pytest.mark.parametrize("detailed", [False, True])
def test_a_person_gets_one_message_that_acts_on_no_terminal(monkeypatch, capsys, detailed):
    def fault() -> int:
        raise ValueError("x\n\x1b]0;owned\x07")

    monkeypatch.setattr("planner.cli.main.run", fault)
    if detailed:
        monkeypatch.setenv(VARIABLE, "1")
    with pytest.raises(SystemExit) as ended:
        entry.main()
    printed = capsys.readouterr().err
    *before, message = printed.splitlines()
    assert ended.value.code == EXIT_CODE
    assert message.startswith("planner: internal error: ValueError (")
    assert "\x1b" not in printed
    assert ("ValueError: x" in printed) is detailed
    assert ("Traceback (most recent call last):" in before) is detailed


def test_the_app_hands_its_fault_to_the_command_that_opened_it(monkeypatch, sqlite_register, tmp_path):
    def ends(app: PlannerApp) -> None:
        fail_with(app, KeyError("x"))

    monkeypatch.setattr(PlannerApp, "run", ends)
    with pytest.raises(KeyError, match="x"):
        run(Door(sqlite_register.url, "ada", lambda: AT))

"""planner on a machine without a register: a question, and each answer to it."""

from pathlib import Path

import pytest

from planner.base import resources
from planner.cli.context import Context
from planner.store.database import open_database
from planner.store.location import parse
from planner.store.models import Plan

CHOICES = """\
  1  look at the demonstration: a simulated year, in a file of its own
  2  make a register for your own plan: you are asked for title and dates
  3  take the tour: the demonstration, one line about each screen
  4  make a register with the bundled plan, Beijing 2020
  q  leave
"""


@pytest.fixture
def opened(monkeypatch, bundle_folder) -> list[Context]:
    """The registers on which the app was opened, as if there were a terminal. The bundled plan is a small one."""
    found: list[Context] = []
    real = resources.bundled
    monkeypatch.setattr(resources, "bundled", lambda name: bundle_folder if name == "seeds" else real(name))
    monkeypatch.setattr("planner.cli.setup.tui.why_no_app", lambda: None)
    monkeypatch.setattr("planner.cli.setup.tui.open_app", found.append)
    return found


@pytest.fixture
def demonstrations(monkeypatch) -> list[bool]:
    """For each time that the demonstration was opened: whether it was with the tour."""
    found: list[bool] = []
    monkeypatch.setattr(
        "planner.cli.setup.first_run.open_demonstration", lambda _context, tour=False: found.append(tour)
    )
    return found


def plans(folder: Path) -> list[str]:
    """The plans of the register that was made."""
    database = open_database(parse(str(folder / "command.sqlite"), "test"))
    with database.reading() as session:
        keys = [plan.key for plan in session.query(Plan)]
    database.close()
    return keys


@pytest.mark.parametrize("answer", ["q", None])
def test_the_ways_to_begin_are_listed_and_leaving_makes_nothing(planner, answered, opened, tmp_path, answer):
    answered(*([answer] if answer else []))
    done = planner()
    assert (done.exit_code, done.err) == (0, "")
    assert f"There is no register at {tmp_path / 'command.sqlite'} yet. You can:\n{CHOICES}" in done.out
    assert (opened, (tmp_path / "command.sqlite").exists()) == ([], False)


@pytest.mark.parametrize(("answer", "with_tour"), [("1", False), ("", False), ("3", True)])
def test_the_demonstration_is_opened_and_no_register_made(
    planner, answered, opened, demonstrations, tmp_path, answer, with_tour
):
    answered(answer)
    assert planner("tui").exit_code == 0
    assert (demonstrations, opened) == ([with_tour], [])
    assert not (tmp_path / "command.sqlite").exists()


def test_an_own_plan_is_asked_for_and_opened(planner, answered, opened, tmp_path):
    answered("2", "Harbour plan 2027", "", "", "", "", "", "", "Port Authority")
    done = planner()
    assert done.exit_code == 0, done.err
    assert plans(tmp_path) == ["harbour-plan-2027"]
    assert len(opened) == 1


def test_the_bundled_plan_is_loaded_and_opened_after_an_impossible_answer(planner, answered, opened, tmp_path):
    answered("yes", "4")
    done = planner()
    assert done.exit_code == 0, done.err
    assert "'yes' is not one of the possible answers. Answer with one of these: 1, 2, 3, 4, q." in done.out
    assert plans(tmp_path) == ["harbour-2020"]
    assert len(opened) == 1

"""Every option that takes a date, a week or an instant reads through the one reader, and repeats what it understood."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import click
import pytest

from planner.cli.context import Context
from planner.cli.main import cli
from planner.domain.rules.weeks import Week, local_day
from tests.cli.test_option_names import CORE

# What is typed before and after the option, by command.
AROUND = {
    "answer": ["T-001", "Granted."],
    "calendar": [],
    "brief": [],
    "assess": ["T-001", "--rating", "red", "--reason", "r"],
    "chase": [],
    "clauses": [],
    "demo": [],
    "extension ask": ["T-001", "--reason", "r", "--to", "2021-01-31"],
    "extension grant": ["T-001"],
    "extension refuse": ["T-001", "--reason", "r"],
    "due": ["T-001", "--reason", "r", "--move", "2020-12-30"],
    "evidence": ["T-001", "-o", "pack.zip"],
    "export oscal": [],
    "export skos": [],
    "export annotations": [],
    "export register": [],
    "find": ["quay"],
    "findings": [],
    "findings accept": ["confidence-contradicted", "T-001", "--reason", "r"],
    "import": ["FILE"],
    "item add": [
        *("T-009", "--title", "Lamps", "--theme", "1", "--lead", "harbour-office"),
        *("--due", "2190-12-30", "--reason", "r"),
    ],
    "indicator add": [
        *("T-001", "--name", "Lamps", "--unit", "lamps", "--direction", "increase"),
        *("--target", "9", "--due", "2020-12-30", "--reason", "r"),
    ],
    "item add-milestone": ["T-001", "--title", "Lamps", "--due", "2020-12-30", "--reason", "r"],
    "item edit": ["T-001", "--title", "Other quays", "--reason", "r"],
    "item move": ["T-001", "--theme", "2", "--reason", "r"],
    "item split": ["T-001", "--part", "T-008=North quay", "--part", "T-009=South quay", "--reason", "r"],
    "indicator remove": ["T-003", "1", "--reason", "r"],
    "item remove-milestone": ["T-002", "2", "--reason", "r"],
    "item support": ["T-001", "--supporting", "town-archive", "--reason", "r"],
    "items": [],
    "links list": [],
    "links show": ["M1:old:duty-1"],
    "log": [],
    "mandate add": ["FILE", "--key", "new-duties"],
    "mandate adopt": ["next", "--reason", "r"],
    "matrix": [],
    "milestone": ["T-001", "1", "--reason", "r", "--move", "2020-12-30"],
    "my-week": [],
    "observe": ["T-001", "1", "4"],
    "organisation dissolve": ["harbour-office", "--lead", "town-archive", "--reason", "r"],
    "organisation list": [],
    "organisation merge": ["harbour-office", "--into", "town-archive", "--reason", "r"],
    "organisation rename": ["harbour-office", "--name", "Port Office", "--reason", "r"],
    "outlook": [],
    "overview": [],
    "people list": [],
    "people add": ["cleo", "--role", "manager", "--reason", "r"],
    "people change": ["ada", "--name", "Ada Quay", "--reason", "r"],
    "people leave": ["brook", "--reason", "r"],
    "people come-back": ["brook", "--reason", "r"],
    "people give-items": ["ada", "--to", "bob", "--reason", "r"],
    "plans": [],
    "requests": [],
    "opinions": [],
    "plan edit": ["harbour-2020", "--title", "Harbour", "--reason", "r"],
    "plan new": ["--title", "Bay works 2027", "--organisation", "Bay Office", "--from", "FILE"],
    "sheets out": ["--all"],
    "show": ["T-001"],
    "target add": ["T-001", "1", "--value", "9", "--due", "2020-11-30", "--reason", "r"],
    "target revise": ["T-001", "1", "--value", "9", "--reason", "r"],
    "kind list": [],
    "kind merge": ["task", "--into", "key_project", "--reason", "r"],
    "kind rename": ["task", "--title", "Chore", "--reason", "r"],
    "theme add": ["--title", "Ferries", "--reason", "r"],
    "theme list": [],
    "theme merge": ["2", "--into", "1", "--reason", "r"],
    "theme move": ["2", "--inside", "1", "--reason", "r"],
    "theme remove": ["2", "--reason", "r"],
    "theme rename": ["2", "--title", "Ferries", "--reason", "r"],
    "timeline": [],
    "trace": ["T-001"],
    "update": ["T-001", "--reason", "r", "--percent", "5", "--move", "1=2020-12-30"],
    "weekly": [],
    "weekly charts": [],
    "weekly compare": [],
    "weekly issue": [],
    "weekly issues": [],
    "weekly reissue": [],
}

DATED = re.compile(r"\b(DATE|INSTANT|WEEK\d?)\b")


def every_command(group: click.Command) -> Iterator[tuple[str, click.Command]]:
    """All commands, each with its name as it is typed."""
    waiting: list[tuple[str, click.Command]] = [("", group)]
    while waiting:
        path, command = waiting.pop()
        yield path, command
        if isinstance(command, click.Group):
            names = command.list_commands(click.Context(command))
            children = ((name, command.get_command(click.Context(command), name)) for name in names)
            waiting += [(f"{path} {name}".strip(), child) for name, child in children if child]


def dated_parameters() -> Iterator[tuple[str, click.Parameter]]:
    """Each command with each of its parameters that takes a date, by what its help calls the value."""
    for path, command in every_command(cli):
        for parameter in command.params:
            if DATED.search(parameter.metavar or ""):
                yield path, parameter


FOUND = sorted(dated_parameters(), key=lambda found: (found[0], found[1].opts))


def arguments_with(path: str, parameter: click.Parameter, typed: str, file: str) -> list[str]:
    around = [file if text == "FILE" else text for text in AROUND[path]]
    value = f"{typed}=Survey" if parameter.metavar == "DATE=TITLE" else typed
    value = f"1={typed}" if str(parameter.metavar).startswith("N") else value
    if isinstance(parameter, click.Argument):
        others = {"first": [value, "2020-W14"], "second": ["2020-W14", value]}
        return [*path.split(), *around, *others.get(str(parameter.name), [value])]
    option = parameter.opts[0]
    # A milestone takes one date at a time; elsewhere the option takes the place of the same one.
    if path == "milestone" and option != "--as-of":
        around = around[:4]
    if option in around:
        place = around.index(option)
        around[place : place + 2] = []
    return [*path.split(), *around, option, value]


def test_the_walk_finds_the_options_that_take_dates():
    assert {path for path, _ in FOUND} == set(AROUND)
    assert len(FOUND) > 40


@pytest.mark.first_cases(50)
@pytest.mark.parametrize(("path", "parameter"), FOUND, ids=lambda one: one if isinstance(one, str) else one.opts[0])
def test_every_date_that_is_typed_goes_through_the_one_reader(planner, unchanged, tmp_path, path, parameter):
    file = tmp_path / "duties.txt"
    file.write_text("First: to keep the quays.\nSecond: to keep the lights.\n")
    done = planner(*arguments_with(path, parameter, "6/7", str(file)))
    assert done.exit_code == 3, done.err
    assert "'6/7' can mean 7 June" in done.err or "'6/7' can mean 6 July" in done.err


def test_no_command_reads_a_date_past_the_one_reader():
    """The reader of a command line repeats what it understood. What is below it does not."""
    files = {file.name for file in (CORE / "cli").rglob("*.py") if "planner.dates.typed" in file.read_text("utf-8")}
    assert files == {"typed_dates.py"}


@pytest.fixture
def today(monkeypatch) -> date:
    """The day of the commands, whatever day it is: it does not end between a command and what is expected of it."""
    now = datetime(2027, 3, 9, 12, tzinfo=UTC)
    monkeypatch.setattr(Context, "now", lambda _context: now)
    return local_day(now, "Asia/Seoul")


def test_what_was_understood_is_repeated_beside_the_output(planner, filled, today):
    yesterday = today - timedelta(days=1)
    plain = planner("show", "T-001", "--as-of", str(yesterday), "--format", "json")
    typed = planner("show", "T-001", "--as-of", "Yesterday", "--format", "json")
    assert (plain.err, typed.err) == ("", f"--as-of: 'Yesterday' means {yesterday:%A} {yesterday}.\n")
    assert plain.out == typed.out


def test_a_week_and_an_instant_are_repeated_too(planner, filled, today):
    last = Week.of(today).previous
    done = planner("weekly", "issues", "--week", "last")
    assert done.err.startswith(f"--week: 'last' means {last} ({last.monday} to {last.sunday}).\n")
    done = planner("log", "--since", "2 days ago 9:00")
    assert done.err == f"--since: '2 days ago 9:00' means {today - timedelta(days=2)}T09:00:00+09:00.\n"


def test_a_deadline_in_words_is_recorded_as_its_last_day(planner, filled):
    done = planner("due", "T-001", "--move", "２０２０年６月底前", "--reason", "Ice.", "--yes")
    assert "--move: '２０２０年６月底前' means Tuesday 2020-06-30." in done.err
    assert "T-001 is due on 2020-06-30 instead of 2020-12-31" in done.out


def test_a_step_counts_from_the_date_that_stands(planner, filled):
    """As in the form. The date that stands is later than any day on which this test runs."""
    assert planner("due", "T-001", "--move", "2190-06-15", "--reason", "Ice.", "--yes").exit_code == 0
    assert "is due on 2190-06-29 instead" in planner("due", "T-001", "--move", "+2w", "--reason", "Ice.", "--yes").out
    assert planner("milestone", "T-001", "1", "--move", "2190-01-31", "--reason", "Ice.", "--yes").exit_code == 0
    assert "expected on 2190-02-28" in planner("milestone", "T-001", "1", "--forecast", "+1m", "--yes").out
    done = planner("update", "T-001", "--percent", "5", "--move", "1=-1d", "--reason", "Ice.", "--yes")
    assert "--move: '-1d' means Saturday 2190-01-30." in done.err

"""What a shell suggests for codes and organisations, without click."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import click
import pytest

from planner.cli import completion
from planner.cli.main import cli
from planner.personal.chosen_plans import choose_plan
from planner.queries import suggestions
from planner.store.location import file_of, resolve

Asked = Callable[..., "list[str] | None"]


@pytest.fixture
def register(loaded_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small plan at the address of PLANNER_DB."""
    monkeypatch.setenv("PLANNER_DB", str(loaded_file))
    return loaded_file


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Asked:
    """Return the lines that answer a shell about the last word of a line, or None if click has to answer."""

    def asked(line: str, shell: str = "bash") -> list[str] | None:
        words = line.split(" ")
        monkeypatch.setenv("COMP_WORDS", line)
        monkeypatch.setenv("COMP_CWORD", words[-1] if shell == "fish" else str(len(words) - 1))
        return capsys.readouterr().out.splitlines() if completion.answer(f"{shell}_complete") else None

    return asked


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("planner show T-00", {"T-001", "T-002", "T-003"}),
        ("planner show t00", {"T-001", "T-002", "T-003"}),
        ("planner show Ｔ－００", {"T-001", "T-002", "T-003"}),
        ("planner show T‑00", {"T-001", "T-002", "T-003"}),
        ("planner show t2", {"T-002"}),
        ("planner show --course T-002", {"T-002"}),
        ("planner show --as-of 2020-04-01 T-002", {"T-002"}),
        ("planner show 'T-002", None),
        ("planner show T-001 T", None),
        ("planner drafts show T-002", {"T-002"}),
        ("planner bulk T-001 --phase suspended T-002", {"T-002"}),
        ("planner update T-001 --merged-into T-002", {"T-002"}),
        ("planner items --measure m1.01", {"M1.01"}),
        ("planner items --lead town", {"town-archive"}),
        ("planner items --lead = town", {"town-archive"}),
        ("planner items --lead محفوظات", {"town-archive"}),
        ("planner --as manager chase --lead town", {"town-archive"}),
        ("planner show --as-of T", None),
        ("planner show --co", None),
        ("planner sho", None),
        ("planner findings T", None),
        ("planner weekly --week 2020-W14", {"2020-W14"}),
        ("planner weekly --week w14", {"2020-W14"}),
        ("planner weekly compare 2020-W14 15", {"2020-W15"}),
        ("planner weekly compare 2020-W14 2020-W15 16", None),
        ("planner weekly reissue --verify ２０２０-W53", {"2020-W53"}),
        ("planner weekly 2020", None),
    ],
)
def test_a_shell_is_told_codes_organisations_and_weeks_and_click_answers_the_rest(register, ask, line, found):
    answer = ask(line)
    assert (answer and {one.removeprefix("plain,") for one in answer}) == found


def test_zsh_and_fish_show_titles(register, ask):
    with closing(sqlite3.connect(register)) as connection:
        title = connection.execute("SELECT title FROM item WHERE code = 'T-002'").fetchone()[0]
    short = title if len(title) <= 60 else f"{title[:59].rstrip()}…"
    assert ask("planner show T-002", "zsh") == ["plain", "T-002", short]
    assert ask("planner show T-002", "fish") == [f"plain,T-002\t{short.replace(',', ' ')}"]


def test_a_week_is_shown_with_its_days(register, ask):
    assert ask("planner weekly --week 2020-W14", "zsh") == ["plain", "2020-W14", "2020-03-30 – 2020-04-05"]


def test_no_week_after_the_day_of_a_demonstration_is_offered(register, ask, tmp_path, monkeypatch):
    copied = shutil.copy(register, tmp_path / "demonstration.sqlite")
    monkeypatch.setenv("PLANNER_DB", str(copied))
    with closing(sqlite3.connect(copied)) as connection, connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("UPDATE installation SET kind = 'demonstration', simulated_today = '2020-04-03'")
    assert ask("planner weekly --week w14") == ["plain,2020-W14"]
    assert not ask("planner weekly --week w15")


def test_an_empty_word_has_all_codes(register, ask):
    assert {"plain,T-001", "plain,T-002"} <= set(ask("planner show "))


def test_of_several_plans_the_codes_of_the_one_in_use_are_suggested(ask, tmp_path, monkeypatch):
    file = tmp_path / "two.sqlite"
    _fill(file, "'T-1', 'Quays'")
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("INSERT INTO plan (id, key) VALUES (2, 'b')")
        connection.execute("INSERT INTO item (plan_id, code, title) VALUES (2, 'T-1', 'Rooms'), (2, 'T-2', 'Charts')")
        connection.commit()
    monkeypatch.setenv("PLANNER_DB", str(file))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert ask("planner show T") == ["plain,T-1", "plain,T-2"]
    assert ask("planner --plan a show T", "zsh") == ["plain", "T-1", "Quays"]
    assert ask("planner show --plan a T", "zsh") == ["plain", "T-1", "Quays"]
    choose_plan(str(file), "b")
    assert ask("planner show T", "zsh") == ["plain", "T-1", "Rooms", "plain", "T-2", "Charts"]
    monkeypatch.setenv("PLANNER_PLAN", "a")
    assert ask("planner show T") == ["plain,T-1"]


def test_the_database_is_the_one_that_the_command_would_open(register, ask, tmp_path, monkeypatch):
    monkeypatch.setenv("PLANNER_DB", str(tmp_path / "none.sqlite"))
    assert ask("planner show T-001") == []
    assert ask(f"planner --db {register} show T-001") == ["plain,T-001"]
    assert ask(f"planner show --db {register} T-001") == ["plain,T-001"]
    assert ask(f"planner --plain --db {register} --debug show T-001") == ["plain,T-001"]
    assert ask(f"planner --db=sqlite:///{register}?mode=ro show T-001") == ["plain,T-001"]
    assert ask("planner --db postgresql://127.0.0.1:1/none show T") == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "given", ["/a/b.sqlite", "b c.sqlite", "~/b.sqlite", "sqlite:///b.sqlite", "sqlite:////a/b.sqlite?mode=ro", None]
)
def test_the_file_is_the_one_that_the_address_means(given, monkeypatch):
    monkeypatch.delenv("PLANNER_DB", raising=False)
    assert Path(str(completion._file(given))) == file_of(resolve(given))


def _fill(file: Path, *items: str) -> None:
    """Make a file with the columns that are read. Each item is an SQL list of its code and title."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE plan (id, key, taken_out DEFAULT 0)")
        connection.execute("INSERT INTO plan (id, key) VALUES (1, 'a')")
        connection.execute("CREATE TABLE item (plan_id DEFAULT 1, code, title, position, taken_out DEFAULT 0)")
        for item in items:
            connection.execute(f"INSERT INTO item (code, title) VALUES ({item})")
        connection.commit()


def test_a_file_of_somebody_else_suggests_nothing_that_a_shell_would_run(ask, tmp_path):
    file = tmp_path / "other.sqlite"
    _fill(file, "'T;ls', 'a'", "'T-1', 'b' || char(10)")
    assert ask(f"planner --db {file} show T", "zsh") == ["plain", "T-1", "b"]


@pytest.mark.parametrize(
    ("typed", "code"), [("第3", "第39项"), ("kp7", "KP-7"), ("KP-", "KP-7"), ("2.1", "2.1.10"), ("a", "a-1")]
)
def test_codes_of_any_form_are_suggested(ask, tmp_path, typed, code):
    file = tmp_path / "own.sqlite"
    _fill(file, f"'{code}', 'b'")
    assert ask(f"planner --db {file} show {typed}") == [f"plain,{code}"]


@pytest.mark.parametrize("content", [b"", b"not a database, but long enough to have a header of a hundred bytes" * 9])
def test_a_file_that_is_no_register_suggests_nothing(ask, tmp_path, content):
    file = tmp_path / "other.sqlite"
    file.write_bytes(content)
    assert ask(f"planner --db {file} show T") == []


def test_too_many_codes_are_not_suggested(ask, tmp_path, monkeypatch):
    monkeypatch.setattr(suggestions, "MOST", 2)
    file = tmp_path / "large.sqlite"
    _fill(file, "'T-1', ''", "'T-2', ''", "'T-3', ''")
    assert ask(f"planner --db {file} show T") == []


def test_a_register_in_use_is_read_and_a_locked_file_suggests_nothing(ask, tmp_path, loaded_file, monkeypatch):
    monkeypatch.setattr(suggestions, "PATIENCE", 0)
    file = tmp_path / "used.sqlite"
    file.write_bytes(loaded_file.read_bytes())
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE new (id)")
        assert ask(f"planner --db {file} show T-001") == ["plain,T-001"]
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("INSERT INTO new VALUES (1)")
        other.commit()
        assert ask(f"planner --db {file} show T-001") == []


def _leaves(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield " ".join((*path, name)), command
        if isinstance(command, click.Group):
            yield from _leaves(command, (*path, name))


def test_every_code_organisation_and_week_of_the_command_line_is_completed():
    metavars = {"ORG": completion.ORGANISATION, "CODE": completion.ITEM, "WEEK": completion.WEEK}
    arguments: dict[str, int] = {}
    weeks: dict[str, int] = {}
    options: dict[str, str] = {}
    flags: set[str] = set()
    for name, command in _leaves(cli):
        takes_code = False
        for param in command.params:
            shown = param.human_readable_name.strip("[].")
            if isinstance(param, click.Argument) and shown.split("|")[0] == "CODE":
                arguments[name], takes_code = param.nargs, True
            elif isinstance(param, click.Argument) and shown.startswith("WEEK"):
                weeks[name], takes_code = weeks.get(name, 0) + 1, True
            elif isinstance(param, click.Option) and param.metavar in metavars:
                options |= dict.fromkeys(param.opts, metavars[str(param.metavar)])
        if takes_code:
            flags |= {opt for param in command.params if getattr(param, "is_flag", False) for opt in param.opts}
    assert {name for name, count in arguments.items() if count == 1} == completion.ONE_ITEM
    assert {name for name, count in arguments.items() if count == -1} == completion.MANY_ITEMS
    assert weeks == completion.WEEKS
    assert options | {"--measure": completion.MEASURE} == completion.OPTIONS
    assert flags | {"--debug", "--plain", "--help", "-h"} == completion.FLAGS


def test_the_columns_of_the_statements_exist(sqlite_empty):
    values: dict[str, Any] = {"first": "", "after": "", "most": 1, "plan": ""}
    with closing(sqlite3.connect(str(sqlite_empty.url.database))) as connection:
        for statement in (suggestions.ITEMS, suggestions.MEASURES):
            assert [column[0] for column in connection.execute(statement, values).description] == ["code", "title"]
        assert [column[0] for column in connection.execute(suggestions.SPANS, values).description] == ["starts", "ends"]
        for statement in (suggestions.ORGANISATIONS, suggestions.ORGANISATION_NAMES):
            assert connection.execute(statement).fetchall() == []


def test_completion_imports_neither_click_nor_the_rest_of_the_program(register):
    asking = {"_PLANNER_COMPLETE": "bash_complete", "COMP_WORDS": "planner show T-001", "COMP_CWORD": "2"}
    command = [sys.executable, "-X", "importtime", "-m", "planner"]
    done = subprocess.run(command, env=os.environ | asking, capture_output=True, text=True, check=True)
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert done.stdout == "plain,T-001\n"
    assert "planner.queries.suggestions" in imported
    assert imported & {"click", "sqlalchemy", "planner.base", "planner.cli.main"} == set()


@pytest.mark.more
def test_bash_completes_with_the_script_that_the_program_prints(register, tmp_path):
    program = tmp_path / "planner"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m planner "$@"\n')
    program.chmod(0o755)
    script = (
        'eval "$(planner completion bash)"; for COMP_WORDS in "planner show T-00" "planner sho"; do '
        "COMP_WORDS=($COMP_WORDS); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMPREPLY=(); _planner_completion planner; "
        'echo "${COMPREPLY[@]}"; done'
    )
    environment = os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run(["bash", "-c", script], env=environment, capture_output=True, text=True, check=True)
    first, last = done.stdout.splitlines()
    assert {"T-001", "T-002", "T-003"} <= set(first.split())
    assert last == "show"

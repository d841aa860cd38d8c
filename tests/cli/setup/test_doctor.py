"""planner doctor: what is wrong is first, each line says how to mend it, and nothing is changed."""

import json
from importlib import metadata
from pathlib import Path

import pytest

from planner.cli.context import login
from planner.cli.setup import checks
from planner.weekly import typesetting


def _found(planner, *arguments: str) -> dict[str, tuple[str, str, str]]:
    """What each check found: its state, what it says and what to do. Of several with one name, the last counts."""
    content = json.loads(planner(*arguments, "doctor", "--format", "json").out)
    return {one["about"]: (one["state"], one["found"], one["do"]) for one in content["doctor"]}


@pytest.fixture
def home(filled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, with the small plan as its register."""
    folder = tmp_path / "home"
    folder.mkdir()
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "PLANNER_LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(folder))
    return folder


def test_where_nothing_is_wrong_it_says_so_and_makes_no_folder(home, planner):
    done = planner("doctor")
    assert (done.exit_code, done.err) == (0, "")
    assert done.out.splitlines()[0].startswith("! limited  terminal: the app needs an interactive terminal.")
    assert done.out.endswith("Nothing has to be mended.\n")
    assert list(home.iterdir()) == []


def test_what_is_wrong_is_first_with_an_exit_code_of_its_own(home, planner, tmp_path, monkeypatch):
    monkeypatch.setenv("PLANNER_LANGUAGE", "tlh")
    done = planner("--db", str(tmp_path / "none.sqlite"), "doctor")
    lines = done.out.splitlines()
    assert done.exit_code == 27
    assert lines[0] == "✗ wrong  language: PLANNER_LANGUAGE is 'tlh', which has no translation"
    assert lines[1].startswith("    Set it to one of en, ar,")
    # A register that is not made yet is no fault.
    assert f"! limited  database: {tmp_path / 'none.sqlite'}: there is no database at this address yet." in done.out
    assert lines[-1] == "Begin with the first line."
    assert not (tmp_path / "none.sqlite").exists()


def test_a_person_who_is_not_listed_is_told_whom_to_ask(home, planner, monkeypatch):
    monkeypatch.setattr("planner.cli.context.login", lambda: "stranger")
    state, found, do = _found(planner)["database"]
    assert (state, found.partition(": ")[2] != "") == ("limited", True)
    assert do == "You can only read. An administrator adds you with 'planner people add'."


def test_a_missing_library_is_named_with_the_command_that_installs_it(home, planner, monkeypatch):
    def version(name: str) -> str:
        if name == "xlsxwriter":
            raise metadata.PackageNotFoundError(name)
        return "1"

    monkeypatch.setattr(metadata, "version", version)
    state, found, do = _found(planner)["optional part"]
    assert (state, found) == ("limited", "'reports' lacks xlsxwriter")
    assert do == "Install it with: pip install 'planner[reports]'"


def test_a_folder_that_cannot_be_written_is_named(home, planner, monkeypatch):
    monkeypatch.setattr("os.access", lambda path, mode, **_: Path(path) != home)
    state, found, do = _found(planner)["folder"]
    assert (state, found, do) == (
        "wrong",
        f"{home} cannot be written",
        f"Let yourself write there: chmod u+rwx '{home}'",
    )


def test_errors_of_the_settings_file_are_named(home, planner):
    file = home / ".config" / "planner" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text('theme = "pink"\n', encoding="utf-8")
    state, found, do = _found(planner)["settings file"]
    assert (state, do) == ("wrong", f"Correct the file: {file}")
    assert "theme: there is no such setting" in found


@pytest.mark.parametrize(("encoding", "state"), [("ascii", "wrong"), ("euc-kr", "wrong"), ("utf-8", "right")])
def test_an_encoding_without_all_scripts_is_named(monkeypatch, encoding, state):
    monkeypatch.setattr("sys.__stdout__", type("Stream", (), {"encoding": encoding})())
    assert checks._characters().state == state


@pytest.mark.parametrize(("columns", "state"), [("79", "limited"), ("80", "right")])
def test_a_small_terminal_is_named(monkeypatch, columns, state):
    monkeypatch.setattr("planner.cli.setup.app.why_no_app", lambda: None)
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("LINES", "24")
    assert checks._terminal().state == state


def test_an_administrator_is_told_what_is_not_set_up_and_nobody_else(home, planner):
    plan = ("plan", "new", "--title", "Bay", "--key", "bay", "--organisation", "Bay Office")
    assert planner(*plan).exit_code == 0
    told = planner("--plan", "bay", "doctor").out
    for what, command in (
        ("The plan has no items.", "planner import FILE"),
        ("This plan has no mandate.", "planner mandate add FILE --key KEY"),
    ):
        assert f"! limited  not set up yet: {what}\n    Use: {command}\n" in told
    assert planner("people", "change", login(), "--role", "auditor", "--reason", "Agreed.").exit_code == 0
    assert "not set up yet" not in planner("--plan", "bay", "doctor").out


def test_scripts_for_which_the_computer_has_no_font_are_named(monkeypatch):
    """The library's own fonts have Latin letters and symbols."""
    monkeypatch.setattr(typesetting, "USE_FONTS_OF_MACHINE", False)
    (check,) = checks._fonts_of_pages()
    assert (check.state, "CJK, Hangul" in check.found, "such as Noto" in check.do) == (checks.State.LIMITED, True, True)
    monkeypatch.setattr(checks, "SAMPLE", "● ▲ plan")
    assert [one.state for one in checks._fonts_of_pages()] == [checks.State.RIGHT]

"""Installing shell completion: a script in a file, and one line in the file that the shell reads when it starts."""

import subprocess
from pathlib import Path

import pytest


@pytest.fixture
def home(planner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home."""
    folder = tmp_path / "home of mine"
    folder.mkdir()
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "ZDOTDIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("SHELL", "/bin/bash")
    return folder


def test_the_script_of_the_shell_in_use_is_printed(home, planner):
    done = planner("completion")
    assert (done.exit_code, done.err) == (0, "")
    assert "complete -o nosort -F _planner_completion planner" in done.out
    assert planner("completion", "bash").out == done.out
    assert planner("completion", "zsh").out.startswith("#compdef planner\n(( $+functions[compdef] ))")
    assert "complete --no-files --command planner" in planner("completion", "fish").out
    assert list(home.rglob("*")) == []


@pytest.mark.parametrize("named", ["", "/bin/tcsh"])
def test_a_shell_that_cannot_be_completed_is_told(home, planner, monkeypatch, named):
    monkeypatch.setenv("SHELL", named)
    done = planner("completion", "--install")
    assert (done.exit_code, done.out) == (3, "")
    assert "Name one of bash, zsh, fish, as in 'planner completion bash'." in done.err
    assert list(home.rglob("*")) == []


@pytest.mark.parametrize(("shell", "start_up"), [("bash", ".bashrc"), ("zsh", ".zshrc")])
def test_it_is_installed_once_and_the_start_up_file_keeps_its_lines(home, planner, shell, start_up):
    (home / start_up).write_text("alias ll='ls -l'", encoding="utf-8")
    done = planner("completion", shell, "--install")
    file = home / ".local" / "share" / "planner" / f"completion.{shell}"
    text = (home / start_up).read_text(encoding="utf-8")
    assert done.exit_code == 0
    assert file.read_text(encoding="utf-8").strip() == planner("completion", shell).out.strip()
    assert text == (f"alias ll='ls -l'\n# Completion of planner's commands.\n[ -r '{file}' ] && source '{file}'\n")
    again = planner("completion", shell, "--install")
    assert f"{home / start_up} reads it already." in again.out
    assert (home / start_up).read_text(encoding="utf-8") == text


def test_a_new_bash_has_what_was_installed(home, planner):
    planner("completion", "--install")
    ask = ["bash", "--rcfile", str(home / ".bashrc"), "-i", "-c", "complete -p planner"]
    done = subprocess.run(ask, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    assert done.stdout == "complete -o nosort -F _planner_completion planner\n"


def test_fish_reads_the_file_of_its_own_folder(home, planner):
    done = planner("completion", "fish", "--install")
    file = home / ".config" / "fish" / "completions" / "planner.fish"
    assert done.out.startswith(f"Wrote {file}.\n")
    assert [one.name for one in home.rglob("*") if one.is_file()] == ["planner.fish"]
    assert file.read_text(encoding="utf-8").startswith("function _planner_completion;")

"""planner completion: print or install the script with which a shell completes commands, codes and weeks."""

import os
import shlex
from pathlib import Path

import click

from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.cli.output import as_bytes, print_line
from planner.cli.values import Word

SHELLS = ("bash", "zsh", "fish")

# The variable of click's scripts, which `planner.__main__` answers.
VARIABLE = "_PLANNER_COMPLETE"

# zsh completes nothing until its own completion system is loaded, which many people have not set up.
LOAD_ZSH_SYSTEM = "(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }\n"


@click.command()
@click.argument("shell", type=Word(SHELLS), required=False)
@click.option("--install", is_flag=True, help="Install the script, so that each new shell has it.")
def completion(shell: str | None, install: bool) -> None:
    """Print the script that completes commands, options, codes, organisations and weeks in a shell.

    The shell is bash, zsh or fish. By default it is that of the variable SHELL.
    """
    named = shell or _shell_in_use()
    if install:
        _install(named)
    else:
        as_bytes([script(named).encode()])


def script(shell: str) -> str:
    """Return the completion script for a shell."""
    from click.shell_completion import get_completion_class

    from planner.cli.main import cli

    kind = get_completion_class(shell)
    assert kind is not None
    # The script itself does not ask bash for its version, which `kind.source` would start.
    values = {"complete_func": "_planner_completion", "complete_var": VARIABLE, "prog_name": "planner"}
    made = kind(cli, {}, "planner", VARIABLE).source_template % values
    # zsh looks for `#compdef` in the first line.
    head, _, rest = made.lstrip().partition("\n")
    return f"{head}\n{LOAD_ZSH_SYSTEM if shell == 'zsh' else ''}{rest}"


def _shell_in_use() -> str:
    """Return the shell of the variable SHELL. Raises BadValueError if it is none of those that can be completed."""
    name = Path(os.environ.get("SHELL", "")).name
    if name not in SHELLS:
        raise BadValueError(
            tr("the variable SHELL names no shell that can be completed"),
            where="SHELL",
            do=tr("Name one of {shells}, as in 'planner completion bash'", shells=", ".join(SHELLS)),
        )
    return name


def _install(shell: str) -> None:
    """Write the script to a file, and let the shell's start-up file read it. Print what was changed."""
    from planner.base.files import make_private_folder, write_whole

    file = _script_file(shell)
    make_private_folder(file.parent)
    write_whole(file, [script(shell).encode()])
    print_line(tr("Wrote {file}.", file=file))
    if shell != "fish":
        _add_line(_start_up_file(shell), f"[ -r {shlex.quote(str(file))} ] && source {shlex.quote(str(file))}")
    print_line(tr("Open a new terminal, type 'planner sh' and press the TAB key to try it."))


def _script_file(shell: str) -> Path:
    """Return the file for the script. fish reads all files of its own folder; the others are told to read it."""
    from planner.store.location import data_folder

    if shell == "fish":
        own = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
        return Path(own) / "fish" / "completions" / "planner.fish"
    return data_folder() / f"completion.{shell}"


def _start_up_file(shell: str) -> Path:
    """Return the file that the shell reads when it starts."""
    if shell == "bash":
        return Path.home() / ".bashrc"
    return Path(os.environ.get("ZDOTDIR") or Path.home()) / ".zshrc"


def _add_line(file: Path, line: str) -> None:
    """Add a line to the end of a start-up file, unless the file has it already. All else in the file stays."""
    from planner.base.files import write_whole

    before = file.read_bytes() if file.exists() else b""
    if line.encode() in before.splitlines():
        print_line(tr("{file} reads it already.", file=file))
        return
    gap = b"" if not before or before.endswith(b"\n") else b"\n"
    write_whole(file, [before, gap, f"# Completion of planner's commands.\n{line}\n".encode()])
    print_line(tr("Added a line to {file} that reads it. Remove the line to undo this.", file=file))

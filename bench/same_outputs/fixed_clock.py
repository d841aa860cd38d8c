"""Run commands of a program at a fixed instant, each in a process of its own.

python bench/same_outputs/fixed_clock.py JOBS

This file only uses what every revision of the program has, because bench.same_outputs also runs it with an earlier one.
JOBS is a JSON file with `root`, the folder that the program must come from; `now`, an instant; `output`, a folder; and
`commands`, the arguments of each command by its name. What a command prints goes to the file of that name, and all exit
codes go to another file. The messages of failed commands are printed to standard error.
"""

import json
import os
import sys
from datetime import datetime
from pathlib import Path

# Commands also end with these exit codes when they have done their work: differences, open findings, an empty result.
EXPECTED = {0, 1, 18, 20}
EXIT_CODES = "exit-codes.txt"


def main() -> None:
    """Run all commands."""
    jobs = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    _load(Path(jobs["root"]), datetime.fromisoformat(jobs["now"]))
    output = Path(jobs["output"])
    codes = {name: _run(name, arguments, output) for name, arguments in jobs["commands"].items()}
    with (output / EXIT_CODES).open("a", encoding="utf-8") as file:
        file.writelines(f"{name}: {code}\n" for name, code in codes.items())
    sys.exit(any(code not in EXPECTED for code in codes.values()))


def _load(root: Path, now: datetime) -> None:
    """Import the program and what every command needs, and stop the program's clock."""
    import sqlalchemy.orm  # noqa: F401

    import planner
    from planner.cli.context import Context

    found = Path(planner.__file__ or "").resolve().parent.parent
    if found != root.resolve():
        sys.exit(f"the program was imported from {found}, not from {root}")
    setattr(Context, "now", lambda _: now)  # noqa: B010


def _run(name: str, arguments: list[str], output: Path) -> int:
    """Run a command in a child process, and return its exit code. A command that prints nothing leaves no file."""
    printed, messages = output / name, output.parent / "messages.txt"
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        _become(arguments, printed, messages)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if printed.stat().st_size == 0:
        printed.unlink()
    if code not in EXPECTED:
        print(f"{name}: exit code {code}: {messages.read_text(encoding='utf-8')}", file=sys.stderr)
    return code


def _become(arguments: list[str], printed: Path, messages: Path) -> None:
    """Run the command in this child process, with its output in the two files."""
    for descriptor, file in ((1, printed), (2, messages)):
        os.dup2(os.open(file, os.O_CREAT | os.O_TRUNC | os.O_WRONLY), descriptor)
    from planner.__main__ import main

    sys.argv = ["planner", *arguments]
    main()


if __name__ == "__main__":
    main()

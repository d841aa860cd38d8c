"""Check that a new clone works on other machines: any Python version, no caches, no terminal, an unusable HOME.

    python -m bench.fresh [--suite] [PYTHON ...]

Needs nothing installed. docs/development.md lists what is tried. The exit code is 1 if something failed.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
VERSIONS = ("3.11", "3.12", "3.13", "3.14")
# Variables of a developer's shell that other machines lack. PIP_* is kept, because it configures the package index.
OWN = ("PLANNER_", "PYTHON", "PYTEST_", "XDG_", "VIRTUAL_ENV", "MAKE", "MFLAGS")
CRASH = "Traceback (most recent call last)"


@dataclass(frozen=True)
class Attempt:
    """A command line with the expected exit codes and output."""

    name: str
    command: list[str]
    variables: dict[str, str]
    exit_codes: tuple[int, ...] = (0,)
    says: str = ""


def pythons() -> dict[str, Path]:
    """Return the installed Python interpreters by version."""
    found = {}
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    for version in VERSIONS:
        managed = sorted(pyenv.glob(f"versions/{version}.*/bin/python"))
        if managed:
            found[version] = managed[-1]
        elif (on_path := shutil.which(f"python{version}")) is not None:
            found[version] = Path(on_path)
    return found


def clone_into(folder: Path) -> Path:
    """Make a new clone of the repository, with an empty home folder next to it."""
    clone = folder / "clone"
    subprocess.run(["git", "clone", "--quiet", str(REPOSITORY), str(clone)], check=True)
    (folder / "home").mkdir()
    return clone


def attempts(folder: Path, python: Path, *, suite: bool) -> Iterator[Attempt]:
    """Yield everything that is tried in a clone, in order."""
    planner = str(folder / "clone" / ".venv" / "bin" / "planner")
    yield Attempt("make demo", ["make", "demo", f"PYTHON={python}"], {}, says="SIMULATED")
    home_is_file = folder / "file"
    home_is_file.touch()
    for name, home in (("HOME is a file", home_is_file), ("HOME cannot be made", Path("/proc/none"))):
        here = {"HOME": str(home)}
        register = ["--db", str(folder / f"{home.name}.sqlite")]
        for command in ("--version", "keys", "views", "drafts"):
            yield Attempt(f"{name}: {command}", [planner, command], here)
        yield Attempt(f"{name}: init", [planner, "init"], here, (8,), "(--db)")
        yield Attempt(f"{name}: demo", [planner, "demo"], here, (8,), "(--db)")
        yield Attempt(f"{name}: overview", [planner, "overview"], here, (6,), "planner init")
        yield Attempt(f"{name}: init --db", [planner, *register, "init"], here, says="223 items")
        for command in ("overview", "my-week", "findings"):
            codes = (18,) if command == "findings" else (0,)
            yield Attempt(f"{name}: {command} --db", [planner, *register, command], here, codes)
    no_characters = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
    register = ["--db", str(folder / "file.sqlite")]
    yield Attempt("plain ASCII: overview", [planner, *register, "overview"], no_characters, says="?")
    yield Attempt("the app", [planner], {}, (2,), "planner overview")
    if suite:
        yield Attempt("make test", ["make", "test", f"PYTHON={python}"], {}, says=" passed")


def carry_out(attempt: Attempt, folder: Path) -> str | None:
    """Run the command without a terminal. Return what was wrong, or None if it succeeded."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(OWN)}
    environment |= {"HOME": str(folder / "home"), "TERM": "dumb", "LANG": "C", "LC_ALL": "C", "PIP_NO_CACHE_DIR": "1"}
    done = subprocess.run(
        attempt.command,
        cwd=folder / "clone",
        env=environment | attempt.variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        check=False,
    )
    output = done.stdout.decode("utf-8", "replace")
    plain = " ".join(output.split())
    if done.returncode not in attempt.exit_codes:
        return f"exit code {done.returncode}: {output[-2000:]}"
    if CRASH in output:
        return f"a traceback: {output[-2000:]}"
    return None if attempt.says.strip() in plain else f"'{attempt.says}' is missing from the output: {output[-2000:]}"


def try_out(version: str, python: Path, *, suite: bool) -> int:
    """Try everything with one Python. Return the number of failed attempts."""
    failed = 0
    with tempfile.TemporaryDirectory(prefix="planner-fresh-") as name:
        folder = Path(name)
        clone_into(folder)
        for attempt in attempts(folder, python, suite=suite):
            failure = carry_out(attempt, folder)
            failed += failure is not None
            print(f"{version}  {attempt.name}: {failure or 'as it should be'}", flush=True)
    return failed


def version_of(python: Path) -> str:
    """Return the version that a Python reports."""
    output = subprocess.run([python, "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"\d+\.\d+", output)
    return found[0] if found else output.strip()


def main() -> int:
    """Try each Python and print the results."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.fresh", description="Try new clones with all installed Pythons."
    )
    parser.add_argument("--suite", action="store_true", help="run the whole test suite in each clone too")
    parser.add_argument("pythons", nargs="*", type=Path, metavar="PYTHON", help="only these instead of all at hand")
    given = parser.parse_args()
    at_hand = {version_of(python): python for python in given.pythons} or pythons()
    failed = sum(try_out(version, python, suite=given.suite) for version, python in at_hand.items())
    if not given.pythons:
        missing = [version for version in VERSIONS if version not in at_hand]
        print(f"Not tried, since not at hand: {', '.join(missing) or 'none'}")
    print(f"{failed} failed")
    return 1 if failed or not at_hand else 0


if __name__ == "__main__":
    sys.exit(main())

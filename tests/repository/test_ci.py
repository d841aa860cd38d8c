"""Continuous integration does first what a newcomer does, in a clone of its own; nothing that fails is passed over."""

import os
import shutil
import subprocess
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOBODY = 65534
# Stands in the place of make: notes what it was asked for, where, and with which of the variables that could help.
MAKE = """\
#!/usr/bin/env bash
helped=$(compgen -e | grep -E '^(PLANNER_|PYTHON|PYTEST_|XDG_|VIRTUAL_ENV)' | tr '\\n' ' ')
echo "make $*|$(ls)|$(ls -A "$HOME")|$(ls -A ..| tr '\\n' ' ')|$helped|${PLANNER_SOURCES:-}" | tr '\\n' ' ' >> "$NOTES"
echo >> "$NOTES"
[ "$*" != "$FAILING" ]
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A shallow checkout that belongs to somebody else, where the system lets us give it away."""
    made = tmp_path / "made"
    (made / ".ci").mkdir(parents=True)
    shutil.copy(ROOT / ".ci" / "run", made / ".ci")
    shutil.copy(ROOT / "README.md", made)
    who = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org"]
    for arguments in (["init", "--quiet"], ["add", "."], [*who, "commit", "--quiet", "-m", "All"]):
        subprocess.run(["git", *arguments], cwd=made, check=True, capture_output=True)
    shallow = tmp_path / "check out"
    subprocess.run(["git", "clone", "--quiet", "--depth", "1", f"file://{made}", str(shallow)], check=True)
    if os.geteuid() == 0:
        for folder, folders, files in os.walk(shallow):
            for name in (".", *folders, *files):
                os.chown(Path(folder) / name, NOBODY, NOBODY)
    return shallow


def run_ci(checkout: Path, tmp_path: Path, failing: str = "") -> tuple[int, list[list[str]]]:
    """Run it with another make; gives its exit code and what that make was asked for."""
    programs, notes, scratch = tmp_path / "programs", tmp_path / "notes", tmp_path / "scratch"
    programs.mkdir()
    scratch.mkdir()
    (programs / "make").write_text(textwrap.dedent(MAKE), encoding="utf-8")
    (programs / "make").chmod(0o755)
    environment = os.environ | {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "NOTES": str(notes),
        "FAILING": failing,
        "TMPDIR": str(scratch),
        "PLANNER_DB": "elsewhere",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PIP_NO_CACHE_DIR": "0",
    }
    environment.pop("PLANNER_SOURCES", None)
    command = ["bash", str(checkout / ".ci" / "run")]
    done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    assert list(scratch.iterdir()) == []
    told = notes.read_text(encoding="utf-8").splitlines() if notes.exists() else []
    return done.returncode, [[part.strip() for part in line.split("|")] for line in told]


def test_the_suite_runs_once_as_a_newcomer_has_it_and_the_rest_follows(checkout: Path, tmp_path: Path) -> None:
    code, calls = run_ci(checkout, tmp_path)
    assert code == 0
    assert [call[0] for call in calls] == ["make test", "make test-more", "make check", "make test-texts"]
    # The clone's own files; an empty home; nothing beside the clone but that; no variable that would help.
    assert calls[0][1:] == ["README.md", "", "clone git home", "", ""]
    assert calls[1][1:] == calls[2][1:] == calls[0][1:]
    assert calls[3][4:] == ["PLANNER_SOURCES", f"{checkout}/../shared/sources"]


@pytest.mark.parametrize(
    ("failing", "calls"), [("test", 1), ("test-more", 2), ("check", 3), ("test-texts", 4)], ids=str
)
def test_whatever_fails_fails_it(checkout: Path, tmp_path: Path, failing: str, calls: int) -> None:
    code, made = run_ci(checkout, tmp_path, failing)
    assert (code, len(made)) == (1, calls)


def test_a_readme_without_the_command_fails_it(checkout: Path, tmp_path: Path) -> None:
    readme = checkout / "README.md"
    readme.write_text(readme.read_text(encoding="utf-8").replace("make test ", "make tests "), encoding="utf-8")
    git = ["git", "-c", "safe.directory=*", "-c", "user.name=S", "-c", "user.email=s@example.org"]
    subprocess.run([*git, "commit", "--quiet", "-am", "Other words"], cwd=checkout, check=True, capture_output=True)
    assert run_ci(checkout, tmp_path) == (1, [])

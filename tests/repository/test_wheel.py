"""The wheel works outside the checkout: it carries the plan's data and the migrations."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# Building a wheel and starting programs from it takes longer than all else that `make test` has.
pytestmark = pytest.mark.more


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's content, away from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def run(unpacked: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python on the unpacked wheel, in an empty home and away from the checkout."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PLANNER", "XDG"))}
    environment |= {"HOME": str(home), "PYTHONPATH": str(unpacked)}
    return subprocess.run(
        [sys.executable, *arguments], cwd=home, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def register_home(
    unpacked: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A home in which `planner init` was run, and what that did."""
    home = tmp_path_factory.mktemp("home")
    return home, run(unpacked, home, "-m", "planner", "init")


def test_it_is_the_wheel_that_runs(unpacked: Path, tmp_path: Path) -> None:
    done = run(unpacked, tmp_path, "-c", "import planner, tui; print(planner.__file__, tui.__file__)")
    assert done.stdout.count(str(unpacked)) == 2


def test_it_carries_the_licence_and_says_that_it_is_typed(unpacked: Path) -> None:
    (licence,) = unpacked.glob("planner-*.dist-info/licenses/LICENSE")
    assert licence.read_bytes() == (ROOT / "LICENSE").read_bytes()
    assert [(unpacked / package / "py.typed").is_file() for package in ("planner", "tui")] == [True, True]


def test_it_carries_the_page_of_man(unpacked: Path) -> None:
    (installed,) = unpacked.glob("planner-*.data/data/share/man/man1/planner.1")
    assert installed.read_bytes() == (ROOT / "docs" / "man" / "planner.1").read_bytes()


def test_init_loads_the_bundled_plan(register_home: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    home, done = register_home
    assert done.stderr == ""
    assert "7 themes, 223 items, 101 tasks, 122 key projects" in done.stdout
    assert str(home) in done.stdout


def test_the_demonstration_runs_without_a_terminal(unpacked: Path, tmp_path: Path) -> None:
    # A year that is a few weeks old is made in a moment.
    done = run(unpacked, tmp_path, "-m", "planner", "demo", "--as-of", "2020-02-21")
    assert done.returncode == 0, done.stderr
    assert "SIMULATED" in done.stdout
    assert "Three cities and one area" in done.stdout


def test_evidence_is_packed_with_pages_and_a_verifier(
    unpacked: Path, register_home: tuple[Path, subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    home, _ = register_home
    done = run(unpacked, home, "-m", "planner", "evidence", "T-001", "-o", str(tmp_path / "pack.zip"))
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(tmp_path / "pack.zip") as archive:
        archive.extractall(tmp_path)
    checked = run(unpacked, tmp_path / "evidence-T-001", "-I", "-S", "verify.py")
    assert checked.returncode == 3, checked.stdout
    assert checked.stdout.startswith("Not proven: nobody signed the root.")

"""The two commands set up what they need: the commands that make would run are whole."""

import os
import shlex
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("uv", ["", "uv"])
@pytest.mark.parametrize(("target", "what"), [("demo", ".[import,reports,integrity]"), ("test", ".[dev]")])
def test_a_target_installs_what_it_needs_with_pip_or_uv(uv: str, target: str, what: str) -> None:
    # As if nothing were installed yet; nothing is run.
    make = ["make", "--always-make", "--dry-run", f"UV={uv}", target]
    told = subprocess.run(make, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    (install,) = [line for line in told.splitlines() if " install " in line]
    assert shlex.split(install)[-2:] == ["-e", what]
    assert install.startswith("uv pip") == bool(uv)


@pytest.mark.parametrize("target", ["demo", "test"])
def test_what_pip_installs_is_compiled_with_all_processors(target: str) -> None:
    make = ["make", "--always-make", "--dry-run", "UV=", target]
    lines = subprocess.run(make, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    (install,) = (number for number, line in enumerate(lines) if " install " in line)
    assert "--no-compile" in shlex.split(lines[install])
    assert lines[install + 1] == ".venv/bin/python -m compileall -qq -j 0 .venv/lib"


def test_variables_that_would_put_packages_elsewhere_are_not_handed_on() -> None:
    """Somebody's own settings of pip and Python must not decide what is in .venv."""
    hindering = {"PIP_USER": "1", "PIP_TARGET": "elsewhere", "PIP_NO_DEPS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    make = ["make", "--eval=told: ; @env", "told"]
    told = subprocess.run(make, cwd=ROOT, env=os.environ | hindering | {"PIP_INDEX_URL": "kept"}, capture_output=True)
    names = {line.split("=")[0] for line in told.stdout.decode().splitlines()}
    assert names & {*hindering, "PIP_INDEX_URL"} == {"PIP_INDEX_URL"}


def test_where_the_environment_cannot_be_made_nothing_half_made_is_left(tmp_path: Path) -> None:
    """Else the next `make` would take it for whole."""
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\n[ "$1" = -c ] && exit 0\nmkdir -p "$3/bin"; touch "$3/bin/python"; exit 1\n')
    python.chmod(0o755)
    venv = tmp_path / "venv"
    make = ["make", f"PYTHON={python}", f"VENV={venv}", "UV=", f"{venv}/bin/python"]
    done = subprocess.run(make, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode != 0
    assert not venv.exists()

"""The two commands set up what they need: the commands that make would run are whole."""

import shlex
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("uv", ["", "uv"])
@pytest.mark.parametrize(("target", "what"), [("demo", ".[reports,integrity]"), ("test", ".[dev]")])
def test_a_target_installs_what_it_needs_with_pip_or_uv(uv: str, target: str, what: str) -> None:
    # As if nothing were installed yet; nothing is run.
    make = ["make", "--always-make", "--dry-run", f"UV={uv}", target]
    told = subprocess.run(make, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    (install,) = [line for line in told.splitlines() if " install " in line]
    assert shlex.split(install)[-2:] == ["-e", what]
    assert install.startswith("uv pip") == bool(uv)

"""What a contributor needs: locked versions, hooks, issue forms, and a workflow that runs what developers run."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("[!c]*.yml"))


def loaded(name: str) -> dict[Any, Any]:
    """A file of the repository that is written in YAML."""
    found: dict[Any, Any] = yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))
    return found


def locked() -> dict[str, list[tuple[str, int]]]:
    """For each package of the lock file: its versions, each with the number of its digests."""
    found: dict[str, list[tuple[str, int]]] = {}
    for name, version, digests in re.findall(
        r"^([\w.-]+)==(\S+)[^\\\n]*((?:\\\n +--hash=sha256:\w{64} ?)*)", LOCK, re.MULTILINE
    ):
        found.setdefault(canonicalize_name(name), []).append((version, digests.count("--hash")))
    return found


def needed() -> list[Requirement]:
    """The requirements of the program and of all extras that `make locked` sets up."""
    extras = PROJECT["optional-dependencies"]
    lines = [*PROJECT["dependencies"], *(line for name in extras if name != "pictures" for line in extras[name])]
    return [found for line in lines if (found := Requirement(line)).name != "planner"]


def test_the_lock_has_an_allowed_version_of_each_package_that_is_needed() -> None:
    versions = locked()
    assert [
        str(one)
        for one in needed()
        if not any(one.specifier.contains(version) for version, _ in versions.get(canonicalize_name(one.name), []))
    ] == []


def test_each_version_of_the_lock_has_digests_and_no_line_names_a_host() -> None:
    entries = [line for line in LOCK.splitlines() if not line.startswith(" ")]
    versions = [digests for found in locked().values() for _, digests in found]
    assert len(versions) == len(entries)
    assert min(versions) > 0
    assert not re.search(r"://|@|^-", LOCK, re.MULTILINE)


def test_the_workflow_runs_targets_of_make_on_three_systems() -> None:
    jobs = loaded(".github/workflows/tests.yml")["jobs"]
    assert [job["runs-on"] for job in jobs.values()] == ["ubuntu-latest", "macos-latest", "windows-latest"]
    commands = [step["run"].split() for job in jobs.values() for step in job["steps"] if "run" in step]
    assert {program for program, *_ in commands} == {"make"}
    targets = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert targets is not None
    assert {target for _, target, *_ in commands} <= set(targets[1].split())
    linux = [step.get("run") for step in jobs["linux"]["steps"]]
    assert [f"make {target}" in linux for target in ("test", "test-more", "check", "docs")] == [True] * 4
    # Nothing that fails is passed over.
    assert "continue-on-error" not in (ROOT / ".github/workflows/tests.yml").read_text(encoding="utf-8")


def test_each_hook_runs_a_program_and_files_that_are_there() -> None:
    (own,) = loaded(".pre-commit-config.yaml")["repos"]
    assert own["repo"] == "local"
    for hook in own["hooks"]:
        program, *words = hook["entry"].split()
        assert program in ("make", ".venv/bin/python", ".venv/bin/ruff")
        assert [word for word in words if "/" in word and not (ROOT / word).exists()] == []


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.stem)
def test_an_issue_form_has_what_it_must_have(form: Path) -> None:
    found = loaded(str(form.relative_to(ROOT)))
    assert found["name"]
    assert found["description"]
    asked = [part for part in found["body"] if part["type"] != "markdown"]
    assert all(part["attributes"]["label"] for part in asked)
    assert len({part["id"] for part in asked}) == len(asked)
    assert any(part["validations"]["required"] for part in asked)


def test_files_are_written_as_the_editor_s_settings_say() -> None:
    settings = (ROOT / ".editorconfig").read_text(encoding="utf-8")
    assert "root = true" in settings
    names = [*ROOT.glob("*.md"), *ROOT.glob("*.yml"), *ROOT.glob(".github/**/*.yml"), ROOT / "Makefile"]
    texts = {name.name: name.read_bytes() for name in names}
    wrong = [name for name, text in texts.items() if b"\r" in text or not text.endswith(b"\n") or b" \n" in text]
    assert wrong == []

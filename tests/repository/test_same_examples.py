"""The property tests of every day do not depend on what was imported before them."""

import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import EFFORT


def examples() -> list[int]:
    """The numbers that a property test tries."""
    tried: list[int] = []

    @settings(max_examples=300, derandomize=True, database=None)
    @given(st.integers())
    def try_one(number: int) -> None:
        tried.append(number)

    try_one()
    return tried


def test_examples_do_not_come_from_the_modules_that_are_imported(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = examples()
    source = tmp_path / "one_more.py"
    source.write_text("\n".join(f"NUMBER = {7_654_321_234_567 + step}" for step in range(100)), encoding="utf-8")
    monkeypatch.setitem(sys.modules, "one_more", module := ModuleType("one_more"))
    module.__file__ = str(source)
    # A soak tries new examples each time, also those that the sources suggest.
    assert EFFORT > 1 or examples() == before

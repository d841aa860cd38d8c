"""What the tests do before the first of them runs."""

import sys
import warnings
from pathlib import Path

import pytest

from tests import conftest
from tests.conftest import TESTS, import_part, part_of_tests


@pytest.mark.parametrize("parts", [1, 3])
def test_each_module_with_tests_is_in_one_part(parts: int) -> None:
    found = [module for part in range(parts) for module in part_of_tests(part, parts)]
    assert len(found) == len(set(found)) == len(list(TESTS.rglob("test_*.py")))
    assert __name__ in found


def test_a_module_that_fails_is_left_to_pytest_and_the_next_one_is_imported(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lines = {"fails": "1 / 0", "warns": "import warnings; warnings.warn('old')", "is_sound": ""}
    for name, text in lines.items():
        (tmp_path / f"test_{name}.py").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(conftest, "part_of_tests", lambda *_: ["test_fails", "test_warns", "test_is_sound"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import_part(0, 1)
    assert [f"test_{name}" in sys.modules for name in lines] == [False, False, True]
    del sys.modules["test_is_sound"]

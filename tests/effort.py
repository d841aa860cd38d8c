"""How hard the tests try: a share of the cases in `make test`, more in `make test-more`, all in `make soak`."""

import os
from typing import Any

import pytest

# How many times as many examples the property tests try: 1 in `make test`; `make soak` sets PLANNER_EFFORT to more.
EFFORT = int(os.environ.get("PLANNER_EFFORT", "1"))


def only_in_more(*values: Any) -> Any:
    """A case of a parametrized test that `make test` leaves to `make test-more`, which continuous integration runs."""
    return pytest.param(*values, marks=pytest.mark.more)


def only_in_soak(*values: Any) -> Any:
    """A case of a parametrized test that `make test` leaves out, because another case already covers most of it."""
    return pytest.param(*values, marks=pytest.mark.soak)

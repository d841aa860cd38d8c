"""planner clock, as typed."""

from datetime import timedelta

import pytest

from planner.cli.context import Context
from tests.writes.test_clock import AHEAD, spoil


@pytest.mark.usefixtures("strict_clock")
def test_declining_to_correct_changes_nothing_and_is_no_error(planner, filled, answered, monkeypatch):
    spoil(filled, monkeypatch)
    monkeypatch.setattr(Context, "now", lambda _: AHEAD - timedelta(days=3000))
    answered("n")
    done = planner("clock", "correct", "--reason", "Its battery was empty.")
    assert (done.exit_code, done.out) == (0, "")
    assert done.err.endswith("Nothing was corrected.\n")
    assert "corrected" not in planner("clock").out

"""The history of an item as blocks of text."""

from datetime import UTC, datetime

import pytest

from planner.base.language import LANGUAGE_VARIABLE, PSEUDO
from planner.base.pseudo_language import pseudo
from planner.queries.history.item_history.entries import HistoryEntry
from tui.widgets.item.records import history_blocks


def test_the_kind_of_an_entry_is_translated(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = HistoryEntry("withdrawal", None, datetime(2020, 4, 1, tzinfo=UTC), "ada", None, "took back")
    monkeypatch.setenv(LANGUAGE_VARIABLE, PSEUDO)
    (block,) = history_blocks([entry], "Asia/Seoul")
    assert f"  {pseudo('withdrawal')}  took back" in block.text.plain

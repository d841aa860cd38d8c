"""The acts on the plan that only one of two compared weeks has, in sentences."""

from typing import Any

import pytest

from planner.domain.rules.weeks import Week
from planner.queries.history.plan_acts import ActKind
from planner.tables.frame import Frame
from planner.weekly.comparing.happened import ACTS, acts_only_in
from planner.weekly.comparing.plain_tables import Tables, plain_table
from planner.weekly.sections.plan_changes import PLAN_CHANGES

WEEK = Week(2020, 14)


def act(change: str, name: str = "Town Archive", was: str | None = None, now: str | None = None, **more: Any) -> Any:
    return {"change": change, "name": name, "fact": None, "from": was, "to": now, "of": "organisation", **more}


def tables(*rows: Any) -> Tables:
    names = [column.name for column in PLAN_CHANGES.columns]
    return {ACTS: plain_table(ACTS, PLAN_CHANGES.key, names, list(rows), Frame(WEEK, WEEK.sunday, False))}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (act("dissolved"), "Town Archive was dissolved"),
        (act("merged", now="Harbour"), "Town Archive was merged into Harbour"),
        (act("renamed", was="Archive", now="Papers"), "Archive was renamed Papers"),
        (act("edited", "Ice", None, "4", fact="label"), "Ice: label: nothing → 4"),
        (act("recorded_late", "Cleo", fact="left"), "recorded late: Cleo: left"),
        (act("recorded_late", "Ice", "Ice", "Snow", fact="title"), "recorded late: Ice: title: Ice → Snow"),
    ],
)
def test_an_act_of_one_week_is_said_as_it_happened(row: Any, said: str) -> None:
    assert list(acts_only_in(tables(row), tables())) == [said]
    assert list(acts_only_in(tables(row), {})) == [said]
    assert list(acts_only_in(tables(row), tables(row))) == []
    assert list(acts_only_in(tables(), tables(row))) == []


@pytest.mark.parametrize("kind", ActKind)
def test_every_kind_of_act_has_a_sentence(kind: ActKind) -> None:
    assert len(list(acts_only_in(tables(act(kind.value, was="A", now="B")), tables()))) == 1

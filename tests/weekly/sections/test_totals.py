"""The section `totals`."""

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from planner.domain.vocabulary import Completion, Confidence, Freshness, Phase, Schedule
from planner.queries.items.register import read_register
from planner.queries.items.views import OrganisationView
from planner.tables.columns import ColumnType
from planner.tables.frame import Frame
from planner.tables.table import Filled
from planner.weekly.sections.totals import TOTALS, By, totals_of
from tests.factories import ended, reading_of, report
from tests.weekly.factories import ITEM, THREE_THEMES
from tests.weekly.week import W14, section_rows

COUNTS = [column.name for column in TOTALS.columns if column.type is ColumnType.WHOLE_NUMBER]
GROUPS = (By.THEME, By.ORGANISATION, By.KIND)


# Any states an item can be in, also such as do not come together.
items = st.builds(
    replace,
    st.just(ITEM),
    theme=st.sampled_from([1, 2]),
    lead=st.sampled_from([OrganisationView(1, "a", "Same name", "A"), OrganisationView(2, "b", "Same name", "B")]),
    kind=st.sampled_from(["task", "key_project"]),
    phase=st.sampled_from(Phase),
    confidence=st.none() | st.sampled_from(Confidence),
    schedule=st.sampled_from(Schedule),
    freshness=st.sampled_from(Freshness),
    completion=st.sampled_from(Completion),
    contradiction=st.booleans(),
    actual=st.none() | st.floats(0, 100),
    weight=st.floats(0.5, 9),
)


def by(rows, word):
    """The rows of one word, by their keys."""
    return {row["key"]: row for row in rows if row["by"] == word}


def test_a_row_each_for_the_plan_its_themes_leads_and_kinds(register):
    report(register, "T-001", as_of=date(2020, 3, 27), percent=10, confidence=Confidence.GREEN)
    report(register, "T-001", as_of=date(2020, 4, 2), percent=40, confidence=Confidence.AMBER)
    report(register, "P-002", as_of=date(2020, 4, 3), phase=Phase.COMPLETED, confidence=Confidence.RED)
    ended(register, "T-003", Phase.CANCELLED, as_of=date(2020, 4, 3))
    rows = section_rows(register, TOTALS)
    assert [(row["by"], row["key"], row["items"]) for row in rows] == [
        ("plan", "harbour-2020", 5),
        ("theme", "1", 3),
        ("theme", "2", 2),
        ("organisation", "harbour-office", 4),
        ("organisation", "town-archive", 1),
        ("kind", "task", 3),
        ("kind", "key_project", 2),
    ]
    plan, theme = rows[0], by(rows, "theme")["1"]
    assert (plan["name"], theme["name"]) == ("Harbour Town work plan 2020", "1 Quays and lights")
    # T-001 and P-002 of the four that are averaged: (40 + 100) / 4; a week before 10 / 5.
    assert (plan["percent"], plan["change_since_last_week"]) == (35.0, 33.0)
    assert (theme["percent"], theme["change_since_last_week"]) == (13.3, 10.0)
    assert (plan["completed"], plan["completed_change"], plan["awaiting_confirmation"]) == (1, 1, 1)
    assert (plan["reported"], plan["reported_change"], plan["cancelled"], plan["no_schedule"]) == (3, 2, 1, 1)
    assert (plan["amber"], plan["red"], plan["unrated"], plan["green"]) == (1, 1, 3, 0)


def test_a_group_of_which_nothing_counts_has_no_mean(sqlite_register):
    ended(sqlite_register, "T-003", Phase.MERGED, as_of=date(2020, 4, 3))
    archive = by(section_rows(sqlite_register, TOTALS), "organisation")["town-archive"]
    assert (archive["items"], archive["merged"]) == (1, 1)
    assert (archive["percent"], archive["expected_percent"], archive["change_since_last_week"]) == (None, None, None)


@given(now=st.lists(items, max_size=8))
def test_the_groups_of_each_word_add_up_to_the_plan(now):
    before = [replace(item, phase=Phase.IN_PROGRESS, freshness=Freshness.DUE) for item in now]
    filled = Filled(TOTALS, Frame(W14, date(2020, 4, 5), simulated=False), tuple(totals_of(THREE_THEMES, now, before)))
    rows: list[dict[str, Any]] = [filled.values(row) for row in filled.rows]
    plan = rows[0]
    for word in GROUPS:
        for count in COUNTS:
            assert sum(row[count] for row in by(rows, word).values()) == plan[count], (word, count)
    assert len({filled.identity(row) for row in filled.rows}) == len(rows)
    for row in rows:
        assert sum(row[phase] for phase in Phase) == row["items"]
        assert sum(row[name] for name in ("green", "amber", "red", "unrated")) == row["items"]
        assert sum(row[name] for name in ("on_track", "behind", "off_track", "overdue", "no_schedule")) == row["items"]
        assert sum(row[name] for name in ("reported", "due", "stale", "never", "not_owed")) == row["items"]


@given(now=st.lists(items, max_size=8))
def test_the_mean_of_the_plan_lies_between_those_of_its_groups(now):
    plan, *groups = totals_of(THREE_THEMES, now, now)
    for word in GROUPS:
        means = [group.now.actual for group in groups if group.by is word and group.now.actual is not None]
        if plan.now.actual is None:
            assert means == []
        else:
            assert min(means) - 1e-6 <= plan.now.actual <= max(means) + 1e-6


def test_a_kind_without_items_has_no_row(register):
    with register.reading() as session:
        plan = reading_of(session).plan
        tasks = [item for item in read_register(reading_of(session)) if item.kind == "task"]
    assert [row.key for row in totals_of(plan, tasks, []) if row.by is By.KIND] == ["task"]
    assert [row.key for row in totals_of(plan, [], []) if row.by is By.KIND] == []

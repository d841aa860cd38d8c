"""Narrowing a large register: quick, and the same as looking at each item by itself."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.base.errors import UnknownNameError
from planner.domain.vocabulary import Basis, Completion, Confidence, Freshness, MeasuredBy, Phase, Schedule
from planner.queries.items.filter_index import FilterIndex
from planner.queries.items.filters import NO_MEASURE, NO_RULE, VALUES, WORDS, Facet, Filters, filtered, filters_spelled
from planner.queries.items.ordering import ORDERS, order_of
from planner.queries.items.views import ItemView, OrganisationView

BODIES = [OrganisationView(number, f"body-{number}", name, name[:6]) for number, name in
          enumerate(("Harbour Office", "Town Archive", "港口办公室"))]  # fmt: skip
DAY = date(2020, 9, 16)


def item(**fields: Any) -> ItemView:
    """An item of which only what is narrowed and sorted by matters."""
    usual: dict[str, Any] = {
        "id": 0, "code": "T-001", "kind": "task", "title": "Mend", "basis": Basis.WORKING, "theme": 1,
        "theme_title": "Quays", "measure": "M1.01", "measure_title": "Mended quays", "allocation_basis": Basis.WORKING,
        "lead": BODIES[0], "lead_basis": Basis.WORKING, "lead_rule": None, "lead_rule_key": None, "lead_note": None,
        "supporting": (),
        "starts": DAY, "starts_basis": Basis.DERIVED, "baseline_due": DAY, "due_basis": Basis.DERIVED,
        "current_due": DAY, "measured_by": MeasuredBy.REPORTS, "weight": 1.0, "phase": Phase.IN_PROGRESS,
        "confidence": None, "actual": None, "expected": 0.0, "schedule": Schedule.ON_TRACK,
        "freshness": Freshness.DUE, "days_late": 0, "days_late_baseline": 0, "contradiction": False,
        "completion": Completion.NONE, "returned": None, "last": None, "milestones": (),
    }  # fmt: skip
    return ItemView(**usual | fields)


bodies = st.sampled_from(BODIES)
drawn = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["task", "key_project"]),
        "title": st.sampled_from(("Mend the quays", "Ask for charts", "港口", "MEND", "")),
        "theme": st.integers(1, 3),
        "theme_title": st.sampled_from(("Quays", "Charts")),
        "measure": st.sampled_from(("M1.01", "M1.02", None)),
        "lead_rule_key": st.none() | st.sampled_from(("lead-harbour", "lead-rooms")),
        "lead": bodies,
        "supporting": st.lists(bodies, max_size=2, unique=True).map(tuple),
        "phase": st.sampled_from((Phase.NOT_STARTED, Phase.IN_PROGRESS, Phase.COMPLETED)),
        "confidence": st.none() | st.sampled_from(Confidence),
        "schedule": st.sampled_from((Schedule.ON_TRACK, Schedule.BEHIND, Schedule.OVERDUE)),
        "freshness": st.sampled_from(Freshness),
        "basis": st.sampled_from(Basis),
        "actual": st.none() | st.sampled_from((0.0, 40.0)),
        "current_due": st.sampled_from((DAY, date(2020, 1, 1))),
    }
)


def register_of(some: list[dict[str, Any]]) -> list[ItemView]:
    """Items as the register gives them: each with a code of its kind, tasks before key projects."""
    tasks_first = sorted(some, key=lambda fields: fields["kind"] != "task")
    letters = {"task": "T", "key_project": "P"}
    return [
        item(id=number, position=number, code=f"{letters[fields['kind']]}-{number:03}", **fields)
        for number, fields in enumerate(tasks_first)
    ]


registers = st.lists(drawn, max_size=20).map(register_of)


def _chosen(facet: Facet) -> st.SearchStrategy[Any]:
    values = {
        Facet.THEME: (1, 2, 9),
        Facet.MEASURE: ("M1.02", "M9.01", NO_MEASURE),
        Facet.KIND: ("task", "key_project", "topic"),
        Facet.LEAD: ("body-0", "body-2"),
        Facet.RULE: ("lead-rooms", NO_RULE),
        Facet.MINE: ("body-0", "body-1"),
    }
    return st.none() | st.sets(st.sampled_from(values.get(facet) or WORDS[facet]), max_size=2)


searches = st.sampled_from(("", "  ", "mend", "QUAY", "港口", "t-00 quays", "archive", "nothing"))
filters = st.builds(Filters, search=searches, **{facet.value: _chosen(facet) for facet in Facet})


@given(registers, filters)
def test_the_same_items_pass_as_one_by_one(items: list[ItemView], asked: Filters):
    assert list(FilterIndex(items).apply(asked).items) == filtered(items, asked)


@given(registers, filters)
def test_narrowing_again_changes_nothing(items: list[ItemView], asked: Filters):
    once = FilterIndex(items).apply(asked).items
    assert list(FilterIndex(once).apply(asked).items) == list(once)


@given(registers, filters, st.sampled_from(Facet))
def test_a_facet_counts_what_each_of_its_values_would_leave(items: list[ItemView], asked: Filters, facet: Facet):
    within = filtered(items, asked.choosing(facet, ()))
    expected = Counter(value for one in within for value in set(VALUES[facet](one)))
    counts = FilterIndex(items).apply(asked).counts[facet]
    assert {value: number for value, number in counts.items() if number} == dict(expected)


@given(registers, filters, st.sampled_from(sorted(ORDERS)), st.booleans())
def test_items_that_are_alike_in_a_column_stay_in_the_order_of_their_codes(
    items: list[ItemView], asked: Filters, column: str, reverse: bool
):
    found = FilterIndex(items).apply(asked, column, reverse=reverse).items
    assert list(found) == sorted(filtered(items, asked), key=order_of(column), reverse=reverse)


@given(registers, filters, st.sampled_from(("code", "title")), st.booleans())
def test_it_says_where_an_item_stands(items: list[ItemView], asked: Filters, column: str, reverse: bool):
    found = FilterIndex(items).apply(asked, column, reverse=reverse)
    places = {one.code: found.place_of(one.code) for one in items}
    assert {code: place for code, place in places.items() if place is not None} == {
        one.code: place for place, one in enumerate(found.items)
    }
    assert found.place_of("X-999") is None
    assert list(found.codes) == [one.code for one in found.items]
    assert list(found.items[1:]) == list(found.items)[1:]


@given(filters)
def test_filters_are_read_as_they_were_spelled(asked: Filters):
    assert filters_spelled(asked.spelled(), asked.search) == asked


@pytest.mark.parametrize("column", ORDERS)
def test_every_column_sorts_items_that_have_nothing_in_it(column: str):
    items = [item(), item(id=1, code="T-002")]
    assert list(FilterIndex(items).apply(Filters(), column).items) == items


def test_nothing_is_sorted_by_what_is_no_column():
    with pytest.raises(UnknownNameError, match="items cannot be sorted by 'x'"):
        FilterIndex([item()]).apply(Filters(), "x")


@given(registers, st.lists(filters, max_size=4))
def test_what_was_asked_before_changes_no_answer(items: list[ItemView], asked: list[Filters]):
    narrowing = FilterIndex(items)
    for one in (*asked, *asked):
        assert list(narrowing.apply(one, "title").items) == list(FilterIndex(items).apply(one, "title").items)
        assert narrowing.is_quick(one, "title")

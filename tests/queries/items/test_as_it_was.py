"""Asked for as of a past day, the plan is as it was: any acts, and each day compared with what was read on it."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import make_url

from planner.base.errors import PlannerError
from planner.queries.items.indicators import read_all_indicators
from planner.queries.items.register import read_register, read_register_on
from planner.register.reading import Reading
from planner.store.database import Database, open_database
from planner.writes.plan_changes.items import ItemEdit, NewItem, add_item, edit_item, move_item
from planner.writes.plan_changes.organisations import merge_organisation, rename_organisation
from planner.writes.plan_changes.split import Part, split_item
from planner.writes.plan_changes.targets import revise_target
from tests.effort import EFFORT
from tests.factories import noon, reading_of
from tests.writes.plan_changes.acts import WHY, act

FIRST = date(2020, 4, 1)
CODES = st.sampled_from(["T-001", "T-002", "T-003", "P-001", "P-002", "N-1"])
BODIES = st.sampled_from(["harbour-office", "town-archive"])
MEASURES = st.sampled_from([("1", "M1.01"), ("1", "M1.02"), ("2", "M2.01"), ("2", "M2.02")])
NUMBERS = st.integers(1, 99)

Act = tuple[Callable[..., object], tuple[Any, ...], dict[str, Any]]


ACTS: st.SearchStrategy[Act] = st.one_of(
    st.builds(
        lambda code, number: (edit_item, (code, ItemEdit(title=f"Title {number}", weight=number), WHY), {}),
        CODES,
        NUMBERS,
    ),
    st.builds(
        lambda code, to, lead: (move_item, (code, WHY), {"theme": to[0], "measure": to[1], "lead": lead}),
        CODES,
        MEASURES,
        BODIES,
    ),
    st.builds(
        lambda to, lead: (add_item, (NewItem("N-1", "New", to[0], lead, date(2020, 12, 1), "task", to[1]), WHY), {}),
        MEASURES,
        BODIES,
    ),
    st.builds(
        lambda code, number: (split_item, (code, [Part(f"A-{number}", "A"), Part(f"B-{number}", "B")], WHY), {}),
        CODES,
        NUMBERS,
    ),
    st.builds(lambda code, number: (revise_target, (code, 1, WHY), {"value": float(number)}), CODES, NUMBERS),
    st.builds(lambda body, number: (rename_organisation, (body, f"Office {number}", WHY), {}), BODIES, NUMBERS),
    st.just((merge_organisation, ("harbour-office", "town-archive", WHY), {})),
)


def _state(reading: Reading) -> tuple[Any, ...]:
    items = read_register(reading)
    indicators = read_all_indicators(reading)
    return items, {item.code: indicators.get(item.id) for item in items}


def _read(database: Database, day: date, known_at: datetime | None = None) -> tuple[Any, ...]:
    with database.reading() as session:
        return _state(reading_of(session, day, known_at))


@settings(max_examples=5 * EFFORT)
@given(days=st.lists(st.lists(ACTS, max_size=3), min_size=2, max_size=5))
def test_each_day_is_read_later_as_it_was_read_on_the_day(loaded_file: Path, days: list[list[Act]]) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "register.sqlite"
        copy(loaded_file, file)
        database = open_database(make_url(f"sqlite:///{file}"))
        seen: dict[date, tuple[Any, ...]] = {}
        for number, acts in enumerate(days):
            day = FIRST + timedelta(days=number)
            for write, given_values, named in acts:
                # An act that is not possible on this day leaves the plan as it is.
                with suppress(PlannerError):
                    act(database, write, *given_values, day=day, **named)
            seen[day] = _read(database, day)
        for day, was in seen.items():
            assert _read(database, day) == was
            assert _read(database, day, noon(day) + timedelta(hours=1)) == was
        with database.reading() as session:
            on_days = read_register_on(reading_of(session, max(seen)), list(seen))
        assert on_days == [items for items, _ in seen.values()]
        database.close()

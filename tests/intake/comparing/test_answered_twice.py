"""An import with the same answers again changes nothing, whatever the answers were."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from planner.intake.comparing.matching import Decisions
from planner.intake.comparing.preview import Preview
from planner.intake.proposed import ProposedItem, ProposedRegister, Severity
from planner.store.database import Database
from tests.effort import EFFORT
from tests.intake.imports import import_register, preview_of, write
from tests.intake.proposals import given as cell
from tests.intake.proposals import item, register

TITLES = (
    "Mend the quays of the old harbour",
    "Mend the quays of the new harbour",
    "Buy two buses",
    "Train the keepers",
    "Open a library",
)
LEADS = ("harbour-office", "town-archive")


def row(number: int, code: str | None, title: str, *, running: bool = False, lead: str | None = None) -> ProposedItem:
    values: dict[str, Any] = {"code": code, "title": title}
    if lead is not None:
        values["lead"] = lead
    if running and code is not None:
        values["number"] = cell(code, number)
    return item(number, **values)


def known(*codes: str) -> ProposedRegister:
    titles = zip(codes, TITLES, strict=False)
    return register(*(row(at, code, title, lead=LEADS[0]) for at, (code, title) in enumerate(titles, 2)))


def answered(database: Database, rows: Callable[[], ProposedRegister], said: Mapping[str, str], **more: Any) -> Preview:
    return preview_of(database, rows(), answers=said, **more)


@pytest.mark.first_cases(2)
@pytest.mark.parametrize("running", [True, False], ids=["running number", "code"])
@pytest.mark.parametrize("by", ["match", "answer"])
def test_a_number_that_is_said_to_be_new_is_added_once(new_register: Any, *, running: bool, by: str) -> None:
    database = new_register()
    import_register(database, known("1", "2"))

    def rows() -> ProposedRegister:
        return register(row(2, "1", "Open a library", running=running))

    said = {"answers": {"plan.csv!A2": "new"}} if by == "answer" else {"decisions": Decisions({"1": "new"})}
    first = preview_of(database, rows(), **said)

    assert [(one.code, one.title) for one in first.new] == [("nocode-1", "Open a library")]
    write(database, first)
    # Also in a later file, without the answer.
    for again in (preview_of(database, rows(), **said), preview_of(database, rows())):
        assert (again.blockers, again.anything) == ((), False)


def _code_of(row: dict[str, Any]) -> Any:
    return row["code"]


_ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "code": st.sampled_from([None, "1", "2", "KP-1", "KP-9"]),
            "title": st.sampled_from([*TITLES, "Mend the quays", "Buy two ferries"]),
            "running": st.booleans(),
            "lead": st.sampled_from([None, *LEADS]),
        }
    ),
    min_size=1,
    max_size=3,
    unique_by=_code_of,
)


@pytest.mark.more
@settings(
    max_examples=10 * EFFORT,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much],
)
@given(rows=_ROWS, new=st.sets(st.sampled_from(["1", "2", "KP-9"])), picks=st.lists(st.integers(0, 3), min_size=9))
def test_the_same_answers_again_change_nothing(
    new_register: Any, rows: list[dict[str, Any]], new: set[str], picks: list[int]
) -> None:
    database = new_register()
    import_register(database, known("1", "2", "KP-1"))
    decisions = Decisions(dict.fromkeys(new, "new"))

    def file() -> ProposedRegister:
        return register(*(row(at, **one) for at, one in enumerate(rows, 2)))

    said: dict[str, str] = {}
    for pick in picks:
        preview = answered(database, file, said, decisions=decisions)
        asked = next((one for one in preview.blockers if one.severity is Severity.QUESTION), None)
        if asked is None:
            break
        said[asked.key] = asked.choices[pick % len(asked.choices)]
    preview = answered(database, file, said, decisions=decisions)
    assume(not preview.blockers)
    write(database, preview)

    again = answered(database, file, said, decisions=decisions)

    assert ([one.what for one in again.blockers], again.anything) == ([], False)

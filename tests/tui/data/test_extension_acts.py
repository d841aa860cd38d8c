"""The acts about later dates: what the person was shown is what is granted or refused."""

from datetime import date

import pytest

from planner.base.errors import NotAllowedError
from planner.store.database import Database
from planner.writes.reports.doubts import DoubtfulError
from tests.answers import ask, take_back
from tests.factories import COLLEAGUE, OFFICER, noon, reading_of, writing_by
from tests.queries.reads import item_at
from tui.data.acts.act import Act, ActDone, Entry
from tui.data.acts.extensions import EXTENSION_ACTS

GRANT, REFUSE = EXTENSION_ACTS[1:]
DAY = date(2020, 4, 1)


def begun(database: Database, act: Act) -> dict[str, str]:
    """The values with which the form of the act begins."""
    assert act.initial is not None
    with database.reading() as session:
        return dict(act.initial(reading_of(session), "T-001"))


def saved(database: Database, act: Act, values: dict[str, str], *, sure: bool = True) -> ActDone:
    with database.writing() as session:
        write = writing_by(session, COLLEAGUE, noon(DAY), DAY)
        return act.write(write, Entry("T-001", {"as_of": DAY, "reason": "Agreed.", **values}, sure=sure))


@pytest.mark.parametrize("act", [GRANT, REFUSE], ids=lambda act: act.name)
def test_a_request_that_replaced_the_one_that_was_shown_is_not_answered(sqlite_register: Database, act: Act):
    ask(sqlite_register, date(2020, 5, 5), milestone=1)
    shown = begun(sqlite_register, act)
    ask(sqlite_register, date(2020, 5, 20), milestone=1, on=date(2020, 3, 19))
    with pytest.raises(NotAllowedError, match="was answered, replaced or taken back in the meantime"):
        saved(sqlite_register, act, shown)
    # Once the second request is taken back, the first counts again.
    take_back(sqlite_register, actor=OFFICER, at=noon(date(2020, 3, 20)))
    saved(sqlite_register, act, shown)
    moved = item_at(sqlite_register, "T-001", DAY).milestones[0].current == date(2020, 5, 5)
    assert moved == (act is GRANT)


def test_who_asks_for_a_date_that_cannot_stand_is_asked_about_it(sqlite_register: Database):
    [asking, *_] = EXTENSION_ACTS
    values = {"date": "due", "to": date(2021, 6, 30), "reason": "The frost.", "as_of": DAY}
    with sqlite_register.writing() as session:
        write = writing_by(session, OFFICER, noon(DAY), DAY)
        with pytest.raises(DoubtfulError, match="is outside the plan"):
            asking.write(write, Entry("T-001", values))

"""Links as of a day on which their item had another wording or code."""

from datetime import timedelta

from planner.domain.vocabulary import LinkState
from planner.queries.links.names import read_link, select_links
from planner.queries.links.standing import read_links
from planner.store.database import Database
from planner.writes.plan_changes.items import ItemEdit, edit_item
from tests.factories import noon, reading_of
from tests.linked import link_item, review
from tests.writes.plan_changes.acts import MAY, WHY, act

BEFORE, LATER = MAY - timedelta(days=1), MAY + timedelta(days=7)
NAME = "T-002:old:duty-1"


def states(database: Database, day: object) -> dict[str, LinkState]:
    with database.reading() as session:
        return {one.name: one.state for one in read_links(reading_of(session, day)) if one.of_item}  # type: ignore[arg-type]


def test_a_review_of_a_later_wording_does_not_make_the_earlier_one_suspect(register: Database) -> None:
    link_item(register, "T-002", "old:duty-1", noon(BEFORE - timedelta(days=7)))
    assert states(register, BEFORE) == {NAME: LinkState.UNREVIEWED}
    act(register, edit_item, "T-002", ItemEdit(title="Train all keepers"), WHY)
    assert states(register, MAY) == {NAME: LinkState.SUSPECT}
    review(register, NAME, at=noon(LATER))
    assert states(register, LATER) == {NAME: LinkState.ACCEPTED}
    assert states(register, BEFORE) == {NAME: LinkState.UNREVIEWED}


def test_a_link_of_a_later_wording_is_not_there_before(register: Database) -> None:
    act(register, edit_item, "T-002", ItemEdit(title="Train all keepers"), WHY)
    link_item(register, "T-002", "old:duty-1", noon(LATER))
    assert states(register, LATER) == {NAME: LinkState.UNREVIEWED}
    assert states(register, BEFORE) == {}


def test_a_link_is_named_by_the_code_of_the_day_or_of_now(register: Database) -> None:
    link_item(register, "T-002", "old:duty-1", noon(BEFORE))
    act(register, edit_item, "T-002", ItemEdit(code="K-2"), WHY)
    with register.reading() as session:
        reading = reading_of(session, BEFORE)
        every = read_links(reading)
        for word in ("T-002", "K-2"):
            assert NAME in [one.name for one in select_links(reading, every, [word])]
            assert read_link(reading, f"{word}:old:duty-1").name == NAME

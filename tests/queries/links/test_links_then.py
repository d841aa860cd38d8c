"""Links as of a day on which their item had another wording or code."""

from datetime import timedelta

import pytest

from planner.domain.vocabulary import LinkState
from planner.queries.links.names import read_link, select_links
from planner.queries.links.standing import read_links
from planner.queries.links.suspects import ids_of_suspects
from planner.store.database import Database
from planner.writes.plan_changes.items import ItemEdit, edit_item
from tests.factories import noon, reading_of
from tests.linked import give_earlier_fingerprint, link_item, review
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


@pytest.mark.parametrize("of_earlier_version", [False, True])
def test_a_new_code_does_not_make_a_link_suspect(register: Database, of_earlier_version: bool) -> None:
    if of_earlier_version:
        give_earlier_fingerprint(register, "T-002")
    link_item(register, "T-002", "old:duty-1", noon(BEFORE))
    review(register, NAME, at=noon(BEFORE))
    act(register, edit_item, "T-002", ItemEdit(code="K-2"), WHY)
    link_item(register, "K-2", "old:duty-2", noon(LATER))
    assert states(register, LATER) == {
        "K-2:old:duty-1": LinkState.ACCEPTED,
        "K-2:old:duty-2": LinkState.UNREVIEWED,
    }
    assert states(register, BEFORE) == {NAME: LinkState.ACCEPTED, "T-002:old:duty-2": LinkState.UNREVIEWED}
    with register.reading() as session:
        assert ids_of_suspects(reading_of(session, LATER)) == []


@pytest.mark.parametrize("of_earlier_version", [False, True])
def test_a_title_that_comes_back_is_the_one_that_was_reviewed(register: Database, of_earlier_version: bool) -> None:
    if of_earlier_version:
        give_earlier_fingerprint(register, "T-002")
    link_item(register, "T-002", "old:duty-1", noon(BEFORE))
    title = act(register, edit_item, "T-002", ItemEdit(title="Train all keepers"), WHY).changes["title"][0]
    assert states(register, MAY) == {NAME: LinkState.SUSPECT}
    act(register, edit_item, "T-002", ItemEdit(title=title), WHY, day=LATER)
    assert states(register, LATER) == {NAME: LinkState.UNREVIEWED}


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

"""A fingerprint that is not that of its words is found, although the row agrees with the log."""

import pytest
from sqlalchemy import select

from planner.base.errors import BrokenHistoryError
from planner.evidence.anchor import Anchoring
from planner.evidence.pack import make_pack
from planner.integrity.problems import ProblemKind
from planner.integrity.verifying import verify
from planner.store.database import Database
from planner.store.journal import writing
from planner.store.models import Clause, Item, LinkReview, Measure, row_values
from planner.writes.plan_changes.items import ItemEdit, edit_item
from tests.evidence.packs import no_step
from tests.factories import ACTOR, noon, reading_of
from tests.linked import give_earlier_fingerprint, on, review, reword
from tests.writes.plan_changes.acts import MAY, WHY, act


def problems(database: Database) -> list[tuple[str, str]]:
    with database.reading() as session:
        return [(one.kind.value, one.where) for one in verify(session, no_step).problems]


def test_the_fingerprint_of_an_earlier_version_is_that_of_a_code_that_the_item_had(sqlite_register: Database) -> None:
    give_earlier_fingerprint(sqlite_register, "T-001")
    act(sqlite_register, edit_item, "T-001", ItemEdit(code="K-1"), WHY)
    assert problems(sqlite_register) == []
    with sqlite_register.reading() as session:
        make_pack(reading_of(session, MAY), "K-1", Anchoring(), no_step)


@pytest.mark.first_cases(1)
@pytest.mark.parametrize("model", [Item, Measure, Clause])
def test_a_fingerprint_of_other_words_is_found_as_in_an_evidence_pack(
    sqlite_register: Database, model: type[Item | Measure | Clause]
) -> None:
    assert problems(sqlite_register) == []
    with sqlite_register.writing() as session, writing(session, ACTOR, noon(MAY)) as journal:
        row = session.get_one(model, 1)
        journal.change(row, {"fingerprint": "0" * 64}, action="test", label="row")
        place = f"{model.__tablename__} 1"
    assert problems(sqlite_register) == [(ProblemKind.FINGERPRINT.value, place)]
    if model is Item:
        with sqlite_register.reading() as session, pytest.raises(BrokenHistoryError, match="its fingerprint is not"):
            make_pack(reading_of(session, MAY), "T-001", Anchoring(), no_step)


@pytest.mark.parametrize("said", [True, False])
def test_a_review_that_hides_or_invents_another_wording_is_found(register: Database, said: bool) -> None:
    review(register, at=on(1))
    reword(register, "M1.01", "Mended piers", on(2))
    review(register, reason="Only the words are others.", at=on(3))
    assert problems(register) == []

    with register.writing() as session, writing(session, ACTOR, on(4)) as journal:
        row = session.execute(select(LinkReview).where(LinkReview.reworded != said)).scalar_one()
        lying = {name: value for name, value in row_values(row).items() if name != "id"} | {"reworded": said}
        journal.add(LinkReview(**lying), action="review", label="row")

    assert problems(register) == [(ProblemKind.FINGERPRINT.value, "link_review 3")]

"""Reviewing links: what is recorded, what is refused, and what two people who decide at once are told."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from planner.base.errors import BadValueError, NotAllowedError, UnknownNameError
from planner.domain.vocabulary import Coverage, LinkState, LinkType, ReviewDecision
from planner.store.database import Database
from planner.store.models import AuditEvent, LinkReview, row_values
from planner.writes.link_reviews import LinkConflictError, LinkVerdict, refusal
from planner.writes.undo import undo
from tests.factories import COLLEAGUE, OFFICER, writing_by
from tests.linked import LINK, attach_copy, link, links, on, review, reword
from tests.writes.refusals import counts, gained

CHANGED, REJECTED = ReviewDecision.CHANGED, ReviewDecision.REJECTED


def test_a_review_is_one_row_and_one_event_and_pins_both_ends(register: Database):
    reword(register, "M1.01", "Mended piers", on(1))
    before, shown = counts(register), link(register)
    (after,) = review(
        register,
        decision=CHANGED,
        coverage=Coverage.PARTIAL,
        rationale=" It helps. ",
        reason="Piers are more.",
        at=on(2),
    )

    assert gained(register, before) == {"link_review": 1, "audit_event": 1}
    assert (after.state, after.coverage, after.rationale) == (LinkState.CHANGED, Coverage.PARTIAL, "It helps.")
    with register.reading() as session:
        row = session.execute(select(LinkReview)).scalar_one()
        event = session.execute(select(AuditEvent).order_by(AuditEvent.seq.desc()).limit(1)).scalar_one()
    assert (row.near_fingerprint, row.clause_fingerprint) == (shown.near.fingerprint, shown.clause.fingerprint)
    assert (row.type, row.coverage, row.rationale) == ("implements", "partial", "It helps.")
    body = json.loads(event.body)
    assert (event.action, event.table_name, event.label, event.actor) == ("review", "link_review", LINK, "brook")
    assert (body["reason"], body["after"]["id"]) == ("Piers are more.", row_values(row)["id"])


def test_a_review_says_whether_it_saw_other_words_than_the_link_was_made_with(register: Database):
    review(register, at=on(1))
    reword(register, "M1.01", "Mended piers", on(2))
    review(register, reason="Only the words are others.", at=on(3))
    reword(register, "M1.01", "Mended quays", on(4))
    review(register, reason="They are the first ones.", at=on(5))

    with register.reading() as session:
        assert session.execute(select(LinkReview.reworded).order_by(LinkReview.id)).scalars().all() == [
            False,
            True,
            False,
        ]


def test_several_links_are_decided_in_one_write(register: Database):
    review(register, "M1.01:duty-1", "M1.01:old:duty-1", "m1.02:duty-1", reason=None, at=on(1))
    states = {name: one.state for name, one in links(register).items() if one.review}
    assert states == {"M1.01:old:duty-1": LinkState.ACCEPTED, "M1.02:old:duty-1": LinkState.ACCEPTED}
    with register.reading() as session:
        assert len(set(session.execute(select(LinkReview.recorded_at)).scalars())) == 1


@pytest.mark.parametrize(
    ("decision", "said", "words"),
    [
        (REJECTED, {"reason": " "}, "needs a reason"),
        (CHANGED, {"coverage": Coverage.PARTIAL, "reason": None}, "needs a reason"),
        (CHANGED, {"coverage": Coverage.FULL, "type": LinkType.IMPLEMENTS}, "another type"),
        (CHANGED, {}, "another type"),
        (ReviewDecision.ACCEPTED, {"type": LinkType.SUPPORTS}, "keeps its type"),
        (REJECTED, {"rationale": "Because."}, "keeps its type"),
        (REJECTED, {"reason": "\x07"}, "cannot be stored"),
    ],
)
def test_what_a_decision_cannot_be_is_refused_with_nothing_written(
    sqlite_register: Database, decision: ReviewDecision, said: dict[str, Any], words: str
):
    before = counts(sqlite_register)
    with pytest.raises(BadValueError) as caught:
        # The other link could have it, and does not get it either.
        review(sqlite_register, "M1.02:new:duty-1", LINK, decision=decision, at=on(1), **said)
    assert words in caught.value.message
    assert gained(sqlite_register, before) == {}


def test_to_clear_a_suspect_link_or_to_take_back_a_rejection_needs_a_reason(sqlite_register: Database):
    accept = LinkVerdict(ReviewDecision.ACCEPTED)
    assert refusal(link(sqlite_register), accept) is None
    review(sqlite_register, decision=REJECTED, reason="It is another's.", at=on(1))
    assert refusal(link(sqlite_register), accept) == "accepting a rejected link needs a reason"
    review(sqlite_register, reason="It is ours after all.", at=on(2))
    assert link(sqlite_register).holds
    reword(sqlite_register, "M1.01", "Mended piers", on(3))
    assert refusal(link(sqlite_register), accept) == "accepting a suspect link needs a reason"


def test_nobody_decides_about_another_wording_than_they_were_shown(register: Database):
    seen = {LINK: link(register).seen, "M1.02:old:duty-1": link(register, "M1.02:old:duty-1").seen}
    reword(register, "M1.01", "Mended piers", on(1))
    before = counts(register)
    with pytest.raises(LinkConflictError) as caught:
        review(register, "M1.02:old:duty-1", LINK, seen=seen, at=on(2))
    assert caught.value.theirs == link(register)
    assert gained(register, before) == {}

    review(register, seen={LINK: link(register).seen}, at=on(3))
    shown = {LINK: link(register).seen}
    attach_copy(register, "old:duty-1", "en", "differs", on(4))
    with pytest.raises(LinkConflictError, match="last reviewed by brook"):
        review(register, seen=shown, at=on(5))
    shown = {LINK: link(register).seen}
    review(register, decision=REJECTED, at=on(6))
    with pytest.raises(LinkConflictError):
        review(register, seen=shown, at=on(7))


def test_what_is_no_link_is_told(sqlite_register: Database):
    with pytest.raises(UnknownNameError):
        review(sqlite_register, "M1.01:old:duty-9", at=on(1))
    with pytest.raises(NotAllowedError):
        review(sqlite_register, actor=OFFICER, at=on(1))


def test_a_review_is_answered_by_another_one_and_not_undone(sqlite_register: Database):
    review(sqlite_register, at=on(1))
    with sqlite_register.writing() as session, pytest.raises(NotAllowedError, match="cannot be undone"):
        undo(writing_by(session, COLLEAGUE, on(2)))

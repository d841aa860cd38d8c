"""Adding links: by a person, and suggested by the program until a person has reviewed them."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from planner.base.errors import BadValueError, NotAllowedError, UnknownNameError
from planner.domain.vocabulary import Coverage, LinkOrigin, LinkState, LinkType, ReviewDecision
from planner.mandates.link_suggestions import as_new_link, suggest_links
from planner.queries.findings.known_register import KnownRegister
from planner.queries.findings.links import unreviewed_links
from planner.queries.mandates.clauses import read_clause_references
from planner.queries.mandates.trace import trace_item
from planner.store.database import Database
from planner.store.models import AuditEvent
from planner.writes.link_reviews import LinkVerdict, refusal
from planner.writes.new_links import NewLink, add_links
from tests.factories import COLLEAGUE, OFFICER, reading_of, writing_by
from tests.linked import link, links, on, review
from tests.writes.refusals import counts, gained

PERSON, MACHINE = LinkOrigin.PERSON, LinkOrigin.MACHINE
NAME = "M1.02:old:duty-3"


def new(near: str = "M1.02", clause: str = "duty-3", rationale: str = "Boats need lights.") -> NewLink:
    """A link that the small plan does not have."""
    return NewLink(near, clause, LinkType.SUPPORTS, Coverage.PARTIAL, rationale)


def add(database: Database, *wanted: NewLink, origin: LinkOrigin = PERSON, actor=COLLEAGUE):
    """Add some links on the first of April."""
    with database.writing() as session:
        return add_links(writing_by(session, actor, on(1)), wanted, origin=origin)


def covered(database: Database) -> bool:
    """Whether the link of M1.02 to the third duty counts."""
    with database.reading() as session:
        return "old:duty-3" in read_clause_references(reading_of(session))["M1.02"]


def test_several_links_are_added_in_one_write(register: Database):
    before = counts(register)
    added = add(register, new(), new("t-001", "NEW:duty-2"))
    assert gained(register, before) == {"link": 2, "audit_event": 2}
    assert [(one.name, one.state, one.suspect) for one in added] == [
        (NAME, LinkState.UNREVIEWED, ()),
        ("T-001:new:duty-2", LinkState.UNREVIEWED, ()),
    ]
    assert covered(register)
    with register.reading() as session:
        events = session.execute(select(AuditEvent).order_by(AuditEvent.seq.desc()).limit(2)).scalars().all()
    assert [(event.action, event.label, event.actor) for event in events] == [
        ("link", "T-001:new:duty-2", "brook"),
        ("link", NAME, "brook"),
    ]


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (new("M9.99"), UnknownNameError),
        (replace(new("T-001"), of_measure=True), UnknownNameError),
        (new(clause="duty-99"), UnknownNameError),
        (new(clause="newest:duty-1"), UnknownNameError),
        (new(clause="duty-1"), BadValueError),
        (new(), BadValueError),
        (new("M2.01", rationale=" "), BadValueError),
    ],
)
def test_if_one_link_is_refused_none_is_added(sqlite_register: Database, wrong: NewLink, error: type[Exception]):
    before = counts(sqlite_register)
    with pytest.raises(error):
        add(sqlite_register, new(), wrong)
    assert gained(sqlite_register, before) == {}


def test_only_those_who_review_links_add_some(sqlite_register: Database):
    before = counts(sqlite_register)
    with pytest.raises(NotAllowedError):
        add(sqlite_register, new(), actor=OFFICER)
    assert gained(sqlite_register, before) == {}


def test_a_suggested_link_counts_only_after_a_review(register: Database):
    (added,) = add(register, new(), origin=MACHINE)
    assert (added.state, added.holds, added.wants_review) == (LinkState.SUGGESTED, False, True)
    assert not covered(register)
    with register.reading() as session:
        reading = reading_of(session)
        known = KnownRegister(reading.session, reading.plan, reading.point)
        assert NAME not in [one.name for one in known.links]
        (statement,) = [one.statement for one in unreviewed_links(known) if one.about.key == NAME]
        assert statement.startswith("The program suggested this link, and nobody has reviewed it: ")
    # An acceptance as the program suggested it needs no reason.
    assert refusal(added, LinkVerdict(ReviewDecision.ACCEPTED)) is None

    review(register, NAME, reason=None, at=on(2))
    assert link(register, NAME).state is LinkState.ACCEPTED
    assert covered(register)
    assert link(register, NAME, known_at=on(1, hour=13)).state is LinkState.SUGGESTED


def test_the_trace_shows_a_suggested_link_apart(sqlite_register: Database):
    add(sqlite_register, new("M1.01", "new:duty-2"), new("M1.01", "old:duty-3"), origin=MACHINE)
    review(sqlite_register, "M1.01:new:duty-2", decision=ReviewDecision.REJECTED, at=on(2))
    with sqlite_register.reading() as session:
        old, newer = trace_item(reading_of(session), "T-001").mandates
    assert (old.suggested, newer.suggested) == (("M1.01:old:duty-3",), ())
    assert [one.name for one in (*old.links, *newer.links)] == ["M1.01:old:duty-1", "M1.01:new:duty-1"]


def test_suggestions_are_the_most_similar_clauses_of_what_has_no_link(sqlite_register: Database):
    with sqlite_register.reading() as session:
        reading = reading_of(session)
        assert suggest_links(reading, least=1, measures=True)[0].near == "M2.02"
        (best, *_) = suggest_links(reading, least=1)
        assert not suggest_links(reading, least=100)
    added = add(sqlite_register, as_new_link(best), origin=MACHINE)
    assert added[0].rationale == f"Suggested by the program: likeness of the texts {best.likeness}%."
    with sqlite_register.reading() as session:
        again = suggest_links(reading_of(session), least=1)
    assert (best.near, best.clause) not in [(one.near, one.clause) for one in again]
    assert links(sqlite_register)[added[0].name].origin is MACHINE

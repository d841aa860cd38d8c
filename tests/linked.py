"""Short ways to reword the ends of links, to attach copies that read otherwise, and to review, for the tests."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.base.fingerprints import (
    clause_fingerprint,
    coded_item_fingerprint,
    item_fingerprint,
    measure_fingerprint,
    text_digest,
)
from planner.domain.vocabulary import ReviewDecision
from planner.queries.links.names import read_link
from planner.queries.links.standing import ExpectedLink, LinkStanding, read_links
from planner.store.database import Database
from planner.store.journal import Actor, Journal, writing
from planner.store.models import (
    AttachedSpan,
    Attachment,
    Citation,
    Clause,
    ClauseExpression,
    Document,
    Expression,
    FindingSide,
    Item,
    Link,
    Mandate,
    Measure,
    TextFinding,
    Theme,
)
from planner.writes.link_reviews import LinkVerdict, review_links
from tests.factories import ACTOR, COLLEAGUE, reading_of, writing_by

LINK = "M1.01:old:duty-1"
LINKS = (
    "M1.01:old:duty-1",
    "M1.01:new:duty-1",
    "M1.02:old:duty-1",
    "M1.02:new:duty-1",
    "M2.01:old:duty-2",
    "M2.01:new:duty-2",
    "M2.02:new:duty-3.1",
)


def on(day: int, month: int = 4, hour: int = 12) -> datetime:
    """An instant of 2020 in UTC."""
    return datetime(2020, month, day, hour, tzinfo=UTC)


def link(database: Database, name: str = LINK, known_at: datetime | None = None) -> LinkStanding:
    """A link as it stands."""
    with database.reading() as session:
        return read_link(reading_of(session, known_at=known_at), name)


def links(database: Database, known_at: datetime | None = None) -> dict[str, LinkStanding]:
    """All links by name."""
    with database.reading() as session:
        return {one.name: one for one in read_links(reading_of(session, known_at=known_at))}


def review(
    database: Database,
    *names: str,
    decision: ReviewDecision = ReviewDecision.ACCEPTED,
    at: datetime,
    reason: str | None = "It is so.",
    actor: Actor = COLLEAGUE,
    seen: dict[str, ExpectedLink] | None = None,
    **said: Any,
) -> tuple[LinkStanding, ...]:
    """Decide about some links, the first one unless others are named; what else is said is of a LinkVerdict."""
    verdict = LinkVerdict(decision, reason=reason, **said)
    with database.writing() as session:
        return review_links(writing_by(session, actor, at), names or (LINK,), verdict, expected=seen)


def reword(database: Database, end: str, words: str, at: datetime, actor: Actor = ACTOR) -> None:
    """Give a measure (M1.01), an item (T-001) or a clause (old:duty-1) another wording, and its fingerprint."""
    with database.writing() as session:
        reword_in(session, end, words, at, actor)


def reword_in(session: Session, end: str, words: str, at: datetime, actor: Actor = ACTOR) -> None:
    """The same in a session that is open."""
    with writing(session, actor, at) as journal:
        row, values = _reworded(session, end, words)
        journal.change(row, values, action="edit", label=end)


def _reworded(session: Session, end: str, words: str) -> tuple[Any, dict[str, str]]:
    if ":" in end:
        clause = clause_row(session, end)
        digests = quoted(session, clause.id)
        mandate, _, key = end.partition(":")
        return clause, {"restatement": words, "fingerprint": clause_fingerprint(mandate, key, words, digests)}
    if end.startswith("M"):
        measure = session.execute(select(Measure).where(Measure.code == end)).scalar_one()
        digest = session.execute(select(Citation.quoted_sha256).where(Citation.id == measure.citation_id)).scalar()
        return measure, {"title": words, "fingerprint": measure_fingerprint(end, words, measure.restatement, digest)}
    item = session.execute(select(Item).where(Item.code == end)).scalar_one()
    measure_code = session.execute(select(Measure.code).where(Measure.id == item.measure_id)).scalar_one()
    return item, {"title": words, "fingerprint": item_fingerprint(words, measure_code)}


def give_earlier_fingerprint(database: Database, code: str) -> None:
    """Give an item the fingerprint that earlier versions of the program gave it."""
    with database.writing() as session, writing(session, ACTOR, on(1)) as journal:
        item = session.execute(select(Item).where(Item.code == code)).scalar_one()
        measure = session.get_one(Measure, item.measure_id).code
        digest = coded_item_fingerprint(code, item.title, measure)
        journal.change(item, {"fingerprint": digest}, action="test", label=code)


def clause_row(session: Session, reference: str) -> Clause:
    """A clause by its name among all versions."""
    mandate, _, key = reference.partition(":")
    chosen = select(Clause).join(Mandate, Mandate.id == Clause.mandate_id)
    return session.execute(chosen.where(Mandate.key == mandate, Clause.key == key)).scalar_one()


def quoted(session: Session, clause: int) -> dict[str, str]:
    """The digest of a clause's text in each language."""
    rows = session.execute(
        select(Expression.language, Citation.quoted_sha256)
        .join(ClauseExpression, ClauseExpression.expression_id == Expression.id)
        .join(Citation, Citation.id == ClauseExpression.citation_id)
        .where(ClauseExpression.clause_id == clause)
    )
    return {language: digest for language, digest in rows}  # noqa: C416  (rows are not pairs to the type checker)


def link_item(database: Database, code: str, clause: str, at: datetime) -> None:
    """Draw a link from an item by itself to a clause, as it stands."""
    with database.writing() as session, writing(session, ACTOR, at) as journal:
        item = session.execute(select(Item).where(Item.code == code)).scalar_one()
        far = clause_row(session, clause)
        drawn = Link(
            item_id=item.id,
            clause_id=far.id,
            type="supports",
            coverage="partial",
            rationale="It is about the same.",
            near_fingerprint=item.fingerprint,
            clause_fingerprint=far.fingerprint,
        )
        journal.add(drawn, action="link", label=f"{code}:{clause}")


def raise_finding(database: Database, key: str, about: str, name: str, clause: str | None = None) -> None:
    """Add a finding of the texts about a theme (by its number) or a measure (by its code), and about a clause."""
    with database.writing() as session, writing(session, ACTOR, on(1)) as journal:
        finding = TextFinding(key=key, kind="terms-differ", statement=f"A finding {key}.")
        journal.add(finding, action="seed", label=key)
        session.flush()
        theme = select(Theme.id).where(Theme.number == int(name)) if about == "theme" else None
        thing = select(Measure.id).where(Measure.code == name) if theme is None else theme
        side = FindingSide(
            finding_id=finding.id,
            position=1,
            label="The plan",
            lacks=False,
            document_id=session.execute(select(Document.id).where(Document.key == "plan-ko")).scalar_one(),
            **{f"{about}_id": session.execute(thing).scalar_one()},
        )
        journal.add(side, action="seed", label=key)
        if clause is not None:
            end = clause_row(session, clause).id
            row = FindingSide(
                finding_id=finding.id,
                position=2,
                label="Duty",
                lacks=True,
                document_id=side.document_id,
                clause_id=end,
            )
            journal.add(row, action="seed", label=key)


def attach_copy(database: Database, end: str, language: str, match: str, at: datetime, name: str = "copy.txt") -> None:
    """Attach a copy of the document that is cited for an end, in which that place is as `match` says."""
    with database.writing() as session:
        attach_copy_in(session, end, language, match, at, name)


def attach_copy_in(session: Session, end: str, language: str, match: str, at: datetime, name: str) -> None:
    """The same in a session that is open."""
    with writing(session, ACTOR, at) as journal:
        citation = session.get_one(Citation, citation_of(session, end, language))
        copy = Attachment(
            document_id=citation.document_id,
            sha256=text_digest(name),
            file_name=name,
            text=f"What {name} says.",
            actor=ACTOR.name,
            recorded_at=journal.at,
        )
        journal.add(copy, action="attach", label=name)
        session.flush()
        note_place(journal, copy, citation.id, match)


def note_place(journal: Journal, copy: Attachment, citation: int, match: str) -> None:
    """Note how a place that is cited was found in a copy."""
    start, end = (None, None) if match == "missing" else (0, 4)
    span = AttachedSpan(attachment_id=copy.id, citation_id=citation, match=match, start_point=start, end_point=end)
    journal.add(span, action="attach", label=copy.file_name)


def citation_of(session: Session, end: str, language: str) -> int:
    """The id of the place that is cited for an end, of a clause in a language."""
    if ":" not in end:
        return session.execute(select(Measure.citation_id).where(Measure.code == end)).scalar_one() or 0
    of_clause = select(ClauseExpression.citation_id).join(Expression, Expression.id == ClauseExpression.expression_id)
    wanted = of_clause.where(ClauseExpression.clause_id == clause_row(session, end).id, Expression.language == language)
    return session.execute(wanted).scalar_one()

"""Check that the fingerprints of items, measures and clauses are those of their words, as evidence packs do.

A review of a link must say whether it saw other ones than the link was made with.

Links count as suspect by fingerprints. A wrong one in a row that agrees with the log was written by the program itself.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from planner.base.fingerprints import (
    clause_fingerprint,
    item_fingerprint,
    measure_fingerprint,
    renewed_item_fingerprint,
)
from planner.base.language import tr
from planner.integrity.chain import PORTION
from planner.integrity.problems import ProblemKind, Problems
from planner.register.raw_rows import columns
from planner.store.models import (
    Citation,
    Clause,
    ClauseExpression,
    Expression,
    Item,
    ItemChange,
    Link,
    LinkReview,
    Mandate,
    Measure,
    Redaction,
)

# docs/decisions/0062: a register that is called consistent gives evidence packs.
# A row with its id, the fingerprint that it has, and the one that follows from its words.
_Pair = tuple[int, str, str]


def check_fingerprints(session: Session, problems: Problems) -> int:
    """Report the rows whose fingerprint is not that of their words. Return the number of rows checked.

    Rows of which a redaction removed words are left out, and items that the undo of an import took out: it once gave
    them other codes without new fingerprints.
    """
    redacted = {
        (table, row_id)
        for table, row_id, fields in session.execute(select(Redaction.table_name, Redaction.row_id, Redaction.fields))
        if "title" in fields.split(",")
    }
    checked = 0
    for table, pairs in (("item", _items(session)), ("measure", _measures(session)), ("clause", _clauses(session))):
        for row_id, stored, computed in pairs:
            if (table, row_id) in redacted:
                continue
            checked += 1
            if stored != computed:
                what = tr("its fingerprint is not that of its words")
                problems.add(ProblemKind.FINGERPRINT, f"{table} {row_id}", what)
    for review in session.execute(_select_misleading_reviews()).scalars():
        what = tr("it does not say correctly whether a wording had changed since the link was made")
        problems.add(ProblemKind.FINGERPRINT, f"link_review {review}", what)
    return checked


def _select_misleading_reviews() -> Select[int]:
    """Select the reviews of which `reworded` contradicts the fingerprints."""
    same = and_(
        LinkReview.near_fingerprint == Link.near_fingerprint, LinkReview.clause_fingerprint == Link.clause_fingerprint
    )
    misleading = or_(and_(LinkReview.reworded, same), and_(~LinkReview.reworded, ~same))
    return select(LinkReview.id).join(Link, Link.id == LinkReview.link_id).where(misleading).order_by(LinkReview.id)


def _items(session: Session) -> Iterator[_Pair]:
    item, measure = columns(Item), columns(Measure)
    rows = select(item.id, item.fingerprint, item.code, item.title, measure.code).outerjoin_from(
        Item.__table__, Measure.__table__, measure.id == item.measure_id
    )
    for row_id, stored, code, title, of_measure in _streamed(session, rows.where(~item.taken_out).order_by(item.id)):
        computed = item_fingerprint(title, of_measure)
        if computed != stored:
            codes = (code, *_earlier_codes(session, row_id))
            computed = renewed_item_fingerprint(stored, codes, title, of_measure)
        yield row_id, stored, computed


def _earlier_codes(session: Session, item_id: int) -> Iterator[str]:
    """Yield the codes that an item had. One of them can be in a fingerprint that an earlier version computed."""
    change = columns(ItemChange)
    rows = select(change.old_value, change.new_value).where(change.item_id == item_id, change.field == "code")
    for old, new in session.execute(rows):
        yield from filter(None, (old, new))


def _measures(session: Session) -> Iterator[_Pair]:
    measure, citation = columns(Measure), columns(Citation)
    words = (measure.code, measure.title, measure.restatement, citation.quoted_sha256)
    rows = select(measure.id, measure.fingerprint, *words).outerjoin_from(
        Measure.__table__, Citation.__table__, citation.id == measure.citation_id
    )
    for row_id, stored, code, title, restatement, quoted in _streamed(session, rows.order_by(measure.id)):
        yield row_id, stored, measure_fingerprint(code, title, restatement, quoted)


def _clauses(session: Session) -> Iterator[_Pair]:
    quoted = _quoted(session)
    clause, mandate = columns(Clause), columns(Mandate)
    rows = select(clause.id, clause.fingerprint, mandate.key, clause.key, clause.restatement).join_from(
        Clause.__table__, Mandate.__table__, mandate.id == clause.mandate_id
    )
    for row_id, stored, of_mandate, key, restatement in _streamed(session, rows.order_by(clause.id)):
        yield row_id, stored, clause_fingerprint(of_mandate, key, restatement, quoted[row_id])


def _quoted(session: Session) -> Mapping[int, dict[str, str]]:
    """Return the digests of what was cited for each clause, by language."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    text, expression, citation = columns(ClauseExpression), columns(Expression), columns(Citation)
    rows = (
        select(text.clause_id, expression.language, citation.quoted_sha256)
        .join_from(ClauseExpression.__table__, Expression.__table__, expression.id == text.expression_id)
        .join(Citation.__table__, citation.id == text.citation_id)
    )
    for clause_id, language, digest in session.execute(rows):
        found[clause_id][language] = digest
    return found


def _streamed(session: Session, rows: Any) -> Iterator[Any]:
    return iter(session.execute(rows, execution_options={"yield_per": PORTION}))

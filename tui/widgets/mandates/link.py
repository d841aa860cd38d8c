"""A link as a table row, and in full with both ends, their changes since the last review, and its reviews."""

from collections.abc import Iterator
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from textual.content import Content

from planner.base.language import later, tr
from planner.base.visible_text import right_to_left
from planner.base.word_diff import PieceKind, reworded
from planner.domain.symbols import words
from tui.marks import HEADING, MUTED, STRONG, TROUBLE, mark, one_line
from tui.widgets.blocks import Block
from tui.widgets.item.mandate_basis import text_blocks
from tui.widgets.table import Column, code_column

if TYPE_CHECKING:
    from planner.queries.links.changes import CopyText, EndChange, LinkDetail
    from planner.queries.links.reviews import LinkReviewView
    from planner.queries.links.standing import LinkEnd, LinkStanding
    from planner.queries.mandates.clause_views import ClauseView

COLUMNS: "list[Column[LinkStanding]]" = [
    code_column(lambda link: link.near.name, later("From"), key="near"),
    Column("clause", later("To"), lambda link, _: Content.styled(link.clause.name, STRONG), 20, narrow=18),
    Column("state", later("Review"), lambda link, _: mark(link.state), 12),
    Column("type", later("Type"), lambda link, _: Content(words(link.type.value)), 12, rank=1),
    Column("coverage", later("Coverage"), lambda link, _: Content(link.coverage.value), 8, rank=2),
    Column("title", later("Title"), lambda link, _: Content(one_line(link.near.title)), 16, comfort=16),
]


def link_summary(link: "LinkStanding") -> Content:
    """Return a link on one line, such as "M1.01 implements merged:duty-5, full coverage"."""
    return Content.assemble(
        (link.near.name, STRONG),
        f" {words(link.type.value)} ",
        (link.clause.name, STRONG),
        f", {tr('{word} coverage', word=link.coverage.value)}",
    )


def link_blocks(
    link: "LinkStanding", clause: "ClauseView | None", detail: "LinkDetail | None", time_zone: str
) -> Iterator[Block]:
    """Yield a link in full. `detail` is None until it is loaded, which begins when the cursor rests on the link."""
    yield Block(Content.assemble(link_summary(link), "  ", mark(link.state)))
    yield Block(Content.assemble((f"{tr('Rationale:')} ", MUTED), link.rationale))
    if detail is not None:
        for change in detail.changes:
            yield from _change(change, time_zone)
    else:
        yield from (Block(Content.styled(f"≠ {end.why}", TROUBLE), "-heading") for end in link.suspect)
    yield from _end(link.near)
    yield from _end(link.clause)
    for text in clause.texts if clause else ():
        yield from text_blocks(text)
    yield from _reviews(detail, link, time_zone)


def _end(end: "LinkEnd") -> Iterator[Block]:
    yield Block(Content.styled(f"{words(end.kind).capitalize()} {end.name}", HEADING), "-heading")
    yield _labelled("", end.title)


def _change(change: "EndChange", time_zone: str) -> Iterator[Block]:
    """Yield the old and the present text at one end of a link.

    The old text is from the last review of the link, or from its creation if it has no review.
    """
    yield Block(Content.styled(f"≠ {change.end.why}", f"bold {TROUBLE}"), "-heading")
    if change.actor and change.recorded_at:
        day = change.recorded_at.astimezone(ZoneInfo(time_zone))
        author = tr("by {actor} on {time}", actor=one_line(change.actor), time=f"{day:%Y-%m-%d %H:%M}")
        yield Block(Content.styled(author, MUTED), "-detail")
    for field in change.fields:
        yield Block(Content.styled(f"{field.word.capitalize()}", MUTED), "-detail")
        yield from _before_and_after(field.before or "", field.after or "")
    for copy in change.copies:
        yield from _copy(copy)
    if change.why_unknown:
        yield Block(Content.styled(f"! {change.why_unknown}", TROUBLE), "-detail")


def _copy(copy: "CopyText") -> Iterator[Block]:
    yield Block(Content.styled(copy.copy.statement, MUTED), "-detail")
    if copy.cited is not None and copy.found is not None:
        yield from _before_and_after(copy.cited, copy.found)
    elif copy.found is not None:
        yield _labelled(tr("attached copy:"), copy.found)
    elif copy.cited is not None:
        yield _labelled(tr("cited, but not found in the copy:"), copy.cited)


def _before_and_after(before: str, after: str) -> Iterator[Block]:
    """Yield both texts. Words that only one of the texts has are highlighted."""
    pieces = reworded(before, after)
    for label, left_out, marked, style in (
        (tr("before:"), PieceKind.CAME, PieceKind.WENT, "strike $text-error"),
        (tr("now:"), PieceKind.WENT, PieceKind.CAME, "bold underline $text-success"),
    ):
        parts = [(piece.text, style if piece.fate is marked else "") for piece in pieces if piece.fate is not left_out]
        yield Block(Content.assemble((f"{label} ", MUTED), *(parts or [(tr("empty"), "")])), _kind(before or after))


def _labelled(label: str, text: str) -> Block:
    return Block(Content.assemble((f"{label} " if label else "", MUTED), text), _kind(text))


def _kind(text: str) -> str:
    return "-right-to-left" if right_to_left(text) else "-detail"


def _reviews(detail: "LinkDetail | None", link: "LinkStanding", time_zone: str) -> Iterator[Block]:
    """Yield each review, starting with the newest."""
    reviews = detail.reviews if detail else ((link.review,) if link.review else ())
    yield Block(Content.styled(tr("Reviews"), HEADING), "-heading")
    if not reviews:
        yield Block(Content.styled(tr("Nobody has reviewed or changed this link yet."), MUTED))
    for review in reversed(reviews):
        yield from _review(review, time_zone)


def _review(review: "LinkReviewView", time_zone: str) -> Iterator[Block]:
    local = review.recorded_at.astimezone(ZoneInfo(time_zone))
    author = tr("by {actor} on {time}", actor=one_line(review.actor), time=f"{local:%Y-%m-%d %H:%M}")
    coverage = tr("{word} coverage", word=review.coverage.value)
    yield Block(
        Content.assemble(mark(review.decision), f"  {author}", (f"; {words(review.type.value)}, {coverage}", MUTED))
    )
    if review.reason:
        yield _labelled(tr("reason:"), review.reason)

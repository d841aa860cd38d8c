"""What planner links prints of links: lines for people, plain values for programs."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from planner.base.visible_text import one_line
from planner.base.word_diff import Fate, reworded
from planner.cli.links.lines import local_day, review_line, standing_line
from planner.domain.symbols import marked
from planner.domain.vocabulary import LinkState

if TYPE_CHECKING:
    from planner.queries.history.log_fields import FieldChange
    from planner.queries.links.changes import CopyText, EndChange, LinkDetail
    from planner.queries.links.standing import LinkEnd, LinkStanding

CSV_COLUMNS = (
    "link",
    "link_of",
    "near",
    "near_title",
    "clause",
    "clause_says",
    "theme",
    "type",
    "coverage",
    "rationale",
    "state",
    "changed",
    "reviewed_by",
    "reviewed_at",
    "reason",
    "simulated",
)

# Around words that went and words that came, so that they are told apart without colour.
_MARKS = {Fate.WENT: ("[-", "-]"), Fate.CAME: ("{+", "+}")}


def list_lines(links: "Sequence[LinkStanding]", time_zone: str) -> Iterator[str]:
    """A few lines per link, and how many are in which state."""
    for link in links:
        yield f"{link.name}  {link.type.value}, coverage {link.coverage.value}"
        yield f"  {standing_line(link.state, link.review, _why(link), time_zone)}"
    states = Counter(link.state for link in links)
    counted = ", ".join(f"{states[state]} {marked(state.value)}" for state in LinkState if states[state])
    yield f"Links: {len(links)} ({counted})" if links else "No links"


def detail_lines(found: "LinkDetail", time_zone: str) -> Iterator[str]:
    """All about a link: its ends, what it says, what became of the ends, and its reviews."""
    link = found.link
    yield f"{link.name}  {marked(link.state.value)}"
    for end in (link.near, link.clause):
        yield f"  {end.kind} {end.name}: {one_line(end.title)}"
    yield f"  {link.type.value}, coverage {link.coverage.value}: {one_line(link.rationale)}"
    for change in found.changes:
        yield from _change_lines(change, time_zone)
    yield "  Reviews:" if found.reviews else "  Nobody has reviewed it."
    for review in found.reviews:
        yield f"    {review_line(review, time_zone)}"
        yield f"      {review.type.value}, coverage {review.coverage.value}: {one_line(review.rationale)}"


def _change_lines(change: "EndChange", time_zone: str) -> Iterator[str]:
    yield f"  {marked(LinkState.SUSPECT.value)}: {change.end.why}"
    if change.recorded_at is not None:
        yield f"    by {change.actor} on {local_day(change.recorded_at, time_zone)}"
    for field in change.fields:
        yield from _field_lines(field)
    if change.why_unknown:
        yield f"    {change.why_unknown}"
    for text in change.copies:
        yield from _copy_lines(text)


def _field_lines(field: "FieldChange") -> Iterator[str]:
    before, after = with_marks(field.before or "", field.after or "")
    yield f"    {field.word} before: {before or '–'}"
    yield f"    {field.word} after:  {after or '–'}"


def _copy_lines(text: "CopyText") -> Iterator[str]:
    yield f"    {text.copy.statement}"
    if text.cited is None:
        yield "      cited: not shown, for no attached copy has it"
        yield f"      found: {one_line(text.found) if text.found else '–'}"
        return
    cited, found = with_marks(text.cited, text.found or "")
    yield f"      cited: {cited}"
    yield f"      found: {found or '–'}"


def with_marks(before: str, after: str) -> tuple[str, str]:
    """Two texts on a line each, with marks around what went and what came: [-went-], {+came+}."""
    pieces = reworded(one_line(before), one_line(after))
    marks = {fate: _MARKS.get(fate, ("", "")) for fate in Fate}

    def side(left_out: Fate) -> str:
        return "".join(
            f"{marks[piece.fate][0]}{piece.text}{marks[piece.fate][1]}"
            for piece in pieces
            if piece.fate is not left_out
        )

    return side(Fate.CAME), side(Fate.WENT)


def plain_link(link: "LinkStanding") -> dict[str, Any]:
    """A link as JSON holds it."""
    return {
        "link": link.name,
        "near": _plain_end(link.near),
        "clause": _plain_end(link.clause),
        "theme": link.theme,
        "type": link.type,
        "coverage": link.coverage,
        "rationale": link.rationale,
        "state": link.state,
        "changed": _why(link),
        "review": link.review,
    }


def plain_detail(found: "LinkDetail") -> dict[str, Any]:
    """All about a link as JSON holds it."""
    changes = [
        {
            "end": change.end.name,
            "fields": change.fields,
            "actor": change.actor,
            "recorded_at": change.recorded_at,
            "untold": change.why_unknown,
            "copies": change.copies,
        }
        for change in found.changes
    ]
    return {**plain_link(found.link), "changes": changes, "reviews": found.reviews}


def csv_row(link: "LinkStanding", simulated: bool) -> tuple[Any, ...]:
    """A link as a line of CSV."""
    review = link.review
    at = review.recorded_at.isoformat().replace("+00:00", "Z") if review else None
    return (
        link.name,
        link.near.kind,
        link.near.name,
        link.near.title,
        link.clause.name,
        link.clause.title,
        link.theme,
        link.type,
        link.coverage,
        link.rationale,
        link.state,
        " ".join(f"{why}." for why in _why(link)) or None,
        review.actor if review else None,
        at,
        review.reason if review else None,
        "yes" if simulated else "no",
    )


def _plain_end(end: "LinkEnd") -> dict[str, Any]:
    return {
        "kind": end.kind,
        "name": end.name,
        "title": end.title,
        "fingerprint": end.fingerprint,
        "pinned": end.pinned,
        "copies": end.copies,
    }


def _why(link: "LinkStanding") -> tuple[str, ...]:
    return tuple(end.why for end in link.suspect)

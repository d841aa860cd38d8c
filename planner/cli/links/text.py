"""The output of planner links: lines for people, and values for JSON and CSV."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from planner.base.language import tr
from planner.base.visible_text import one_line
from planner.base.word_diff import PieceKind, reworded
from planner.cli.links.lines import iso_day, review_line, state_line
from planner.domain.symbols import marked
from planner.domain.vocabulary import LinkState

if TYPE_CHECKING:
    from planner.queries.history.log_fields import LoggedChange
    from planner.queries.links.changes import CopyText, EndChange, LinkDetail
    from planner.queries.links.reviews import LinkReviewView
    from planner.queries.links.standing import LinkEnd, LinkStanding
    from planner.tables.columns import Column

# The marks around removed and added words, because colour is not always shown.
_MARKS = {PieceKind.WENT: ("[-", "-]"), PieceKind.CAME: ("{+", "+}")}


def list_lines(links: "Sequence[LinkStanding]", time_zone: str) -> Iterator[str]:
    """Yield two lines for each link, and a line with the number of links in each state."""
    for link in links:
        kind = tr("{type}, coverage {coverage}", type=link.type.value, coverage=link.coverage.value)
        yield f"{link.name}  {kind}"
        yield f"  {state_line(link.state, link.review, _changed_ends(link), time_zone)}"
    states = Counter(link.state for link in links)
    counts = ", ".join(f"{states[state]} {marked(state.value)}" for state in LinkState if states[state])
    yield tr("Links: {number} ({states})", number=len(links), states=counts) if links else tr("No links")


def detail_lines(found: "LinkDetail", time_zone: str) -> Iterator[str]:
    """Yield all details of a link: its ends, type, coverage and rationale, the changes of its ends, and its reviews."""
    link = found.link
    yield f"{link.name}  {state_line(link.state, None, (), time_zone) if link.suggested else marked(link.state.value)}"
    for end in (link.near, link.clause):
        yield f"  {end.kind} {end.name}: {one_line(end.title)}"
    yield f"  {_content(link)}"
    for change in found.changes:
        yield from _change_lines(change, time_zone)
    yield "  " + (tr("Reviews:") if found.reviews else tr("Nobody has reviewed this link."))
    for review in found.reviews:
        yield f"    {review_line(review, time_zone)}"
        yield f"      {_content(review)}"


def _content(link: "LinkStanding | LinkReviewView") -> str:
    return tr(
        "{type}, coverage {coverage}: {rationale}",
        type=link.type.value,
        coverage=link.coverage.value,
        rationale=one_line(link.rationale),
    )


def _change_lines(change: "EndChange", time_zone: str) -> Iterator[str]:
    yield f"  {marked(LinkState.SUSPECT.value)}: {change.end.why}"
    if change.recorded_at is not None:
        day = iso_day(change.recorded_at, time_zone)
        yield "    " + tr("by {person} on {day}", person=change.actor, day=day)
    for field in change.fields:
        yield from _field_lines(field)
    if change.why_unknown:
        yield f"    {change.why_unknown}"
    for text in change.copies:
        yield from _copy_lines(text)


def _field_lines(field: "LoggedChange") -> Iterator[str]:
    before, after = with_marks(field.before or "", field.after or "")
    yield "    " + tr("{field} before: {text}", field=field.word, text=before or "–")
    yield "    " + tr("{field} after:  {text}", field=field.word, text=after or "–")


def _copy_lines(text: "CopyText") -> Iterator[str]:
    yield f"    {text.copy.statement}"
    if text.cited is None:
        yield "      " + tr("cited: not shown, because no attached copy contains it")
        yield "      " + tr("found: {text}", text=one_line(text.found) if text.found else "–")
        return
    cited, found = with_marks(text.cited, text.found or "")
    yield "      " + tr("cited: {text}", text=cited)
    yield "      " + tr("found: {text}", text=found or "–")


def with_marks(before: str, after: str) -> tuple[str, str]:
    """Return two texts, each on one line, with marks around removed words, [-so-], and around added ones, {+so+}."""
    pieces = reworded(one_line(before), one_line(after))
    marks = {fate: _MARKS.get(fate, ("", "")) for fate in PieceKind}

    def side(left_out: PieceKind) -> str:
        return "".join(
            f"{marks[piece.fate][0]}{piece.text}{marks[piece.fate][1]}"
            for piece in pieces
            if piece.fate is not left_out
        )

    return side(PieceKind.CAME), side(PieceKind.WENT)


def link_fields(link: "LinkStanding") -> dict[str, Any]:
    """Return the values of a link for JSON."""
    return {
        "link": link.name,
        "near": _end_fields(link.near),
        "clause": _end_fields(link.clause),
        "theme": link.theme,
        "type": link.type,
        "coverage": link.coverage,
        "rationale": link.rationale,
        "state": link.state,
        "origin": link.origin,
        "changed": _changed_ends(link),
        "review": link.review,
    }


def detail_fields(found: "LinkDetail") -> dict[str, Any]:
    """Return all details of a link for JSON."""
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
    return {**link_fields(found.link), "changes": changes, "reviews": found.reviews}


def csv_columns(*, simulated: bool) -> "list[Column[LinkStanding]]":
    """Return the columns of links for CSV."""
    from planner.tables import columns
    from planner.tables.json_form import in_utc

    return [
        columns.text("link", lambda link: link.name),
        columns.word("link_of", lambda link: link.near.kind),
        columns.text("near", lambda link: link.near.name),
        columns.text("near_title", lambda link: link.near.title),
        columns.text("clause", lambda link: link.clause.name),
        columns.text("clause_says", lambda link: link.clause.title),
        columns.whole_number("theme", lambda link: link.theme),
        columns.word("type", lambda link: link.type),
        columns.word("coverage", lambda link: link.coverage),
        columns.text("rationale", lambda link: link.rationale),
        columns.word("state", lambda link: link.state),
        columns.word("origin", lambda link: link.origin),
        columns.text("changed", lambda link: " ".join(f"{why}." for why in _changed_ends(link)) or None),
        columns.text("reviewed_by", lambda link: link.review.actor if link.review else None),
        columns.text("reviewed_at", lambda link: in_utc(link.review.recorded_at) if link.review else None),
        columns.text("reason", lambda link: link.review.reason if link.review else None),
        columns.word("simulated", lambda _: "yes" if simulated else "no"),
    ]


def _end_fields(end: "LinkEnd") -> dict[str, Any]:
    return {
        "kind": end.kind,
        "name": end.name,
        "title": end.title,
        "fingerprint": end.fingerprint,
        "pinned": end.pinned,
        "copies": end.copies,
    }


def _changed_ends(link: "LinkStanding") -> tuple[str, ...]:
    return tuple(end.why for end in link.suspect)

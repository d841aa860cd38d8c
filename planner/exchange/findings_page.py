"""The findings as one page: a file that holds all it shows, opens without a network and runs nothing."""

from collections.abc import Iterator, Sequence, Set
from itertools import chain, groupby

from planner.exchange.page_frame import as_text, framed, quoted
from planner.marks import FINDING_SIGNS, words
from planner.queries.findings import FindingView, Kind, SideView
from planner.queries.findings.in_words import decision_in_words, side_in_words
from planner.queries.findings.summary import MEANINGS, Tally, tallies
from planner.queries.plans import PlanView
from planner.vocabulary import FindingState, SpanMatch
from planner.weekly.reading import Instance

# A page holds no more findings of a kind than this: browsers can do little with more. The other formats have all.
MOST_OF_A_KIND = 1_000


def findings_page(instance: Instance, found: Sequence[FindingView], shown: Sequence[FindingView]) -> Iterator[bytes]:
    """The page in pieces: counts over all that was found, and what is to be shown of it."""
    counts = _counts(tallies(found), {finding.kind for finding in shown})
    return framed(instance, "Findings", "findings.css", chain(counts, _kinds(instance.plan, shown)))


def _counts(found: Sequence[Tally], shown: Set[Kind]) -> Iterator[str]:
    """How many there are of each kind, with the way to those that are shown."""
    open_, accepted = sum(tally.open for tally in found), sum(tally.accepted for tally in found)
    yield f'<p class="caption">{open_:,} open, {accepted:,} accepted.</p>'
    yield "<table>"
    yield (
        '<thead><tr><th scope="col">Kind</th><th scope="col" class="says">What it says</th>'
        '<th scope="col" class="number">Open</th><th scope="col" class="number">Accepted</th></tr></thead>'
    )
    yield "<tbody>"
    for tally in found:
        kind = _words(tally.kind.value)
        name = f'<a href="#{tally.kind.value}">{kind}</a>' if tally.kind in shown else kind
        yield (
            f'<tr><th scope="row">{name}</th><td class="says">{MEANINGS[tally.kind]}</td>'
            f'<td class="number">{tally.open:,}</td><td class="number">{tally.accepted:,}</td></tr>'
        )
    yield "</tbody>"
    yield "</table>"


def _kinds(plan: PlanView, shown: Sequence[FindingView]) -> Iterator[str]:
    for kind, group in groupby(shown, key=lambda finding: finding.kind):
        of_kind = list(group)
        yield f'<section id="{kind.value}">'
        yield f"<h2>{_words(kind.value)} ({len(of_kind):,})</h2>"
        yield f'<p class="caption">{MEANINGS[kind][:1].upper()}{MEANINGS[kind][1:]}.</p>'
        for finding in of_kind[:MOST_OF_A_KIND]:
            yield from _finding(plan, finding)
        if len(of_kind) > MOST_OF_A_KIND:
            more = len(of_kind) - MOST_OF_A_KIND
            yield f'<p class="more">And {more:,} more, which the CSV and the JSON of the findings hold.</p>'
        yield "</section>"


def _finding(plan: PlanView, finding: FindingView) -> Iterator[str]:
    decision = decision_in_words(plan, finding)
    yield f'<article class="{finding.state.value}">'
    yield f"<h3>{_state(finding.state)} <bdi>{as_text(finding.subject)}</bdi></h3>"
    about = f"About {words(finding.about.kind.value)} <bdi>{as_text(finding.about.key)}</bdi>"
    title = f": <bdi>{as_text(finding.title)}</bdi>" if finding.title else ""
    yield f'<p class="about">{about}{title}</p>'
    yield f'<p class="statement" dir="auto">{as_text(finding.statement)}</p>'
    for side in finding.sides:
        yield from _side(side)
    if decision:
        yield f'<p class="decision" dir="auto">{as_text(decision)}</p>'
    yield "</article>"


def _state(state: FindingState) -> str:
    symbol, _ = FINDING_SIGNS[state.value]
    return f'<span class="state"><span aria-hidden="true">{symbol}</span> {state.value}</span>'


def _side(side: SideView) -> Iterator[str]:
    """A side, and where a copy is attached its words, in their own language and direction."""
    yield f'<p class="side"><bdi>{as_text(side_in_words(side))}</bdi>{_match(side)}</p>'
    if side.citation and side.citation.text is not None:
        yield quoted(side.citation.language, side.citation.text)


def _match(side: SideView) -> str:
    match = side.citation.match if side.citation else None
    told = {
        SpanMatch.DIFFERS: " – the attached copy differs from what was cited",
        SpanMatch.MISSING: " – the attached copy does not have what was cited",
    }
    return told.get(match, "") if match else ""


def _words(kind: str) -> str:
    text = kind.replace("-", " ")
    return f"{text[:1].upper()}{text[1:]}"

"""The findings as one self-contained HTML page. It loads nothing from the network and runs no scripts."""

from collections.abc import Iterator, Sequence, Set
from itertools import chain, groupby

from planner.domain.symbols import FINDING_SIGNS, words
from planner.domain.vocabulary import NO_MANDATE_MESSAGE, FindingState, SpanMatch
from planner.pages.frame import as_text, framed, quoted
from planner.queries.findings import FindingView, Kind, SideView
from planner.queries.findings.in_words import decision_in_words, side_in_words
from planner.queries.findings.ranking import Row, in_rows
from planner.queries.findings.summary import MEANINGS, counted_in_words, tallies
from planner.queries.plans import PlanView
from planner.weekly.reading import Instance

# The most findings of a kind on the page, because browsers become slow with more. The other formats have all of them.
MOST_OF_A_KIND = 1_000


def findings_page(instance: Instance, found: Sequence[FindingView], shown: Sequence[FindingView]) -> Iterator[bytes]:
    """Yield the page in pieces. `found` is counted in the summary; only the findings in `shown` are listed."""
    counts = _counts(found, {finding.kind for finding in shown})
    without = () if instance.plan.has_mandate else (f'<p class="caption">{NO_MANDATE_MESSAGE}</p>',)
    return framed(instance, "Findings", "findings.css", chain(without, counts, _kinds(instance.plan, shown)))


def _counts(found: Sequence[FindingView], shown: Set[Kind]) -> Iterator[str]:
    """Yield a table with the number of findings of each kind, linked to the list of that kind."""
    yield f'<p class="caption">{counted_in_words(found)}. What matters most comes first.</p>'
    yield "<table>"
    yield (
        '<thead><tr><th scope="col">Kind</th><th scope="col" class="says">What it says</th>'
        '<th scope="col" class="number">Open</th><th scope="col" class="number">Accepted</th></tr></thead>'
    )
    yield "<tbody>"
    for tally in tallies(found):
        kind = _words(tally.kind.value)
        name = f'<a href="#{tally.kind.value}">{kind}</a>' if tally.kind in shown else kind
        yield (
            f'<tr><th scope="row">{name}</th><td class="says">{MEANINGS[tally.kind]}</td>'
            f'<td class="number">{tally.open:,}</td><td class="number">{tally.accepted:,}</td></tr>'
        )
    yield "</tbody>"
    yield "</table>"


def _kinds(plan: PlanView, shown: Sequence[FindingView]) -> Iterator[str]:
    """Yield a section for each rank and kind. The summary links to the first section of a kind."""
    begun: set[Kind] = set()
    for (rank, kind), group in groupby(shown, key=lambda finding: (finding.rank, finding.kind)):
        of_kind = list(group)
        anchor = "" if kind in begun else f' id="{kind.value}"'
        begun.add(kind)
        yield f"<section{anchor}>"
        yield f"<h2>{_words(kind.value)} ({len(of_kind):,}, {rank.value})</h2>"
        yield f'<p class="caption">{MEANINGS[kind][:1].upper()}{MEANINGS[kind][1:]}.</p>'
        for row in in_rows(of_kind[:MOST_OF_A_KIND]):
            yield from _row(plan, row)
        if len(of_kind) > MOST_OF_A_KIND:
            more = len(of_kind) - MOST_OF_A_KIND
            yield f'<p class="more">And {more:,} more, which the CSV and the JSON of the findings hold.</p>'
        yield "</section>"


def _row(plan: PlanView, row: Row) -> Iterator[str]:
    """Yield a finding, or a group of similar findings as one line that can be unfolded."""
    if isinstance(row, FindingView):
        yield from _finding(plan, row)
        return
    yield f'<details class="{row.state.value}">'
    yield f"<summary>{_state(row.state)} {row.subject}</summary>"
    for finding in row.findings:
        yield from _finding(plan, finding)
    yield "</details>"


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
    """Yield a side of a finding. If a copy is attached, the copy's words follow, in their language and direction."""
    yield f'<p class="side"><bdi>{as_text(side_in_words(side))}</bdi>{_match(side)}</p>'
    if side.citation and side.citation.text is not None:
        yield quoted(side.citation.language, side.citation.text)


def _match(side: SideView) -> str:
    match = side.citation.match if side.citation else None
    notes = {
        SpanMatch.DIFFERS: " – the attached copy differs from what was cited",
        SpanMatch.MISSING: " – the attached copy does not have what was cited",
    }
    return notes.get(match, "") if match else ""


def _words(kind: str) -> str:
    text = kind.replace("-", " ")
    return f"{text[:1].upper()}{text[1:]}"

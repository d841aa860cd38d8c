"""The findings as one page: a file that holds all it shows, opens without a network and runs nothing."""

from collections.abc import Iterator, Sequence, Set
from html import escape
from importlib.resources import files
from itertools import groupby

from planner.marks import FINDING_SIGNS, words
from planner.queries.findings import FindingView, Kind, SideView
from planner.queries.findings.in_words import decision_in_words, side_in_words
from planner.queries.findings.summary import MEANINGS, Tally, tallies
from planner.queries.plans import PlanView
from planner.texts import visible
from planner.vocabulary import FindingState, SpanMatch
from planner.weekly.page.style import css_text, policy
from planner.weekly.reading import Instance

# A page holds no more findings of a kind than this: browsers can do little with more. The other formats have all.
MOST_OF_A_KIND = 1_000


def findings_page(instance: Instance, found: Sequence[FindingView], shown: Sequence[FindingView]) -> Iterator[bytes]:
    """The page in pieces: counts over all that was found, and what is to be shown of it."""
    pieces = (
        _head(instance),
        _masthead(instance),
        _counts(tallies(found), {finding.kind for finding in shown}),
        _kinds(instance.plan, shown),
    )
    return (line.encode() + b"\n" for piece in (*pieces, _foot()) for line in piece)


def _head(instance: Instance) -> Iterator[str]:
    style = f"{files('planner.exchange').joinpath('findings.css').read_text(encoding='utf-8')}{_edges(instance)}"
    simulated = " · SIMULATED" if instance.plan.simulated else ""
    yield "<!DOCTYPE html>"
    yield '<html lang="en">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{escape(policy(style))}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield '<meta name="referrer" content="no-referrer">'
    yield f"<title>Findings · {_shown(instance.plan.title)}{simulated}</title>"
    # The project's own sheet, and texts in which nothing can end it.
    yield f"<style>{style}</style>"
    yield "</head>"
    yield "<body>"


def _edges(instance: Instance) -> str:
    """What each sheet of paper has at its edges: which findings, and that they are simulated where they are."""
    told = css_text(f"Findings as of {instance.as_of}, as known at {instance.known_at_local}")
    simulated = " @top-center { content: 'SIMULATED DATA'; }" if instance.plan.simulated else ""
    return f"@page {{ @bottom-left {{ content: {told}; }}{simulated} }}\n"


def _masthead(instance: Instance) -> Iterator[str]:
    plan = instance.plan
    if plan.simulated:
        yield (
            '<p class="simulated" role="note"><strong>SIMULATED</strong> '
            "Demonstration data: reports, dates and values are made up.</p>"
        )
    facts = {
        "As of": str(instance.as_of),
        "As known at": instance.known_at_local,
        "Plan of": plan.issuer,
        "Data": "simulated" if plan.simulated else "register",
    }
    yield "<header>"
    yield '<p class="kicker">Findings</p>'
    yield f'<h1 dir="auto" lang="">{_shown(plan.title)}</h1>'
    yield "<dl>"
    yield from (f"<div><dt>{name}</dt><dd><bdi>{_shown(value)}</bdi></dd></div>" for name, value in facts.items())
    yield "</dl>"
    yield "</header>"
    yield "<main>"


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
    yield f"<h3>{_state(finding.state)} <bdi>{_shown(finding.subject)}</bdi></h3>"
    about = f"About {words(finding.about.kind.value)} <bdi>{_shown(finding.about.key)}</bdi>"
    title = f": <bdi>{_shown(finding.title)}</bdi>" if finding.title else ""
    yield f'<p class="about">{about}{title}</p>'
    yield f'<p class="statement" dir="auto">{_shown(finding.statement)}</p>'
    for side in finding.sides:
        yield from _side(side)
    if decision:
        yield f'<p class="decision" dir="auto">{_shown(decision)}</p>'
    yield "</article>"


def _state(state: FindingState) -> str:
    symbol, _ = FINDING_SIGNS[state.value]
    return f'<span class="state"><span aria-hidden="true">{symbol}</span> {state.value}</span>'


def _side(side: SideView) -> Iterator[str]:
    """A side, and where a copy is attached its words, in their own language and direction."""
    yield f'<p class="side"><bdi>{_shown(side_in_words(side))}</bdi>{_match(side)}</p>'
    if side.citation and side.citation.text is not None:
        language = escape(side.citation.language)
        yield f'<blockquote lang="{language}" dir="auto">{_shown(side.citation.text)}</blockquote>'


def _match(side: SideView) -> str:
    match = side.citation.match if side.citation else None
    told = {
        SpanMatch.DIFFERS: " – the attached copy differs from what was cited",
        SpanMatch.MISSING: " – the attached copy does not have what was cited",
    }
    return told.get(match, "") if match else ""


def _foot() -> Iterator[str]:
    yield "</main>"
    yield "</body>"
    yield "</html>"


def _words(kind: str) -> str:
    text = kind.replace("-", " ")
    return f"{text[:1].upper()}{text[1:]}"


def _shown(text: str) -> str:
    """Text from the data, which is never markup."""
    return escape(visible(text))

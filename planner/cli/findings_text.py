"""Findings as people read them: how many of each kind are open and accepted, then the findings kind by kind."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from planner.cli.output import banner, console, words
from planner.marks import FINDING_SIGNS
from planner.visible_text import one_line, quoted_lines, shortened
from planner.vocabulary import FindingState, SpanMatch

if TYPE_CHECKING:
    from planner.cli.visible_console import VisibleConsole
    from planner.queries.citations import CitationView
    from planner.queries.findings import FindingView, SideView
    from planner.queries.plans import PlanView

# How many findings of a kind are listed unless that kind alone is asked for.
SHOWN = 50
_LONGEST_TITLE = 100


def print_findings(
    plan: "PlanView", found: "Sequence[FindingView]", shown: "Sequence[FindingView]", *, in_full: bool
) -> None:
    """Print the counts over all that was found, then what is to be shown of it, the open ones of each kind first."""
    out = console()
    banner(out, plan)
    for line in _counts(found):
        out.print(line, markup=False, soft_wrap=True)
    for kind, group in groupby(shown, key=lambda finding: finding.kind):
        of_kind = sorted(group, key=lambda finding: finding.state is FindingState.ACCEPTED)
        listed = of_kind if in_full else of_kind[:SHOWN]
        out.print()
        out.print(kind.value, style="bold", markup=False)
        for finding in listed:
            _print(out, plan, finding)
        if len(of_kind) > len(listed):
            more = f"and {len(of_kind) - len(listed):,} more; --kind {kind.value} lists all"
            out.print(f"  {more}", style="dim", markup=False)
    if any(side.citation and side.citation.text is None for finding in shown for side in finding.sides):
        out.print()
        out.print("Texts that are not attached are not shown: planner sources list says where they can be had.")


def print_finding(plan: "PlanView", finding: "FindingView") -> None:
    """Print one finding."""
    out = console()
    banner(out, plan)
    _print(out, plan, finding)


def _counts(found: "Sequence[FindingView]") -> Iterator[str]:
    from planner.queries.findings.summary import MEANINGS, tallies

    if not found:
        yield "No findings"
        return
    counted = tallies(found)
    open_, accepted = sum(tally.open for tally in counted), sum(tally.accepted for tally in counted)
    yield f"Findings: {open_:,} open, {accepted:,} accepted"
    for tally in counted:
        yield f"{tally.open:>9,} open {tally.accepted:>7,} accepted  {tally.kind.value}: {MEANINGS[tally.kind]}"


def _print(out: "VisibleConsole", plan: "PlanView", finding: "FindingView") -> None:
    """Print a finding at once: a call for each line would take most of the time of a long list."""
    from rich.text import Text

    symbol, style = FINDING_SIGNS[finding.state.value]
    first = Text.assemble((f"{symbol} {finding.state.value:<8}", style), f"  {one_line(finding.subject)}")
    out.print_lines(first, _lines(plan, finding))


def _lines(plan: "PlanView", finding: "FindingView") -> Iterator[str]:
    from planner.queries.findings.in_words import decision_in_words

    if finding.title:
        about = f"{words(finding.about.kind.value)} {one_line(finding.about.key)}"
        yield f"    {about}: {shortened(finding.title, _LONGEST_TITLE)}"
    yield f"    {one_line(finding.statement)}"
    for side in finding.sides:
        yield from _side_lines(side)
    decision = decision_in_words(plan, finding)
    if decision:
        yield f"    {one_line(decision)}"


def _side_lines(side: "SideView") -> Iterator[str]:
    from planner.queries.findings.in_words import side_in_words

    yield f"  - {one_line(side_in_words(side))}"
    if side.citation:
        yield from _verbatim_lines(side.citation)


def _verbatim_lines(citation: "CitationView") -> Iterator[str]:
    """What the attached copy says, in its own language; nothing where there is none."""
    if citation.match is SpanMatch.DIFFERS:
        yield "    The attached copy DIFFERS from what was cited:"
    if citation.match is SpanMatch.MISSING:
        yield "    The attached copy does not have what was cited."
    if citation.text is not None:
        yield from quoted_lines(citation.text, "    ")

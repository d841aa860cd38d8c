"""Findings as people read them: how many there are, then the findings, what matters most first."""

from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import groupby
from typing import TYPE_CHECKING

from planner.base.visible_text import one_line, quoted_lines, shortened
from planner.cli.output import banner, console, words
from planner.domain.symbols import FINDING_SIGNS
from planner.domain.vocabulary import NO_MANDATE_MESSAGE, FindingKind, FindingRank, SpanMatch

if TYPE_CHECKING:
    from rich.text import Text

    from planner.cli.visible_console import VisibleConsole
    from planner.queries.findings import FindingView, Kind, SideView
    from planner.queries.findings.ranking import Row
    from planner.queries.mandates.citations import CitationView
    from planner.queries.plans import PlanView

# How many findings of a kind are listed unless that kind alone is asked for.
SHOWN = 50
_LONGEST_TITLE = 100
_LONGEST_LINE = 160


class Detail(Enum):
    """How much is printed of each finding.

    FIRST: of the highest rank what was found and where, a line for each of the others. RANK: each in full, with the
    words of the attached texts. EACH: each in full, however many there are, also those that are all alike.
    """

    FIRST = "first"
    RANK = "rank"
    EACH = "each"


def print_findings(
    plan: "PlanView", found: "Sequence[FindingView]", shown: "Sequence[FindingView]", detail: Detail
) -> None:
    """Print the counts over all that was found, then what is to be shown of it, what matters most first."""
    from planner.queries.findings.ranking import in_rows

    out = console()
    banner(out, plan)
    for line in _counts(found):
        out.print(line, markup=False)
    if not plan.has_mandate:
        out.print(f"{NO_MANDATE_MESSAGE} No finding compares the plan with duties.")
    rows = shown if detail is Detail.EACH else list(in_rows(shown))
    for (rank, kind), group in groupby(rows, key=lambda row: (row.rank, row.kind)):
        _print_kind(out, plan, rank, kind, list(group), detail)
    if detail is Detail.FIRST and any(finding.sides for finding in shown):
        out.print()
        out.print("--rank or --kind shows each finding with its places and the words of the attached texts.")
    if any(side.citation and side.citation.text is None for finding in shown for side in finding.sides):
        out.print()
        out.print("Texts that are not attached are not shown: planner sources list says where they can be had.")


def _print_kind(
    out: "VisibleConsole", plan: "PlanView", rank: FindingRank, kind: "Kind", rows: "Sequence[Row]", detail: Detail
) -> None:
    """Print the findings of one rank and kind."""
    from rich.text import Text

    from planner.queries.findings.summary import MEANINGS

    listed = rows if detail is Detail.EACH else rows[:SHOWN]
    out.print()
    out.print_lines(Text(f"{kind.value} ({rank.value}): {MEANINGS[kind]}", style="bold"), ())
    for row in listed:
        _print_row(out, plan, row, detail)
    if len(rows) > len(listed):
        more = f"and {len(rows) - len(listed):,} more; --kind {kind.value} lists all"
        out.print(f"  {more}", style="dim", markup=False)


def _print_row(out: "VisibleConsole", plan: "PlanView", row: "Row", detail: Detail) -> None:
    from planner.queries.findings import FindingView

    if not isinstance(row, FindingView):
        out.print_lines(_first_line(row, f"; --kind {row.kind.value} lists them"), ())
    elif detail is not Detail.FIRST:
        _print(out, plan, row)
    elif row.rank is FindingRank.HIGH:
        out.print_lines(_first_line(row, f": {row.statement}"), _short_lines(plan, row))
    else:
        out.print_lines(_first_line(row, f": {shortened(row.statement, _LONGEST_LINE)}"), ())


def print_finding(plan: "PlanView", finding: "FindingView") -> None:
    """Print one finding."""
    out = console()
    banner(out, plan)
    _print(out, plan, finding)


def _counts(found: "Sequence[FindingView]") -> Iterator[str]:
    from planner.queries.findings.summary import counted_in_words, tallies

    if not found:
        yield "No findings"
        return
    yield f"Findings: {counted_in_words(found)}"
    for tally in tallies(found):
        accepted = f" ({tally.accepted:,} accepted)" if tally.accepted else ""
        yield f"{tally.open:>9,} open  {tally.kind.value}{accepted}"


def _print(out: "VisibleConsole", plan: "PlanView", finding: "FindingView") -> None:
    """Print a finding at once: a call for each line would take most of the time of a long list."""
    out.print_lines(_first_line(finding), _lines(plan, finding))


def _first_line(row: "Row", more: str = "") -> "Text":
    from rich.text import Text

    symbol, style = FINDING_SIGNS[row.state.value]
    return Text.assemble((f"{symbol} {row.state.value:<8}", style), f"  {one_line(row.subject)}{one_line(more)}")


def _short_lines(plan: "PlanView", finding: "FindingView") -> Iterator[str]:
    """Where a text shows what was found, and what was decided. The place of a computed finding is its subject."""
    from planner.queries.findings.in_words import place_in_words

    if isinstance(finding.kind, FindingKind):
        yield f"    - {one_line('; '.join(map(place_in_words, finding.sides)))}"
    yield from _decision_lines(plan, finding)


def _lines(plan: "PlanView", finding: "FindingView") -> Iterator[str]:
    if finding.title:
        about = f"{words(finding.about.kind.value)} {one_line(finding.about.key)}"
        yield f"    {about}: {shortened(finding.title, _LONGEST_TITLE)}"
    yield f"    {one_line(finding.statement)}"
    for side in finding.sides:
        yield from _side_lines(side)
    yield from _decision_lines(plan, finding)


def _decision_lines(plan: "PlanView", finding: "FindingView") -> Iterator[str]:
    from planner.queries.findings.in_words import decision_in_words

    decision = decision_in_words(plan, finding)
    if decision:
        yield f"    {one_line(decision)}"


def _side_lines(side: "SideView") -> Iterator[str]:
    from planner.queries.findings.in_words import side_in_words

    yield f"    - {one_line(side_in_words(side))}"
    if side.citation:
        yield from _verbatim_lines(side.citation)


def _verbatim_lines(citation: "CitationView") -> Iterator[str]:
    """What the attached copy says, in its own language; nothing where there is none."""
    if citation.match is SpanMatch.DIFFERS:
        yield "      The attached copy DIFFERS from what was cited:"
    if citation.match is SpanMatch.MISSING:
        yield "      The attached copy does not have what was cited."
    if citation.text is not None:
        yield from quoted_lines(citation.text, "      ")

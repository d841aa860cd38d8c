"""Printing findings for people: first the counts, then the findings, the most important first."""

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import TYPE_CHECKING

from planner.base.language import tr, tr_later
from planner.base.visible_text import one_line, quoted_lines, shortened
from planner.cli.output import banner, console, words
from planner.domain.no_mandate import no_mandate_yet
from planner.domain.plain_words import plain
from planner.domain.symbols import FINDING_SIGNS
from planner.domain.vocabulary import FindingKind, FindingRank, SpanMatch

if TYPE_CHECKING:
    from rich.text import Text

    from planner.cli.visible_console import VisibleConsole
    from planner.queries.findings import FindingView, SideView
    from planner.queries.findings.ranking import FindingGroup, Row
    from planner.queries.mandates.citations import CitationView
    from planner.register.plan_view import PlanView

# How many findings of a kind are listed, unless --kind names the kind.
SHOWN = 50
_LONGEST_TITLE = 100
_LONGEST_LINE = 160


class Detail(Enum):
    """How much of each finding is printed.

    FIRST prints findings of the highest rank with their places, and every other finding on one line. RANK prints
    findings in full, with the words of attached texts. EACH does the same, and also prints each finding of a kind whose
    findings are all alike.
    """

    FIRST = "first"
    RANK = "rank"
    EACH = "each"


def print_findings(
    plan: "PlanView", found: "Sequence[FindingGroup]", shown: "Sequence[FindingGroup]", detail: Detail
) -> None:
    """Print the counts of all findings in `found`, then the findings in `shown`, the most important first."""
    out = console()
    banner(out, plan)
    for line in _counts(found):
        out.print(line, markup=False)
    if not plan.has_mandate:
        out.print(
            tr("Items are not compared with the clauses of a mandate."), no_mandate_yet(plan.waiting), markup=False
        )
    for group in shown:
        _print_group(out, plan, group, detail)
    if detail is Detail.FIRST and any(True for group in shown for _ in group.sides):
        out.print()
        out.print(
            tr(
                "Give --rank or --kind to see each finding with its places in the texts and the words of attached"
                " copies."
            )
        )
    if any(side.citation and side.citation.text is None for group in shown for side in group.sides):
        out.print()
        out.print(tr("Texts that are not attached cannot be shown. 'planner sources list' says where to get them."))


def _print_group(out: "VisibleConsole", plan: "PlanView", group: "FindingGroup", detail: Detail) -> None:
    """Print the findings of one rank and kind."""
    from rich.text import Text

    from planner.queries.findings.ranking import FindingGroup, in_rows
    from planner.queries.findings.summary import MEANINGS

    kind = group.kind
    rows = group if detail is Detail.EACH else in_rows(group)
    listed = rows.first(SHOWN) if isinstance(rows, FindingGroup) and detail is not Detail.EACH else rows
    out.print()
    out.print_lines(Text(f"{kind.value} ({group.rank.value}): {tr_later(MEANINGS[kind])}", style="bold"), ())
    for row in listed:
        _print_row(out, plan, row, detail)
    if len(rows) > len(listed):
        number = f"{len(rows) - len(listed):,}"
        more = tr("and {number} more; use --kind {kind} to list all", number=number, kind=kind.value)
        out.print(f"  {more}", style="dim", markup=False)


def _print_row(out: "VisibleConsole", plan: "PlanView", row: "Row", detail: Detail) -> None:
    from planner.queries.findings import FindingView

    if not isinstance(row, FindingView):
        out.print_lines(
            _first_line(row, "; " + tr("use --kind {kind} to list these findings", kind=row.kind.value)), ()
        )
    elif detail is not Detail.FIRST:
        _print(out, plan, row)
    elif row.rank is FindingRank.HIGH:
        out.print_lines(_first_line(row, f": {row.statement}"), _short_lines(plan, row))
    else:
        out.print_lines(_first_line(row, f": {shortened(row.statement, _LONGEST_LINE)}"), ())


def print_finding(plan: "PlanView", finding: "FindingView") -> None:
    """Print one finding in full."""
    out = console()
    banner(out, plan)
    _print(out, plan, finding)


def _counts(found: "Sequence[FindingGroup]") -> Iterator[str]:
    from planner.queries.findings.summary import counted_in_words, tallies

    if not found:
        yield tr("No findings")
        return
    yield tr("Findings: {counts}", counts=counted_in_words(found))
    for tally in tallies(found):
        number, kind = f"{tally.open:>9,}", tally.kind.value
        if tally.accepted:
            accepted = f"{tally.accepted:,}"
            yield tr("{number} open  {kind} ({accepted} accepted)", number=number, kind=kind, accepted=accepted)
        else:
            yield tr("{number} open  {kind}", number=number, kind=kind)


def _print(out: "VisibleConsole", plan: "PlanView", finding: "FindingView") -> None:
    """Print all lines of a finding in one call, because a call per line makes long lists slow."""
    out.print_lines(_first_line(finding), _lines(plan, finding))


def _first_line(row: "Row", more: str = "") -> "Text":
    from rich.text import Text

    symbol, style = FINDING_SIGNS[row.state.value]
    found = f"{one_line(row.subject)}{one_line(more)}"
    if plain():
        return Text(f"{row.state.value}: {found}")
    return Text.assemble((f"{symbol} {row.state.value:<8}", style), f"  {found}")


def _short_lines(plan: "PlanView", finding: "FindingView") -> Iterator[str]:
    """Yield the passages that a finding is about, and the decision on the finding.

    A computed finding is about no passages, so only its decision is yielded.
    """
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
    """Yield the cited words of the attached copy, in its language. Yield nothing if no copy is attached."""
    if citation.match is SpanMatch.DIFFERS:
        yield "      " + tr("The attached copy DIFFERS from the cited text:")
    if citation.match is SpanMatch.MISSING:
        yield "      " + tr("The attached copy does not contain the cited text.")
    if citation.text is not None:
        yield from quoted_lines(citation.text, "      ")

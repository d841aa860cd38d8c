"""planner findings: what an auditor should see."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from planner.cli.context import Context
from planner.cli.output import as_json, as_of_option, banner, console, format_option, words
from planner.vocabulary import ComputedFinding, FindingKind, SpanMatch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.queries.citations import CitationView
    from planner.queries.findings import FindingView, SideView

_KINDS: dict[str, FindingKind | ComputedFinding] = {kind.value: kind for kind in (*FindingKind, *ComputedFinding)}


@click.command()
@click.option("--kind", type=click.Choice(list(_KINDS)), metavar="KIND", help="Only findings of this kind.")
@as_of_option
@format_option("text", "json")
@click.pass_obj
def findings(context: Context, kind: str | None, as_of: str | None, output: str) -> None:
    """List what an auditor should see: what the official texts raise, and what is computed from the register.

    Where an official text is attached, the words a finding rests on are shown in their own language.
    """
    from planner.queries.findings import read_findings

    with context.reading() as (session, plan):
        found = read_findings(session, plan, context.point(plan, as_of), _KINDS[kind] if kind else None)
    if output == "json":
        as_json("findings", found, plan)
        return
    out = console()
    banner(out, plan)
    for line in _lines(found):
        out.print(line, markup=False, soft_wrap=True)


def _lines(found: "Sequence[FindingView]") -> Iterator[str]:
    for finding in found:
        yield f"{finding.subject}  ({words(finding.kind.value)})"
        yield f"  {finding.statement}"
        for side in finding.sides:
            yield from _side_lines(side)
    if found:
        yield ""
    yield _summary(found)
    if any(side.citation and side.citation.text is None for finding in found for side in finding.sides):
        yield "Texts that are not attached are not shown: planner sources list says where they can be had."


def _summary(found: "Sequence[FindingView]") -> str:
    kinds = Counter(finding.kind.value for finding in found)
    counted = ", ".join(f"{count} {words(kind)}" for kind, count in kinds.items())
    return f"Findings: {len(found)} ({counted})" if found else "No findings"


def _side_lines(side: "SideView") -> Iterator[str]:
    places = (
        side.clause,
        f"theme {side.theme}" if side.theme else None,
        f"measure {side.measure}" if side.measure else None,
        side.document,
    )
    lacks = " lacks it" if side.lacks else ""
    yield f"  - {side.label}{lacks}: {', '.join(place for place in places if place)}"
    if side.citation:
        yield from _verbatim_lines(side.citation)


def _verbatim_lines(citation: "CitationView") -> Iterator[str]:
    """What the attached copy says, in its own language; nothing where there is none."""
    if citation.match is SpanMatch.DIFFERS:
        yield "    The attached copy DIFFERS from what was cited:"
    if citation.match is SpanMatch.MISSING:
        yield "    The attached copy does not have what was cited."
    if citation.text is not None:
        yield from (f"    {line}" for line in citation.text.splitlines() if line.strip())

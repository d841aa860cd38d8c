"""planner trace: trace an item to its clauses, or a clause to its items."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from planner.base.language import tr
from planner.cli.context import Context
from planner.cli.links.lines import state_line
from planner.cli.mandates.clause_lines import citation_lines, clause_lines
from planner.cli.output import as_json, as_of_option, format_option, known_at_option, print_page, words
from planner.domain.no_mandate import no_mandate_yet
from planner.domain.symbols import schedule_words
from planner.domain.vocabulary import FindingRank, LinkState

if TYPE_CHECKING:
    from planner.queries.items.views import ItemView
    from planner.queries.mandates.clause_views import CrosswalkView, TextFindingView
    from planner.queries.mandates.trace import ClauseTrace, ItemTrace, LinkView, MandateTrace, MeasureView
    from planner.register.plan_view import PlanView

# A code as the bundled plan has them. The key of a clause has several letters, or the name of a mandate before it.
_ITEM_CODE = re.compile(r"[A-Z]-\d+", re.ASCII)


@click.command()
@click.argument("what", metavar="CODE|CLAUSE")
@click.option("--mandate", metavar="VERSION", help="Only this version of the mandate, such as pre-merger or merged.")
@click.option("--lang", "language", metavar="LANG", help="Show clauses in this language only, such as en, ko or ar.")
@as_of_option
@known_at_option
@format_option("text", "json")
@click.pass_obj
def trace(context: Context, what: str, mandate: str | None, language: str | None, output: str) -> None:
    """Trace an item (T-001) to its measure, citation and clauses, or a clause (duty-5, merged:duty-5) to its items.

    If the official text is attached, its words are shown in the original language. Otherwise a restatement is shown,
    and where to get the text.
    """
    from planner.domain.codes import canonical_code
    from planner.queries.mandates.trace import check_language, trace_clause, trace_item
    from planner.register.codes_then import means_an_item

    with context.reading() as reading:
        languages = (language,) if language else ()
        if language:
            check_language(reading.session, language)
        if _ITEM_CODE.fullmatch(canonical_code(what)) or means_an_item(reading, what):
            found: ItemTrace | ClauseTrace = trace_item(reading, what, mandate)
            lines = _item_lines(found, languages, reading.plan)  # type: ignore[arg-type]
        else:
            found = trace_clause(reading, what, mandate)
            lines = _clause_trace_lines(found, languages, reading.plan.time_zone)
    if output == "json":
        as_json("trace", found, reading.plan)
        return
    print_page(reading.plan, lines)


def _item_lines(found: "ItemTrace", languages: Collection[str], plan: "PlanView") -> Iterator[str]:
    item = found.item
    yield tr("{code}  {title}  [title basis: {basis}]", code=item.code, title=item.title, basis=item.basis.value)
    yield tr("Lead: {organisation} [basis: {basis}]", organisation=item.lead.name, basis=item.lead_basis.value)
    yield from (f"  {reason}" for reason in item.lead_reasons)
    if found.measure is not None:
        yield ""
        yield from _measure_lines(found.measure)
    if not found.mandates:
        yield ""
        yield no_mandate_yet(plan.waiting)
    shown: set[CrosswalkView] = set()
    for version in found.mandates:
        yield ""
        yield _version_heading(version)
        yield from _without_lines(version, has_measure=found.measure is not None)
        yield from _version_lines(version, languages, plan.time_zone, shown)
    about = [finding for version in found.mandates for link in version.links for finding in link.clause.findings]
    yield from _finding_lines([*found.findings, *about])


def _measure_lines(measure: "MeasureView") -> Iterator[str]:
    theme = tr("theme {number}", number=measure.theme) if measure.theme else tr("the plan as a whole")
    yield tr(
        "Measure {code} ({theme}): {title}  [basis: {basis}]",
        code=measure.code,
        theme=theme,
        title=measure.title,
        basis=measure.basis.value,
    )
    if measure.restatement != measure.title:
        yield f"  {measure.restatement}"
    if measure.citation:
        yield from citation_lines(measure.citation)


def _version_heading(version: "MandateTrace") -> str:
    if version.in_force:
        return tr(
            "Mandate {mandate}, in force when the plan was made: {title}",
            mandate=version.mandate,
            title=version.title,
        )
    return tr("Mandate {mandate}: {title}", mandate=version.mandate, title=version.title)


def _without_lines(version: "MandateTrace", *, has_measure: bool) -> Iterator[str]:
    """Yield why no clause of a version stands behind an item, in the words of a plan with or without measures."""
    if version.without and has_measure:
        yield "  " + tr("No clause of this version covers the measure: {reason}", reason=version.without)
    elif version.without:
        yield "  " + tr("No clause of this version covers the item: {reason}", reason=version.without)
    elif not version.links and has_measure:
        yield "  " + tr("No clause of this version is linked to the item or its measure, and no reason is recorded.")
    elif not version.links:
        yield "  " + tr("No clause of this version is linked to the item, and no reason is recorded.")


def _version_lines(
    version: "MandateTrace", languages: Collection[str], time_zone: str, shown: "set[CrosswalkView]"
) -> Iterator[str]:
    yield from (f"  {line}" for line in _suggested_lines(version.suggested, time_zone))
    for link in version.links:
        yield f"  {_link_text(link)}"
        yield f"    {state_line(link.state, link.review, link.suspect, time_zone)}"
        yield from (f"  {line}" for line in clause_lines(link.clause, languages, shown))


def _suggested_lines(names: "Sequence[str]", time_zone: str) -> Iterator[str]:
    for name in names:
        yield f"{name}  {state_line(LinkState.SUGGESTED, None, (), time_zone)}"


def _finding_lines(findings: "Sequence[TextFindingView]") -> Iterator[str]:
    """Yield the findings, the most important first. A finding about several clauses appears once."""
    if findings:
        ranks = list(FindingRank)
        yield ""
        yield tr("Findings in the texts")
        ordered = sorted(findings, key=lambda finding: ranks.index(finding.rank))
        yield from dict.fromkeys(f"  {finding.key} ({finding.rank}): {finding.statement}" for finding in ordered)


def _clause_trace_lines(found: "ClauseTrace", languages: Collection[str], time_zone: str) -> Iterator[str]:
    yield f"{found.clause.mandate_title}"
    yield from (line.removeprefix("  ") for line in clause_lines(found.clause, languages))
    yield ""
    if not found.links and not found.item_links:
        yield tr("No measure or item of the plan is linked to this clause.")
    yield from _suggested_lines(found.suggested, time_zone)
    for link in found.links:
        yield tr(
            "{measure} ({type}, coverage {coverage})",
            measure=f"{link.measure.code} {link.measure.title}",
            type=words(link.type.value),
            coverage=link.coverage.value,
        )
        yield f"  {link.rationale}"
        yield f"  {state_line(link.state, link.review, link.suspect, time_zone)}"
        yield from (f"    {_item_line(item)}" for item in link.items)
    for own in found.item_links:
        yield tr(
            "{item}  linked directly ({type}, coverage {coverage})",
            item=_item_line(own.item),
            type=words(own.type.value),
            coverage=own.coverage.value,
        )
        yield f"  {own.rationale}"
        yield f"  {state_line(own.state, own.review, own.suspect, time_zone)}"
    yield from _finding_lines(found.clause.findings)


def _link_text(link: "LinkView") -> str:
    """Return the type, clause, coverage and rationale of a link in the trace of an item."""
    kind = f"{words(link.type.value)} {link.clause.key}"
    if link.of_item:
        return tr(
            "the item itself {link}, coverage {coverage}: {rationale}",
            link=kind,
            coverage=link.coverage.value,
            rationale=link.rationale,
        )
    return tr(
        "{link}, coverage {coverage}: {rationale}", link=kind, coverage=link.coverage.value, rationale=link.rationale
    )


def _item_line(item: "ItemView") -> str:
    return f"{item.code}  {item.title}  [{words(item.phase.value)}, {schedule_words(item.schedule)}]"

"""Printing proposed mandate versions: their clauses, their crosswalk rows, and the decisions that are left."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from planner.base.language import tr, tr_count
from planner.base.visible_text import one_line, quoted_lines, shortened
from planner.cli.output import banner, console, state
from planner.domain.vocabulary import ProposalState

if TYPE_CHECKING:
    from planner.mandates.crosswalk import ProposedRow
    from planner.mandates.proposing import ProposedClause, ProposedMandate
    from planner.queries.mandates.proposals import ProposalClauseView, ProposalRowView, ProposalSummary, ProposalView
    from planner.register.plan_view import PlanView
    from planner.sources.numbering import Series

# How many characters of a clause are shown in lists.
FIRST_WORDS = 90
# How many series of clauses are listed at most.
MOST_SERIES = 9


def new_proposal_fields(proposed: "ProposedMandate") -> dict[str, Any]:
    """Return the values of a new proposal for JSON."""
    return {
        "key": proposed.key,
        "title": proposed.title,
        "supersedes": proposed.supersedes,
        "first_of": proposed.first_of,
        "in_force_from": proposed.in_force_from,
        "file_name": proposed.source.file_name,
        "sha256": proposed.source.sha256,
        "language": proposed.language,
        "language_guessed_from": proposed.language_by.value if proposed.language_by else None,
        "numbering": proposed.numbering,
        "recognised": proposed.recognised,
        "other_numberings": dict(proposed.others),
        "series": [
            {"clauses": one.clauses, "begins": one.begins, "drafted": number == proposed.chosen_series}
            for number, one in _all_series(proposed)
        ],
        "notes": proposed.notes,
        "clauses": [_proposed_clause(clause) for clause in proposed.clauses],
        "rows": proposed.rows,
    }


def _proposed_clause(clause: "ProposedClause") -> dict[str, Any]:
    names = ("key", "parent", "number", "start", "end", "quoted_sha256", "normal_sha256", "text", "restatement")
    return {name: getattr(clause, name) for name in names}


def print_new_proposal(plan: "PlanView", proposed: "ProposedMandate", *, recorded: bool) -> None:
    """Print a new proposal. `recorded` is false for a dry run."""
    out = console()
    banner(out, plan)
    for line in _new_proposal_lines(proposed):
        out.print_line(line)
    if recorded:
        line = tr(
            "The proposal is recorded as machine-made. Review it with: planner mandate review {key}", key=proposed.key
        )
        out.print(line, markup=False)
    else:
        out.print(tr("Nothing was recorded."))


def _new_proposal_lines(proposed: "ProposedMandate") -> Iterator[str]:
    yield _heading(proposed.key, proposed.title, proposed.supersedes, proposed.first_of)
    yield f"  {_language_line(proposed)}"
    yield f"  {_numbering_line(proposed)}"
    if proposed.others:
        others = ", ".join(f"{style.value} {count}" for style, count in proposed.others)
        yield "    " + tr("number of clauses with other numbering styles: {others}", others=others)
    yield from _series_lines(proposed)
    yield from ("  " + tr("Note: {note}", note=note) for note in proposed.notes)
    yield tr_count("{count} clause:", "{count} clauses:", len(proposed.clauses))
    for clause in proposed.clauses:
        yield f"  {clause.key}  {clause.number} {shortened(clause.text, FIRST_WORDS)}"
    if proposed.supersedes is not None:
        yield tr_count(
            "{count} crosswalk row, from {earlier} to {key}:",
            "{count} crosswalk rows, from {earlier} to {key}:",
            len(proposed.rows),
            earlier=proposed.supersedes,
            key=proposed.key,
        )
        yield from (f"  {_row(row)}" for row in proposed.rows)


def _heading(key: str, title: str, supersedes: str | None, first_of: str | None, language: str = "") -> str:
    """Return the key and title of a proposal, with the version before it, or the plan whose first version it is."""
    before = f"{supersedes or first_of} ({language})" if language else supersedes or first_of
    if supersedes is None:
        return tr("{key}, the first mandate version of {plan}: {title}", key=key, plan=before, title=title)
    return tr("{key}, after {earlier}: {title}", key=key, earlier=before, title=title)


def _all_series(proposed: "ProposedMandate") -> "list[tuple[int, Series]]":
    """Return the series of clauses with their numbers, or an empty list if the text has only one series."""
    return list(enumerate(proposed.all_series, 1)) if proposed.chosen_series else []


def _series_lines(proposed: "ProposedMandate") -> Iterator[str]:
    """Yield a line that says which series of clauses is used, and a line for each series of the text."""
    if not proposed.chosen_series:
        return
    number, total = proposed.chosen_series, len(proposed.all_series)
    if proposed.series:
        yield "  " + tr("Series {number} of {total} is used, as you chose", number=number, total=total)
    else:
        yield "  " + tr(
            "Series {number} of {total} is used because it is the longest; to choose another, give --series",
            number=number,
            total=total,
        )
    yield from (f"    {line}" for line in series_choices(proposed))


def series_choices(proposed: "ProposedMandate") -> Iterator[str]:
    """Yield a line for each series of clauses: its number, how many clauses it has, and how it begins."""
    series = _all_series(proposed)
    for number, one in series[:MOST_SERIES]:
        yield tr_count(
            "{number}: {count} clause, beginning with '{text}'",
            "{number}: {count} clauses, beginning with '{text}'",
            one.clauses,
            number=number,
            text=shortened(one.begins, FIRST_WORDS),
        )
    if len(series) > MOST_SERIES:
        yield tr("and {number} more", number=f"{len(series) - MOST_SERIES:,}")


def _language_line(proposed: "ProposedMandate") -> str:
    """Return the language, and whether a person gave it or the program recognised it."""
    if proposed.language_by is None:
        return tr("Language {language}, as given", language=proposed.language)
    return tr(
        "Language {language}, recognised by its {evidence}; to correct it, give --language",
        language=proposed.language,
        evidence=proposed.language_by.value,
    )


def _numbering_line(proposed: "ProposedMandate") -> str:
    if "numbering" in proposed.recognised:
        return tr("Numbering {numbering}, recognised by the program", numbering=proposed.numbering.value)
    return tr("Numbering {numbering}, as given", numbering=proposed.numbering.value)


def _row(row: "ProposedRow | ProposalRowView") -> str:
    """Return a crosswalk row as one line: its clauses, lineage and set relation, and the similarity of the texts."""
    ends = f"{row.from_clause or tr('nothing')} → {row.to_clause or tr('nothing')}"
    line = f"{ends}: {row.lineage.value}, {row.relation.value}"
    return line if row.likeness is None else tr("{row}, similarity {number}", row=line, number=f"{row.likeness:.2f}")


def proposal_fields(proposal: "ProposalView") -> dict[str, Any]:
    """Return all values of a proposal for JSON."""
    from planner.queries.mandates.proposal_checks import gaps, what_is_left
    from planner.tables.json_form import json_value

    before, after = gaps(proposal)
    return {
        **json_value(proposal.summary),
        "clauses": [_without_id(clause) for clause in proposal.clauses],
        "rows": [_without_id(row) for row in proposal.rows],
        "gaps": {"earlier": before, "later": after},
        "left": what_is_left(proposal) if proposal.summary.state is ProposalState.OPEN else (),
    }


def _without_id(part: "ProposalClauseView | ProposalRowView") -> dict[str, Any]:
    from planner.tables.json_form import json_value

    fields: dict[str, Any] = json_value(part)
    return {name: value for name, value in fields.items() if name != "id"}


def print_proposals(plan: "PlanView", proposals: Sequence["ProposalSummary"]) -> None:
    """Print two lines for each proposal."""
    from rich.text import Text

    out = console()
    banner(out, plan)
    for proposal in proposals:
        heading = _heading(proposal.key, proposal.title, proposal.supersedes, proposal.first_of, proposal.language)
        out.print(state(proposal.state) + Text(f" {heading}"), soft_wrap=True)
        out.print("  " + "; ".join(_summary_parts(proposal, plan)), markup=False)
    if not proposals:
        out.print(tr("There are no proposals yet. To make a proposal, use: planner mandate add FILE --key KEY"))


def _summary_parts(proposal: "ProposalSummary", plan: "PlanView") -> Iterator[str]:
    yield _clauses_and_rows(proposal.clauses, proposal.rows)
    if proposal.unreviewed:
        left = _clauses_and_rows(proposal.machine_made_clauses, proposal.machine_made_rows)
        yield tr("still machine-made: {parts}", parts=left)
    else:
        yield tr("everything is decided")
    instant = plan.time_at(proposal.drafted_at)
    yield tr("proposed by {person}, {instant}", person=proposal.drafted_by, instant=instant)


def _clauses_and_rows(clauses: int, rows: int) -> str:
    parts = tr_count("{count} clause", "{count} clauses", clauses), tr_count("{count} row", "{count} rows", rows)
    return ", ".join(parts)


def print_proposal(plan: "PlanView", proposal: "ProposalView") -> None:
    """Print a proposal in full."""
    from rich.text import Text

    out = console()
    banner(out, plan)
    summary = proposal.summary
    heading = _heading(summary.key, summary.title, summary.supersedes, summary.first_of)
    out.print(Text(heading, style="bold"))
    out.print(state(summary.state) + Text(f" {summary.document} ({summary.language})"))
    for clause in proposal.clauses:
        out.print()
        out.print(Text(f"{clause.key}  {clause.number}  ", style="bold") + state(clause.state))
        for line in proposed_clause_lines(clause):
            out.print_line(line)
    if summary.supersedes is not None:
        _print_rows(proposal)
    out.print()
    for line in lines_left(proposal):
        out.print_line(line)


def _print_rows(proposal: "ProposalView") -> None:
    from rich.text import Text

    out = console()
    key, earlier = proposal.key, proposal.summary.supersedes
    if proposal.rows:
        heading = tr("Crosswalk, from {earlier} to {key}", earlier=earlier, key=key)
    else:
        heading = tr("The crosswalk from {earlier} to {key} has no rows.", earlier=earlier, key=key)
    out.print()
    out.print(Text(heading, style="bold"))
    for row in proposal.rows:
        number = tr("row {number}", number=row.number)
        out.print(Text(f"{number}  ") + state(row.state) + Text(f"  {_row(row)}"), soft_wrap=True)
        out.print_line(f"  {row.rationale}")


def proposed_clause_lines(clause: "ProposalClauseView") -> Iterator[str]:
    """Yield the lines that show a clause: its text, and its restatement."""
    yield from quoted(clause.citation.text)
    if clause.restatement:
        yield "  " + tr("Restatement: {text}", text=one_line(clause.restatement))
    else:
        yield "  " + tr("Not restated yet.")


def quoted(text: str | None) -> Iterable[str]:
    """Return cited words as indented lines. If no attached copy contains them, return a note that says so."""
    if text is None:
        return ["    " + tr("(no attached copy contains these words)")]
    return quoted_lines(text, "    ")


def row_lines(proposal: "ProposalView", row: "ProposalRowView") -> Iterator[str]:
    """Yield the lines that show a crosswalk row: its rationale, and the texts of its two clauses."""
    number = tr("row {number}", number=row.number)
    yield f"{number}  {_row(row)}"
    yield f"  {row.rationale}"
    for clause in proposal.earlier:
        if clause.key == row.from_clause:
            yield f"  {proposal.summary.supersedes}:{clause.key}"
            yield from quoted(clause.text)
    for proposed in proposal.clauses:
        if proposed.key == row.to_clause:
            yield f"  {proposal.key}:{proposed.key}"
            yield from quoted(proposed.citation.text)


def _adopted_lines(summary: "ProposalSummary") -> Iterator[str]:
    """Yield what the adoption of a proposal changed, and what to do next."""
    if summary.first_of is not None:
        yield tr("It is the mandate of the plan {plan}.", plan=summary.first_of)
        yield tr("To link the items of the plan to its clauses, begin with: planner links suggest")
        return
    yield tr(
        "Adopting it changed neither the mandate version that the plan uses nor any link. 'planner findings'"
        " shows what is missing."
    )


def lines_left(proposal: "ProposalView") -> Iterator[str]:
    """Yield lines about the state of a proposal, and about the decisions that are left before it can be adopted."""
    from planner.queries.mandates.proposal_checks import what_is_left

    summary = proposal.summary
    if summary.state is ProposalState.ADOPTED:
        yield tr(
            "{key} is now a mandate version. List its clauses with: planner clauses --mandate {key}", key=proposal.key
        )
        yield from _adopted_lines(summary)
        return
    if summary.state is ProposalState.DROPPED:
        yield tr("The proposal {key} was withdrawn.", key=proposal.key)
        return
    left = what_is_left(proposal)
    if left:
        yield tr("Decide the following before you adopt the proposal:")
    else:
        yield tr(
            "Everything is decided. Adopt the proposal with: planner mandate adopt {key} --reason TEXT",
            key=proposal.key,
        )
    yield from (f"  {one}" for one in left)

"""How drafted mandate versions are printed: what is proposed, what stands, and what is left to decide."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from planner.base.numbers import counted
from planner.base.visible_text import one_line, quoted_lines, shortened
from planner.cli.output import banner, console, state
from planner.domain.vocabulary import DraftState

if TYPE_CHECKING:
    from planner.mandates.crosswalk import ProposedRow
    from planner.mandates.proposal import ProposedClause, ProposedMandate
    from planner.queries.mandates.proposals import DraftedClauseView, DraftedRowView, DraftSummary, DraftView
    from planner.queries.plans import PlanView
    from planner.sources.numbering import Series

# How much of a clause is shown where not all of it is, in characters.
FIRST_WORDS = 90
# How many series of clauses are listed.
MOST_SERIES = 9


def proposal_fields(proposed: "ProposedMandate") -> dict[str, Any]:
    """What is proposed of a text, as JSON holds it."""
    return {
        "key": proposed.key,
        "title": proposed.title,
        "supersedes": proposed.supersedes,
        "in_force_from": proposed.in_force_from,
        "file_name": proposed.source.file_name,
        "sha256": proposed.source.sha256,
        "language": proposed.language,
        "language_guessed_from": proposed.language_by.value if proposed.language_by else None,
        "numbering": proposed.numbering,
        "recognised": proposed.recognised,
        "other_numberings": dict(proposed.others),
        "series": [
            {"clauses": one.clauses, "begins": one.begins, "drafted": number == proposed.drafted_series}
            for number, one in _several(proposed)
        ],
        "notes": proposed.notes,
        "clauses": [_proposed_clause(clause) for clause in proposed.clauses],
        "rows": proposed.rows,
    }


def _proposed_clause(clause: "ProposedClause") -> dict[str, Any]:
    names = ("key", "parent", "number", "start", "end", "quoted_sha256", "normal_sha256", "text", "restatement")
    return {name: getattr(clause, name) for name in names}


def print_proposal(plan: "PlanView", proposed: "ProposedMandate", *, recorded: bool) -> None:
    """Print what was proposed of a text, or would be."""
    out = console()
    banner(out, plan)
    for line in _proposal_lines(proposed):
        out.print_line(line)
    if recorded:
        out.print(f"Drafted, all of it machine-made. Go on with: planner mandate review {proposed.key}", markup=False)
    else:
        out.print("Nothing was written.")


def _proposal_lines(proposed: "ProposedMandate") -> Iterator[str]:
    yield f"{proposed.key}, after {proposed.supersedes}: {proposed.title}"
    yield f"  Language {proposed.language}{_language_by(proposed)}"
    yield f"  Numbering {proposed.numbering.value}{_how('numbering', proposed)}"
    if proposed.others:
        others = ", ".join(f"{style.value} finds {count}" for style, count in proposed.others)
        yield f"    other ways of reading it: {others}"
    yield from _series_lines(proposed)
    yield from (f"  Note: {note}" for note in proposed.notes)
    yield f"{len(proposed.clauses)} clauses:"
    for clause in proposed.clauses:
        yield f"  {clause.key}  {clause.number} {shortened(clause.text, FIRST_WORDS)}"
    yield f"{len(proposed.rows)} crosswalk rows, from {proposed.supersedes} to {proposed.key}:"
    yield from (f"  {_row(row)}" for row in proposed.rows)


def _several(proposed: "ProposedMandate") -> "list[tuple[int, Series]]":
    """Return the series of clauses with their numbers; none where the text has only one."""
    return list(enumerate(proposed.all_series, 1)) if proposed.drafted_series else []


def _series_lines(proposed: "ProposedMandate") -> Iterator[str]:
    """Yield which of several series of clauses is drafted, and which others there are."""
    if proposed.drafted_series:
        how = "as said" if proposed.series else "the longest; --series drafts another"
        yield f"  Series {proposed.drafted_series} of {len(proposed.all_series)} drafted, {how}"
        yield from (f"    {line}" for line in series_choices(proposed))


def series_choices(proposed: "ProposedMandate") -> Iterator[str]:
    """Yield a line for each series of clauses: its number, how many clauses it has, and how it begins."""
    several = _several(proposed)
    for number, one in several[:MOST_SERIES]:
        yield f"{number}: {counted(one.clauses, 'clause')}, from '{shortened(one.begins, FIRST_WORDS)}'"
    if len(several) > MOST_SERIES:
        yield f"and {len(several) - MOST_SERIES:,} more"


def _language_by(proposed: "ProposedMandate") -> str:
    """Whether the language was said, or is a guess."""
    if proposed.language_by is None:
        return ", as said"
    return f", a guess from its {proposed.language_by.value}; --language says another"


def _how(name: str, proposed: "ProposedMandate") -> str:
    return ", recognised by the program" if name in proposed.recognised else ", as said"


def _row(row: "ProposedRow | DraftedRowView") -> str:
    """A row in one line: its ends, what became of it, how alike the texts are."""
    alike = "" if row.likeness is None else f", alike {row.likeness:.2f}"
    ends = f"{row.from_clause or 'nothing'} → {row.to_clause or 'nothing'}"
    return f"{ends}: {row.lineage.value}, {row.relation.value}{alike}"


def draft_fields(draft: "DraftView") -> dict[str, Any]:
    """A draft in full, as JSON holds it."""
    from planner.queries.mandates.proposal_checks import gaps, what_is_left
    from planner.tables.json_form import json_value

    before, after = gaps(draft)
    return {
        **json_value(draft.summary),
        "clauses": [_without_id(clause) for clause in draft.clauses],
        "rows": [_without_id(row) for row in draft.rows],
        "gaps": {"earlier": before, "later": after},
        "left": what_is_left(draft) if draft.summary.state is DraftState.OPEN else (),
    }


def _without_id(part: "DraftedClauseView | DraftedRowView") -> dict[str, Any]:
    from planner.tables.json_form import json_value

    fields: dict[str, Any] = json_value(part)
    return {name: value for name, value in fields.items() if name != "id"}


def print_drafts(plan: "PlanView", drafts: Sequence["DraftSummary"]) -> None:
    """Print a line for each draft."""
    from rich.text import Text

    out = console()
    banner(out, plan)
    for draft in drafts:
        named = f" {draft.key}, after {draft.supersedes} ({draft.language}): {draft.title}"
        out.print(state(draft.state) + Text(named), soft_wrap=True)
        machine = f"machine-made still: {draft.machine_made_clauses} clauses, {draft.machine_made_rows} rows"
        counts = f"{draft.clauses} clauses, {draft.rows} rows; {machine if draft.unreviewed else 'all decided'}"
        out.print(f"  {counts}; drafted by {draft.drafted_by}, {draft.drafted_at:%Y-%m-%d %H:%M} UTC", markup=False)
    if not drafts:
        out.print("No mandate version was drafted yet: planner mandate add FILE --key KEY")


def print_draft(plan: "PlanView", draft: "DraftView") -> None:
    """Print a draft in full."""
    from rich.text import Text

    out = console()
    banner(out, plan)
    summary = draft.summary
    out.print(Text(f"{summary.key}, after {summary.supersedes}: {summary.title}", style="bold"))
    out.print(state(summary.state) + Text(f" {summary.document} ({summary.language})"))
    for clause in draft.clauses:
        out.print()
        out.print(Text(f"{clause.key}  {clause.number}  ", style="bold") + state(clause.state))
        for line in clause_lines(clause):
            out.print_line(line)
    out.print()
    out.print(Text(f"Crosswalk, from {summary.supersedes} to {summary.key}", style="bold"))
    for row in draft.rows:
        out.print(Text(f"row {row.number}  ") + state(row.state) + Text(f"  {_row(row)}"), soft_wrap=True)
        out.print_line(f"  {row.rationale}")
    out.print()
    for line in standing_lines(draft):
        out.print_line(line)


def clause_lines(clause: "DraftedClauseView") -> Iterator[str]:
    """A clause verbatim, and as it is restated."""
    yield from quoted(clause.citation.text)
    yield f"  Restated: {one_line(clause.restatement)}" if clause.restatement else "  Not restated yet."


def quoted(text: str | None) -> Iterable[str]:
    """Verbatim lines, set in; a note where no attached copy has them."""
    if text is None:
        return ["    (no attached copy says it)"]
    return quoted_lines(text, "    ")


def row_lines(draft: "DraftView", row: "DraftedRowView") -> Iterator[str]:
    """A row with the words at both of its ends."""
    yield f"row {row.number}  {_row(row)}"
    yield f"  {row.rationale}"
    for clause in draft.earlier:
        if clause.key == row.from_clause:
            yield f"  {draft.summary.supersedes}:{clause.key}"
            yield from quoted(clause.text)
    for drafted in draft.clauses:
        if drafted.key == row.to_clause:
            yield f"  {draft.key}:{drafted.key}"
            yield from quoted(drafted.citation.text)


def standing_lines(draft: "DraftView") -> Iterator[str]:
    """What stands of a draft as a whole, and what is left."""
    from planner.queries.mandates.proposal_checks import what_is_left

    summary = draft.summary
    if summary.state is DraftState.ADOPTED:
        yield f"{draft.key} is a mandate version of the register: planner clauses --mandate {draft.key}"
        yield "The plan's version in force and all links are as they were; planner findings tells what lacks."
        return
    if summary.state is DraftState.DROPPED:
        yield f"{draft.key} was dropped."
        return
    left = what_is_left(draft)
    yield "Left to decide before it can be adopted:" if left else "Everything is decided: planner mandate adopt"
    yield from (f"  {one}" for one in left)

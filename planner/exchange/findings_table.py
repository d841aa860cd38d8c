"""Findings as a table. The columns defined here are the source of the CSV and its description (docs/findings.md)."""

from collections.abc import Callable

from planner.domain.vocabulary import FINDING_KINDS, FindingRank, FindingState, FindingSubject, OpenAgain
from planner.queries.findings import FindingView, PastDecision
from planner.queries.findings.in_words import side_in_words
from planner.store.journal import encoded
from planner.tables import columns
from planner.tables.columns import Column, Value
from planner.tables.table import Table


def _accepted(read: Callable[[PastDecision], Value]) -> Callable[[FindingView], Value]:
    """Return a function that reads a value of a finding's acceptance, or None if the finding is not accepted."""
    return lambda finding: read(finding.acceptance) if finding.acceptance else None


COLUMNS: tuple[Column[FindingView], ...] = (
    columns.word("kind", lambda finding: finding.kind.value, "What sort of finding it is.", one_of=FINDING_KINDS),
    columns.text(
        "subject",
        lambda finding: finding.subject,
        "What tells it from the others of its kind: a key, a code, a clause; the word by which it is accepted.",
    ),
    columns.word(
        "state",
        lambda finding: finding.state.value,
        "`accepted` where somebody accepted it, the day has not passed and it says the same still; else `open`.",
        one_of=FindingState,
    ),
    columns.word(
        "rank",
        lambda finding: finding.rank.value,
        "How much it matters. Rows are in the order of the ranks, then of the kinds, the open ones of a kind first.",
        one_of=FindingRank,
    ),
    columns.word(
        "about", lambda finding: finding.about.kind.value, "What sort of thing it is about.", one_of=FindingSubject
    ),
    columns.text(
        "about_key",
        lambda finding: finding.about.key,
        "Which thing it is about: a code, `version:clause`, the name of a link, a theme's number, the key of a "
        "document or of the plan.",
        "Which",
    ),
    columns.text(
        "about_title", lambda finding: finding.about.title, "What that thing is called, or says in our words.", "Title"
    ),
    columns.text("statement", lambda finding: finding.statement, "What was found."),
    columns.texts(
        "sides",
        lambda finding: tuple(map(side_in_words, finding.sides)) or None,
        "The places that show it, or lack it.",
        optional=True,
    ),
    columns.text(
        "accepted_by",
        _accepted(lambda accepted: accepted.actor),
        "Who accepted it; empty while it is open.",
        "By",
        optional=True,
    ),
    columns.text(
        "accepted_at",
        _accepted(lambda accepted: str(encoded(accepted.recorded_at))),
        "When that was recorded, in UTC.",
        "At",
        optional=True,
    ),
    columns.day(
        "accepted_until",
        _accepted(lambda accepted: accepted.until),
        "The last day on which it is accepted.",
        "Until",
        optional=True,
    ),
    columns.text(
        "accepted_for", _accepted(lambda accepted: accepted.reason), "Why it was accepted.", "Reason", optional=True
    ),
    columns.word(
        "open_again",
        lambda finding: finding.lapse.why.value if finding.lapse else None,
        "Why it is open although it was accepted once: the day has passed, it says something else now, or somebody "
        "reopened it.",
        one_of=OpenAgain,
        optional=True,
    ),
)


FINDINGS = Table(
    "findings", "Findings", "What should an auditor see, and what was accepted?", COLUMNS, ("kind", "subject")
)

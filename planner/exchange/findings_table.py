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
    """Return a function that applies `read` to the acceptance of a finding, or gives None if there is no acceptance."""
    return lambda finding: read(finding.acceptance) if finding.acceptance else None


COLUMNS: tuple[Column[FindingView], ...] = (
    columns.word("kind", lambda finding: finding.kind.value, "The kind of finding.", one_of=FINDING_KINDS),
    columns.text(
        "subject",
        lambda finding: finding.subject,
        "Identifies the finding among those of its kind: a key, a code or a clause. Use it to accept the finding.",
    ),
    columns.word(
        "state",
        lambda finding: finding.state.value,
        "`accepted` if somebody accepted it, the day has not passed and its content is the same; otherwise `open`.",
        one_of=FindingState,
    ),
    columns.word(
        "rank",
        lambda finding: finding.rank.value,
        "The importance. Rows are sorted by rank, then by kind; the open ones of a kind come first.",
        one_of=FindingRank,
    ),
    columns.word(
        "about",
        lambda finding: finding.about.kind.value,
        "The kind of thing that the finding is about.",
        one_of=FindingSubject,
    ),
    columns.text(
        "about_key",
        lambda finding: finding.about.key,
        "The thing that it is about: a code, `version:clause`, the name of a link, a theme's number, the key of a "
        "document or of the plan.",
        "Which",
    ),
    columns.text(
        "about_title", lambda finding: finding.about.title, "The name of that thing, or its restatement.", "Title"
    ),
    columns.text("statement", lambda finding: finding.statement, "What was found."),
    columns.texts(
        "sides",
        lambda finding: tuple(map(side_in_words, finding.sides)) or None,
        "The passages that show the finding or lack something.",
        optional=True,
    ),
    columns.text(
        "accepted_by",
        _accepted(lambda accepted: accepted.actor),
        "The person who accepted it; empty while it is open.",
        "By",
        optional=True,
    ),
    columns.text(
        "accepted_at",
        _accepted(lambda accepted: str(encoded(accepted.recorded_at))),
        "The instant at which that was recorded, in UTC.",
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
        "accepted_for",
        _accepted(lambda accepted: accepted.reason),
        "The reason for which it was accepted.",
        "Reason",
        optional=True,
    ),
    columns.word(
        "open_again",
        lambda finding: finding.lapse.why.value if finding.lapse else None,
        "Why it is open although it was accepted before: the day has passed, its content has changed, or somebody "
        "reopened it.",
        one_of=OpenAgain,
        optional=True,
    ),
)


FINDINGS = Table(
    "findings", "Findings", "What should an auditor see, and what was accepted?", COLUMNS, ("kind", "subject")
)

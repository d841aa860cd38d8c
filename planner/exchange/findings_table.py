"""Findings as a table. The columns defined here are the source of the CSV and its description (docs/findings.md)."""

from collections.abc import Callable, Iterable, Iterator

from planner.domain.vocabulary import FINDING_KINDS, FindingRank, FindingState, FindingSubject, OpenAgain
from planner.queries.findings import Decision, FindingView, read_findings
from planner.queries.findings.in_words import side_in_words
from planner.store.journal import encoded
from planner.weekly.csv_file import csv_bytes
from planner.weekly.reading import Instance, WeekReading
from planner.weekly.table import Column, ColumnType, Section, Value


def _accepted(read: Callable[[Decision], Value]) -> Callable[[FindingView], Value]:
    """Return a function that reads a value of a finding's acceptance, or None if the finding is not accepted."""
    return lambda finding: read(finding.acceptance) if finding.acceptance else None


COLUMNS: tuple[Column[FindingView], ...] = (
    Column(
        "kind",
        "Kind",
        ColumnType.WORD,
        lambda finding: finding.kind.value,
        "What sort of finding it is.",
        one_of=tuple(FINDING_KINDS),
        required=True,
    ),
    Column(
        "subject",
        "Subject",
        ColumnType.TEXT,
        lambda finding: finding.subject,
        "What tells it from the others of its kind: a key, a code, a clause; the word by which it is accepted.",
        required=True,
    ),
    Column(
        "state",
        "State",
        ColumnType.WORD,
        lambda finding: finding.state.value,
        "`accepted` where somebody accepted it, the day has not passed and it says the same still; else `open`.",
        one_of=tuple(state.value for state in FindingState),
        required=True,
    ),
    Column(
        "rank",
        "Rank",
        ColumnType.WORD,
        lambda finding: finding.rank.value,
        "How much it matters. Rows are in the order of the ranks, then of the kinds, the open ones of a kind first.",
        one_of=tuple(rank.value for rank in FindingRank),
        required=True,
    ),
    Column(
        "about",
        "About",
        ColumnType.WORD,
        lambda finding: finding.about.kind.value,
        "What sort of thing it is about.",
        one_of=tuple(kind.value for kind in FindingSubject),
        required=True,
    ),
    Column(
        "about_key",
        "Which",
        ColumnType.TEXT,
        lambda finding: finding.about.key,
        "Which thing it is about: a code, `version:clause`, the name of a link, a theme's number, the key of a "
        "document or of the plan.",
        required=True,
    ),
    Column(
        "about_title",
        "Title",
        ColumnType.TEXT,
        lambda finding: finding.about.title,
        "What that thing is called, or says in our words.",
        required=True,
    ),
    Column(
        "statement",
        "Statement",
        ColumnType.TEXT,
        lambda finding: finding.statement,
        "What was found.",
        required=True,
    ),
    Column(
        "sides",
        "Sides",
        ColumnType.LIST,
        lambda finding: tuple(map(side_in_words, finding.sides)) or None,
        "The places that show it, or lack it.",
    ),
    Column(
        "accepted_by",
        "By",
        ColumnType.TEXT,
        _accepted(lambda accepted: accepted.actor),
        "Who accepted it; empty while it is open.",
    ),
    Column(
        "accepted_at",
        "At",
        ColumnType.TEXT,
        _accepted(lambda accepted: str(encoded(accepted.recorded_at))),
        "When that was recorded, in UTC.",
    ),
    Column(
        "accepted_until",
        "Until",
        ColumnType.DATE,
        _accepted(lambda accepted: accepted.until),
        "The last day on which it is accepted.",
    ),
    Column(
        "accepted_for",
        "Reason",
        ColumnType.TEXT,
        _accepted(lambda accepted: accepted.reason),
        "Why it was accepted.",
    ),
    Column(
        "open_again",
        "Open again",
        ColumnType.WORD,
        lambda finding: finding.lapse.why.value if finding.lapse else None,
        "Why it is open although it was accepted once: the day has passed, it says something else now, or somebody "
        "reopened it.",
        one_of=tuple(why.value for why in OpenAgain),
    ),
)


def _rows(reading: WeekReading) -> list[FindingView]:
    return read_findings(reading.session, reading.plan, reading.instance.point)


FINDINGS = Section(
    "findings", "Findings", "What should an auditor see, and what was accepted?", COLUMNS, _rows, ("kind", "subject")
)


def findings_csv(instance: Instance, findings: Iterable[FindingView]) -> Iterator[bytes]:
    """Yield findings as CSV, line by line."""
    return csv_bytes(FINDINGS, instance.frame, findings)

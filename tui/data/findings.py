"""The findings, computed whenever they are read, with their searchable texts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from planner.domain.codes import has_words, search_words

if TYPE_CHECKING:
    from planner.queries.findings import FindingView, Kind
    from planner.queries.findings.ranking import Row
    from planner.queries.findings.summary import FindingCount
    from planner.queries.items.views import ItemView
    from planner.queries.search.search_texts import SearchTexts, Texts
    from planner.register.plan_view import PlanView
    from planner.register.reading import Reading


@dataclass(frozen=True)
class FindingsPage:
    """All findings, the most important first.

    `texts` are the searchable texts of each finding, in the same order. `names` are the names from which the texts were
    made.
    """

    plan: "PlanView"
    findings: "tuple[FindingView, ...]"
    texts: "tuple[Texts, ...]"
    names: "SearchTexts"

    @cached_property
    def tallies(self) -> "tuple[FindingCount, ...]":
        """How many findings of each kind are open, and how many are accepted."""
        from planner.queries.findings.ranking import grouped
        from planner.queries.findings.summary import tallies

        return tallies(grouped(self.findings))

    @cached_property
    def counted(self) -> str:
        """How many findings of each rank are open, and how many are accepted, in words."""
        from planner.queries.findings.ranking import grouped
        from planner.queries.findings.summary import counted_in_words

        return counted_in_words(grouped(self.findings))

    @cached_property
    def _of_kind(self) -> "dict[Kind, list[FindingView]]":
        found = defaultdict(list)
        for finding in self.findings:
            found[finding.kind].append(finding)
        return found

    @cached_property
    def _all_rows(self) -> "list[Row]":
        from planner.queries.findings.ranking import grouped, in_rows

        return [row for group in grouped(self.findings) for row in in_rows(group)]

    def prepare(self) -> None:
        """Compute, in a worker thread, what the findings screen shows first. This takes a second for 100,000 items."""
        _ = self.tallies, self.counted, self._of_kind, self._all_rows

    def of(self, kind: "Kind | None", search: str) -> "Sequence[FindingView]":
        """Return the findings of a kind, or of all kinds, that contain every word of the search."""
        words = search_words(search)
        if not words:
            return self._of_kind.get(kind, ()) if kind else self.findings
        return [
            finding
            for finding, texts in zip(self.findings, self.texts, strict=True)
            if kind in (None, finding.kind) and has_words(words, *texts)
        ]

    def rows(self, kind: "Kind | None", search: str) -> "Sequence[Row]":
        """Return the findings that match, as rows of the list.

        If neither a kind nor a search is given, similar findings share one row.
        """
        return self.of(kind, search) if kind or search.strip() else self._all_rows

    def with_one(self, changed: "FindingView") -> "FindingsPage":
        """Return a copy of the page in which one finding is replaced, after it was accepted or reopened."""
        identity = (changed.kind, changed.subject)
        findings = (changed if (one.kind, one.subject) == identity else one for one in self.findings)
        return _page(self.plan, findings, self.names)


def _page(plan: "PlanView", findings: "Iterable[FindingView]", names: "SearchTexts") -> FindingsPage:
    from planner.queries.findings.ranking import grouped
    from planner.queries.search.matching import finding_texts

    ordered = tuple(finding for group in grouped(findings) for finding in group)
    return FindingsPage(plan, ordered, tuple(finding_texts(finding, names) for finding in ordered), names)


def read_page(reading: "Reading", items: "Sequence[ItemView]" = ()) -> FindingsPage:
    """Return all findings. `items` are the plan's items, already loaded."""
    from planner.queries.findings import read_findings
    from planner.queries.mandates.clause_views import read_all_clauses
    from planner.queries.search.search_texts import read_search_texts

    names = read_search_texts(reading, items, read_all_clauses(reading))
    page = _page(reading.plan, read_findings(reading), names)
    page.prepare()
    return page

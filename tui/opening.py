"""From a finding to what it is about: an item, a clause, a link, a theme, a measure, or the plan."""

from typing import TYPE_CHECKING

from planner.vocabulary import ComputedFinding, FindingSubject
from tui.finding import FindingApp

if TYPE_CHECKING:
    from planner.queries.findings import FindingView


class OpeningApp(FindingApp):
    """An app in which a finding leads somewhere."""

    def open_about(self, finding: "FindingView") -> None:
        """Show what a finding is about. A document has no screen: how to look at it is told."""
        kind, key = finding.about.kind, finding.about.key
        if kind is FindingSubject.CLAUSE:
            mandate, _, clause = key.partition(":")
            self.open_clause(mandate, clause)
        elif kind is FindingSubject.LINK:
            self.open_links(at=key)
        elif kind is FindingSubject.ITEM:
            self.open_item(key)
        elif kind is FindingSubject.MEASURE:
            self._open_measure(finding)
        elif kind is FindingSubject.THEME:
            from planner.queries.items import Filters

            self.open_register(Filters(theme=int(key)))
        elif kind is FindingSubject.PLAN:
            self.action_go("overview")
        else:
            self.notify(f"It is about the document {key}: 'planner sources list' says where it is.", markup=False)

    def _open_measure(self, finding: "FindingView") -> None:
        """The measure where it stands without a clause, else its items."""
        if finding.kind is ComputedFinding.MEASURE_WITHOUT_CLAUSE:
            self.open_clause(finding.subject.rpartition(" in ")[2], finding.about.key)
        else:
            self.open_near(finding.about.key)

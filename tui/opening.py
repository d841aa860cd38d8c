"""Opens the subject of a finding: an item, a clause, a link, a theme, a measure or the plan."""

from typing import TYPE_CHECKING

from planner.domain.vocabulary import ComputedFinding, FindingSubject
from tui.finding import FindingApp

if TYPE_CHECKING:
    from planner.queries.findings import FindingView


class OpeningApp(FindingApp):
    """An app that can open the subject of a finding."""

    def open_about(self, finding: "FindingView") -> None:
        """Show the subject of a finding. A document has no screen, so a notification says how to find it."""
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
            from planner.queries.items.filters import Filters

            self.open_register(Filters(theme=int(key)))
        elif kind is FindingSubject.PLAN:
            self.action_go("overview")
        else:
            self.notify(f"It is about the document {key}: 'planner sources list' says where it is.", markup=False)

    def _open_measure(self, finding: "FindingView") -> None:
        """Show the measure on the mandates screen if the finding is that it has no clause, or else its items."""
        if finding.kind is ComputedFinding.MEASURE_WITHOUT_CLAUSE:
            self.open_clause(finding.subject.rpartition(" in ")[2], finding.about.key)
        else:
            self.open_near(finding.about.key)

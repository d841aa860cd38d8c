"""The list of a version's clauses, and panes with the details of the clause under the cursor."""

from typing import TYPE_CHECKING

from planner.base.language import tr
from tui.widgets.blocks import BlockPane
from tui.widgets.fold import Fold, Pane
from tui.widgets.mandates.clause import crosswalk_blocks, finding_blocks
from tui.widgets.mandates.clause_texts import Texts
from tui.widgets.mandates.clauses import CLAUSE_COLUMNS, ITEM_COLUMNS
from tui.widgets.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.queries.findings import FindingView
    from planner.queries.items.views import ItemLine
    from planner.queries.mandates.clause_views import ClauseView
    from planner.queries.mandates.matrix import MatrixRow

# The numbers of the panes.
CLAUSES, TEXTS, ITEMS = 0, 1, 2


class ClausePanes(Fold):
    """The panes about clauses. `clauses` lists the clauses, and `items` the items of the clause under the cursor."""

    def __init__(self) -> None:
        self.clauses: Table[MatrixRow] = Table(
            CLAUSE_COLUMNS, lambda row: row.name, empty=tr("Loading the mandates…"), id="clauses"
        )
        self.items: Table[ItemLine] = Table(ITEM_COLUMNS, lambda item: item.id, empty=tr("No items."), id="behind")
        self._texts = Texts()
        self._crosswalk = BlockPane(id="crosswalk")
        self._findings = BlockPane(id="findings")
        super().__init__(
            {
                tr("Clauses"): self.clauses,
                tr("Texts"): Pane(self._texts, id="texts"),
                tr("Items"): self.items,
                tr("Crosswalk"): self._crosswalk,
                tr("Findings"): self._findings,
            }
        )

    def fill(
        self, row: "MatrixRow", clause: "ClauseView | None", findings: "Sequence[FindingView]", theme: int | None
    ) -> None:
        """Show the details of a clause or a measure. If `theme` is given, list only its items of this theme."""
        self._texts.restatement = row.about.restatement
        self._texts.texts = clause.texts if clause else ()
        linked = [item for item in row.items if theme is None or theme in item.all_themes]
        if theme is None:
            self.items.show(linked, empty=tr("No items are linked to this."))
            self.title(self.items, tr("Items {number}", number=len(linked)))
        else:
            self.items.show(linked, empty=tr("No items of this theme are linked to this."))
            self.title(self.items, tr("Items {number} of theme {theme}", number=len(linked), theme=theme))
        self._crosswalk.fill(crosswalk_blocks(clause))
        self._findings.fill(finding_blocks(row, findings))
        self.title(self._crosswalk, tr("Crosswalk {number}", number=len(clause.crosswalk) if clause else 0))
        self.title(self._findings, tr("Findings {number}", number=len(findings)))

    def clear(self) -> None:
        """Clear the panes, because there is no clause to show."""
        self._texts.restatement, self._texts.texts = "", ()
        self.items.show((), empty=tr("No clause is shown."))
        self._crosswalk.fill(())
        self._findings.fill(())

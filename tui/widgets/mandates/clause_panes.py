"""The clauses of a version in a list, and panes with all about the one under the cursor."""

from typing import TYPE_CHECKING

from tui.widgets.blocks import BlockPane
from tui.widgets.fold import Fold, Pane
from tui.widgets.mandates.clause import crosswalk_blocks, finding_blocks
from tui.widgets.mandates.clause_texts import Texts
from tui.widgets.mandates.clauses import CLAUSE_COLUMNS, ITEM_COLUMNS
from tui.widgets.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.queries.findings import FindingView
    from planner.queries.items.views import ItemView
    from planner.queries.mandates.clause_views import ClauseView
    from planner.queries.mandates.matrix import MatrixRow

# The places of the panes.
TEXTS, ITEMS = 1, 2


class ClausePanes(Fold):
    """`clauses` is the list, `items` are those behind the clause."""

    def __init__(self) -> None:
        self.clauses: Table[MatrixRow] = Table(
            CLAUSE_COLUMNS, lambda row: row.name, empty="Reading the mandates…", id="clauses"
        )
        self.items: Table[ItemView] = Table(ITEM_COLUMNS, lambda item: item.id, empty="No items.", id="behind")
        self._texts = Texts()
        self._crosswalk = BlockPane(id="crosswalk")
        self._findings = BlockPane(id="findings")
        super().__init__(
            {
                "Clauses": self.clauses,
                "Texts": Pane(self._texts, id="texts"),
                "Items": self.items,
                "Crosswalk": self._crosswalk,
                "Findings": self._findings,
            }
        )

    def fill(
        self, row: "MatrixRow", clause: "ClauseView | None", findings: "Sequence[FindingView]", theme: int | None
    ) -> None:
        """Show all about a clause or a measure, of the items behind it those of a theme (None for all)."""
        self._texts.restatement = row.about.restatement
        self._texts.texts = clause.texts if clause else ()
        behind = [item for item in row.items if theme in (None, item.theme)]
        self.items.show(behind, empty="No items stand on this." if theme is None else "No items of this theme.")
        self._crosswalk.fill(crosswalk_blocks(clause))
        self._findings.fill(finding_blocks(row, findings))
        self.title(self.items, f"Items {len(behind)}{f' of theme {theme}' if theme else ''}")
        self.title(self._crosswalk, f"Crosswalk {len(clause.crosswalk) if clause else 0}")
        self.title(self._findings, f"Findings {len(findings)}")

    def clear(self) -> None:
        """Show nothing, where there is no clause to be shown."""
        self._texts.restatement, self._texts.texts = "", ()
        self.items.show((), empty="No clause is shown.")
        self._crosswalk.fill(())
        self._findings.fill(())

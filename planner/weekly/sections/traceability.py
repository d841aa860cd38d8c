"""The section `traceability`: the path from each item through its measure to its mandate clauses, and any gaps."""

from collections.abc import Callable, Iterator

from planner.base.views import value_class
from planner.domain.vocabulary import Basis, Coverage, LinkState, LinkType
from planner.queries.items.columns import WHICH_ITEM
from planner.queries.mandates.basis import ItemMandateBasis, LinkedClause, read_mandate_bases
from planner.tables import columns
from planner.tables.columns import Column, Value
from planner.weekly.reading import WeekReading
from planner.weekly.section import ItemFact, Section

# The value of the column `clause` for an item without a clause.
NONE = "none"

# The states of a link that is still valid.
HOLDING = tuple(state for state in LinkState if state not in (LinkState.REJECTED, LinkState.SUGGESTED))


@value_class
class TraceRow(ItemFact):
    """An item and one of its clauses in the mandate version in force. `clause` is None if there is no clause."""

    standing: ItemMandateBasis
    clause: LinkedClause | None

    @property
    def link_of(self) -> str:
        """Whether the link starts at the item or at its measure. NONE if there is no link."""
        if self.clause is None:
            return NONE
        return "item" if self.clause.of_item else "measure"

    @property
    def gaps(self) -> str | None:
        """Sentences that say what is missing between the item and its clauses, or None if nothing is missing."""
        return " ".join((*self.standing.gaps, *(self.clause.gaps if self.clause else ()))) or None

    @property
    def corresponding(self) -> tuple[str, ...]:
        """The clauses of other mandate versions that correspond to this row's clause."""
        rows = self.clause.correspondences if self.clause else ()
        return tuple(row.other for row in rows if row.other is not None)


def _of_clause(row: TraceRow, read: Callable[[LinkedClause], Value]) -> Value:
    return None if row.clause is None else read(row.clause)


COLUMNS: tuple[Column[TraceRow], ...] = (
    *WHICH_ITEM,
    columns.text(
        "measure",
        lambda row: row.item.measure,
        "The code of the measure that the item carries out. Empty if it has none.",
        optional=True,
    ),
    columns.text(
        "measure_title",
        lambda row: row.standing.measure_title,
        "The commitment in the published text, restated in a few words.",
        "Measure's title",
        optional=True,
    ),
    columns.word(
        "measure_basis",
        lambda row: row.standing.measure_basis,
        "The source of the measure: `stated` if a cited document contains it. It is the same in a demonstration, "
        "which simulates no measures.",
        "Measure's basis",
        one_of=Basis,
        optional=True,
    ),
    columns.word(
        "allocation_basis",
        lambda row: row.item.allocation_basis,
        "The source of the item's assignment to this measure and theme. It is the same in a demonstration.",
        "Allocation's basis",
        one_of=Basis,
    ),
    columns.text(
        "clause",
        lambda row: _of_clause(row, lambda clause: clause.reference) or NONE,
        "A clause of the mandate version that was in force when the plan was made, as `version:clause`; `none` if "
        "no clause of this version covers the item.",
    ),
    columns.text(
        "clause_says",
        lambda row: _of_clause(row, lambda clause: clause.restatement),
        "The restatement of the clause. `planner clause` shows the original wording from an attached document.",
        "Clause text",
        optional=True,
    ),
    columns.word(
        "link_of",
        lambda row: row.link_of,
        "`measure` if the item is linked to the clause through its measure, `item` if the item is linked itself, "
        "`none` if there is no link.",
        "Linked through",
        one_of=("measure", "item", NONE),
    ),
    columns.word(
        "link_type",
        lambda row: _of_clause(row, lambda clause: clause.type),
        "The type of the link: `implements`, `supports` or `derived-from`.",
        "Link type",
        one_of=LinkType,
        optional=True,
    ),
    columns.word(
        "coverage",
        lambda row: _of_clause(row, lambda clause: clause.coverage),
        "Whether the clause covers all of the measure: `full` or `partial`.",
        one_of=Coverage,
        optional=True,
    ),
    columns.text(
        "rationale",
        lambda row: _of_clause(row, lambda clause: clause.rationale),
        "The reason for the link.",
        optional=True,
    ),
    columns.word(
        "link_state",
        lambda row: _of_clause(row, lambda clause: clause.state),
        "The state of the link: `unreviewed`, `accepted` as made, `changed` by its last review, or `suspect`. A "
        "link is suspect if an end was reworded, or an attached copy was found to differ, since the link was last "
        "reviewed or made. A rejected link has no row, nor has one that the program suggested and nobody has reviewed.",
        "Link's state",
        one_of=HOLDING,
        optional=True,
    ),
    columns.text(
        "link_reviewed_by",
        lambda row: _of_clause(row, lambda clause: clause.reviewed_by),
        "The login of the last reviewer. Empty if nobody has reviewed the link.",
        "Link's reviewer",
        optional=True,
    ),
    columns.texts(
        "corresponding_clauses",
        lambda row: row.corresponding,
        "The corresponding clauses of the other versions according to the crosswalk, as `version:clause`.",
        "Matching clauses",
        optional=True,
    ),
    columns.texts(
        "crosswalk",
        lambda row: tuple(one.statement for one in row.clause.correspondences) if row.clause else (),
        "The crosswalk rows about the clause: what the wording of the older version became in the later one, and "
        "in brackets how the substance of the older relates to that of the later.",
        optional=True,
    ),
    columns.texts(
        "other_links",
        lambda row: row.standing.elsewhere,
        "The clauses of the other versions that the measure or the item is linked to itself, whatever the "
        "crosswalk says.",
        optional=True,
    ),
    columns.text(
        "gap",
        lambda row: row.gaps,
        "The gaps, in words: a version in which no clause covers the measure, and why; or a clause that has no "
        "counterpart in another version, or that the crosswalk does not mention. Empty if there is no gap.",
        optional=True,
    ),
)


def _rows(reading: WeekReading) -> Iterator[TraceRow]:
    for standing in read_mandate_bases(reading, reading.items):
        for clause in standing.clauses or (None,):
            yield TraceRow(standing.item, reading.instance.frame, standing, clause)


TRACEABILITY = Section(
    name="traceability",
    title="Traceability",
    answers="Which clause of the mandate is each item based on, which clauses of the other version "
    "correspond to it, and which items have no clause?",
    columns=COLUMNS,
    rows=_rows,
    key=("code", "clause", "link_of"),
)

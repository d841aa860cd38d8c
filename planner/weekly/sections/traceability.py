"""The section `traceability`: the path from each item through its measure to its mandate clauses, and any gaps."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from planner.domain.vocabulary import Basis, Coverage, LinkState, LinkType
from planner.queries.items.views import ItemView
from planner.queries.mandates.basis import ItemMandateBasis, LinkedClause, read_mandate_bases
from planner.weekly.about_item import WHICH_ITEM
from planner.weekly.reading import WeekReading
from planner.weekly.table import Column, ColumnType, Section, Value

# The value of the column `clause` for an item without a clause.
NONE = "none"

# The states of a link that is still valid.
HOLDING = tuple(state for state in LinkState if state is not LinkState.REJECTED)


@dataclass(frozen=True)
class TraceRow:
    """An item and one of its clauses in the mandate version in force. `clause` is None if it has none there."""

    standing: ItemMandateBasis
    clause: LinkedClause | None
    simulated: bool

    @property
    def item(self) -> ItemView:
        """The item."""
        return self.standing.item

    @property
    def link_of(self) -> str:
        """The start of the link: the item, its measure, or none."""
        if self.clause is None:
            return NONE
        return "item" if self.clause.of_item else "measure"

    @property
    def gaps(self) -> str | None:
        """What is missing, in sentences, or None."""
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
    Column(
        "measure",
        "Measure",
        ColumnType.TEXT,
        lambda row: row.item.measure,
        "The code of the measure that the item carries out.",
        required=True,
    ),
    Column(
        "measure_title",
        "Measure's title",
        ColumnType.TEXT,
        lambda row: row.standing.measure_title,
        "The commitment in the published text, restated in a few words.",
        required=True,
    ),
    Column(
        "measure_basis",
        "Measure's basis",
        ColumnType.WORD,
        lambda row: row.standing.measure_basis,
        "The source of the measure: `stated` if a cited document contains it. It is the same in a demonstration, "
        "which simulates no measures.",
        one_of=tuple(Basis),
        required=True,
    ),
    Column(
        "allocation_basis",
        "Allocation's basis",
        ColumnType.WORD,
        lambda row: row.item.allocation_basis,
        "The source of the item's assignment to this measure and theme. It is the same in a demonstration.",
        one_of=tuple(Basis),
        required=True,
    ),
    Column(
        "clause",
        "Clause",
        ColumnType.TEXT,
        lambda row: _of_clause(row, lambda clause: clause.reference) or NONE,
        "A clause of the mandate version that was in force when the plan was made, as `version:clause`; `none` if "
        "no clause of this version covers the item.",
        required=True,
    ),
    Column(
        "clause_says",
        "Clause says",
        ColumnType.TEXT,
        lambda row: _of_clause(row, lambda clause: clause.restatement),
        "The restatement of the clause. `planner clause` shows the original wording from an attached document.",
    ),
    Column(
        "link_of",
        "Link of",
        ColumnType.WORD,
        lambda row: row.link_of,
        "`measure` if the item is linked to the clause through its measure, `item` if the item is linked itself, "
        "`none` if there is no link.",
        one_of=("measure", "item", NONE),
        required=True,
    ),
    Column(
        "link_type",
        "Link",
        ColumnType.WORD,
        lambda row: _of_clause(row, lambda clause: clause.type),
        "The type of the link: `implements`, `supports` or `derived-from`.",
        one_of=tuple(LinkType),
    ),
    Column(
        "coverage",
        "Coverage",
        ColumnType.WORD,
        lambda row: _of_clause(row, lambda clause: clause.coverage),
        "Whether the clause covers all of the measure: `full` or `partial`.",
        one_of=tuple(Coverage),
    ),
    Column(
        "rationale",
        "Rationale",
        ColumnType.TEXT,
        lambda row: _of_clause(row, lambda clause: clause.rationale),
        "The reason for the link.",
    ),
    Column(
        "link_state",
        "Link's state",
        ColumnType.WORD,
        lambda row: _of_clause(row, lambda clause: clause.state),
        "The state of the link: `unreviewed`, `accepted` as drawn, `changed` by its last review, or `suspect`. A "
        "link is suspect if an end was reworded, or an attached copy was found to differ, since the link was last "
        "reviewed or drawn. A rejected link has no row.",
        one_of=HOLDING,
    ),
    Column(
        "link_reviewed_by",
        "Link's reviewer",
        ColumnType.TEXT,
        lambda row: _of_clause(row, lambda clause: clause.reviewed_by),
        "The login of the last reviewer. Empty if nobody has reviewed the link.",
    ),
    Column(
        "corresponding_clauses",
        "Corresponding",
        ColumnType.LIST,
        lambda row: row.corresponding,
        "The corresponding clauses of the other versions according to the crosswalk, as `version:clause`.",
    ),
    Column(
        "crosswalk",
        "Crosswalk",
        ColumnType.LIST,
        lambda row: tuple(one.statement for one in row.clause.correspondences) if row.clause else (),
        "The crosswalk rows about the clause: what the wording of the older version became in the later one, and "
        "in brackets how the substance of the older relates to that of the later.",
    ),
    Column(
        "other_links",
        "Other links",
        ColumnType.LIST,
        lambda row: row.standing.elsewhere,
        "The clauses of the other versions that the measure or the item is linked to itself, whatever the "
        "crosswalk says.",
    ),
    Column(
        "gap",
        "Gap",
        ColumnType.TEXT,
        lambda row: row.gaps,
        "The gaps, in words: a version in which no clause covers the measure, and why; or a clause that has no "
        "counterpart in another version, or that the crosswalk does not mention. Empty if there is no gap.",
    ),
)


def _rows(reading: WeekReading) -> Iterator[TraceRow]:
    simulated = reading.plan.simulated
    known_at = reading.instance.known_at
    for standing in read_mandate_bases(reading.session, reading.plan, reading.items, known_at):
        for clause in standing.clauses or (None,):
            yield TraceRow(standing, clause, simulated)


TRACEABILITY = Section(
    name="traceability",
    title="Traceability",
    answers="Which clause of the mandate is each item based on, what corresponds to the clause in the other version, "
    "and which items have no clause?",
    columns=COLUMNS,
    rows=_rows,
    key=("code", "clause", "link_of"),
)

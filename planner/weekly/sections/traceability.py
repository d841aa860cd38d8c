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
        "What the published text commits to, in a few words of this project's.",
        required=True,
    ),
    Column(
        "measure_basis",
        "Measure's basis",
        ColumnType.WORD,
        lambda row: row.standing.measure_basis,
        "On what the measure stands: `stated` where a cited document says it. The same in a demonstration, which "
        "simulates no measures.",
        one_of=tuple(Basis),
        required=True,
    ),
    Column(
        "allocation_basis",
        "Allocation's basis",
        ColumnType.WORD,
        lambda row: row.item.allocation_basis,
        "On what it stands that the item belongs to this measure and theme. The same in a demonstration.",
        one_of=tuple(Basis),
        required=True,
    ),
    Column(
        "clause",
        "Clause",
        ColumnType.TEXT,
        lambda row: _of_clause(row, lambda clause: clause.reference) or NONE,
        "A clause of the mandate version that was in force when the plan was made, as `version:clause`; `none` where "
        "no clause of it covers the item.",
        required=True,
    ),
    Column(
        "clause_says",
        "Clause says",
        ColumnType.TEXT,
        lambda row: _of_clause(row, lambda clause: clause.restatement),
        "The clause restated; not its wording, which `planner clause` shows from an attached document.",
    ),
    Column(
        "link_of",
        "Link of",
        ColumnType.WORD,
        lambda row: row.link_of,
        "Whether the `measure` is linked to the clause, and through it the item, or the `item` by itself; `none` "
        "where there is no link.",
        one_of=("measure", "item", NONE),
        required=True,
    ),
    Column(
        "link_type",
        "Link",
        ColumnType.WORD,
        lambda row: _of_clause(row, lambda clause: clause.type),
        "What it is to the clause: it `implements` or `supports` it, or is `derived-from` it.",
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
        "Why one may say so: the basis of the link.",
    ),
    Column(
        "link_state",
        "Link's state",
        ColumnType.WORD,
        lambda row: _of_clause(row, lambda clause: clause.state),
        "Whether a person reviewed the link: `unreviewed`, `accepted` as drawn, or `changed` by its last review; "
        "`suspect` where an end was reworded, or an attached copy found to read otherwise, since it was last reviewed "
        "or drawn. A link that was rejected holds no longer and has no row.",
        one_of=HOLDING,
    ),
    Column(
        "link_reviewed_by",
        "Link's reviewer",
        ColumnType.TEXT,
        lambda row: _of_clause(row, lambda clause: clause.reviewed_by),
        "Who reviewed the link last, by login; empty where nobody did.",
    ),
    Column(
        "corresponding_clauses",
        "Corresponding",
        ColumnType.LIST,
        lambda row: row.corresponding,
        "The clauses of the other versions that the crosswalk names for it, as `version:clause`.",
    ),
    Column(
        "crosswalk",
        "Crosswalk",
        ColumnType.LIST,
        lambda row: tuple(one.statement for one in row.clause.correspondences) if row.clause else (),
        "The crosswalk's rows about it: what became of the wording from the older version to the later one, and in "
        "brackets how the older's substance relates to the later's.",
    ),
    Column(
        "other_links",
        "Other links",
        ColumnType.LIST,
        lambda row: row.standing.elsewhere,
        "The clauses of the other versions that the measure or the item is itself linked to, whatever the crosswalk "
        "says.",
    ),
    Column(
        "gap",
        "Gap",
        ColumnType.TEXT,
        lambda row: row.gaps,
        "What is missing, in words: a version in which no clause covers the measure, and why; a clause that nothing in "
        "another version corresponds to, or of which the crosswalk says nothing. Empty where nothing is.",
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
    answers="On which clause of the mandate does each item stand, what corresponds to it in the other version, and "
    "where is there none?",
    columns=COLUMNS,
    rows=_rows,
    key=("code", "clause", "link_of"),
)

"""What an import would do. People see the preview, and only what it contains is written."""

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date

from planner.base.formats import plain_number
from planner.base.views import value_class, view
from planner.intake.comparing.differences.changes import Conflict, Declined, DeclinedValue, Stored
from planner.intake.comparing.differences.items import ChangedItem, ItemName, NewItem, SaidNew, SameItem
from planner.intake.comparing.differences.named import (
    ChangedOrganisation,
    NewKind,
    NewOrganisation,
    NewPerson,
    NewTheme,
    RenamedTheme,
    SameTheme,
)
from planner.intake.comparing.stored import Position
from planner.intake.proposed import Field, Problem, Severity, TableLayout
from planner.intake.sheets import Place
from planner.register.closing import Closing
from planner.tables.json_form import NOT_IN_JSON


@view
class TotalLine:
    """A number of items: after the import, and as stated by the files and the plan. `name` is "items" or a kind.

    With a `sheet`, it is the number of the items of this sheet, and as this sheet states it.
    """

    name: str
    counted: int
    in_files: int | None
    in_plan: int | None
    sheet: str = ""

    @property
    def differs(self) -> bool:
        """Whether a stated number differs from the counted one."""
        return any(stated is not None and stated != self.counted for stated in (self.in_files, self.in_plan))


@value_class
class Preview:
    """What an import would do to a plan, in the order in which it is written.

    `position` is the last event of the audit log that the preview knows. `added_on` is the day from which the plan has
    the new items that have no other day, or None if it has them from its beginning. `changed_on` is the one from which
    changed facts hold, the day of the import. `unchanged` and `missing` are items of the register: those that the files
    repeat, and those that they do not contain. `removed` are those that leave the plan because the files do not have
    their working titles, and `removable` is the number of those that could leave it. `names` has what people call an
    organisation, a theme or a person, by the field and the stored value. `answers` are those to be kept for the same
    files, by the digest of the file. `kept` are those of earlier imports of the same files that count, by question.
    `cells` are those about the text of cells, as they are kept for later files of the same form. `said_new` are new
    items of which a person said so, and `same_themes` titles that a person said mean a theme of the register. `days`
    has the day of the facts of each file of which anything says the day. `closed` is the act that closed the plan, into
    which nothing can be imported then.
    """

    plan: str
    position: Position
    as_of: date
    files: tuple[str, ...]
    organisations: tuple[NewOrganisation, ...] = ()
    changed_organisations: tuple[ChangedOrganisation, ...] = ()
    people: tuple[NewPerson, ...] = ()
    kinds: tuple[NewKind, ...] = ()
    themes: tuple[NewTheme, ...] = ()
    renamed_themes: tuple[RenamedTheme, ...] = ()
    new: tuple[NewItem, ...] = ()
    changed: tuple[ChangedItem, ...] = ()
    unchanged: tuple[ItemName, ...] = ()
    missing: tuple[ItemName, ...] = ()
    removed: tuple[ItemName, ...] = ()
    removable: int = 0
    same_items: tuple[SameItem, ...] = ()
    declined: tuple[DeclinedValue, ...] = ()
    totals: tuple[TotalLine, ...] = ()
    problems: tuple[Problem, ...] = ()
    ignored: tuple[tuple[Place, str], ...] = ()
    layouts: tuple[TableLayout, ...] = ()
    added_on: date | None = None
    changed_on: date | None = None
    closed: Closing | None = None
    days: Mapping[str, date] = field(default_factory=dict, metadata=NOT_IN_JSON)
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict, metadata=NOT_IN_JSON)
    kept: Mapping[str, str] = field(default_factory=dict, metadata=NOT_IN_JSON)
    cells: Mapping[str, Mapping[str, str]] = field(default_factory=dict, metadata=NOT_IN_JSON)
    said_new: tuple[SaidNew, ...] = field(default=(), metadata=NOT_IN_JSON)
    same_themes: tuple[SameTheme, ...] = field(default=(), metadata=NOT_IN_JSON)
    names: Mapping[tuple[Field, Stored], str] = field(
        default_factory=dict, repr=False, compare=False, metadata=NOT_IN_JSON
    )

    @property
    def written(self) -> list[ChangedItem]:
        """The items of the register about which the import writes something."""
        return [item for item in self.changed if item.anything]

    @property
    def left_alone(self) -> list[ChangedItem]:
        """The items of the register that differ from the files and stay as they are, as people or rules decide."""
        return [item for item in self.changed if not item.anything]

    @property
    def all_conflicts(self) -> Iterator[tuple[ChangedItem, Conflict]]:
        """The conflicts of all items, each with its item, also those that were decided in an earlier import."""
        return ((item, conflict) for item in self.changed for conflict in item.all_conflicts)

    @property
    def conflicts(self) -> Iterator[tuple[ChangedItem, Conflict]]:
        """The conflicts of all items that were not decided in an earlier import, each with its item."""
        return (pair for pair in self.all_conflicts if pair[1].declined is not Declined.EARLIER)

    @property
    def blockers(self) -> tuple[Problem, ...]:
        """The problems that prevent the import: errors, and questions without an answer."""
        return tuple(problem for problem in self.problems if problem.severity is not Severity.REMARK)

    @property
    def anything(self) -> bool:
        """Whether the import would write anything."""
        rows = (
            self.organisations,
            self.changed_organisations,
            self.people,
            self.kinds,
            self.themes,
            self.renamed_themes,
            self.new,
            self.removed,
            self.same_items,
            self.same_themes,
            self.declined,
        )
        return any(rows) or any(item.anything for item in self.changed)

    def shown(self, fact: Field, value: Stored) -> str:
        """Return a stored value as people know it: the name of an organisation, or the title of a theme."""
        if value is None:
            return ""
        if isinstance(value, tuple):
            return "; ".join(self.shown(fact, part) for part in value)
        named = self.names.get((fact, value))
        if named is not None:
            return named
        return plain_number(value) if isinstance(value, float) else str(value)

"""What a status sheet that came back has: its identity, the rows in which something was filled in, and the problems."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from planner.base.views import value_class
from planner.intake.proposed import Problem, Severity
from planner.intake.sheets import Place, Value
from planner.reporting.fields import part_of
from planner.sheets.identity import Identity, SheetRow


@value_class
class FilledCell:
    """A cell that was filled in: its value, its place, and the heading of its column."""

    value: Value
    place: Place
    heading: str
    from_1904: bool


@value_class
class FilledRow:
    """A row in which something was filled in, about an item or about a milestone or an indicator of it.

    `number` is the number of the milestone or indicator, or 0. `cells` are the filled cells by the form's fields, and
    `places` the places of all cells of the row that can be filled in.
    """

    item: SheetRow
    number: int
    place: Place
    cells: Mapping[str, FilledCell]
    places: Mapping[str, Place] = field(default_factory=dict)

    @property
    def part(self) -> str:
        """The part of the report on the item that the row is about: `milestone_2`, `indicator_1`, or nothing."""
        return part_of(next(iter(self.cells)))


@value_class
class RefusedRow:
    """A row with entries that belongs to no row of the sheet that was sent out. `codes` are those that it may mean."""

    codes: tuple[str, ...]
    problem: Problem


@dataclass
class FilledSheet:
    """A status sheet that came back. `digest` is the SHA-256 of the file, and `pages` are the names of its sheets."""

    file: str
    digest: str
    identity: Identity
    rows: list[FilledRow] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    pages: tuple[str, ...] = ()

    def refuse(self, place: Place, value: str, what: str, do: str) -> None:
        """Note something that keeps all entries from being recorded."""
        self.problems.append(Problem(Severity.ERROR, place, None, value, what, do))

    def remark(self, place: Place, value: str, what: str, do: str = "") -> None:
        """Note something that a person should know, and that keeps nothing from being recorded."""
        self.problems.append(Problem(Severity.REMARK, place, None, value, what, do))

"""Two weekly files beside each other: what the one says otherwise than the other, by section, row and column."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from planner.weekly.differences import Difference, Kind, differences
from planner.weekly.plain_tables import Tables, narrowed
from planner.weekly.table import Value

# The section with a row per item, by which the titles of items are known.
ITEMS = "items"


@dataclass(frozen=True)
class Change:
    """A row that only one side has (`column` is None), or a cell that says otherwise.

    `item` is the code of the item that the row is about, None where it is about none; `row` tells the row from the
    others of its section.
    """

    section: str
    item: str | None
    row: str
    kind: Kind
    column: str | None
    before: Value
    after: Value


@dataclass(frozen=True)
class Compared:
    """What two files say differently. `left_out` is, in words, what only one of them has and so is not compared.

    `titles` are those of items by code, and of sections by name.
    """

    changes: tuple[Change, ...]
    left_out: tuple[str, ...]
    titles: Mapping[str, str] = field(repr=False)

    @property
    def same(self) -> bool:
        """Whether both say the same."""
        return not self.changes

    def only(self, section: str) -> "Compared":
        """The same of one section."""
        return replace(self, changes=tuple(change for change in self.changes if change.section == section))

    def by_item(self) -> tuple[tuple[str, tuple[Change, ...]], ...]:
        """What is about items: each code, in the order of the items, with what all sections say otherwise of it.

        The section of all items comes first: what the others say follows from it.
        """
        about: dict[str, list[Change]] = {}
        for change in self.changes:
            if change.item is not None:
                about.setdefault(change.item, []).append(change)
        order = {code: place for place, code in enumerate(self.titles)}
        codes = sorted(about, key=lambda code: (order.get(code, len(order)), code))
        return tuple((code, tuple(sorted(about[code], key=lambda change: change.section != ITEMS))) for code in codes)


def compare_tables(before: Tables, after: Tables) -> Compared:
    """What the tables of one file say otherwise than those of another, in the order of the later one's sections."""
    changes = [change for name in after if name in before for change in _changes(before, after, name)]
    return Compared(tuple(changes), tuple(_left_out(before, after)), _titles(after) | _titles(before))


def _changes(before: Tables, after: Tables, name: str) -> Iterator[Change]:
    shared = _columns(before, name) & _columns(after, name)
    for difference in differences(narrowed(before[name], shared), narrowed(after[name], shared)):
        yield _change(difference, after[name].section.key)


def _change(difference: Difference, key: tuple[str, ...]) -> Change:
    item = str(difference.key[key.index("code")]) if "code" in key else None
    return Change(
        difference.section,
        item,
        difference.identity,
        difference.kind,
        difference.column,
        difference.before,
        difference.after,
    )


def _columns(tables: Tables, name: str) -> set[str]:
    return {column.name for column in tables[name].section.columns}


def _left_out(before: Tables, after: Tables) -> Iterator[str]:
    """What only one side has: a section or a column that another version of the program writes."""
    for one, other, which in ((before, after, "first"), (after, before, "second")):
        for name in one:
            if name not in other:
                yield f"section {name} (only the {which} has it)"
                continue
            for column in sorted(_columns(one, name) - _columns(other, name)):
                yield f"column {column} of section {name} (only the {which} has it)"


def _titles(tables: Tables) -> dict[str, str]:
    titles = {name: table.section.title for name, table in tables.items()}
    items = tables.get(ITEMS)
    return titles | {str(row["code"]): str(row["title"]) for row in (items.rows if items else ())}

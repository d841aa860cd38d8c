"""Compare two weekly files and list their differences by section, row and column."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from planner.base.language import later, tr_later
from planner.queries.moves.moves import Move
from planner.tables.columns import Value
from planner.weekly.comparing.differences import Difference, Kind, differences
from planner.weekly.comparing.plain_tables import Tables, narrowed
from planner.weekly.comparing.worsening import worst_changes

# What only the first file has, and what only the second has: a section, or a column.
_ONLY_IN = (
    (
        later("section {name} (only in the first version)"),
        later("column {column} of section {name} (only in the first version)"),
    ),
    (
        later("section {name} (only in the second version)"),
        later("column {column} of section {name} (only in the second version)"),
    ),
)

# The section with one row per item. The titles of the items are read from it.
ITEMS = "items"
# The section with one row per theme, which has their titles.
TOTALS = "totals"

# The section with one row per change of an item, the most important first.
MOVEMENTS = "movements"

# What the rows of a section with the column `of` or `by` are about.
_ITEM, _THEME = "item", "theme"


@dataclass(frozen=True)
class Change:
    """A row that only one of the two files has, or a cell whose values differ.

    `column` is None for a whole row. `item` is the code of the item that the row is about, or None. `row` identifies
    the row within its section, such as `theme 3`.
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
    """The differences between two weekly files.

    `left_out` names the sections and columns that only one file has and that therefore are not compared. `titles` holds
    the titles of items by code, of sections by name, and of themes by their rows, such as `theme 3`. `worse` has
    the worst change of each item that got worse, by its code, the worst item first. `moved` has the codes of the items
    that the movements of the later file list, the most important first.
    """

    changes: tuple[Change, ...]
    left_out: tuple[str, ...]
    titles: Mapping[str, str] = field(repr=False)
    worse: Mapping[str, Move] = field(default_factory=dict, repr=False)
    moved: tuple[str, ...] = field(default=(), repr=False)

    @property
    def same(self) -> bool:
        """Whether the two files have no differences."""
        return not self.changes

    def only(self, section: str) -> "Compared":
        """Return the comparison limited to one section."""
        return replace(self, changes=tuple(change for change in self.changes if change.section == section))

    def row_name(self, change: Change) -> str:
        """Return what identifies a row for people: for a theme, also its title."""
        return self.titles.get(change.row, change.row)

    def by_item(self, also: Iterable[str] = ()) -> tuple[tuple[str, tuple[Change, ...]], ...]:
        """Return the differences grouped by item: pairs of an item's code and its changes.

        The items that got worse come first, the worst of them before the others. Then come those that moved, the most
        important first. All others are in their own order. Within an item, changes of the section `items` come first,
        because changes in other sections follow from them. The items `also` are listed without changes too.
        """
        about: dict[str, list[Change]] = {code: [] for code in also}
        for change in self.changes:
            if change.item is not None:
                about.setdefault(change.item, []).append(change)
        order = {code: place for place, code in enumerate(dict.fromkeys((*self.worse, *self.moved, *self.titles)))}
        codes = sorted(about, key=lambda code: (order.get(code, len(order)), code))
        return tuple((code, tuple(sorted(about[code], key=lambda change: change.section != ITEMS))) for code in codes)


def compare_tables(before: Tables, after: Tables) -> Compared:
    """List the differences between the tables of two files, in the order of the later file's sections."""
    changes = [change for name in after if name in before for change in _changes(before, after, name)]
    titles = _titles(after) | _titles(before)
    moved = dict.fromkeys(str(row["code"]) for row in (after[MOVEMENTS].rows if MOVEMENTS in after else ()))
    worse = worst_changes(_cells_of_items(changes))
    return Compared(tuple(changes), tuple(_left_out(before, after)), titles, worse, tuple(moved))


def _cells_of_items(changes: Iterable[Change]) -> Iterator[tuple[str, str | None, Value, Value]]:
    for change in changes:
        if change.section == ITEMS and change.item is not None:
            yield change.item, change.column, change.before, change.after


def _changes(before: Tables, after: Tables, name: str) -> Iterator[Change]:
    shared = _columns(before, name) & _columns(after, name)
    for difference in differences(narrowed(before[name], shared), narrowed(after[name], shared)):
        yield _change(difference, after[name].table.key)


def _change(difference: Difference, key: tuple[str, ...]) -> Change:
    return Change(
        difference.section,
        _item_of(dict(zip(key, difference.key, strict=True))),
        difference.identity,
        difference.kind,
        difference.column,
        difference.before,
        difference.after,
    )


def _item_of(key: Mapping[str, Value]) -> str | None:
    """Return the code of the item that a row is about, given the values that identify it. A theme's row has none."""
    about_item = "code" in key and key.get("of", _ITEM) == _ITEM
    return str(key["code"]) if about_item else None


def _columns(tables: Tables, name: str) -> set[str]:
    return {column.name for column in tables[name].table.columns}


def _left_out(before: Tables, after: Tables) -> Iterator[str]:
    """Describe each section or column that only one file has because different program versions wrote the files."""
    for one, other, (section, cell) in zip((before, after), (after, before), _ONLY_IN, strict=True):
        for name in one:
            if name not in other:
                yield tr_later(section).format(name=name)
                continue
            for column in sorted(_columns(one, name) - _columns(other, name)):
                yield tr_later(cell).format(column=column, name=name)


def _titles(tables: Tables) -> dict[str, str]:
    titles = {name: table.table.title for name, table in tables.items()}
    items, totals = tables.get(ITEMS), tables.get(TOTALS)
    themes = [row for row in (totals.rows if totals else ()) if row.get("by") == _THEME]
    titles |= {f"{_THEME} {row['key']}": f"{_THEME} {row['name']}" for row in themes}
    return titles | {str(row["code"]): str(row["title"]) for row in (items.rows if items else ())}

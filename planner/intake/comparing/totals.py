"""Comparing the numbers of items that files and the plan state with those that are counted.

Of several sheets with items, the number that one of them states is that of its own items. Any other number is compared
with all items after the import. That of an only sheet is compared with its own items too.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence

from planner.intake.comparing.differences.items import ChangedItem, NewItem
from planner.intake.comparing.preview import TotalLine
from planner.intake.comparing.stored import StoredRegister
from planner.intake.proposed import Field, ProposedRegister, sheet_of
from planner.intake.sheets import Place
from planner.queries.weeks.inventory import ALL_ITEMS, FORMER_TOTALS


class StatedTotals:
    """The numbers that the files state, and how many items each of their sheets has.

    It is made before the items are compared, because a large import uses them up.
    """

    def __init__(self, proposed: ProposedRegister) -> None:
        """Count the items of the sheets, by the names that the files give their kinds."""
        self._stated = {
            (sheet, name): int(given.value)
            for (sheet, name), given in proposed.totals.items()
            if isinstance(given.value, int | float)
        }
        self._counted: Counter[tuple[Place, str]] = Counter()
        for item in proposed.items:
            kind = item.facts.get(Field.KIND)
            sheet = sheet_of(item.place)
            self._counted[sheet, ALL_ITEMS] += 1
            if kind is not None and kind.value:
                self._counted[sheet, str(kind.value)] += 1

    def settle(self, meant: Callable[[str], str]) -> None:
        """Take all names of a kind as one, once it is known which kind each name means."""
        self._stated = {(sheet, meant(name)): number for (sheet, name), number in self._stated.items()}
        counted: Counter[tuple[Place, str]] = Counter()
        for (sheet, name), number in self._counted.items():
            counted[sheet, meant(name)] += number
        self._counted = counted

    def of_sheets(self) -> Iterator[TotalLine]:
        """Yield the numbers of each sheet, with what it states of its own items. That of an only sheet must differ."""
        sheets = {place for place, _ in self._counted}
        for (sheet, name), stated in self._stated.items():
            differs = sheets == {sheet} and stated != self._counted[sheet, name]
            if self._is_own(sheet, name, stated) or differs:
                yield TotalLine(name, self._counted[sheet, name], stated, None, str(sheet))

    def of_files(self) -> dict[str, int]:
        """Return the first number that is stated of all items, by kind or "items"."""
        found: dict[str, int] = {}
        for (sheet, name), stated in self._stated.items():
            if not self._is_own(sheet, name, stated):
                found.setdefault(name, stated)
        return found

    def _is_own(self, sheet: Place, name: str, stated: int) -> bool:
        """Return whether a number is that of the items of a sheet alone. The last sheet can state that of all."""
        sheets = {place for place, _ in self._counted}
        if len(sheets) < 2 or sheet not in sheets:
            return False
        of_all = sum(number for (_, kind), number in self._counted.items() if kind == name)
        return stated != of_all or stated == self._counted[sheet, name]


def total_lines(
    stated: StatedTotals,
    stored: StoredRegister,
    new: Sequence[NewItem],
    changed: Sequence[ChangedItem],
    removed: Collection[int] = (),
) -> list[TotalLine]:
    """Return the numbers of items after the import, for each total that the files or the plan state.

    The numbers of sheets follow. `removed` has the ids of the items that leave the plan.
    """
    kinds = {item.id: item.kind for item in stored.items if item.id not in removed}
    for item in changed:
        for change in item.written:
            if change.field is Field.KIND:
                kinds[item.id] = str(change.new)
    counted = Counter([*kinds.values(), *(str(item.facts[Field.KIND]) for item in new)])
    counted[ALL_ITEMS] = sum(counted.values())
    in_files = stated.of_files()
    in_plan = {FORMER_TOTALS.get(name, name): value for name, value in stored.plan.totals.items()}
    lines = [
        TotalLine(name, counted[name], in_files.get(name), in_plan.get(name))
        for name in dict.fromkeys((*in_plan, *in_files))
    ]
    return [*lines, *stated.of_sheets()]

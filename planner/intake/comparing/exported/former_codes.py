"""The codes that items of another register had before the ones in its file.

A register can move twice. The office may have changed the code of an item in between, and the row of the second export
says so: it is the item that came with the first one.
"""

from collections.abc import Iterator, Mapping, Sequence

from planner.base.views import value_class
from planner.domain.codes import code_key
from planner.intake.comparing.exported.since import SinceExport
from planner.intake.comparing.match_questions import code_given
from planner.intake.comparing.stored import StoredItem
from planner.intake.exported_rows import ExportedRows
from planner.intake.layout.cells.texts import text_of
from planner.intake.proposed import Given, ProposedItem
from planner.intake.sheets import Place
from planner.queries.items.views import former_code


@value_class
class FormerCodes:
    """Reads the former codes of items from the rows of another register."""

    exported: ExportedRows
    since: SinceExport

    def matches(
        self, items: Sequence[ProposedItem], found: Sequence[object | None], by_code: Mapping[str, StoredItem]
    ) -> Iterator[tuple[int, Given, StoredItem]]:
        """Yield each item not yet found that had the code of an item of the register, with that one.

        `found` has what is found of each of the items, and `by_code` the items of the register by the keys of their
        codes. An item is given by its place among the items, and its code.
        """
        for place, item in enumerate(items):
            code = code_given(item) if found[place] is None else None
            before = self._of(item.place) if code is not None else ()
            stored = next(filter(None, (by_code.get(code_key(one)) for one in before)), None)
            if code is not None and stored is not None:
                yield place, code, stored

    def _of(self, place: Place) -> tuple[str, ...]:
        """Return the codes that the item of a row had before, the latest first."""
        found = self.exported.at(place) if self.since(place) is None else None
        if found is None or found[0].subject != "items":
            return ()
        table, row = found
        lines = (text_of(table.value(row, "comes_from")) or "").splitlines()
        return tuple(code for code in map(former_code, reversed(lines)) if code)

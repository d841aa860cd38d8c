"""Rows of an exported register that have the cells of other rows, because only some of its columns were sorted.

Each such row gives the values that another one had at the export, and that one those of a third, until one of them has
those of the first. Ordinary edits hardly ever do that.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from planner.base.language import tr
from planner.base.listing import listed
from planner.intake.comparing.asking import Asking
from planner.intake.comparing.exported.since import Since
from planner.intake.comparing.exported.values_then import values_then
from planner.intake.comparing.item_facts import Fact
from planner.intake.comparing.same_values import comparable
from planner.intake.comparing.stored import REPORT_FACTS, StoredItem, StoredRegister
from planner.intake.proposed import Field, Given, ProposedItem
from planner.intake.sheets import Place

# The answer that the rows have what somebody wrote in them.
AS_WRITTEN = "as written"

# Texts that two items hardly ever have in common.
_TEXTS = frozenset({Field.TITLE, Field.SOURCE, Field.NOTE, Field.DONE, Field.NEXT, Field.BLOCKER, Field.HELP_NEEDED})
# Two items can exchange one value, such as their leads. Three that hand one on in a ring are a column that was sorted.
_FEWEST_IN_RING = 3
# A value that more rows had does not say from which of them it came.
_MOST_WITH_VALUE = 50


@dataclass
class _Row:
    """The values that an item had at the export, and those that its row has instead. `code` is that of the item."""

    code: str
    place: Place
    then: Mapping[Field, str]
    given: Mapping[Field, str]


@dataclass
class TornRows:
    """Collects the rows with other values than at the export, and asks once if they have the cells of one another."""

    stored: StoredRegister
    _rows: dict[int, _Row] = field(default_factory=dict)

    def note(self, item: ProposedItem, stored: StoredItem, facts: Mapping[Field, Fact], since: Since | None) -> None:
        """Note what a row that was exported has instead of the values of its item."""
        if since is None:
            return
        given: dict[Field, str] = {fact: comparable(known.value) for fact, known in facts.items()}
        given.pop(Field.CODE, None)
        given |= {fact: comparable(one.value) for fact in REPORT_FACTS if (one := item.facts.get(fact)) is not None}
        then = values_then(self.stored, since, stored)
        changed = {fact: value for fact, value in given.items() if value != then[fact]}
        if changed:
            self._rows[stored.id] = _Row(stored.code, item.place, {fact: then[fact] for fact in given}, changed)

    def ask(self, asking: Asking) -> None:
        """Ask whether the rows were written so, if they have the cells of one another."""
        origins = self._in_rings(self._origins())
        if not self._is_evident(origins):
            return
        mark = min(origins, key=lambda one: self._rows[one].place.row)
        row, other = self._rows[mark], self._rows[min(origins[mark])]
        what = tr(
            "the row of {code} has cells of the row of {other}, as if only some columns were sorted; rows with cells "
            "of other rows: {codes}",
            code=row.code,
            other=other.code,
            codes=listed([self._rows[one].code for one in origins]),
        )
        do = tr(
            "Put each row together again, or export the register again. Answer '{answer}' only if somebody wrote these "
            "values",
            answer=AS_WRITTEN,
        )
        asking.ask(Given(row.code, row.place), None, what, do, (AS_WRITTEN,))

    def _origins(self) -> dict[int, set[int]]:
        """Return, for each row, the other rows that had all values that are new in it, if there are any."""
        with_value: dict[tuple[Field, str], set[int]] = defaultdict(set)
        for mark, row in self._rows.items():
            for value in row.then.items():
                with_value[value].add(mark)
        found = {}
        for mark, row in self._rows.items():
            sets = sorted((with_value.get(value, set()) for value in row.given.items()), key=len)
            if len(sets[0]) <= _MOST_WITH_VALUE and (origins := set.intersection(*sets) - {mark}):
                found[mark] = origins
        return found

    @staticmethod
    def _in_rings(origins: Mapping[int, set[int]]) -> Mapping[int, set[int]]:
        """Return the rows that have cells of one of them, and of which one of them has cells."""
        while True:
            given = set().union(*origins.values())
            within = {mark: others & origins.keys() for mark, others in origins.items() if mark in given}
            left = {mark: others for mark, others in within.items() if others}
            if left == origins:
                return origins
            origins = left

    def _is_evident(self, marks: Collection[int]) -> bool:
        """Return whether the values that rows exchanged are too many, or too long, for edits of people."""
        values: dict[Field, set[str]] = defaultdict(set)
        for mark in marks:
            given = self._rows[mark].given
            if len(given) > 1 or any(value for fact, value in given.items() if fact in _TEXTS):
                return True
            for fact, value in given.items():
                values[fact].add(value)
        return any(len(of_field) >= _FEWEST_IN_RING for of_field in values.values())

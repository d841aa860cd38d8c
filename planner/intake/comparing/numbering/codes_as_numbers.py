"""Rows whose codes a spreadsheet program took for numbers, so that they have the code of another item: 1.10 became 1.1.

The title of such a row says which item it is.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property

from planner.base.texts import same_words
from planner.domain.codes import code_key
from planner.intake.comparing.exported.since import UNCHANGED, Since
from planner.intake.comparing.likeness import title_of
from planner.intake.comparing.stored import StoredItem
from planner.intake.proposed import Field, Given, Problem, ProposedItem, Severity
from planner.intake.spoilt_codes import is_number, is_spoilt


def code_then(stored: StoredItem, since: Since | None) -> str:
    """Return the code that an item had when a row was exported."""
    then = since.items.get(stored.id, UNCHANGED) if since is not None else UNCHANGED
    return str(then.get(Field.CODE) or stored.code)


class CodesAsNumbers:
    """Finds the items of the register that rows with such codes are, and remembers these rows."""

    def __init__(self, stored: Sequence[StoredItem]) -> None:
        self._stored = stored
        self._found: list[ProposedItem] = []
        self._proposed: Iterable[ProposedItem] = ()

    def note_codes(self, proposed: Iterable[ProposedItem]) -> None:
        """Note the rows of all codes. An item whose code is in the files has not lost it in another row."""
        self._proposed = proposed

    @cached_property
    def _given(self) -> frozenset[str]:
        """The codes of all rows. Most imports never ask, and many codes take memory."""
        # Rows of milestones and indicators alone have codes too, and can be in a file that nobody saved again.
        codes = (item.facts.get(Field.CODE) for item in self._proposed if len(item.facts) > 1)
        return frozenset(code_key(str(code.value)) for code in codes if code is not None and code.value)

    @cached_property
    def _by_title(self) -> Mapping[str, list[StoredItem]]:
        titled = defaultdict(list)
        for item in self._stored:
            titled[same_words(item.title)].append(item)
        return titled

    def meant(
        self, item: ProposedItem, code: Given, since: Since | None, with_code: StoredItem | None
    ) -> StoredItem | None:
        """Return the item that a row is, whose code may be a number now, and remember the row."""
        found = self.find(title_of(item), str(code.value), since, with_code)
        if found is not None:
            self._found.append(item)
        return found

    def find(self, title: str, code: str, since: Since | None, with_code: StoredItem | None) -> StoredItem | None:
        """Return the item of which a row has the title, and the code as a spreadsheet program writes it.

        `with_code` is the item that has the code of the row. Without one, only a row of an exported register is sure.
        """
        if not title or not is_number(code) or (with_code is None and since is None):
            return None
        titled = self._by_title.get(same_words(title), [])
        found = [one for one in titled if self._is_lost(code, code_then(one, since))]
        return found[0] if len(found) == 1 and with_code not in titled else None

    def _is_lost(self, code: str, then: str) -> bool:
        return is_spoilt(code, then) and (code_key(then) not in self._given or code_key(code) == code_key(then))

    def settled(self, proposed: Sequence[ProposedItem], problems: Collection[Problem]) -> list[Problem]:
        """Return the errors among some problems that two rows have one code, if it is known which item each row is.

        Rows of milestones and indicators only have the code, so nobody knows to which of two items they belong.
        """
        keys = {code_key(str(one.facts[Field.CODE].value)) for one in self._found}
        rows: dict[str, list[ProposedItem]] = {key: [] for key in keys}
        for item in proposed if keys else ():
            code = item.facts.get(Field.CODE)
            if code is not None and code_key(str(code.value)) in rows:
                rows[code_key(str(code.value))].append(item)
        places = {one.facts[Field.CODE].place for same in rows.values() if self._are_known(same) for one in same}
        return [
            one
            for one in problems
            if one.severity is Severity.ERROR and one.field is Field.CODE and one.place in places
        ]

    def _are_known(self, rows: Sequence[ProposedItem]) -> bool:
        others = [row for row in rows if not any(row is one for one in self._found)]
        return len(others) <= 1 and not any(row.milestones or row.indicators for row in rows)

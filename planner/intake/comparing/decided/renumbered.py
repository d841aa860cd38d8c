"""Rows of an exported register that have other codes, because somebody inserted an item and numbered the rest anew.

The item that was 1.10 is 1.11 then, and 1.10 is a new one. By its code, the new row would get the history of the other.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from planner.base.language import tr, tr_count
from planner.base.listing import listed
from planner.base.texts import same_words
from planner.base.views import view
from planner.domain.codes import code_key
from planner.intake.comparing.asking import Asking
from planner.intake.comparing.decided.two_items import CODES, TITLES
from planner.intake.comparing.equal_titles import Leads
from planner.intake.comparing.exported.since import UNCHANGED, SinceExport
from planner.intake.comparing.likeness import title_of
from planner.intake.comparing.match_questions import code_given
from planner.intake.comparing.numbering.running_numbers import running_number
from planner.intake.comparing.stored import StoredItem
from planner.intake.proposed import Field, Given, ProposedItem, ProposedRow
from planner.intake.sheets import Place
from planner.intake.spoilt_codes import is_spoilt


@view
class Renumbered:
    """A row with the item of its title, or None if its title is new. `place` is that of the row among the items."""

    place: int
    code: Given
    stored: StoredItem | None


@dataclass
class Renumbering:
    """Finds the rows whose items were numbered anew, and asks about them.

    `by_code` are the items of the register. `with_title` returns the only one with a title, and `settled` what a person
    said of a code.
    """

    items: Sequence[ProposedItem]
    by_code: Mapping[str, StoredItem]
    with_title: Callable[[str], StoredItem | None]
    leads: Leads
    since: SinceExport
    settled: Callable[[str], str | None]

    def chains(self) -> Iterator[list[Renumbered]]:
        """Yield the rows that handed on their codes: the first has a code that was free, and each the next one's.

        The last is a new item, or the code of the last item is no longer in the files.
        """
        heads = [place for place, item in enumerate(self.items) if self._is_head(item)]
        if not heads:
            return
        with_code: dict[str, int] = {}
        for place, item in enumerate(self.items):
            code = code_given(item)
            if code is not None and Field.TITLE in item.facts:
                with_code.setdefault(code_key(str(code.value)), place)
        for head in heads:
            chain = list(self._chain(head, with_code))
            if len(chain) > 1:
                yield chain

    def _is_head(self, item: ProposedItem) -> bool:
        """Return whether a row has a code that was free, and is an item of the register by all else."""
        code = code_given(item)
        if code is None or code_key(str(code.value)) in self.by_code:
            return False
        return self._moved(item) is not None

    def _chain(self, place: int | None, with_code: Mapping[str, int]) -> Iterator[Renumbered]:
        while place is not None:
            item = self.items[place]
            stored = self._moved(item)
            code = item.facts[Field.CODE]
            own = self.by_code.get(code_key(str(code.value)))
            if stored is None and (own is None or not self._has_other_title(item, own)):
                return
            yield Renumbered(place, code, stored)
            place = with_code.get(stored.code_key) if stored is not None else None

    def _moved(self, item: ProposedItem) -> StoredItem | None:
        """Return the item of which a row has the title, the lead and the dates, but not the code, or None."""
        since, stored = self.since(item.place), self.with_title(title_of(item))
        if since is None or stored is None or running_number(item) is not None:
            return None
        code = str(item.facts[Field.CODE].value)
        then = since.items.get(stored.id, UNCHANGED)
        known = {code_key(code), stored.code_key}
        if Field.CODE in then or stored.code_key == code_key(code) or is_spoilt(code, stored.code):
            return None
        if not known.isdisjoint({*since.codes, *since.gone}):
            return None
        days = all(_day(item, fact) == then.get(fact, getattr(stored, fact.value)) for fact in (Field.START, Field.DUE))
        lead = self.leads.at_present(str(then.get(Field.LEAD, stored.lead)))
        return stored if days and self.leads.lead_of(item) == lead else None

    @staticmethod
    def _has_other_title(item: ProposedItem, own: StoredItem) -> bool:
        return bool(title_of(item)) and same_words(title_of(item)) != same_words(own.title)

    def answer(self, chain: Sequence[Renumbered], asking: Asking, *, likely: bool) -> str | None:
        """Return whether each row of a chain is the item of its title or of its code, or None if it is asked."""
        for row in chain:
            said = self.settled(str(row.code.value))
            if said is not None:
                is_title = row.stored is not None and code_key(said) == row.stored.code_key
                return TITLES if is_title else CODES
        return TITLES if likely else _ask(chain, self.items, asking)


def _ask(chain: Sequence[Renumbered], items: Sequence[ProposedItem], asking: Asking) -> str | None:
    first = chain[0].code
    moved = [(row, row.stored) for row in chain if row.stored is not None]
    what = tr_count(
        "{count:,} row has the title, the lead and the dates of an item with another code ({rows}), as if items were "
        "numbered anew",
        "{count:,} rows have the titles, the leads and the dates of items with other codes ({rows}), as if items were "
        "numbered anew",
        len(moved),
        rows=listed([tr("{code} was {other}", code=row.code.value, other=stored.code) for row, stored in moved]),
    )
    last = chain[-1]
    if last.stored is None:
        title = title_of(items[last.place])
        what = tr("{what}; {code} '{title}' seems to be a new item", what=what, code=last.code.value, title=title)
    do = tr(
        "Answer '{titles}' if each row is the item of its title, which gets the new code. Answer '{codes}' if each is "
        "the item of its code, which gets the new title",
        titles=TITLES,
        codes=CODES,
    )
    # Not at the cell of the code, where an answer is about this row alone.
    place = Place(first.place.file, first.place.sheet, first.place.row)
    return asking.ask(Given(first.value, place), None, what, do, (TITLES, CODES))


def hand_on_parts(chain: Sequence[Renumbered], items: Sequence[ProposedItem]) -> None:
    """Give the exported milestones and indicators of each code to the item that had it, if only items were renumbered.

    If the new code of the first item has any, then their tables were renumbered too.
    """
    for kind in (Field.MILESTONES.value, Field.INDICATORS.value):
        if any(map(_is_exported, getattr(items[chain[0].place], kind) or ())):
            continue
        for row, after in pairwise(chain):
            own, other = items[row.place], items[after.place]
            rows: list[ProposedRow] = getattr(other, kind) or []
            moved = [one for one in rows if _is_exported(one)]
            if moved:
                setattr(own, kind, [*(getattr(own, kind) or ()), *moved])
                setattr(other, kind, [one for one in rows if not _is_exported(one)] or None)


def parts_of_earlier(
    items: Sequence[ProposedItem], stored: Sequence[StoredItem | None], since: SinceExport
) -> list[tuple[ProposedItem, int]]:
    """Take the exported milestones and indicators from the rows whose codes other items had when they were exported.

    Return them with the ids of these items. `stored` are the items of the rows. They stay with the rows if their tables
    were numbered anew too: then a code that is newer than the file has some.
    """
    found = []
    for kind in (Field.MILESTONES.value, Field.INDICATORS.value):
        earlier = [_earlier_of(item, kind, since) for item in items]
        moved = [
            (item, one)
            for item, one, own in zip(items, earlier, stored, strict=True)
            if one and own is not None and own.id != one
        ]
        if not moved or any(map(partial(_has_newer_code, kind, since), items, stored)):
            continue
        for item, one in moved:
            rows: list[ProposedRow] = getattr(item, kind)
            parts = ProposedItem(item.place, {Field.CODE: item.facts[Field.CODE]})
            setattr(parts, kind, [row for row in rows if _is_exported(row)])
            setattr(item, kind, [row for row in rows if not _is_exported(row)] or None)
            found.append((parts, one))
    return found


def _earlier_of(item: ProposedItem, kind: str, since: SinceExport) -> int | None:
    """Return the item that had the code of a row when its milestones or indicators were exported, if it has another."""
    row = next((one for one in getattr(item, kind) or () if _is_exported(one)), None)
    then = since(row.place) if row is not None else None
    code = code_given(item)
    return then.codes.get(code_key(str(code.value))) if then is not None and code is not None else None


def _has_newer_code(kind: str, since: SinceExport, item: ProposedItem, stored: StoredItem | None) -> bool:
    """Return whether exported milestones or indicators have a code that their item got since."""
    row = next((one for one in getattr(item, kind) or () if _is_exported(one)), None)
    then = since(row.place) if row is not None else None
    code = code_given(item)
    if then is None or stored is None or code is None or code_key(str(code.value)) != stored.code_key:
        return False
    return Field.CODE in then.items.get(stored.id, UNCHANGED) and stored.code_key not in then.codes


def _is_exported(row: ProposedRow) -> bool:
    """Return whether a row of a milestone or an indicator has the key that an export gives it."""
    key = row.facts.get(Field.KEY)
    return key is not None and bool(key.value)


def _day(item: ProposedItem, fact: Field) -> object:
    given = item.facts.get(fact)
    return None if given is None else given.value

"""New rows of an exported register that somebody made by copying the row of another item.

A colleague copies a row, and gives it another code and title. What the copied row says of the progress of its own item
is no report on the new one: nobody wrote it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from planner.base.language import tr, tr_count
from planner.base.listing import listed
from planner.domain.vocabulary import MeasuredBy
from planner.intake.comparing.asking import Asking
from planner.intake.comparing.exported.since import ADDED_SINCE, Since, SinceExport
from planner.intake.comparing.exported.values_then import values_then
from planner.intake.comparing.item_facts import Fact
from planner.intake.comparing.match_questions import code_given
from planner.intake.comparing.same_values import comparable
from planner.intake.comparing.stored import REPORT_FACTS, StoredItem, StoredRegister
from planner.intake.exported_rows import ExportedRows, Moment
from planner.intake.proposed import Field, Given, ProposedItem, Severity

_WORDS = frozenset({Field.DONE, Field.NEXT, Field.BLOCKER, Field.HELP_NEEDED})
# What people seldom change in a copied row.
_KEPT = (Field.LEAD, Field.THEME, Field.DUE)
_BY_PARTS = str(MeasuredBy.MILESTONES)
# Of so many items that a row can be copied from, the likeliest one is looked for.
_MOST = 200

# Values by their facts, in the form in which they are compared.
_Values = Mapping[Field, str]


@dataclass
class CopiedRows:
    """Leaves out what new rows repeat from the report on the item whose row they are a copy of.

    `since` gives what changed since a row was exported, and `exported` says which rows were.
    """

    stored: StoredRegister
    since: SinceExport
    exported: ExportedRows
    _indexes: "dict[Moment, _Index]" = field(default_factory=dict)
    _without_report: list[tuple[Given, str]] = field(default_factory=list)
    _with_same_title: list[tuple[Given, str]] = field(default_factory=list)
    _without_milestones: list[tuple[Given, str]] = field(default_factory=list)

    def without_copied(
        self, item: ProposedItem, facts: Mapping[Field, Fact], stored: StoredItem | None = None
    ) -> ProposedItem:
        """Return an item without what its row only repeats from that of another item: its report, and its measure.

        `facts` are those of the item. `stored` is the item if an earlier import of the file added it.
        """
        since = self.since(item.place)
        if since is None or (stored is not None and since.items.get(stored.id) is not ADDED_SINCE):
            return item
        given = dict(_given_of(item))
        own: dict[Field, str] = {fact: comparable(one.value) for fact, one in facts.items() if fact is not Field.CODE}
        source = self._index(since).likeliest({**own, **given})
        if source is None:
            return item
        then = self._index(since).values_of(source)
        code = code_given(item) or item.facts.get(Field.TITLE) or Given(None, item.place)
        if stored is None and own.get(Field.TITLE) == then[Field.TITLE]:
            self._with_same_title.append((code, source.code))
        repeated = self._repeated(item, given, own, then)
        if repeated:
            self._without_report.append((code, source.code))
        if self.exported.states_origin(item.place) and not item.milestones and own.get(Field.MEASURED_BY) == _BY_PARTS:
            # The milestones of the other item are on another sheet, and were not copied.
            repeated |= {Field.MEASURED_BY}
            self._without_milestones.append((code, source.code))
        return replace(item, facts={fact: one for fact, one in item.facts.items() if fact not in repeated})

    def _repeated(self, item: ProposedItem, given: _Values, own: _Values, then: _Values) -> frozenset[Field]:
        """Return the facts of the report in a row that are those of the report on the item it is copied from.

        If the author of the row wrote words, or another percent, then its phase, percent and rating are the author's.
        """
        same = frozenset(fact for fact, value in given.items() if value == then[fact])
        if self.exported.states_origin(item.place):
            return same if same == given.keys() else same & _WORDS
        # A row without exported_from may have been typed, with the same words as another one.
        is_copy = bool(same & _WORDS) and all(own.get(fact) == then[fact] for fact in _KEPT)
        return same if same == given.keys() and is_copy else frozenset()

    def _index(self, since: Since) -> "_Index":
        if since.moment not in self._indexes:
            self._indexes[since.moment] = _Index(self.stored, since)
        return self._indexes[since.moment]

    def tell(self, asking: Asking) -> None:
        """Say what was left out of which rows, and which of them have the title of another item.

        Nothing is said of a row about which it is still asked whether its item is new.
        """
        asked = {one.place for one in asking.problems if one.severity is Severity.QUESTION}
        for rows, told in (
            (self._without_report, _left_out),
            (self._without_milestones, _measured_by_reports),
            (self._with_same_title, _same_titles),
        ):
            settled = [(given, code) for given, code in rows if given.place not in asked]
            if settled:
                pairs = listed([tr("{value} from {code}", value=given.value, code=code) for given, code in settled])
                asking.remark(settled[0][0], None, *told(len(settled), pairs))


def _left_out(number: int, pairs: str) -> tuple[str, str]:
    what = tr_count(
        "{count:,} new row is a copy of the row of another item ({pairs}); what it repeats from the report on that "
        "item is left out",
        "{count:,} new rows are copies of the rows of other items ({pairs}); what they repeat from the reports on "
        "those items is left out",
        number,
        pairs=pairs,
    )
    return what, tr("Write what was done for the new item itself, or report on it in the program")


def _measured_by_reports(number: int, pairs: str) -> tuple[str, str]:
    what = tr_count(
        "{count:,} new row is a copy of the row of an item that is measured by milestones ({pairs}); without any, the "
        "new item is measured by reports",
        "{count:,} new rows are copies of the rows of items that are measured by milestones ({pairs}); without any, "
        "the new items are measured by reports",
        number,
        pairs=pairs,
    )
    return what, tr("Add milestones to the file if it should be measured by them")


def _same_titles(number: int, pairs: str) -> tuple[str, str]:
    what = tr_count(
        "{count:,} new row has the title of another item ({pairs})",
        "{count:,} new rows have the titles of other items ({pairs})",
        number,
        pairs=pairs,
    )
    return what, tr("Give it a title of its own, or delete the row")


def _given_of(item: ProposedItem) -> Iterator[tuple[Field, str]]:
    """Yield what a row says of the report on its item, without empty cells."""
    for fact in REPORT_FACTS:
        given = item.facts.get(fact)
        if given is not None and (value := comparable(given.value)):
            yield fact, value


class _Index:
    """The items of the register by their values as they were when rows were exported."""

    def __init__(self, stored: StoredRegister, since: Since) -> None:
        self._stored = stored
        self._since = since
        self._items = {item.id: item for item in stored.items}
        self._by_value: dict[tuple[Field, str], list[int]] = defaultdict(list)
        self._by_kept: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for item in stored.items:
            if since.items.get(item.id) is not ADDED_SINCE:
                values = self.values_of(item)
                for fact in REPORT_FACTS:
                    self._by_value[fact, values[fact]].append(item.id)
                self._by_kept[tuple(values[fact] for fact in _KEPT)].append(item.id)

    def values_of(self, item: StoredItem) -> _Values:
        """Return the values of an item and of the report on it as they were."""
        return values_then(self._stored, self._since, item)

    def likeliest(self, given: _Values) -> StoredItem | None:
        """Return the item with which a row has most values in common, or None if it may be a copy of none."""
        found = [self._items[one] for one in dict.fromkeys(self._candidates(given))]
        shared = {item.id: self._shared(item, given) for item in found}
        return max(found, key=lambda item: shared[item.id], default=None)

    def _candidates(self, given: _Values) -> Iterable[int]:
        for fact in _WORDS & given.keys():
            yield from self._by_value.get((fact, given[fact]), [])[:_MOST]
        yield from self._by_kept.get(tuple(given.get(fact, "") for fact in _KEPT), [])[:_MOST]
        in_report = [self._by_value.get((fact, given[fact]), []) for fact in REPORT_FACTS if fact in given]
        yield from min(in_report, key=len, default=[])[:_MOST]

    def _shared(self, item: StoredItem, given: _Values) -> int:
        then = self.values_of(item)
        return sum(value == then[fact] for fact, value in given.items())

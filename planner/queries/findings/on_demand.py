"""Findings about many items. A view is made only when it is used, because most callers only count the findings."""

from collections.abc import Callable, Container, Iterator, Sequence
from typing import Generic, Protocol, TypeVar, overload

from planner.queries.findings.views import FindingView


class Coded(Protocol):
    """A record with a code. The finding about the record has this code as its subject."""

    @property
    def code(self) -> str:
        """The code of the record."""


_Record = TypeVar("_Record", bound=Coded)


class ViewsOnDemand(Sequence[FindingView], Generic[_Record]):
    """The findings about some records, in the order of the records. `view` makes the view of one record's finding."""

    def __init__(self, records: Sequence[_Record], view: Callable[[_Record], FindingView]) -> None:
        self._records = records
        self._view = view

    def __len__(self) -> int:
        return len(self._records)

    def __iter__(self) -> Iterator[FindingView]:
        return map(self._view, self._records)

    @overload
    def __getitem__(self, place: int) -> FindingView: ...
    @overload
    def __getitem__(self, place: slice) -> list[FindingView]: ...
    def __getitem__(self, place: int | slice) -> FindingView | list[FindingView]:
        """Return the view at a position, or the views of a slice."""
        if isinstance(place, slice):
            return [self._view(record) for record in self._records[place]]
        return self._view(self._records[place])

    def decided(
        self, subjects: Container[str], decide: Callable[[FindingView], FindingView]
    ) -> tuple["ViewsOnDemand[_Record]", list[FindingView]]:
        """Return the open findings and the accepted ones.

        `subjects` are the subjects of the findings with a decision. `decide` adds the decision to a finding.
        """
        reviewed = [record for record in self._records if record.code in subjects]
        accepted = [view for view in map(decide, map(self._view, reviewed)) if view.acceptance]
        codes = {view.subject for view in accepted}
        open_ = [record for record in self._records if record.code not in codes]
        return ViewsOnDemand(open_, lambda record: decide(self._view(record))), accepted

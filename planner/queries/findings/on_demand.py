"""Findings about many items. A view is made only when it is used, because most callers only count the findings."""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from itertools import chain
from typing import Generic, Protocol, TypeVar, overload

from planner.queries.findings.views import FindingView


class Coded(Protocol):
    """A record with a code. The finding about the record has this code as its subject."""

    @property
    def code(self) -> str:
        """The code of the record."""


_Record = TypeVar("_Record", bound=Coded)

# The number of views that are made together when all views are used, so that what they need is read at once.
PORTION = 1_000


class ViewsOnDemand(Sequence[FindingView], Generic[_Record]):
    """The findings about some records, in the order of the records. `views` makes the views of several records."""

    def __init__(self, records: Sequence[_Record], views: Callable[[Sequence[_Record]], Iterable[FindingView]]) -> None:
        self._records = records
        self._views = views

    def __len__(self) -> int:
        return len(self._records)

    def __iter__(self) -> Iterator[FindingView]:
        portions = (self._records[first : first + PORTION] for first in range(0, len(self), PORTION))
        return chain.from_iterable(map(self._views, portions))

    @overload
    def __getitem__(self, place: int) -> FindingView: ...
    @overload
    def __getitem__(self, place: slice) -> list[FindingView]: ...
    def __getitem__(self, place: int | slice) -> FindingView | list[FindingView]:
        """Return the view at a position, or the views of a slice."""
        if isinstance(place, slice):
            return list(self._views(self._records[place]))
        (view,) = self._views([self._records[place]])
        return view

    def decided(
        self, subjects: Container[str], decide: Callable[[FindingView], FindingView]
    ) -> tuple["ViewsOnDemand[_Record]", list[FindingView]]:
        """Return the open findings and the accepted ones.

        `subjects` are the subjects of the findings with a decision. `decide` adds the decision to a finding.
        """
        reviewed = [record for record in self._records if record.code in subjects]
        accepted = [view for view in map(decide, self._views(reviewed)) if view.acceptance]
        codes = {view.subject for view in accepted}
        open_ = [record for record in self._records if record.code not in codes]
        return ViewsOnDemand(open_, lambda records: map(decide, self._views(records))), accepted

"""The day of the facts of each file of an import, such as titles, leads and dates. Reports have a day of their own."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from planner.base.views import value_class


@value_class
class FileDays:
    """The day of each file, by its name.

    `said` has the days that a person or the text of a file says. `named` has those that only stand in the name of a
    file or in a title, so that nobody knows whether they are meant. All other files are of the day `usual`.
    `by_answer` are the files whose day a person chooses for their reports: it decides about their facts too.
    """

    usual: date = date.max
    said: Mapping[str, date] = field(default_factory=dict)
    named: Mapping[str, date] = field(default_factory=dict)
    by_answer: frozenset[str] = frozenset()

    def of(self, file: str) -> date:
        """Return the day of a file."""
        return self.said.get(file) or self.named.get(file, self.usual)

    def is_only_named(self, file: str) -> bool:
        """Return whether the day of a file only stands in its name or in a title."""
        return file in self.named and file not in self.said

    @property
    def known(self) -> Mapping[str, date]:
        """The days of the files of which something says the day."""
        return {**self.named, **self.said}

    @property
    def oldest(self) -> date:
        """The day of the oldest file."""
        return min((self.usual, *self.known.values()))

"""The years that titles and names of files have: a file of another year is hardly one of this plan."""

import re

from planner.dates.span import Span
from planner.intake.sheets import Place

_YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)", re.ASCII)
# The number of another document, such as 政发〔2025〕3号, and what a text rests on.
_OTHER_DOCUMENT = re.compile(
    r"[〔\[【]\d{4}[〕\]】]|根据|依据|依據|印发|印發|通知|号文|號文|based on|pursuant|근거|に基づ"
)
# A longer text above a table is no title.
_LONGEST_TITLE = 60
# An earlier or a later year is that of something else, such as the goals of 2035.
_EARLIER, _LATER = 5, 1


class YearsNamed:
    """The years that the titles and names of files have, by file."""

    def __init__(self, span: Span) -> None:
        self._span = span
        self._other: dict[str, tuple[int, Place]] = {}
        self._of_plan: set[str] = set()

    def note_title(self, text: str, place: Place) -> None:
        """Note the years of a text above a table, or of the name of a file or a sheet."""
        if len(text) > _LONGEST_TITLE or _OTHER_DOCUMENT.search(text):
            return
        years = [int(year) for year in _YEAR.findall(text)]
        first, last = self._span.starts.year, self._span.ends.year
        if years and min(years) <= last and max(years) >= first:
            self._of_plan.add(place.file)
        elif years and first - _EARLIER <= years[-1] <= last + _LATER:
            self._other.setdefault(place.file, (years[-1], place))

    @property
    def outside_plan(self) -> dict[int, Place]:
        """The years outside the plan, each with its place, of files that name no year of the plan."""
        return {year: place for file, (year, place) in self._other.items() if file not in self._of_plan}

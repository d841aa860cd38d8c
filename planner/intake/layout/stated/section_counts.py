"""The numbers of items that section rows state, such as 一、产业升级（4项）, beside those of the rows under them."""

import re
from collections import Counter

from planner.base.language import tr
from planner.base.texts import as_typed
from planner.intake.layout.cells.reading import Doubt
from planner.intake.layout.findings import Findings
from planner.intake.proposed import Field, Severity
from planner.intake.sheets import Place

_STATED = re.compile(
    r"[(（]\s*(?:共|计|計|총|total(?: of)?)?\s*(\d{1,4})\s*"
    r"(?:项|項|件|个|個|건|개|items?|tasks?|projects?)\s*[)）]\s*$",
    re.IGNORECASE,
)


class SectionCounts:
    """The numbers that sections state, and how many items stand under each."""

    def __init__(self) -> None:
        self._stated: dict[tuple[str, ...], tuple[int, Place, str]] = {}
        self._counted: Counter[tuple[str, ...]] = Counter()

    def enter(self, path: tuple[str, ...], text: str, place: Place) -> None:
        """Note the text of a section row. `path` has the titles of the sections from the outermost to this one."""
        found = _STATED.search(as_typed(text))
        if found:
            self._stated.setdefault(path, (int(found[1]), place, text))

    def count(self, path: tuple[str, ...]) -> None:
        """Count an item under a section, and under those that contain it."""
        if self._stated:
            self._counted.update(path[:length] for length in range(1, len(path) + 1))

    def tell(self, findings: Findings) -> None:
        """Remark each section that states another number."""
        for path, (stated, place, text) in self._stated.items():
            counted = self._counted[path]
            if counted != stated:
                what = tr(
                    "this section states {stated:,} items, but has {counted:,} of them", stated=stated, counted=counted
                )
                do = tr("Look whether rows are missing from the file, or correct the number")
                findings.add(Doubt(Severity.REMARK, what, do), place, Field.THEME, text)

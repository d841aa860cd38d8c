"""Asking whether the facts of a file count that is older than what the register has of the same items."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from planner.base.language import tr, tr_count
from planner.base.listing import listed
from planner.domain.made_codes import is_made
from planner.domain.vocabulary import ASSUMED
from planner.intake.comparing.asking import Asking, chosen
from planner.intake.comparing.decided.conflicts import FROM_FILE, FROM_REGISTER, Conflicts
from planner.intake.comparing.decided.newer_entries import NOTHING_NEWER, NewerEntries
from planner.intake.comparing.differences.changes import Conflict, Declined
from planner.intake.comparing.stored import StoredItem
from planner.intake.file_days import FileDays
from planner.intake.proposed import Field, Given, answer_key
from planner.intake.sheets import Place

_CHOICES = (FROM_FILE, FROM_REGISTER)
# So many codes of items are named.
_MOST_CODES = 5


class OlderFacts:
    """Decides about facts of files that can take back what the register learned later. One answer counts for a file.

    `days` are those of the files, and `newer` has what the register learned of items later, by the id of the item.
    """

    # docs/decisions/0167: which facts are asked about.
    def __init__(self, days: FileDays, newer: Mapping[int, NewerEntries], asking: Asking, conflicts: Conflicts) -> None:
        self._days, self._newer = days, newer
        self._asking = asking
        self._conflicts = conflicts
        # The codes of the items about which each file is asked, with the days of what is newer.
        self._items: dict[str, dict[str, date]] = defaultdict(dict)

    def decided(self, item: StoredItem, conflict: Conflict) -> Conflict | None:
        """Return a conflict as people decided it: by its own answer, or by the one about all facts of the file.

        Return None if the register knows nothing newer of this fact, so that the value of the file is simply a change.
        """
        file = Place(conflict.change.place.file)
        newest = self._newer.get(item.id, NOTHING_NEWER).newest(conflict)
        if newest <= self._days.of(file.file) or _gives_way(item, conflict):
            return None
        day = self._days.of(file.file)
        decided = replace(self._conflicts.decided(item, conflict, day), is_older=True)
        if decided.taken or decided.declined is not None:
            return decided
        if file.file not in self._days.by_answer:
            about = self._items[file.file]
            about[item.code] = max(newest, about.get(item.code, newest))
        answer = chosen(self._asking.answers.get(answer_key(file, None)), _CHOICES)
        # What is kept is not asked about when the same file comes with other bytes.
        return replace(decided, taken=answer == FROM_FILE, declined=Declined.NOW if answer == FROM_REGISTER else None)

    def ask(self) -> None:
        """Ask about each file whether its facts count, once all items are compared."""
        for file, items in self._items.items():
            what, do = self._of_name(file, items) if self._days.is_only_named(file) else self._of_day(file, items)
            self._asking.ask(Given("", Place(file)), None, what, do, (FROM_REGISTER, FROM_FILE))

    def _of_day(self, file: str, items: Mapping[str, date]) -> tuple[str, str]:
        """Return the question about a file of which the day is known, and how to answer it."""
        what = tr_count(
            "the file is of {day}. The register has newer entries (up to {newest}) for {count:,} item whose "
            "title, lead, date or other fact differs in the file ({codes})",
            "the file is of {day}. The register has newer entries (up to {newest}) for {count:,} items whose "
            "title, lead, date or other fact differs in the file ({codes})",
            len(items),
            day=self._days.of(file),
            newest=max(items.values()),
            codes=listed(items, _MOST_CODES),
        )
        do = tr(
            "Answer '{register}' to keep these facts as they are, or '{file}' to take those of the file",
            register=FROM_REGISTER,
            file=FROM_FILE,
        )
        return what, do

    def _of_name(self, file: str, items: Mapping[str, date]) -> tuple[str, str]:
        """Return the question about a file of which only the name, or a title, has a day, and how to answer it."""
        what = tr_count(
            "does this file say what was so on {day}? Its name or a title has this day. The register has newer entries "
            "(up to {newest}) for {count:,} item whose title, lead, date or other fact differs in the file ({codes})",
            "does this file say what was so on {day}? Its name or a title has this day. The register has newer entries "
            "(up to {newest}) for {count:,} items whose title, lead, date or other fact differs in the file ({codes})",
            len(items),
            day=self._days.of(file),
            newest=max(items.values()),
            codes=listed(items, _MOST_CODES),
        )
        do = tr(
            "If it is of this day, answer '{register}' to keep the newer facts. If it is newer, answer '{file}' to "
            "take those of the file",
            register=FROM_REGISTER,
            file=FROM_FILE,
        )
        return what, do


def _gives_way(item: StoredItem, conflict: Conflict) -> bool:
    """Return whether the register only assumed its value: it gives way to that of any file."""
    change = conflict.change
    if change.basis in ASSUMED:
        return True
    if change.field is not Field.CODE:
        return False
    # The code of a working title is as provisional as the title.
    return is_made(item.code) or item.basis_of(Field.TITLE) in ASSUMED

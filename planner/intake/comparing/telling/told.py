"""What a comparison tells once for all rows: the first value, and how many values it is about."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from planner.base.language import tr, tr_count
from planner.base.listing import listed
from planner.domain.vocabulary import Phase
from planner.intake.comparing.asking import Asking
from planner.intake.proposed import Field, Given, Severity
from planner.intake.sheets import Place

# Very many cells can be told about, and each is no more than the value and its field.
_Cells: TypeAlias = "list[tuple[Given, Field]]"


@dataclass
class Told:
    """Collects cells while rows are compared. `tell` says of each kind of cells what becomes of them."""

    _emptied: _Cells = field(default_factory=list)
    _outdated: _Cells = field(default_factory=list)
    _spoilt: list[tuple[Given, str]] = field(default_factory=list)
    _uncoded: list[tuple[Given, str]] = field(default_factory=list)
    _computed: _Cells = field(default_factory=list)
    _gone: dict[tuple[str, date | None], list[Given]] = field(default_factory=lambda: defaultdict(list))
    _not_taken: dict[str, list[Given]] = field(default_factory=lambda: defaultdict(list))
    _over: dict[str, list[Given]] = field(default_factory=lambda: defaultdict(list))
    # The first cell of each column, and how many there are: each row of a large register can have one.
    _unrecorded: dict[str, tuple[Given, int]] = field(default_factory=dict)
    # The same for reports, by what they are about.
    _reported_later: dict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))
    _numbered_again: list[tuple[Given, str]] = field(default_factory=list)
    _unfounded: dict[Phase, list[Given]] = field(default_factory=lambda: defaultdict(list))
    # The day of the reports, which is that of the endings.
    _ended_on: date | None = None

    def emptied(self, given: Given, fact: Field) -> None:
        """Note a cell of an exported register that somebody emptied, but whose value an import does not remove."""
        self._emptied.append((given, fact))

    def outdated(self, given: Given, fact: Field) -> None:
        """Note a value that an exported file repeats from then, although the register has a newer one."""
        self._outdated.append((given, fact))

    def spoilt_code(self, given: Given, code: str) -> None:
        """Note a code that a spreadsheet program changed, with that of the register."""
        self._spoilt.append((given, code))

    def uncoded(self, given: Given, code: str) -> None:
        """Note a new item without a code in the files, with the code that the program gives it."""
        self._uncoded.append((given, code))

    def numbered_again(self, given: Given, code: str) -> None:
        """Note a new item whose running number another item has, with the code that it gets."""
        self._numbered_again.append((given, code))

    def computed(self, given: Given) -> None:
        """Note another percent of an item whose percent is computed from its milestones."""
        self._computed.append((given, Field.PERCENT))

    def given_to_gone(self, given: Given, name: str, left_on: date | None) -> None:
        """Note a cell that makes somebody accountable for an item who has left, with the day."""
        self._gone[name, left_on].append(given)

    def not_taken(self, given: Given, column: str) -> None:
        """Note a cell that says something else than the register, in a column that no import takes."""
        self._not_taken[column].append(given)

    def unrecorded(self, given: Given, column: str) -> None:
        """Note a reported value of an item that the register does not have yet, which the import does not take."""
        first, count = self._unrecorded.get(column, (given, 0))
        self._unrecorded[column] = first, count + 1

    def reported_later(self, place: Place, subject: str) -> None:
        """Note a row of another register whose report is not taken, because this one has one of that day or later."""
        self._reported_later[subject].append(place)

    def over_there(self, given: Given, subject: str) -> None:
        """Note a new organisation that was merged or dissolved in its register, or a new person who had left there."""
        self._over[subject].append(given)

    def unfounded(self, given: Given, phase: Phase, day: date) -> None:
        """Note the ending of an item for which the files give no evidence or no reason, and the day that it gets."""
        self._unfounded[phase].append(given)
        self._ended_on = day

    def tell(self, asking: Asking) -> None:
        """Say all that was noted."""
        self._tell_spoilt(asking)
        self._tell_uncoded(asking)
        self._tell_numbered_again(asking)
        self._tell_emptied(asking)
        self._tell_outdated(asking)
        self._tell_computed(asking)
        self._tell_gone(asking)
        self._tell_not_taken(asking)
        self._tell_unrecorded(asking)
        self._tell_reported_later(asking)
        self._tell_over(asking)
        self._tell_unfounded(asking)

    def _tell_spoilt(self, asking: Asking) -> None:
        if self._spoilt:
            given, code = self._spoilt[0]
            what = tr_count(
                "{count:,} item has a code as a spreadsheet program writes it ({given} is {code}); it keeps its code",
                "{count:,} items have codes as a spreadsheet program writes them (for example, {given} is {code}); "
                "they keep their codes",
                len(self._spoilt),
                given=given.value,
                code=code,
            )
            do = tr("If the new code is meant, give it to the item in the program")
            asking.remark(given, Field.CODE, what, do)

    def _tell_uncoded(self, asking: Asking) -> None:
        if self._uncoded:
            what = tr_count(
                "{count:,} new item has no code in the files; the program gives it one: {codes}",
                "{count:,} new items have no code in the files; the program gives them codes: {codes}",
                len(self._uncoded),
                codes=listed([code for _, code in self._uncoded]),
            )
            do = tr("If you have codes for them, type these in the file now, or in a later one: they replace those")
            asking.remark(self._uncoded[0][0], Field.CODE, what, do)

    def _tell_numbered_again(self, asking: Asking) -> None:
        # A question about the number, and an error that it is there twice, say more than this.
        open_places = {one.place for one in asking.problems if one.severity is not Severity.REMARK}
        known = [(given, code) for given, code in self._numbered_again if given.place not in open_places]
        if known:
            what = tr_count(
                "{count:,} new item has a running number that is the code of another item; its code is {codes}",
                "{count:,} new items have running numbers that are codes of other items; their codes are {codes}",
                len(known),
                codes=listed([code for _, code in known]),
            )
            do = tr("Type codes of your own in the file if they should be others")
            asking.remark(known[0][0], Field.CODE, what, do)

    def _tell_emptied(self, asking: Asking) -> None:
        if self._emptied:
            what = tr_count(
                "{count:,} cell is empty whose value the register has; an empty cell does not remove it",
                "{count:,} cells are empty whose values the register has; an empty cell does not remove them",
                len(self._emptied),
            )
            do = tr("Remove the value in the program, or write the new one")
            asking.remark(*self._emptied[0], _with_places(what, [given for given, _ in self._emptied]), do)

    def _tell_outdated(self, asking: Asking) -> None:
        if self._outdated:
            what = tr_count(
                "{count:,} value is newer in the register than in the file; the newer one stays",
                "{count:,} values are newer in the register than in the file; the newer ones stay",
                len(self._outdated),
            )
            places = _with_places(what, [given for given, _ in self._outdated])
            asking.remark(*self._outdated[0], places, tr("Export the register as it is now to see them"))

    def _tell_computed(self, asking: Asking) -> None:
        if self._computed:
            what = tr_count(
                "{count:,} percent is not imported: it is computed from the milestones of its item",
                "{count:,} percents are not imported: they are computed from the milestones of their items",
                len(self._computed),
            )
            do = tr("Report the milestones that are met in the program")
            asking.remark(*self._computed[0], _with_places(what, [given for given, _ in self._computed]), do)

    def _tell_gone(self, asking: Asking) -> None:
        for (name, left_on), cells in self._gone.items():
            if left_on is None:
                what = tr_count(
                    "{name} has left, and becomes accountable for {count:,} item",
                    "{name} has left, and becomes accountable for {count:,} items",
                    len(cells),
                    name=name,
                )
            else:
                what = tr_count(
                    "{name} left on {day}, and becomes accountable for {count:,} item",
                    "{name} left on {day}, and becomes accountable for {count:,} items",
                    len(cells),
                    name=name,
                    day=left_on,
                )
            do = tr("Name somebody else in the file, unless this is how it was when the item ended")
            asking.remark(cells[0], Field.ACCOUNTABLE, _with_places(what, cells), do)

    def _tell_not_taken(self, asking: Asking) -> None:
        for column, cells in self._not_taken.items():
            what = tr_count(
                "{count:,} cell of the column '{column}' differs from the register, but no import takes it",
                "{count:,} cells of the column '{column}' differ from the register, but no import takes them",
                len(cells),
                column=column,
            )
            asking.remark(cells[0], None, _with_places(what, cells), _how_to_change(column))

    def _tell_unrecorded(self, asking: Asking) -> None:
        for column, (first, count) in self._unrecorded.items():
            what = tr_count(
                "the column '{column}' has {count:,} reported value of a new item that this import does not take",
                "the column '{column}' has {count:,} reported values of new items that this import does not take",
                count,
                column=column,
            )
            asking.remark(first, None, what, _how_to_change(column))

    def _tell_reported_later(self, asking: Asking) -> None:
        for subject, places in self._reported_later.items():
            first = Given(None, places[0])
            what = tr_count(
                "{count:,} row of '{subject}' has a report that is not taken: the register has one of its day or later",
                "{count:,} rows of '{subject}' have reports that are not taken: the register has ones of their days or "
                "later",
                len(places),
                subject=subject,
            )
            do = tr("If one of them is right, report it in the program")
            asking.remark(first, None, _with_places(what, [Given(None, place) for place in places]), do)

    def _tell_over(self, asking: Asking) -> None:
        for subject, cells in self._over.items():
            if subject == "people":
                what = tr_count(
                    "{count:,} person of the file had left; if they are added, it is as somebody who is there",
                    "{count:,} people of the file had left; if they are added, it is as people who are there",
                    len(cells),
                )
                do = tr("Record with 'planner people leave' that they have left")
            else:
                what = tr_count(
                    "{count:,} organisation of the file had ended; if it is added, it is as one that has not",
                    "{count:,} organisations of the file had ended; if they are added, it is as ones that have not",
                    len(cells),
                )
                do = tr("Record it with 'planner organisation merge' or 'planner organisation dissolve'")
            asking.remark(cells[0], None, _with_places(what, cells), do)

    def _tell_unfounded(self, asking: Asking) -> None:
        for phase, cells in self._unfounded.items():
            if phase is Phase.COMPLETED:
                what = tr_count(
                    "{count:,} item is completed on {day}, the day of the report, without evidence, as its report says",
                    "{count:,} items are completed on {day}, the day of the reports, without evidence, as these say",
                    len(cells),
                    day=self._ended_on,
                )
            else:
                what = tr_count(
                    "{count:,} item is cancelled on {day}, the day of the report, without a reason, as its report says",
                    "{count:,} items are cancelled on {day}, the day of the reports, without a reason, as these say",
                    len(cells),
                    day=self._ended_on,
                )
            do = tr(
                "If it ended earlier, report that day in the program. Somebody else has to confirm each ending; they "
                "can return the report and ask for more"
            )
            asking.remark(cells[0], Field.PHASE, _with_places(what, cells), do)


def _with_places(what: str, cells: list[Given]) -> str:
    """Return a sentence with the places of the cells, if there are several."""
    if len(cells) == 1:
        return what
    return f"{what} ({listed([str(given.place) for given in cells])})"


# The commands that record what columns for reading show, by column.
_REPORTED_BY = {
    **dict.fromkeys(("met_on", "forecast_date"), "planner milestone"),
    **dict.fromkeys(("observed", "observed_on"), "planner observe"),
    **dict.fromkeys(("reported_on", "report_evidence", "ended_on", "ending_reason"), "planner update"),
}


def _how_to_change(column: str) -> str:
    command = _REPORTED_BY.get(column)
    if column == "added_on":
        return tr("It is the day of the import or of the act that added the item")
    if command is None:
        return tr("If it should change, change it in the program")
    return tr("Report it with '{command}' or in a status sheet", command=command)

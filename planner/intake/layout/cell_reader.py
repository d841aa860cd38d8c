"""Reading the cells of one column: each different value once, with the answers that a person gave."""

from collections.abc import Mapping

from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.base.texts import clean
from planner.intake.answering.refused import refused_answer
from planner.intake.answering.same_cells import SameCells, question_text
from planner.intake.layout.cells.dittos import in_own, is_ditto, nothing_above
from planner.intake.layout.cells.reading import NOTHING, Doubt, Reader, Reading, error
from planner.intake.layout.cells.texts import formula_error, shown, text_of
from planner.intake.layout.findings import Findings
from planner.intake.proposed import Field, Severity, answer_key
from planner.intake.sheets import Place, Value


def answered_note() -> str:
    """Return the note of a value that a person gave as an answer."""
    return tr("given as an answer")


class CellReader:
    """Reads the cells of one column, and collects their problems.

    A problem belongs to the first cell with its value. An answer to it is used for all cells with the same value. With
    `keeps` false, each cell is read by itself, because values seldom repeat. With `dittos`, a mark such as 同上 is no
    value: it is an error, because whoever knows the cell above reads that one's value. `same` has the answers of
    earlier imports about the same texts in the column with the name `column`.
    """

    def __init__(
        self,
        field: Field,
        reader: Reader,
        findings: Findings,
        answers: Mapping[str, str],
        *,
        keeps: bool = True,
        dittos: bool = True,
        same: SameCells | None = None,
        column: str = "",
    ) -> None:
        self._same = same
        self._column = column
        self._keeps = keeps
        self._dittos = dittos
        self._field = field
        self._reader = reader
        self._findings = findings
        self._answers = answers
        # The reading of each text, and the number of its problem if it has one.
        self._read: dict[tuple[type, Value], tuple[Reading, int | None]] = {}
        # Those of which a person is or was asked, by the form in which case, width and blanks do not count.
        self._asked: dict[str, tuple[Reading, int | None]] = {}

    def read(self, value: Value, place: Place) -> Reading:
        """Return the reading of a cell."""
        if value is None:
            return NOTHING if not self._answers else self._first(value, place)[0]
        if not self._keeps:
            return self._first(value, place)[0]
        key = (value.__class__, value)
        known = self._read.get(key)
        if known is None:
            known = self._asked_before(value, place) or self._first(value, place)
            self._read[key] = known
        elif known[1] is not None:
            self._findings.again(known[1])
        return known[0]

    def _asked_before(self, value: Value, place: Place) -> tuple[Reading, int | None] | None:
        """Return the reading of an equal text about which a person is or was asked, or None if there is none."""
        known = self._asked.get(question_text(value)) if self._asked and isinstance(value, str) else None
        if known is None or answer_key(place, self._field) in self._answers or not _is_question(self._reading(value)):
            return None
        if known[1] is not None:
            self._findings.again(known[1])
        return known

    def repeats(self, value: Value) -> bool:
        """Return whether a cell of this column says that it has the value of the cell above."""
        return self._dittos and is_ditto(value, self._field)

    def _first(self, value: Value, place: Place) -> tuple[Reading, int | None]:
        answer = self._answers.get(answer_key(place, self._field)) if self._answers else None
        reading = self._alone(value, place) if answer is None else self._answered(answer, value)
        if answer is not None and self._same and reading.doubt is None and _is_question(self._reading(value)):
            self._same.keep(self._column, text_of(value) or "", answer)
        number = None
        if reading.doubt is not None:
            number = self._findings.add(reading.doubt, place, self._field, shown(value))
        if isinstance(value, str) and (answer is not None or _is_question(reading)) and self._keeps:
            self._asked.setdefault(question_text(value), (reading, number))
        return reading, number

    def _reading(self, value: Value) -> Reading:
        if isinstance(value, str) and (value[:1] == "#" or not value.isprintable()):
            unstorable = formula_error(value) or _unstorable(value)
            if unstorable is not None:
                return unstorable
        if self.repeats(value):
            return nothing_above(value)
        own = in_own(value, self._field) if self._dittos else None
        if own is not None:
            return own
        return self._reader(value, False)

    def _alone(self, value: Value, place: Place) -> Reading:
        """Return the reading of a cell about which this import has no answer. An earlier import may have one."""
        reading = self._reading(value)
        if not (self._same and _is_question(reading)):
            return reading
        answer = self._same.find(self._column, text_of(value) or "", place, self._field)
        known = self._answered(answer, value) if answer is not None else reading
        if answer is None or _is_question(known):
            return reading
        self._same.use(answer, place, self._field)
        return Reading(known.value, tr("answered in an earlier import"), known.doubt, known.also, known.entries)

    def _answered(self, answer: str, value: Value) -> Reading:
        """Return the reading of a person's answer. One that cannot be read leaves the problem of the cell."""
        reading, cell = self._reader(answer, True), self._reading(value)
        doubt = reading.doubt
        if doubt is not None and doubt.severity is not Severity.REMARK:
            asked = cell.doubt or doubt
            doubt = Doubt(asked.severity, refused_answer(doubt.what), doubt.do, asked.choices)
        return Reading(reading.value, answered_note(), doubt, (*reading.also, *cell.stays), reading.entries)


def _is_question(reading: Reading) -> bool:
    return reading.doubt is not None and reading.doubt.severity is Severity.QUESTION


def _unstorable(text: str) -> Reading | None:
    try:
        clean(text, "")
    except BadValueError as problem:
        return error(problem.what, problem.do)
    return None

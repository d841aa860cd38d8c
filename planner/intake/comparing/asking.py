"""What the comparison asks and remarks, and the answers that people gave."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from planner.base.formats import plain_number
from planner.base.language import tr
from planner.base.texts import folded, same_words
from planner.domain.codes import code_key
from planner.intake.proposed import Field, Given, Problem, Severity, answer_key
from planner.intake.sheets import Place

# The name of a question: what it is about, and the field, which can be in brackets.
_NAMED = re.compile(rf"(.*?\S)(?:\s+|\s*\()\s*({'|'.join(one.value.replace('_', '[ _]+') for one in Field)})\s*\)?")
# A whole file or a sheet of it, as the name of a question has it: the name of the file has a suffix.
_FILE_OR_SHEET = re.compile(r"\.[a-z][a-z0-9]{1,4}(:|$)")


# A file of answers has few names, and the names of questions are asked for again and again.
@lru_cache(maxsize=10_000)
def question_key(name: str) -> str:
    """Return the name of a question or a conflict in the form in which such names are compared.

    Full-width letters, case, the form of a code and the blanks and brackets around the field do not matter. The name of
    a file counts as it is, because `plan (2).csv` is another file than `plan2.csv`.
    """
    text = folded(name).strip()
    named = _NAMED.fullmatch(text)
    if named is None:
        return _subject_key(text)
    return f"{_subject_key(named[1])} {'_'.join(named[2].replace('_', ' ').split())}"


def _subject_key(text: str) -> str:
    """Return what a question is about in a comparable form: a place in a file, or the code of an item."""
    sheet, mark, cell = text.rpartition("!")
    if mark:
        return f"{_sheet_key(sheet)}!{''.join(cell.split())}"
    return _sheet_key(text) if _FILE_OR_SHEET.search(text) else code_key(text)


def _sheet_key(text: str) -> str:
    """Return a file, or a sheet of it, in a comparable form. It is shown with a blank before the sheet."""
    return text.replace(": ", ":")


def chosen(answer: str | None, choices: Sequence[str]) -> str | None:
    """Return the choice that an answer means, however it is written, or None if it is none of them."""
    if answer is None or answer in choices:
        return answer
    for form in (same_words, code_key):
        found = [choice for choice in choices if form(choice) == form(answer)]
        if len(found) == 1:
            return found[0]
    return None


@dataclass
class Asking:
    """The problems found so far, and the answers to questions by the key of the problem that asks."""

    answers: Mapping[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    # Merged cells give several rows the value of one cell, which is asked about once.
    _asked: set[tuple[str, str]] = field(default_factory=set)
    _read: dict[tuple[Place, Field | None], list[Problem]] | None = None

    def error(self, given: Given, fact: Field, what: str, do: str) -> None:
        """Add an error about a value. It prevents the import."""
        self._add(Severity.ERROR, given.place, fact, given.value, what, do)

    def withdraw(self, problems: Collection[Problem]) -> None:
        """Remove problems of which it turned out that they are none."""
        if problems:
            self.problems[:] = [one for one in self.problems if one not in problems]
            self._asked.difference_update((one.key, one.what) for one in problems)

    def take_back(self, row: Place, fact: Field) -> list[Problem]:
        """Remove the problems that were noted about a field of a row when the files were read, and return them."""
        if self._read is None:
            self._read = defaultdict(list)
            for one in self.problems:
                self._read[replace(one.place, column=0), one.field].append(one)
        found = self._read.pop((row, fact), [])
        self.withdraw(found)
        return found

    def has_error(self, given: Given, fact: Field) -> bool:
        """Return whether an error about a value was noted already, or one about this field in all of its file."""
        keys = {answer_key(place, fact) for place in (given.place, Place(given.place.file))}
        return any(problem.severity is Severity.ERROR and problem.key in keys for problem in self.problems)

    def remark(self, given: Given, fact: Field | None, what: str, do: str = "") -> None:
        """Add a remark about a value, which only informs."""
        self._add(Severity.REMARK, given.place, fact, given.value, what, do)

    def note(self, what: str, do: str = "") -> None:
        """Add a remark about the answers of earlier imports, which only informs."""
        self.problems.append(Problem(Severity.REMARK, Place(tr("answers")), None, "", what, do))

    def note_on_files(self, what: str, do: str = "") -> None:
        """Add a remark about all files together, which only informs."""
        self.problems.append(Problem(Severity.REMARK, Place(tr("all files")), None, "", what, do))

    def ask(
        self, given: Given, fact: Field | None, what: str, do: str, choices: Sequence[str], about: str = ""
    ) -> str | None:
        """Return the answer to a question about a value. If there is none among the choices, add the question.

        With a field, the answer is the value that the cell should have, so that the reader of cells may use it too.
        `about` is the part of the value that a further question about it is about.
        """
        problem = self._problem(Severity.QUESTION, given.place, fact, given.value, what, do, choices)
        problem = replace(problem, about=about) if about else problem
        answer = chosen(self.answers.get(problem.key), choices)
        if answer is not None:
            return answer
        if (problem.key, what) not in self._asked:
            self._asked.add((problem.key, what))
            self.problems.append(problem)
        return None

    def _add(self, severity: Severity, place: Place, fact: Field | None, value: object, what: str, do: str) -> None:
        self.problems.append(self._problem(severity, place, fact, value, what, do, ()))

    @staticmethod
    def _problem(
        severity: Severity, place: Place, fact: Field | None, value: object, what: str, do: str, choices: Sequence[str]
    ) -> Problem:
        return Problem(severity, place, fact, _shown(value), what, do, tuple(choices))


def _shown(value: object) -> str:
    """Return a value as a problem shows it."""
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    if isinstance(value, float):
        return plain_number(value)
    return "" if value is None else str(value)

"""Answers about cells and whole columns that count again in a later file of the same form.

A register that comes every month asks the same each time otherwise. The headings of the table and the column must be
the same, apart from the month that they name, and for an answer about a cell also its text. The answers are recorded
with the import, and do not count if it is undone.
"""

# docs/decisions/0141: an answer about a text counts for the same text in later files of the same form.

from collections.abc import Container, Iterable, Mapping

from planner.base.texts import folded
from planner.intake.comparing.asking import question_key
from planner.intake.layout.folding import shape_keys
from planner.intake.proposed import Field, answer_key
from planner.intake.sheets import Place

# The text of a longer cell hardly comes again.
_LONGEST = 200


class SameCells:
    """Answers by the shape of a table, the column and the text of the cell: those of earlier imports, and new ones.

    `named` are the names of questions that the person answers now, or wants to be asked again.
    """

    def __init__(self, kept: Mapping[str, Mapping[str, str]] | None = None, named: Container[str] = ()) -> None:
        self._kept = kept or {}
        # The same answers by the texts as questions compare them, for the columns that were asked about so far.
        self._compared: dict[str, dict[str, str]] = {}
        self._named = named
        # What this import says about texts, by shape and column as it is recorded.
        self.said: dict[str, dict[str, str]] = {}
        # The answers of earlier imports that count in this one, by the name of their first question.
        self.used: dict[str, str] = {}

    def find(self, column: str, text: str, place: Place, field: Field) -> str | None:
        """Return the answer of an earlier import about a text, unless the person names its question."""
        answer = self._kept.get(column, {}).get(text)
        if answer is None:
            answer = self._by_compared_text(column).get(question_text(text))
        if answer is None or any(question_key(name) in self._named for name in (answer_key(place, field), str(place))):
            return None
        return answer

    def _by_compared_text(self, column: str) -> Mapping[str, str]:
        """Return the answers about a column by texts as questions compare them. Of equal texts, the first counts."""
        answers = self._compared.get(column)
        if answers is None:
            answers = self._compared[column] = {}
            for text, answer in self._kept.get(column, {}).items():
                answers.setdefault(question_text(text), answer)
        return answers

    def of_column(self, column: str) -> Mapping[str, str]:
        """Return the answers of earlier imports about a column, by the text of the cell."""
        return self._kept.get(column, {})

    def use(self, answer: str, place: Place, field: Field) -> None:
        """Note that the answer of an earlier import counts for a cell."""
        self.used.setdefault(answer_key(place, field), answer)

    def keep(self, column: str, text: str, answer: str) -> None:
        """Note an answer about a text for later imports."""
        if len(text) <= _LONGEST:
            self.said.setdefault(column, {})[text] = answer


def question_text(text: str) -> str:
    """Return the text of a cell as questions about it are compared: without case, width and further blanks."""
    return " ".join(folded(text).split())


def column_name(shape: str, heading: str, field: Field) -> str:
    """Return the name of a column under which answers about its cells are kept."""
    return f"{shape} {shape_keys([heading])[0]} {field}"


def same_question(choices: Iterable[str]) -> str:
    """Return what stands in place of the text of a cell for a question about a whole column with these choices."""
    return f"column: {' / '.join(choices)}"

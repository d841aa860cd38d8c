"""What the comparison asks and remarks, and the answers that people gave."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from planner.base.texts import folded
from planner.intake.proposed import Field, Given, Problem, Severity, answer_key
from planner.intake.sheets import Place


# The names of people and organisations repeat.
@lru_cache(maxsize=10_000)
def same_words(text: str) -> str:
    """Return a name in the form in which names are compared: folded, without white space."""
    return "".join(folded(text).split())


@dataclass
class Asking:
    """The problems found so far, and the answers to questions by the key of the problem that asks."""

    answers: Mapping[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def error(self, given: Given, fact: Field, what: str, do: str) -> None:
        """Add an error about a value. It prevents the import."""
        self._add(Severity.ERROR, given.place, fact, given.value, what, do)

    def has_error(self, given: Given, fact: Field) -> bool:
        """Return whether an error about a value was noted already."""
        return any(
            problem.severity is Severity.ERROR and problem.key == answer_key(given.place, fact)
            for problem in self.problems
        )

    def remark(self, given: Given, fact: Field, what: str, do: str = "") -> None:
        """Add a remark about a value, which only informs."""
        self._add(Severity.REMARK, given.place, fact, given.value, what, do)

    def ask(self, given: Given, fact: Field | None, what: str, do: str, choices: Sequence[str]) -> str | None:
        """Return the answer to a question about a value. If there is none among the choices, add the question.

        With a field, the answer is the value that the cell should have, so that the reader of cells may use it too.
        """
        problem = self._problem(Severity.QUESTION, given.place, fact, given.value, what, do, choices)
        answer = self.answers.get(problem.key)
        if answer in choices:
            return answer
        self.problems.append(problem)
        return None

    def _add(self, severity: Severity, place: Place, fact: Field, value: object, what: str, do: str) -> None:
        self.problems.append(self._problem(severity, place, fact, value, what, do, ()))

    @staticmethod
    def _problem(
        severity: Severity, place: Place, fact: Field | None, value: object, what: str, do: str, choices: Sequence[str]
    ) -> Problem:
        text = "; ".join(map(str, value)) if isinstance(value, tuple) else "" if value is None else str(value)
        return Problem(severity, place, fact, text, what, do, tuple(choices))

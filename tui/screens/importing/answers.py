"""What the person answers about an import: the fields of columns, questions, and which value counts in a conflict."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from planner.base.language import tr
from planner.domain.symbols import words
from tui.dialogs.imports.choices import AnswerDialog, ChoiceDialog
from tui.dialogs.pick import Pick
from tui.marks import one_line
from tui.screens.importing.options import Said
from tui.widgets.importing import QuestionRow

if TYPE_CHECKING:
    from textual.screen import Screen

    from planner.intake.answering.open_answers import OpenAnswer
    from planner.intake.column_samples import ColumnSample
    from planner.intake.proposed import Field, Problem

# Before the answer that is given to all conflicts. No field has this name.
_ALL = "all "
# The choice to take all items with titles that are much alike for the same.
_ALL_ALIKE = "\0alike"
# The choices about the headings of a table.
_NO_HEADINGS, _HEADINGS = "\0none", "\0headings"


class ImportAnswers:
    """Asks for answers, and passes what the person then has said to `say`."""

    def __init__(self, screen: "Screen[bool]", say: Callable[[Said], None]) -> None:
        self._screen = screen
        self._say = say

    def ask_field(self, column: "ColumnSample", columns: "Sequence[ColumnSample]", said: Said) -> None:
        """Ask for the field of a column."""
        table = [one for one in columns if one.place == column.place]
        by_field = {one.field: one.heading for one in table}
        picks = [
            Pick("", tr("not imported")),
            *(Pick(field.value, words(field.value), by_field.get(field, "")) for field in column.fields),
            *_about_headings(column),
        ]

        def chosen(name: str | None) -> None:
            if name is not None:
                mapping = _mapping(name, column, table, said.wishes.mapping)
                self._say(Said(said.wishes.with_mapping(mapping), said.reason))

        values = " | ".join(column.values)
        question = f"{one_line(column.heading)}: {one_line(values)}" if values else column.heading
        present = column.field.value if column.field else ""
        dialog = ChoiceDialog(tr("Which field is this column?"), question, picks, at=present)
        self._screen.app.push_screen(dialog, chosen)

    def ask(self, row: QuestionRow, said: Said) -> None:
        """Ask for the answer to a question. An empty one opens the question again."""
        problem = row.problem

        def answered(answer: str | None) -> None:
            if answer == _ALL_ALIKE:
                decisions = replace(said.wishes.decisions, likely=True)
                self._say(Said(replace(said.wishes, decisions=decisions), said.reason))
            elif answer is not None:
                self._answer({problem.key: answer}, said)

        if row.kept:
            self._ask_kept(row, said)
            return
        value = f" '{problem.value}'" if problem.value and problem.value not in problem.what else ""
        question = f"{problem.place}{value}: {problem.what}. {problem.do}."
        if not problem.choices:
            self._screen.app.push_screen(AnswerDialog(question, row.answer or ""), answered)
            return
        dialog = ChoiceDialog(tr("Question"), question, _picks(problem, row.answer), at=row.answer or "")
        self._screen.app.push_screen(dialog, answered)

    def _ask_kept(self, row: QuestionRow, said: Said) -> None:
        """Offer to ask a question again that was answered in an earlier import."""
        from planner.intake.answering.answers import FILL_IN

        def chosen(answer: str | None) -> None:
            if answer:
                self._answer({row.problem.key: answer}, said)

        question = f"{row.problem.place}: {row.problem.what}: {row.answer}"
        picks = [Pick("", tr("Keep this answer")), Pick(FILL_IN, tr("Ask again"))]
        self._screen.app.push_screen(ChoiceDialog(tr("Question"), question, picks, at=""), chosen)

    def ask_value(self, conflict: "OpenAnswer", conflicts: "Sequence[OpenAnswer]", said: Said) -> None:
        """Ask which value counts in a conflict, or in all of them."""
        from planner.intake.comparing.decided.conflicts import FROM_FILE, FROM_REGISTER

        def chosen(answer: str | None) -> None:
            if answer is None:
                return
            if not answer.startswith(_ALL):
                self._answer({conflict.key: answer}, said)
                return
            # Each conflict gets this answer, also one that was answered by itself or in an earlier import.
            answers = {**said.wishes.answers, **{one.key: answer.removeprefix(_ALL) for one in conflicts}}
            wishes = replace(said.wishes, answers=answers, take_file=answer == f"{_ALL}{FROM_FILE}")
            self._say(Said(wishes, said.reason))

        picks = [
            Pick(FROM_REGISTER, tr("the register's value")),
            Pick(FROM_FILE, tr("the file's value")),
            Pick(f"{_ALL}{FROM_REGISTER}", tr("in all conflicts, the register's values")),
            Pick(f"{_ALL}{FROM_FILE}", tr("in all conflicts, the files' values")),
        ]
        dialog = ChoiceDialog(tr("Which value counts?"), conflict.about, picks, at=conflict.answer or "")
        self._screen.app.push_screen(dialog, chosen)

    def _answer(self, given: dict[str, str], said: Said) -> None:
        answers = {key: answer for key, answer in {**said.wishes.answers, **given}.items() if answer}
        self._say(Said(said.wishes.with_answers(answers), said.reason))


def _about_headings(column: "ColumnSample") -> list[Pick]:
    """Return the choice that the table has no headings, or that its first row has them, where this is not known."""
    from planner.intake.column_samples import Headings

    if column.headings is Headings.LIKELY:
        return [Pick(_NO_HEADINGS, tr("there are no headings: the first row is an entry"))]
    if column.headings is Headings.NONE:
        return [Pick(_HEADINGS, tr("the first row has the headings"))]
    return []


def _mapping(
    chosen: str, column: "ColumnSample", table: "Sequence[ColumnSample]", mapping: "Mapping[str, Field | None]"
) -> "Mapping[str, Field | None]":
    """Return the mapping with what a person chose for a column, or for the headings of its table."""
    from planner.intake.column_samples import with_headings, without_headings

    if chosen == _NO_HEADINGS:
        return without_headings(mapping, table)
    if chosen == _HEADINGS:
        return with_headings(mapping, table)
    return {**mapping, column.heading: next((one for one in column.fields if one.value == chosen), None)}


def kept_rows(kept: "Mapping[str, str]") -> list[QuestionRow]:
    """Return a row for each answer that was given in an earlier import of the same files."""
    from planner.intake.proposed import Problem, Severity
    from planner.intake.sheets import Place

    what = tr("answered in an earlier import")
    return [
        QuestionRow(Problem(Severity.QUESTION, Place(name), None, "", what, ""), answer, kept=True)
        for name, answer in kept.items()
    ]


def _picks(problem: "Problem", answer: str | None) -> list[Pick]:
    from planner.intake.comparing.likeness import LIKELY
    from planner.intake.comparing.match_questions import NEW

    picks = [Pick(choice, choice) for choice in problem.choices]
    if NEW in problem.choices:
        label = tr("in all such questions, the same item if the titles are at least {likely}% alike", likely=LIKELY)
        picks.append(Pick(_ALL_ALIKE, label))
    if answer is not None:
        picks.append(Pick("", tr("Leave the question open")))
    return picks

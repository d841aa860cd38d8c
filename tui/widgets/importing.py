"""The tables of the import screen: columns, questions, conflicts and options."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from planner.base.language import later, tr
from planner.domain.symbols import words
from tui.marks import HEADING, MUTED, STRONG, one_line
from tui.widgets.blocks import Block
from tui.widgets.table import Column

if TYPE_CHECKING:
    from planner.intake.answering.open_answers import OpenAnswer
    from planner.intake.column_samples import ColumnSample
    from planner.intake.proposed import Problem

# The answer to a conflict that takes the value of the file.
_FROM_FILE = "file"


@dataclass(frozen=True)
class QuestionRow:
    """A question of the preview, and the person's answer, or None while it is open.

    `kept` says that the answer was given in an earlier import of the same file.
    """

    problem: "Problem"
    answer: str | None
    kept: bool = False


@dataclass(frozen=True)
class OptionRow:
    """An option of the import: its name in the program, its label, and what is chosen now."""

    name: str
    label: str
    value: str


def _field(sample: "ColumnSample", _: int) -> Content:
    if sample.field is None:
        return Content.styled(tr("not imported"), MUTED)
    return Content.styled(words(sample.field.value), STRONG)


def _question(row: QuestionRow, _: int) -> Content:
    return Content(one_line(f"{row.problem.place}: {row.problem.what}"))


def _answer(row: QuestionRow, _: int) -> Content:
    if row.answer is None:
        return Content.styled(tr("open"), "$text-warning")
    return Content.styled(one_line(row.answer), STRONG)


def _kept(conflict: "OpenAnswer", _: int) -> Content:
    if conflict.answer == _FROM_FILE:
        return Content.styled(tr("the file"), STRONG)
    return Content.styled(tr("the register"), MUTED)


def _value(conflict: "OpenAnswer", place: int) -> Content:
    """Return a value of a conflict. The one that counts stands out."""
    style = STRONG if conflict.choices[place] == conflict.answer else MUTED
    return Content.styled(one_line(conflict.values[place]) or "–", style)


_TABLE: "Column[ColumnSample]" = Column(
    "table", later("Table"), lambda sample, _: Content.styled(one_line(str(sample.place)), MUTED), 16
)
_SAMPLE: "list[Column[ColumnSample]]" = [
    Column("heading", later("Column"), lambda sample, _: Content(one_line(sample.heading)), 20, narrow=16),
    Column("field", later("Field"), _field, 13),
    Column(
        "values",
        later("First values"),
        lambda sample, _: Content.styled(one_line(" | ".join(sample.values)), MUTED),
        14,
        comfort=24,
    ),
]

QUESTION_COLUMNS: list[Column[QuestionRow]] = [
    Column("answer", later("Answer"), _answer, 14),
    Column("question", later("Question"), _question, 20, comfort=40),
]
CONFLICT_COLUMNS: "list[Column[OpenAnswer]]" = [
    Column("kept", later("Counts"), _kept, 12),
    Column("conflict", later("Item and field"), lambda one, _: Content(one_line(one.key)), 20, narrow=16),
    Column("register", later("In the register"), lambda one, _: _value(one, 1), 14, comfort=24),
    Column("file", later("In the files"), lambda one, _: _value(one, 0), 14, comfort=24),
]
OPTION_COLUMNS: list[Column[OptionRow]] = [
    Column("option", later("Option"), lambda row, _: Content(row.label), 22, narrow=18),
    Column("value", later("Chosen"), lambda row, _: Content.styled(one_line(row.value), STRONG), 20, comfort=30),
]


def sample_columns(samples: "Sequence[ColumnSample]") -> "list[Column[ColumnSample]]":
    """Return what is shown of the columns of a file. If it has several tables, the table of each is shown first."""
    return [_TABLE, *_SAMPLE] if len({sample.place for sample in samples}) > 1 else _SAMPLE


def preview_blocks(lines: Iterable[str]) -> list[Block]:
    """Return the lines of a preview for a pane. The first line and the line above each section are headings."""
    blocks: list[Block] = []
    is_heading = True
    for line in lines:
        if line:
            blocks.append(_block(line, is_heading=is_heading, is_first=not blocks))
        is_heading = not line
    return blocks


def _block(line: str, *, is_heading: bool, is_first: bool) -> Block:
    shown, indent = one_line(line), len(line) - len(line.lstrip(" "))
    if is_heading:
        return Block(Content.styled(shown, HEADING), "" if is_first else "-heading")
    return Block(Content(" " * (indent - 2) + shown), "-detail") if indent else Block(Content(shown))

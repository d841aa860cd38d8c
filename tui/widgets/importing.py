"""The tables of the import screen: the columns of the file, and the questions that it leaves open."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from planner.base.language import later, tr
from planner.domain.symbols import words
from tui.marks import HEADING, MUTED, STRONG, one_line
from tui.widgets.blocks import Block
from tui.widgets.table import Column

if TYPE_CHECKING:
    from planner.intake.column_samples import ColumnSample
    from planner.intake.proposed import Problem


@dataclass(frozen=True)
class QuestionRow:
    """A question of the preview, and the person's answer, or None while it is open."""

    problem: "Problem"
    answer: str | None


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


COLUMN_COLUMNS: "list[Column[ColumnSample]]" = [
    Column("heading", later("Column"), lambda sample, _: Content(one_line(sample.heading)), 20, narrow=16),
    Column("field", later("Field"), _field, 13),
    Column(
        "values",
        later("First values"),
        lambda sample, _: Content.styled(one_line(" | ".join(sample.values)), MUTED),
        14,
        comfort=44,
    ),
    Column("table", later("Table"), lambda sample, _: Content.styled(one_line(str(sample.place)), MUTED), 20, rank=4),
]

QUESTION_COLUMNS: list[Column[QuestionRow]] = [
    Column("answer", later("Answer"), _answer, 14),
    Column("question", later("Question"), _question, 20, comfort=40),
]


def preview_blocks(lines: Iterable[str]) -> list[Block]:
    """Return the lines of a preview for a pane. The first line and the line above each section are headings."""
    blocks: list[Block] = []
    heads = True
    for line in lines:
        shown = one_line(line)
        if not line:
            heads = True
            continue
        if heads:
            blocks.append(Block(Content.styled(shown, HEADING), "-heading" if blocks else ""))
        else:
            blocks.append(Block(Content(shown.strip()), "-detail" if line.startswith(" ") else ""))
        heads = False
    return blocks

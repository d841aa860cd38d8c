"""Read the cited passages from attached copies. A pack contains no other text of the documents."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from planner.domain.vocabulary import SpanMatch
from planner.evidence.logged import LoggedRows
from planner.store.models import Attachment

# The table whose events hold whole documents. The bytes of these events stay in the register.
WITHHELD_TABLE = "attachment"


@dataclass(frozen=True)
class CopiedPassage:
    """The text of a passage in an attached copy, its citation, and how well the text matches the cited text."""

    span: int
    citation: int
    attachment: int
    file_name: str
    match: str
    text: str

    @property
    def agrees(self) -> bool:
        """Whether the text is the same as the cited text, apart from spacing."""
        return self.match in (SpanMatch.EXACT, SpanMatch.NORMAL)


def read_quotes(rows: LoggedRows) -> tuple[CopiedPassage, ...]:
    """Return the passages in attached copies to which the citations among the rows refer."""
    copies = select(Attachment.id, Attachment.text).where(Attachment.id.in_(rows.ids(WITHHELD_TABLE)))
    texts = {number: text for number, text in rows.session.execute(copies)}  # noqa: C416  (rows are not pairs to mypy)
    return tuple(_quotes(rows, texts))


def _quotes(rows: LoggedRows, texts: dict[int, str]) -> Iterator[CopiedPassage]:
    for row in rows.rows("attached_span"):
        values = row.values
        if values["start_point"] is not None:
            copy = values["attachment_id"]
            yield CopiedPassage(
                span=row.id,
                citation=values["citation_id"],
                attachment=copy,
                file_name=rows.row(WITHHELD_TABLE, copy).values["file_name"],
                match=values["match"],
                text=texts[copy][values["start_point"] : values["end_point"]],
            )

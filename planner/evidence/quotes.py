"""What attached copies say where a citation was found in them: the only words of the documents that a pack holds."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from planner.evidence.logged import LoggedRows
from planner.models import Attachment
from planner.vocabulary import SpanMatch

# The table whose events hold whole documents: their bytes stay in the register.
WITHHELD_TABLE = "attachment"


@dataclass(frozen=True)
class Quote:
    """The words of a copy at one span: of which citation, how they match what was cited, and themselves."""

    span: int
    citation: int
    attachment: int
    file_name: str
    match: str
    text: str

    @property
    def agrees(self) -> bool:
        """Whether they are what was cited."""
        return self.match in (SpanMatch.EXACT, SpanMatch.NORMAL)


def read_quotes(rows: LoggedRows) -> tuple[Quote, ...]:
    """What the attached copies among some rows say where the citations among them were found."""
    copies = select(Attachment.id, Attachment.text).where(Attachment.id.in_(rows.ids(WITHHELD_TABLE)))
    texts = {number: text for number, text in rows.session.execute(copies)}  # noqa: C416  (rows are not pairs to mypy)
    return tuple(_quotes(rows, texts))


def _quotes(rows: LoggedRows, texts: dict[int, str]) -> Iterator[Quote]:
    for row in rows.rows("attached_span"):
        values = row.values
        if values["start_point"] is not None:
            copy = values["attachment_id"]
            yield Quote(
                span=row.id,
                citation=values["citation_id"],
                attachment=copy,
                file_name=rows.row(WITHHELD_TABLE, copy).values["file_name"],
                match=values["match"],
                text=texts[copy][values["start_point"] : values["end_point"]],
            )

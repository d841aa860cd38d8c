"""The ranks that the data files give to findings of the texts.

A rank is kept among the loader's notes on the finding, and is the reason of the event by which it was loaded.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.models import SeededRow, TextFinding
from planner.vocabulary import FindingRank

# The name of the note.
FIELD = "rank"
DEFAULT = FindingRank.MIDDLE


def read_text_ranks(session: Session) -> dict[int, FindingRank]:
    """The rank of each finding of the texts that was given one, by the finding's id."""
    notes = select(SeededRow.row_id, SeededRow.said).where(SeededRow.table_name == TextFinding.__tablename__)
    return {row_id: FindingRank(said[FIELD]) for row_id, said in session.execute(notes) if FIELD in said}

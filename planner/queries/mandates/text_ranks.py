"""The ranks that the data files give to findings about the official texts.

The loader keeps a rank in its notes on the finding, and gives it as the reason of the event that loaded the finding.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.domain.vocabulary import FindingRank
from planner.store.models import TextFinding

# The name of the note that has the rank.
FIELD = "rank"
DEFAULT = FindingRank.MIDDLE


def read_text_ranks(session: Session) -> dict[int, FindingRank]:
    """Return the ranks of findings about the official texts, by finding id. Findings without a rank are left out."""
    from planner.store.models import SeededRow  # mapped only if there is a finding

    notes = select(SeededRow.row_id, SeededRow.said).where(SeededRow.table_name == TextFinding.__tablename__)
    return {row_id: FindingRank(said[FIELD]) for row_id, said in session.execute(notes) if FIELD in said}

"""The numbers of themes. A number is given only once, because the history of items names the theme by it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.register.raw_rows import columns
from planner.store.models import Theme

# The numbers of rows that the undoing of an import took out begin above those of any register.
TAKEN_OUT = 1_000_000_000


def next_theme_number(session: Session, plan_id: int) -> int:
    """Return the number of the next new theme of a plan: the one after the highest, also of removed themes."""
    theme = columns(Theme)
    own = select(theme.number).where(theme.plan_id == plan_id, theme.number < TAKEN_OUT)
    last: int | None = session.execute(own.order_by(theme.number.desc()).limit(1)).scalar()
    return (last or 0) + 1

"""The loader's record of the values that it wrote."""

from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.store.models.base import Base, Key


class SeededRow(Base):
    """The values of a row in the data files when they were last loaded.

    With them, the loader can tell edited values from unchanged ones and does not overwrite what a person edited. This
    is the only table without audit events, because it is bookkeeping and not a fact about the plan.
    """

    __tablename__ = "seeded_row"
    __table_args__ = (UniqueConstraint("table_name", "seed_key"), UniqueConstraint("table_name", "row_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    table_name: Mapped[str] = mapped_column(Key)
    seed_key: Mapped[str]
    row_id: Mapped[int]
    said: Mapped[dict[str, Any]] = mapped_column(JSON)

"""The record of the values that the loader and imports wrote."""

from typing import Any

from sqlalchemy import JSON, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from planner.domain.vocabulary import RowSource
from planner.store.models.base import Base, Key, one_of


class SeededRow(Base):
    """The values of a row in the data files, or in the office's own files, when they were last loaded.

    With them, loading can tell edited values from unchanged ones and does not overwrite what a person edited. This is
    the only table without audit events, because it is bookkeeping and not a fact about the plan.
    """

    __tablename__ = "seeded_row"
    __table_args__ = (
        UniqueConstraint("source", "table_name", "seed_key"),
        UniqueConstraint("source", "table_name", "row_id"),
        one_of("source", RowSource),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[RowSource] = mapped_column(server_default=text("'seeds'"), default=RowSource.SEEDS)
    table_name: Mapped[str] = mapped_column(Key)
    seed_key: Mapped[str]
    row_id: Mapped[int]
    said: Mapped[dict[str, Any]] = mapped_column(JSON)

"""The imports of an office's own files, and what people said about the columns of such files."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.store.models.base import Base, Recorded, Sha256, hex_digest


class ImportBatch(Recorded, Base):
    """One import: its files with their digests, which column was what, and how many rows it changed.

    `mapping` has the columns by the shape of their table, and as `items` the ids of items by titles of the files, where
    a person said that the two are the same, and as `new` those of items that a person said are new. `themes` are
    titles of the files that a person said mean a theme, and `days` those of the facts of the files. Rows are only ever
    added. The events of the import have the write id of the event that added this row.
    """

    __tablename__ = "import_batch"
    __table_args__ = (Index(None, "plan_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    files: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    mapping: Mapped[dict[str, Any]] = mapped_column(JSON)
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)
    reason: Mapped[str | None]


class ImportMapping(Base):
    """What each column of files of one shape is. `shape` is a digest of the columns' headings."""

    __tablename__ = "import_mapping"
    __table_args__ = (UniqueConstraint("plan_id", "shape"), hex_digest("shape"))

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id"))
    shape: Mapped[str] = mapped_column(Sha256)
    columns: Mapped[dict[str, Any]] = mapped_column(JSON)

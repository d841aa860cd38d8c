"""Whether a database is an office's register or a demonstration with simulated reports."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.domain.vocabulary import InstallationKind
from planner.store.models.base import Base, Instant, Word, one_of


class Installation(Base):
    """The single row that says what kind of database this is. A demonstration has its own simulated current date."""

    __tablename__ = "installation"
    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        one_of("kind", InstallationKind),
        CheckConstraint(
            "(kind = 'demonstration') = (simulated_today IS NOT NULL)", name="only_a_demonstration_has_a_day"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[InstallationKind]
    # docs/decisions/0091: this is "today" for everything that reads the database.
    simulated_today: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(Instant)
    created_by: Mapped[str]
    program_version: Mapped[str] = mapped_column(Word)

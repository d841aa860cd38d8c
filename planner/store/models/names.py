"""The goals of a plan, and names in other languages. Commands about a single item do not need them."""

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.domain.vocabulary import Basis
from planner.store.models.base import Base, Based, Word, basis_checks, cited_checks, not_blank


class Goal(Based, Base):
    """A goal of the plan as a whole."""

    __tablename__ = "goal"
    __table_args__ = (UniqueConstraint("plan_id", "number"), not_blank("title"), *basis_checks())

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    number: Mapped[int]
    title: Mapped[str]
    restatement: Mapped[str]


class TitleName(Based, Base):
    """The name of a goal, theme or measure in another language than its title."""

    __tablename__ = "title_name"
    __table_args__ = (
        UniqueConstraint("goal_id", "language"),
        UniqueConstraint("theme_id", "language"),
        UniqueConstraint("measure_id", "language"),
        CheckConstraint(
            "(goal_id IS NOT NULL AND theme_id IS NULL AND measure_id IS NULL)"
            " OR (goal_id IS NULL AND theme_id IS NOT NULL AND measure_id IS NULL)"
            " OR (goal_id IS NULL AND theme_id IS NULL AND measure_id IS NOT NULL)",
            name="names_one",
        ),
        not_blank("name"),
        *basis_checks(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    goal_id: Mapped[int | None] = mapped_column(ForeignKey("goal.id"))
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"))
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measure.id"))
    language: Mapped[str] = mapped_column(Word)
    name: Mapped[str]


class OrganisationName(Base):
    """An organisation's name in another language, with its basis: printed in a text, or a working translation.

    Rows loaded before revision 0006 have no basis until the data files are loaded again.
    """

    __tablename__ = "organisation_name"
    __table_args__ = (UniqueConstraint("organisation_id", "language"), not_blank("name"), *cited_checks())

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    language: Mapped[str] = mapped_column(Word)
    name: Mapped[str]
    basis: Mapped[Basis | None]
    citation_id: Mapped[int | None] = mapped_column(ForeignKey("citation.id"))

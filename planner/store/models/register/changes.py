"""Changes during the year: of an item, a target, an organisation, a person, a theme, and of the plan itself.

The rows of all these have the current values. With the changes, a read as of an earlier day
finds the values of that day.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from planner.domain.vocabulary import Basis, OrganisationEvent
from planner.store.models.base import Base, Key, Recorded, not_blank, one_of


class FactChange(Recorded):
    """A change of one fact, which is named by `field`. The values are texts."""

    as_of: Mapped[date]
    field: Mapped[str] = mapped_column(Key)
    old_value: Mapped[str | None]
    new_value: Mapped[str | None]
    reason: Mapped[str]
    basis: Mapped[Basis]


def _fact_checks() -> Sequence[CheckConstraint]:
    """Return the checks of a change of one fact: a value changes, and the field, the reason and the basis are known."""
    changes = CheckConstraint(
        # Both values can have the text that is redacted.
        "coalesce(old_value, '') <> coalesce(new_value, '') OR new_value = '[redacted]'",
        name="value_changes",
    )
    return [changes, not_blank("field"), not_blank("reason"), one_of("basis", Basis)]


class ItemChange(FactChange, Base):
    """A change of one fact of an item, such as its theme, its lead or its title. Rows are only ever added.

    The values are texts: the key of an organisation, the number of a theme, the login of a person, or a day.
    """

    __tablename__ = "item_change"
    __table_args__ = (
        Index(None, "item_id", "as_of", "id"),
        # Each command asks whether an item was changed after its day.
        Index(None, "as_of"),
        *_fact_checks(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))


class TargetChange(Recorded, Base):
    """A revision of an indicator's target. Rows are only ever added."""

    __tablename__ = "target_change"
    __table_args__ = (
        Index(None, "target_id", "as_of", "id"),
        CheckConstraint("new_value <> old_value OR new_due <> old_due", name="target_changes"),
        not_blank("reason"),
        one_of("basis", Basis),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("target.id"))
    as_of: Mapped[date]
    old_value: Mapped[float]
    new_value: Mapped[float]
    old_due: Mapped[date]
    new_due: Mapped[date]
    reason: Mapped[str]
    basis: Mapped[Basis]


class PlanChange(FactChange, Base):
    """A change of one fact of a plan or, with `theme_id`, of one of its themes. Rows are only ever added.

    The values are texts, such as a title, a day, or the number of a theme.
    """

    __tablename__ = "plan_change"
    __table_args__ = (
        Index(None, "plan_id", "as_of", "id"),
        *_fact_checks(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"))


class PersonChange(FactChange, Base):
    """A change of one fact of a person: who joined or left, and their name, role or organisation. Rows are only added.

    The values are texts: a name, a role, the key of an organisation, or the login of a person who joined or left.
    """

    __tablename__ = "person_change"
    __table_args__ = (
        Index(None, "person_id", "as_of", "id"),
        *_fact_checks(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))


class OrganisationChange(Recorded, Base):
    """The day on which an organisation was renamed, merged into another one, or dissolved. Rows are only ever added."""

    __tablename__ = "organisation_change"
    __table_args__ = (
        Index(None, "organisation_id", "as_of", "id"),
        one_of("kind", OrganisationEvent),
        CheckConstraint("(kind = 'renamed') = (new_name IS NOT NULL)", name="renamed_has_its_name"),
        CheckConstraint("(kind = 'merged') = (into_id IS NOT NULL)", name="merged_names_another"),
        not_blank("reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    as_of: Mapped[date]
    kind: Mapped[OrganisationEvent]
    old_name: Mapped[str | None]
    new_name: Mapped[str | None]
    into_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    reason: Mapped[str]

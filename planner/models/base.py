"""What all tables share: naming of constraints, column types, closed vocabularies, the basis of a fact."""

from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, Dialect, ForeignKey, MetaData, String, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from planner.vocabulary import Basis

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """An instant in UTC. PostgreSQL keeps the zone; SQLite keeps the UTC wall time, which sorts as text."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a time without a zone: it would be stored as whatever the machine's zone is."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"an instant needs a time zone: {value!r}")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back that SQLite does not keep."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The base of all mapped classes."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)
    type_annotation_map = {str: Text, datetime: Instant}  # noqa: RUF012  (SQLAlchemy's own protocol)


# A column of digests is 64 lower-case hexadecimal digits; a key is a slug that people type.
Sha256 = String(64)
Key = String(64)
Word = String(32)


def one_of(column: str, words: type[StrEnum], *, optional: bool = False) -> CheckConstraint:
    """A check that `column` holds one of a closed vocabulary's words (or nothing, where it may)."""
    listed = ", ".join(f"'{word.value}'" for word in words)
    absent = f"{column} IS NULL OR " if optional else ""
    return CheckConstraint(f"{absent}{column} IN ({listed})", name=f"{column}_word")


def hex_digest(column: str) -> CheckConstraint:
    """A check that `column` is a SHA-256 in lower-case hexadecimal, in SQL that both databases speak."""
    return CheckConstraint(
        f"length({column}) = 64 AND trim({column}, '0123456789abcdef') = ''", name=f"{column}_is_sha256"
    )


def not_blank(column: str) -> CheckConstraint:
    """A check that a text column says something."""
    return CheckConstraint(f"length(trim({column})) > 0", name=f"{column}_not_blank")


STATED_CITES = "basis <> 'stated' OR citation_id IS NOT NULL"


def cited_checks() -> Sequence[CheckConstraint]:
    """The checks of a basis that no rule can be: stated facts cite, and none is derived."""
    return [
        one_of("basis", Basis),
        CheckConstraint(STATED_CITES, name="basis_stated_cites"),
        CheckConstraint("basis <> 'derived'", name="basis_not_derived"),
    ]


def rule_checks(prefix: str) -> Sequence[CheckConstraint]:
    """The checks of a basis kept for one part of a row, such as an item's lead: derived facts name their rule."""
    column = f"{prefix}basis"
    return [
        one_of(column, Basis),
        CheckConstraint(f"{column} <> 'derived' OR {prefix}rule_id IS NOT NULL", name=f"{column}_derived_names_rule"),
    ]


def basis_checks() -> Sequence[CheckConstraint]:
    """The checks of a row's basis: stated facts cite, derived facts name their rule."""
    return [*rule_checks(""), CheckConstraint(STATED_CITES, name="basis_stated_cites")]


class Cited:
    """A fact with its basis and, where a cited document states it, the citation."""

    basis: Mapped[str] = mapped_column(Word)

    @declared_attr
    @classmethod
    def citation_id(cls) -> Mapped[int | None]:
        """Which span of which document states the fact."""
        return mapped_column(ForeignKey("citation.id"))


class Based(Cited):
    """A fact with its basis, which may also be a rule by which it follows from stated facts."""

    @declared_attr
    @classmethod
    def rule_id(cls) -> Mapped[int | None]:
        """By which rule the fact follows from stated ones."""
        return mapped_column(ForeignKey("derivation_rule.id"))


class Recorded:
    """A row of history: who recorded it and when. Such rows are only ever added."""

    actor: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(Instant)


def row_values(row: Base) -> dict[str, Any]:
    """The column values of a mapped row by column name, as they stand in the session."""
    return {column.key: getattr(row, column.key) for column in row.__table__.columns}

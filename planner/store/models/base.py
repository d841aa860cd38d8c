"""What all tables share: constraint names, column types, closed vocabularies, and the basis of a fact."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, Dialect, ForeignKey, MetaData, String, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from planner.domain.vocabulary import Basis, Words, words_by_text
from planner.store.models.mapping_on_use import MappedOnUse, map_on_use

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """An instant in UTC. PostgreSQL stores the time zone. SQLite stores the UTC time as text, which sorts correctly."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Convert an instant to UTC.

        Raises ValueError if it has no time zone, because its meaning would then be unclear.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"an instant needs a time zone: {value!r}")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the instant with the UTC time zone, which SQLite does not store."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# A digest is 64 lower-case hexadecimal digits. A key is a short identifier that people type.
Sha256 = String(64)
Key = String(64)
Word = String(32)


class WordOf(TypeDecorator[Words]):
    """A word of a closed vocabulary. The database stores its text."""

    impl = Word
    cache_ok = True

    def __init__(self, vocabulary: type[Words]) -> None:
        super().__init__()
        self.vocabulary = vocabulary

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[str | None], Words | None]:
        """Return the function that turns a stored text into its word. It raises UnknownWordError for other texts."""
        # docs/decisions/0112: a dict's own method costs no more than the look-up that each reader would make.
        return words_by_text(self.vocabulary).__getitem__


_COLUMN_TYPES: dict[Any, Any] = {str: Text, datetime: Instant}
_COLUMN_TYPES |= {vocabulary: WordOf(vocabulary) for vocabulary in Words.__subclasses__()}


class Base(DeclarativeBase, metaclass=MappedOnUse):
    """The base of all mapped classes."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)
    type_annotation_map = _COLUMN_TYPES
    # Lets SQLAlchemy make the table of a class without mapping the class.
    _sa_decl_prepare = True

    def __init_subclass__(cls, **named: Any) -> None:
        """Note a new class, to be mapped on use."""
        map_on_use(cls, super().__init_subclass__)


def one_of(column: str, words: type[Words], *, optional: bool = False) -> CheckConstraint:
    """Return a check that `column` holds a word of a closed vocabulary, or NULL if `optional`."""
    listed = ", ".join(f"'{word.value}'" for word in words)
    absent = f"{column} IS NULL OR " if optional else ""
    return CheckConstraint(f"{absent}{column} IN ({listed})", name=f"{column}_word")


def hex_digest(column: str) -> CheckConstraint:
    """Return a check that `column` is a SHA-256 in lower-case hexadecimal, in SQL for SQLite and PostgreSQL."""
    # docs/decisions/0015: GLOB and ~ would need one spelling for each database.
    return CheckConstraint(
        f"length({column}) = 64 AND trim({column}, '0123456789abcdef') = ''", name=f"{column}_is_sha256"
    )


def not_blank(column: str) -> CheckConstraint:
    """Return a check that a text column is not blank."""
    return CheckConstraint(f"length(trim({column})) > 0", name=f"{column}_not_blank")


STATED_CITES = "basis <> 'stated' OR citation_id IS NOT NULL"


def cited_checks() -> Sequence[CheckConstraint]:
    """Return the checks of a basis without rules: a stated fact has a citation, and no fact is derived."""
    return [
        one_of("basis", Basis),
        CheckConstraint(STATED_CITES, name="basis_stated_cites"),
        CheckConstraint("basis <> 'derived'", name="basis_not_derived"),
    ]


def rule_checks(prefix: str) -> Sequence[CheckConstraint]:
    """Return the checks of the basis of one part of a row, such as an item's lead: a derived fact names its rule."""
    column = f"{prefix}basis"
    return [
        one_of(column, Basis),
        CheckConstraint(f"{column} <> 'derived' OR {prefix}rule_id IS NOT NULL", name=f"{column}_derived_names_rule"),
    ]


def basis_checks() -> Sequence[CheckConstraint]:
    """Return the checks of a row's basis: a stated fact has a citation, and a derived fact names its rule."""
    return [*rule_checks(""), CheckConstraint(STATED_CITES, name="basis_stated_cites")]


class Cited:
    """A fact with its basis and, if a cited document states it, the citation."""

    basis: Mapped[Basis]

    @declared_attr
    @classmethod
    def citation_id(cls) -> Mapped[int | None]:
        """The citation that states the fact."""
        return mapped_column(ForeignKey("citation.id"))


class Based(Cited):
    """A fact with its basis, which may also be a rule that derives it from stated facts."""

    @declared_attr
    @classmethod
    def rule_id(cls) -> Mapped[int | None]:
        """The rule that derives the fact from stated facts."""
        return mapped_column(ForeignKey("derivation_rule.id"))


class Recorded:
    """A row of history, with the person who recorded it and the time. Such rows are only ever added."""

    actor: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(Instant)


def row_values(row: Base) -> dict[str, Any]:
    """Return the values of a mapped row by column name, as they are in the session."""
    return {column.key: getattr(row, column.key) for column in row.__table__.columns}

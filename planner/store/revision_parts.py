"""The parts of tables that several revisions of the schema create: columns, constraints, and guards of history.

A released revision must always create the same tables. The functions here must therefore not be changed. A new revision
may add functions.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from alembic import op

from planner.base.errors import DatabaseUnusableError
from planner.base.language import tr

BASES = "'stated', 'derived', 'working', 'registered', 'simulated'"


@dataclass(frozen=True)
class Check:
    """A check constraint."""

    name: str
    sql: str


@dataclass(frozen=True)
class ForeignKey:
    """A foreign key from some columns to columns of another table. Each target has the form `table.column`."""

    columns: tuple[str, ...]
    targets: tuple[str, ...]


@dataclass(frozen=True)
class Unique:
    """A constraint that no two rows have the same values in the given columns."""

    columns: tuple[str, ...]


Item = sa.Column[Any] | Check | ForeignKey | Unique
# A column or a constraint, or a column together with its constraints.
Part = Item | tuple[Item, ...]


def make_table(name: str, *parts: Part, by_text: bool = False) -> None:
    """Create a table with an id and the given parts. The constraints follow the columns.

    If `by_text` is true, checks and foreign keys are sorted by their text, as Alembic writes them.
    """
    items = [item for part in parts for item in (part if isinstance(part, tuple) else (part,))]
    checks = [item for item in items if isinstance(item, Check)]
    foreign_keys = [item for item in items if isinstance(item, ForeignKey)]
    if by_text:
        checks.sort(key=lambda check: repr(check.sql))
        foreign_keys.sort(key=lambda key: repr(list(key.columns)))
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        *(item for item in items if isinstance(item, sa.Column)),
        *(sa.CheckConstraint(check.sql, name=check.name) for check in checks),
        *(sa.ForeignKeyConstraint(key.columns, key.targets) for key in foreign_keys),
        sa.PrimaryKeyConstraint("id"),
        *(sa.UniqueConstraint(*item.columns) for item in items if isinstance(item, Unique)),
    )


def unique(*columns: str) -> Part:
    """Return a constraint that no two rows have the same values in the given columns."""
    return Unique(columns)


def reference(column: str, table: str, *, to: str = "id", optional: bool = False) -> tuple[Item, ...]:
    """Return a column that refers to a row of another table."""
    return (
        sa.Column(column, sa.Integer(), nullable=optional),
        ForeignKey((column,), (f"{table}.{to}",)),
    )


def word(column: str, words: str, *, optional: bool = False) -> tuple[Item, ...]:
    """Return a column that holds one of the given words. `words` is an SQL list of quoted words."""
    return sa.Column(column, sa.String(length=32), nullable=optional), one_of(column, words, optional=optional)


def one_of(column: str, words: str, *, optional: bool = False) -> Check:
    """Return a check that a column holds one of the words in an SQL list, or NULL if `optional`."""
    absent = f"{column} IS NULL OR " if optional else ""
    return Check(f"{column}_word", f"{absent}{column} IN ({words})")


def digest(column: str) -> Part:
    """Return a column that holds a SHA-256 in lower-case hexadecimal."""
    return sa.Column(column, sa.String(length=64), nullable=False), is_sha256(column)


def is_sha256(column: str) -> Check:
    """Return a check that a column holds a SHA-256 in lower-case hexadecimal."""
    return Check(f"{column}_is_sha256", f"length({column}) = 64 AND trim({column}, '0123456789abcdef') = ''")


def wording(column: str) -> Part:
    """Return a text column that is not blank."""
    return sa.Column(column, sa.Text(), nullable=False), not_blank(column)


def not_blank(column: str) -> Check:
    """Return a check that a text column is not blank."""
    return Check(f"{column}_not_blank", f"length(trim({column})) > 0")


def basis(prefix: str = "") -> tuple[Item, ...]:
    """Return the column that holds the basis of a fact. Its name begins with the prefix."""
    return word(f"{prefix}basis", BASES)


def stated_cites() -> Check:
    """Return a check that a stated fact has a citation."""
    return Check("basis_stated_cites", "basis <> 'stated' OR citation_id IS NOT NULL")


def derived_names_rule(prefix: str = "") -> Check:
    """Return a check that a derived fact names its rule."""
    sql = f"{prefix}basis <> 'derived' OR {prefix}rule_id IS NOT NULL"
    return Check(f"{prefix}basis_derived_names_rule", sql)


def based() -> tuple[Item, ...]:
    """Return the columns of a fact's basis: the rule, the basis and the citation."""
    return (
        *reference("rule_id", "derivation_rule", optional=True),
        *basis(),
        *reference("citation_id", "citation", optional=True),
        derived_names_rule(),
        stated_cites(),
    )


def based_on_rule(prefix: str) -> Part:
    """Return the columns of the basis of one part of a row, with the rule that derives the part."""
    return (
        *basis(prefix),
        *reference(f"{prefix}rule_id", "derivation_rule", optional=True),
        derived_names_rule(prefix),
    )


def recorded() -> Part:
    """Return the columns of a history table that say who recorded a row and when."""
    return (
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
    )


def on_sqlite() -> bool:
    """Return whether the revision runs on SQLite and not on PostgreSQL."""
    return op.get_bind().dialect.name == "sqlite"


def guard_history(table: str, replaced: str = "id = NEW.id") -> None:
    """Forbid changing, deleting and replacing rows of a table.

    `replaced` is an SQL condition for the rows that an INSERT OR REPLACE would replace. They need a trigger of their
    own, because SQLite runs no delete trigger for them.
    """
    forbid_changes(table)
    if on_sqlite():
        forbid_replacing_on_sqlite(table, replaced)


def guard_redactable_history(table: str, columns: Iterable[str], texts: Sequence[str]) -> None:
    """Guard a table of history as `guard_history` does, and let a redaction replace the texts that it names.

    `columns` are all columns of the table, and `texts` those whose text may be replaced by the marker.
    """
    guard_history(table)
    guard_redacted_texts(table, columns, texts)


def is_redaction(table: str, columns: Iterable[str], texts: Sequence[str]) -> str:
    """Return the SQL condition on SQLite under which an update of a row of history is a redaction of its texts."""
    same = [f"NEW.{column} IS OLD.{column}" for column in sorted(columns) if column not in texts]
    redacted = [f"(NEW.{column} IS OLD.{column} OR NEW.{column} IS '[redacted]')" for column in texts]
    named = f"EXISTS (SELECT 1 FROM redaction WHERE table_name = '{table}' AND row_id = OLD.id)"
    return " AND ".join((*same, *redacted, named))


def forbid_changes(table: str) -> None:
    """Forbid changing and deleting rows of a table."""
    if on_sqlite():
        forbid_on_sqlite(table, "update")
        forbid_on_sqlite(table, "delete")
    else:
        put_guard(table, "row", "BEFORE UPDATE OR DELETE", "ROW", "guard_history()")
        put_guard(table, "truncate", "BEFORE TRUNCATE", "STATEMENT", "guard_history()")


def forbid_on_sqlite(table: str, verb: str, unless: str = "") -> None:
    """Create a trigger on SQLite that forbids updating or deleting rows unless a condition is true."""
    when = f" WHEN NOT ({unless})" if unless else ""
    op.execute(
        f"CREATE TRIGGER guard_{table}_{verb} BEFORE {verb.upper()} ON {table}{when} BEGIN"
        f" SELECT RAISE(ABORT, '{table} is history: no {verb}'); END"
    )


def put_guard(table: str, part: str, when: str, each: str, function: str) -> None:
    """Create a trigger on PostgreSQL that fires also in a session that sets session_replication_role."""
    op.execute(f"CREATE TRIGGER guard_{table}_{part} {when} ON {table} FOR EACH {each} EXECUTE FUNCTION {function}")
    op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER guard_{table}_{part}")


def lift_guards(table: str) -> None:
    """Drop the guards of a table, so that it can be dropped."""
    if on_sqlite():
        for verb in ("update", "delete", "insert"):
            op.execute(f"DROP TRIGGER guard_{table}_{verb}")
        return
    for part in ("row", "truncate"):
        op.execute(f"DROP TRIGGER guard_{table}_{part} ON {table}")


def edit_table_on_sqlite(table: str, replacements: Mapping[str, str]) -> None:
    """Replace parts of a table's definition on SQLite. Only parts that do not affect the stored rows may be replaced.

    SQLite cannot drop a check, a NOT NULL or a limit of length, and it refuses to make a table again while the rows of
    other tables refer to it. Its documentation describes this way instead. Raises DatabaseUnusableError if the table
    is not as the earlier revisions made it.
    """
    # docs/decisions/0129: no row is read or written.
    connection = op.get_bind()
    own = {"table": table}
    found = sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :table")
    definition = str(connection.execute(found, own).scalar())
    for old, new in replacements.items():
        if definition.count(old) != 1:
            raise DatabaseUnusableError(
                tr("the table '{table}' is not as planner created it", table=table),
                do=tr("Run 'planner verify' with the version of planner that created the database"),
            )
        definition = definition.replace(old, new)
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    connection.execute(
        sa.text("UPDATE sqlite_master SET sql = :definition WHERE type = 'table' AND name = :table"),
        {**own, "definition": definition},
    )
    # This tells other connections, and RESET tells this one, to read the schema again.
    connection.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema = RESET")


def guard_redacted_texts(table: str, columns: Iterable[str], texts: Sequence[str]) -> None:
    """Replace the guard of a table's rows, whose columns have changed. A redaction may replace the texts it names."""
    if on_sqlite():
        op.execute(f"DROP TRIGGER guard_{table}_update")
        forbid_on_sqlite(table, "update", is_redaction(table, columns, texts))
        return
    arguments = ", ".join(f"'{column}'" for column in texts)
    op.execute(f"DROP TRIGGER guard_{table}_row ON {table}")
    put_guard(table, "row", "BEFORE UPDATE OR DELETE", "ROW", f"guard_redactable({arguments})")


def withdraw_from(before: Sequence[str], tables: Sequence[str]) -> None:
    """Let a withdrawal name a record of any of these tables, instead of those `before`. The columns are there."""
    old, new = _names_one(before), _names_one(tables)
    guard_redacted_texts("withdrawal", [*_referring(tables), "id", "reason", "actor", "recorded_at"], ("reason",))
    if not on_sqlite():
        op.execute("ALTER TABLE withdrawal DROP CONSTRAINT ck_withdrawal_takes_back_one")
        op.execute(f"ALTER TABLE withdrawal ADD CONSTRAINT ck_withdrawal_takes_back_one CHECK ({new})")
        return
    edit_table_on_sqlite("withdrawal", {f"CHECK ({old})": f"CHECK ({new})"})
    op.execute("DROP TRIGGER guard_withdrawal_insert")
    forbid_replacing_on_sqlite(
        "withdrawal", " OR ".join(f"{name} = NEW.{name}" for name in ("id", *_referring(tables)))
    )


def forbid_replacing_on_sqlite(table: str, replaced: str) -> None:
    """Create the trigger on SQLite that forbids an INSERT OR REPLACE, as `guard_history` does."""
    op.execute(
        f"CREATE TRIGGER guard_{table}_insert BEFORE INSERT ON {table}"
        f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {replaced}) BEGIN"
        f" SELECT RAISE(ABORT, '{table} is history: no replacing'); END"
    )


def _referring(tables: Iterable[str]) -> list[str]:
    return [f"{table}_id" for table in tables]


def _names_one(tables: Iterable[str]) -> str:
    """Return the SQL condition that exactly one column of a withdrawal names a record."""
    return " + ".join(f"CASE WHEN {column} IS NULL THEN 0 ELSE 1 END" for column in _referring(tables)) + " = 1"

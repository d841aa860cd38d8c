"""The triggers that stand in a database, as its own catalogue has them. What they should be is not decided here."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

# When a trigger of PostgreSQL fires, as its catalogue says it.
_FIRES = {
    "O": "unless the session is a replica",
    "A": "always",
    "R": "only where the session is a replica",
    "D": "never: it is disabled",
}


@dataclass(frozen=True)
class Trigger:
    """A trigger: where it stands, what defines it, and when it fires. Runs of white space in a definition are one.

    `function` is what it runs on PostgreSQL, with all that bears on how it runs.
    """

    name: str
    table: str
    definition: str
    fires: str = "always"
    function: str = ""


def triggers_of(connection: Connection) -> Sequence[Trigger]:
    """All triggers of the database (on PostgreSQL: of the schemas that the register's tables are looked for in)."""
    if connection.dialect.name == "sqlite":
        rows = connection.execute(text("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"))
        return [Trigger(name, table, _spaced(definition)) for name, table, definition in rows]
    return [
        Trigger(name, table, _spaced(definition), _FIRES.get(enabled, enabled), _spaced(function))
        for name, table, definition, enabled, function in connection.execute(_OF_POSTGRESQL)
    ]


# A definition without the schema, which is whichever the register lives in.
_OF_POSTGRESQL = text("""
    SELECT t.tgname, c.relname, pg_get_triggerdef(t.oid, true), t.tgenabled::text,
        l.lanname || ' ' || p.prosrc
            || CASE WHEN p.prosecdef THEN ' SECURITY DEFINER' ELSE '' END
            || coalesce(' SET ' || array_to_string(p.proconfig, ', '), '')
    FROM pg_trigger t
    JOIN pg_class c ON c.oid = t.tgrelid
    JOIN pg_proc p ON p.oid = t.tgfoid
    JOIN pg_language l ON l.oid = p.prolang
    WHERE NOT t.tgisinternal AND pg_table_is_visible(c.oid)
    ORDER BY c.relname, t.tgname
""")


def rewriting_rules(connection: Connection) -> Sequence[tuple[str, str, str]]:
    """Rules of PostgreSQL by which a statement on a table becomes another: rule, table, definition. SQLite has none."""
    if connection.dialect.name == "sqlite":
        return []
    rules = connection.execute(
        text(
            "SELECT rulename, tablename, definition FROM pg_rules"
            " WHERE schemaname = ANY (current_schemas(false)) AND schemaname <> 'pg_catalog'"
        )
    )
    return [(rule, table, _spaced(definition)) for rule, table, definition in rules]


def replica_sessions(connection: Connection) -> Sequence[str]:
    """Where PostgreSQL is told to begin sessions as replicas, in which ordinary triggers are silent."""
    if connection.dialect.name == "sqlite":
        return []
    own = connection.execute(text("SELECT current_setting('session_replication_role')")).scalar_one()
    settings = connection.execute(
        text("""
            SELECT coalesce('database ' || d.datname, 'all databases') || coalesce(', role ' || r.rolname, ''), setting
            FROM pg_db_role_setting s CROSS JOIN unnest(s.setconfig) AS setting
            LEFT JOIN pg_database d ON d.oid = s.setdatabase LEFT JOIN pg_roles r ON r.oid = s.setrole
            WHERE setting LIKE 'session_replication_role=%' AND (s.setdatabase = 0 OR d.datname = current_database())
        """)
    )
    told = [f"{where}: {setting}" for where, setting in settings if not setting.endswith("=origin")]
    return told if own == "origin" else [*told, f"this session: session_replication_role={own}"]


def _spaced(definition: str) -> str:
    """A definition with single blanks, none before a closing bracket."""
    return " ".join(definition.split()).replace(" )", ")")

"""Reading the triggers of a database from its catalogue.

Another module (`planner.integrity`) decides whether they are correct.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

# When a PostgreSQL trigger fires, by its code in the catalogue.
_FIRES = {
    "O": "unless the session is a replica",
    "A": "always",
    "R": "only where the session is a replica",
    "D": "never: it is disabled",
}


@dataclass(frozen=True)
class Trigger:
    """A trigger with its table, its definition, and when it fires.

    In the definition, each run of white space is a single blank. `function` is the code that the trigger runs on
    PostgreSQL, with all settings that affect it.
    """

    name: str
    table: str
    definition: str
    fires: str = "always"
    function: str = ""


def triggers_of(connection: Connection) -> Sequence[Trigger]:
    """Return all triggers of the database. On PostgreSQL, these are the triggers in the schemas of the search path."""
    if connection.dialect.name == "sqlite":
        rows = connection.execute(text("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"))
        return [Trigger(name, table, _single_spaced(definition)) for name, table, definition in rows]
    return [
        Trigger(name, table, _single_spaced(definition), _FIRES.get(enabled, enabled), _single_spaced(function))
        for name, table, definition, enabled, function in connection.execute(_OF_POSTGRESQL)
    ]


# The definition leaves out the name of the schema, because the register may be in any schema.
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
    """Return PostgreSQL's rewrite rules as rule name, table and definition. SQLite has none.

    Such a rule turns a statement on a table into another statement.
    """
    if connection.dialect.name == "sqlite":
        return []
    rules = connection.execute(
        text(
            "SELECT rulename, tablename, definition FROM pg_rules"
            " WHERE schemaname = ANY (current_schemas(false)) AND schemaname <> 'pg_catalog'"
        )
    )
    return [(rule, table, _single_spaced(definition)) for rule, table, definition in rules]


def replica_sessions(connection: Connection) -> Sequence[str]:
    """Return the settings that make PostgreSQL start sessions as replicas, in which ordinary triggers do not fire."""
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
    found = [f"{where}: {setting}" for where, setting in settings if not setting.endswith("=origin")]
    return found if own == "origin" else [*found, f"this session: session_replication_role={own}"]


def _single_spaced(definition: str) -> str:
    """Return a definition with single blanks, and without a blank before a closing bracket."""
    return " ".join(definition.split()).replace(" )", ")")

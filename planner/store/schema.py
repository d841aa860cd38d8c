"""Reading a database's schema from its catalogue.

Another module (`planner.integrity`) decides whether it is correct.
"""

import re
from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, text

from planner.store.dialects import set_locally

# The entries of a schema: the name of each with its definition.
Schema = Mapping[str, str]

# Tables made by ANALYZE. They affect how SQLite searches, but never the results.
_STATISTICS = frozenset(
    (
        "CREATE TABLE sqlite_stat1(tbl,idx,stat)",
        "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)",
    )
)

# The tables that identify a register's schema on PostgreSQL, the most specific first.
_IDENTIFYING_TABLES = ("audit_event", "installation", "alembic_version")


def schema_of(connection: Connection) -> Schema:
    """Return the entries of the database's schema by name, without the triggers.

    On PostgreSQL these are the entries of the register's own schema, and everything in other schemas that could be
    mistaken for a part of it.
    """
    read = _on_sqlite if connection.dialect.name == "sqlite" else _on_postgresql
    return dict(read(connection))


def restrict_search_path(connection: Connection) -> None:
    """Make unqualified SQL names refer to the server's own functions and the register's tables, for this transaction.

    Otherwise a changed search path could make these names refer to other tables, functions or operators. SQLite needs
    nothing, because a file has only one schema.
    """
    if connection.dialect.name == "sqlite":
        return
    schema = own_schema(connection)
    path = ", ".join(("pg_catalog", '"' + schema.replace('"', '""') + '"', "pg_temp"))
    # Set the search path first, then the formats of dates and numbers, which the settings of a role could change.
    set_locally(connection, {"search_path": path, "datestyle": "ISO", "extra_float_digits": "1"})


def own_schema(connection: Connection) -> str:
    """Return the PostgreSQL schema of the register: the first in the search path that contains one of its tables."""
    found = connection.execute(_OWN_SCHEMA, {"telling": list(_IDENTIFYING_TABLES)}).scalar()
    return str(found or "public")


_OWN_SCHEMA = text("""
    SELECT n.nspname
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
    WHERE c.relname OPERATOR(pg_catalog.=) ANY (CAST(:telling AS pg_catalog.name[]))
        AND n.nspname OPERATOR(pg_catalog.=) ANY (pg_catalog.current_schemas(false))
        AND n.nspname OPERATOR(pg_catalog.!~~) 'pg\\_temp%'
    ORDER BY pg_catalog.array_position(CAST(:telling AS pg_catalog.name[]), c.relname),
        pg_catalog.array_position(pg_catalog.current_schemas(false), n.nspname)
    LIMIT 1
""")


def _on_sqlite(connection: Connection) -> Iterator[tuple[str, str]]:
    encoding = connection.exec_driver_sql("PRAGMA encoding").scalar()
    yield "encoding of texts", str(encoding)
    entries = connection.exec_driver_sql("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE type <> 'trigger'")
    for kind, name, table, sql in entries:
        definition = _single_spaced(sql) if isinstance(sql, str) else "made by SQLite itself"
        if definition not in _STATISTICS:
            yield f"{kind} {name}", definition if kind == "table" else f"on {table}: {definition}"
    for kind, name in connection.exec_driver_sql("SELECT type, name FROM sqlite_temp_master"):
        yield f"temporary {kind} {name}", "stands before what has the same name in the file"
    for _, name, file in connection.exec_driver_sql("PRAGMA database_list"):
        if name not in ("main", "temp"):
            yield f"attached database {name}", str(file)


def _on_postgresql(connection: Connection) -> Iterator[tuple[str, str]]:
    schema = own_schema(connection)
    for statement in (_RELATIONS, _COLUMNS, _CONSTRAINTS, _INDEXES, _OTHER_OBJECTS, _SHADOWING_OBJECTS):
        for name, definition in connection.execute(text(statement), {"schema": schema}):
            yield name, _as_restored(_single_spaced(definition))


def _single_spaced(definition: str) -> str:
    """Return a definition with single blanks, and without the quotes that simple names do not need."""
    return re.sub(r'"([a-z_][a-z0-9_]*)"', r"\1", " ".join(definition.split()))


# The server writes an expression differently after a dump was restored: it turns one cast of a whole list of words into
# a cast of each word.
_CASTS = re.compile(r"::(?:text|character varying)(?:\(\d+\))?(?:\[\])?")
_BARE = re.compile(r"\((\w+|'(?:[^']|'')*'|ARRAY\[[^\[\]()]*\])\)")


def _as_restored(definition: str) -> str:
    """Return an expression without casts between text types, and without the brackets around their operands.

    PostgreSQL writes these casts differently after a dump was restored.
    """
    shorter = _CASTS.sub("", definition)
    while shorter != definition:
        definition, shorter = shorter, _BARE.sub(_without_brackets, shorter)
    return shorter


def _without_brackets(found: re.Match[str]) -> str:
    # Brackets after a name enclose arguments.
    before = found.string[: found.start()]
    return found.group() if before[-1:].isalnum() or before[-1:] == "_" else found.group(1)


_RELATIONS = """
    SELECT CASE c.relkind WHEN 'r' THEN 'table ' WHEN 'v' THEN 'view ' WHEN 'm' THEN 'materialized view '
            WHEN 'S' THEN 'sequence ' WHEN 'f' THEN 'foreign table ' WHEN 'p' THEN 'partitioned table '
            ELSE 'relation ' END || c.relname,
        CASE c.relpersistence WHEN 'p' THEN 'permanent' WHEN 'u' THEN 'unlogged' ELSE 'temporary' END
        || CASE WHEN c.relrowsecurity THEN ', with row-level security' ELSE '' END
        || CASE WHEN c.relforcerowsecurity THEN ', forced on its owner' ELSE '' END
        || CASE WHEN c.relispartition THEN ', a partition' ELSE '' END
        || coalesce((SELECT ', with rows of ' || string_agg(CAST(i.inhrelid AS regclass)::text, ', ')
            FROM pg_inherits i WHERE i.inhparent = c.oid), '')
        || coalesce((SELECT ', inherits from ' || string_agg(CAST(i.inhparent AS regclass)::text, ', ')
            FROM pg_inherits i WHERE i.inhrelid = c.oid), '')
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = :schema AND c.relkind NOT IN ('i', 'I', 't')
        AND NOT EXISTS (SELECT FROM pg_depend d
            WHERE d.classid = CAST('pg_class' AS regclass) AND d.objid = c.oid AND d.deptype = 'e')
"""

_COLUMNS = """
    SELECT 'column ' || c.relname || '.' || a.attname,
        format_type(a.atttypid, a.atttypmod)
        || CASE WHEN a.attcollation <> t.typcollation
            THEN coalesce((SELECT ' COLLATE ' || o.collname FROM pg_collation o WHERE o.oid = a.attcollation), '')
            ELSE '' END
        || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
        || CASE WHEN a.attidentity <> '' THEN ' IDENTITY' ELSE '' END
        || CASE WHEN a.attgenerated <> '' THEN ' GENERATED AS ' WHEN d.adbin IS NOT NULL THEN ' DEFAULT ' ELSE '' END
        || coalesce(pg_get_expr(d.adbin, d.adrelid), '')
    FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE n.nspname = :schema AND c.relkind IN ('r', 'p', 'f') AND a.attnum > 0 AND NOT a.attisdropped
        AND NOT EXISTS (SELECT FROM pg_depend e
            WHERE e.classid = CAST('pg_class' AS regclass) AND e.objid = c.oid AND e.deptype = 'e')
"""

# Keys, references and checks. NOT NULL is a part of the column's definition.
_CONSTRAINTS = """
    SELECT 'constraint ' || r.conname || ' of ' || c.relname, pg_get_constraintdef(r.oid, false)
    FROM pg_constraint r JOIN pg_class c ON c.oid = r.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = :schema AND r.contype IN ('c', 'f', 'p', 'u', 'x')
        AND NOT EXISTS (SELECT FROM pg_depend d
            WHERE d.classid = CAST('pg_class' AS regclass) AND d.objid = c.oid AND d.deptype = 'e')
"""

_INDEXES = """
    SELECT 'index ' || x.relname,
        replace(pg_get_indexdef(i.indexrelid), ' ON ' || quote_ident(n.nspname) || '.', ' ON ')
        || CASE WHEN i.indisvalid AND i.indisready AND i.indislive THEN '' ELSE ', not valid' END
    FROM pg_index i
    JOIN pg_class x ON x.oid = i.indexrelid
    JOIN pg_class c ON c.oid = i.indrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = :schema
        AND NOT EXISTS (SELECT FROM pg_depend d
            WHERE d.classid = CAST('pg_class' AS regclass) AND d.objid = c.oid AND d.deptype = 'e')
"""

# Everything else that affects the tables: policies, the server's triggers for references, functions and types.
_OTHER_OBJECTS = """
    SELECT 'policy ' || p.polname || ' on ' || c.relname, coalesce(pg_get_expr(p.polqual, p.polrelid), 'all rows')
    FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = :schema
    UNION ALL
    SELECT 'trigger ' || t.tgname || ' on ' || c.relname,
        CASE WHEN t.tgenabled = 'O' THEN 'an internal trigger that runs ' || p.proname
            ELSE 'a reference that is no longer held: its trigger is disabled' END
    FROM pg_trigger t
    JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_namespace f ON f.oid = p.pronamespace
    WHERE n.nspname = :schema AND t.tgisinternal
        AND (t.tgenabled <> 'O' OR f.nspname <> 'pg_catalog' OR p.proname NOT LIKE 'RI\\_FKey%')
    UNION ALL
    SELECT 'function ' || p.proname || '(' || pg_get_function_arguments(p.oid) || ')',
        'gives ' || coalesce(pg_get_function_result(p.oid), 'nothing')
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname = :schema
        AND NOT EXISTS (SELECT FROM pg_depend d
            WHERE d.classid = CAST('pg_proc' AS regclass) AND d.objid = p.oid AND d.deptype = 'e')
    UNION ALL
    SELECT 'type ' || t.typname, 'a type of its own'
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE n.nspname = :schema AND t.typtype <> 'c' AND t.typelem = 0
        AND NOT EXISTS (SELECT FROM pg_depend d
            WHERE d.classid = CAST('pg_type' AS regclass) AND d.objid = t.oid AND d.deptype = 'e')
    UNION ALL
    SELECT 'event trigger ' || e.evtname, 'runs ' || CAST(e.evtfoid AS regproc)::text || ' on ' || e.evtevent
    FROM pg_event_trigger e
    WHERE NOT EXISTS (SELECT FROM pg_depend d
        WHERE d.classid = CAST('pg_event_trigger' AS regclass) AND d.objid = e.oid AND d.deptype = 'e')
"""

# Objects that a search path could put in front of the register's tables or the server's own names, and changes to the
# server's own objects. The server's own objects have numbers below 16384.
_SHADOWING_OBJECTS = """
    SELECT 'schema ' || n.nspname || ': relation ' || c.relname, 'has the name of a table of the register'
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname <> :schema AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
        AND (n.oid = pg_my_temp_schema() OR n.nspname NOT LIKE 'pg\\_temp\\_%')
        AND c.relkind NOT IN ('i', 'I', 't')
        AND c.relname IN (SELECT o.relname FROM pg_class o JOIN pg_namespace m ON m.oid = o.relnamespace
            WHERE m.nspname = :schema AND o.relkind NOT IN ('i', 'I', 't'))
    UNION ALL
    SELECT 'schema ' || n.nspname || ': ' || made.kind || ' ' || made.name, 'has a name of the server''s own'
    FROM (
        SELECT 'function', p.oid, p.proname, p.pronamespace, 'pg_proc',
            EXISTS (SELECT FROM pg_proc o WHERE o.proname = p.proname AND o.oid < 16384)
        FROM pg_proc p
        UNION ALL
        SELECT 'operator', p.oid, p.oprname, p.oprnamespace, 'pg_operator',
            EXISTS (SELECT FROM pg_operator o WHERE o.oprname = p.oprname AND o.oid < 16384)
        FROM pg_operator p
        UNION ALL
        SELECT 'operator class', p.oid, p.opcname, p.opcnamespace, 'pg_opclass', p.opcdefault
        FROM pg_opclass p
        UNION ALL
        SELECT 'type', p.oid, p.typname, p.typnamespace, 'pg_type',
            EXISTS (SELECT FROM pg_type o WHERE o.typname = p.typname AND o.oid < 16384)
        FROM pg_type p
    ) AS made (kind, oid, name, namespace, catalogue, shadows)
    JOIN pg_namespace n ON n.oid = made.namespace
    WHERE made.oid >= 16384 AND (made.shadows OR n.nspname = 'pg_catalog')
        AND NOT EXISTS (SELECT FROM pg_depend d
            WHERE d.classid = CAST(made.catalogue AS regclass) AND d.objid = made.oid AND d.deptype = 'e')
    UNION ALL
    SELECT 'cast from ' || format_type(k.castsource, NULL) || ' to ' || format_type(k.casttarget, NULL),
        'is not the server''s own'
    FROM pg_cast k
    WHERE k.oid >= 16384 AND k.castsource < 16384 AND k.casttarget < 16384
        AND NOT EXISTS (SELECT FROM pg_depend d
            WHERE d.classid = CAST('pg_cast' AS regclass) AND d.objid = k.oid AND d.deptype = 'e')
    UNION ALL
    SELECT 'function pg_catalog.' || p.proname, 'is no longer the server''s own code'
    FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
    WHERE p.pronamespace = CAST('pg_catalog' AS regnamespace) AND p.oid < 16384
        AND (l.lanname NOT IN ('internal', 'c', 'sql') OR (p.proname, l.lanname) IN (
            ('to_char', 'sql'), ('timezone', 'sql'), ('count', 'sql'), ('date_out', 'sql'), ('texteq', 'sql')))
    UNION ALL
    SELECT 'setting ' || split_part(setting, '=', 1) || ' for '
            || coalesce('database ' || b.datname, 'all databases') || coalesce(', role ' || r.rolname, ''), setting
    FROM pg_db_role_setting s CROSS JOIN unnest(s.setconfig) AS setting
    LEFT JOIN pg_database b ON b.oid = s.setdatabase LEFT JOIN pg_roles r ON r.oid = s.setrole
    WHERE split_part(setting, '=', 1) IN ('extra_float_digits', 'ignore_checksum_failure', 'ignore_system_indexes',
            'transform_null_equals', 'zero_damaged_pages', 'session_preload_libraries', 'local_preload_libraries')
        AND (s.setdatabase = 0 OR b.datname = current_database())
"""

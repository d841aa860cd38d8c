"""Check that the database is undamaged: its pages, its foreign keys, and its indexes against their tables.

An index that lacks a row hides the row from every query that uses the index. SQLite can check the whole file itself.
PostgreSQL has no such check, so each index is read completely and compared with its table.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from planner.base.language import tr
from planner.integrity.problems import MOST_LISTED, ProblemKind, Problems
from planner.store.dialects import set_locally
from planner.store.schema import own_schema

# Planner settings of PostgreSQL. Switching one off makes the server choose another way to read, if there is one.
_BY_TABLE = ("enable_seqscan",)
_BY_INDEX = ("enable_indexscan", "enable_indexonlyscan", "enable_bitmapscan")
_SORTING = ("enable_sort", "enable_incremental_sort", "enable_hashagg")


def check_storage(session: Session, problems: Problems) -> None:
    """Report damage, and every index whose rows differ from those of its table."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        _check_file(connection, problems)
    else:
        _check_indexes(connection, problems)


def distrust_indexes(session: Session) -> None:
    """Stop PostgreSQL from using indexes until the transaction ends.

    On SQLite, each statement must avoid the indexes itself.
    """
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        set_locally(connection, dict.fromkeys(_BY_INDEX, "off"))


def _check_file(connection: Connection, problems: Problems) -> None:
    for result in connection.exec_driver_sql(f"PRAGMA integrity_check({MOST_LISTED + 1})").scalars():
        for line in str(result).splitlines():
            # Skip "ok" and the headings, because each fault names its place.
            if line != "ok" and not line.startswith("*** in database main ***"):
                problems.add(ProblemKind.DAMAGE, "the file", line)
    for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        problems.add(
            ProblemKind.DAMAGE, f"{table} {row}", tr("the row refers to a missing row of {table}", table=parent)
        )


@dataclass(frozen=True)
class _Index:
    """An index of PostgreSQL. Names are quoted where necessary, and the condition is SQL."""

    name: str
    table: str
    columns: Sequence[str]
    condition: str

    @property
    def keys(self) -> str:
        return ", ".join(self.columns)

    @property
    def where(self) -> str:
        return f" WHERE {self.condition}" if self.condition else ""

    @property
    def rows(self) -> str:
        """The query that computes the keys of the index from the rows of the table."""
        return f"SELECT {self.keys} FROM ONLY {self.table}{self.where}"

    @property
    def in_order(self) -> str:
        """The query for the keys in the order of the index. Only this index gives this order without sorting.

        The OFFSET keeps PostgreSQL from dropping the order.
        """
        return f"{self.rows} ORDER BY {self.keys} OFFSET 0"


_ALL_INDEXES = text("""
    SELECT x.relname, quote_ident(c.relname),
        ARRAY(SELECT pg_get_indexdef(i.indexrelid, CAST(n AS integer), false)
            FROM generate_series(1, i.indnkeyatts) AS n),
        coalesce(pg_get_expr(i.indpred, i.indrelid), '')
    FROM pg_index i
    JOIN pg_class x ON x.oid = i.indexrelid
    JOIN pg_class c ON c.oid = i.indrelid
    WHERE c.relnamespace = CAST(quote_ident(:schema) AS regnamespace) AND c.relkind = 'r'
        AND i.indisvalid AND i.indisready
    ORDER BY c.relname, x.relname
""")


def _check_indexes(connection: Connection, problems: Problems) -> None:
    indexes = [_Index(*row) for row in connection.execute(_ALL_INDEXES, {"schema": own_schema(connection)})]
    if not indexes:
        return
    by_index = " UNION ALL ".join(_sum_query(index, index.in_order) for index in indexes)
    by_table = " UNION ALL ".join(_sum_query(index, index.rows) for index in indexes)
    set_locally(connection, dict.fromkeys((*_BY_TABLE, *_SORTING), "off") | {"max_parallel_workers_per_gather": "0"})
    read = _indexes_read(connection, by_index)
    through = _sums(connection, by_index)
    set_locally(connection, dict.fromkeys((*_BY_TABLE, *_SORTING), "on") | dict.fromkeys(_BY_INDEX, "off"))
    whole = _sums(connection, by_table)
    set_locally(connection, dict.fromkeys(_BY_INDEX, "on"))
    mismatches: dict[str, str] = {}
    for index, name in zip(indexes, read, strict=True):
        if name is None:
            mismatches[index.name] = tr("the server does not read this index in the order that its definition requires")
        elif through[index.name] != whole[index.name]:
            # The server may have read another index that begins with the same columns. Then that index has the problem.
            mismatches[name] = _mismatch(through[index.name], whole[index.name])
    for name, what in mismatches.items():
        problems.add(ProblemKind.DAMAGE, f"index {name}", what)


def _indexes_read(connection: Connection, statement: str) -> list[str | None]:
    """Return the index that the server reads for each part of a query, or None for a part whose rows it sorts."""
    (plan,) = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement.replace('%', '%%')}").scalar_one()
    whole = plan["Plan"]
    parts = whole["Plans"] if whole["Node Type"] == "Append" else [whole]
    return [_index_read(list(_nodes(part))) for part in parts]


def _index_read(nodes: list[dict[str, Any]]) -> str | None:
    if any("Sort" in node["Node Type"] for node in nodes):
        return None
    return next((node["Index Name"] for node in nodes if "Index Name" in node), None)


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for child in node.get("Plans", []):
        yield from _nodes(child)


def _sum_query(index: _Index, rows: str) -> str:
    """Return a query for the number of rows and a checksum of their keys. The order of the rows has no effect."""
    name = index.name.replace("'", "''")
    return (
        f"SELECT CAST('{name}' AS text), count(*), coalesce(sum(hashtext(CAST(ROW({index.keys}) AS text))), 0)"
        f" FROM ({rows}) AS r"
    )


def _sums(connection: Connection, statement: str) -> dict[str, tuple[int, int]]:
    rows = connection.exec_driver_sql(statement.replace("%", "%%"))
    return {name: (count, total) for name, count, total in rows}


def _mismatch(by_index: tuple[int, int], by_table: tuple[int, int]) -> str:
    if by_index[0] != by_table[0]:
        return tr(
            "the index holds {count} rows, but its table has {total}, so queries that use the index return wrong rows",
            count=by_index[0],
            total=by_table[0],
        )
    return tr("the index and its table contain different keys, so queries that use the index return wrong rows")

"""Raw SQL on rows that stand in a table: copies with changes, as somebody around the program would write them."""

from sqlalchemy import Connection, text

from planner.store.models import all_tables

# A number that is no row's.
NOWHERE = 999_999


def key_of(table: str) -> str:
    """The name of a table's key column."""
    (column,) = all_tables().tables[table].primary_key.columns
    return str(column.name)


def copy_statement(table: str, changes: dict[str, str], where: str = "1 = 1", verb: str = "INSERT") -> str:
    """A statement that adds a copy of the first row that fits; `changes` are SQL expressions by column."""
    columns = [column.name for column in all_tables().tables[table].columns]
    key = key_of(table)
    taken = {key: f"{key} + {NOWHERE}", **changes}
    chosen = ", ".join(taken.get(column, column) for column in columns)
    return (
        f"{verb} INTO {table} ({', '.join(columns)}) SELECT {chosen} FROM {table}"
        f" WHERE {key} = (SELECT min({key}) FROM {table} WHERE {where})"
    )


def run(connection: Connection, statement: str) -> int:
    """Run a statement and say how many rows it touched."""
    return connection.execute(text(statement)).rowcount

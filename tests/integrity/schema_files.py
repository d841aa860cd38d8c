"""The files that store the schema which the migrations make."""

from planner.store.revision import HEAD
from planner.store.schema import Schema


def schema_file(dialect: str, schema: Schema) -> str:
    """The content of the file that stores a schema."""
    head = f"# The schema that the migrations make on {dialect}, up to revision {HEAD}. It is not edited by hand.\n"
    return head + "".join(f"{name} = {schema[name]}\n" for name in sorted(schema))

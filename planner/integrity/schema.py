"""The schema that the migrations make, compared with the one that stands in the database.

What should stand cannot be asked of the database that is checked, so it is kept in a file for each of the two databases
(`migrations/schema/`). A test holds the files to what the migrations make, and says how to write them again.
"""

from collections.abc import Iterator

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from planner.db.revision import HEAD
from planner.db.schema import Schema, schema_of
from planner.integrity.problems import ProblemKind, Problems
from planner.resources import bundled

# Between the name of an entry and what defines it, in the files.
_IS = " = "
# No more of a definition than this is shown.
_SHOWN = 200


def expected_schema(dialect: str) -> Schema:
    """The schema of a database of this program's revision."""
    lines = (bundled("migrations") / "schema" / f"{dialect}.txt").read_text(encoding="utf-8").splitlines()
    return dict(_entry(line) for line in lines if not line.startswith("#"))


def schema_file(dialect: str, schema: Schema) -> str:
    """What the file of a database's schema says."""
    head = f"# The schema that the migrations make on {dialect}, up to revision {HEAD}. It is not edited by hand.\n"
    return head + "".join(f"{name}{_IS}{schema[name]}\n" for name in sorted(schema))


def check_schema(session: Session, problems: Problems) -> None:
    """Note whatever in the schema is not as the migrations make it."""
    connection = session.connection()
    expected, found = expected_schema(connection.dialect.name), schema_of(connection)
    for name in sorted(expected.keys() | found.keys(), key=_weight):
        if name not in found:
            problems.add(ProblemKind.SCHEMA, name, "it is gone")
        elif name not in expected:
            problems.add(ProblemKind.SCHEMA, name, f"the program did not make it: {_shortened(found[name])}")
        elif found[name] != expected[name]:
            problems.add(ProblemKind.SCHEMA, name, _difference(expected[name], found[name]))
    _check_revision(connection, problems)


def _check_revision(connection: Connection, problems: Problems) -> None:
    revisions = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all()
    if revisions != [HEAD]:
        named = ", ".join(map(str, revisions)) or "none"
        problems.add(ProblemKind.SCHEMA, "alembic_version", f"the revision should be {HEAD} alone, and is {named}")


def _weight(name: str) -> tuple[bool, str]:
    """Tables and what stands beside them come before their parts: of a kind of problem only the first are told."""
    return name.startswith(("column ", "constraint ", "index ")), name


def _entry(line: str) -> tuple[str, str]:
    name, _, definition = line.partition(_IS)
    return name, definition


def _difference(expected: str, found: str) -> str:
    """What differs between two definitions, part by part."""
    before, after = list(_parts(expected)), list(_parts(found))
    gone = [part for part in before if part not in after]
    new = [part for part in after if part not in before]
    if not gone and not new:
        return f"its parts stand in another order: {_shortened(found)}"
    told = [f"it should have: {_shortened('; '.join(gone))}"] if gone else []
    told += [f"it has: {_shortened('; '.join(new))}"] if new else []
    return ", and ".join(told)


def _parts(definition: str) -> Iterator[str]:
    """The parts of a definition between its outermost commas: the columns and constraints of a table."""
    depth, start = 0, 0
    for at, sign in enumerate(definition):
        depth += (sign == "(") - (sign == ")")
        if (depth, sign) in ((1, ","), (1, "(")):
            yield definition[start:at].strip()
            start = at + 1
    yield definition[start:].strip()


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"

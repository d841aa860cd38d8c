"""Compare the database's schema with the schema that the migrations make.

The expected schema is stored in files, one for each kind of database (`migrations/schema/`), because the database under
check cannot be trusted to say what it should be. A test compares the files with the migrations and says how to update
them.
"""

from collections.abc import Iterator

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from planner.base.language import tr
from planner.base.resources import bundled
from planner.integrity.problems import ProblemKind, Problems
from planner.store.revision import HEAD
from planner.store.schema import Schema, schema_of

# Separates the name of an entry from its definition in the files.
_IS = " = "
# The most characters of a definition that are shown.
_SHOWN = 200


def expected_schema(dialect: str) -> Schema:
    """Return the schema of a database of this program's revision."""
    # docs/decisions/0064: running the migrations would need a second server.
    lines = (bundled("migrations") / "schema" / f"{dialect}.txt").read_text(encoding="utf-8").splitlines()
    return dict(_entry(line) for line in lines if not line.startswith("#"))


def check_schema(session: Session, problems: Problems) -> None:
    """Report every difference between the schema and the one that the migrations make."""
    connection = session.connection()
    expected, found = expected_schema(connection.dialect.name), schema_of(connection)
    for name in sorted(expected.keys() | found.keys(), key=_weight):
        if name not in found:
            problems.add(ProblemKind.SCHEMA, name, tr("this part of the schema is missing"))
        elif name not in expected:
            problems.add(
                ProblemKind.SCHEMA,
                name,
                tr("planner did not create this: {definition}", definition=_shortened(found[name])),
            )
        elif found[name] != expected[name]:
            problems.add(ProblemKind.SCHEMA, name, _difference(expected[name], found[name]))
    _check_revision(connection, problems)


def _check_revision(connection: Connection, problems: Problems) -> None:
    revisions = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all()
    if revisions != [HEAD]:
        named = ", ".join(map(str, revisions)) or "none"
        problems.add(
            ProblemKind.SCHEMA,
            "alembic_version",
            tr("the revision should be only {head}, but it is {found}", head=HEAD, found=named),
        )


def _weight(name: str) -> tuple[bool, str]:
    """Return the sort key of a part of the schema: tables and triggers first, as only the first problems are listed."""
    return name.startswith(("column ", "constraint ", "index ")), name


def _entry(line: str) -> tuple[str, str]:
    name, _, definition = line.partition(_IS)
    return name, definition


def _difference(expected: str, found: str) -> str:
    """Describe the difference between two definitions, part by part."""
    before, after = list(_parts(expected)), list(_parts(found))
    gone = [part for part in before if part not in after]
    new = [part for part in after if part not in before]
    if not gone and not new:
        return tr("the parts of the definition are in another order: {definition}", definition=_shortened(found))
    wanted, there = _shortened("; ".join(gone)), _shortened("; ".join(new))
    if not new:
        return tr("the definition lacks: {wanted}", wanted=wanted)
    if not gone:
        return tr("the definition should not contain: {there}", there=there)
    return tr("the definition should contain: {wanted}. It contains: {there}", wanted=wanted, there=there)


def _parts(definition: str) -> Iterator[str]:
    """Split a definition at its outermost commas and yield the parts: the columns and constraints of a table."""
    depth, start = 0, 0
    for at, sign in enumerate(definition):
        depth += (sign == "(") - (sign == ")")
        if (depth, sign) in ((1, ","), (1, "(")):
            yield definition[start:at].strip()
            start = at + 1
    yield definition[start:].strip()


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"

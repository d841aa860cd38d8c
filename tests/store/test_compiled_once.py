"""The cache of compiled statements that the tests share: it depends on what SQLAlchemy's keys look like."""

from sqlalchemy import func, select

from planner.store.database import Database, engine_of
from tests.compiled_once import COMPILED


def test_two_engines_compile_a_statement_once(empty: Database) -> None:
    # No other test sends this statement.
    statement = select(func.length("compiled once").label("letters"))

    def newly_compiled() -> int:
        before, engine = len(COMPILED), engine_of(empty.url)
        with engine.connect() as connection:
            assert connection.scalar(statement) == len("compiled once")
        engine.dispose()
        return len(COMPILED) - before

    assert [newly_compiled(), newly_compiled()] == [1, 0]

"""The cache of compiled statements that the tests share: it depends on what SQLAlchemy's keys look like."""

from sqlalchemy import func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from planner.store.database import Database, engine_of
from tests.compiled_once import COMPILED


class Base(DeclarativeBase):
    """The tables of this test."""


class Pebble(Base):
    """A table that no other test has."""

    __tablename__ = "pebble"
    id: Mapped[int] = mapped_column(primary_key=True)


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


def test_two_engines_compile_once_how_an_object_is_stored(empty: Database) -> None:
    def newly_compiled() -> int:
        before, engine = len(COMPILED), engine_of(empty.url)
        with Session(engine) as session:
            Base.metadata.create_all(session.connection())
            session.add(Pebble(id=1))
            session.flush()
            session.rollback()
        engine.dispose()
        return len(COMPILED) - before

    assert [newly_compiled(), newly_compiled()] == [1, 0]

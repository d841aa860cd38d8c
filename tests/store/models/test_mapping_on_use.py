"""A class is mapped when more than its columns is needed, whoever is the first to need it."""

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import create_engine, func, insert, inspect, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, aliased, column_property, mapped_column
from sqlalchemy.orm.decl_api import DeclarativeAttributeIntercept

from planner.store.models.mapping_on_use import MappedOnUse, columns_of, make_tables, map_on_use


def new_class() -> Any:
    """A class with a table of its own that nobody has used yet."""

    class Base(DeclarativeBase, metaclass=MappedOnUse):
        _sa_decl_prepare = True

        def __init_subclass__(cls, **named: Any) -> None:
            map_on_use(cls, super().__init_subclass__)

    class Named:
        name: Mapped[str] = mapped_column(default="none")

    class Thing(Named, Base):
        __tablename__ = "thing"

        number: Mapped[int] = mapped_column(primary_key=True)
        size: Mapped[int] = mapped_column()
        length: Mapped[int] = column_property(func.length("four") + size)

    return Thing


def is_mapped(model: Any) -> bool:
    return "__mapper__" in model.__dict__


@pytest.mark.parametrize(
    "use",
    [
        lambda model: str(select(model.number, model.name).where(model.size > 1).order_by(model.size.desc())),
        lambda model: str(select(columns_of(model).name, model.length)),
        lambda model: str(insert(model.__table__)),
    ],
    ids=["columns", "an expression", "the table"],
)
def test_a_statement_of_columns_needs_no_mapped_class(use: Callable[[Any], str]):
    model = new_class()
    before = use(model)
    assert not is_mapped(model)
    inspect(model)
    assert use(model) == before


@pytest.mark.parametrize(
    "use",
    [lambda model: model(name="a"), select, aliased, inspect, insert, lambda model: model.__mapper__],
    ids=["a row", "select", "aliased", "inspect", "insert", "mapper"],
)
def test_whatever_needs_the_mapped_class_maps_it(use: Callable[[Any], object]):
    model = new_class()
    use(model)
    assert is_mapped(model)
    # From then on, it is as any class that SQLAlchemy maps.
    assert type(model) is DeclarativeAttributeIntercept
    assert {*inspect(model).columns.keys()} == {"name", "number", "size", "length"}


def test_a_column_from_before_the_mapping_and_one_from_after_it_are_of_one_table():
    model = new_class()
    before = model.name
    assert str(select(model).where(before == "a", model.size == 1)).count("FROM thing") == 1
    assert str(select(before, model.size)) == "SELECT thing.name, thing.size \nFROM thing"


def test_rows_are_stored_and_read_as_of_any_mapped_class():
    model, engine = new_class(), create_engine("sqlite://")
    make_tables()
    model.__table__.create(engine)
    assert not is_mapped(model)
    with Session(engine) as session:
        session.add(model(number=1, size=3))
        session.commit()
        assert session.execute(select(model.name, model.length)).all() == [("none", 7)]
        assert session.get_one(model, 1).size == 3


def test_threads_that_use_a_class_at_once_see_it_whole():
    for _ in range(20):
        model, ready = new_class(), Barrier(4)

        def use(number: int, model: Any = model, ready: Barrier = ready) -> str:
            ready.wait()
            if number % 2:
                return str(model(name="a").name)
            return "a" if "FROM thing" in str(select(model.number, model.name)) else ""

        with ThreadPoolExecutor(4) as threads:
            assert list(threads.map(use, range(4))) == ["a"] * 4


def test_every_class_has_the_same_columns_before_and_after_it_is_mapped():
    code = (
        "from planner.store.models import Base, all_tables\n"
        "from planner.store.models.mapping_on_use import columns_of\n"
        "all_tables()\nmodels = Base.__subclasses__()\nbefore = {model: columns_of(model).keys() for model in models}\n"
        "print(len(models) > 50, [model for model in models if '__mapper__' in model.__dict__])\n"
        "after = {model: model.__mapper__.columns.keys() for model in models}\n"
        "print([m for m in models if {*before[m]} != {*after[m]}])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == ["True []", "[]"], done.stderr

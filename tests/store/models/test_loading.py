"""Mapped classes are loaded when they are needed."""

import ast
import inspect
import subprocess
import sys

import pytest

from planner.store import models
from planner.store.models import WITHDRAWABLE, Withdrawal, all_tables, class_called, table_called


def test_every_name_that_type_checkers_find_in_the_package_exists():
    imports = (node for node in ast.walk(ast.parse(inspect.getsource(models))) if isinstance(node, ast.ImportFrom))
    offered = [name.name for node in imports if "models" in str(node.module) for name in node.names]
    assert "Item" in offered
    assert [name for name in offered if not hasattr(models, name)] == []


def test_every_table_is_found_by_its_name():
    assert [name for name, table in all_tables().tables.items() if table_called(name) is not table] == []


@pytest.mark.parametrize("name", ["Item", "base", "word_of", "nonsense", ""])
def test_a_name_that_no_table_has_finds_none(name):
    assert table_called(name) is None


def test_the_tables_that_a_row_refers_to_can_be_loaded_by_themselves():
    code = (
        "from planner.store.models import Unlinked, load_referred\nload_referred(Unlinked)\n"
        "print(sorted(str(key.column) for key in Unlinked.__table__.foreign_keys))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == "['mandate.id', 'measure.id']\n", done.stderr


def test_the_answers_to_requests_are_loaded_apart_from_the_reports():
    code = (
        "from planner.store.models import StatusUpdate, Withdrawal\nfrom planner.store.models.base import Base\n"
        "print({'help_answer', 'extension_request', 'extension_answer', 'assessment'} & set(Base.metadata.tables))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == "set()\n", done.stderr


def test_each_record_that_can_be_taken_back_has_a_column_in_withdrawals():
    columns = {one.name.removesuffix("_id") for one in Withdrawal.__table__.columns if one.name.endswith("_id")}
    assert columns == set(WITHDRAWABLE)
    assert all(class_called(name) for name in WITHDRAWABLE)

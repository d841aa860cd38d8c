"""The small plan of the tests as demonstrations."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import URL

from planner.bundle.reader import Bundle, read_bundle
from planner.demo.demonstration import Provided, provide
from tests.demo.rows import Rows, make_demonstration, quiet, rows_of

Provide = Callable[..., Provided]

DAY = date(2020, 10, 16)


@pytest.fixture
def bundle(bundle_folder: Path) -> Bundle:
    """The small plan."""
    return read_bundle(bundle_folder)


@pytest.fixture
def demonstrate(bundle: Bundle) -> Provide:
    """Provide a demonstration of the small plan."""

    def run(url: URL, day: date = DAY, *, fresh: bool = False) -> Provided:
        return provide(url, bundle, day, fresh=fresh, progress=quiet)

    return run


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> URL:
    """A demonstration of the small plan, made once: only read it, or `copy` it."""
    return make_demonstration(tmp_path_factory.mktemp("made"), DAY)


@pytest.fixture(scope="session")
def rows(made: URL) -> Rows:
    """Everything in it."""
    return rows_of(made)


@pytest.fixture
def copy(made: URL, sqlite_url: URL) -> URL:
    """The same in a file of the test's own."""
    shutil.copy(str(made.database), str(sqlite_url.database))
    return sqlite_url

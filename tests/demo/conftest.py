"""The small plan of the tests as demonstrations."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import URL

from planner.bundle.reader import Bundle, read_bundle
from planner.demo.demonstration import Provided, provide
from tests.demo.rows import quiet

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

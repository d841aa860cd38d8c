"""Split rows into batches to fill a database."""

from collections.abc import Iterator
from typing import Any

SIZE = 50_000


def batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Yield the rows in lists of at most `SIZE`."""
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == SIZE:
            yield batch
            batch = []
    if batch:
        yield batch

"""Leaves further cases of a rule to `make test-more`: `@pytest.mark.first_cases(2)` keeps the first two in `make test`.

For tests whose cases take long and go the same way through the program, so that the first ones fail if the rule is
broken. Continuous integration runs the others as well (docs/decisions/0099).
"""

from collections import Counter
from collections.abc import Iterable

import pytest


def leave_further_cases(items: Iterable[pytest.Item]) -> None:
    """Mark `more` the cases of each test after as many as it says. Those that are left anyway do not count."""
    kept: Counter[str] = Counter()
    for item in items:
        mark = item.get_closest_marker("first_cases")
        if mark is None or item.get_closest_marker("more"):
            continue
        test = item.nodeid.partition("[")[0]
        kept[test] += 1
        if kept[test] > mark.args[0]:
            item.add_marker("more")

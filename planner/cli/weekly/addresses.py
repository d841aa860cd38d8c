"""Saying for which organisations the register has no mail address."""

from collections.abc import Iterable

from planner.base.language import tr, tr_count
from planner.base.listing import listed

# How many organisations without an address are named. The others are counted.
_MOST_NAMED = 10


def without_address(organisations: Iterable[str]) -> tuple[str, ...]:
    """Return the lines that name organisations without a mail address, by their keys, and say how to add one."""
    keys = tuple(organisations)
    if not keys:
        return ()
    return (
        tr_count(
            "{count:,} organisation has no mail address: {keys}.",
            "{count:,} organisations have no mail address: {keys}.",
            len(keys),
            keys=listed(keys, _MOST_NAMED),
        ),
        tr("To add one, use 'planner organisation edit ORG --address TEXT --reason TEXT'."),
    )

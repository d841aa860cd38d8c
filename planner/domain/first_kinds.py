"""The kinds of items of a plan that names none: one that was made before plans had kinds of their own."""

from typing import NamedTuple


class FirstKind(NamedTuple):
    """A kind of items: its key, its title, and the prefix by which the codes of its items are known."""

    key: str
    title: str
    prefix: str


FIRST_KINDS = (FirstKind("task", "task", "T-"), FirstKind("key_project", "key project", "P-"))

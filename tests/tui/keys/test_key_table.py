"""docs/keys.md names every key of the app."""

from textual.binding import Binding

from bench.docs.key_tables import GROUPS
from tui.keys import bindings


def test_every_group_of_keys_has_a_table() -> None:
    groups = [value for name, value in vars(bindings).items() if name.isupper() and isinstance(value, list)]
    assert len(groups) == len(GROUPS)
    assert all(any(group is shown for shown in GROUPS.values()) for group in groups)


def test_every_key_has_an_id_and_a_tooltip() -> None:
    bindings = [binding for group in GROUPS.values() for binding in group if isinstance(binding, Binding)]
    assert [binding for binding in bindings if not (binding.id and binding.tooltip)] == []

"""docs/keys.md names every key of the app."""

from pathlib import Path

import pytest
from textual.binding import Binding

from tui.keys import bindings
from tui.keys.docs_table import GROUPS, renewed

DOCUMENT = Path(__file__).parent.parent.parent / "docs" / "keys.md"


def test_the_document_is_up_to_date() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert text == renewed(text), "run: python -m tui.keys.docs_table docs/keys.md"


def test_every_group_of_keys_has_a_table() -> None:
    groups = [value for name, value in vars(bindings).items() if name.isupper() and isinstance(value, list)]
    assert len(groups) == len(GROUPS)
    assert all(any(group is shown for shown in GROUPS.values()) for group in groups)


def test_every_key_has_an_id_and_a_tooltip() -> None:
    bindings = [binding for group in GROUPS.values() for binding in group if isinstance(binding, Binding)]
    assert [binding for binding in bindings if not (binding.id and binding.tooltip)] == []


def test_a_document_without_markers_is_refused() -> None:
    with pytest.raises(ValueError, match="needs the lines"):
        renewed("# Keys\n")

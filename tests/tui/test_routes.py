"""The screens and dialogs that are opened by name."""

import pytest
from textual.screen import Screen

from tui.routes import ROUTES, new_screen


@pytest.mark.parametrize("name", ROUTES)
def test_each_name_leads_to_a_screen(name: str) -> None:
    """A class that is missing would be found only when somebody opens the screen."""
    module, _, class_name = ROUTES[name].partition(":")
    found = getattr(__import__(module, fromlist=[class_name]), class_name)
    assert issubclass(found, Screen)


def test_a_screen_is_made_with_its_arguments() -> None:
    assert new_screen("item", "T-001", ["T-001", "T-002"]).code == "T-001"

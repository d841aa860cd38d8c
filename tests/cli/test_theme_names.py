"""Finding themes by their numbers, printed numbers and titles."""

import json

import pytest

from planner.base.errors import UnknownNameError
from planner.register.plan_view import ThemeView
from planner.register.theme_names import find_theme

THEMES = [
    ThemeView(1, 1, "Quays and lights", "", "registered", label="3"),
    ThemeView(2, 2, "Rooms of 2020", "", "registered", label="2.1"),
    ThemeView(3, 3, "港口 and quays", "", "registered"),
]


@pytest.mark.parametrize(
    ("typed", "number"), [("1", 1), (" 2 ", 2), ("2.1", 2), ("ROOMS", 2), ("港口", 3), ("quays and", 1)]
)
def test_a_theme_is_found_by_number_printed_number_and_part_of_its_title(typed: str, number: int) -> None:
    assert find_theme(THEMES, typed).number == number


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        ("quays", "'quays' matches several themes. The themes are 1 (Quays and lights) and 3 (港口 and quays)"),
        ("3", "'3' matches several themes. The themes are 1 and 3"),
        ("2020", "no theme is called '2020'. The themes are 1, 2 and 3"),
        ("", "no theme is called ''. The themes are 1 (Quays and lights), 2 (Rooms of 2020) and 3 (港口 and quays)"),
    ],
)
def test_a_name_that_no_theme_or_several_have_is_refused(typed: str, what: str) -> None:
    with pytest.raises(UnknownNameError) as refused:
        find_theme(THEMES, typed)
    assert f"{refused.value.what}. {refused.value.do}" == what


def test_every_list_takes_the_title_of_a_theme(planner, filled) -> None:
    for command in (["items"], ["timeline"], ["outlook"], ["links", "list"]):
        shown = [
            planner(*command, "--theme", name, "--format", "json", "--as-of", "2020-04-02") for name in ("2", "rooms")
        ]
        assert [one.exit_code for one in shown] == [0, 0], command
        assert json.loads(shown[0].out) == json.loads(shown[1].out), command
    assert planner("calendar", "--theme", "rooms").out == planner("calendar", "--theme", "2").out
    assert planner("weekly", "--week", "2020-W14", "--theme", "rooms").exit_code == 0

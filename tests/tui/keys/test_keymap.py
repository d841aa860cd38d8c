"""The keys by their ids: how they are called, and that no two things have one key where both are in force."""

import importlib
import pkgutil
from collections import Counter

import pytest
from textual.binding import Binding

import tui.screens
from tui.keys import bindings
from tui.keys.contexts import FORMS, SCREENS, places
from tui.keys.remapping import all_bindings, called, catalog, keys_of, normal
from tui.screens.page import Page

GROUPS = {name: group for name, group in vars(bindings).items() if name.isupper() and isinstance(group, list)}


def ids(group):
    return [binding.id for binding in group if isinstance(binding, Binding)]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("x", "x"),
        ("X", "X"),
        ("?", "question_mark"),
        ("slash", "slash"),
        ("/", "slash"),
        ("港", "港"),
        ("F5", "f5"),
        ("esc", "escape"),
        ("Ctrl+X", "ctrl+x"),
        ("shift+tab", "shift+tab"),
        ("alt+x", "alt+x"),
        ("pagedown", "pagedown"),
        ("comma", "comma"),
        ("semicolon", "semicolon"),
        ("", None),
        (" ", None),
        ("xx", None),
        ("ctrl+", None),
        ("ctrl+xx", None),
        ("strg+x", None),
        ("latin small letter x", None),
    ],
)
def test_a_key_has_one_name_however_it_is_written(written, name):
    assert normal(written) == name


def test_every_key_of_the_app_is_one_and_can_be_written_as_it_is_called():
    for name, own in catalog().keys.items():
        assert [key for key in own if normal(key) != key] == [], name
        assert [key for key in own if normal(called(key)) not in (key, None)] == [], name
    assert called("ctrl+r") == "ctrl+r"
    assert called("escape") == "esc"
    assert called("question_mark") == "?"


def test_a_remapped_key_takes_the_place_of_the_app_s_own():
    assert keys_of("app.help", {}) == ["question_mark", "f1"]
    assert keys_of("app.help", {"app.help": "f2"}) == ["f2"]


def test_no_two_of_one_level_have_one_key():
    for name, (own, parts) in {**SCREENS, **FORMS}.items():
        levels = [[*own], *([*part] for part in parts)]
        levels[0] += [bindings.COPY, *([bindings.APP] if name in SCREENS else [])]
        for level in levels:
            counted = Counter(key for group in level for one in ids(group) for key in keys_of(one, {}))
            assert [key for key, number in counted.items() if number > 1] == [], name


def test_every_group_of_keys_is_in_force_somewhere():
    somewhere = {one for sets in places().values() for names in sets for one in names}
    assert set(all_bindings()) - somewhere == set()


def test_the_keys_of_every_screen_are_those_that_are_checked():
    modules = [
        importlib.import_module(module.name) for module in pkgutil.walk_packages(tui.screens.__path__, "tui.screens.")
    ]
    pages = {
        page
        for module in modules
        for page in vars(module).values()
        if isinstance(page, type) and issubclass(page, Page) and page.name_shown
    }
    assert {page.name_shown for page in pages} == {*SCREENS, *FORMS}
    assert [page.name_shown for page in pages if not page.help_text and page.name_shown != "Help"] == []
    for page in pages:
        own = {one for group in {**SCREENS, **FORMS}[page.name_shown][0] for one in ids(group)}
        assert set(ids(page.BINDINGS)) == own, page.name_shown

"""A person's settings: what is taken from the file, and what is said of a file that is not in order."""

from pathlib import Path

import pytest

from planner.personal.settings import KeyCatalog, PersonalSettings, parsed, read_settings

CATALOG = KeyCatalog(
    keys={"app.quit": ["q"], "go.log": ["e"], "list.sort": ["s"], "list.next": ["right"], "part.next": ["right"]},
    descriptions={},
    places={
        "List": [
            frozenset({"app.quit", "go.log", "list.sort", "list.next"}),
            frozenset({"app.quit", "go.log", "list.sort", "list.next", "part.next"}),
        ],
        "Window": [frozenset({"app.quit"})],
    },
    normal=lambda key: key if key in {"q", "e", "s", "x", "right", "ctrl+x", "comma"} else None,
    called=lambda key: f"<{key}>",
)


def settings(text: str) -> PersonalSettings:
    return parsed(text, "config.toml", CATALOG)


def test_without_a_file_nothing_is_set(tmp_path):
    assert read_settings(tmp_path / "config.toml", CATALOG) == PersonalSettings()


def test_where_the_home_is_no_folder_nothing_is_set(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.touch()
    assert read_settings(home / "planner" / "config.toml", CATALOG) == PersonalSettings()


def test_ids_may_be_quoted_or_not_and_one_may_have_several_keys(tmp_path):
    file = tmp_path / "config.toml"
    file.write_text('[keys]\n"go.log" = "x"\napp.quit = "ctrl+x, q"\n[looks]\ntheme = "light"\n', encoding="utf-8")
    assert read_settings(file, CATALOG) == PersonalSettings({"go.log": "x", "app.quit": "ctrl+x,q"}, "light")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[keys]\ngo.lag = "x"', "config.toml, keys.go.lag: no key has this id."),
        ('[keys]\ngo.log = "hyperx"', "config.toml, keys.go.log: 'hyperx' is not a key."),
        ('[keys]\ngo.log = ""', "config.toml, keys.go.log: '' is not a key."),
        ("[keys]\ngo.log = 3", "config.toml, keys.go.log: 3 is not text."),
        ('[keys]\ngo.log = ["x"]', "config.toml, keys.go.log: ['x'] is not text."),
        ('keys = "x"', "config.toml, keys: there is no such setting."),
        ('[looks]\ncolour = "red"', "config.toml, looks.colour: there is no such setting."),
        ('[looks]\ntheme = "blue"', "config.toml, looks.theme: 'blue' is not a theme. The themes are dark, light and"),
        ("[looks]\ntheme = 3", "config.toml, looks.theme: 3 is not a theme."),
        ('[keys]\ngo.log = "s"', "config.toml, keys.go.log: <s> is also the key of list.sort (List)."),
        ("[keys", "config.toml: the file is not valid TOML: "),
    ],
)
def test_what_is_wrong_is_named_with_its_entry_and_nothing_is_taken(text, told):
    got = settings(text)
    assert len(got.troubles) == 1
    assert got.troubles[0].startswith(told)
    assert (got.keys, got.theme) == ({}, None)


def test_all_that_is_wrong_is_told_at_once():
    got = settings('[keys]\nfoo = "x"\ngo.log = "x"\nlist.sort = "x"\n[looks]\ntheme = 1\n')
    assert [trouble.partition(":")[0] for trouble in got.troubles] == [
        "config.toml, keys.foo",
        "config.toml, looks.theme",
        "config.toml, keys.go.log",
    ]


def test_keys_may_be_exchanged():
    assert settings('[keys]\ngo.log = "s"\nlist.sort = "e"').keys == {"go.log": "s", "list.sort": "e"}


def test_what_covers_another_key_by_the_app_s_own_will_may_do_so_still():
    assert settings('[keys]\npart.next = "right"').troubles == ()
    assert settings('[keys]\npart.next = "s"').troubles != ()


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    folder, latin = tmp_path / "folder", tmp_path / "latin.toml"
    folder.mkdir()
    latin.write_bytes(b'[looks]\ntheme = "caf\xe9"')
    assert read_settings(folder, CATALOG).troubles == (f"{folder}: the file cannot be read (this is a folder).",)
    assert read_settings(latin, CATALOG).troubles == (
        f"{latin}: the file cannot be read (the content is not UTF-8 text).",
    )

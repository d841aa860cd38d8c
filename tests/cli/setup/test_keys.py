"""planner keys, as typed."""

import json

import pytest

from planner.base.user_folders import settings_file


@pytest.fixture
def file(monkeypatch, tmp_path):
    """A person's settings file, in a folder of its own."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    file = settings_file()
    file.parent.mkdir(parents=True)
    return file


def row(out: str, name: str) -> str:
    (line,) = [line for line in out.splitlines() if line.startswith(f"{name} ")]
    return " ".join(line.split())


def test_keys_are_listed_as_they_are_and_as_remapped(planner, file):
    assert row(planner("keys").out, "app.help") == "app.help ?, f1 Show the keys of this screen"
    file.write_text('[keys]\napp.help = "f6"\n', encoding="utf-8")
    done = planner("keys")
    assert row(done.out, "app.help") == "app.help f6 (remapped) Show the keys of this screen"
    assert str(file) in done.out
    document = json.loads(planner("keys", "--format", "json").out)
    assert document["kind"] == "planner-keys"
    does = "Show the keys of this screen"
    assert {"id": "app.help", "keys": ["f6"], "does": does, "remapped": True} in document["keys"]


def test_a_file_in_order_passes_the_check(planner, file):
    assert "this file does not exist" in planner("keys", "--check").out
    file.write_text('[looks]\ntheme = "light"\n', encoding="utf-8")
    assert planner("keys", "--check").out == f"{file}: no errors\n"


def test_what_is_wrong_is_told_in_one_message_and_the_keys_are_the_app_s_own(planner, file):
    file.write_text('[keys]\napp.help = "q"\nfoo = "x"\n', encoding="utf-8")
    done = planner("keys", "--check")
    assert done.exit_code == 3
    assert done.out == ""
    assert f"{file}, keys.foo: no key has this id." in done.err
    assert f"{file}, keys.app.help: q is also the key of app.quit" in done.err
    done = planner("keys")
    assert done.exit_code == 0
    assert row(done.out, "app.help").startswith("app.help ?, f1 ")
    assert "keys.foo" in done.err

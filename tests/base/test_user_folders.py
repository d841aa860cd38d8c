"""The folders of a user are those that platformdirs finds, with any environment."""

import subprocess
import sys

import platformdirs
import pytest

from planner.base.user_folders import user_folder

FIND = {
    "config": platformdirs.user_config_path,
    "data": platformdirs.user_data_path,
    "state": platformdirs.user_state_path,
}


@pytest.mark.parametrize("given", [None, "", " ", "/somewhere", "/some where/", "relative", "~/own", "/a/../b"])
@pytest.mark.parametrize("home", ["/home/ada", "/home/ada/", "", "relative"])
@pytest.mark.parametrize("kind", ["config", "data", "state"])
def test_the_folder_is_the_one_of_the_platform(monkeypatch, kind, home, given):
    monkeypatch.setenv("HOME", home)
    variable = f"XDG_{kind.upper()}_HOME"
    if given is None:
        monkeypatch.delenv(variable, raising=False)
    else:
        monkeypatch.setenv(variable, given)
    assert user_folder(kind) == FIND[kind]("planner", appauthor=False)


def test_the_usual_folders_need_no_platformdirs():
    code = (
        "import os, sys\nos.environ['HOME'] = '/home/ada'\nfrom planner.base.user_folders import user_folder\n"
        "print(user_folder('config'), 'platformdirs' in sys.modules)"
    )
    environment = {"PYTHONPATH": ":".join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.split() == ["/home/ada/.config/planner", "False"]

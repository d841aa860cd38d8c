"""The core names fields; the command line names the options by which they are given."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest

import planner
from planner.cli.groups import Group
from planner.cli.main import cli

CORE = Path(planner.__file__).parent
OPTION = re.compile(r"(?<![\w-])--[a-z]")
# A whole command may be named, and the page's style has variables.
COMMANDS = re.compile(r"'planner [^']*'|^planner .*|\(planner [^)]*|verify\.py --\w+|var\(--")
# What is no message: how a file is made again, and what the columns of a table hold.
NO_MESSAGES = ("weekly/reading.py", "weekly/sections/corrections.py")


@cache
def modules() -> dict[str, ast.Module]:
    """The core's modules by name. The verifier of a pack is a command of its own."""
    paths = {path.relative_to(CORE).as_posix(): path for path in sorted(CORE.rglob("*.py"))}
    return {
        name: ast.parse(path.read_text(encoding="utf-8"))
        for name, path in paths.items()
        if not name.startswith(("cli/", "bundled/")) and name not in ("__main__.py", "evidence/verify.py")
    }


def texts(module: ast.Module) -> Iterator[str]:
    """The texts in a module; what is put into one at run time is left out."""
    inside = {id(part) for node in ast.walk(module) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(module):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            yield node.value


def fields_to_use(module: ast.Module) -> Iterator[str]:
    """The fields that messages point to."""
    for node in ast.walk(module):
        if isinstance(node, ast.keyword) and node.arg == "by_field":
            yield from (str(one.value) for one in ast.walk(node.value) if isinstance(one, ast.Constant) and one.value)


def groups(command: click.Command) -> Iterator[click.Group]:
    """A group and all groups below it."""
    if isinstance(command, click.Group):
        yield command
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from groups(found)


def test_every_group_names_options_in_errors() -> None:
    found = list(groups(cli))
    assert len(found) > 1
    assert [one.name for one in found if not isinstance(one, Group)] == []


def options(command: click.Command) -> Iterator[click.Option]:
    yield from (param for param in command.params if isinstance(param, click.Option))
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from options(found)


def test_no_text_of_the_core_names_an_option():
    found = [
        f"{name}: {text}"
        for name, module in modules().items()
        if name not in NO_MESSAGES
        for text in texts(module)
        if OPTION.search(COMMANDS.sub("", text))
    ]
    assert found == []


def test_each_field_that_a_message_points_to_has_an_option():
    known = {option.name for option in options(cli)}
    wanted = {field for module in modules().values() for field in fields_to_use(module)}
    assert "database" in wanted
    assert {field for field in wanted if field.replace(" ", "_") not in known} == set()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["update", "T-001", "--done", "x", "--as-of", "2019-01-01"], "--as-of: 2019-01-01 is before"),
        (["update", "T-001", "--percent", "300"], "--percent: '300' is not a percent"),
        (
            ["findings", "accept", "clause-without-measure", "old:duty-3", "--reason", " ", "--until", "2030-01-01"],
            "--reason: a text is required",
        ),
        (["people", "add", "carl", "--role", "officer", "--organisation", "nowhere"], "--organisation: "),
        (["clauses", "--lang", "xx"], "--lang: "),
        (["trace", "duty-99"], "the clause may be in another version (--mandate)."),
        (["--as", "nobody", "items"], "--as: "),
    ],
)
@pytest.mark.usefixtures("filled")
def test_a_command_names_its_option(planner, arguments, message):
    done = planner(*arguments)
    assert done.exit_code != 0
    assert message in done.err

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
# The verifier of a pack is a command of its own. A weekly file names the command that makes it, and has a style sheet.
VERIFIER = re.compile(r"verify\.py --\w+")
IN_A_WEEK = re.compile(r"'planner [^']*'|^planner .*|\(planner [^)]*|var\(--")
# What is no message: how a file is made again, and what the columns of a table hold.
NO_MESSAGES = ("weekly/reading.py", "weekly/sections/corrections.py")


@cache
def sources() -> dict[str, str]:
    """The source code of the core's modules by name. The verifier of a pack is a command of its own."""
    paths = {path.relative_to(CORE).as_posix(): path for path in sorted(CORE.rglob("*.py"))}
    return {
        name: path.read_text(encoding="utf-8")
        for name, path in paths.items()
        if not name.startswith(("cli/", "bundled/")) and name not in ("__main__.py", "evidence/verify.py")
    }


def modules_with(words: str) -> Iterator[tuple[str, ast.Module]]:
    """The core's modules that have some words anywhere, by name. To parse all of them takes seconds."""
    return ((name, ast.parse(source)) for name, source in sources().items() if words in source)


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
        for name, module in modules_with("--")
        if name not in NO_MESSAGES
        for text in texts(module)
        if OPTION.search((IN_A_WEEK if name.startswith("weekly/") else VERIFIER).sub("", text))
    ]
    assert found == []


def commands_in_messages() -> Iterator[tuple[str, set[str]]]:
    """The commands that the core names in its messages, each with the fields that are to be given."""
    for _, module in modules_with("command_with"):
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "command_with":
                named = node.args[0].values[0] if isinstance(node.args[0], ast.JoinedStr) else node.args[0]
                assert isinstance(named, ast.Constant)
                yield str(named.value).strip(), {keyword.arg for keyword in node.keywords if keyword.arg}


def test_each_command_that_a_message_names_has_the_options():
    found = dict(commands_in_messages())
    assert found["log"] == {"write"}
    for named, fields in found.items():
        command: click.Command = cli
        # COMMAND stands for any command, and its option is one of all commands. Other words in capitals are values.
        for word in (word for word in named.split() if not word.isupper()):
            assert isinstance(command, click.Group)
            command = command.get_command(click.Context(command), word) or pytest.fail(named)
        spelled = {option for param in command.get_params(click.Context(command)) for option in param.opts}
        assert {f"--{field.replace('_', '-')}" for field in fields} <= spelled, named


def test_each_field_that_a_message_points_to_has_an_option():
    known = {option.name for option in options(cli)}
    wanted = {field for _, module in modules_with("by_field") for field in fields_to_use(module)}
    assert "database" in wanted
    assert {field for field in wanted if field.replace(" ", "_") not in known} == set()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["update", "T-001", "--done", "x", "--as-of", "2019-01-01"], "--as-of: 2019-01-01 is before"),
        (["update", "T-001", "--percent", "300"], "--percent: '300' is not a percentage"),
        (
            ["findings", "accept", "clause-without-measure", "old:duty-3", "--reason", " ", "--until", "2030-01-01"],
            "--reason: text is required",
        ),
        (["people", "add", "carl", "--role", "officer", "--organisation", "nowhere"], "--organisation: "),
        (["clauses", "--lang", "xx"], "--lang: "),
        (["update", "T-001", "--met", "2=2030-01-01"], "--met 2: 2030-01-01 is after today"),
        (["update", "T-001", "--move", "2=2021-01-29"], "--reason: text is required"),
        (["update", "T-001", "--met", "9=2020-03-30"], "milestone 9: T-001 has no milestone 9"),
        (["update", "P-001", "--percent", "30"], "Report a milestone as met instead (--met)."),
        (["milestone", "T-001", "9", "--met", "2020-03-30"], "NUMBER: T-001 has no milestone 9"),
        (["milestone", "T-001", "1", "--met", "2030-01-01"], "--met: 2030-01-01 is after today"),
        (["due", "T-001", "--move", "2020-12-31", "--reason", "x"], "--move: the date is already 2020-12-31"),
        (["observe", "T-001", "9", "4"], "INDICATOR: T-001 has no indicator 9"),
        (["trace", "duty-99"], "the clause may be in another version (--mandate)."),
        (["--as", "nobody", "items"], "--as: "),
    ],
)
@pytest.mark.usefixtures("filled")
def test_a_command_names_its_option(planner, arguments, message):
    done = planner(*arguments)
    assert done.exit_code != 0
    assert message in done.err

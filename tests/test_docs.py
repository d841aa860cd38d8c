"""The docs name every command, option, exit code and JSON kind there is."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from planner.base import errors
from planner.cli.main import COMMANDS, cli
from planner.store.models import REDACTABLE, REDACTABLE_IN_EDITABLE
from planner.writes.reports.conflicts import ConflictError

DOCS = Path(__file__).parent.parent / "docs"
COMMANDS_PAGE = (DOCS / "commands.md").read_text(encoding="utf-8")


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command with its full name, those of subgroups too."""
    context = click.Context(cli)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        yield from _with_parts(name, command)


def _with_parts(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        for part in command.commands.values():
            yield from _with_parts(f"{name} {part.name}", part)
    else:
        yield name, command


def section(name: str) -> str:
    """The part of the page about a command."""
    found = re.search(rf"^## planner {re.escape(name)}\b[^\n]*\n(.*?)(?=^## )", COMMANDS_PAGE, re.MULTILINE | re.DOTALL)
    assert found is not None, f"docs/commands.md has no section on 'planner {name}'"
    return found[0]


@pytest.mark.parametrize(("name", "command"), [pytest.param(*pair, id=pair[0]) for pair in commands()])
def test_every_option_and_argument_is_documented(name: str, command: click.Command) -> None:
    text = section(name)
    for parameter in command.params:
        shown = (
            [*parameter.opts]
            if isinstance(parameter, click.Option)
            else [parameter.make_metavar(click.Context(command)).strip("[].{}…")]
        )
        missing = [option for option in shown if option not in text]
        assert not missing, f"docs/commands.md, planner {name}: {missing}"


@pytest.mark.parametrize(("name", "command"), [pytest.param(*pair, id=pair[0]) for pair in commands()])
def test_every_documented_option_exists(name: str, command: click.Command) -> None:
    options = {option for parameter in command.params for option in parameter.opts}
    documented = set(re.findall(r"^\| `(-{1,2}[a-z-]+)", section(name), re.MULTILINE))
    assert documented <= options


def test_the_help_of_each_command_is_the_table_s_line_in_other_words() -> None:
    for name, (_, line) in COMMANDS.items():
        assert line.endswith("."), name


def error_kinds() -> list[type[errors.PlannerError]]:
    """All that a person can be told: what stands in planner.base.errors, and the one that carries an item with it."""
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.PlannerError)]
    return [*kinds, ConflictError]


def documented_exit_codes() -> set[int]:
    """The exit codes in the table of docs/commands.md."""
    return {int(code) for code in re.findall(r"^\| (\d+) \|", COMMANDS_PAGE, re.MULTILINE)}


def test_every_exit_code_is_documented() -> None:
    assert {kind.exit_code for kind in error_kinds()} <= documented_exit_codes()


def test_every_error_has_an_exit_code_of_its_own() -> None:
    kinds = error_kinds()
    assert len({kind.exit_code for kind in kinds}) == len(kinds)


def test_every_json_kind_is_documented() -> None:
    page = (DOCS / "json.md").read_text(encoding="utf-8")
    sources = Path(__file__).parent.parent / "planner" / "cli"
    kinds = {
        kind
        for file in sources.rglob("*.py")
        for kind in re.findall(r'as_json\(\s*"([a-z]+)"', file.read_text("utf-8"))
    }
    assert kinds
    assert {kind for kind in kinds if f"planner-{kind}" not in page} == set()


def test_every_target_of_make_is_documented() -> None:
    targets = re.search(r"^\.PHONY: (.*)$", (DOCS.parent / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert targets is not None
    page = (DOCS / "development.md").read_text(encoding="utf-8")
    assert {f"make {name}" for name in targets[1].split()} == set(
        re.findall(r"^\| `(make [a-z-]+)`", page, re.MULTILINE)
    )


def test_every_page_and_picture_the_docs_name_is_there() -> None:
    pages = [DOCS.parent / "README.md", *DOCS.rglob("*.md")]
    named = [
        (page, link) for page in pages for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
    ]
    assert named
    assert [(page.name, link) for page, link in named if not (page.parent / link).exists()] == []


def test_every_field_that_can_be_redacted_is_documented() -> None:
    page = (DOCS / "redacting.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`.*?`) \| (`.*?`) \|$", page, re.MULTILINE)
    told = {
        table: set(re.findall(r"`(\w+)`", fields))
        for tables, fields in rows
        for table in re.findall(r"`(\w+)`", tables)
    }
    assert told == {table: set(fields) for table, fields in (REDACTABLE | REDACTABLE_IN_EDITABLE).items()}

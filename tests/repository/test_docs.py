"""The docs name every command, option, exit code and JSON kind there is."""

import re
import shlex
from itertools import takewhile
from pathlib import Path

import click
import pytest

from bench.docs.command_reference import commands
from bench.docs.documents import DOCUMENTS, with_generated_part
from planner.base import errors
from planner.cli.context import Context
from planner.cli.main import cli
from planner.store.models import REDACTABLE, REDACTABLE_IN_EDITABLE
from planner.writes.reports.conflicts import ConflictError

DOCS = Path(__file__).parents[2] / "docs"
COMMANDS_PAGE = (DOCS / "commands.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_generated_documents_are_up_to_date(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert text == DOCUMENTS[document](text), f"docs/{document.name} is out of date: run make docs"


def test_a_document_without_the_markers_of_its_generated_part_is_refused() -> None:
    with pytest.raises(ValueError, match="needs the lines"):
        with_generated_part("# Keys\n", "| key |")


def test_every_command_and_option_has_a_help_text() -> None:
    missing = [
        (name, parameter.name)
        for name, command in commands()
        for parameter in command.params
        if isinstance(parameter, click.Option) and not parameter.help
    ]
    assert missing == []
    assert [name for name, command in commands() if not command.help] == []


def test_the_page_on_commands_names_only_commands_and_options_that_exist() -> None:
    options = {name for _, command in [("", cli), *commands()] for option in command.params for name in option.opts}
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", COMMANDS_PAGE))
    assert named - options == {"--help"}
    headings = set(re.findall(r"^## planner (.*)$", COMMANDS_PAGE, re.MULTILINE))
    assert headings
    assert headings <= {name for name, _ in commands()}


def examples() -> list[tuple[str, str]]:
    """The commands in the blocks of code of all pages, each with the name of its page."""
    found = []
    for page in [*sorted(DOCS.glob("*.md")), DOCS.parent / "README.md"]:
        for block in re.findall(r"^```sh\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
            lines = block.replace("\\\n", " ").splitlines()
            found += [(page.name, line) for line in lines if re.match(r"planner [a-z]", line)]
    return found


@pytest.mark.parametrize(("page", "line"), examples())
def test_the_commands_of_the_pages_have_these_options(page: str, line: str) -> None:
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    # What follows | or || is another command, and > names a file.
    arguments = list(takewhile(lambda word: word not in ("|", "||", "&&", ">"), lexer))[1:]
    command: click.Command = cli
    context = click.Context(cli, info_name="planner", obj=Context())
    while isinstance(command, click.Group) and arguments and not arguments[0].startswith("-"):
        subcommand = command.get_command(context, arguments[0])
        assert subcommand, f"{page}: {line}: there is no command {arguments[0]!r}"
        command, arguments = subcommand, arguments[1:]
    command.make_context(line, arguments, parent=context)


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
    """Only a special case of an error has the code of that error."""
    kinds = [kind for kind in error_kinds() if "exit_code" in vars(kind)]
    assert len({kind.exit_code for kind in kinds}) == len(kinds)


def test_every_json_kind_is_documented() -> None:
    page = (DOCS / "json.md").read_text(encoding="utf-8")
    sources = Path(__file__).parents[2] / "planner" / "cli"
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
    pages = [*DOCS.parent.glob("*.md"), *DOCS.rglob("*.md")]
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

"""Generate docs/command-reference.md: every command with its arguments, options and help texts, read from click."""

import inspect
import re
import textwrap
from collections.abc import Iterator

import click

from planner.cli.examples import example_lines
from planner.cli.main import COMMANDS_BY_PERSON, cli

_INTRODUCTION = """\
# Command reference

<!-- Generated: change the help of a command and run `make docs`. A test fails while this page is out of date. -->

Every command with its options, as `planner COMMAND --help` prints them; each also has `-h` and `--help`.
[Commands](commands.md) explains what several commands have in common, how some of them work,
the columns of CSV files, and exit codes.
"""

# The parts of a help text that become Markdown: commands in quotes, options, variables and our documents.
_MARKED = re.compile(
    r"'(?P<command>planner [^']*)'|(?<![\w-])(?P<option>--[a-z][a-z-]*)|\b(?P<variable>PLANNER_[A-Z]+)\b"
    r"|\bdocs/(?P<document>[a-z-]+\.md)"
)


def commands() -> Iterator[tuple[str, click.Command]]:
    """Yield every command and group, also within groups, with its full name without `planner`."""
    context = click.Context(cli)
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        assert command is not None
        yield from _with_parts(name, command)


def _with_parts(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        for part in command.list_commands(click.Context(command)):
            yield from _with_parts(f"{name} {part}", command.commands[part])


def page(commands_page: str) -> str:
    """Return the text of the page.

    Each command that has a section in docs/commands.md links to that section.
    """
    explained = set(re.findall(r"^## (planner[a-z -]*)$", commands_page, re.MULTILINE))
    rows = [
        f"| {person} | [`planner {name}`](#planner-{name}) | {_text(line)} |"
        for person, commands_of_person in COMMANDS_BY_PERSON.items()
        for name, (_, line) in commands_of_person.items()
    ]
    table = "\n".join(["| for | command | what it does |", "|---|---|---|", *rows, ""])
    parts = [_INTRODUCTION, table, _section("", cli, False)]
    parts += [_section(name, command, f"planner {name}" in explained) for name, command in commands()]
    return "\n".join(parts)


def _section(name: str, command: click.Command, is_explained: bool) -> str:
    """Return the heading, usage, help and options of a command."""
    full_name = f"planner {name}".strip()
    usage = " ".join([full_name, *command.collect_usage_pieces(click.Context(command))])
    more = f"More in [Commands](commands.md#{full_name.replace(' ', '-')})."
    example = textwrap.dedent(example_lines(name))
    blocks = [f"## {full_name}", f"```\n{usage}\n```", *_paragraphs(command), *_options(command)]
    blocks += [f"Example:\n\n```sh\n{example}\n```"] if example else []
    return "\n\n".join([*blocks, more] if is_explained else blocks) + "\n"


def _paragraphs(command: click.Command) -> Iterator[str]:
    for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
        yield _text(" ".join(paragraph.split()))


def _options(command: click.Command) -> Iterator[str]:
    context = click.Context(command)
    records = [
        record
        for parameter in command.params
        if isinstance(parameter, click.Option) and (record := parameter.get_help_record(context))
    ]
    rows = [f"| `{_cell(names)}` | {_cell(_text(_without_brackets(help_text)))} |" for names, help_text in records]
    if rows:
        yield "\n".join(["| option | meaning |", "|---|---|", *rows])


def _without_brackets(help_text: str) -> str:
    """Return an option's help text. Click's additions in brackets, such as [required], become sentences."""
    text, _, added = help_text.partition("  [")
    return " ".join([text, *(f"{part[0].upper()}{part[1:]}." for part in added.removesuffix("]").split("; ") if part)])


def _text(plain: str) -> str:
    """Return plain text as Markdown."""
    return _MARKED.sub(_marked, re.sub(r"([*<\[\]])", r"\\\1", plain))


def _marked(found: re.Match[str]) -> str:
    if document := found["document"]:
        return f"[{document}]({document})"
    return f"`{found['command'] or found['option'] or found['variable']}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")

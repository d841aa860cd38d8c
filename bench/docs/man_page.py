"""Generate docs/man/planner.1, which the wheel installs for `man planner`, from the help texts of the commands."""

import inspect
import textwrap
from collections.abc import Iterator

import click

from bench.docs.command_reference import commands
from planner.cli.examples import example_lines
from planner.cli.main import COMMANDS_BY_PERSON, cli


def page() -> str:
    """Return the page in the format of man."""
    lines = ['.TH PLANNER 1 "" planner', ".SH NAME", r"planner \- track the annual work plan of a government"]
    lines += [".SH SYNOPSIS", ".B planner", "[OPTIONS] [COMMAND] [ARGS]...", ".SH DESCRIPTION", *_help(cli)]
    lines += [".SH OPTIONS", *_options(cli)]
    for person, of_person in COMMANDS_BY_PERSON.items():
        lines.append(f'.SH "COMMANDS: {person.upper()}"')
        for name, (_, line) in of_person.items():
            lines += [".TP", f".B {_text(name)}", _text(line)]
    for name, command in commands():
        lines += [f'.SH "PLANNER {name.upper()}"', *_section(name, command)]
    return "\n".join(lines) + "\n"


def _section(name: str, command: click.Command) -> Iterator[str]:
    """Yield the usage, the help, the options and the example of a command."""
    yield f".B planner {_text(name)}"
    yield _text(" ".join(command.collect_usage_pieces(click.Context(command))))
    yield ".PP"
    yield from _help(command)
    yield from _options(command)
    if example := textwrap.dedent(example_lines(name)):
        yield from (".PP", "Example:", ".PP", ".nf", *map(_text, example.splitlines()), ".fi")


def _help(command: click.Command) -> Iterator[str]:
    paragraphs = inspect.cleandoc(command.help or "").split("\n\n")
    for number, paragraph in enumerate(paragraphs):
        if number:
            yield ".PP"
        yield _text(" ".join(paragraph.split()))


def _options(command: click.Command) -> Iterator[str]:
    context = click.Context(command)
    for parameter in command.params:
        record = parameter.get_help_record(context) if isinstance(parameter, click.Option) else None
        if record is not None:
            yield from (".TP", f".B {_text(record[0])}", _text(record[1]))


def _text(plain: str) -> str:
    r"""Return plain text as man reads it: `\` and `-` as they are, and no line that begins like a request of man."""
    escaped = plain.replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{escaped}" if escaped.startswith((".", "'")) else escaped

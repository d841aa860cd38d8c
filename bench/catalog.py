"""Write a file with all messages to be translated: `make catalog`.

python -m bench.catalog [FILE]
"""

import ast
import os
import sys
from collections.abc import Iterable, Iterator
from gettext import NullTranslations
from pathlib import Path
from unittest.mock import patch

import click
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from bench.docs.command_reference import commands
from planner import __version__
from planner.base import language
from planner.cli.main import cli
from planner.cli.translated_help import translated
from planner.queries.history.log_fields import plain_name
from planner.store.models import all_tables
from planner.weekly.contents import SECTIONS
from tui.keys.remapping import all_bindings

ROOT = Path(__file__).parent.parent
FILE = ROOT / "build" / "planner.pot"

# The functions that mark messages, and how many of their arguments are forms of the message.
FORMS = {"tr": 1, "tr_count": 2, "later": 1}


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Yield each module that may have messages to be translated, with its path."""
    for file in sorted(file for folder in ("planner", "tui") for file in (ROOT / folder).rglob("*.py")):
        code = file.read_text(encoding="utf-8")
        if "planner.base.language" in code:
            yield file.relative_to(ROOT).as_posix(), ast.parse(code)


def calls(module: ast.Module) -> Iterator[ast.Call]:
    """Yield the calls in a module that mark a text as a message to be translated."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FORMS:
            yield node


def forms(call: ast.Call) -> list[ast.expr]:
    """Return the arguments of a call that hold its message, or the message's singular and plural."""
    return call.args[: FORMS[call.func.id]] if isinstance(call.func, ast.Name) else []


def help_messages() -> Iterator[str]:
    """Yield the messages in the help pages of the commands."""
    for name, command in [("", cli), *commands()]:
        recorder = _Recorder()
        # The pages are made as for another language, so the messages are exactly those that are looked up there.
        with patch.object(language, "_catalogue", lambda *_, recorder=recorder: recorder):
            context = click.Context(command, info_name=name)
            translated(command, context).get_help(context)
        yield from recorder.messages


def section_messages() -> Iterator[str]:
    """Yield the titles in the weekly file that the app also shows. The file itself is in English."""
    for section in SECTIONS:
        yield from (section.title, section.answers, *(column.title for column in section.all_columns))


def key_messages() -> Iterator[str]:
    """Yield the labels and tooltips of the app's keys."""
    for binding in all_bindings().values():
        yield from (binding.description, binding.tooltip)


def column_messages() -> Iterator[str]:
    """Yield the names of columns whose changes appear in the log and in an item's history."""
    names = {column.name for table in all_tables().tables.values() for column in table.columns}
    yield from sorted(map(plain_name, names))


class _Recorder(NullTranslations):
    """Records the messages that are looked up, and returns them in English."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[str] = []

    def gettext(self, message: str) -> str:
        self.messages.append(message)
        return message


def catalog(code: Iterable[tuple[str, ast.Module]]) -> Catalog:
    """Return the messages of modules, help pages, the weekly file, keys and columns, with the files that hold them."""
    found = Catalog(project="planner", version=__version__, charset="utf-8")
    for file, module in code:
        for call in calls(module):
            texts = tuple(str(ast.literal_eval(form)) for form in forms(call))
            found.add(texts if len(texts) > 1 else texts[0], locations=[(file, call.lineno)])
    for message in filter(None, help_messages()):
        found.add(message, locations=[("docs/command-reference.md", 1)])
    for message in section_messages():
        found.add(message, locations=[("docs/weekly-file.md", 1)])
    for message in key_messages():
        found.add(message, locations=[("tui/keys/bindings.py", 1)])
    for message in column_messages():
        found.add(message, locations=[("planner/queries/history/log_fields.py", 1)])
    return found


def write(found: Catalog, file: Path) -> None:
    """Write the messages to a file, in alphabetical order."""
    file.parent.mkdir(exist_ok=True, parents=True)
    with file.open("wb") as stream:
        write_po(stream, found, sort_output=True, width=0, include_lineno=False)


def main(file: Path = FILE) -> None:
    """Write the file, and print the number of messages."""
    found = catalog(modules())
    write(found, file)
    print(f"{len(found)} messages in {os.path.relpath(file)}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))

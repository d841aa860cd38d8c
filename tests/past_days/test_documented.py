"""docs/past-days.md says of every command that reads whether a past day can be asked for, or why not."""

import re

import click

from planner.cli.main import COMMANDS, cli
from tests.conftest import REPOSITORY

ROW = re.compile(r"^\| `(?P<command>[a-z -]+)` \| (?P<as_of>yes|no) \| (?P<known_at>yes|no) \| (?P<why>.*?) ?\|$", re.M)

# What records something, is about this computer, or only makes a file or a key beside the register.
RECORDING = frozenset(
    {
        *(
            "init",
            "demo",
            "tui",
            "doctor",
            "completion",
            "keys",
            "update",
            "milestone",
            "observe",
            "undo",
            "confirm",
            "answer",
            "assess",
            "extension ask",
            "extension grant",
            "extension refuse",
        ),
        *("return", "due", "bulk", "import", "redact", "compact", "upgrade", "checkpoint", "findings accept"),
        *("findings reopen", "views delete", "drafts discard", "weekly issue", "sheets in", "links add"),
        *("links review", "sources attach", "sources cite", "clock accept", "clock correct"),
        *(f"item {act}" for act in ("add", "add-milestone", "remove-milestone", "edit", "move", "support")),
        *(f"item {act}" for act in ("split", "remove")),
        *("kind rename", "kind merge"),
        *(f"theme {act}" for act in ("add", "rename", "move", "merge", "remove")),
        *(f"{part} {act}" for part in ("indicator", "target") for act in ("add", "remove", "revise")),
        *(f"organisation {act}" for act in ("add", "rename", "edit", "merge", "dissolve")),
        *(f"mandate {act}" for act in ("add", "review", "row", "drop", "adopt")),
        *(f"plan {act}" for act in ("new", "carry-over", "remove", "use", "edit", "close", "reopen")),
        *(f"people {act}" for act in ("add", "edit", "change", "give-items", "leave", "come-back")),
    }
)


def options_of(name: str) -> set[str]:
    """The options of a command that ask for a past day."""
    command: click.Command | None = cli
    for part in name.split():
        assert isinstance(command, click.Group)
        command = command.get_command(click.Context(command), part)
    assert command is not None, name
    return {option for parameter in command.params for option in parameter.opts} & {"--as-of", "--known-at"}


def every_command() -> set[str]:
    """The name of every command that does something by itself."""
    names: set[str] = set()
    for name in COMMANDS:
        command = cli.get_command(click.Context(cli), name)
        parts = set(command.commands) if isinstance(command, click.Group) else set()
        runs_alone = not parts or (isinstance(command, click.Group) and not command.no_args_is_help)
        names |= {f"{name} {part}" for part in parts} | ({name} if runs_alone else set())
    return names


def test_every_command_that_reads_is_in_the_table_of_past_days() -> None:
    rows = {row["command"]: row for row in ROW.finditer((REPOSITORY / "docs/past-days.md").read_text("utf-8"))}
    lists = {name for name in every_command() if {f"{name} list", f"{name} show"} & set(rows)}
    assert every_command() - lists - RECORDING == set(rows)
    for name, row in rows.items():
        said = {option for option, field in (("--as-of", "as_of"), ("--known-at", "known_at")) if row[field] == "yes"}
        assert options_of(name) == said, name
        assert said or row["why"], name

"""The group of commands. Its help is made from the table below, so that no command is imported to show it."""

import importlib
import signal
import sys
from typing import Any, TextIO

import click

from planner import __version__
from planner.base.errors import FileTroubleError, PlannerError
from planner.base.signals import BASE, EndedBySignal
from planner.base.visible_text import one_line
from planner.cli.context import Context
from planner.cli.groups import Group, group
from planner.cli.streams import visible_streams

# Name, where it is defined (module:function), and the line `planner --help` shows, in the order it shows them.
# docs/decisions/0058: these lines are literals.
COMMANDS: dict[str, tuple[str, str]] = {
    "tui": ("planner.cli.setup.app:tui", "Open the app (the same as planner without a command)."),
    "init": ("planner.cli.setup.init:init", "Make the database and load the bundled plan."),
    "my-week": ("planner.cli.reports.my_week:my_week", "Show what you still owe this week; report on it item by item."),
    "items": ("planner.cli.items.items:items", "List items: filter, search, as of any date."),
    "views": ("planner.cli.items.views:views", "List, show and delete your saved views of the items."),
    "find": ("planner.cli.items.find:find", "Find items, clauses and organisations by words."),
    "show": ("planner.cli.items.show:show", "Show all about one item."),
    "update": ("planner.cli.reports.update:update", "Record a status report on an item."),
    "milestone": ("planner.cli.reports.milestone:milestone", "Record a milestone as met, or move its date."),
    "due": ("planner.cli.reports.due:due", "Move an item's due date."),
    "observe": ("planner.cli.reports.observe:observe", "Record a value of an indicator."),
    "bulk": ("planner.cli.reports.bulk:bulk", "Set a phase, a rating or a note on several items at once."),
    "undo": ("planner.cli.reports.undo:undo", "Take back your last write."),
    "confirm": ("planner.cli.reports.answers:confirm", "Confirm that an item is completed, cancelled or merged."),
    "return": ("planner.cli.reports.answers:return_", "Return a report to who made it, with the reason."),
    "drafts": ("planner.cli.reports.drafts:drafts", "List, show and discard what you typed and did not save."),
    "overview": ("planner.cli.items.overview:overview", "Show where the plan stands this week, and what needs a look."),
    "timeline": ("planner.cli.items.timeline:timeline", "Show what falls due when, baseline against current."),
    "outlook": (
        "planner.cli.items.outlook:outlook",
        "Estimate when themes and items will be done, from the pace so far.",
    ),
    "weekly": ("planner.cli.weekly.weekly:weekly", "Write the weekly progress file."),
    "chase": (
        "planner.cli.weekly.chase:chase",
        "Make a message per organisation about what it still owes; sends nothing.",
    ),
    "calendar": ("planner.cli.weekly.calendar:calendar", "Write due dates and milestones as a calendar (.ics)."),
    "trace": ("planner.cli.mandates.trace:trace", "Trace an item to its mandate, or a clause to its items."),
    "clauses": ("planner.cli.mandates.clauses:clauses", "List the clauses of the mandates and what stands on them."),
    "matrix": ("planner.cli.mandates.matrix:matrix", "Show themes × clauses: how many items, how far, and the gaps."),
    "links": ("planner.cli.links.links:links", "List and review the links from measures to clauses."),
    "findings": ("planner.cli.findings.findings:findings", "List what an auditor should see."),
    "log": ("planner.cli.history.log:log", "Show the audit log: who changed what, when."),
    "verify": ("planner.cli.history.verify:verify", "Check that nobody altered the history around the program."),
    "checkpoint": ("planner.cli.history.checkpoint:checkpoint", "Sign how the audit log stands, to be kept elsewhere."),
    "evidence": ("planner.cli.history.evidence:evidence", "Pack the evidence on an item, with proofs and a verifier."),
    "export": ("planner.cli.mandates.export:export", "Write crosswalk, links and citations for other programs."),
    "sources": ("planner.cli.mandates.sources:sources", "List, attach and verify the official documents."),
    "mandate": (
        "planner.cli.mandates.mandate:mandate",
        "Draft a new mandate version from a text, review and adopt it.",
    ),
    "people": ("planner.cli.setup.people:people", "List, add and change the people of the register."),
    "clock": (
        "planner.cli.history.clock:clock",
        "Compare the clock with the log; correct what a wrong clock recorded.",
    ),
    "redact": ("planner.cli.history.redact:redact", "Remove text from the history that should never have been typed."),
    "compact": ("planner.cli.history.redact:compact", "Rebuild a SQLite file without text that was redacted."),
    "whoami": ("planner.cli.setup.people:whoami", "Show who you are here, and what you may do."),
    "keys": ("planner.cli.setup.keys:keys", "List the keys of the app, check your settings file."),
    "demo": ("planner.cli.setup.demo:demo", "Make a simulated database and open the app on it."),
    "upgrade": ("planner.cli.setup.upgrade:upgrade", "Bring an older database to this program's revision."),
}


class _ReaderGoneError(Exception):
    """Whoever reads our output closed it. Click would end the program with 1 for a BrokenPipeError."""


class LazyGroup(Group):
    """A group whose commands are imported when they are run; its own help needs none of them."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command and bring its output out, so that a closed pipe is met here and not when Python ends."""
        try:
            code = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError as error:
            raise _ReaderGoneError from error
        return code

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the one command asked for."""
        if cmd_name not in COMMANDS:
            return None
        module, _, function = COMMANDS[cmd_name][0].partition(":")
        # docs/decisions/0052: only the command that runs is imported.
        command: click.Command = getattr(importlib.import_module(module), function)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table's lines."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@group(LazyGroup, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="planner", message="%(prog)s %(version)s")
@click.option(
    "--db",
    "database",
    metavar="URL",
    help="The database: a file path, sqlite:///FILE or postgresql://HOST/NAME. Else PLANNER_DB, else a file of yours.",
)
@click.option("--as", "acting_as", metavar="LOGIN", help="In a demonstration: as one of its people, by login or role.")
@click.pass_context
def cli(ctx: click.Context, database: str | None, acting_as: str | None) -> None:
    """Track a government's annual work plan. Without a command, open the app."""
    ctx.obj = Context(database, acting_as)
    if ctx.invoked_subcommand is None:
        from planner.cli.setup.app import open_app

        open_app(ctx.obj)


def run(arguments: list[str] | None = None) -> int:
    """Run the command line and give back its exit code. What a person can meet is one message on standard error."""
    with visible_streams():
        return _run(arguments)


def _run(arguments: list[str] | None) -> int:
    try:
        code: Any = cli.main(args=arguments, prog_name="planner", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except PlannerError as error:
        return _told(error.message, error.exit_code)
    except click.exceptions.Abort:
        return _told("Interrupted; nothing more was done.", 130)
    except EndedBySignal as ended:
        return _told(ended.message, ended.exit_code)
    except click.ClickException as error:
        return _misused(error)
    except _ReaderGoneError:
        _let_go_of_output()
        return 0
    except OSError as error:
        return _system_refused(error)


def _misused(error: click.ClickException) -> int:
    """Say what click refused; its message repeats what was typed."""
    message = one_line(error.format_message())
    shown = (
        click.UsageError(message, error.ctx) if isinstance(error, click.UsageError) else click.ClickException(message)
    )
    shown.show()
    return error.exit_code


def _told(message: str, exit_code: int) -> int:
    try:
        click.echo(f"planner: {message}", err=True)
    except OSError:
        # The terminal is gone: nobody can read the message, but the exit code is still true.
        _let_go_of_output(sys.stdout, sys.stderr)
    return exit_code


def _let_go_of_output(*streams: TextIO) -> None:
    """Whoever read our output has enough (`planner items | head`), or it takes no more: keep Python quiet about it."""
    import os

    for stream in streams or (sys.stdout,):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _terminal_is_gone(error: OSError) -> bool:
    """Whether reading or writing failed because the terminal was closed."""
    import errno
    import os
    import stat

    return error.errno == errno.EIO and error.filename is None and stat.S_ISCHR(os.fstat(sys.stdin.fileno()).st_mode)


def _system_refused(error: OSError) -> int:
    """What the operating system refused outside a command's own care: most often, output to a disk that is full."""
    if _terminal_is_gone(error):
        _let_go_of_output(sys.stdout, sys.stderr)
        return BASE + signal.SIGHUP
    trouble = FileTroubleError(
        (error.strerror or str(error)).lower(), where=str(error.filename or "standard output"), do="Try again elsewhere"
    )
    if error.filename is None:
        _let_go_of_output()
    return _told(trouble.message, trouble.exit_code)

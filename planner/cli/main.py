"""The main command and the table of its subcommands. Help is shown without importing any subcommand."""

import importlib
import signal
import sys
from typing import Any, TextIO

import click

from planner import __version__
from planner.base.classes_on_use import make_on_use
from planner.base.errors import FileTroubleError, PlannerError
from planner.base.language import later, tr, tr_later
from planner.base.lazy_modules import load_on_first_use
from planner.base.signals import BASE, EndedBySignal
from planner.base.visible_text import one_line
from planner.cli.context import Context
from planner.cli.groups import Group, debug_option, group, plain_option
from planner.cli.plain import usual_form
from planner.cli.streams import visible_streams
from planner.domain.plain_words import choose_plain

# The commands in the order of `planner --help`, by the people whose work they are. For each: where it is defined in
# planner.cli (module:function), and its line.
# docs/decisions/0058: the lines are literals, and they are translated when the help is shown.
COMMANDS_BY_PERSON: dict[str, dict[str, tuple[str, str]]] = {
    later("Begin with these"): {
        "demo": ("setup.demo:demo", "Create a simulated register and open the app on it."),
        "init": ("setup.init:init", "Create the register and load the bundled plan."),
        "my-week": ("reports.my_week:my_week", "Report on the items that you must report on now."),
        "overview": ("items.overview:overview", "Show the state of the plan this week, and what needs attention."),
        "findings": ("findings.findings:findings", "List the findings that an auditor should see."),
    },
    later("Everybody"): {
        "tui": ("setup.tui:tui", "Open the app (the same as planner without a command)."),
        "items": ("items.items:items", "List items, filtered and searched, as of any date."),
        "show": ("items.show:show", "Show everything about one item."),
        "find": ("items.find:find", "Find items, clauses and organisations by words."),
        "timeline": ("items.timeline:timeline", "Show due dates and milestones over time, current against baseline."),
        "outlook": ("items.outlook:outlook", "Estimate when themes and items will be done, from the pace so far."),
        "views": ("items.views:views", "List, show and delete your saved views of the items."),
        "plans": ("plans.plans:plans", "List the plans of the register with the state of their items."),
        "whoami": ("setup.people:whoami", "Show who you are in this register, and what you may do."),
        "doctor": ("setup.doctor:doctor", "Check terminal, database and optional parts, and say how to mend them."),
        "completion": (
            "setup.completion:completion",
            "Complete commands, codes and weeks in your shell with the TAB key.",
        ),
        "keys": ("setup.keys:keys", "List the keys of the app, and check your settings file."),
    },
    later("Program officers"): {
        "update": ("reports.update:update", "Record a status report on an item."),
        "milestone": ("reports.milestone:milestone", "Record that a milestone was met, or move its date."),
        "observe": ("reports.observe:observe", "Record a value of an indicator."),
        "drafts": ("reports.drafts:drafts", "List, show and discard your unsaved reports."),
        "undo": ("reports.undo:undo", "Undo your last write."),
    },
    later("Managers"): {
        "weekly": ("weekly.weekly:weekly", "Write the weekly progress file."),
        "brief": ("weekly.brief:brief", "Write the week on one page: what got worse, what to decide, who is silent."),
        "chase": ("weekly.chase:chase", "Write a reminder to each organisation with overdue work; sends nothing."),
        "sheets": ("sheets.sheets:sheets", "Exchange status sheets with organisations that report in a spreadsheet."),
        "calendar": ("weekly.calendar:calendar", "Write due dates and milestones as a calendar (.ics)."),
        "confirm": ("reports.answers:confirm", "Confirm that an item is completed, cancelled or merged."),
        "return": ("reports.answers:return_", "Return a report to its author, with a reason."),
        "requests": ("reports.requests:requests", "List what officers ask for: open requests, and the last answers."),
        "answer": ("reports.answers:answer", "Answer a request for help."),
        "extension": ("reports.extension:extension", "Ask for a later date, and grant or refuse one."),
        "due": ("reports.due:due", "Move the due date of an item."),
        "bulk": ("reports.bulk:bulk", "Set a phase, a rating or a note on several items at once."),
        "item": ("changes.item:item", "Add, edit, move and split items during the year."),
        "theme": ("changes.theme:theme", "List, add, rename, move and remove the themes of the plan."),
        "kind": ("changes.kind:kind", "List and rename the kinds of items of the plan."),
        "indicator": ("changes.parts:indicator", "Add an indicator to an item."),
        "target": ("changes.target:target", "Add a target to an indicator, or revise one."),
        "organisation": ("changes.organisation:organisation", "List, add, rename, merge and dissolve organisations."),
    },
    later("Auditors"): {
        "opinions": (
            "items.opinions:opinions",
            "List where the officer's rating, the schedule and an assessment differ.",
        ),
        "assess": ("reports.assess:assess", "Rate an item beside its officer, with a reason."),
        "trace": ("mandates.trace:trace", "Trace an item to its mandate, or a clause to its items."),
        "clauses": ("mandates.clauses:clauses", "List the clauses of the mandates and the items linked to them."),
        "matrix": ("mandates.matrix:matrix", "Show themes × clauses: number of items, progress, and gaps."),
        "links": ("links.links:links", "List, add and review the links from measures to clauses."),
        "log": ("history.log:log", "Show the audit log: who changed what, and when."),
        "verify": ("history.verify:verify", "Check that nobody changed the history outside the program."),
        "evidence": ("history.evidence:evidence", "Write an evidence pack on an item, with proofs and a verifier."),
        "checkpoint": ("history.checkpoint:checkpoint", "Sign the current state of the audit log, to keep elsewhere."),
        "export": ("mandates.export:export", "Write the register, or the crosswalk, links and citations."),
        "sources": ("mandates.sources:sources", "List, attach and verify the official documents."),
        "mandate": ("mandates.mandate:mandate", "Propose a new mandate version from a text, review it and adopt it."),
    },
    later("Administrators"): {
        "plan": ("plans.plan:plan", "Make a plan, choose the one to work with, change, close or reopen one."),
        "import": ("imports.import_:import_register", "Import your office's own register from files, after a preview."),
        "people": ("setup.people:people", "List, add and change the people of the register."),
        "clock": (
            "history.clock:clock",
            "Check this computer's clock, or correct times that a wrong clock gave to records.",
        ),
        "redact": ("history.redact:redact", "Remove text from the history that should never have been typed."),
        "compact": ("history.redact:compact", "Rebuild a SQLite file without redacted text."),
        "upgrade": ("setup.upgrade:upgrade", "Bring an older register to the revision of this program."),
    },
}

COMMANDS: dict[str, tuple[str, str]] = {
    name: entry for commands in COMMANDS_BY_PERSON.values() for name, entry in commands.items()
}


_HELP = frozenset(("--help", "-h"))

# The exit code of a program that was ended by SIGINT.
INTERRUPTED = BASE + signal.SIGINT


class _ReaderGoneError(Exception):
    """Raised if the program that reads the output has stopped. click would turn a BrokenPipeError into exit code 1."""


class LazyGroup(Group):
    """A group whose commands are imported only when they are run."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command and flush its output, so that a closed pipe raises here and not when Python exits."""
        try:
            code = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError as error:
            raise _ReaderGoneError from error
        return code

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, in the order in which the help lists them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command and return it, or return None if no command has this name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, function = COMMANDS[cmd_name][0].partition(":")
        # docs/decisions/0052: only the command that runs is imported.
        load_on_first_use()
        make_on_use()
        command: click.Command = getattr(importlib.import_module(f"planner.cli.{module}"), function)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands, each with its description, by the people whose work they are."""
        widest = max(map(len, COMMANDS))
        for person, commands in COMMANDS_BY_PERSON.items():
            with formatter.section(person):
                formatter.write_dl([(name.ljust(widest), tr_later(line)) for name, (_, line) in commands.items()])


@group(
    LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="These options can also follow the command. 'planner COMMAND --help' explains a command and ends with an "
    "example.",
)
@click.version_option(__version__, prog_name="planner", message="%(prog)s %(version)s")
@click.option(
    "--db",
    "database",
    metavar="URL",
    help="The database: a file path, sqlite:///FILE or postgresql://HOST/NAME. Defaults to $PLANNER_DB, then to "
    "planner.sqlite in your data folder.",
)
@click.option(
    "--as", "acting_as", metavar="LOGIN", help="In a demonstration, act as one of its people: a login or a role."
)
@click.option(
    "--plan",
    metavar="KEY",
    help="The plan to work with, if the register holds several. Defaults to $PLANNER_PLAN, then to the plan chosen "
    "with 'planner plan use'.",
)
@click.pass_context
def cli(ctx: click.Context, database: str | None, acting_as: str | None, plan: str | None) -> None:
    """Track the annual work plan of a government. Without a command, planner opens the app."""
    ctx.obj = Context(database, acting_as, plan)
    if ctx.invoked_subcommand is None:
        from planner.cli.setup.tui import open_or_begin

        open_or_begin(ctx.obj)


cli.params += [plain_option(), debug_option()]


def run(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code. An error is printed as one message on standard error."""
    with visible_streams(), usual_form():
        return _run(arguments)


def _run(arguments: list[str] | None) -> int:
    words = sys.argv[1:] if arguments is None else arguments
    # click prints the help before it reads an option that follows --help.
    if "--plain" in words and not _HELP.isdisjoint(words):
        choose_plain()
    try:
        code: Any = cli.main(args=arguments, prog_name="planner", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except (Exception, EndedBySignal) as error:
        return exit_code(error)


def exit_code(error: BaseException) -> int:
    """Print what ended the command and return its exit code. Call this while the error is handled.

    Raises the error again if it is a fault of the program.
    """
    match error:
        case PlannerError() | EndedBySignal():
            return _print_error(error.message, error.exit_code)
        case click.exceptions.Abort() | KeyboardInterrupt():
            return _print_error(tr("The command was interrupted and did nothing more."), INTERRUPTED)
        case click.ClickException():
            return _print_usage_error(error)
        case _ReaderGoneError():
            _discard_output()
            return 0
        case OSError():
            return _print_system_error(error)
        case _:
            raise error


def _print_usage_error(error: click.ClickException) -> int:
    from planner.cli.translated_help import show_usage_error, usage_message

    # The message repeats what the person typed, which may be any text.
    show_usage_error(error, one_line(usage_message(error)))
    return error.exit_code


def _print_error(message: str, exit_code: int) -> int:
    from planner.base.debug_log import write_error

    if (error := sys.exc_info()[1]) is not None:
        write_error(error)
    try:
        click.echo(f"planner: {message}", err=True)
    except OSError:
        # The terminal is gone: nobody can read the message, but the exit code is still true.
        _discard_output(sys.stdout, sys.stderr)
    return exit_code


def _discard_output(*streams: TextIO) -> None:
    """Discard further output, so that Python prints no error about a closed or full stream when it exits."""
    import os

    for stream in streams or (sys.stdout,):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _terminal_is_gone(error: OSError) -> bool:
    """Return whether reading or writing failed because the terminal was closed."""
    import errno
    import os
    import stat

    return error.errno == errno.EIO and error.filename is None and stat.S_ISCHR(os.fstat(sys.stdin.fileno()).st_mode)


def _print_system_error(error: OSError) -> int:
    """Print an error of the operating system that no command handled, usually that the disk is full."""
    if _terminal_is_gone(error):
        _discard_output(sys.stdout, sys.stderr)
        return BASE + signal.SIGHUP
    trouble = FileTroubleError(
        (error.strerror or str(error)).lower(),
        where=str(error.filename or tr("standard output")),
        do=tr("Try another file or disk"),
    )
    if error.filename is None:
        _discard_output()
    return _print_error(trouble.message, trouble.exit_code)

"""planner plan new: make a plan, by answering questions or by options, without items or with those of files."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.base.errors import NoDatabaseError
from planner.base.language import tr
from planner.cli.context import Context
from planner.cli.imports.options import file_options
from planner.cli.output import as_json, format_option, print_line
from planner.cli.plans.asking import PlanAnswers
from planner.cli.plans.done import PlanActDone
from planner.cli.values import Word
from planner.domain.vocabulary import Cadence

if TYPE_CHECKING:
    from planner.writes.plans.new_plan import NamesInUse, NewPlan


@click.command()
@click.option("--title", metavar="TEXT", help="The title of the plan.")
@click.option("--key", metavar="KEY", help="Its short name in commands. Default: made from the title.")
@click.option("--starts", metavar="DATE", help="Its first day. Default: the first day of the year in the title.")
@click.option("--ends", metavar="DATE", help="Its last day. Default: the last day of that year.")
@click.option("--time-zone", metavar="ZONE", help="The time zone of its days, such as Asia/Seoul. Default: UTC.")
@click.option("--cadence", type=Word(Cadence), help="How often officers report. Default: weekly.")
@click.option("--language", metavar="LANG", help="The language of its titles, such as ko. Default: none.")
@click.option("--organisation", metavar="NAME", help="The organisation that runs it. A new name adds it.")
@click.option(
    "--from",
    "files",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A file with its items, taken in after a preview as 'planner import' does. Repeatable.",
)
@click.option("--preview", "only_preview", is_flag=True, help="Only show what --from would take in. Nothing is made.")
@click.option("--yes", is_flag=True, help="Make the plan with the items of --from without asking for confirmation.")
@file_options
@click.option("--as-of", "act_day", metavar="DATE", help="The day of the reports in the files. Default: today.")
@click.option("--reason", metavar="TEXT", help="The reason of the import, for the history.")
@format_option("text", "json")
@click.pass_obj
def new(
    context: Context,
    /,
    files: tuple[Path, ...],
    only_preview: bool,
    yes: bool,
    reason: str | None,
    output: str,
    **given: Any,
) -> None:
    """Make a plan. It needs no mandate and no data files.

    With --from, it gets the items of your own files in the same write, after a preview. If you say no, or a file has
    errors, nothing is made. Without --from, the plan has no items, and 'planner import' fills it.

    In a terminal, you are asked for what the options do not give. If there is no register yet, one is created, and you
    become its first administrator. The new plan becomes the one that you work with.
    """
    _require_files(files, only_preview=only_preview, yes=yes, given=given)
    in_use = _names_in_use(context)
    if not files:
        answers = PlanAnswers(context, in_use)
        _make(context, answers, _answered(answers, given, ask=output == "text"), output)
        return
    _make_from_files(context, files, in_use, given, only_preview=only_preview, yes=yes, reason=reason, output=output)


def make_by_questions(context: Context) -> None:
    """Ask for everything about a new plan, and make it. It becomes the plan that the person works with."""
    answers = PlanAnswers(context, _names_in_use(context))
    _make(context, answers, answers.ask(), "text")


def _require_files(files: tuple[Path, ...], *, only_preview: bool, yes: bool, given: dict[str, Any]) -> None:
    if only_preview and yes:
        raise click.UsageError(tr("Give --preview or --yes, not both."))
    about_files = ("mapping", "answers", "sheets", "encoding", "delimiter", "act_day", "write_answers", "list_all")
    if not files and (only_preview or any(given[name] for name in about_files)):
        raise click.UsageError(tr("This option is about the files of --from. Give --from FILE too."))


def _answered(answers: PlanAnswers, given: dict[str, Any], *, ask: bool = True) -> "NewPlan":
    """Return the plan that the options and, in a terminal, the answers describe."""
    answers.take(given)
    return answers.ask() if ask and sys.stdin.isatty() else answers.complete()


def _names_in_use(context: Context) -> "NamesInUse":
    """Return the plans and organisations of the register. There are none if there is no register yet.

    Raises NotAllowedError if the person may not make a plan, before anything is asked.
    """
    from planner.cli.setup.creating import require_may_begin
    from planner.domain.rules.permissions import Permission
    from planner.register.acting import open_as
    from planner.writes.plans.new_plan import NamesInUse, read_names_in_use

    try:
        database, _ = open_as(context.url, context.actor.name)
    except NoDatabaseError:
        return NamesInUse()
    try:
        with database.reading() as session:
            require_may_begin(session, context.actor, Permission.KEEP_PLANS)
            return read_names_in_use(session)
    finally:
        database.close()


def _make(context: Context, answers: PlanAnswers, plan: "NewPlan", output: str) -> None:
    from planner.cli.setup.creating import begun, opened_or_new
    from planner.domain.rules.permissions import Permission
    from planner.register.plans import read_plan
    from planner.store.journal import writing
    from planner.writes.plans.new_plan import add_plan

    with (
        opened_or_new(context) as database,
        database.writing() as session,
        writing(session, context.actor, context.now()) as journal,
    ):
        begun(journal, Permission.KEEP_PLANS)
        add_plan(journal, plan)
        session.flush()
        made = read_plan(session, plan.key)
    if output == "json":
        _choose(context, plan)
        as_json("plan-act", PlanActDone("made", plan.key, plan.title, None), made)
        return
    _made(context, answers, plan)
    print_line(tr("Fill it from your own files with 'planner import FILE', or with 'planner item add'."))


def _choose(context: Context, plan: "NewPlan") -> None:
    from planner.personal.chosen_plans import choose_plan
    from planner.store.location import shown

    choose_plan(shown(context.url), plan.key)


def _made(context: Context, answers: PlanAnswers, plan: "NewPlan") -> None:
    """Work with the new plan from now on, and say so."""
    from planner.store.location import shown

    _choose(context, plan)
    print_line(
        tr(
            "Made the plan {key}: {title} ({starts} to {ends})",
            key=plan.key,
            title=plan.title,
            starts=plan.starts,
            ends=plan.ends,
        )
    )
    answers.said_added(plan)
    print_line(tr("It is in {register}, and is now the plan that you work with.", register=shown(context.url)))


def _make_from_files(
    context: Context,
    files: tuple[Path, ...],
    in_use: "NamesInUse",
    given: dict[str, Any],
    *,
    only_preview: bool,
    yes: bool,
    reason: str | None,
    output: str,
) -> None:
    from planner.cli.imports.options import read_import
    from planner.cli.imports.run import ImportRun
    from planner.cli.plans.from_files import PlanFromFiles, say_command, say_hints
    from planner.domain.rules.weeks import local_day
    from planner.intake.plan_hints import read_hints
    from planner.store.location import shown

    to_import = read_import(files, given)
    hints = read_hints(to_import.read.sheets, local_day(context.now(), "UTC"))
    say_hints(hints, title_given=given["title"] is not None)
    answers = PlanAnswers(context, in_use, hints.title, hints.years)
    plan = _answered(answers, given, ask=not yes and output == "text")
    wishes = to_import.wishes(_report_day(context, plan, given["act_day"]))
    target = PlanFromFiles(context, plan, to_import, reason)
    made = False
    try:
        run = ImportRun(target, to_import, output, shown(context.url))
        made = run.run(wishes, only_preview=only_preview, yes=yes)
    finally:
        if not made and output == "text" and sys.stdin.isatty():
            say_command(plan, files)
    if made:
        if output == "text":
            _made(context, answers, plan)
        else:
            _choose(context, plan)


def _report_day(context: Context, plan: "NewPlan", typed: str | None) -> Any:
    """Return the day of the reports in the files, or None for today."""
    from planner.cli.typed_dates import TypedDates
    from planner.dates.span import Span
    from planner.domain.rules.weeks import local_day
    from planner.writes.items import checked_day

    if typed is None:
        return None
    today = local_day(context.now(), plan.time_zone)
    return checked_day(
        plan, TypedDates(today, plan.time_zone, Span(plan.starts, plan.ends)).day(typed, "--as-of"), today, "as of"
    )

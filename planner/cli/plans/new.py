"""planner plan new: make a plan without items, by answering questions or by options."""

import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from planner.base.errors import BadValueError, PlannerError
from planner.base.language import tr
from planner.cli.context import Context
from planner.cli.output import print_line
from planner.cli.questions import prompt
from planner.cli.values import Word
from planner.domain.vocabulary import Cadence

if TYPE_CHECKING:
    from planner.cli.typed_dates import TypedDates
    from planner.writes.plans.new_plan import NewPlan

# The time zone of a plan for which none is given.
_TIME_ZONE = "UTC"


@click.command()
@click.option("--title", metavar="TEXT", help="The title of the plan.")
@click.option("--key", metavar="KEY", help="Its short name in commands. Default: made from the title.")
@click.option("--starts", metavar="DATE", help="Its first day. Default: the first day of the year in the title.")
@click.option("--ends", metavar="DATE", help="Its last day. Default: the last day of that year.")
@click.option("--time-zone", metavar="ZONE", help="The time zone of its days, such as Asia/Seoul. Default: UTC.")
@click.option("--cadence", type=Word(Cadence), help="How often officers report. Default: weekly.")
@click.option("--language", metavar="LANG", help="The language of its titles, such as ko. Default: none.")
@click.option("--organisation", metavar="NAME", help="The organisation that runs it. A new name adds it.")
@click.pass_obj
def new(context: Context, /, **given: str | None) -> None:
    """Make a plan without items. It needs no mandate and no data files; 'planner import' fills it.

    In a terminal, you are asked for what the options do not give. If there is no register yet, one is created, and you
    become its first administrator. The new plan becomes the one that you work with.
    """
    from planner.cli.setup.creating import begun, opened_or_new
    from planner.domain.rules.permissions import Permission
    from planner.personal.chosen_plans import choose_plan
    from planner.store.journal import writing
    from planner.store.location import shown
    from planner.writes.plans.new_plan import add_plan

    plan = _asked(context, given) if sys.stdin.isatty() else _from_options(context, given)
    actor = context.actor
    with (
        opened_or_new(context) as database,
        database.writing() as session,
        writing(session, actor, context.now()) as journal,
    ):
        begun(journal, Permission.KEEP_PLANS)
        add_plan(journal, plan)
    choose_plan(shown(context.url), plan.key)
    print_line(tr("Made the plan {key}: {title}", key=plan.key, title=plan.title))
    print_line(tr("It is in {register}, and is now the plan that you work with.", register=shown(context.url)))
    print_line(tr("Fill it from your own files with 'planner import FILE'."))


def _from_options(context: Context, given: dict[str, str | None]) -> "NewPlan":
    """Return the plan that the options describe."""
    for name in ("title", "organisation"):
        if not (given[name] or "").strip():
            raise BadValueError(tr("a new plan needs this"), where=name, do=tr("Give the option, or use a terminal"))
    answers = {name: value for name, value in given.items() if value is not None}
    return _plan(context, _defaults(context, answers) | answers)


def _asked(context: Context, given: dict[str, str | None]) -> "NewPlan":
    """Return the plan that the options and answers describe. An impossible answer is asked again."""
    answers: dict[str, str] = {name: value for name, value in given.items() if value is not None}
    for name, read in (("starts", _starts), ("ends", _ends)):
        if name in answers:
            answers[name] = str(read(context, answers, answers[name]))
    _ask(answers, "title", tr("Title of the plan"), "", _checked_text)
    usual = _defaults(context, answers)
    _ask(answers, "key", tr("Short name in commands"), usual["key"], _checks()["key"])
    _ask(answers, "starts", tr("First day"), usual["starts"], partial(_starts, context, answers))
    _ask(answers, "ends", tr("Last day"), usual["ends"], partial(_checked_ends, context, answers))
    _ask(answers, "time_zone", tr("Time zone"), usual["time_zone"], _checks()["time_zone"])
    cadences = ", ".join(Cadence)
    _ask(answers, "cadence", tr("How often officers report ({words})", words=cadences), usual["cadence"], _cadence)
    _ask(answers, "language", tr("Language of the titles, such as ko, or nothing"), "", lambda answer: answer)
    _ask(answers, "organisation", tr("Organisation that runs the plan"), "", _checked_text)
    return _plan(context, answers)


def _ask(answers: dict[str, str], name: str, question: str, usual: str, check: Callable[[str], object]) -> None:
    """Ask for a value that no option gives, until `check` accepts it. What `check` returns is the answer."""
    while name not in answers:
        answer = prompt(f"{question} [{usual}]" if usual else question, usual)
        try:
            answers[name] = str(check(answer))
        except PlannerError as error:
            print_line(error.note, err=True)


def _checks() -> dict[str, Callable[[str], object]]:
    from planner.writes.plans.new_plan import checked_key, checked_time_zone

    return {"key": checked_key, "time_zone": checked_time_zone}


def _checked_text(answer: str) -> str:
    from planner.base.texts import required

    return required(answer, tr("this answer"))


def _cadence(answer: str) -> Cadence:
    try:
        return Cadence(answer.strip().lower())
    except ValueError as error:
        words = ", ".join(Cadence)
        raise BadValueError(tr("'{answer}' is none of {words}", answer=answer, words=words), where="cadence") from error


def _checked_ends(context: Context, answers: dict[str, str], answer: str) -> date:
    from planner.writes.plans.new_plan import require_order

    ends = _ends(context, answers, answer)
    require_order(date.fromisoformat(answers["starts"]), ends)
    return ends


def _starts(context: Context, answers: dict[str, str], answer: str) -> date:
    return _typed(context, answers).day(answer, "--starts")


def _ends(context: Context, answers: dict[str, str], answer: str) -> date:
    return _typed(context, answers).deadline(answer, "--ends")


def _typed(context: Context, answers: dict[str, str]) -> "TypedDates":
    """Return the reader of typed dates, in the time zone of the new plan as far as it is known."""
    from planner.cli.typed_dates import TypedDates
    from planner.domain.rules.weeks import local_day
    from planner.writes.plans.new_plan import checked_time_zone

    time_zone = checked_time_zone(answers.get("time_zone", _TIME_ZONE))
    return TypedDates(local_day(context.now(), time_zone), time_zone)


def _defaults(context: Context, answers: dict[str, str]) -> dict[str, str]:
    """Return the usual values of a plan with this title."""
    from planner.domain.title_keys import key_of_title
    from planner.writes.plans.new_plan import usual_dates

    starts, ends = usual_dates(answers["title"], _typed(context, answers).today)
    return {
        "key": key_of_title(answers["title"]),
        "starts": str(starts),
        "ends": str(ends),
        "time_zone": _TIME_ZONE,
        "cadence": Cadence.WEEKLY.value,
    }


def _plan(context: Context, answers: dict[str, Any]) -> "NewPlan":
    from planner.writes.plans.new_plan import NewPlan

    return NewPlan(
        **answers
        | {
            "starts": _starts(context, answers, answers["starts"]),
            "ends": _ends(context, answers, answers["ends"]),
            "cadence": _cadence(answers["cadence"]),
        }
    )

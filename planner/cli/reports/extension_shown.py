"""Showing the request for a later date before it is granted or refused, so that nobody answers another one."""

import sys
from typing import TYPE_CHECKING

from planner.base.errors import NotAllowedError
from planner.base.language import tr
from planner.cli.context import Context
from planner.cli.output import print_line
from planner.cli.questions import confirm
from planner.domain.symbols import asked_words, date_words

if TYPE_CHECKING:
    from planner.queries.history.extensions import Extension


def request_shown(
    context: Context,
    code: str,
    milestone: int | None,
    to: str | None,
    *,
    as_of: str | None,
    yes: bool,
    question: str,
) -> int | None:
    """Return the id of the request that a person answers, or None if the person does not confirm.

    `to` is the date that the person names. Without it the request is printed and the `question` is asked, unless `yes`
    is true. Raises NotAllowedError if no request is open, if it asks for another date than `to`, or if the person
    neither names the date nor can be asked.
    """
    from planner.writes.reports.extensions import read_open_request

    with context.writing() as writing:
        if as_of is not None:
            # A day that cannot be read is told before anything is asked.
            context.day(writing, as_of)
        named = context.typed(writing.plan).deadline(to, "--to") if to is not None else None
        asked = read_open_request(writing, code, milestone)
    if named is not None and named != asked.new:
        raise NotAllowedError(
            tr("{new} is asked for, not {date}", new=asked.new, date=named),
            where="--to",
            do=tr("See the open requests with 'planner requests'"),
        )
    if named is not None or yes:
        return asked.id
    told = tr(
        "{code}, {date}: {new} instead of {old}", code=code, date=date_words(milestone), new=asked.new, old=asked.old
    )
    if not sys.stdin.isatty():
        raise NotAllowedError(
            told, do=tr("Name the date that you have seen with --to {new}, or give --yes", new=asked.new)
        )
    _show(told, asked)
    if confirm(question, default=False, err=True):
        return asked.id
    print_line(tr("Nothing was recorded."), err=True)
    return None


def _show(told: str, asked: "Extension") -> None:
    who = tr("asked by {person} on {day}", person=asked.actor, day=asked.since)
    for line in (told, f"  {asked.words}", f"  {who}; {asked_words(asked.asked)}"):
        print_line(line, err=True)

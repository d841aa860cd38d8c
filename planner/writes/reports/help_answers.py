"""Answering the help that the last report on an item asks for."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from planner.base.errors import NotAllowedError
from planner.base.language import tr
from planner.base.texts import required
from planner.base.views import value_class
from planner.domain.rules.permissions import Permission
from planner.register.writing import Writing
from planner.store.journal import Journal
from planner.store.models import HelpAnswer, Item, StatusUpdate
from planner.writes.newest import newest
from planner.writes.reports.conflicts import require_unchanged
from planner.writes.reports.item_write import as_of_day, writing_on_item
from planner.writes.reports.other_requests import open_requests_of

if TYPE_CHECKING:
    from planner.queries.history.expected_state import ExpectedReport


@value_class
class HelpAnswered:
    """A recorded answer: to which request, who made it as of which day, and the answer."""

    code: str
    help_needed: str
    asked_by: str
    reported_as_of: date
    answer: str
    as_of: date
    actor: str
    recorded_at: datetime


def answer_help(
    writing: Writing,
    code: str,
    answer: str,
    *,
    expected: "ExpectedReport | None" = None,
    as_of: date | None = None,
) -> HelpAnswered:
    """Answer the help that the last report on an item asks for. A later answer replaces an earlier one.

    The as-of date is today unless `as_of` is given. `expected` is the report that the user was shown. Raises
    ConflictError if a different report is current now. Raises NotAllowedError if the last report asks for no help.
    """
    text = required(answer, "answer")
    day = as_of_day(writing, as_of)
    with writing_on_item(writing, code, Permission.ANSWER, day) as (journal, item):
        if expected is not None:
            require_unchanged(writing, item, expected)
        report = newest(writing.session, StatusUpdate, {"item_id": item.id}, as_of=day)
        asked, words = _asked(writing, item, report)
        row = add_help_answer(journal, item, asked, text, day)
        return HelpAnswered(
            item.code, words, asked.actor, asked.as_of, row.answer, row.as_of, row.actor, row.recorded_at
        )


def add_help_answer(journal: Journal, item: Item, report: StatusUpdate, answer: str, as_of: date) -> HelpAnswer:
    """Add an answer to the help that a report on an item asks for, as part of an open write transaction."""
    row = HelpAnswer(status_update_id=report.id, as_of=as_of, answer=answer)
    return journal.add(row, action="answer", label=item.code)


def _asked(writing: Writing, item: Item, report: StatusUpdate | None) -> tuple[StatusUpdate, str]:
    """Return the last report and what help it asks for. Raises NotAllowedError if it asks for none."""
    if report is None or not report.help_needed or report.phase.terminal:
        raise NotAllowedError(
            tr("the last report on this item asks for no help"),
            where=item.code,
            do=open_requests_of(writing.reading(), item.code),
        )
    return report, report.help_needed

"""Asking for a later due date, and granting or refusing it."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from planner.base.errors import BadValueError, NotAllowedError
from planner.base.language import tr
from planner.base.texts import clean, required
from planner.base.views import value_class
from planner.domain.rules.permissions import Permission
from planner.domain.symbols import date_words
from planner.domain.vocabulary import Basis, ExtensionOutcome
from planner.queries.history.extensions import Extension, read_extensions
from planner.register.writing import Writing
from planner.store.journal import Journal
from planner.store.models import ExtensionAnswer, ExtensionRequest, Item, Milestone, StatusUpdate
from planner.writes.items import item_row
from planner.writes.newest import newest
from planner.writes.permission import require, require_of_lead
from planner.writes.reports.dates import add_date_change, current_date, date_label
from planner.writes.reports.doubts import check_moved, checking_consistency
from planner.writes.reports.item_write import day_of_change, writing_on_item
from planner.writes.reports.milestones import milestone_row, require_open
from planner.writes.reports.other_requests import open_requests_of

# The reason of a change of a date that was asked for. The reasons of the persons are in the request and in its answer.
GRANTED = "The later date that was asked for was granted."


@value_class
class ExtensionAsked:
    """A recorded request for a later date. `milestone` is its number, or None for the due date of the item."""

    code: str
    milestone: int | None
    old: date
    new: date
    reason: str
    as_of: date
    actor: str
    recorded_at: datetime


@value_class
class ExtensionDecided:
    """A recorded answer to a request for a later date: which date, who asked, the outcome and the answer's reason."""

    code: str
    milestone: int | None
    old: date
    new: date
    asked_by: str
    asked_as_of: date
    outcome: ExtensionOutcome
    reason: str | None
    as_of: date
    actor: str
    recorded_at: datetime


def ask_extension(
    writing: Writing,
    code: str,
    new: date,
    reason: str,
    *,
    milestone: int | None = None,
    as_of: date | None = None,
    check_doubts: bool = False,
) -> ExtensionAsked:
    """Ask for a later due date of an item, or of one of its milestones. A later request replaces an earlier one.

    The date asked for is compared with the date that is current today, also if the request has an earlier as-of date.
    Officers ask about items that their organisation leads. Raises BadValueError if the new date is not later, or if
    the same is asked already. Raises NotAllowedError if the item has ended or the milestone was met. Raises
    DoubtfulError if `check_doubts` is true and granting the date would make the item inconsistent.
    """
    day = day_of_change(writing, as_of)
    with writing_on_item(writing, code, Permission.ASK_EXTENSION, day) as (journal, item):
        require_of_lead(writing.session, require(writing.session, writing.actor, Permission.ASK_EXTENSION, item), item)
        step = _open_date(writing, item, milestone)
        before = _open_request(writing, item, step)
        if before is not None and (before.new, before.words) == (new, clean(reason, "reason")):
            raise BadValueError(tr("this date is already asked for"), where="to", do=tr("Wait for the answer"))
        row = add_extension_request(journal, item, step, new, reason, day, writing.today)
        if check_doubts:
            check_moved(writing, item.code, milestone, new)
        return ExtensionAsked(
            item.code, milestone, row.old_date, row.new_date, row.reason, row.as_of, row.actor, row.recorded_at
        )


def grant_extension(
    writing: Writing,
    code: str,
    *,
    milestone: int | None = None,
    reason: str | None = None,
    as_of: date | None = None,
    expected: int | None = None,
    check_doubts: bool = False,
) -> ExtensionDecided:
    """Grant the later date that is asked for. The date is moved in the same write.

    `expected` is the id of the request that the person was shown. Raises NotAllowedError if no request is open or
    another one is, if the same person asked, if the item has ended or if the milestone was met. Raises BadValueError
    for a day before the date was asked for, or before it was last moved.
    """
    day = day_of_change(writing, as_of)
    with writing_on_item(writing, code, Permission.DECIDE_EXTENSION, day) as (journal, item):
        step = _open_date(writing, item, milestone)
        asked = _asked(writing, item, step, day, expected)
        with checking_consistency(writing, [item.code], day, check_doubts=check_doubts):
            row = writing.session.get_one(ExtensionRequest, asked.id)
            answer = add_extension_grant(journal, item, step, row, reason, day, Basis.REGISTERED)
        return _decided(item, milestone, asked, answer)


def refuse_extension(
    writing: Writing,
    code: str,
    reason: str,
    *,
    milestone: int | None = None,
    as_of: date | None = None,
    expected: int | None = None,
) -> ExtensionDecided:
    """Refuse the later date that is asked for, with a reason. Raises the errors of `grant_extension`."""
    day = day_of_change(writing, as_of)
    with writing_on_item(writing, code, Permission.DECIDE_EXTENSION, day) as (journal, item):
        step = _open_date(writing, item, milestone)
        asked = _asked(writing, item, step, day, expected)
        row = writing.session.get_one(ExtensionRequest, asked.id)
        answer = add_extension_refusal(journal, item, step, row, reason, day)
        return _decided(item, milestone, asked, answer)


def add_extension_request(
    journal: Journal, item: Item, milestone: Milestone | None, new: date, reason: str, as_of: date, today: date
) -> ExtensionRequest:
    """Add a request for a later date, as part of an open write transaction. `ask_extension` describes the errors."""
    old, text = current_date(journal.session, item, milestone, today), required(reason, "reason")
    if new <= old:
        raise BadValueError(
            tr("{new} is not later than the current date ({old})", new=new, old=old),
            where="to",
            do=tr("Give a later date"),
        )
    return journal.add(
        ExtensionRequest(
            item_id=item.id,
            milestone_id=milestone.id if milestone else None,
            as_of=as_of,
            old_date=old,
            new_date=new,
            reason=text,
        ),
        action="ask-extension",
        label=date_label(item, milestone),
        reason=text,
    )


def add_extension_grant(
    journal: Journal,
    item: Item,
    milestone: Milestone | None,
    asked: ExtensionRequest,
    reason: str | None,
    as_of: date,
    basis: Basis,
) -> ExtensionAnswer:
    """Add a granted request and the change of the date, as part of an open write transaction."""
    answer = _add_answer(journal, item, milestone, asked, ExtensionOutcome.GRANTED, clean(reason, "reason"), as_of)
    # The reasons of both persons are read with the change. A copy of them here would outlive their redaction.
    add_date_change(journal, item, milestone, asked.new_date, GRANTED, as_of, basis)
    return answer


def add_extension_refusal(
    journal: Journal, item: Item, milestone: Milestone | None, asked: ExtensionRequest, reason: str, as_of: date
) -> ExtensionAnswer:
    """Add a refused request, as part of an open write transaction."""
    text = required(reason, "reason")
    return _add_answer(journal, item, milestone, asked, ExtensionOutcome.REFUSED, text, as_of)


def _add_answer(
    journal: Journal,
    item: Item,
    milestone: Milestone | None,
    asked: ExtensionRequest,
    outcome: ExtensionOutcome,
    reason: str | None,
    as_of: date,
) -> ExtensionAnswer:
    granted = outcome is ExtensionOutcome.GRANTED
    return journal.add(
        ExtensionAnswer(
            extension_request_id=asked.id, asked_by=asked.actor, as_of=as_of, outcome=outcome, reason=reason
        ),
        action="grant-extension" if granted else "refuse-extension",
        label=date_label(item, milestone),
        reason=reason,
    )


def _open_date(writing: Writing, item: Item, number: int | None) -> Milestone | None:
    """Return the milestone with this number, or None for the item's own due date.

    Raises NotAllowedError if the item has ended or the milestone was met, so that the date can no longer be moved.
    """
    session, today = writing.session, writing.today
    report = newest(session, StatusUpdate, {"item_id": item.id}, as_of=today)
    if report is not None and report.phase.terminal:
        raise NotAllowedError(
            tr("the item has ended"), where=item.code, do=tr("Reopen it first with a report, if that was wrong")
        )
    if number is None:
        return None
    milestone = milestone_row(session, item, number)
    require_open(session, item, milestone, today)
    return milestone


def read_open_request(writing: Writing, code: str, milestone: int | None) -> Extension:
    """Return the request for a later date that waits for an answer. Raises the errors of `grant_extension`."""
    item = item_row(writing.session, writing.plan, code)
    require(writing.session, writing.actor, Permission.DECIDE_EXTENSION, item)
    return _asked(writing, item, _open_date(writing, item, milestone), writing.today, None)


def _asked(writing: Writing, item: Item, milestone: Milestone | None, day: date, expected: int | None) -> Extension:
    """Return the open request for a date, which the actor may answer as of a day. `grant_extension` says the errors."""
    asked = _open_request(writing, item, milestone)
    do = tr("See the open requests with 'planner requests'")
    if asked is None:
        where = date_words(milestone.number if milestone else None)
        raise NotAllowedError(
            tr("nobody asks for a later date ({date})", date=where),
            where=item.code,
            do=open_requests_of(writing.reading(), item.code),
        )
    if expected not in (None, asked.id):
        raise NotAllowedError(tr("another date is asked for in the meantime"), where=item.code, do=do)
    if asked.actor == writing.actor.name:
        raise NotAllowedError(
            tr("{login} asked for this date", login=asked.actor),
            where=item.code,
            do=tr("Somebody else grants or refuses it"),
        )
    _require_later(writing.session, item, milestone, asked, day)
    return asked


def _require_later(session: Session, item: Item, milestone: Milestone | None, asked: Extension, day: date) -> None:
    """Raise BadValueError for an answer as of a day before the request, or before the date was moved to what it is."""
    if day < asked.since:
        what = tr("the later date was asked for as of {day}", day=asked.since)
    elif current_date(session, item, milestone, day) != asked.old:
        what = tr("the date was moved to {old} after {day}", old=asked.old, day=day)
    else:
        return
    raise BadValueError(what, where="as_of", do=tr("Give a later as-of date"))


def _open_request(writing: Writing, item: Item, milestone: Milestone | None) -> Extension | None:
    """Return the request for a date that waits for an answer today, or None."""
    current = current_date(writing.session, item, milestone, writing.today)
    dated = (item.id, milestone.id if milestone else None)
    found = read_extensions(writing.reading(writing.today), item.id)
    return next((one for one in found if one.dated == dated and one.waits(current)), None)


def _decided(item: Item, number: int | None, asked: Extension, row: ExtensionAnswer) -> ExtensionDecided:
    return ExtensionDecided(
        code=item.code,
        milestone=number,
        old=asked.old,
        new=asked.new,
        asked_by=asked.actor,
        asked_as_of=asked.since,
        outcome=row.outcome,
        reason=row.reason,
        as_of=row.as_of,
        actor=row.actor,
        recorded_at=row.recorded_at,
    )

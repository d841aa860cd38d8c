"""Asking for a later due date, and granting or refusing it."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.base.errors import BadValueError, NotAllowedError
from planner.base.language import tr
from planner.base.listing import with_semicolons
from planner.base.texts import clean, required
from planner.base.views import value_class
from planner.domain.rules.permissions import Permission
from planner.domain.vocabulary import Basis, ExtensionOutcome
from planner.register.effective_records import is_effective
from planner.register.writing import Writing
from planner.store.journal import Journal
from planner.store.models import ExtensionAnswer, ExtensionRequest, Item, Milestone, StatusUpdate
from planner.writes.newest import newest
from planner.writes.permission import require, require_of_lead
from planner.writes.reports.dates import add_date_change, current_date, date_label
from planner.writes.reports.doubts import checking_consistency
from planner.writes.reports.item_write import day_of_change, writing_on_item
from planner.writes.reports.milestones import milestone_row, require_open


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
    writing: Writing, code: str, new: date, reason: str, *, milestone: int | None = None, as_of: date | None = None
) -> ExtensionAsked:
    """Ask for a later due date of an item, or of one of its milestones. A later request replaces an earlier one.

    Officers ask about items that their organisation leads. Raises BadValueError if the new date is not later, or if
    the same is asked already. Raises NotAllowedError if the item has ended or the milestone was met.
    """
    day = day_of_change(writing, as_of)
    with writing_on_item(writing, code, Permission.ASK_EXTENSION, day) as (journal, item):
        require_of_lead(writing.session, require(writing.session, writing.actor, Permission.ASK_EXTENSION, item), item)
        step = _open_date(writing.session, item, milestone, day)
        row = add_extension_request(journal, item, step, new, reason, day)
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
    """Grant the later date that is asked for. The date is moved in the same write, with the reasons of both.

    `expected` is the id of the request that the person was shown. Raises NotAllowedError if no request is open or
    another one is, if the same person asked, if the item has ended or if the milestone was met.
    """
    day = day_of_change(writing, as_of)
    with writing_on_item(writing, code, Permission.DECIDE_EXTENSION, day) as (journal, item):
        step = _open_date(writing.session, item, milestone, day)
        asked = _asked(writing, item, step, day, expected)
        with checking_consistency(writing, [item.code], day, check_doubts=check_doubts):
            answer = add_extension_grant(journal, item, step, asked, reason, day, Basis.REGISTERED)
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
        step = _open_date(writing.session, item, milestone, day)
        asked = _asked(writing, item, step, day, expected)
        answer = add_extension_refusal(journal, item, step, asked, reason, day)
        return _decided(item, milestone, asked, answer)


def add_extension_request(
    journal: Journal, item: Item, milestone: Milestone | None, new: date, reason: str, as_of: date
) -> ExtensionRequest:
    """Add a request for a later date, as part of an open write transaction. `ask_extension` describes the errors."""
    old, text = current_date(journal.session, item, milestone, as_of), required(reason, "reason")
    if new <= old:
        raise BadValueError(
            tr("{new} is not later than the current date ({old})", new=new, old=old),
            where="to",
            do=tr("Give a later date"),
        )
    before = _open_request(journal.session, item, milestone, as_of)
    if before is not None and (before.new_date, before.reason) == (new, text):
        raise BadValueError(tr("this date is already asked for"), where="to", do=tr("Wait for the answer"))
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
    text = clean(reason, "reason")
    answer = _add_answer(journal, item, milestone, asked, ExtensionOutcome.GRANTED, text, as_of)
    why = with_semicolons((asked.reason.rstrip(".。"), text)) if text else asked.reason
    add_date_change(journal, item, milestone, asked.new_date, why, as_of, basis)
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


def _open_date(session: Session, item: Item, number: int | None, day: date) -> Milestone | None:
    """Return the milestone with this number, or None for the item's own due date.

    Raises NotAllowedError if the item has ended or the milestone was met, so that the date can no longer be moved.
    """
    report = newest(session, StatusUpdate, {"item_id": item.id}, as_of=day)
    if report is not None and report.phase.terminal:
        raise NotAllowedError(
            tr("the item has ended"), where=item.code, do=tr("Reopen it first with a report, if that was wrong")
        )
    if number is None:
        return None
    milestone = milestone_row(session, item, number)
    require_open(session, item, milestone, day)
    return milestone


def _asked(
    writing: Writing, item: Item, milestone: Milestone | None, day: date, expected: int | None
) -> ExtensionRequest:
    """Return the open request for a date, which the actor may answer. Raises NotAllowedError if there is none."""
    asked = _open_request(writing.session, item, milestone, day)
    do = tr("See the open requests with 'planner requests'")
    if asked is None:
        where = tr("milestone {number}", number=milestone.number) if milestone else tr("due date")
        raise NotAllowedError(tr("nobody asks for a later date ({date})", date=where), where=item.code, do=do)
    if expected not in (None, asked.id):
        raise NotAllowedError(tr("another date is asked for in the meantime"), where=item.code, do=do)
    if asked.actor == writing.actor.name:
        raise NotAllowedError(
            tr("{login} asked for this date", login=asked.actor),
            where=item.code,
            do=tr("Somebody else grants or refuses it"),
        )
    return asked


def _open_request(session: Session, item: Item, milestone: Milestone | None, day: date) -> ExtensionRequest | None:
    """Return the last request for a date on a day, unless it was answered or the date was moved since."""
    subject = {"item_id": item.id, "milestone_id": milestone.id if milestone else None}
    asked = newest(session, ExtensionRequest, subject, as_of=day)
    if asked is None or asked.old_date != current_date(session, item, milestone, day):
        return None
    answers = select(ExtensionAnswer.id).where(
        ExtensionAnswer.extension_request_id == asked.id, is_effective(ExtensionAnswer)
    )
    return asked if session.execute(answers).first() is None else None


def _decided(item: Item, number: int | None, asked: ExtensionRequest, row: ExtensionAnswer) -> ExtensionDecided:
    return ExtensionDecided(
        code=item.code,
        milestone=number,
        old=asked.old_date,
        new=asked.new_date,
        asked_by=asked.actor,
        asked_as_of=asked.as_of,
        outcome=row.outcome,
        reason=row.reason,
        as_of=row.as_of,
        actor=row.actor,
        recorded_at=row.recorded_at,
    )

"""Short ways to answer a report and to take a write back, for the tests."""

from datetime import date, datetime

from planner.domain.vocabulary import Confidence
from planner.store.database import Database
from planner.store.journal import Actor
from planner.writes.reports.assessments import Assessed, assess_item
from planner.writes.reports.confirmations import Answered, confirm_ending, return_report
from planner.writes.reports.extensions import (
    ExtensionAsked,
    ExtensionDecided,
    ask_extension,
    grant_extension,
    refuse_extension,
)
from planner.writes.reports.help_answers import HelpAnswered, answer_help
from planner.writes.undo import OwnWrite, undo
from tests.factories import ACTOR, AUDITOR, COLLEAGUE, OFFICER, noon, writing_by

# The day on which managers answer, unless a test says otherwise.
ANSWERED_ON = date(2020, 4, 1)


def confirm(
    database: Database, code: str = "T-001", *, at: datetime | None = None, actor: Actor = COLLEAGUE
) -> Answered:
    """Confirm an item's completion."""
    instant = at or noon(ANSWERED_ON)
    with database.writing() as session:
        return confirm_ending(writing_by(session, actor, instant, instant.date()), code)


def give_back(
    database: Database,
    code: str = "T-001",
    reason: str = "Say which quay.",
    *,
    at: datetime | None = None,
    actor: Actor = COLLEAGUE,
) -> Answered:
    """Return the latest report on an item."""
    instant = at or noon(ANSWERED_ON)
    with database.writing() as session:
        return return_report(writing_by(session, actor, instant, instant.date()), code, reason)


def answer(
    database: Database,
    code: str = "T-001",
    text: str = "The council pays.",
    *,
    at: datetime | None = None,
    actor: Actor = COLLEAGUE,
) -> HelpAnswered:
    """Answer the help that the latest report on an item asks for."""
    instant = at or noon(ANSWERED_ON)
    with database.writing() as session:
        return answer_help(writing_by(session, actor, instant, instant.date()), code, text)


def ask(
    database: Database,
    new: date,
    *,
    code: str = "T-001",
    reason: str = "The frost.",
    milestone: int | None = None,
    on: date = date(2020, 3, 18),
    day: date | None = None,
    actor: Actor = OFFICER,
    check_doubts: bool = False,
) -> ExtensionAsked:
    """Ask on a day for a later date of an item or of one of its milestones, as of that day or an earlier one."""
    with database.writing() as session:
        write = writing_by(session, actor, noon(on), on)
        return ask_extension(write, code, new, reason, milestone=milestone, as_of=day or on, check_doubts=check_doubts)


def grant(
    database: Database,
    *,
    code: str = "T-001",
    reason: str | None = None,
    milestone: int | None = None,
    on: date = ANSWERED_ON,
    day: date | None = None,
    actor: Actor = COLLEAGUE,
    check_doubts: bool = False,
) -> ExtensionDecided:
    """Grant the later date that is asked for, on a day and as of that day or an earlier one."""
    with database.writing() as session:
        write = writing_by(session, actor, noon(on), on)
        return grant_extension(
            write, code, milestone=milestone, reason=reason, as_of=day or on, check_doubts=check_doubts
        )


def refuse(
    database: Database,
    *,
    code: str = "T-001",
    reason: str = "The fair is in June.",
    milestone: int | None = None,
    on: date = ANSWERED_ON,
    actor: Actor = COLLEAGUE,
) -> ExtensionDecided:
    """Refuse the later date that is asked for."""
    with database.writing() as session:
        write = writing_by(session, actor, noon(on), on)
        return refuse_extension(write, code, reason, milestone=milestone, as_of=on)


def assess(
    database: Database,
    rating: Confidence = Confidence.RED,
    *,
    code: str = "T-001",
    reason: str = "The [quay] is bare.",
    evidence: str | None = None,
    on: date = ANSWERED_ON,
    actor: Actor = AUDITOR,
) -> Assessed:
    """Assess an item, on a day and as of that day."""
    with database.writing() as session:
        write = writing_by(session, actor, noon(on), on)
        return assess_item(write, code, rating, reason, evidence=evidence, as_of=on)


def take_back(
    database: Database, *, at: datetime | None = None, actor: Actor = ACTOR, expected: datetime | None = None
) -> OwnWrite:
    """Undo somebody's last write."""
    with database.writing() as session:
        return undo(writing_by(session, actor, at or noon(ANSWERED_ON)), expected=expected)

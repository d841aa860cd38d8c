"""Making a plan together with the items of its files: what that would give, and the one write that does it."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.base.progress import OnProgress
from planner.base.views import value_class
from planner.intake.applying.apply import Import, apply_within
from planner.intake.applying.imported import Imported
from planner.intake.comparing.preview import Preview
from planner.intake.files.reading import FilesRead
from planner.intake.previewing import preview_sheets
from planner.intake.wishes import Wishes
from planner.register.plan_days import plan_days
from planner.register.plan_view import PlanView
from planner.register.plans import read_plan
from planner.register.point import Point
from planner.register.reading import Reading
from planner.register.writing import Writing
from planner.store.journal import Actor, Journal, appending, writing
from planner.writes.plans.new_plan import NewPlan, add_plan


@value_class
class PlanToMake:
    """A plan that is not made yet, and who makes it when.

    `begin` is what is done before in the same write: it marks a new register, or refuses a person who may not make one.
    """

    new: NewPlan
    actor: Actor
    at: datetime
    begin: Callable[[Journal], None]

    def make(self, journal: Journal) -> PlanView:
        """Add the plan as part of an open write, and return it. Raises the errors of `add_plan`."""
        self.begin(journal)
        add_plan(journal, self.new)
        journal.session.flush()
        return read_plan(journal.session, self.new.key)


def preview_with_plan(
    session: Session, plan: PlanToMake, read: FilesRead, wishes: Wishes, step: OnProgress
) -> tuple[PlanView, Preview]:
    """Return the plan as it would be, and what importing the files into it would do. Nothing is kept.

    Raises the errors of `add_plan` and `preview_sheets`.
    """
    # The plan is really added and the write is never committed, so that the preview cannot differ from the import.
    try:
        with appending(session, plan.actor, plan.at) as journal:
            view = plan.make(journal)
            days = plan_days(session, view, view.today(plan.at))
            reading = Reading(session, view, Point(days.recording, None, days.today))
            return view, preview_sheets(reading, plan.actor, read.sheets, read.problems, wishes, step, read.files)
    finally:
        session.rollback()


def make_with_items(session: Session, plan: PlanToMake, preview: Preview, source: Import, step: OnProgress) -> Imported:
    """Make the plan with the items of the preview, in one write.

    Raises BadValueError if the files have no items, and the errors of `add_plan` and `apply_import`.
    """
    with writing(session, plan.actor, plan.at) as journal:
        view = plan.make(journal)
        days = plan_days(session, view, view.today(plan.at))
        write = Writing(session, view, plan.actor, days.today, plan.at, days.recording)
        imported = apply_within(journal, write, preview, source, step) if preview.new else None
        if imported is None:
            raise BadValueError(
                tr("the files have no items, so no plan was made"),
                do=tr("Give files that have items"),
            )
        return imported

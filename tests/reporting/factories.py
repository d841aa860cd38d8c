"""Short ways to open and save the report form of an item of the small plan."""

from collections.abc import Mapping
from datetime import date

from planner.reporting import saving
from planner.reporting.form import ReportForm
from planner.store.database import Database
from planner.store.journal import Actor
from planner.writes.reports.entries import EntryRecorded
from tests.factories import ACTOR, noon, reading_of, writing_by

TODAY = date(2020, 9, 18)


def open_form(database: Database, code: str, actor: Actor = ACTOR) -> ReportForm:
    """Return the form of an item as it opens today."""
    with database.reading() as session:
        return saving.open_form(reading_of(session, TODAY), actor, code)


def save(database: Database, form: ReportForm, values: Mapping[str, str]) -> EntryRecorded:
    """Save a form with these texts today."""
    with database.writing() as session:
        return saving.save(writing_by(session, ACTOR, noon(TODAY)), form, values)

"""Typing into the forms of the app, and what the register holds afterwards."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Date, bindparam, text
from textual.events import Paste

from planner.reporting import saving
from planner.reporting.form import ReportForm
from planner.store.database import Database
from planner.writes.reports.entries import EntryRecorded
from tests.tui.desk import TODAY, Desk
from tui.data.door import Door
from tui.widgets.form.form import Form


async def open_form(seat: Desk, code: str, *queue: str) -> Form:
    """Open the form of an item; the queue is the codes it stands in."""
    seat.app.reports.open_form(code, queue)
    await seat.until(lambda: seat.app.screen.query_one(Form).opening.item.code == code)
    await seat.settle()
    return seat.app.screen.query_one(Form)


async def fill(seat: Desk, **texts: str) -> None:
    """Go to fields by name, and put texts in at once, as from a clipboard: letter by letter would take its time."""
    for name, said in texts.items():
        assert seat.app.screen.query_one(Form).lead_to(name), name
        await seat.pilot.pause()
        await paste(seat, said)


async def paste(seat: Desk, said: str) -> None:
    """Put a text into the field that has the focus."""
    seat.app.post_message(Paste(said))
    await seat.settle()


def save(door: Door, form: ReportForm, values: Mapping[str, str]) -> EntryRecorded:
    """Save a form with these texts, as the screen does."""
    with door.writing() as writing:
        return saving.save(writing, form, values)


def reports_on(database: Database, code: str) -> list[dict[str, Any]]:
    """What the register holds of an item's reports of today, oldest first."""
    with database.reading() as session:
        return [
            dict(row)
            for row in session.execute(
                text(
                    "SELECT phase, confidence, percent, done, next, blocker, help_needed, evidence, actor "
                    "FROM status_update JOIN item ON item.id = item_id WHERE code = :code AND as_of = :today "
                    "ORDER BY status_update.id"
                ).bindparams(bindparam("today", TODAY, Date)),
                {"code": code},
            ).mappings()
        ]

"""Saying a measure in other words, as an office would that corrects its register."""

from datetime import datetime

from sqlalchemy import select

from planner.base.fingerprints import measure_fingerprint
from planner.store.database import Database
from planner.store.journal import writing
from planner.store.models import Measure
from tests.factories import ACTOR


def reword(register: Database, code: str, title: str, at: datetime) -> None:
    """Edit the title of a measure, which so has another fingerprint."""
    with register.writing() as session, writing(session, ACTOR, at) as journal:
        row = session.execute(select(Measure).where(Measure.code == code)).scalar_one()
        words = measure_fingerprint(code, title, row.restatement, None)
        journal.change(row, {"title": title, "fingerprint": words}, action="edit", label=code)

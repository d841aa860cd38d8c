"""Saving a report in a process of its own. It imports only what a save needs, because each process imports it again."""

import multiprocessing
import threading
from datetime import datetime

from planner.domain.vocabulary import Confidence
from planner.queries.history.expected_state import ExpectedState
from planner.register.plans import read_plan
from planner.register.writing import Writing
from planner.store.database import open_database
from planner.store.journal import Actor
from planner.store.location import parse
from planner.writes.reports.conflicts import ConflictError
from planner.writes.reports.entries import Entry, record_entry
from planner.writes.reports.status import Report

MINE = Entry(Report(percent=55, confidence=Confidence.GREEN))


def save_from_a_process(
    address: str,
    stood: ExpectedState,
    login: str,
    at: datetime,
    together: "threading.Barrier",
    told: "multiprocessing.Queue[str]",
) -> None:
    """What each of two processes does: open, wait for the other, save."""
    database = open_database(parse(address, "test"))
    together.wait()
    try:
        with database.writing() as session:
            writing = Writing(session, read_plan(session), Actor(login), at.date(), at)
            record_entry(writing, "T-001", MINE, expected=stood)
        told.put("saved")
    except ConflictError as error:
        told.put(f"told of {error.theirs.item.actual:g}")
    finally:
        database.close()

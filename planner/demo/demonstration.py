"""Make a demonstration: load the plan, mark the database as a demonstration, and add a year of simulated reports.

A demonstration is made completely or not at all. It never replaces anything but another demonstration.
"""

import hashlib
import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from planner import __version__
from planner.base.errors import DatabaseUnusableError, NotAllowedError
from planner.base.files import sync_folder
from planner.base.fingerprints import fingerprint
from planner.base.language import tr
from planner.bundle.loader import load_into
from planner.bundle.reader import Bundle
from planner.demo.answers import with_answers
from planner.demo.assessments import with_assessments
from planner.demo.divisions import put_divisions
from planner.demo.entries import SimulatedEntry
from planner.demo.help import with_help
from planner.demo.mergers import without_dead_ends
from planner.demo.people import put_people
from planner.demo.records import Recorder, appending_simulated, sittings
from planner.demo.requests import with_requests
from planner.demo.stories import story_of
from planner.demo.subjects import Subject, read_subjects
from planner.demo.year import DATED_AT, DIVIDED_AT, LOADED_AT, Year, span_of
from planner.domain.rules.weeks import Week
from planner.domain.vocabulary import InstallationKind
from planner.register.plans import read_plan
from planner.store import dialects, making, revision
from planner.store.database import Database, engine_of
from planner.store.journal import Actor
from planner.store.location import file_of, is_absent, opens_read_only, parse, shown
from planner.store.models import AuditEvent, Installation
from planner.store.opened_file import Identity, identity_of
from planner.writes.installation import mark_demonstration

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection
    from sqlalchemy.orm import Session

# The seed of all random draws. Another seed makes another year.
SEED = 18
# The edition of the stories and their phrases. Raise it when they change, so that older demonstrations are recognised
# as older, and keep the seed, so that what did not change stays the same.
EDITION = 3

# The actor that loads the plan and sets the due dates.
SIMULATION = Actor("simulation")

Progress = Callable[[str], None]


class DemoOutcome(Enum):
    """What `provide` did with the demonstration."""

    MADE = "made"
    REMADE = "made again"
    OPENED = "opened"


@dataclass(frozen=True)
class Demonstration:
    """The demonstration at an address. `made_from` is its signature, or None if the signature cannot be read.

    `older` is true if its database has to be upgraded before this program can open it.
    """

    today: date
    made_from: str | None
    older: bool


@dataclass(frozen=True)
class Provided:
    """The result of `provide`. `before` is the earlier demonstration, or None if there was none."""

    outcome: DemoOutcome
    today: date
    before: Demonstration | None


def steps(bundle: Bundle, today: date) -> int:
    """Return the number of progress steps in making a demonstration: one for the plan, and one per week."""
    span = span_of(bundle.plan.plan)
    return 1 + sum(week.monday <= today for week in span.weeks())


def provide(url: "URL", bundle: Bundle, today: date, *, fresh: bool = False, progress: Progress) -> Provided:
    """Make sure that a demonstration of the bundle's plan as of `today` exists at an address.

    An existing one made from the same data files for the same day is kept, with all that visitors entered. With
    `fresh`, or for another day, it is made again. The bundle must have been checked. Raises NotAllowedError if there is
    a register at the address, or if a server's database would have to be emptied. Raises DatabaseStateError or
    DatabaseUnusableError if the database cannot be used.
    """
    made_from = signature(bundle, today)
    file = file_of(url)
    found = identity_of(file) if file else None
    before = demonstration_at(url)
    if before and before.made_from == made_from and not fresh:
        return Provided(DemoOutcome.OPENED, today, before)
    if file is not None:
        making.require_may_write(url)
        # docs/decisions/0088: nobody sees half a demonstration.
        with making.temporary_folder_for(file) as folder:
            unfinished = folder / file.name
            _make(parse(str(unfinished), "database"), bundle, today, made_from, progress)
            try:
                _put(unfinished, file, url, found)
            except DatabaseUnusableError:
                other = demonstration_at(url) if identity_of(file) != found else None
                if other is None or other.made_from != made_from:
                    raise
                # Another start made the same demonstration in the meantime.
                return Provided(DemoOutcome.OPENED, today, other)
    elif before:
        raise NotAllowedError(
            tr(
                "this database holds another demonstration (as of {today}), and its history cannot be deleted",
                today=before.today,
            ),
            where=shown(url),
            do=tr("Give the address of an empty database, or drop this database and create it again"),
        )
    else:
        _make(url, bundle, today, made_from, progress)
    return Provided(DemoOutcome.REMADE if before else DemoOutcome.MADE, today, before)


def opener(url: "URL") -> str:
    """Return the address, with its password, in the form that a command's option expects."""
    file = file_of(url)
    return str(file) if file and not opens_read_only(url) else url.render_as_string(hide_password=False)


def signature(bundle: Bundle, today: date) -> str:
    """Return a sentence that identifies what a demonstration is made from. Equal signatures mean equal rows."""
    # The phrases in `demonstration` belong to the program. EDITION stands for them.
    files = sorted(path for path in bundle.folder.rglob("*.yaml") if path.parent.name != "demonstration")
    digests = {str(path.relative_to(bundle.folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    data = fingerprint("seeds", digests)
    made_by = f"with seed {SEED}, edition {EDITION}, by planner {__version__}"
    return f"Simulated as of {today} {made_by} from data files {data}"


def demonstration_at(url: "URL") -> Demonstration | None:
    """Return the demonstration at an address, or None if there is no database.

    Raises NotAllowedError if the database is a register, DatabaseStateError if it is newer than this program or belongs
    to another one, and DatabaseUnusableError if it cannot be opened.
    """
    if is_absent(url):
        return None
    database = Database(url, engine_of(url))
    try:
        with database.read_connection() as connection:
            state, _ = revision.state_of(connection)
            if state is revision.DatabaseState.EMPTY:
                return None
            if state is not revision.DatabaseState.OLDER:
                revision.require_current(connection, database.address)
            older = state is revision.DatabaseState.OLDER
            return _demonstration_in(connection, database.address, older=older)
    finally:
        database.close()


def _demonstration_in(connection: "Connection", address: str, *, older: bool) -> Demonstration | None:
    marked = connection.execute(select(Installation.kind, Installation.simulated_today)).one_or_none()
    if marked is None:
        return None
    kind, today = marked
    if kind != InstallationKind.DEMONSTRATION or today is None:
        raise NotAllowedError(
            tr("this database holds a register, and a demonstration never replaces a register"),
            where=address,
            do=tr("Give the address of another database, or leave the address out to use the default database"),
            by_field="database",
        )
    first = connection.execute(select(AuditEvent.body).where(AuditEvent.seq == 1)).scalar()
    return Demonstration(today, json.loads(first)["reason"] if first else None, older)


def _put(unfinished: Path, file: Path, url: "URL", found: Identity | None) -> None:
    """Move a new demonstration's file to its final path. `found` identifies the old file, or is None if there was none.

    Raises DatabaseUnusableError if there is now a different file, or if another program has the old file open.
    """
    if found is None:
        making.move_into_place(unfinished, file)
        return
    if identity_of(file) != found:
        raise DatabaseUnusableError(
            tr("another program created this file in the meantime; the file was not changed"),
            where=str(file),
            do=tr("Check the existing file first"),
        )
    _require_unused(url)
    unfinished.replace(file)
    sync_folder(file.parent)


def _require_unused(url: "URL") -> None:
    """Make sure that no other program has the old file open, and merge its write-ahead log into it.

    Otherwise another program, or a log left behind, could mix old content with that of the new file.
    """
    engine = engine_of(url)
    try:
        with engine.connect() as connection:
            connection.rollback()
            driver = dialects.driver_connection(connection)
            # Do not wait for other programs, because they usually keep the file open.
            driver.execute("PRAGMA busy_timeout = 0")
            alone = driver.execute("PRAGMA journal_mode = DELETE").fetchone() == ("delete",)
    except (DBAPIError, sqlite3.Error):
        alone = False
    finally:
        engine.dispose()
    if not alone:
        raise DatabaseUnusableError(
            tr("the demonstration is open in another program, so it cannot be replaced"),
            where=shown(url),
            do=tr("Close the other program and try again"),
        )


def _make(url: "URL", bundle: Bundle, today: date, made_from: str, progress: Progress) -> None:
    """Make the tables, then all rows in one transaction."""
    database = making.make(url)
    try:
        with database.writing() as session:
            span = span_of(bundle.plan.plan)
            progress("the plan")
            with appending_simulated(session, SIMULATION, span.at(span.first, LOADED_AT)) as journal:
                mark_demonstration(journal, today, made_from)
                load_into(journal, bundle)
            # This is a separate write, so that the log keeps the leads of the data files.
            with appending_simulated(session, SIMULATION, span.at(span.first, DIVIDED_AT)) as journal:
                put_divisions(journal, bundle)
            _simulate(session, span, today, progress)
            session.commit()
    finally:
        database.close()


def _whole(story: list[SimulatedEntry], subject: Subject, span: Year) -> list[SimulatedEntry]:
    """Return what an officer reports on an item with what others answer, ask and say about it."""
    answered = with_answers(story, span, SEED)
    asked = with_help(with_requests(answered, subject, span, SEED), span, SEED)
    return with_assessments(asked, subject, span, SEED)


def _simulate(session: "Session", span: Year, today: date, progress: Progress) -> None:
    plan = read_plan(session)
    subjects = read_subjects(session, plan)
    recorder = Recorder(session, plan)
    with appending_simulated(session, SIMULATION, span.at(span.first, DATED_AT)) as journal:
        put_people(journal, plan, subjects)
        recorder.set_due_dates(journal, subjects)
    stories = without_dead_ends(story_of(subject, span, plan.settings, SEED) for subject in subjects)
    entries = [
        entry for subject, story in zip(subjects, stories, strict=True) for entry in _whole(story, subject, span)
    ]
    week = None
    for sitting in sittings(entries, span, today, SEED):
        if Week.of(sitting.day) != week:
            week = Week.of(sitting.day)
            progress(f"week {week}")
        recorder.record(sitting)

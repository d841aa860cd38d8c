"""Importing proposed registers in the tests, as the command does."""

from datetime import date
from typing import Any

from planner.domain.rules.permissions import Permission, may
from planner.intake.applying.apply import Import, apply_import
from planner.intake.applying.imported import Imported
from planner.intake.comparing.compare import Choices, compare
from planner.intake.comparing.preview import Preview
from planner.intake.comparing.reading.register import read_stored
from planner.intake.files.reading import ImportedFile
from planner.intake.proposed import ProposedRegister
from planner.integrity.problems import Problem
from planner.integrity.verifying import verify
from planner.queries.people.people import read_person
from planner.store.database import Database
from planner.store.journal import Actor
from tests.factories import ACTOR, noon, reading_of, writing_by

DAY = date(2020, 5, 4)
SOURCE = Import((ImportedFile("plan.csv", "ab" * 32),))


def preview_of(
    database: Database, proposed: ProposedRegister, *, actor: Actor = ACTOR, as_of: date = DAY, **choices: Any
) -> Preview:
    """The preview of an import by somebody."""
    with database.reading() as session:
        stored = read_stored(reading_of(session, as_of), proposed)
        person = read_person(session, actor.name)
    may_add = person is not None and may(person.role, Permission.KEEP_PEOPLE, theirs=False)
    return compare(proposed, stored, Choices(as_of, may_add_people=may_add, **choices))


def write(database: Database, preview: Preview, *, actor: Actor = ACTOR, day: date = DAY) -> Imported | None:
    """Write a preview."""
    with database.writing() as session:
        return apply_import(writing_by(session, actor, noon(day), day), preview, SOURCE)


def import_register(
    database: Database, proposed: ProposedRegister, *, actor: Actor = ACTOR, **choices: Any
) -> Imported | None:
    """Import a proposed register, without errors or open questions."""
    preview = preview_of(database, proposed, actor=actor, **choices)
    assert not preview.blockers
    return write(database, preview, actor=actor)


def verified(database: Database) -> list[Problem]:
    """What the verification of the whole history finds."""
    with database.reading() as session:
        return list(verify(session, lambda name, by=1: None).problems)

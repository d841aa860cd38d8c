"""Organisations as they were on an earlier day."""

from dataclasses import replace

from planner.queries.people.ended import ListedOrganisation, read_ended, with_ends
from planner.queries.people.first_recorded import day_of, those_there, with_first_event
from planner.queries.people.organisations import OrganisationEntry, organisation_entries
from planner.register.reading import Reading
from planner.store.models import Organisation, OrganisationName


def organisations_then(reading: Reading) -> list[OrganisationEntry]:
    """Return the organisations that were there on the day of a reading, with their names of then, ordered by key."""
    found = [(row, first) for row, first in reading.session.execute(with_first_event(Organisation))]
    there = those_there(reading, found, lambda one: day_of(reading, one[1]))
    rows = reading.rollback.rows([row for row, _ in there])
    return organisation_entries(sorted(rows, key=lambda row: row.key), reading.known_rows(OrganisationName))


def names_then(reading: Reading) -> dict[str, str]:
    """Return the names that organisations had on the day of a reading, by their keys."""
    return {row.key: row.name for row in reading.known_rows(Organisation)}


def listed_organisations_then(reading: Reading) -> list[ListedOrganisation]:
    """Return the organisations and their ends as they were on the day of a reading, ordered by key."""
    entries = organisations_then(reading)
    names = {entry.key: entry.name for entry in entries}
    ended = read_ended(reading.session, reading.as_of, reading.known_at)
    then = {row_id: replace(end, into_name=names.get(end.into or "")) for row_id, end in ended.items()}
    return with_ends(entries, then)

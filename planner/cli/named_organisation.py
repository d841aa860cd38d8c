"""The organisation that an option such as --lead names."""

from typing import TYPE_CHECKING

from planner.base.language import tr
from planner.cli.output import print_line

if TYPE_CHECKING:
    from planner.queries.people.organisations import OrganisationEntry
    from planner.register.reading import Reading


def named_organisation(reading: "Reading", name: str, where: str = "lead") -> "OrganisationEntry":
    """Return the organisation with this key, or with a name that contains these words.

    If it was merged or dissolved by the day of the reading, a line on standard error says so, because its unfinished
    items are elsewhere. Raises UnknownNameError if no organisation or several have such a name.
    """
    from planner.queries.people.ended import read_ended
    from planner.queries.people.organisations import find_organisation

    found = find_organisation(reading.session, name, where)
    ended = read_ended(reading.session, reading.as_of, reading.known_at).get(found.id)
    if ended is not None:
        print_line(tr("Note: {what}. {do}.", what=ended.what(found.name), do=ended.do()), err=True)
    return found

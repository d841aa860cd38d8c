"""A calendar as an .ics file (RFC 5545). The same dates are always the same bytes: nothing in it is of the clock."""

from typing import TYPE_CHECKING, Any

from planner.calendar.dates import CalendarDate, DueCalendar
from planner.errors import MissingLibraryError
from planner.queries.deadlines import DeadlineState

if TYPE_CHECKING:
    from icalendar import Event

PRODUCT = "-//planner//due dates//EN"


def ics_bytes(dates: DueCalendar) -> bytes:
    """The whole file. Raises MissingLibraryError where the library that writes it is not installed."""
    made = _library().Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    # Two names for the title: RFC 7986's, and the older one that most programs read.
    made.add("name", dates.title)
    made.add("x-wr-calname", dates.title)
    for entry in dates.dates:
        made.add_component(_event(entry))
    content: bytes = made.to_ical()
    return content


def _library() -> Any:
    try:
        import icalendar
    except ModuleNotFoundError as error:
        raise MissingLibraryError(
            "a calendar needs icalendar, which is not installed",
            where="planner calendar",
            do="Install planner[reports]",
        ) from error
    return icalendar


def _event(entry: CalendarDate) -> "Event":
    """A whole day that takes nobody's time. A date that nobody waits for any more is cancelled, not left out."""
    event: Event = _library().Event()
    event.add("uid", entry.uid)
    event.add("dtstart", entry.day)
    event.add("summary", entry.summary)
    event.add("description", entry.description)
    event.add("categories", ["milestone" if entry.of_milestone else "due date", entry.state.value])
    event.add("status", "CANCELLED" if entry.state is DeadlineState.LAPSED else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("sequence", entry.sequence)
    # Without a METHOD, DTSTAMP says when the entry was last revised, as LAST-MODIFIED does.
    event.add("dtstamp", entry.recorded_at)
    event.add("last-modified", entry.recorded_at)
    return event

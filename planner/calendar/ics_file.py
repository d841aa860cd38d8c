"""Write a calendar as an .ics file (RFC 5545). The same dates always give the same bytes, because no clock is read."""

from typing import TYPE_CHECKING, Any

from planner.base.errors import MissingLibraryError
from planner.base.language import tr
from planner.calendar.dates import CalendarDate, DueCalendar
from planner.queries.weeks.deadlines import DeadlineState

if TYPE_CHECKING:
    from icalendar import Event

PRODUCT = "-//planner//due dates//EN"


def ics_bytes(dates: DueCalendar) -> bytes:
    """Return the content of an .ics file. Raises MissingLibraryError if the library that writes it is not installed."""
    made = _library().Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    # The title is written twice: as in RFC 7986, and in the older form that most programs read.
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
            tr("a calendar needs the library icalendar, which is not installed"),
            where="planner calendar",
            do=tr("Install planner[reports]"),
        ) from error
    return icalendar


def _event(entry: CalendarDate) -> "Event":
    """Return a whole-day calendar event that does not block time.

    A date that has lapsed is kept as cancelled, not left out.
    """
    event: Event = _library().Event()
    event.add("uid", entry.uid)
    event.add("dtstart", entry.day)
    event.add("summary", entry.summary)
    event.add("description", entry.description)
    event.add("categories", ["milestone" if entry.of_milestone else "due date", entry.state.value])
    event.add("status", "CANCELLED" if entry.state is DeadlineState.LAPSED else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("sequence", entry.sequence)
    # Without a METHOD, DTSTAMP is the time of the last revision, like LAST-MODIFIED.
    event.add("dtstamp", entry.recorded_at)
    event.add("last-modified", entry.recorded_at)
    return event

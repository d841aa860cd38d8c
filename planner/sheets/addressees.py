"""The organisations that a status sheet was asked for, and why some of them get none."""

from collections.abc import Iterator, Sequence

from planner.base.language import tr
from planner.base.views import value_class
from planner.domain.period_names import period_name
from planner.queries.people.ended import read_ended
from planner.queries.people.organisations import OrganisationEntry, find_organisation, keys_of_body
from planner.register.closing import require_open
from planner.register.reading import Reading
from planner.sheets.content import StatusSheet, read_status_sheets
from planner.weekly.reading import WeekReading


@value_class
class SheetsOut:
    """The status sheets to be written, and a sentence for each organisation that was asked for and gets none."""

    sheets: tuple[StatusSheet, ...]
    without: tuple[str, ...]


def read_sheets_out(
    reading: WeekReading, wanted: Sequence[str] = (), *, language: str | None = None, is_copy: bool = False
) -> SheetsOut:
    """Return the sheets for the organisations that keys or names say, or for all that lead an open item.

    A copy is a sheet as it was earlier. Otherwise, raises NotAllowedError if the plan is closed, because nothing could
    be taken back. Raises UnknownNameError for an unknown organisation.
    """
    if not is_copy:
        require_open(reading.session, reading.plan)
    entries = [find_organisation(reading.session, given, "org") for given in wanted]
    keys = {entry.id: keys_of_body(reading.session, entry.id) for entry in entries}
    leads = frozenset(key for some in keys.values() for key in some) if wanted else None
    sheets = read_status_sheets(reading, leads, language)
    written = {sheet.organisation.key for sheet in sheets}
    lacking = [entry for entry in entries if not written & keys[entry.id]]
    return SheetsOut(tuple(sheets), tuple(_why_none(reading, lacking)))


def _why_none(reading: Reading, lacking: Sequence[OrganisationEntry]) -> Iterator[str]:
    ended = read_ended(reading.session, reading.as_of) if lacking else {}
    period = period_name(reading.plan.settings, reading.as_of)
    for entry in lacking:
        if entry.id in ended:
            what = ended[entry.id].what(entry.name)
            yield tr("No sheet for {key}: {what}.", key=entry.key, what=what)
        else:
            yield tr("No sheet for {key}: it leads no open item in {period}.", key=entry.key, period=period)

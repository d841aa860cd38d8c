"""The organisations that a status sheet was asked for, and why some of them get none."""

from collections.abc import Iterator, Sequence, Set

from planner.base.language import tr, tr_count
from planner.base.listing import listed
from planner.base.views import value_class
from planner.domain.period_names import period_name
from planner.queries.people.ended import read_ended
from planner.queries.people.organisations import OrganisationEntry, find_organisation, keys_of_body, read_organisations
from planner.register.closing import require_open
from planner.register.reading import Reading
from planner.sheets.content import StatusSheet, read_status_sheets
from planner.weekly.reading import WeekReading


@value_class
class SheetsOut:
    """The status sheets to be written, and sentences about the organisations that get none."""

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
    why = _why_none(reading, lacking) if wanted else _others(reading, written)
    return SheetsOut(tuple(sheets), tuple(why))


def _others(reading: WeekReading, written: Set[str]) -> Iterator[str]:
    """Yield a sentence that names all organisations without a sheet, apart from those that were merged or dissolved."""
    ended = read_ended(reading.session, reading.as_of)
    entries = [one for one in read_organisations(reading.session) if one.id not in ended]
    lacking = (one for one in entries if one.key not in written)
    others = [one.key for one in lacking if not written & keys_of_body(reading.session, one.id)]
    if others and written:
        yield tr_count(
            "No sheet for {count:,} organisation that leads no open item in {period}: {keys}.",
            "No sheet for {count:,} organisations that lead no open item in {period}: {keys}.",
            len(others),
            period=period_name(reading.plan.settings, reading.as_of),
            keys=listed(others),
        )


def _why_none(reading: Reading, lacking: Sequence[OrganisationEntry]) -> Iterator[str]:
    ended = read_ended(reading.session, reading.as_of) if lacking else {}
    period = period_name(reading.plan.settings, reading.as_of)
    for entry in lacking:
        if entry.id in ended:
            what = ended[entry.id].what(entry.name)
            yield tr("No sheet for {key}: {what}.", key=entry.key, what=what)
        else:
            yield tr("No sheet for {key}: it leads no open item in {period}.", key=entry.key, period=period)

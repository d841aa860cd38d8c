"""Checking the values of a plan: its key, its days and its time zone."""

from datetime import date
from difflib import get_close_matches
from zoneinfo import ZoneInfo, available_timezones

from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.base.listing import listed
from planner.domain.cities import CITIES
from planner.domain.lengths import LONGEST_KEY

# How like a name of a time zone must be to be suggested, and how many are.
_LIKE = 0.75
_MOST = 3


def require_order(starts: date, ends: date) -> None:
    """Raise BadValueError if the last day of a plan is not after its first day."""
    if ends <= starts:
        raise BadValueError(
            tr("the last day ({ends}) is not after the first day ({starts})", ends=ends, starts=starts),
            where="ends",
            do=tr("Give a later day"),
        )


def checked_key(given: str) -> str:
    """Return the key of a plan. Raises BadValueError if it is empty, too long, or could not be typed as one word."""
    key = given.strip()
    if not key or len(key) > LONGEST_KEY or not all(character.isalnum() or character in "-._" for character in key):
        raise BadValueError(
            tr("'{key}' cannot be the key of a plan", key=given),
            where="key",
            do=tr("Give up to {most} letters, digits, dots and hyphens, such as harbour-2021", most=LONGEST_KEY),
        )
    return key


def checked_time_zone(given: str) -> str:
    """Return the name of a time zone, which may be typed in small letters and with spaces.

    Raises BadValueError if there is no such zone. The error names zones with similar names, such as that of a city.
    """
    wanted = "_".join(given.split())
    try:
        return ZoneInfo(wanted).key
    except (KeyError, ValueError, OSError) as error:
        zones = {zone.casefold(): zone for zone in available_timezones()}
        if wanted.casefold() in zones:
            return zones[wanted.casefold()]
        like = [zones[zone] for zone in _like(wanted.casefold(), zones)]
        raise BadValueError(
            tr("there is no time zone '{zone}'", zone=given),
            where="time zone",
            do=tr("Perhaps you mean {zones}", zones=listed(like)) if like else tr("Give one such as Asia/Seoul or UTC"),
        ) from error


def _like(wanted: str, zones: dict[str, str]) -> list[str]:
    """Return the zones of the place with this name, or else those with similar names."""
    place = wanted.rpartition("/")[2]
    same = sorted(zone for zone in zones if place and zone.rpartition("/")[2] == place)
    if place in CITIES and (known := CITIES[place].casefold()) in zones:
        same = [known]
    return (same or get_close_matches(wanted, sorted(zones), _MOST, _LIKE))[:_MOST]

"""The names of themes, measures and organisations in other languages. Searches for items use these names."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from planner.base.views import view
from planner.register.reading import Reading


class _TitleName(NamedTuple):
    id: int
    theme_id: int | None
    measure_id: int | None
    name: str


class _BodyName(NamedTuple):
    id: int
    organisation_id: int
    name: str


@view
class OtherNames:
    """The names of themes, measures and organisations in other languages, by id.

    Several names are joined by line ends.
    """

    themes: dict[int, str]
    measures: dict[int, str]
    organisations: dict[int, str]


# The names for a read whose items are not searched.
NO_NAMES = OtherNames({}, {}, {})


def read_other_names(reading: Reading) -> OtherNames:
    """Return the names in other languages, as known at the instant of `reading`."""
    from planner.store.models import OrganisationName, TitleName  # mapped only for a search

    titles = reading.known_records(TitleName, _TitleName)
    bodies = reading.known_records(OrganisationName, _BodyName)
    return OtherNames(
        themes=_in_lines((row.theme_id, row.name) for row in titles),
        measures=_in_lines((row.measure_id, row.name) for row in titles),
        organisations=_in_lines((row.organisation_id, row.name) for row in bodies),
    )


def _in_lines(names: Iterable[tuple[int | None, str]]) -> dict[int, str]:
    lines: dict[int, list[str]] = defaultdict(list)
    for owner, name in names:
        if owner is not None:
            lines[owner].append(name)
    return {owner: "\n".join(some) for owner, some in lines.items()}

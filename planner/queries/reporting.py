"""Who has not reported: per lead organisation, the reports a week owes and has, and how long there were none."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from planner.queries.items import Filters
from planner.queries.my_week import owes
from planner.queries.register import code_order
from planner.queries.views import ItemView, OrganisationView, StatusView
from planner.rules.weeks import Week
from planner.vocabulary import Concern, Freshness


@dataclass(frozen=True)
class Reporting:
    """A lead organisation's items that owe a report for the week, how many have it, and the longest silence in weeks.

    `silent` counts the items whose silence the plan's settings call long, those never reported on among them.
    """

    organisation: OrganisationView
    owed: int
    reported: int
    silent: int
    weeks: int

    @property
    def filters(self) -> Filters:
        """What narrows the register to the items without a report."""
        return Filters(lead=self.organisation.key, concern=Concern.UNREPORTED)


def silent_since(item: ItemView, as_of: date) -> date:
    """The day of an item's last report; where it never had one, the day it was to start."""
    return item.last.as_of if item.last else min(item.starts, as_of)


def weeks_between(since: date, as_of: date) -> int:
    """Whole reporting weeks from the one a day is in to the one of another."""
    return (Week.of(as_of).monday - Week.of(since).monday) // timedelta(weeks=1)


def not_reported(items: Iterable[ItemView], as_of: date) -> list[Reporting]:
    """The lead organisations that still owe a report, the longest silent first."""
    led: dict[OrganisationView, list[ItemView]] = defaultdict(list)
    for item in items:
        if item.freshness is not Freshness.NOT_OWED:
            led[item.lead].append(item)
    found = [_reporting(organisation, owing, as_of) for organisation, owing in led.items()]
    return sorted(
        (reporting for reporting in found if reporting.reported < reporting.owed),
        key=lambda reporting: (-reporting.weeks, reporting.reported - reporting.owed, reporting.organisation.name),
    )


def _reporting(organisation: OrganisationView, owing: list[ItemView], as_of: date) -> Reporting:
    unreported = [item for item in owing if item.freshness is not Freshness.REPORTED]
    return Reporting(
        organisation=organisation,
        owed=len(owing),
        reported=len(owing) - len(unreported),
        silent=sum(Concern.SILENT in item.concerns for item in unreported),
        weeks=weeks_between(min((silent_since(item, as_of) for item in unreported), default=as_of), as_of),
    )


def unreported(items: Iterable[ItemView], as_of: date) -> list[ItemView]:
    """The items that owe a report, by organisation: those of the longest silent one first, and so within each."""
    listed = list(items)
    silent = [reporting.organisation for reporting in not_reported(listed, as_of)]
    places = {organisation: place for place, organisation in enumerate(silent)}

    def place(item: ItemView) -> tuple[object, ...]:
        # Who owes nothing but a returned report anew was not silent: these come last.
        last = places.get(item.lead, len(places))
        return (last, item.lead.name, item.lead.key, silent_since(item, as_of), code_order(item))

    return sorted((item for item in listed if owes(item)), key=place)


def last_words(report: StatusView) -> str | None:
    """What a report said was done; where it says nothing of that, what is next, in the way, or asked for."""
    return report.done or report.next or report.blocker or report.help_needed

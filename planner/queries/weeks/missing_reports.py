"""Missing reports by lead organisation: how many were due and made this week, and the weeks without a report."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from planner.base.views import value_class
from planner.domain.rules.weeks import weeks_between
from planner.domain.vocabulary import Concern, Freshness
from planner.queries.items.filters import Filters
from planner.queries.items.ordering import register_order
from planner.queries.items.views import ItemView, OrganisationView, StatusView
from planner.queries.weeks.my_week import owes


@value_class
class Reporting:
    """How a lead organisation reports: the items that owe a report this week, and those that have one.

    `weeks` is the longest time without a report. `silent` counts the items that were never reported on, or have had no
    report for longer than the plan's settings allow.
    """

    organisation: OrganisationView
    owed: int
    reported: int
    silent: int
    weeks: int

    @property
    def filters(self) -> Filters:
        """The filters that select the organisation's items without a report."""
        return Filters(lead=self.organisation.key, concern=Concern.UNREPORTED)


def silent_since(item: ItemView, as_of: date) -> date:
    """Return the day of an item's last report or, if it has no report, the day on which it should have started."""
    return item.last.as_of if item.last else min(item.starts, as_of)


def not_reported(items: Iterable[ItemView], as_of: date) -> list[Reporting]:
    """Return the lead organisations that still owe a report. Those without a report for longest come first."""
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
    """Return the items that owe a report, grouped by organisation. Those without a report for longest come first."""
    listed = list(items)
    silent = [reporting.organisation for reporting in not_reported(listed, as_of)]
    places = {organisation: place for place, organisation in enumerate(silent)}

    def place(item: ItemView) -> tuple[object, ...]:
        # Organisations that only owe another report for a returned one were not silent, so they come last.
        last = places.get(item.lead, len(places))
        return (last, item.lead.name, item.lead.key, silent_since(item, as_of), register_order(item))

    return sorted((item for item in listed if owes(item)), key=place)


def last_words(report: StatusView) -> str | None:
    """Return the first text that a report has: what was done, what is next, a blocker, or the help needed."""
    return report.done or report.next or report.blocker or report.help_needed

"""The instructions on the first sheet of a status sheet, and what it says about itself."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from planner.base.command_names import command_with
from planner.base.language import tr, tr_count
from planner.base.listing import with_commas
from planner.base.visible_text import right_to_left, shortened
from planner.domain.period_names import period_name
from planner.domain.rules.periods import period_days
from planner.sheets.areas import INDICATORS, MILESTONES, REPORTS, Area
from planner.sheets.content import StatusSheet
from planner.weekly.workbook.texts import tab_text

# A day that cannot be read in another order of day and month.
EXAMPLE_DAY = "2020-03-31"

_LONGEST_AT_FOOT = 60


def title(sheet: StatusSheet) -> str:
    """Return the title of the sheet."""
    return tr(
        "Status sheet of {organisation} for {period}",
        organisation=sheet.organisation.name,
        period=period(sheet),
    )


def period(sheet: StatusSheet) -> str:
    """Return the name of the period that the sheet asks about."""
    return period_name(sheet.instance.plan.settings, sheet.instance.as_of)


def facts(sheet: StatusSheet) -> Iterator[tuple[str, str]]:
    """Yield what the sheet is for, each as a label and a text."""
    instance = sheet.instance
    first, last = period_days(instance.plan.settings, instance.as_of)
    known_at = instance.known_at.astimezone(ZoneInfo(instance.plan.time_zone))
    yield tr("Plan"), instance.plan.title
    yield tr("Organisation"), sheet.organisation.name
    yield (
        tr("Period"),
        tr("{period}, {first} to {last}", period=period(sheet), first=first, last=last),
    )
    yield tr("Shows what was recorded until"), f"{known_at:%Y-%m-%d %H:%M} ({instance.plan.time_zone})"
    yield tr("Items"), tr_count("{count:,} item", "{count:,} items", len(sheet.items))


def instructions() -> Iterator[str]:
    """Yield the instructions for the person who fills in the sheet, one paragraph each."""
    yield tr(
        "Fill in the yellow cells of the sheet “{reports}”: one row for each item, the most urgent first.",
        reports=REPORTS.name,
    )
    yield tr("Leave a row empty if you have nothing to report on the item. Nothing is then recorded on it.")
    yield tr("If nothing has changed since the last report, choose “no change” and leave the rest of the row empty.")
    yield tr(
        "An empty cell keeps what was reported last. Write a hyphen (-) in Next, Blocker or Help needed to remove it."
    )
    yield tr(
        "A completed item needs evidence. If an item should be cancelled or merged, tell the office that sent this."
    )
    yield tr("If a cell for the percent is grey, the percent of the item is computed from its milestones.")
    yield tr(
        "Report milestones on the sheet “{milestones}”. A new date needs a reason; a forecast needs none.",
        milestones=MILESTONES.name,
    )
    yield tr("Report values of indicators, if there are any, on the sheet “{indicators}”.", indicators=INDICATORS.name)
    yield tr("A date with a question mark is assumed, because nobody gave it. Tell the office if it is another date.")
    yield tr("Write days as year, month and day, such as {day}.", day=EXAMPLE_DAY)
    yield tr("You may filter, and change widths and heights. To sort, remove the protection first; it has no password.")
    yield tr("Sort whole rows only, never some of the columns: entries would come to other items.")
    yield tr("Do not change codes or grey cells, and do not add rows. They are compared with the register.")
    yield tr("Save the file as an Excel workbook (.xlsx) under any name, and send it back to the office that sent it.")


def table_title(sheet: StatusSheet, area: Area) -> str:
    """Return the line above a table that says what the table is."""
    return tr("{label}: {text}", label=area.name, text=title(sheet))


def hint() -> str:
    """Return the line above a table."""
    return tr("Fill in the yellow cells. Empty cells report nothing.")


def page_footer(sheet: StatusSheet) -> str:
    """Return the text at the foot of every printed page, before the page number. Programs limit its length."""
    names = (sheet.instance.plan.title, sheet.organisation.name)
    return with_commas([*(shortened(name, _LONGEST_AT_FOOT) for name in names), period(sheet)])


def command(sheet: StatusSheet) -> str:
    """Return the command that writes the sheet again."""
    return command_with(
        "sheets out",
        org=sheet.organisation.key,
        week=str(sheet.instance.week),
        known_at=sheet.instance.known_at_local,
        language=sheet.identity.language,
    )


def name() -> str:
    """Return the name of the first sheet."""
    return tab_text(tr("Instructions"))


def heading() -> str:
    """Return the heading above the instructions."""
    return tr("How to fill it in")


def from_right() -> bool:
    """Return whether the language in use is written from right to left."""
    return right_to_left(name())

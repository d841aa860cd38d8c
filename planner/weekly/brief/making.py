"""Make the brief of a week from the sections of its weekly file, so that both have the same numbers."""

from collections.abc import Iterable
from typing import Any

from planner.base.language import in_english
from planner.base.numbers import counted
from planner.weekly.brief.dates import falling_due, overdue, to_come
from planner.weekly.brief.model import Brief, BriefLine, BriefList, BriefPart
from planner.weekly.brief.shortening import short_title
from planner.weekly.brief.silent import silent
from planner.weekly.brief.standing import answers_sentence, plan_bar, slips_sentence, standing_sentence, theme_bars
from planner.weekly.brief.to_decide import assessed_otherwise, contradictions, help_needed, later_dates, to_confirm
from planner.weekly.brief.worsened import for_the_worse, worsened
from planner.weekly.contents import WeeklyFile
from planner.weekly.section import Section
from planner.weekly.sections.decisions import DECISIONS
from planner.weekly.sections.exceptions import EXCEPTIONS
from planner.weekly.sections.milestones import AHEAD, MILESTONES
from planner.weekly.sections.movements import MOVEMENTS
from planner.weekly.sections.opinions import OPINIONS
from planner.weekly.sections.requests import REQUESTS
from planner.weekly.sections.totals import TOTALS
from planner.weekly.sections.unreported import UNREPORTED

# The sections that the brief is made from.
BRIEF_SECTIONS: tuple[Section[Any], ...] = (
    *(TOTALS, MOVEMENTS, EXCEPTIONS, MILESTONES, DECISIONS, REQUESTS, OPINIONS, UNREPORTED),
)

# The most lines of a list, so that the brief has at most two pages.
MOST_LINES = 5


def has_brief(found: WeeklyFile) -> bool:
    """Whether a weekly file contains all the sections that the brief is made from."""
    return {section.name for section in BRIEF_SECTIONS} <= {filled.table.name for filled in found.sections}


def brief_of(found: WeeklyFile) -> Brief:
    """Return the brief of a week. The file must contain the sections of BRIEF_SECTIONS.

    The brief is in English, like all files of a week.
    """
    with in_english():
        return _brief_of(found)


# docs/decisions/0146: one brief for all formats, with the numbers of the file.
def _brief_of(found: WeeklyFile) -> Brief:
    totals = found.section(TOTALS.name).rows
    themes, themes_total = theme_bars(totals)
    return Brief(
        instance=found.instance,
        title=short_title(found.instance.title),
        sentence=_sentence(found),
        plan=plan_bar(totals[0]),
        parts=(_worse(found), _to_decide(found), _dates(found), _silent(found)),
        themes=themes,
        themes_total=themes_total,
    )


def _sentence(found: WeeklyFile) -> str:
    """Return where the plan stands, which dates are later now, and what was answered, in one to three sentences."""
    standing = standing_sentence(found.section(TOTALS.name).rows[0], found.instance.part.subject)
    slips = slips_sentence(found.section(MOVEMENTS.name).rows)
    return " ".join(filter(None, (standing, slips, answers_sentence(found.section(REQUESTS.name).rows))))


def _list(
    title: str, lines: Iterable[BriefLine], nothing: str, *, count: int | None = None, what: str = ""
) -> BriefList:
    """Return a list. `count` is how many there are of `what` its lines tell."""
    every = tuple(lines)
    detail = counted(count, what) if count not in (None, len(every)) else ""
    return BriefList(title, every[:MOST_LINES], len(every), nothing, detail)


def _worse(found: WeeklyFile) -> BriefPart:
    moved = for_the_worse(found.section(MOVEMENTS.name).rows)
    nothing = "Nothing got worse this week."
    one = _list("Items that got worse", worsened(moved), nothing, count=len(moved), what="change")
    return BriefPart("worse", "What got worse, and why", (one,))


def _to_decide(found: WeeklyFile) -> BriefPart:
    asked, exceptions = found.section(DECISIONS.name).rows, found.section(EXCEPTIONS.name).rows
    return BriefPart(
        "decide",
        "What needs a decision",
        (
            _list("Help needed", help_needed(asked), "Nobody asks for help."),
            _list("Later dates asked for", later_dates(asked), "Nobody asks for a later date."),
            _list("To be confirmed", to_confirm(asked), "Nothing waits for confirmation."),
            _list(
                "Assessed otherwise than reported",
                assessed_otherwise(found.section(OPINIONS.name).rows),
                "No assessment differs from the officer's rating.",
            ),
            _list("Rated green, but late", contradictions(exceptions), "No rating contradicts the dates."),
        ),
    )


def _dates(found: WeeklyFile) -> BriefPart:
    late = overdue(found.section(EXCEPTIONS.name).rows)
    dates = to_come(found.section(MILESTONES.name).rows)
    until = found.instance.as_of + AHEAD
    return BriefPart(
        "due",
        "What is overdue, and what falls due in two weeks",
        (
            _list("Items overdue", late, "No item is overdue."),
            _list(
                f"Items with dates due by {until}",
                falling_due(dates),
                "Nothing falls due.",
                count=len(dates),
                what="date",
            ),
        ),
    )


def _silent(found: WeeklyFile) -> BriefPart:
    lines = silent(found.section(UNREPORTED.name).rows, found.section(TOTALS.name).rows)
    nobody = "Everybody has reported."
    return BriefPart("silent", "Who is silent", (_list("Organisations with missing reports", lines, nobody),))

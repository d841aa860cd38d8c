"""planner show: all about one item."""

from typing import TYPE_CHECKING, Any

import click

from planner.base.formats import percent
from planner.cli.context import Context
from planner.cli.output import (
    as_json,
    as_of_option,
    banner,
    console,
    format_option,
    json_value,
    known_at_option,
    print_line,
    words,
)
from planner.dates.relative import in_words, with_words
from planner.domain.vocabulary import Completion

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from planner.queries.history.item_history import Discounted, HistoryEntry
    from planner.queries.items.item import ItemDetail
    from planner.queries.items.views import IndicatorView, ItemView, MilestoneView, StatusView
    from planner.queries.weeks.course import CoursePoint

# How much of the history is shown to people; `--format json` has all of it.
HISTORY_SHOWN = 12

_COMPLETIONS = {Completion.AWAITING: "awaiting confirmation", Completion.CONFIRMED: "confirmed"}


@click.command()
@click.argument("code")
@click.option("--course", is_flag=True, help="Show its course instead: percent done and expected, week by week.")
@as_of_option
@known_at_option
@format_option("text", "json")
@click.pass_obj
def show(context: Context, code: str, course: bool, as_of: str | None, known_at: str | None, output: str) -> None:
    """Show all about one item: state, dates, milestones, indicators, last report, history."""
    from planner.queries.items.item import read_item_detail
    from planner.queries.weeks.course import read_course

    with context.reading() as (session, plan):
        point = context.point(plan, as_of, known_at)
        detail = read_item_detail(session, plan, point, code)
        weeks = read_course(session, plan, point, code) if course or output == "json" else ()
    if output == "json":
        as_json("item", {**json_value(detail), "course": [_week(week) for week in weeks]}, plan)
        return
    if plan.simulated:
        banner(console(), plan)
    # Plain lines need no tables, and a one-item command is to start quickly.
    for line in course_lines(detail.item, weeks) if course else lines(detail, point.as_of):
        print_line(line)
    print_line()
    print_line(f"As of {point.as_of}.", style={"dim": True})


def lines(detail: "ItemDetail", as_of: "date") -> "Iterator[str]":
    """What is shown of an item, line by line."""
    item = detail.item
    yield f"{item.code}  {item.title}"
    yield f"{words(item.kind.value)}, title {item.basis.value}; theme {item.theme}: {item.theme_title}"
    yield f"Measure {item.measure}: {item.measure_title} (allocation {item.allocation_basis.value})"
    yield from _who(item)
    yield ""
    yield from _state(item, as_of)
    yield ""
    yield "Milestones"
    yield from (_milestone(milestone, as_of) for milestone in item.milestones)
    yield ""
    yield "Indicators"
    yield from (_indicator(indicator) for indicator in detail.indicators)
    if item.last:
        yield ""
        yield from _report(item.last, as_of)
    yield from _history(detail)


def course_lines(item: "ItemView", weeks: "Sequence[CoursePoint]") -> "Iterator[str]":
    """The course of an item, a line per week, the last one last."""
    yield f"{item.code}  {item.title}"
    if not weeks:
        yield f"It starts on {item.starts}."
        return
    yield "Week      As of       Done   Expected  Schedule   Officer"
    for week in weeks:
        confidence = week.confidence.value if week.confidence else "not rated"
        figures = f"{percent(week.actual):>5}  {percent(week.expected):>8}"
        yield f"{week.week}  {week.as_of}  {figures}  {words(week.schedule.value):<9}  {confidence}"


def _week(point: "CoursePoint") -> dict[str, Any]:
    """A week of the course as JSON holds it."""
    return {
        "week": str(point.week),
        "as_of": point.as_of,
        "expected_percent": round(point.expected, 1),
        "percent": None if point.actual is None else round(point.actual, 1),
        "phase": point.phase,
        "confidence": point.confidence,
        "schedule": point.schedule,
    }


def _who(item: "ItemView") -> "Iterator[str]":
    yield f"Lead: {item.lead.name} ({item.lead_basis.value})"
    yield from (f"      {reason}" for reason in item.lead_reasons)
    if item.supporting:
        yield "Supporting: " + ", ".join(organisation.name for organisation in item.supporting)


def _state(item: "ItemView", as_of: "date") -> "Iterator[str]":
    confidence = item.confidence.value if item.confidence else "not rated"
    yield f"Phase: {words(item.phase.value)}.  Officer's confidence: {confidence}."
    yield f"Schedule: {words(item.schedule.value)}.  Reports: {words(item.freshness.value)}."
    if item.contradiction:
        yield f"Contradiction: rated green, computed {words(item.schedule.value)}."
    if item.completion is not Completion.NONE:
        yield f"{words(item.phase.value).capitalize()}: {_COMPLETIONS[item.completion]}."
        if item.last and item.last.why_ended:
            yield f"Why: {item.last.why_ended}"
    if item.returned:
        back = item.returned
        yield f"Returned: the report as of {back.report.as_of}, by {back.actor}: {back.reason}"
    by = "milestones met" if item.measured_by.value == "milestones" else "officers' reports"
    yield f"Done: {percent(item.actual)} by {by}.  Expected: {percent(item.expected)}."
    yield f"Starts {item.starts} ({item.starts_basis.value})."
    yield f"Due {with_words(item.current_due, as_of)}, baseline {item.baseline_due} ({item.due_basis.value})."
    if item.days_late or item.days_late_baseline:
        yield f"Late: {item.days_late} days against the current date, {item.days_late_baseline} against the baseline."


def _milestone(milestone: "MilestoneView", as_of: "date") -> str:
    mark = "●" if milestone.met_on else "○"
    slip = f" (baseline {milestone.baseline}, {milestone.slip_days:+d} days)" if milestone.slip_days else ""
    met = f", met {milestone.met_on}" if milestone.met_on else f", {in_words(milestone.current, as_of)}"
    forecast = f", forecast {milestone.forecast}" if milestone.forecast else ""
    about = f"[weight {milestone.weight:g}, {milestone.basis.value}]"
    return f"  {mark} {milestone.number}  {milestone.current}{slip}{met}{forecast}  {milestone.title}  {about}"


def _indicator(indicator: "IndicatorView") -> str:
    value = "not observed" if indicator.observed is None else f"{indicator.observed:g} on {indicator.observed_on}"
    start = "" if indicator.baseline is None else f", from {indicator.baseline:g}"
    aim = "no target" if indicator.target is None else f"target {indicator.target:g} by {indicator.due}"
    share = "" if indicator.attainment is None else f", attained {indicator.attainment:.0%}"
    name = f"{indicator.name} ({indicator.unit})"
    return f"  {indicator.number}  {name}: {value}{start}, {aim}{share}  [{indicator.basis.value}]"


def _report(report: "StatusView", as_of: "date") -> "Iterator[str]":
    yield f"Last report, as of {with_words(report.as_of, as_of)}, by {report.actor} ({report.basis.value})"
    for label, text in (
        ("Done", report.done),
        ("Next", report.next),
        ("Blocker", report.blocker),
        ("Help needed", report.help_needed),
        ("Evidence", report.evidence),
    ):
        if text:
            yield f"  {label}: {text}"


def _history(detail: "ItemDetail") -> "Iterator[str]":
    if not detail.history:
        return
    yield ""
    yield "History, newest first"
    for entry in detail.history[:HISTORY_SHOWN]:
        as_of = f"  as of {entry.as_of}" if entry.as_of else ""
        yield f"  {_moment(entry)}{as_of}: {entry.what}{_because(entry.reason)}"
        for change in entry.changes:
            yield f"    {change.field}: {change.before or 'nothing'} → {change.after or 'nothing'}"
        for why in entry.discounted:
            yield f"    {words(why.how.value)}: {_moment(why)}{_because(why.reason)}"
    left = len(detail.history) - HISTORY_SHOWN
    if left > 0:
        yield f"  and {left} earlier; all with --format json"


def _moment(written: "HistoryEntry | Discounted") -> str:
    """When something was written, and by whom."""
    return f"{written.recorded_at:%Y-%m-%d %H:%M}Z  {written.actor}"


def _because(reason: str | None) -> str:
    return f" ({reason})" if reason else ""

"""planner show: everything about one item."""

from typing import TYPE_CHECKING, Any

import click

from planner.base.formats import percent, plain_number
from planner.base.language import later, tr, tr_count, tr_later
from planner.base.texts import with_unit
from planner.cli.context import Context
from planner.cli.output import (
    as_json,
    as_of_option,
    format_option,
    json_value,
    known_at_option,
    print_banner,
    print_line,
    words,
)
from planner.dates.assumed import with_word
from planner.dates.relative import in_words, with_words
from planner.domain.made_codes import code_in_words
from planner.domain.plain_words import mark
from planner.domain.rules.figures import tenths
from planner.domain.symbols import schedule_words
from planner.domain.vocabulary import Completion, MeasuredBy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from planner.queries.history.item_history.entries import Discounted, HistoryEntry
    from planner.queries.items.item import ItemDetail
    from planner.queries.items.views import IndicatorView, ItemView, MilestoneView, StatusView
    from planner.queries.weeks.course import CoursePoint
    from planner.register.plan_view import PlanView

# The number of history entries in the text. JSON has all of them.
HISTORY_SHOWN = 12

_COMPLETIONS = {
    Completion.AWAITING: later("{phase}: awaiting confirmation."),
    Completion.CONFIRMED: later("{phase}: confirmed."),
}


@click.command()
@click.argument("code")
@click.option(
    "--course", is_flag=True, help="Show the course of the item instead: percent done and expected, week by week."
)
@as_of_option
@known_at_option
@format_option("text", "json")
@click.pass_obj
def show(context: Context, code: str, course: bool, output: str) -> None:
    """Show everything about one item: state, dates, milestones, indicators, last report and history."""
    from planner.queries.items.item import read_item_detail

    with context.reading() as reading:
        detail = read_item_detail(reading, code)
        weeks: Sequence[CoursePoint] = ()
        if course or output == "json":
            from planner.queries.weeks.course import read_course

            weeks = read_course(reading, code)
    if output == "json":
        as_json("item", {**json_value(detail), "course": [_week(week) for week in weeks]}, reading.plan)
        return
    print_banner(reading.plan)
    # Plain lines need no rich tables, whose import would make a short command slow.
    for line in course_lines(detail.item, weeks) if course else lines(detail, reading.as_of, reading.plan):
        print_line(line)
    print_line()
    print_line(tr("As of {day}.", day=reading.as_of), style={"dim": True})


def lines(detail: "ItemDetail", as_of: "date", plan: "PlanView") -> "Iterator[str]":
    """Yield everything about an item, line by line."""
    item = detail.item
    yield f"{item.code}  {item.title}"
    yield from code_in_words(item.code)
    yield tr(
        "{kind} (title basis: {basis}); theme {number}: {theme}",
        kind=item.kind_title,
        basis=item.basis.value,
        number=item.theme,
        theme=item.theme_title,
    )
    if item.measure is None:
        yield tr("No measure (allocation basis: {basis})", basis=item.allocation_basis.value)
    else:
        yield tr(
            "Measure {key}: {measure} (allocation basis: {basis})",
            key=item.measure,
            measure=item.measure_title,
            basis=item.allocation_basis.value,
        )
    yield from _who(item)
    yield from (f"{label}: {value}" for label, value in detail.office.labelled)
    yield from detail.lineage.sentences
    yield ""
    yield from _state(item, as_of)
    yield from detail.assessed_in_words
    yield from _part(tr("Milestones"), (_milestone(milestone, as_of) for milestone in item.milestones))
    yield from _part(tr("Indicators"), (_indicator(indicator) for indicator in detail.indicators))
    if item.last:
        yield ""
        yield from _report(item.last, as_of)
    yield from _history(detail, plan)


def _part(heading: str, lines: "Iterator[str]") -> "Iterator[str]":
    """Yield the milestones or indicators of an item under their heading, or that it has none."""
    first = next(lines, None)
    yield ""
    if first is None:
        yield tr("{heading}: none", heading=heading)
        return
    yield heading
    yield first
    yield from lines


def course_lines(item: "ItemView", weeks: "Sequence[CoursePoint]") -> "Iterator[str]":
    """Yield one line for each week of an item, oldest first: percent done and expected, schedule and confidence."""
    yield f"{item.code}  {item.title}"
    if not weeks:
        yield tr("The item starts on {day}.", day=item.starts)
        return
    yield _course_heading()
    for week in weeks:
        confidence = week.confidence.value if week.confidence else tr("not rated")
        figures = f"{percent(week.actual):>5}  {percent(week.expected):>8}"
        yield f"{week.week}  {week.as_of}  {figures}  {words(week.schedule.value):<9}  {confidence}"


def _course_heading() -> str:
    done, expected = tr("Done"), tr("Expected")
    return f"{tr('Week'):<8}  {tr('As of'):<10}  {done:>5}  {expected:>8}  {tr('Schedule'):<9}  {tr('Rating')}"


def _week(point: "CoursePoint") -> dict[str, Any]:
    """Return the JSON values for the progress of an item in one week."""
    return {
        "week": str(point.week),
        "as_of": point.as_of,
        "expected_percent": tenths(point.expected),
        "percent": tenths(point.actual),
        "phase": point.phase,
        "confidence": point.confidence,
        "schedule": point.schedule,
    }


def _who(item: "ItemView") -> "Iterator[str]":
    yield tr("Lead: {organisation} (basis: {basis})", organisation=item.lead.name, basis=item.lead_basis.value)
    yield from (f"      {reason}" for reason in item.lead_reasons)
    if item.supporting:
        names = ", ".join(organisation.name for organisation in item.supporting)
        yield tr("Supporting: {organisations}", organisations=names)


def _state(item: "ItemView", as_of: "date") -> "Iterator[str]":
    phase, schedule = words(item.phase.value), schedule_words(item.schedule)
    confidence = item.confidence.value if item.confidence else tr("not rated")
    yield tr("Phase: {phase}.  Officer's confidence: {confidence}.", phase=phase, confidence=confidence)
    reports = words(item.freshness.value)
    yield tr("Schedule: {schedule}.  Reports: {reports}.", schedule=schedule, reports=reports)
    if item.contradiction:
        yield tr("Contradiction: rated green, but computed as {schedule}.", schedule=schedule)
    if item.completion is not Completion.NONE:
        yield tr_later(_COMPLETIONS[item.completion]).format(phase=phase.capitalize())
        if item.last and item.last.why_ended_in_words:
            yield tr("Reason: {reason}", reason=item.last.why_ended_in_words)
    if item.returned:
        yield tr(
            "Returned: {person} returned the report as of {day}: {reason}",
            person=item.returned.actor,
            day=item.returned.report.as_of,
            reason=item.returned.reason,
        )
    yield from _progress(item)
    yield from _dates(item, as_of)


def _dates(item: "ItemView", as_of: "date") -> "Iterator[str]":
    yield tr("Starts {day} (basis: {basis}).", day=item.starts, basis=item.starts_basis.value)
    yield tr(
        "Due {day}, baseline {baseline} (basis: {basis}).",
        day=with_word(with_words(item.current_due, as_of), assumed=item.due_assumed),
        baseline=item.baseline_due,
        basis=item.due_basis.value,
    )
    if item.days_late or item.days_late_baseline:
        yield tr(
            "Days late: {current} against the current date, {baseline} against the baseline.",
            current=item.days_late,
            baseline=item.days_late_baseline,
        )


def _progress(item: "ItemView") -> "Iterator[str]":
    done, expected = percent(item.actual), percent(item.expected)
    if item.measured_by is MeasuredBy.MILESTONES:
        yield tr("Done: {done}, measured by milestones.  Expected: {expected}.", done=done, expected=expected)
    else:
        yield tr("Done: {done} by officers' reports.  Expected: {expected}.", done=done, expected=expected)


def _milestone(milestone: "MilestoneView", as_of: "date") -> str:
    sign = mark("●" if milestone.met_on else "○")
    facts = [
        _current_date(milestone),
        tr("met {day}", day=milestone.met_on) if milestone.met_on else in_words(milestone.current, as_of),
    ]
    if milestone.forecast:
        facts.append(tr("forecast {day}", day=milestone.forecast))
    about = tr("weight {weight}, basis: {basis}", weight=plain_number(milestone.weight), basis=milestone.basis.value)
    if milestone.date_basis is not None:
        about = tr("{about}, basis of the date: {basis}", about=about, basis=milestone.date_basis.value)
    return f"  {sign}{milestone.number}  {', '.join(facts)}  {milestone.title}  [{about}]"


def _current_date(milestone: "MilestoneView") -> str:
    """Return the date that is now planned for a milestone, with its baseline date if the two differ."""
    if not milestone.slip_days:
        return with_word(milestone.current, assumed=milestone.assumed)
    return tr_count(
        "{day} (baseline {baseline}, {slip} day)",
        "{day} (baseline {baseline}, {slip} days)",
        milestone.slip_days,
        day=milestone.current,
        baseline=milestone.baseline,
        slip=f"{milestone.slip_days:+d}",
    )


def _indicator(indicator: "IndicatorView") -> str:
    if indicator.observed is None:
        facts = [tr("not observed")]
    else:
        facts = [tr("{value} on {day}", value=plain_number(indicator.observed), day=indicator.observed_on)]
    if indicator.baseline is not None:
        facts.append(tr("baseline {value}", value=plain_number(indicator.baseline)))
    if indicator.target is None:
        facts.append(tr("no target"))
    else:
        facts.append(tr("target {value} by {day}", value=plain_number(indicator.target), day=indicator.due))
    if indicator.attainment is not None:
        facts.append(tr("attainment {percent}", percent=percent(100 * indicator.attainment)))
    name = with_unit(indicator.name, indicator.unit)
    about = indicator.basis.value
    if indicator.due_basis is not None:
        about = tr("{about}, basis of the date: {basis}", about=about, basis=indicator.due_basis.value)
    return f"  {indicator.number}  {name}: {', '.join(facts)}  [{about}]"


def _report(report: "StatusView", as_of: "date") -> "Iterator[str]":
    yield tr(
        "Last report, as of {day}, by {person} (basis: {basis})",
        day=with_words(report.as_of, as_of),
        person=report.actor,
        basis=report.basis.value,
    )
    for label, text in (
        (tr("Done"), report.done),
        (tr("Next"), report.next),
        (tr("Blocker"), report.blocker),
        (tr("Help needed"), report.help_needed),
        (tr("Help from"), report.help_from),
        (tr("Help by"), str(report.help_by or "")),
        (tr("Evidence"), report.evidence),
    ):
        if text:
            yield f"  {label}: {text}"


def _history(detail: "ItemDetail", plan: "PlanView") -> "Iterator[str]":
    if not detail.history:
        return
    yield ""
    yield tr("History, newest first")
    for entry in detail.history[:HISTORY_SHOWN]:
        as_of = f"  {tr('as of {day}', day=entry.as_of)}" if entry.as_of else ""
        yield f"  {_moment(entry, plan)}{as_of}: {entry.what}{_because(entry.reason)}"
        for change in entry.changes:
            before, after = change.before or tr("nothing"), change.after or tr("nothing")
            yield f"    {change.field}: {before} → {after}"
        for why in entry.discounted:
            yield f"    {words(why.how.value)}: {_moment(why, plan)}{_because(why.reason)}"
    left = len(detail.history) - HISTORY_SHOWN
    if left > 0:
        more = tr_count(
            "and {count} earlier entry; --format json shows all",
            "and {count} earlier entries; --format json shows all",
            left,
        )
        yield f"  {more}"


def _moment(written: "HistoryEntry | Discounted", plan: "PlanView") -> str:
    """Return the time, in the plan's zone, and the author of a recorded change as text."""
    return f"{plan.time_at(written.recorded_at)}  {written.actor}"


def _because(reason: str | None) -> str:
    return f" ({reason})" if reason else ""

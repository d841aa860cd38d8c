"""A story is one an office's register could hold, whatever is drawn."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from planner.demo.chance import Chance
from planner.demo.entries import Counted, SimulatedDateChange, SimulatedEntry, StepForecast, StepMet
from planner.demo.records import sittings
from planner.demo.reporting_style import Candour, reporting_style_of
from planner.demo.stories import story_of
from planner.demo.subjects import Subject
from planner.domain.rules.settings import Settings
from planner.domain.rules.weeks import local_day
from planner.domain.vocabulary import Confidence, Phase
from planner.writes.reports.status import Report
from tests.demo.subjects import SPAN, a_subject, subjects

SEEDS = st.integers(0, 10_000)


# The stories of some items that several officers report on, as one office's.
ENTRIES = [
    entry
    for number in range(12)
    for entry in story_of(
        replace(a_subject(code=f"T-{number:03d}"), officer=f"simulated-officer-{number % 3}"), SPAN, Settings(), 1
    )
]


def told(subject: Subject, seed: int) -> list[SimulatedEntry]:
    return story_of(subject, SPAN, Settings(), seed)


def reports(entries: list[SimulatedEntry]) -> list[tuple[SimulatedEntry, Report]]:
    return [(entry, entry.fact) for entry in entries if isinstance(entry.fact, Report)]


@given(subjects(), SEEDS)
def test_the_same_seed_tells_the_same_story(subject: Subject, seed: int) -> None:
    assert told(subject, seed) == told(subject, seed)


@given(subjects(), SEEDS)
def test_nothing_is_written_down_before_it_is_so_or_outside_the_year(subject: Subject, seed: int) -> None:
    for entry in told(subject, seed):
        assert SPAN.first <= entry.as_of <= entry.written_on <= SPAN.last
        assert entry.as_of >= subject.starts


@given(subjects(), SEEDS)
def test_it_is_written_down_in_order(subject: Subject, seed: int) -> None:
    entries = told(subject, seed)
    assert [entry.written_on for entry in entries] == sorted(entry.written_on for entry in entries)
    days = [entry.as_of for entry, _ in reports(entries)]
    assert days == sorted(set(days))


@given(subjects(), SEEDS)
def test_no_report_follows_an_end(subject: Subject, seed: int) -> None:
    phases = [report.phase for _, report in reports(told(subject, seed))]
    assert not any(phase and phase.terminal for phase in phases[:-1])


@given(subjects(), SEEDS)
def test_work_that_began_is_not_called_not_started(subject: Subject, seed: int) -> None:
    phases = [report.phase for _, report in reports(told(subject, seed))]
    begun = [phase is not Phase.NOT_STARTED for phase in phases]
    assert begun == sorted(begun)


@given(subjects(), SEEDS)
def test_percents_never_fall_and_are_left_out_where_milestones_tell_them(subject: Subject, seed: int) -> None:
    percents = [report.percent for _, report in reports(told(subject, seed))]
    given_ones = [percent for percent in percents if percent is not None]
    assert given_ones == sorted(given_ones)
    assert all(0 <= percent < 100 for percent in given_ones)
    assert not (subject.by_milestones and given_ones)


@given(subjects(), SEEDS)
def test_a_milestone_is_met_once_and_neither_moved_nor_forecast_afterwards(subject: Subject, seed: int) -> None:
    met: dict[int, date] = {}
    for entry in told(subject, seed):
        fact = entry.fact
        if isinstance(fact, StepMet):
            assert fact.number not in met
            assert fact.met_on == entry.as_of
            met[fact.number] = fact.met_on
        elif isinstance(fact, SimulatedDateChange | StepForecast):
            assert fact.number not in met


@given(subjects(), SEEDS)
def test_dates_move_to_another_day_of_the_plan_with_a_reason(subject: Subject, seed: int) -> None:
    current: dict[int | None, date] = {step.number: step.date for step in subject.steps} | {None: subject.due}
    for entry in told(subject, seed):
        if isinstance(entry.fact, SimulatedDateChange):
            assert entry.fact.new not in (current[entry.fact.number], None)
            assert subject.starts <= entry.fact.new <= SPAN.last
            assert entry.fact.reason.strip()
            current[entry.fact.number] = entry.fact.new


@given(subjects(), SEEDS)
def test_an_item_is_completed_only_with_all_its_milestones(subject: Subject, seed: int) -> None:
    met: set[int] = set()
    for entry in told(subject, seed):
        if isinstance(entry.fact, StepMet):
            met.add(entry.fact.number)
        if isinstance(entry.fact, Report) and entry.fact.phase is Phase.COMPLETED:
            assert len(met) == len(subject.steps)


@given(subjects(), SEEDS)
def test_every_report_says_something_of_the_work(subject: Subject, seed: int) -> None:
    for _, report in reports(told(subject, seed)):
        assert report.done
        assert "{" not in f"{report.done}{report.next}{report.blocker}{report.help_needed}"
        assert report.help_needed is None or report.blocker


@given(subjects(), SEEDS)
def test_a_report_names_the_milestones_met_since_the_last(subject: Subject, seed: int) -> None:
    titles = {step.number: step.title for step in subject.steps}
    newly: list[int] = []
    for entry in told(subject, seed):
        if isinstance(entry.fact, StepMet):
            newly.append(entry.fact.number)
        elif isinstance(entry.fact, Report):
            if entry.fact.phase is Phase.IN_PROGRESS:
                assert all(titles[number] in (entry.fact.done or "") for number in newly)
            newly.clear()


def test_the_hopeful_rate_better_than_the_frank_and_the_cautious_worse() -> None:
    rated: dict[Candour, list[Confidence]] = {candour: [] for candour in Candour}
    for number in range(200):
        subject = a_subject(code=f"T-{number:03d}")
        written = reports(told(subject, 1))
        candour = reporting_style_of(SPAN, Chance(1, subject.code, "manner")).candour
        rated[candour] += [report.confidence for _, report in written if report.confidence]
    green = {candour: sum(one is Confidence.GREEN for one in all_) / len(all_) for candour, all_ in rated.items()}
    assert green[Candour.HOPEFUL] > green[Candour.FRANK] > green[Candour.CAUTIOUS]


@given(st.dates(SPAN.first, SPAN.last), st.dates(SPAN.first, SPAN.last))
def test_what_is_written_down_by_a_later_day_begins_with_what_was_by_an_earlier(one: date, other: date) -> None:
    earlier, later = sorted((one, other))
    by_then = sittings(ENTRIES, SPAN, earlier, 1)
    assert all(local_day(sitting.at, SPAN.time_zone) <= earlier for sitting in by_then)
    assert sittings(ENTRIES, SPAN, later, 1)[: len(by_then)] == by_then


def test_running_reports_are_rated_and_two_in_a_row_seldom_read_alike() -> None:
    alike = weeks = 0
    for seed in range(60):
        written = [report for _, report in reports(told(a_subject(), seed))]
        assert all(
            report.confidence in set(Confidence) for report in written if not (report.phase or Phase.MERGED).terminal
        )
        alike += sum(one.done == other.done for one, other in pairwise(written))
        weeks += len(written)
    assert weeks > 1000
    assert alike / weeks < 0.02


def test_indicators_are_observed_in_the_course_of_the_work() -> None:
    values = [entry.fact.value for entry in told(a_subject(), 3) if isinstance(entry.fact, Counted)]
    assert len(values) > 2
    assert values == sorted(values)

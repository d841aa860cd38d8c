"""The story of one item: what its officer reports, week by week, until the item or the year ends.

A story is always computed for the whole year and then cut at the requested day, so that a later day only adds entries.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from planner.demo.chance import Chance
from planner.demo.counting import Counter, counter_of
from planner.demo.courses import Course, Fate, Spell, course_of
from planner.demo.entries import Counted, Fact, SimulatedDateChange, SimulatedEntry, StepForecast, StepMet
from planner.demo.people import MANAGER
from planner.demo.phrases import CauseOfDelay, phrases
from planner.demo.reporting_style import Candour, ReportingStyle, reporting_style_of
from planner.demo.subjects import PlannedStep, Subject
from planner.demo.wording import Writer
from planner.demo.year import Year, working_day
from planner.domain.rules.progress import actual_percent, expected_percent
from planner.domain.rules.schedule import schedule
from planner.domain.rules.settings import Settings
from planner.domain.rules.weeks import Week
from planner.domain.vocabulary import Confidence, MeasuredBy, Phase, Schedule
from planner.writes.reports.status import Report

RATINGS = (Confidence.GREEN, Confidence.AMBER, Confidence.RED)
# The greatest number of days by which a date is moved at once.
LONGEST_MOVE = 56
WEDNESDAY, THURSDAY, FRIDAY = 2, 3, 4


def story_of(subject: Subject, span: Year, settings: Settings, seed: int) -> list[SimulatedEntry]:
    """Return all entries on an item in the year, in the order in which they are recorded."""
    course = course_of(subject, span, Chance(seed, subject.code, "course"))
    style = reporting_style_of(span, Chance(seed, subject.code, "manner"))
    weekday = Chance(seed, subject.officer, "weekday").pick((WEDNESDAY, THURSDAY, THURSDAY, FRIDAY, FRIDAY))
    builder = _StoryBuilder(subject, course, style, settings, span, seed)
    for week in span.weeks():
        builder.add_week(week.monday + timedelta(days=weekday))
        if builder.ended:
            break
    return [entry for entry in builder.entries if entry.written_on <= span.last]


class _StoryBuilder:
    """Adds entries to a story week by week, and keeps track of the facts recorded so far."""

    def __init__(
        self, subject: Subject, course: Course, style: ReportingStyle, settings: Settings, span: Year, seed: int
    ) -> None:
        self.entries: list[SimulatedEntry] = []
        self.ended = False
        self._subject = subject
        self._course = course
        self._style = style
        self._settings = settings
        self._span = span
        self._chance = Chance(seed, subject.code, "weeks")
        self._writer = Writer(subject, Chance(seed, subject.code, "wording"))
        counters = Chance(seed, subject.code, "counters")
        self._counters = [counter for count in subject.counts if (counter := counter_of(count, subject, counters))]
        self._values: dict[int, float] = {}
        self._met: dict[int, date] = {}
        self._current = {step.number: step.date for step in subject.steps}
        self._due = subject.due
        self._moves: dict[int, int] = {}
        self._troubles: dict[Spell, CauseOfDelay] = {}
        self._phase = Phase.NOT_STARTED
        self._percent = 0
        self._last: date | None = None
        self._day = self._written_on = span.first

    def add_week(self, day: date) -> None:
        """Add the entries of the week whose report is due on `day`, if there is a report."""
        self._day = day
        if not self._has_report():
            return
        late = self._chance.happens(self._style.late)
        # A late report comes on Monday or Tuesday of the next week, before that week's own report.
        self._written_on = Week.of(day).sunday + timedelta(days=self._chance.whole(1, 2)) if late else day
        newly = self._newly_met()
        self._add_met_steps(newly)
        if self._phase is not Phase.SUSPENDED:
            self._add_date_changes()
        counted = self._add_observations(bool(newly))
        self._add_report(newly, counted)
        self._last = day

    def _has_report(self) -> bool:
        """Return whether there is a report this week."""
        expected_from = max(self._subject.starts, self._span.first)
        if self._day < expected_from or self._day > self._span.last or self._style.silent(self._day):
            return False
        if self._last is None and self._day < self._course.begins:
            return self._course.fate is Fate.LATE_START and self._chance.happens(0.7)
        missed = self._style.missed
        if self._course.paused(self._day) and self._phase is Phase.SUSPENDED:
            missed = 0.6
        return not self._chance.happens(missed)

    def _add(self, fact: Fact, as_of: date | None = None) -> None:
        due_date = isinstance(fact, SimulatedDateChange) and fact.number is None
        # Only the manager moves due dates.
        who = MANAGER if due_date else self._subject.officer
        self.entries.append(SimulatedEntry(self._subject.code, who, self._written_on, as_of or self._day, fact))

    # Milestones and dates

    def _newly_met(self) -> list[tuple[PlannedStep, date]]:
        pairs = zip(self._subject.steps, self._course.met, strict=True)
        given_up = self._course.gives_up
        return [
            (step, met)
            for step, met in pairs
            if met and met <= self._day and step.number not in self._met and not (given_up and met >= given_up)
        ]

    def _add_met_steps(self, newly: list[tuple[PlannedStep, date]]) -> None:
        for step, met in newly:
            self._met[step.number] = met
            self._add(StepMet(step.number, met, step.test), as_of=met)

    def _add_date_changes(self) -> None:
        """Move a date that will be missed or can be brought forward, or add a forecast for the open step."""
        index = self._course.open_step(self._day)
        if index is None or self._course.gives_up:
            return
        step, met = self._subject.steps[index], self._course.met[index]
        agreed = self._current[step.number]
        slip = (met - agreed).days if met else 45
        nearness = (agreed - self._day).days
        if slip >= 6 and -28 <= nearness <= 12 and self._moves.get(step.number, 0) < 2:
            self._postpone(index, step, agreed, slip)
        elif slip <= -9 and 14 < nearness < 80 and step.number not in self._moves and self._chance.happens(0.25):
            self._move(step, working_day(agreed + timedelta(days=slip // 2)), self._writer.one_of(phrases().forward))
        elif abs(slip) >= 3 and -21 <= nearness <= 18 and self._chance.happens(0.2):
            expected = working_day(max(agreed, self._day) + timedelta(days=max(3, slip + self._chance.whole(-6, 4))))
            self._add(StepForecast(step.number, expected))

    def _postpone(self, index: int, step: PlannedStep, agreed: date, slip: int) -> None:
        if not self._chance.happens(self._style.orderly * 0.6):
            return
        hoped = max(agreed, self._day) + timedelta(
            days=max(7, min(LONGEST_MOVE, round(slip * self._chance.between(0.5, 1.0))))
        )
        new = working_day(hoped)
        if new > self._span.last:
            return
        trouble = self._trouble_on(self._day) or self._writer.trouble(step)
        self._move(step, new, self._writer.one_of(trouble.reasons))
        self._move_followers(index, step, new)

    def _move_followers(self, index: int, moved: PlannedStep, new: date) -> None:
        """Move later steps that would now come before a moved step, and the item's due date if its last step moved."""
        earliest = new + timedelta(days=7)
        for step in self._subject.steps[index + 1 :]:
            if self._current[step.number] >= earliest or working_day(earliest) > self._span.last:
                break
            follows = self._writer.one_of(phrases().follows).format(number=moved.number)
            self._move(step, working_day(earliest), follows)
            moved, earliest = step, self._current[step.number] + timedelta(days=7)
        last = self._current[self._subject.steps[-1].number]
        if last > self._due and self._chance.happens(0.85):
            self._due = last
            self._add(SimulatedDateChange(None, last, self._writer.one_of(phrases().due_follows)))

    def _move(self, step: PlannedStep, new: date, reason: str) -> None:
        if new == self._current[step.number]:
            return
        self._current[step.number] = new
        self._moves[step.number] = self._moves.get(step.number, 0) + 1
        self._add(SimulatedDateChange(step.number, new, reason))

    # Indicators

    def _add_observations(self, reached: bool) -> tuple[Counter, float, float | None] | None:
        """Add observed values now and then, and when a milestone is met.

        Return one value for the report's text, or None.
        """
        if self._phase in (Phase.NOT_STARTED, Phase.SUSPENDED) and not reached:
            return None
        level = self._course.level(self._subject, self._day)
        mentioned = None
        for counter in self._counters:
            if not self._chance.happens(0.8 if reached else 0.2):
                continue
            number, before = counter.planned.number, self._values.get(counter.planned.number)
            value = counter.value(self._subject, level, len(self._met))
            if before is None and value == counter.at_nothing and self._chance.happens(0.6):
                continue
            if value == before and self._chance.happens(0.8):
                continue
            self._values[number] = value
            self._add(Counted(number, value))
            mentioned = mentioned if counter.deliverable else (counter, value, before)
        return mentioned

    # The report itself

    def _add_report(
        self, newly: list[tuple[PlannedStep, date]], counted: tuple[Counter, float, float | None] | None
    ) -> None:
        before, self._phase = self._phase, self._phase_now()
        report = self._texts(before, newly)
        completes = self._phase is Phase.COMPLETED and before is not Phase.COMPLETED
        shown = completes or (newly and self._chance.happens(0.5))
        if counted and self._phase is Phase.IN_PROGRESS and self._chance.happens(0.6):
            report = replace(report, done=f"{report.done} {self._writer.counted(*counted)}")
        self._add(
            replace(
                report,
                phase=self._phase,
                percent=self._percent_now(),
                confidence=self._rating(),
                evidence=self._writer.one_of(phrases().evidence) if shown else None,
            )
        )
        self.ended = self._phase.terminal

    def _phase_now(self) -> Phase:
        course = self._course
        if course.gives_up and self._day >= course.gives_up:
            return Phase.MERGED if course.fate is Fate.MERGED else Phase.CANCELLED
        if len(self._met) == len(self._subject.steps):
            # Some officers report the completion only in their next report.
            return Phase.COMPLETED if self._chance.happens(0.8) else Phase.IN_PROGRESS
        if course.paused(self._day):
            return Phase.SUSPENDED
        return Phase.IN_PROGRESS if self._day > course.begins else Phase.NOT_STARTED

    def _percent_now(self) -> int | None:
        if self._subject.by_milestones or self._phase is Phase.COMPLETED:
            return None
        level = self._course.level(self._subject, self._day)
        if self._style.candour is Candour.HOPEFUL and level > 5:
            level += 6
        grain = self._style.grain
        self._percent = max(self._percent, int(min(level, 98) // grain * grain))
        return self._percent

    def _rating(self) -> Confidence | None:
        if self._phase.terminal:
            return Confidence.GREEN if self._phase is Phase.COMPLETED else None
        grave = self._gravity()
        if self._style.candour is Candour.HOPEFUL:
            grave -= 1 if self._chance.happens(0.6) else 2
        elif self._style.candour is Candour.CAUTIOUS:
            grave += self._chance.happens(0.5)
        elif self._chance.happens(0.06):
            grave += self._chance.pick((-1, 1))
        return RATINGS[max(0, min(2, grave))]

    def _gravity(self) -> int:
        """Return the state of the item as a frank officer sees it: 0 is good, 1 is doubtful, 2 is in danger.

        This depends on the computed schedule, on a current delay, and on whether the open step will be met in time,
        which the officer knows in advance.
        """
        index = self._course.open_step(self._day)
        if index is None:
            return 0
        met, agreed = self._course.met[index], self._current[self._subject.steps[index].number]
        slip = (met - agreed).days if met else 60
        computed = self._schedule()
        # A date more than two months ahead does not endanger the item yet.
        near = (agreed - self._day).days < 60
        coming = 0 if slip < 8 else 1 if slip < 35 or not near else 2
        shown = {Schedule.OVERDUE: 2, Schedule.OFF_TRACK: 1}.get(computed, 0)
        trouble = 1 if self._trouble_on(self._day) or self._course.paused(self._day) else 0
        return max(coming, shown, trouble)

    def _schedule(self) -> Schedule:
        """Return the item's schedule as the register computes it."""
        subject, steps = self._subject, self._subject.rule_steps(self._met)
        measured = MeasuredBy.MILESTONES if subject.by_milestones else MeasuredBy.REPORTS
        expected = expected_percent(subject.starts, subject.due, steps, self._day)
        actual = actual_percent(measured, self._phase, steps, self._percent)
        return schedule(self._phase, self._due, expected, actual, self._day, self._settings)

    # Its texts

    def _texts(self, before: Phase, newly: list[tuple[PlannedStep, date]]) -> Report:
        """Return a report with only its texts: work done, next steps, blocker and help needed."""
        writers: dict[Phase, Callable[[Phase, list[tuple[PlannedStep, date]]], Report]] = {
            Phase.NOT_STARTED: self._waiting,
            Phase.IN_PROGRESS: self._working,
            Phase.SUSPENDED: self._suspended,
            Phase.COMPLETED: self._completed,
            Phase.CANCELLED: self._given_up,
            Phase.MERGED: self._given_up,
        }
        return writers[self._phase](before, newly)

    def _waiting(self, _before: Phase, _newly: list[tuple[PlannedStep, date]]) -> Report:
        writer, step = self._writer, self._step
        blocker, help_needed = self._hindrance()
        return Report(
            done=writer.plain(phrases().waiting, step, step.date),
            next=writer.plain(phrases().waiting_next, step, step.date),
            blocker=blocker,
            help_needed=help_needed,
        )

    def _working(self, before: Phase, newly: list[tuple[PlannedStep, date]]) -> Report:
        writer, step, share = self._writer, self._step, self._share()
        blocker, help_needed = self._hindrance()
        if newly:
            done = writer.reached(newly)
        elif before is Phase.SUSPENDED:
            done = writer.plain(phrases().resumed, step, self._day)
        elif blocker and self._chance.happens(0.4):
            done = writer.held_up(step, share)
        elif not blocker and self._chance.happens(self._style.brief):
            done = writer.one_of(phrases().brief)
        else:
            done = writer.done(step, share)
        return Report(
            done=f"{self._opening()}{done}",
            next=self._coming(step, share),
            blocker=blocker,
            help_needed=help_needed,
        )

    def _coming(self, step: PlannedStep, share: float) -> str | None:
        if self._course.open_step(self._day) is None:
            return self._writer.one_of(phrases().completed_next)
        if self._chance.happens(self._style.brief):
            return None
        return self._writer.next(step, share, self._current[step.number], self._day)

    def _opening(self) -> str:
        """Return an opening sentence after a gap in the reports or the end of a delay, or an empty text."""
        if self._last and (self._day - self._last).days >= 28:
            return f"{self._writer.one_of(phrases().returned)} "
        spell = next((spell for spell in self._troubles if spell.last and spell.last < self._day), None)
        if spell is None:
            return ""
        del self._troubles[spell]
        return f"{self._writer.one_of(phrases().cleared)} "

    def _suspended(self, before: Phase, _newly: list[tuple[PlannedStep, date]]) -> Report:
        writer, step = self._writer, self._step
        stopped = before is not Phase.SUSPENDED
        blocker, help_needed = self._hindrance(always=stopped)
        return Report(
            done=writer.plain(phrases().suspended if stopped else phrases().still_suspended, step, self._day),
            next=writer.one_of(phrases().suspended_next) if stopped or self._chance.happens(0.4) else None,
            blocker=blocker,
            help_needed=help_needed,
        )

    def _completed(self, _before: Phase, newly: list[tuple[PlannedStep, date]]) -> Report:
        last = self._subject.steps[-1]
        done = self._writer.plain(phrases().completed, last, self._met[last.number])
        others = [pair for pair in newly if pair[0] is not last]
        return Report(
            done=f"{self._writer.reached(others)} {done}" if others else done,
            next=self._writer.one_of(phrases().completed_next),
        )

    def _given_up(self, _before: Phase, _newly: list[tuple[PlannedStep, date]]) -> Report:
        merged = self._phase is Phase.MERGED
        reasons = phrases().merged if merged else phrases().cancelled
        return Report(
            done=self._writer.one_of(phrases().ended),
            next=self._writer.one_of(phrases().ended_next),
            ending_reason=self._writer.plain(reasons, self._step, self._day),
            merged_into=self._subject.sibling if merged else None,
        )

    @property
    def _step(self) -> PlannedStep:
        """The step that is being worked on, or the last one if all are met."""
        index = self._course.open_step(self._day)
        return self._subject.steps[-1 if index is None else index]

    def _share(self) -> float:
        """Return how much of the work from the last met step to the open step is done, from 0 to 1."""
        index = self._course.open_step(self._day)
        if index is None:
            return 1.0
        below, above = self._subject.cumulative(index), self._subject.cumulative(index + 1)
        return (self._course.level(self._subject, self._day) - below) / (above - below)

    def _hindrance(self, *, always: bool = False) -> tuple[str | None, str | None]:
        """Return the current blocker and the help needed, each None if the report does not mention it."""
        trouble = self._trouble_on(self._day)
        if trouble is None or not (always or self._chance.happens(0.75)):
            return None, None
        blocker = self._writer.one_of(trouble.blockers)
        return blocker, self._writer.one_of(trouble.helps) if self._chance.happens(0.35) else None

    def _trouble_on(self, day: date) -> CauseOfDelay | None:
        """Return the cause of the delay on a day, or None if nothing delays the item. Each delay keeps its cause."""
        spell = next((spell for spell in self._course.troubles if spell.covers(day)), None)
        if spell is None:
            return None
        if spell not in self._troubles:
            self._troubles[spell] = self._writer.trouble(self._step, begun=day > self._course.begins)
        return self._troubles[spell]

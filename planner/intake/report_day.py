"""The day of the reports that files carry, and of their other facts: what a person or a file says, or today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.base.listing import listed
from planner.dates.span import Span
from planner.dates.typed import read_day
from planner.intake.answering.refused import refused_words
from planner.intake.comparing.preview import Preview
from planner.intake.comparing.stored import REPORT_FACTS, StoredRegister
from planner.intake.doubted_day import DoubtedDay, later_day
from planner.intake.file_days import FileDays
from planner.intake.layout.stated.stated_day import may_name_day
from planner.intake.other_time import OtherTime, other_time
from planner.intake.proposed import DaysByFile, Field, Problem, ProposedRegister, Severity, answer_key, days_of_all
from planner.intake.sheets import Place
from planner.intake.wishes import Wishes
from planner.register.reading import Reading


@dataclass(frozen=True)
class ReportDay:
    """The day of the reports, and what a preview with reports asks or remarks about it, if the day is not sure.

    `doubted` is the day that a file names, if nobody confirmed it: whether it is asked about depends on the register.
    With `changes`, the problem is also one of a preview that changes items without a report. `is_answered` says that a
    person chose the day for these files. With `is_assumed`, nothing says the day, so it is today.
    """

    day: date
    problem: Problem | None = None
    doubted: DoubtedDay | None = None
    changes: bool = False
    is_answered: bool = False
    is_assumed: bool = False

    @property
    def is_chosen(self) -> bool:
        """Whether a person chooses the day: they are asked for it, or chose it already."""
        return self.is_answered or (self.problem is not None and self.problem.severity is Severity.QUESTION)

    def asked_in(self, preview: Preview, stored: StoredRegister) -> Preview:
        """Return a preview with the problem, if it has reports. A file that reports nothing new needs no day.

        It needs one too if it has facts that are older than those of the register on one of the days.
        """
        has_reports = any(item.report for items in (preview.new, preview.changed) for item in items)
        has_older = self.is_chosen and any(conflict.is_older for _, conflict in preview.conflicts)
        if not has_reports and not has_older and not (self.changes and preview.changed):
            return preview
        problem = self.problem
        if self.doubted is not None:
            problem = self.doubted.question(preview, stored, Place(preview.files[0]))
        if self.is_assumed and any(item.report for item in preview.changed):
            problem = _assumed(self.day, Place(preview.files[0]))
        return preview if problem is None else replace(preview, problems=(*preview.problems, problem))


def settle_report_day(reading: Reading, wishes: Wishes, proposed: ProposedRegister, files: Sequence[str]) -> ReportDay:
    """Return the day of the reports. A day that the files state is remarked in the proposed register.

    Before the first day of the plan, no report is possible, so what the files say of the state of items is left out.
    """
    usual, today, plan = wishes.as_of or reading.as_of, reading.today, reading.plan
    has_reports = any(fact in item.facts for item in proposed.items for fact in REPORT_FACTS)
    if usual < plan.starts:
        if has_reports:
            _leave_out(proposed, plan.starts, files)
        return ReportDay(usual)
    other = other_time(proposed, Span(plan.starts, plan.ends)) if wishes.as_of is None else None
    if other is not None:
        return _of_other_time(reading, wishes, other, Place(files[0]))
    if not has_reports:
        return ReportDay(usual)
    if wishes.as_of is not None:
        return ReportDay(usual, _after(plan.ends, usual, files) if usual > plan.ends else None)
    stated = {day: place for day, place in days_of_all(proposed.stated_days).items() if plan.starts <= day <= today}
    named = {day: place for day, place in days_of_all(proposed.named_days).items() if plan.starts <= day <= today}
    unlike = {day: place for day, place in named.items() if all(_month(day) != _month(one) for one in stated)}
    if len(stated) == 1 and not unlike:
        return _stated(reading, wishes, proposed, Place(files[0]), *stated.popitem())
    if stated:
        return _chosen(wishes, Place(files[0]), stated | unlike, today)
    named.pop(usual, None)
    if named:
        return _named(wishes, Place(files[0]), named, usual if usual <= plan.ends else None, today)
    if today > plan.ends:
        return _answered(wishes, Place(files[0]), plan.starts, plan.ends, today)
    return ReportDay(usual, is_assumed=not proposed.exported)


def settle_file_days(
    reading: Reading, wishes: Wishes, proposed: ProposedRegister, report_day: ReportDay, files: Sequence[str]
) -> FileDays:
    """Return the day of the other facts of each file. A file that has several days is as new as its last one.

    A day that a person gives for the import counts for all its files. One that a person chooses for the reports counts
    for the only file, or for those that name no day.
    """
    if wishes.as_of is not None:
        return FileDays(wishes.as_of, dict.fromkeys(files, wishes.as_of))
    said, named = _newest(reading, proposed.stated_days), _newest(reading, proposed.days_of_names)
    if report_day.is_answered:
        meant = files if len(files) == 1 else set(files) - {*said, *named}
        said |= dict.fromkeys(meant, report_day.day)
    # With several files, one answer says the day of the reports of all, but each is as new as it says.
    return FileDays(report_day.day, said, named, frozenset(files if len(files) == 1 and report_day.is_chosen else ()))


def _newest(reading: Reading, days: DaysByFile) -> dict[str, date]:
    """Return the last day of each file that is in the plan and not after today."""
    possible = {file: [day for day in one if reading.plan.starts <= day <= reading.today] for file, one in days.items()}
    return {file: max(one) for file, one in possible.items() if one}


def _of_other_time(reading: Reading, wishes: Wishes, other: OtherTime, place: Place) -> ReportDay:
    """Return the day that a person answers about files that name a time outside the plan. Without an answer, ask."""
    plan, today = reading.plan, reading.today
    answer = wishes.answers.get(answer_key(place, Field.DATE))
    day = _day(answer, today)
    if day is not None and plan.starts <= day <= today:
        return ReportDay(day, is_answered=True)
    usual = min(reading.as_of, plan.ends)
    what = tr(
        "{time} ({place}) is outside the plan, which is from {starts} to {ends}. The file can be that of another plan",
        time=other.words,
        place=other.place,
        starts=plan.starts,
        ends=plan.ends,
    )
    do = tr("Import it into the plan of its year; or if it is one of this plan, choose the day for which it is true")
    choices = tuple(str(day) for day in sorted({usual, *other.in_plan(plan.starts, plan.ends, today)}))
    asked = Problem(Severity.QUESTION, place, Field.DATE, "", _refused(answer, what), do, choices)
    return ReportDay(usual, asked, changes=True)


def _month(day: date) -> tuple[int, int]:
    """Return the month of a day. A name such as 4月 means its last day, and a text can name any day of it."""
    return day.year, day.month


def _stated(
    reading: Reading, wishes: Wishes, proposed: ProposedRegister, file: Place, day: date, place: Place
) -> ReportDay:
    """Return the day that one text of the files names, or the one that a person answered about it."""
    plan, today = reading.plan, reading.today
    answer = wishes.answers.get(answer_key(file, Field.DATE))
    meant = _day(answer, today)
    if meant is not None and plan.starts <= meant <= today:
        return ReportDay(meant, is_answered=True)
    what = tr("the reports are imported as of {day}, which this text names", day=day)
    do = tr("If it is another day, give the day of the reports")
    # A heading of which the day was taken needs no remark that it may name one.
    proposed.problems = [
        one for one in proposed.problems if one.place != place or one.what != may_name_day(one.value).what
    ]
    proposed.problems.append(Problem(Severity.REMARK, place, None, "", what, do))
    told = later_day(proposed.items, Span(plan.starts, plan.ends), day, today)
    return ReportDay(day, doubted=DoubtedDay(day, place, today, told, answer))


def _chosen(wishes: Wishes, place: Place, stated: Mapping[date, Place], today: date) -> ReportDay:
    """Return the day of several that the files state which a person chooses. Without an answer, ask."""
    choices = tuple(str(day) for day in sorted(stated))
    answer = wishes.answers.get(answer_key(place, Field.DATE))
    day = _day(answer, today)
    if day is not None and str(day) in choices:
        return ReportDay(day, is_answered=True)
    names = listed([f"{day} ({stated[day]})" for day in sorted(stated)])
    what = tr("the files name several days for their reports: {days}", days=names)
    do = tr("Choose the day for which the reports hold")
    if len({one.file for one in stated.values()}) > 1:
        do = tr(
            "Choose the day for which the reports hold, or import the files one after the other, the older one first"
        )
    return ReportDay(today, Problem(Severity.QUESTION, place, Field.DATE, "", _refused(answer, what), do, choices))


def _named(wishes: Wishes, place: Place, named: Mapping[date, Place], usual: date | None, today: date) -> ReportDay:
    """Return the day that a person chooses: one in a title or a name, or the `usual` one. Else, ask."""
    days = sorted({*named, *((usual,) if usual is not None else ())})
    answer = wishes.answers.get(answer_key(place, Field.DATE))
    day = _day(answer, today)
    if day is not None and day in days:
        return ReportDay(day, is_answered=True)
    names = listed([f"{day} ({named[day]})" for day in sorted(named)])
    what = tr("a title, or the name of a file or a sheet, can say for which day the reports hold: {days}", days=names)
    do = tr("Choose the day for which the reports hold, or give another day as the as-of date of the import")
    if len({one.file for one in named.values()}) > 1:
        # One day counts for all files of an import.
        do = tr(
            "Choose the day for which the reports hold, or import the files one after the other, the older one first"
        )
    choices = tuple(map(str, days))
    return ReportDay(max(named), Problem(Severity.QUESTION, place, Field.DATE, "", _refused(answer, what), do, choices))


def _refused(answer: str | None, what: str) -> str:
    """Return a question, which says first that an answer does not fit if there is one."""
    return what if answer is None else refused_words(answer, what)


def _assumed(day: date, place: Place) -> Problem:
    """Return the remark that no day was found, so that an old file would count as one of today."""
    what = tr("nothing in the files says for which day their reports hold, so they count as of {day}", day=day)
    return Problem(Severity.REMARK, place, None, "", what, tr("If they are of an earlier day, give this day"))


def _after(ends: date, day: date, files: Sequence[str]) -> Problem:
    """Return the remark that a person gave a day after the end of the plan."""
    what = tr("the reports are as of {day}, which is after the plan ended on {ends}", day=day, ends=ends)
    do = tr("If their state is that of a day in the plan, give this day")
    return Problem(Severity.REMARK, Place(files[0]), None, "", what, do)


def _answered(wishes: Wishes, place: Place, starts: date, ends: date, today: date) -> ReportDay:
    """Return the day that a person answers. Without one, ask, because reports long after the plan are hardly meant."""
    answer = wishes.answers.get(answer_key(place, Field.DATE))
    day = _day(answer, today)
    if day is not None and starts <= day <= today:
        return ReportDay(day, is_answered=True)
    what = tr("the plan ended on {ends}, and the files do not say as of which day their reports are", ends=ends)
    do = tr("Type the day, such as {day}; it is from {starts} to {today}", day=ends, starts=starts, today=today)
    return ReportDay(today, Problem(Severity.QUESTION, place, Field.DATE, "", _refused(answer, what), do))


def _day(text: str | None, today: date) -> date | None:
    """Return the day that a person answers, in any form in which days are typed, or None."""
    try:
        return None if text is None else read_day(text, today, "as of")
    except BadValueError:
        return None


def _leave_out(proposed: ProposedRegister, starts: date, files: Sequence[str]) -> None:
    for item in proposed.items:
        for fact in REPORT_FACTS:
            item.facts.pop(fact, None)
    what = tr("the plan begins on {starts}, so what the files say of the state of items is not imported", starts=starts)
    do = tr("Import it when the plan has begun")
    proposed.problems.append(Problem(Severity.REMARK, Place(files[0]), None, "", what, do))

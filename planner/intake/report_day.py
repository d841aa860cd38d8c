"""The day of the reports that files carry: what a person says, what the files say, or today."""

from collections.abc import Sequence
from datetime import date

from planner.base.language import tr
from planner.intake.comparing.stored import REPORT_FACTS
from planner.intake.proposed import Field, Problem, ProposedRegister, Severity, answer_key
from planner.intake.sheets import Place
from planner.intake.wishes import Wishes
from planner.register.reading import Reading


def settle_report_day(reading: Reading, wishes: Wishes, proposed: ProposedRegister, files: Sequence[str]) -> date:
    """Return the day of the reports. If it is not sure, a question or a remark is added to the proposed register.

    Before the first day of the plan, no report is possible, so what the files say of the state of items is left out.
    """
    today, plan = wishes.as_of or reading.as_of, reading.plan
    if not any(fact in item.facts for item in proposed.items for fact in REPORT_FACTS):
        return today
    if today < plan.starts:
        _leave_out(proposed, plan.starts, files)
        return today
    if wishes.as_of is not None:
        return today
    stated = {day: place for day, place in proposed.stated_days.items() if plan.starts <= day <= today}
    if len(stated) == 1:
        ((day, place),) = stated.items()
        what = tr("the reports are imported as of {day}, which this text names", day=day)
        do = tr("If it is another day, give the day of the reports")
        proposed.problems.append(Problem(Severity.REMARK, place, None, "", what, do))
        return day
    return _asked(wishes, proposed, files, plan.starts, plan.ends, today) if today > plan.ends else today


def _asked(
    wishes: Wishes, proposed: ProposedRegister, files: Sequence[str], starts: date, ends: date, today: date
) -> date:
    """Return the day that a person answers. Without one, ask, because reports long after the plan are hardly meant."""
    place = Place(files[0])
    answer = _day(wishes.answers.get(answer_key(place, Field.DATE)))
    if answer is not None and starts <= answer <= today:
        return answer
    what = tr("the plan ended on {ends}, and the files do not say as of which day their reports are", ends=ends)
    do = tr("Type the day, such as {day}; it is from {starts} to {today}", day=ends, starts=starts, today=today)
    proposed.problems.append(Problem(Severity.QUESTION, place, Field.DATE, "", what, do))
    return ends


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text.strip())
    except ValueError:
        return None


def _leave_out(proposed: ProposedRegister, starts: date, files: Sequence[str]) -> None:
    for item in proposed.items:
        for fact in REPORT_FACTS:
            item.facts.pop(fact, None)
    what = tr("the plan begins on {starts}, so what the files say of the state of items is not imported", starts=starts)
    do = tr("Import it when the plan has begun")
    proposed.problems.append(Problem(Severity.REMARK, Place(files[0]), None, "", what, do))

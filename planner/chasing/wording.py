"""The subject and text of a message, in plain lines that every mail program shows unchanged."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from planner.base.formats import percent
from planner.base.numbers import counted
from planner.base.visible_text import one_line, shortened
from planner.chasing.round import ChasedItem, Message, Occasion, Reason
from planner.domain.vocabulary import Basis, Phase, Schedule
from planner.queries.items.views import ItemView, StatusView
from planner.queries.weeks.missing_reports import silent_since, weeks_between

# How many characters of each text in the last report are quoted, and how many for an item that is merely due.
LAST_WORDS = 220
FEW_WORDS = 140

SIMULATED = "SIMULATED: this is a demonstration. Its reports, dates and values are made up. Please do not send this."
WORKING = "[working] marks titles drafted for this register; they are not the published plan's."

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

# The request for each reason. `{those}` is "1 item" or "3 items".
_REQUESTS = {
    Reason.RETURNED: "RETURNED, {those}: the last report was sent back and does not count. Please report again.",
    Reason.OVERDUE: "OVERDUE, {those}. Please report as completed, with what shows it; or say by when it will be done "
    "and what is in the way, so that the date can be moved.",
    Reason.SILENT: "LONG WITHOUT A REPORT, {those}. Please say how it stands, also where nothing moved.",
    Reason.DUE: "DUE FOR {week}, {those}. Please report what was done, what is next, and what is in the way.",
}


def subject(message: Message) -> str:
    """Return the subject: the week, the number of reports and items, and the organisation."""
    owed = message.count(Reason.RETURNED, Reason.SILENT, Reason.DUE)
    overdue = message.count(Reason.OVERDUE)
    parts = [counted(owed, "report") + " owed"] if owed else []
    parts += [counted(overdue, "item") + " overdue"] if overdue else []
    simulated = "[SIMULATED] " if message.occasion.plan.simulated else ""
    name = one_line(message.organisation.short_name)
    return f"{simulated}Week {message.occasion.week}: {', '.join(parts)} ({name})"


def body(message: Message) -> str:
    """Return the whole text of a message, ending with a line end."""
    return "\n".join(_lines(message)) + "\n"


def _lines(message: Message) -> Iterator[str]:
    occasion = message.occasion
    if occasion.plan.simulated:
        yield from (SIMULATED, "")
    yield from _opening(message)
    for reason in Reason:
        chased = message.because(reason)
        if chased:
            yield from ("", _REQUESTS[reason].format(those=counted(len(chased), "item"), week=occasion.week))
            for one in chased:
                yield from ("", *_item_lines(one, occasion, at_length=reason is not Reason.DUE))
    yield from ("", *_closing(message))


def _opening(message: Message) -> Iterator[str]:
    occasion = message.occasion
    week = occasion.week
    yield f"To: {one_line(message.organisation.name)}"
    yield f"About: {one_line(occasion.plan.title)}"
    yield f"Reporting week {week} ({week.monday} to {week.sunday}), as of {occasion.day}"
    yield ""
    yield "Dear colleagues,"
    yield ""
    items = len(message.items)
    needs = "One item that you lead needs" if items == 1 else f"{items} of the items that you lead need"
    yield f"{needs} a word from you. Please answer by {_DAYS[occasion.answer_by.weekday()]}, {occasion.answer_by}:"
    yield "report in the register (planner my-week --report asks one by one), or answer this message under each item."


def _closing(message: Message) -> Iterator[str]:
    if any(chased.item.basis is Basis.WORKING for chased in message.items):
        yield WORKING
    occasion = message.occasion
    known_at = occasion.known_at.astimezone(ZoneInfo(occasion.plan.time_zone))
    yield f"What was reported after {known_at:%Y-%m-%d %H:%M} is not in here yet: if that is yours, thank you already."


def _item_lines(chased: ChasedItem, occasion: Occasion, *, at_length: bool) -> Iterator[str]:
    item = chased.item
    yield f"{item.code} [{item.basis}]  {one_line(item.title)}"
    if item.returned is not None:
        reason = shortened(item.returned.reason, LAST_WORDS)
        yield f"  Report of {item.returned.report.as_of} returned by {one_line(chased.returner or '')}: {reason}"
    yield f"  {_state_line(chased, occasion)}"
    for milestone in chased.late_milestones:
        yield f"  Milestone {milestone.number}, due {milestone.current}, not met: {one_line(milestone.title)}"
    yield from _last_words(item.last, one_line(chased.reporter or ""), at_length=at_length)


def _state_line(chased: ChasedItem, occasion: Occasion) -> str:
    """Return the state of the item on one line."""
    item = chased.item
    parts = [_due(item), _percents(item)]
    if item.phase is Phase.SUSPENDED:
        parts.append("suspended")
    if item.contradiction:
        parts.append("green against its dates")
    if Reason.SILENT in chased.reasons and item.last is not None:
        weeks = weeks_between(silent_since(item, occasion.day), occasion.day)
        parts.append(f"no report for {counted(weeks, 'week')}")
    return "; ".join(parts)


def _due(item: ItemView) -> str:
    """Return the item's due date and how late it is. A suspended item is not called late."""
    moved = f" (first agreed: {item.baseline_due})" if item.baseline_due != item.current_due else ""
    late = f", {counted(item.days_late, 'day')} overdue" if item.schedule is Schedule.OVERDUE else ""
    return f"Due {item.current_due}{moved}{late}"


def _percents(item: ItemView) -> str:
    done = "nothing reported as done" if item.actual is None else f"{percent(item.actual)} done"
    return f"{done}, {percent(item.expected)} expected"


def _last_words(last: StatusView | None, reporter: str, *, at_length: bool) -> Iterator[str]:
    if last is None:
        yield "  There is no report on it yet."
        return
    texts = [("Done", last.done), ("Next", last.next)]
    problems = [("In the way", last.blocker), ("Help needed", last.help_needed)]
    head = f"  Last report, {last.as_of} by {reporter}:"
    if not at_length:
        head = f"{head} {shortened(last.done or last.next or 'no words on what was done', FEW_WORDS)}"
        texts = []
    yield head
    yield from (f"    {name}: {shortened(text, LAST_WORDS)}" for name, text in (*texts, *problems) if text)

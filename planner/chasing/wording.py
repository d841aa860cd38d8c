"""The subject and text of a message, in plain lines that every mail program shows unchanged."""

from collections.abc import Iterator

from planner.base.command_names import command_with
from planner.base.formats import percent
from planner.base.language import in_english
from planner.base.numbers import counted
from planner.base.visible_text import one_line, shortened
from planner.chasing.round import ChasedItem, Message, Occasion, Reason
from planner.dates.assumed import with_word
from planner.domain.period_names import reporting_period
from planner.domain.rules.periods import period_days
from planner.domain.rules.weeks import weeks_between
from planner.domain.symbols import WORKING
from planner.domain.vocabulary import Basis, Cadence, Phase, Schedule
from planner.queries.items.views import ItemView, StatusView
from planner.queries.weeks.missing_reports import silent_since

# How many characters of each text in the last report are quoted, and how many for an item that is merely due.
LAST_WORDS = 220
FEW_WORDS = 140

# How many items, the most urgent first, are shown with their last report. The others have a line each.
IN_FULL = 10

SIMULATED = "SIMULATED: this is a demonstration. Its reports, dates and values are made up. Please do not send this."

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

# The request for each reason. `{items}` is "1 item" or "3 items".
_REQUESTS = {
    Reason.RETURNED: "RETURNED, {items}: the last report was returned and does not count. Please report again.",
    Reason.OVERDUE: "OVERDUE, {items}. If it is completed, please report that, with evidence. If not, please say when "
    "it will be completed and what blocks it, so that the date can be moved.",
    Reason.SILENT: "NO REPORT FOR A LONG TIME, {items}. Please report the current state, even if nothing changed.",
    Reason.DUE: "DUE FOR {week}, {items}. Please report what was done, what is next, and what blocks the item.",
}


def subject(message: Message) -> str:
    """Return the subject: the week, the number of reports and items, and the organisation. It is always in English."""
    with in_english():
        return _subject(message)


def _subject(message: Message) -> str:
    owed = message.count(Reason.RETURNED, Reason.SILENT, Reason.DUE)
    overdue = message.count(Reason.OVERDUE)
    parts = [counted(owed, "report") + " due"] if owed else []
    parts += [counted(overdue, "item") + " overdue"] if overdue else []
    simulated = "[SIMULATED] " if message.occasion.plan.simulated else ""
    name = one_line(message.organisation.short_name)
    period = message.occasion.period
    weekly = message.occasion.plan.cadence is Cadence.WEEKLY
    return f"{simulated}{'Week ' if weekly else ''}{period}: {', '.join(parts)} ({name})"


def body(message: Message) -> str:
    """Return the whole text of a message, ending with a line end. It is always in English."""
    with in_english():
        return "\n".join(_lines(message)) + "\n"


def _lines(message: Message) -> Iterator[str]:
    occasion = message.occasion
    if occasion.plan.simulated:
        yield from (SIMULATED, "")
    yield from _opening(message)
    worst = message.items[:IN_FULL]
    for reason in Reason:
        chased = message.because(reason)
        if chased:
            yield from ("", _REQUESTS[reason].format(items=counted(len(chased), "item"), week=occasion.period))
            for one in chased:
                if one in worst:
                    yield from ("", *_item_lines(one, occasion, at_length=reason is not Reason.DUE))
            others = [one.item for one in chased if one not in worst]
            if others:
                yield ""
                yield from (f"{item.code} [{item.basis}]  {one_line(item.title)} ({_due(item)})" for item in others)
    yield from ("", *_closing(message))


def _opening(message: Message) -> Iterator[str]:
    occasion = message.occasion
    first, last = period_days(occasion.plan.settings, occasion.of)
    yield f"To: {one_line(message.organisation.name)}"
    yield f"About: {one_line(occasion.plan.title)}"
    named = reporting_period(occasion.plan.settings, occasion.of)
    yield f"{named[:1].upper()}{named[1:]} ({first} to {last}), as of {occasion.day}"
    yield ""
    yield "Dear colleagues,"
    yield ""
    items = len(message.items)
    needs = "One item that you lead needs" if items == 1 else f"{items} items that you lead need"
    yield f"{needs} your answer. Please answer by {_DAYS[occasion.answer_by.weekday()]}, {occasion.answer_by}:"
    by_questions = command_with("my-week", report="")
    yield f"report in the register ({by_questions} asks about each item), fill in the status sheet"
    yield "if the office sends you one, or write your answer under each item in this message."


def _closing(message: Message) -> Iterator[str]:
    if any(chased.item.basis is Basis.WORKING for chased in message.items):
        yield WORKING
    occasion = message.occasion
    known_at = occasion.plan.time_at(occasion.known_at)
    yield f"If you reported after {known_at}, this message does not include your report yet. Thank you."


def _item_lines(chased: ChasedItem, occasion: Occasion, *, at_length: bool) -> Iterator[str]:
    item = chased.item
    yield f"{item.code} [{item.basis}]  {one_line(item.title)}"
    yield from (f"  {sentence}" for sentence in chased.continued)
    if item.returned is not None:
        reason = shortened(item.returned.reason, LAST_WORDS)
        yield f"  Report of {item.returned.report.as_of} returned by {one_line(chased.returner or '')}: {reason}"
    yield f"  {_state_line(chased, occasion)}"
    for milestone in chased.late_milestones:
        due = with_word(milestone.current, assumed=milestone.assumed)
        yield f"  Milestone {milestone.number}, due {due}, not met: {one_line(milestone.title)}"
    yield from _last_words(item.last, one_line(chased.reporter or ""), at_length=at_length)


def _state_line(chased: ChasedItem, occasion: Occasion) -> str:
    """Return the state of the item on one line."""
    item = chased.item
    parts = [_due(item), _percents(item)]
    if item.phase is Phase.SUSPENDED:
        parts.append("suspended")
    if item.contradiction:
        parts.append("rated green, but late by its dates")
    if Reason.SILENT in chased.reasons and item.last is not None:
        weeks = weeks_between(silent_since(item, occasion.day), occasion.day)
        parts.append(f"no report for {counted(weeks, 'week')}")
    return "; ".join(parts)


def _due(item: ItemView) -> str:
    """Return the item's due date and how late it is. A suspended item is not called late."""
    moved = f" (first agreed: {item.baseline_due})" if item.baseline_due != item.current_due else ""
    late = f", {counted(item.days_late, 'day')} overdue" if item.schedule is Schedule.OVERDUE else ""
    return f"Due {with_word(item.current_due, assumed=item.due_assumed)}{moved}{late}"


def _percents(item: ItemView) -> str:
    done = "nothing reported as done" if item.actual is None else f"{percent(item.actual)} done"
    return f"{done}, {percent(item.expected)} expected"


def _last_words(last: StatusView | None, reporter: str, *, at_length: bool) -> Iterator[str]:
    if last is None:
        yield "  There is no report on it yet."
        return
    texts = [("Done", last.done), ("Next", last.next)]
    problems = [("Blocker", last.blocker), ("Help needed", last.help_needed)]
    head = f"  Last report, {last.as_of} by {reporter}:"
    if not at_length:
        head = f"{head} {shortened(last.done or last.next or 'nothing about what was done', FEW_WORDS)}"
        texts = []
    yield head
    yield from (f"    {name}: {shortened(text, LAST_WORDS)}" for name, text in (*texts, *problems) if text)

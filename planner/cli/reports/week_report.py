"""Reporting on items one by one, by answering questions in plain lines.

It works with a screen reader, over a slow connection, and for a program. Each item is saved by itself. Answers that are
not saved are kept as a draft, which is offered when the item is reported on again.
"""

from collections import Counter
from collections.abc import MutableMapping, Sequence
from datetime import date
from enum import StrEnum

from planner.base.errors import NotAllowedError, PlannerError
from planner.base.language import later, tr, tr_later
from planner.cli.context import Context
from planner.cli.output import print_line
from planner.cli.reports.owed_item import owed_lines
from planner.cli.reports.week_draft import ItemDraft
from planner.cli.reports.week_form import Form, Question, entry_of, questions_of
from planner.cli.walk import SKIP, SkippedError, agree, ask_until, one_by_one, unknown_answer, until_ended
from planner.domain.rules.permissions import Permission

KEPT, CLEARED = "", "."
HELP = later("Enter keeps the value in brackets, . clears it, s skips the item, q ends. Each item is saved by itself.")


class Outcome(StrEnum):
    """The result for an item of the queue."""

    REPORTED = "reported"
    SKIPPED = "skipped"


def go_through(context: Context, codes: Sequence[str]) -> None:
    """Ask about the items one by one. Items that were saved stay saved if the person stops early."""
    if codes:
        print_line(tr_later(HELP))
    tally: Counter[Outcome] = Counter()
    with until_ended(tr("Ended.")):
        for code in one_by_one(lambda: dict(zip(codes, codes, strict=True))):
            tally[_report_on(context, code)] += 1
    print_line(
        tr(
            "{reported} reported, {skipped} skipped, {left} left.",
            reported=tally[Outcome.REPORTED],
            skipped=tally[Outcome.SKIPPED],
            left=len(codes) - tally.total(),
        )
    )


def _report_on(context: Context, code: str) -> Outcome:
    try:
        form = _open(context, code)
    except NotAllowedError as error:
        print_line(error.message)
        return Outcome.SKIPPED
    for line in owed_lines(form.item, form.today):
        print_line(line)
    draft = ItemDraft(context, form)
    saved = False
    try:
        typed = _resumed_answers(draft)
        while not saved:
            _ask_all(form, typed, draft)
            if not _save_confirmed(form, typed):
                return Outcome.SKIPPED
            saved, form = _saved(context, form, typed)
        draft.saved(_open(context, code))
        return Outcome.REPORTED
    except SkippedError:
        return Outcome.SKIPPED
    finally:
        if not saved and draft.is_kept:
            print_line()
            print_line(tr("Your answers on {code} are not saved; they are kept as a draft.", code=code))


def _save_confirmed(form: Form, typed: dict[str, str]) -> bool:
    """Ask whether to save. Without answers, ask whether to report that nothing changed."""
    last = form.item.last
    if typed:
        return agree(tr("Save?"), default=True)
    if last is None:
        print_line(tr("You answered no question, so there is nothing to save."))
        return False
    return agree(
        tr("You answered no question. Report that nothing changed since {day}?", day=last.as_of), default=False
    )


def _resumed_answers(draft: ItemDraft) -> dict[str, str]:
    """Offer the drafts on the item, newest first. Return the answers of the one to continue with, or none."""
    question = Question("draft", tr("Continue with this draft? y, n (keep it) or d (delete it)"), "y", _check_choice)
    for one in draft.found():
        draft.show(one)
        answer = _ask(question, question.current) or question.current
        if answer == "y":
            return draft.resume(one)
        if answer == "d":
            draft.delete(one)
    return {}


def _check_choice(text: str) -> None:
    if text not in ("y", "n", "d"):
        raise unknown_answer(text, tr("Write y, n or d"))


def _saved(context: Context, form: Form, typed: dict[str, str]) -> tuple[bool, Form]:
    """Save the answers. If they are refused, print the reason, and return the form for asking again."""
    from planner.writes.reports.conflicts import ConflictError

    try:
        if not _save(context, form, typed):
            return False, form
    except ConflictError as error:
        print_line(error.message)
        fresh = _open(context, form.item.code)
        _print_differences(form, fresh)
        return False, fresh
    except PlannerError as error:
        print_line(error.message)
        return False, form
    print_line(tr("Saved the report on {code}.", code=form.item.code))
    return True, form


def _open(context: Context, code: str) -> Form:
    """Read an item to report on. Raises NotAllowedError if the person may not report on it."""
    from planner.queries.history.expected_state import expected_state_of
    from planner.queries.items.item import read_item_detail
    from planner.writes.items import item_row
    from planner.writes.permission import require

    with context.reading() as reading:
        require(reading.session, context.actor, Permission.REPORT, item_row(reading.session, reading.plan, code))
        detail = read_item_detail(reading, code)
    return Form(reading.plan.key, detail, expected_state_of(detail), reading.as_of)


def _save(context: Context, form: Form, typed: dict[str, str]) -> bool:
    """Save the answers, and return whether they were saved. If they are inconsistent, ask first."""
    from planner.writes.reports.doubts import DoubtfulError

    try:
        _record(context, form, typed, check_doubts=True)
    except DoubtfulError as error:
        for doubt in error.doubts:
            print_line(f"  {doubt.what}")
        if not agree(tr("Save it anyway?"), default=False):
            return False
        _record(context, form, typed, check_doubts=False)
    return True


def _record(context: Context, form: Form, typed: dict[str, str], *, check_doubts: bool) -> None:
    from planner.writes.reports.entries import Entry, record_entry
    from planner.writes.reports.status import Report

    entry = entry_of(form, typed) if typed else Entry(Report(unchanged=True))
    with context.writing() as writing:
        record_entry(writing, form.item.code, entry, expected=form.expected, check_doubts=check_doubts)


def _ask_all(form: Form, typed: MutableMapping[str, str], draft: ItemDraft) -> None:
    """Ask all questions. `typed` gets the answers by question name; an earlier answer is the default."""
    for question in questions_of(form):
        if question.after is not None and not question.after.holds(typed):
            typed.pop(question.name, None)
            continue
        answer = _ask(question, typed.get(question.name, question.current))
        if answer is not None:
            typed[question.name] = answer
            draft.keep(typed)


def _ask(question: Question, current: str) -> str | None:
    """Ask a question until the answer is valid. Return None if the current value is kept."""

    def read(answer: str) -> str | None:
        if answer == SKIP:
            raise SkippedError
        if answer == KEPT and (current or question.after is None):
            return None
        text = "" if answer == CLEARED else answer
        _repeat_date(text, question.check(text))
        return text

    return ask_until(f"{question.label} [{current}]" if current else question.label, read, KEPT)


def _repeat_date(text: str, meaning: object) -> None:
    """Print the date that was understood, if the answer has a date in another form than ISO."""
    verb, day = meaning if isinstance(meaning, tuple) else ("", None)
    if isinstance(day, date) and text not in (verb, f"{verb} {day}"):
        print_line(f"  {verb} {day:%A} {day}")


def _print_differences(form: Form, fresh: Form) -> None:
    """Print the current values that differ from those when the questions were asked."""
    before = {question.name: question for question in questions_of(form)}
    for question in questions_of(fresh):
        earlier = before.get(question.name)
        if earlier is None or (earlier.current, earlier.label) != (question.current, question.label):
            current = question.current or tr("nothing")
            print_line("  " + tr("now: {field}: {text}", field=question.label, text=current))

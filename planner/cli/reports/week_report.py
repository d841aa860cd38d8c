"""Reporting by questions and answers, item after item, on plain lines: for a screen reader, a slow line, a program.

Enter keeps what stands, `.` clears it, `s` skips the item, `q` ends. Each item is one save. What was typed and not
saved is kept as a draft, answer by answer, and offered when the item is asked about again.
"""

from collections import Counter
from collections.abc import MutableMapping, Sequence
from datetime import date
from enum import StrEnum

from planner.base.errors import BadValueError, NotAllowedError, PlannerError
from planner.cli.context import Context
from planner.cli.output import print_line
from planner.cli.reports.my_week import owed_lines
from planner.cli.reports.week_draft import ItemDraft
from planner.cli.reports.week_form import Form, Question, entry_of, questions_of
from planner.cli.walk import EndedError, agree, ask
from planner.domain.rules.permissions import Deed

KEPT, CLEARED, SKIPPED = "", ".", "s"
HOW = "Enter keeps what stands in brackets, . clears it, s skips the item, q ends. Each item is saved by itself."


class Outcome(StrEnum):
    """What became of an item of the queue."""

    REPORTED = "reported"
    SKIPPED = "skipped"


class _SkippedError(Exception):
    """The person goes on to the next item."""


def go_through(context: Context, codes: Sequence[str]) -> None:
    """Ask about one item after the other. What was saved stays saved, however it ends."""
    if codes:
        print_line(HOW)
    tally: Counter[Outcome] = Counter()
    try:
        for place, code in enumerate(codes, 1):
            print_line()
            print_line(f"{place} of {len(codes)}")
            tally[_about(context, code)] += 1
    except EndedError:
        print_line()
        print_line("Ended.")
    left = len(codes) - tally.total()
    print_line()
    print_line(f"{tally[Outcome.REPORTED]} reported, {tally[Outcome.SKIPPED]} skipped, {left} left.")


def _about(context: Context, code: str) -> Outcome:
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
        typed = _taken_up(draft)
        while not saved:
            _ask_all(form, typed, draft)
            if not _wanted(form, typed):
                return Outcome.SKIPPED
            saved, form = _saved(context, form, typed)
        draft.saved(_open(context, code))
        return Outcome.REPORTED
    except _SkippedError:
        return Outcome.SKIPPED
    finally:
        if not saved and draft.there:
            print_line()
            print_line(f"What was typed on {code} is not saved; it is kept as a draft.")


def _wanted(form: Form, typed: dict[str, str]) -> bool:
    """Whether to save. Where nothing was answered, whether to report on purpose that nothing changed."""
    last = form.item.last
    if typed:
        return agree("Save?", default=True)
    if last is None:
        print_line("Nothing was answered, so there is nothing to save.")
        return False
    return agree(f"Nothing was answered. Report that nothing changed since {last.as_of}?", default=False)


def _taken_up(draft: ItemDraft) -> dict[str, str]:
    """The answers of the first draft that is wanted, the newest first; none where none is."""
    for one in draft.found():
        draft.show(one)
        answer = _ask(_TAKE_UP, _TAKE_UP.standing) or _TAKE_UP.standing
        if answer == "y":
            return draft.take_up(one)
        if answer == "d":
            draft.drop(one)
    return {}


def _about_draft(text: str) -> None:
    if text not in ("y", "n", "d"):
        raise BadValueError(f"'{text}' is none of them", do="Write y, n or d")


_TAKE_UP = Question("draft", "Take it up: y, n (it stays) or d (drop it)", "y", _about_draft)


def _saved(context: Context, form: Form, typed: dict[str, str]) -> tuple[bool, Form]:
    """Save. Where it is refused, say why, and give the form on which to ask again."""
    from planner.writes.reports.conflicts import ConflictError

    try:
        if not _save(context, form, typed):
            return False, form
    except ConflictError as error:
        print_line(error.message)
        fresh = _open(context, form.item.code)
        _tell_differences(form, fresh)
        return False, fresh
    except PlannerError as error:
        print_line(error.message)
        return False, form
    print_line(f"Saved on {form.item.code}.")
    return True, form


def _open(context: Context, code: str) -> Form:
    """An item as it is to be reported on. Raises NotAllowedError where this person may not."""
    from planner.queries.history.expected_state import expected_state_of
    from planner.queries.items.item import read_item_detail
    from planner.writes.items import item_row
    from planner.writes.permission import require

    with context.reading() as (session, plan):
        require(session, context.actor, Deed.REPORT, item_row(session, plan, code))
        point = context.point(plan, None)
        detail = read_item_detail(session, plan, point, code)
    return Form(plan.key, detail, expected_state_of(detail), point.as_of)


def _save(context: Context, form: Form, typed: dict[str, str]) -> bool:
    """Save. Where something does not fit together, ask first whether it is meant; gives whether it was saved."""
    from planner.writes.reports.doubts import DoubtfulError

    try:
        _record(context, form, typed, check_doubts=True)
    except DoubtfulError as error:
        for doubt in error.doubts:
            print_line(f"  {doubt.what}")
        if not agree("Save it all the same?", default=False):
            return False
        _record(context, form, typed, check_doubts=False)
    return True


def _record(context: Context, form: Form, typed: dict[str, str], *, check_doubts: bool) -> None:
    from planner.writes.reports.entries import Entry, record_entry
    from planner.writes.reports.status import Report

    entry = entry_of(form, typed) if typed else Entry(Report(unchanged=True))
    with context.writing() as (session, plan):
        today, code = context.today(plan), form.item.code
        record_entry(
            session,
            context.actor,
            plan,
            code,
            entry,
            expected=form.seen,
            check_doubts=check_doubts,
            as_of=today,
            today=today,
            at=context.now(),
        )


def _ask_all(form: Form, typed: MutableMapping[str, str], draft: ItemDraft) -> None:
    """Ask each question; what is typed is kept by the question's name, and stands when it is asked again."""
    for question in questions_of(form):
        if question.after is not None and not question.after.holds(typed):
            typed.pop(question.name, None)
            continue
        answer = _ask(question, typed.get(question.name, question.standing))
        if answer is not None:
            typed[question.name] = answer
            draft.keep(typed)


def _ask(question: Question, standing: str) -> str | None:
    """The answer to a question; None where what stands is kept."""
    while True:
        shown = f" [{standing}]" if standing else ""
        answer = ask(f"{question.label}{shown}", KEPT)
        if answer == SKIPPED:
            raise _SkippedError
        if answer == KEPT and (standing or question.after is None):
            return None
        text = "" if answer == CLEARED else answer
        try:
            meaning = question.check(text)
        except PlannerError as error:
            print_line(error.message)
        else:
            _repeat_date(text, meaning)
            return text


def _repeat_date(text: str, meaning: object) -> None:
    """Say which day was understood where an answer names one in other words than as ISO."""
    verb, day = meaning if isinstance(meaning, tuple) else ("", None)
    if isinstance(day, date) and text not in (verb, f"{verb} {day}"):
        print_line(f"  {verb} {day:%A} {day}")


def _tell_differences(form: Form, fresh: Form) -> None:
    """What stands now and stood otherwise when the questions were asked."""
    before = {question.name: question for question in questions_of(form)}
    for question in questions_of(fresh):
        earlier = before.get(question.name)
        if earlier is None or (earlier.standing, earlier.label) != (question.standing, question.label):
            print_line(f"  now: {question.label}: {question.standing or 'nothing'}")

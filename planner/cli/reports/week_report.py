"""Reporting on items one by one, by answering questions in plain lines.

It works with a screen reader, over a slow connection, and for a program. Each item is saved by itself. Answers that are
not saved are kept as a draft, which is offered when the item is reported on again.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

from planner.base.errors import NotAllowedError, PlannerError
from planner.base.formats import weekday
from planner.base.language import later, tr, tr_later
from planner.cli.context import Context
from planner.cli.output import print_line
from planner.cli.reports.owed_item import owed_lines
from planner.cli.reports.questions import Question, questions_of, with_answer
from planner.cli.reports.week_draft import ItemDraft
from planner.cli.walk import SKIP, BackError, SkippedError, agree, ask_until, one_by_one, unknown_answer, until_ended
from planner.domain.symbols import this_period
from planner.reporting.fields import label_of
from planner.reporting.form import ReportForm
from planner.reporting.merging import differences

KEPT, CLEARED = "", "."
HELP = later(
    "Enter keeps the value in brackets, . clears it, < goes back one question, s skips the item, q ends. "
    "Each item is saved separately."
)


class Outcome(StrEnum):
    """The result of asking about one item."""

    REPORTED = "reported"
    SKIPPED = "skipped"


def go_through(context: Context, codes: Sequence[str], continued: Mapping[int, Sequence[str]]) -> None:
    """Ask about the items one by one. Items that were saved stay saved if the person stops early.

    `continued` has sentences about the items that other plans continue, by item id.
    """
    if codes:
        print_line(tr_later(HELP))
    tally: Counter[Outcome] = Counter()
    with until_ended(tr("Ended. Reports that you saved are kept.")):
        for code in one_by_one(lambda: dict(zip(codes, codes, strict=True))):
            tally[_report_on(context, code, continued)] += 1
    print_line(
        tr(
            "{reported} reported, {skipped} skipped, {left} left.",
            reported=tally[Outcome.REPORTED],
            skipped=tally[Outcome.SKIPPED],
            left=len(codes) - tally.total(),
        )
    )


def _report_on(context: Context, code: str, continued: Mapping[int, Sequence[str]]) -> Outcome:
    try:
        form = _open(context, code)
    except NotAllowedError as error:
        print_line(error.message)
        return Outcome.SKIPPED
    period = this_period(form.plan.cadence)
    for line in owed_lines(form.item, form.today, period, continued.get(form.item.id, ())):
        print_line(line)
    draft = ItemDraft(context, form)
    saved = False
    try:
        typed, asked = _resumed_answers(draft), list[int]()
        while not saved:
            _ask_all(form, typed, draft, asked)
            try:
                if not _save_confirmed(form, typed):
                    return Outcome.SKIPPED
                saved, form = _saved(context, form, typed)
            except BackError:
                continue
            asked.clear()
        draft.saved(_open(context, code))
        return Outcome.REPORTED
    except SkippedError:
        return Outcome.SKIPPED
    finally:
        if not saved and draft.is_kept:
            print_line()
            print_line(tr("Your answers on {code} are not saved; they are kept as a draft.", code=code))


def _save_confirmed(form: ReportForm, typed: dict[str, str]) -> bool:
    """Ask whether to save. Without answers, ask whether to report that nothing changed."""
    last = None if form.item.returned else form.item.last
    if typed:
        return agree(tr("Save the report?"), default=True)
    if last is None:
        print_line(tr("You answered no question, so there is nothing to save."))
        return False
    return agree(
        tr("You answered no question. Report that nothing changed since {day}?", day=last.as_of), default=False
    )


def _resumed_answers(draft: ItemDraft) -> dict[str, str]:
    """Offer the drafts on the item, newest first. Return the answers of the chosen draft, or an empty dict."""
    question = tr("Continue with this draft? y, n (keep it) or d (delete it)")
    for one in draft.found():
        draft.show(one)
        answer = ask_until(f"{question} [y]", _choice, KEPT, first=True)
        if answer == "y":
            return draft.resume(one)
        if answer == "d":
            draft.delete(one)
    return {}


def _choice(answer: str) -> str:
    if answer == SKIP:
        raise SkippedError
    if answer not in (KEPT, "y", "n", "d"):
        raise unknown_answer(answer, tr("Type y, n or d"))
    return answer or "y"


def _saved(context: Context, form: ReportForm, typed: dict[str, str]) -> tuple[bool, ReportForm]:
    """Save the answers. If they are refused, print why. Return whether they were saved, and the current form."""
    from planner.writes.reports.conflicts import ConflictError

    try:
        if not _save(context, form, typed):
            return False, form
    except ConflictError as error:
        print_line(error.message)
        for difference in differences(form, {**form.initial, **typed}, error.theirs):
            if difference.theirs != difference.initial:
                current = difference.theirs or tr("nothing")
                print_line("  " + tr("current value of {field}: {text}", field=difference.label, text=current))
        return False, form.renewed(error.theirs)
    except PlannerError as error:
        print_line(_in_words(error).message)
        return False, form
    print_line(tr("Saved the report on {code}.", code=form.item.code))
    return True, form


def _in_words(error: PlannerError) -> PlannerError:
    """Return an error that names the field by its label on the form."""
    error.where = label_of(error.where) or error.where
    return error


def _open(context: Context, code: str) -> ReportForm:
    """Read an item to report on. Raises NotAllowedError if the person may not report on it."""
    from planner.reporting.saving import open_form

    with context.reading_to_write() as reading:
        return open_form(reading, context.actor, code)


def _save(context: Context, form: ReportForm, typed: dict[str, str]) -> bool:
    """Save the answers, and return whether they were saved.

    If the answers are inconsistent, the person is asked first.
    """
    from planner.writes.reports.doubts import DoubtfulError

    try:
        _record(context, form, typed, check_doubts=True)
    except DoubtfulError as error:
        for doubt in error.doubts:
            print_line(f"  {doubt.what}")
        if not agree(tr("Save the report anyway?"), default=False):
            return False
        _record(context, form, typed, check_doubts=False)
    return True


def _record(context: Context, form: ReportForm, typed: dict[str, str], *, check_doubts: bool) -> None:
    from planner.reporting.saving import save, save_form_unchanged

    with context.writing() as writing:
        if typed:
            save(writing, form, typed, check_doubts=check_doubts)
        else:
            save_form_unchanged(writing, form)


def _ask_all(form: ReportForm, typed: dict[str, str], draft: ItemDraft, asked: list[int]) -> None:
    """Ask all questions that apply, beginning at the last question that was asked before, if there is one.

    `asked` has the positions of the questions asked so far. The texts of the answers are added to `typed` by field. An
    earlier answer is the default.
    """
    questions = tuple(questions_of(form))
    place = asked.pop() if asked else 0
    while place < len(questions):
        question, texts = questions[place], {**form.initial, **typed}
        if not question.is_asked(texts):
            for name in question.fields:
                typed.pop(name, None)
            place += 1
            continue
        try:
            answered = _ask(question, question.answer(texts), first=not asked)
        except BackError:
            place = asked.pop()
            continue
        if answered is not None:
            kept = with_answer(form, typed, answered)
            typed.clear()
            typed.update(kept)
            draft.keep(typed)
        asked.append(place)
        place += 1


def _ask(question: Question, current: str, *, first: bool) -> dict[str, str] | None:
    """Ask a question until the answer is valid. Return the texts of its fields, or None to keep the current texts."""

    def read(answer: str) -> dict[str, str] | None:
        if answer == SKIP:
            raise SkippedError
        if answer == KEPT and (current or question.may_be_empty):
            return None
        try:
            texts = question.read("" if answer == CLEARED else answer)
        except PlannerError as error:
            raise _in_words(error) from error
        _repeat_date(question, answer, texts)
        return texts

    return ask_until(f"{question.label} [{current}]" if current else question.label, read, KEPT, first=first)


def _repeat_date(question: Question, answer: str, texts: Mapping[str, str]) -> None:
    """If an answer about a milestone has a date that is not in ISO form, print how the date was understood."""
    verb, _, day = question.answer(texts).partition(" ")
    if len(question.fields) > 1 and day and answer not in (verb, f"{verb} {day}"):
        print_line(f"  {verb} {weekday(date.fromisoformat(day))} {day}")

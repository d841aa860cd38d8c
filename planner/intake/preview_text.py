"""The preview of an import as lines of text: problems and conflicts first, then what is new, changed and missing."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from planner.base.language import later, tr, tr_count, tr_later
from planner.base.listing import listed
from planner.base.visible_text import one_line
from planner.domain.period_names import week_or_period
from planner.domain.rules.settings import Settings
from planner.intake.answering.answers import answer_line
from planner.intake.applying.imported import Imported, numbers_of, other_numbers
from planner.intake.comparing.differences.changes import Conflict, Declined
from planner.intake.comparing.differences.items import ChangedItem, ItemName, NewReport
from planner.intake.comparing.preview import Preview, TotalLine
from planner.intake.comparing.stored import REPORT_FACTS
from planner.intake.item_text import (
    change_text,
    changed_item_text,
    field_words,
    inferred_lines,
    new_item_text,
    often_inferred,
)
from planner.intake.proposed import HEADINGS, HEADINGS_AGAIN, Field, Problem, Severity, TableLayout
from planner.register.closing import is_closed

# The most entries of a section that are listed, if not all are wanted. JSON has all of them.
MOST_LISTED = 40

# A report of the files is about these fields.
_OF_REPORTS = frozenset(REPORT_FACTS)

_SEVERITIES = {
    Severity.ERROR: later("Error"),
    Severity.QUESTION: later("Question"),
    Severity.REMARK: later("Note"),
}


def preview_lines(
    preview: Preview,
    title: str,
    settings: Settings,
    most: int | None = MOST_LISTED,
    *,
    answer_lines: bool = True,
) -> Iterator[str]:
    """Yield the lines of a preview: what prevents the import first, then conflicts, then what it would do.

    `title` and `settings` are those of the plan. `most` entries of each section are listed, or all of them if it is
    None. With `answer_lines`, each question has its line of a file of answers.
    """
    files = ", ".join(preview.files)
    yield tr("Preview of the import of {files} into {plan}", files=files, plan=title)
    if preview.closed is not None:
        yield is_closed(preview.plan, preview.closed).note
    yield preview_summary(preview)
    reports = reports_line(preview, settings)
    if reports:
        yield reports
    for section in _sections(preview, answer_lines=answer_lines):
        yield from _lines(section, most)


class _Section(NamedTuple):
    """A part of the preview: its heading, what it is about, and the text of each."""

    heading: str
    entries: Sequence[Any]
    text: Callable[[Any], str] = str


def _sections(preview: Preview, *, answer_lines: bool = False) -> Iterator[_Section]:
    """Yield all sections, bad news first."""
    blocker = _with_answer if answer_lines else problem_text
    yield _Section(tr("Problems that prevent the import"), _blockers(preview), blocker)
    conflicts = list(preview.conflicts)
    is_older = any(conflict.is_older for _, conflict in conflicts)
    heading = tr("Conflicts with what the register has") if is_older else tr("Conflicts with what people entered")
    yield _Section(heading, conflicts, lambda pair: conflict_text(preview, *pair))
    yield _Section(tr("Totals"), list(_totals(preview)))
    yield _Section(tr("Columns"), preview.layouts, _columns)
    often = often_inferred(preview)
    yield _Section(tr("Inferred"), list(inferred_lines(often)))
    remarks = [problem for problem in preview.problems if problem.severity is Severity.REMARK]
    yield _Section(tr("Notes"), remarks, problem_text)
    yield _Section(tr("Organisations, people, kinds of items and themes, new or changed"), list(_references(preview)))
    yield _Section(_of_new_items(preview), preview.new, lambda item: new_item_text(preview, item, often))
    yield _Section(_of_changed_items(preview), preview.written, lambda item: changed_item_text(preview, item, often))
    heading = tr("Items that stay as they are, although the files differ")
    yield _Section(heading, preview.left_alone, lambda item: changed_item_text(preview, item, often))
    heading = tr("Items with working titles that are not in these files, and leave the plan")
    yield _Section(heading, preview.removed, _named)
    heading = tr("In the register, but not in these files; these items stay as they are")
    yield _Section(heading, [*_removable(preview), *map(_named, preview.missing)])
    ignored = _ignored(preview)
    rows = sum(map(len, ignored.values()))
    heading = tr_count("Not imported ({count:,} row)", "Not imported ({count:,} rows)", rows)
    yield _Section(heading, [one_line(f"{reason}: {listed(places)}") for reason, places in ignored.items()])


def _named(item: ItemName) -> str:
    return one_line(f"{item.code} {item.title}")


def _removable(preview: Preview) -> Iterator[str]:
    """Yield how many working titles could leave the plan with the import, if any could."""
    if preview.removable:
        yield tr_count(
            "{count:,} of them only has a working title. If the files have the whole plan, this import can take it "
            "out.",
            "{count:,} of them only have working titles. If the files have the whole plan, this import can take them "
            "out.",
            preview.removable,
        )


def _lines(section: _Section, most: int | None) -> Iterator[str]:
    if not section.entries:
        return
    yield ""
    yield f"{section.heading}:"
    for entry in section.entries[:most]:
        yield from (f"  {line}" for line in section.text(entry).split("\n"))
    if most is not None and len(section.entries) > most:
        more = len(section.entries) - most
        yield "  " + tr_count("and {count:,} more", "and {count:,} more", more)


def has_more(preview: Preview) -> bool:
    """Return whether a section has more entries than are listed."""
    return any(len(section.entries) > MOST_LISTED for section in _sections(preview))


def has_reports(preview: Preview) -> bool:
    """Return whether the files say anything about the state of items that would become a report."""
    return bool(_reports(preview)) or any(conflict.change.field in _OF_REPORTS for _, conflict in preview.conflicts)


def reports_line(preview: Preview, settings: Settings) -> str:
    """Return as of which day the reports of the files count, and how many are no news, or nothing without a report."""
    if not has_reports(preview):
        return ""
    if not _reports(preview):
        return tr("No report would be added: see the conflicts")
    line = _days_of_reports([report.as_of for report in _reports(preview)], settings)
    older = _older_reports(preview)
    return f"{line}. {older}" if older else line


def _days_of_reports(days: Sequence[date], settings: Settings) -> str:
    """Return how many reports there are and their day, or the first and last day: those of another register differ."""
    first, last = min(days), max(days)
    if first == last:
        return tr_count(
            "{count:,} report, as of {day} ({period})",
            "{count:,} reports, all as of {day} ({period})",
            len(days),
            day=first,
            period=week_or_period(settings, first),
        )
    return tr("{count:,} reports, as of {first} to {last}", count=len(days), first=first, last=last)


def _older_reports(preview: Preview) -> str:
    """Return how many reports are older than the newest report of their item, or nothing if none is."""
    older = sum(item.report is not None and item.report.newer is not None for item in preview.changed)
    if not older:
        return ""
    return tr_count(
        "{count:,} of them is older than the newest report of its item: it is recorded, and changes nothing that is "
        "shown today.",
        "{count:,} of them are older than the newest reports of their items: they are recorded, and change nothing "
        "that is shown today.",
        older,
    )


def _of_new_items(preview: Preview) -> str:
    """Return the heading of the new items, which says from which day on the plan has them."""
    if preview.added_on is None:
        return tr("New items, in the plan from its beginning")
    return tr("New items, in the plan from {day} on", day=preview.added_on)


def _of_changed_items(preview: Preview) -> str:
    """Return the heading of the changed items, which says from which day on their new facts hold, if any has one."""
    facts = any(change.field not in _OF_REPORTS for item in preview.written for change in item.written)
    parts = any(item.new_parts or item.changed_parts for item in preview.written)
    if preview.changed_on is None or not (facts or parts):
        return tr("Changed items")
    return tr("Changed items. Their new facts hold from {day}", day=preview.changed_on)


def _reports(preview: Preview) -> list[NewReport]:
    reports = [item.report for item in preview.new] + [item.report for item in preview.changed]
    return [report for report in reports if report is not None]


def _columns(layout: TableLayout) -> str:
    """Return which field each column of a table gives."""
    read = [f"{column.heading} = {field_words(column.field)}" for column in layout.columns if column.field]
    others = [column.heading for column in layout.columns if not column.field and column.heading]
    if others:
        read.append(tr("not imported: {headings}", headings=", ".join(others)))
    return one_line(f"{layout.place}: {', '.join(read)}")


def preview_summary(preview: Preview) -> str:
    """Return the numbers of a preview in one line: what prevents the import first, then conflicts."""
    severities = Counter(problem.severity for problem in preview.problems)
    kept = sum(not conflict.taken for _, conflict in preview.conflicts)
    bad = [
        (severities[Severity.ERROR], tr_count("{count:,} error", "{count:,} errors", severities[Severity.ERROR])),
        (
            severities[Severity.QUESTION],
            tr_count("{count:,} question", "{count:,} questions", severities[Severity.QUESTION]),
        ),
        (kept, tr_count("{count:,} conflict", "{count:,} conflicts", kept)),
    ]
    parts = [text for number, text in bad if number]
    numbers = numbers_of(preview)
    parts += [
        *_of_items(numbers),
        *other_numbers(numbers),
        *([tr("{count:,} different but left alone", count=alone)] if (alone := len(preview.left_alone)) else []),
        tr("{count:,} unchanged", count=len(preview.unchanged)),
        tr("{count:,} not in the files", count=len(preview.missing)),
    ]
    if numbers.answers:
        parts.append(tr_count("{count:,} answer to keep", "{count:,} answers to keep", numbers.answers))
    return ", ".join(parts)


def _of_items(numbers: Imported) -> tuple[str, ...]:
    """Return in words how many items are new, and how many are changed."""
    return (
        tr_count("{count:,} new item", "{count:,} new items", numbers.new),
        tr("{count:,} changed", count=numbers.changed),
    )


def _blockers(preview: Preview) -> list[Problem]:
    """Return the questions about whole rows, the errors, which can follow from these, and then the other questions."""
    return sorted(preview.blockers, key=lambda one: 0 if one.is_about_rows else 1 + (one.severity is Severity.QUESTION))


def _with_answer(problem: Problem) -> str:
    """Return a problem, and for a question the line of an answers file."""
    if problem.severity is not Severity.QUESTION:
        return problem_text(problem)
    answer = one_line(tr("In the answers file: {line}", line=answer_line(problem.key)))
    return f"{problem_text(problem)}\n    {answer}"


def problem_text(problem: Problem) -> str:
    """Return a problem in one line: its place, the value, what is wrong and what to do."""
    field = f" ({field_words(problem.field)})" if problem.field else ""
    value = f" '{problem.value}'" if problem.value else ""
    do = f" {problem.do}." if problem.do else ""
    choices = f" [{', '.join(problem.choices)}]" if problem.choices else ""
    severity = tr_later(_SEVERITIES[problem.severity])
    return one_line(f"{severity}: {problem.place}{field}{value}: {problem.what}.{do}{choices}")


def imported_words(imported: Imported | None, preview: Preview | None = None) -> str:
    """Return what an import wrote, or that there was nothing to write, in a sentence."""
    if imported is None:
        if preview is not None and any(preview.conflicts):
            return tr("Nothing was imported: in all conflicts, the register keeps its value.")
        return tr("There is nothing to import: the register already has all of this.")
    if imported.only_answers:
        return tr("Your answers are kept for the next import. Nothing else had to be imported.")
    parts = [
        *_of_items(imported),
        tr_count("{count:,} report", "{count:,} reports", imported.reports),
        *other_numbers(imported),
    ]
    return tr("Imported: {parts}.", parts=", ".join(parts))


_ENTERED = later("{what}: {old} was entered in the register, and {place} has {new}; {verdict}")
_OLDER = later("{what}: the register has {old}, and {place}, which is older, has {new}; {verdict}")


def conflict_text(preview: Preview, item: ChangedItem, conflict: Conflict) -> str:
    """Return a conflict in one line: the two values, and which of them counts."""
    change = conflict.change
    template = _OLDER if conflict.is_older else _ENTERED
    return one_line(
        tr_later(template).format(
            what=_subject(item, conflict),
            old=_quoted(preview.shown(change.field, change.old)),
            place=change.place,
            new=_quoted(preview.shown(change.field, change.new)),
            verdict=_verdict(conflict),
        )
    )


def _quoted(value: str) -> str:
    return f"'{value}'" if value else tr("(empty)")


def _verdict(conflict: Conflict) -> str:
    if conflict.declined is Declined.EARLIER:
        return tr("the register keeps its value, as somebody decided in an earlier import")
    return tr("the file's value is taken") if conflict.taken else tr("the register keeps its value")


def _subject(item: ChangedItem, conflict: Conflict) -> str:
    """Return what a conflict is about: a field of an item, of a milestone or of an indicator."""
    field = field_words(conflict.change.field)
    if conflict.milestone is not None:
        return tr("{code} milestone {number} {field}", code=item.code, number=conflict.milestone, field=field)
    if conflict.indicator is None:
        return f"{item.code} {field}"
    if conflict.target_due is None:
        return tr("{code} indicator {number} {field}", code=item.code, number=conflict.indicator, field=field)
    return tr(
        "{code} indicator {number} {field} by {day}",
        code=item.code,
        number=conflict.indicator,
        field=field,
        day=conflict.target_due,
    )


def _totals(preview: Preview) -> Iterator[str]:
    for line in preview.totals:
        name = preview.shown(Field.KIND, line.name)
        yield one_line(_total_of_sheet(line, name) if line.sheet else _total(line, name))


def _total(line: TotalLine, name: str) -> str:
    stated = []
    if line.in_plan is not None:
        stated.append(tr("the plan states {number:,}", number=line.in_plan))
    if line.in_files is not None:
        stated.append(tr("the files state {number:,}", number=line.in_files))
    if not line.differs:
        return tr("{name}: {number:,}, as stated", name=name, number=line.counted)
    return tr(
        "{name}: {number:,} after this import, but {stated}", name=name, number=line.counted, stated=", ".join(stated)
    )


def _total_of_sheet(line: TotalLine, name: str) -> str:
    if not line.differs:
        return tr("{sheet}: {name}: {number:,}, as stated there", sheet=line.sheet, name=name, number=line.counted)
    return tr(
        "{sheet}: {name}: {number:,}, but {stated:,} are stated there",
        sheet=line.sheet,
        name=name,
        number=line.counted,
        stated=line.in_files,
    )


def _references(preview: Preview) -> Iterator[str]:
    for body in preview.organisations:
        if body.key == body.name:
            yield one_line(tr("organisation {name}", name=body.name))
        else:
            yield one_line(tr("organisation {name} ({key})", name=body.name, key=body.key))
    for changed in preview.changed_organisations:
        for change in changed.changes:
            yield one_line(tr("organisation {key}: {change}", key=changed.key, change=change_text(preview, change)))
    for person in preview.people:
        yield one_line(tr("person {name} (login {login})", name=person.name, login=person.login))
    for kind in preview.kinds:
        yield one_line(tr("kind of item: {title}", title=kind.title))
    for renamed in preview.renamed_themes:
        yield one_line(
            tr("theme {number}: {before} → {title}", number=renamed.number, before=renamed.before, title=renamed.title)
        )
    for theme in preview.themes:
        title = " > ".join((*theme.around, theme.title))
        yield one_line(tr("theme {number}: {title}", number=theme.number, title=title))


def _ignored(preview: Preview) -> Mapping[str, Sequence[str]]:
    """Return the rows that are not imported by the reason, without the headings of tables, which nobody misses."""
    headings = (tr_later(HEADINGS), tr_later(HEADINGS_AGAIN))
    places: dict[str, list[str]] = {}
    for place, reason in preview.ignored:
        if reason not in headings:
            places.setdefault(reason, []).append(str(place))
    return places

"""The preview of an import as lines of text: problems and conflicts first, then what is new, changed and missing."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from planner.base.language import later, tr, tr_count, tr_later
from planner.base.listing import listed
from planner.base.visible_text import one_line
from planner.domain.symbols import words
from planner.intake.answers import answer_line
from planner.intake.applying.apply import Imported
from planner.intake.comparing.preview import ChangedItem, FieldChange, NewItem, NewReport, Preview
from planner.intake.proposed import Field, Problem, Severity, TableLayout

# The most entries of a section that are listed. JSON has all of them.
MOST_LISTED = 40
# An inference that more items have is said once.
MOST_REPEATED = 3

_SEVERITIES = {
    Severity.ERROR: later("Error"),
    Severity.QUESTION: later("Question"),
    Severity.REMARK: later("Note"),
}
# The facts of a new item that are shown after its title.
_SHOWN_OF_NEW = (Field.LEAD, Field.THEME, Field.START, Field.DUE)


def preview_lines(preview: Preview, title: str) -> Iterator[str]:
    """Yield the lines of a preview. The first lines say the most important things."""
    files = ", ".join(preview.files)
    yield tr("Preview of the import of {files} into {plan}", files=files, plan=title)
    yield preview_summary(preview)
    yield from _section(tr("Problems"), _problems(preview.problems))
    yield from _section(tr("Columns"), map(_columns, preview.layouts))
    yield from _section(tr("Inferred"), _often_inferred(preview))
    yield from _section(tr("Conflicts with what people entered"), _conflicts(preview))
    yield from _section(tr("Totals"), _totals(preview))
    yield from _section(tr("New entries that items refer to"), _references(preview))
    often = {inference for inference, number in _inferences(preview).items() if number > MOST_REPEATED}
    yield from _section(tr("New items"), (_new(preview, item, often) for item in preview.new))
    changed = (item for item in preview.changed if item.anything or item.missing_parts)
    yield from _section(tr("Changed items"), ("\n".join(_changed(preview, item)) for item in changed))
    missing = (one_line(f"{item.code} {item.title}") for item in preview.missing)
    heading = tr("In the register, but not in these files; these items stay as they are")
    yield from _section(heading, missing)
    yield from _section(tr("Not imported"), _ignored(preview))


def _columns(layout: TableLayout) -> str:
    """Return which field each column of a table gives."""
    read = [f"{column.heading} = {field_words(column.field)}" for column in layout.columns if column.field]
    others = [column.heading for column in layout.columns if not column.field and column.heading]
    if others:
        read.append(tr("not imported: {headings}", headings=", ".join(others)))
    return one_line(f"{layout.place}: {', '.join(read)}")


def _inferences(preview: Preview) -> "Counter[tuple[Field, str]]":
    """Return how many new items have each inference."""
    return Counter(inference for item in preview.new for inference in item.inferred.items())


def _often_inferred(preview: Preview) -> Iterator[str]:
    """Yield what was inferred for many items. It is not repeated at each of them."""
    for (fact, note), number in _inferences(preview).items():
        if number > MOST_REPEATED:
            items = tr_count("{count:,} item", "{count:,} items", number)
            yield one_line(f"{field_words(fact)}: {note} ({items})")


def preview_summary(preview: Preview) -> str:
    """Return the numbers of a preview in one line."""
    changed = [item for item in preview.changed if item.anything]
    kept = sum(not conflict.taken for _, conflict in preview.conflicts)
    parts = [
        tr_count("{count:,} new item", "{count:,} new items", len(preview.new)),
        tr("{count:,} changed", count=len(changed)),
        tr("{count:,} unchanged", count=len(preview.unchanged)),
        tr("{count:,} not in the files", count=len(preview.missing)),
    ]
    if kept:
        parts.append(tr_count("{count:,} conflict", "{count:,} conflicts", kept))
    severities = Counter(problem.severity for problem in preview.problems)
    if severities[Severity.ERROR]:
        parts.append(tr_count("{count:,} error", "{count:,} errors", severities[Severity.ERROR]))
    if severities[Severity.QUESTION]:
        parts.append(tr_count("{count:,} question", "{count:,} questions", severities[Severity.QUESTION]))
    return ", ".join(parts)


def _section(heading: str, entries: Iterable[str]) -> Iterator[str]:
    found = list(entries)
    if not found:
        return
    yield ""
    yield f"{heading}:"
    for entry in found[:MOST_LISTED]:
        yield from (f"  {line}" for line in entry.split("\n"))
    if len(found) > MOST_LISTED:
        more = len(found) - MOST_LISTED
        yield "  " + tr_count("and {count:,} more", "and {count:,} more", more)


def _problems(problems: Sequence[Problem]) -> Iterator[str]:
    order = list(_SEVERITIES)
    for problem in sorted(problems, key=lambda problem: order.index(problem.severity)):
        text = problem_text(problem)
        if problem.severity is Severity.QUESTION:
            text += "\n    " + one_line(tr("In the answers file: {line}", line=answer_line(problem)))
        yield text


def problem_text(problem: Problem) -> str:
    """Return a problem in one line: its place, the value, what is wrong and what to do."""
    field = f" ({field_words(problem.field)})" if problem.field else ""
    value = f" '{problem.value}'" if problem.value else ""
    do = f" {problem.do}." if problem.do else ""
    choices = f" [{', '.join(problem.choices)}]" if problem.choices else ""
    severity = tr_later(_SEVERITIES[problem.severity])
    return one_line(f"{severity}: {problem.place}{field}{value}: {problem.what}.{do}{choices}")


def imported_words(imported: Imported | None) -> str:
    """Return what an import wrote, or that there was nothing to write, in a sentence."""
    if imported is None:
        return tr("There is nothing to import: the register already has all of this.")
    parts = [
        tr_count("{count:,} new item", "{count:,} new items", imported.new),
        tr("{count:,} changed", count=imported.changed),
        tr_count("{count:,} report", "{count:,} reports", imported.reports),
    ]
    return tr("Imported: {parts}.", parts=", ".join(parts))


def field_words(field: Field) -> str:
    """Return the name of a field in words."""
    return words(field.value)


def _conflicts(preview: Preview) -> Iterator[str]:
    for item, conflict in preview.conflicts:
        change = conflict.change
        verdict = tr("the file's value is taken") if conflict.taken else tr("the register keeps its value")
        yield one_line(
            tr(
                "{code} {field}: '{old}' was entered in the register, and {place} has '{new}'; {verdict}",
                code=item.code,
                field=field_words(change.field),
                old=preview.shown(change.field, change.old),
                place=change.place,
                new=preview.shown(change.field, change.new),
                verdict=verdict,
            )
        )


def _totals(preview: Preview) -> Iterator[str]:
    for line in preview.totals:
        stated = []
        if line.in_plan is not None:
            stated.append(tr("the plan states {number:,}", number=line.in_plan))
        if line.in_files is not None:
            stated.append(tr("the files state {number:,}", number=line.in_files))
        name = preview.shown(Field.KIND, line.name)
        if line.differs:
            counted = tr(
                "{name}: {number:,} after this import, but {stated}",
                name=name,
                number=line.counted,
                stated=", ".join(stated),
            )
        else:
            counted = tr("{name}: {number:,}, as stated", name=name, number=line.counted)
        yield one_line(counted)


def _references(preview: Preview) -> Iterator[str]:
    for body in preview.organisations:
        if body.key == body.name:
            yield one_line(tr("organisation {name}", name=body.name))
        else:
            yield one_line(tr("organisation {name} ({key})", name=body.name, key=body.key))
    for changed in preview.changed_organisations:
        for change in changed.changes:
            yield one_line(tr("organisation {key}: {change}", key=changed.key, change=_change(preview, change)))
    for person in preview.people:
        yield one_line(tr("person {name} (login {login})", name=person.name, login=person.login))
    for kind in preview.kinds:
        yield one_line(tr("kind of item: {title}", title=kind.title))
    for theme in preview.themes:
        parent = f"{preview.shown(Field.THEME, theme.parent)} / " if theme.parent else ""
        yield one_line(tr("theme {number}: {title}", number=theme.number, title=f"{parent}{theme.title}"))


def _new(preview: Preview, item: NewItem, often: Collection[tuple[Field, str]]) -> str:
    facts = "; ".join(_fact(preview, item, fact) for fact in _SHOWN_OF_NEW)
    lines = [one_line(f"{item.code} {item.title}"), _inner(facts)]
    seldom = [inference for inference in item.inferred.items() if inference not in often]
    lines += [_inner(f"{field_words(fact)}: {note}") for fact, note in seldom]
    for part in (*item.milestones, *item.indicators):
        name = part.facts.get(Field.TITLE) or part.facts.get(Field.NAME)
        day = part.facts.get(Field.DATE) or part.facts.get(Field.DUE)
        lines.append(_inner(f"{part.number}. {name} ({day})"))
    if item.report:
        lines.append(_inner(_report(item.report)))
    return "\n".join(lines)


def _inner(text: str) -> str:
    """Return a line below the line of its item."""
    return f"  {one_line(text)}"


def _fact(preview: Preview, item: NewItem, fact: Field) -> str:
    shown = f"{field_words(fact)} {preview.shown(fact, item.facts[fact])}"
    return f"{shown} ({tr('assumed')})" if fact in item.assumed else shown


def _report(report: NewReport) -> str:
    percent = "" if report.percent is None else f" {report.percent}%"
    return tr(
        "report as of {day}: {phase}{percent}", day=report.as_of, phase=words(report.phase.value), percent=percent
    )


def _changed(preview: Preview, item: ChangedItem) -> Iterator[str]:
    matched = f" ({item.matched})" if item.matched else ""
    yield one_line(f"{item.code} {item.title}{matched}")
    for change in item.changes:
        yield _inner(_change(preview, change))
    if item.confirmed:
        names = ", ".join(field_words(fact) for fact in item.confirmed)
        yield _inner(tr("now registered, with the same value: {names}", names=names))
    for part in item.new_parts:
        yield _inner(tr("new: {title}", title=part.facts.get(Field.TITLE) or part.facts.get(Field.NAME)))
    for changed in item.changed_parts:
        for change in changed.changes:
            yield _inner(f"{changed.number}. {changed.title}: {_change(preview, change)}")
    for missing in item.missing_parts:
        yield _inner(tr("not in the files, and kept: {title}", title=f"{missing.number}. {missing.title}"))
    if item.report:
        yield _inner(_report(item.report))


def _change(preview: Preview, change: FieldChange) -> str:
    old, new = (preview.shown(change.field, value) or "–" for value in (change.old, change.new))
    basis = f" ({words(change.basis)})" if change.basis else ""
    inferred = f" [{change.inferred}]" if change.inferred else ""
    return f"{field_words(change.field)}: {old}{basis} → {new}{inferred}"


def _ignored(preview: Preview) -> Iterator[str]:
    """Yield each reason with the rows that it holds for."""
    places: dict[str, list[str]] = {}
    for place, reason in preview.ignored:
        places.setdefault(reason, []).append(str(place))
    for reason, rows in places.items():
        yield one_line(f"{reason}: {listed(rows)}")

"""The new and the changed items of the preview of an import, as lines of text."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum

from planner.base.formats import plain_number
from planner.base.language import tr, tr_count
from planner.base.visible_text import one_line, shortened
from planner.domain.symbols import words
from planner.intake.comparing.assumed import NO_KIND
from planner.intake.comparing.differences.changes import FieldChange, Stored
from planner.intake.comparing.differences.items import ChangedItem, NewItem, NewReport
from planner.intake.comparing.differences.parts import NewPart, PartReport
from planner.intake.comparing.preview import Preview
from planner.intake.comparing.stored import REPORT_FACTS
from planner.intake.proposed import Field

# An inference that more items have is said once.
MOST_REPEATED = 3
# How many characters of a long text are shown. JSON has all of them.
LONGEST_TEXT = 160

# The facts of a new item that are shown in the line below its title, and those that have lines of their own.
_IN_ONE_LINE = (Field.LEAD, Field.SUPPORTING, Field.ACCOUNTABLE, Field.THEME, Field.START, Field.DUE)
_WITH_A_LINE = (Field.MEASURE, Field.SOURCE, Field.NOTE)
_WORDS_OF_REPORTS = (Field.DONE, Field.NEXT, Field.BLOCKER, Field.HELP_NEEDED)

Inferences = Mapping[tuple[Field, str], int]


def field_words(field: Field) -> str:
    """Return the name of a field in words."""
    return words(field.value)


def often_inferred(preview: Preview) -> Inferences:
    """Return what was inferred for many new items or reports, with their number. It is not repeated at each of them."""
    counted = Counter(inference for item in preview.new for inference in item.inferred.items())
    reports = (item.report for items in (preview.new, preview.changed) for item in items if item.report)
    counted.update(inference for report in reports for inference in report.inferred.items())
    return {inference: number for inference, number in counted.items() if number > MOST_REPEATED}


def inferred_lines(often: Inferences) -> Iterator[str]:
    """Yield what was inferred for many items, each once."""
    for (fact, note), number in often.items():
        items = tr_count("{count:,} item", "{count:,} items", number)
        yield one_line(f"{field_words(fact)}: {note} ({items})")


def new_item_text(preview: Preview, item: NewItem, often: Inferences) -> str:
    """Return the lines of a new item: its facts, how they were inferred, its parts and its report."""
    kind = (Field.KIND,) if Field.KIND in item.assumed and item.facts[Field.KIND] != NO_KIND else ()
    facts = " · ".join(_fact(preview, item, fact) for fact in (*kind, *_IN_ONE_LINE) if fact in item.facts)
    lines = [one_line(f"{item.code} {item.title}"), _inner(facts)]
    if item.added_on is not None and item.added_on != preview.added_on:
        said = tr("in the plan from {day} on: its theme was added then, or its row says so", day=item.added_on)
        lines.append(_inner(said))
    lines += [_inner(_fact(preview, item, fact)) for fact in _WITH_A_LINE if fact in item.facts]
    seldom = [inference for inference in item.inferred.items() if inference not in often]
    lines += [_inner(f"{field_words(fact)}: {note}") for fact, note in seldom]
    lines += [_inner(_milestone(part)) for part in item.milestones]
    lines += [_inner(_indicator(part)) for part in item.indicators]
    if item.report:
        lines += _report(item.report, often)
    return "\n".join(lines)


def _milestone(part: NewPart) -> str:
    title, day = part.facts.get(Field.TITLE), _day(part, Field.DATE)
    shown = tr("milestone {number}. {title} ({day})", number=part.number, title=title, day=day)
    return f"{shown}, {_reported(part.report)}" if part.report else shown


def _reported(report: PartReport) -> str:
    """Return what another register says was reported of a milestone or indicator."""
    if report.met_on is not None:
        return tr("met on {day}", day=report.met_on)
    if report.forecast is not None:
        return tr("expected on {day}", day=report.forecast)
    return tr("{value} on {day}", value=plain_number(report.value or 0.0), day=report.as_of)


def _day(part: NewPart, fact: Field) -> str:
    """Return the day of a milestone or of the first target of an indicator, and whether it is only assumed."""
    day = str(part.facts.get(fact))
    return f"{day}, {tr('assumed')}" if fact in part.assumed else day


def _indicator(part: NewPart) -> str:
    """Return an indicator with its targets, or that none was read: its name may hold one that nobody should miss."""
    first = part.facts.get(Field.TARGET), _day(part, Field.DUE)
    unit = part.facts.get(Field.UNIT) or ""
    targets = (first, *((one.target, one.due) for one in part.further_targets))
    shown = [
        tr("{value} by {day}", value=f"{plain_number(value)} {unit}".strip(), day=day)
        for value, day in targets
        if isinstance(value, float)
    ]
    base = part.facts.get(Field.BASELINE)
    if shown and isinstance(base, float):
        shown.insert(0, tr("from {value}", value=f"{plain_number(base)} {unit}".strip()))
    named = tr("indicator {number}. {name}", number=part.number, name=part.facts.get(Field.NAME))
    with_targets = f"{named} ({', '.join(shown) or tr('no target was read')})"
    return f"{with_targets}, {_reported(part.report)}" if part.report else with_targets


def changed_item_text(preview: Preview, item: ChangedItem, often: Inferences) -> str:
    """Return the lines of a changed item, field by field."""
    return "\n".join(_changed(preview, item, often))


def change_text(preview: Preview, change: FieldChange) -> str:
    """Return a changed field: the old value with its basis, the new one, and how it was inferred."""
    old, new = (preview.shown(change.field, value) or "–" for value in (change.old, change.new))
    basis = f" ({words(change.basis)})" if change.basis else ""
    inferred = f" [{change.inferred}]" if change.inferred else ""
    return f"{field_words(change.field)}: {old}{basis} → {new}{inferred}"


def _inner(text: str) -> str:
    """Return a line below the line of its item."""
    return f"  {one_line(text)}"


def _fact(preview: Preview, item: NewItem, fact: Field) -> str:
    value = shortened(preview.shown(fact, item.facts[fact]), LONGEST_TEXT)
    shown = f"{field_words(fact)} {value}"
    return f"{shown} ({tr('assumed')})" if fact in item.assumed else shown


def _report(report: NewReport, often: Inferences) -> list[str]:
    """Return the lines of a report: its state, each of its texts, and how they were inferred."""
    percent = "" if report.percent is None else f" {report.percent}%"
    rating = f", {words(report.confidence.value)}" if report.confidence else ""
    phase = words(report.phase.value)
    if report.merged_into is not None:
        phase = tr("merged into {code}", code=report.merged_into)
    state = tr(
        "report as of {day}: {phase}{percent}{rating}",
        day=report.as_of,
        phase=phase,
        percent=percent,
        rating=rating,
    )
    said = [(fact, getattr(report, fact.value)) for fact in _WORDS_OF_REPORTS if not report.before]
    seldom = [inference for inference in report.inferred.items() if inference not in often]
    return [
        _inner(state),
        *(f"  {_inner(f'{field_words(fact)}: {shortened(text, LONGEST_TEXT)}')}" for fact, text in said if text),
        *(f"  {_inner(line)}" for line in _differences(report)),
        *(f"  {_inner(f'{field_words(fact)}: {note}')}" for fact, note in seldom),
    ]


def _differences(report: NewReport) -> Iterator[str]:
    """Yield each field that a report changes, with what the last report says and what it says."""
    for fact, old in report.before.items():
        yield f"{field_words(fact)}: {_of_report(old)} → {_of_report(getattr(report, fact.value))}"


def _of_report(value: Stored) -> str:
    text = words(value.value) if isinstance(value, Enum) else "" if value is None else str(value)
    return shortened(text, LONGEST_TEXT) or "–"


def _confirmed(facts: Iterable[Field]) -> str:
    return tr("now registered, with the same value: {names}", names=", ".join(map(field_words, facts)))


def _changed(preview: Preview, item: ChangedItem, often: Inferences) -> Iterator[str]:
    matched = f" ({item.matched})" if item.matched else ""
    yield one_line(f"{item.code} {item.title}{matched}")
    # Facts of reports that a person took in a conflict are in the lines of the report.
    for change in (one for one in item.written if one.field not in REPORT_FACTS):
        yield _inner(change_text(preview, change))
    if item.confirmed:
        yield _inner(_confirmed(item.confirmed))
    for part in item.new_parts:
        shown = _milestone(part) if part.field is Field.MILESTONES else _indicator(part)
        yield _inner(tr("new: {part}", part=shown))
    for changed in item.changed_parts:
        for change in changed.written:
            yield _inner(f"{changed.number}. {changed.title}: {change_text(preview, change)}")
        if changed.report:
            yield _inner(f"{changed.number}. {changed.title}: {_reported(changed.report)}")
        if changed.confirmed:
            yield _inner(f"{changed.number}. {changed.title}: {_confirmed(changed.confirmed)}")
    for missing in item.missing_parts:
        yield _inner(tr("not in the files, and kept: {title}", title=f"{missing.number}. {missing.title}"))
    if item.report:
        yield from _report(item.report, often)

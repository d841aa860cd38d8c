"""Reading a list of entries, each a numbered line followed by lines such as "Lead: Office of Roads".

The entries become rows: the number, the text, and one column per label. Lines before the list and section lines become
rows with only a text.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from planner.intake.files.texts.numbered_lines import (
    SECTION_STYLES,
    NumberedLine,
    NumberStyle,
    begins_with_label,
    labels_of,
    numbered_line,
    pattern_of,
    split_labelled,
)
from planner.intake.files.values import Values
from planner.intake.layout.names import meanings_of
from planner.intake.proposed import Field
from planner.intake.sheets import Row, Sheet, Value

# A line with its number in the file, from 1.
Line = tuple[int, str]

# Styles of numbers that only say where an entry stands in its list.
_COUNTING = frozenset(
    {
        NumberStyle.ARABIC,
        NumberStyle.BRACKETED,
        NumberStyle.CIRCLED,
        NumberStyle.NUMERAL,
        NumberStyle.BRACKETED_NUMERAL,
        NumberStyle.ROMAN,
        NumberStyle.SYLLABLE,
    }
)

# The row that the reader puts above the entries is not in the file.
_HEADER = 0


@dataclass
class _Entry:
    """An entry with its number, or a line without one: a title, a section or a note."""

    line: int
    number: str | None
    text: list[str]
    labelled: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class _Form:
    """How the entries of a list are written: the style of their numbers, and a pattern for their labels, if any."""

    style: NumberStyle
    labels: re.Pattern[str] | None


def is_pasted_list(lines: Iterable[str]) -> bool:
    """Return whether lines are a list: numbered entries with labels, or nothing but numbered entries."""
    filled = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    # The cells of a table copied from a spreadsheet are separated by tabs.
    if sum("\t" in line.strip() for _, line in filled) * 2 > len(filled):
        return False
    form = _form(filled)
    if form is None:
        return False
    numbered = [found for _, line in filled if (found := numbered_line(line)) and found.style is form.style]
    return form.labels is not None or (len(numbered) > 1 and len(numbered) * 2 > len(filled))


def pasted_sheet(file: str, name: str, lines: Sequence[Line], values: Values) -> Sheet:
    """Return a list as a sheet. The row of headings that the reader adds has the number 0."""
    filled = [(number, line) for number, line in lines if line.strip()]
    form = _form(filled)
    if form is None:
        return Sheet(file, name, _text_rows(filled, values))
    before, entries = _entries(filled, form)
    _join_labels(entries)
    _lead_where_none_is_named(entries)
    labels = list(dict.fromkeys(label for entry in entries for label in entry.labelled))
    heads = (_number_heading(entries, form.style), str(Field.TITLE), *labels)
    rows = [*_text_rows(before, values), Row(_HEADER, heads), *(_row(entry, labels, values) for entry in entries)]
    return Sheet(file, name, rows)


def _form(lines: Sequence[Line]) -> _Form | None:
    """Return how the entries are written: the style is that of the last numbered line before the first label."""
    labels = _labels([line for _, line in lines])
    style: NumberStyle | None = None
    for _, line in lines:
        found = numbered_line(line)
        style = found.style if found else style
        if style and not labels.isdisjoint(labels_of(_rest(line))):
            return _Form(style, pattern_of(labels))
    styles = Counter(found.style for _, line in lines if (found := numbered_line(line)))
    return _Form(styles.most_common(1)[0][0], None) if styles else None


def _labels(lines: Sequence[str]) -> frozenset[str]:
    """Return the labels of a list.

    A label begins a line of its own, or repeats, or stands in a line with others. Anything else is a sentence with a
    colon in it.
    """
    counts: Counter[str] = Counter()
    sure: set[str] = set()
    begun = False
    for line in lines:
        numbered = numbered_line(line)
        begun = begun or numbered is not None
        found = labels_of(numbered.text if numbered else line)
        if numbered:
            found = [label for label in found if not _has_title(label, found)]
        counts.update(found)
        if begun and (len(found) > 1 or (not numbered and begins_with_label(line))):
            sure.update(found)
    return frozenset(sure.union(label for label, count in counts.items() if count > 1))


def _has_title(label: str, found: Sequence[str]) -> bool:
    """Return whether a label is a title with another label after it, as in 1. 修桥 牵头单位：甲局."""
    return any(label != other and label.endswith(other) for other in found)


def _rest(line: str) -> str:
    """Return a line without its number, so that the number is not taken for a part of a label."""
    found = numbered_line(line)
    return found.text if found else line


def _entries(lines: Sequence[Line], form: _Form) -> tuple[list[Line], list[_Entry]]:
    """Return the lines before the list, and the entries and sections of the list."""
    before: list[Line] = []
    entries: list[_Entry] = []
    label: str | None = None
    for number, line in lines:
        found = numbered_line(line)
        if found and (found.style is form.style or found.style in SECTION_STYLES):
            entries.append(_begun(number, line, found, form))
            label = next(reversed(entries[-1].labelled), None)
        elif not entries:
            before.append((number, line))
        else:
            label = _continue(entries, number, line, form, label)
    return before, entries


def _begun(number: int, line: str, found: NumberedLine, form: _Form) -> _Entry:
    """Return the entry or the section that a numbered line begins."""
    if found.style is not form.style:
        heading = found.text if found.style is NumberStyle.HEADING else line.strip()
        return _Entry(number, None, [heading])
    text, labelled = split_labelled(found.text, form.labels)
    entry = _Entry(number, found.number, [text])
    for part in labelled:
        entry.labelled.setdefault(part.label, []).append(part.text)
    return entry


def _continue(entries: list[_Entry], number: int, line: str, form: _Form, label: str | None) -> str | None:
    """Add a line to the last entry. Return the label that it belongs to, or None for the text of the entry.

    After a section, a line without a label is a row of its own.
    """
    text, labelled = split_labelled(line, form.labels)
    entry = entries[-1]
    if entry.number is None:
        entries.append(_Entry(number, None, [line.strip()]))
        return None
    if text:
        (entry.labelled[label] if label else entry.text).append(text)
    for part in labelled:
        entry.labelled.setdefault(part.label, []).append(part.text)
    return labelled[-1].label if labelled else label


def _join_labels(entries: list[_Entry]) -> None:
    """Give labels that mean the same field the first one's name, if no entry has two of them, as 牵头单位 and 牵头."""
    named: dict[tuple[Field, ...], list[str]] = {}
    for label in dict.fromkeys(label for entry in entries for label in entry.labelled):
        meant = meanings_of(label)
        if meant:
            named.setdefault(meant, []).append(label)
    for first, *others in named.values():
        if all(len({first, *others} & entry.labelled.keys()) < 2 for entry in entries):
            for entry in entries:
                entry.labelled = {first if label in others else label: text for label, text in entry.labelled.items()}


def _lead_where_none_is_named(entries: list[_Entry]) -> None:
    """Take 责任单位 for the lead in entries without 牵头单位, if others have that. The cell keeps the word for it."""
    labels = dict.fromkeys(label for entry in entries for label in entry.labelled)
    leads = [label for label in labels if meanings_of(label) == (Field.LEAD,)]
    if not leads:
        return
    for entry in entries:
        unclear = [label for label in entry.labelled if meanings_of(label) == (Field.LEAD, Field.SUPPORTING)]
        if len(unclear) == 1 and entry.labelled.keys().isdisjoint(leads):
            text = "\n".join(entry.labelled.pop(unclear[0]))
            entry.labelled[leads[0]] = [f"{unclear[0]}：{text}"]


def _number_heading(entries: list[_Entry], style: NumberStyle) -> str:
    """Return the heading of the numbers. They are codes only if they say more than where an entry stands in the list.

    So 2.1.3, KP-7 and 第39项 are codes if no two are equal. 1. and (1) count the entries of this list.
    """
    numbers = [entry.number for entry in entries if entry.number]
    counts = style in _COUNTING and not any(any(mark in number for mark in ".．-") for number in numbers)
    return str(Field.CODE) if len(set(numbers)) == len(numbers) and not counts else str(Field.NUMBER)


def _row(entry: _Entry, labels: list[str], values: Values) -> Row:
    text = values.text("\n".join(entry.text))
    if entry.number is None:
        return Row(entry.line, (text,))
    found: list[Value] = [values.text("\n".join(entry.labelled.get(label, []))) for label in labels]
    return Row(entry.line, (entry.number, text, *found))


def _text_rows(lines: Iterable[Line], values: Values) -> list[Row]:
    return [Row(number, (text,)) for number, line in lines if (text := values.text(line))]

"""Opening the form of an act, and reading the texts that were typed in its fields."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.base.errors import BadValueError, NotAllowedError, UnknownNameError
from planner.base.language import tr
from planner.base.listing import listed
from planner.base.numbers import read_number
from planner.base.texts import clean
from planner.dates.typed import Lean, read_day, read_deadline
from tui.data.acts.act import Act, ActDone, ActField, Affected, Entry, Kind, Opening, Scope
from tui.data.picks import Pick, meant

if TYPE_CHECKING:
    from planner.register.reading import Reading
    from planner.register.writing import Writing

# The largest number of values that an error lists.
MOST_NAMED = 5


class ChangedMeanwhileError(NotAllowedError):
    """Somebody changed what the form showed, so nothing was written.

    `texts` are the present initial texts, or `affected` is what the act would change now.
    """

    def __init__(self, texts: Mapping[str, str] | None = None, affected: Affected | None = None) -> None:
        self.texts = texts
        self.affected = affected
        super().__init__(
            tr("somebody changed this while the form was open, so nothing is saved"),
            do=tr("Look at what is shown now, and save again"),
        )


def open_act(reading: "Reading", act: Act, scope: Scope) -> Opening:
    """Return what the form of an act begins with."""
    picks = {field.name: field.picks(reading, scope) for field in act.fields if field.picks is not None}
    for found in picks.values():
        for pick in found:
            # In this thread, so that no key has to wait for it.
            _ = pick.searched
    texts = _initial(reading, act, scope.subject, picks)
    return Opening(act, scope.subject, scope.title, reading.today, texts, picks, reading.plan.span)


def _initial(reading: "Reading", act: Act, subject: str, picks: Mapping[str, Sequence[Pick]]) -> dict[str, str]:
    """Return the initial text of every field. A field with a list of values shows the label of its value."""
    given = dict(act.initial(reading, subject)) if act.initial is not None else {}
    texts = {field.name: given.get(field.name, "") for field in act.fields}
    for field in act.fields:
        own = {pick.key: pick for pick in picks.get(field.name, ())}
        if field.kind is Kind.PICK and texts[field.name] in own:
            texts[field.name] = own[texts[field.name]].text
        elif field.kind is Kind.WORD:
            texts[field.name] = texts[field.name] or next(iter(own))
    return texts


def write_act(writing: "Writing", opening: Opening, entry: Entry) -> ActDone:
    """Make an act. Raises ChangedMeanwhileError if the form showed something that is no longer so."""
    act, reading = opening.act, writing.reading()
    # docs/decisions/0131: a person never decides about something else than what was shown.
    if act.initial is not None:
        now = _initial(reading, act, opening.subject, opening.picks)
        if now != opening.texts:
            raise ChangedMeanwhileError(texts=now)
    affected = None
    if act.affected is not None:
        affected = act.affected(reading, entry)
    elif act.tried is not None:
        affected = act.tried(writing, entry)
    if affected is not None and affected != entry.shown:
        raise ChangedMeanwhileError(affected=affected)
    return act.write(writing, entry)


def read_entry(opening: Opening, texts: Mapping[str, str]) -> tuple[Entry, dict[str, BadValueError | UnknownNameError]]:
    """Return the values that the texts of a form mean, and the errors of the fields that cannot be read."""
    values, errors = {}, {}
    for field in opening.act.fields:
        try:
            value = read_field(opening, field, texts)
        except (BadValueError, UnknownNameError) as error:
            errors[field.name] = error
        else:
            if value is not None:
                values[field.name] = value
            elif field.required:
                errors[field.name] = BadValueError(tr("this field must not be empty"), where=field.name)
    changed = frozenset(name for name, text in texts.items() if text != opening.texts[name])
    return Entry(opening.subject, values, changed), errors


def read_field(opening: Opening, field: ActField, texts: Mapping[str, str]) -> Any:
    """Return the value that the text of a field means, or None if it is blank.

    Raises BadValueError or UnknownNameError if it means nothing.
    """
    text, name = texts[field.name].strip(), field.name
    if not text:
        return None
    if field.kind is Kind.PICK:
        return picked(name, offered(opening, field, texts), text).key
    if field.kind is Kind.NUMBER:
        return read_number(text, name)
    if field.kind in (Kind.DAY, Kind.PLAN_DAY):
        return read_day(text, opening.today, name, lean=day_lean(field.kind), span=opening.span)
    if field.kind is Kind.DEADLINE:
        return read_deadline(text, start_of(opening, field, texts), name, span=opening.span)
    if field.kind in (Kind.PAIRS, Kind.CODED, Kind.DATED):
        pairs = _pairs(text, name, first_needed=field.kind is not Kind.CODED)
        if field.kind is not Kind.DATED:
            return pairs
        start = start_of(opening, field, texts)
        return tuple((read_deadline(day, start, name, span=opening.span), title) for day, title in pairs)
    return clean(text, name)


def day_lean(kind: Kind) -> Lean:
    """Return where a day without a year is looked for in a field of a kind."""
    return Lean.NEAREST if kind is Kind.PLAN_DAY else Lean.BACK


def offered(opening: Opening, field: ActField, texts: Mapping[str, str]) -> Sequence[Pick]:
    """Return the values of a field from which a person can choose, given the texts of the other fields."""
    picks = opening.picks.get(field.name, ())
    outer = opening.act.field(field.within) if field.within else None
    if outer is None:
        return picks
    found = meant(offered(opening, outer, texts), texts[outer.name]) if texts[outer.name].strip() else []
    return [pick for pick in picks if pick.note == found[0].text] if len(found) == 1 else picks


def picked(name: str, picks: Sequence[Pick], text: str) -> Pick:
    """Return the value of a list that a text means. Raises UnknownNameError if it means none or several."""
    found = meant(picks, text)
    if len(found) == 1:
        return found[0]
    if not found:
        raise UnknownNameError(
            tr("nothing in the list has '{text}'", text=text),
            where=name,
            do=tr("Press enter in the field for the list"),
        )
    keys = listed([pick.key for pick in found[:MOST_NAMED]])
    raise UnknownNameError(
        tr("'{text}' can mean {count:,} entries, such as {keys}", text=text, count=len(found), keys=keys),
        where=name,
        do=tr("Press enter in the field for the list"),
    )


def start_of(opening: Opening, field: ActField, texts: Mapping[str, str]) -> date:
    """Return the day from which a date in a field is meant: +2w counts from it, and 30 June comes after it."""
    for name in field.counts_from:
        other = opening.act.field(name)
        if other is not None and texts[name].strip():
            try:
                day: date = read_field(opening, replace(other, counts_from=()), texts)
            except BadValueError:
                continue
            return day
    return opening.today


def _pairs(text: str, name: str, *, first_needed: bool) -> tuple[tuple[str, str], ...]:
    """Return the two sides of each line.

    Raises BadValueError for a line without an equals sign or a side. The first one can be empty if it is not needed.
    """
    pairs = []
    for line in text.splitlines():
        if not line.strip():
            continue
        first, sign, second = (part.strip() for part in line.partition("="))
        if not sign or not second or (first_needed and not first):
            raise _incomplete(line.strip(), name, first_needed=first_needed)
        pairs.append((clean(first, name) or "", clean(second, name) or ""))
    return tuple(pairs)


def _incomplete(line: str, name: str, *, first_needed: bool) -> BadValueError:
    if first_needed:
        return BadValueError(
            tr("the line '{line}' needs a text on both sides of an equals sign", line=line), where=name
        )
    return BadValueError(
        tr("the line '{line}' needs a title after an equals sign", line=line),
        where=name,
        do=tr("Begin it with '=' if the item has no code yet"),
    )

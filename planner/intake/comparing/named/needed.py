"""Leaving out new organisations, people, kinds and themes that only a value names which the register does not take."""

from collections.abc import Iterable
from dataclasses import replace

from planner.intake.comparing.differences.changes import FieldChange, Stored
from planner.intake.comparing.differences.items import ChangedItem, NewItem
from planner.intake.comparing.differences.named import NewTheme
from planner.intake.comparing.preview import Preview
from planner.intake.proposed import Field
from planner.intake.sheets import Place

# The facts of items that name something which an import can add.
_NAMING = (Field.LEAD, Field.SUPPORTING, Field.ACCOUNTABLE, Field.KIND, Field.THEME)


def without_unneeded(preview: Preview) -> Preview:
    """Return a preview that adds nothing which only stands in values that the register does not take.

    What a conflict keeps out can name an organisation that the register does not know. What a list of organisations or
    themes has, or any value that is taken, is added.
    """
    kept_out = {change.place for change in _kept_out(preview.changed)}
    if not kept_out:
        return preview
    used = _Used()
    used.note_all(preview.new, preview.changed)
    people = tuple(one for one in preview.people if used.has(Field.ACCOUNTABLE, one.login) or one.place not in kept_out)
    bodies = {*used.of(Field.LEAD), *used.of(Field.SUPPORTING), *(one.organisation for one in people)}
    return replace(
        preview,
        people=people,
        organisations=tuple(one for one in preview.organisations if one.key in bodies or one.place not in kept_out),
        kinds=tuple(one for one in preview.kinds if used.has(Field.KIND, one.key) or one.place not in kept_out),
        themes=_needed_themes(preview.themes, used.of(Field.THEME), kept_out),
    )


def _kept_out(changed: Iterable[ChangedItem]) -> Iterable[FieldChange]:
    """Yield the values of the files that conflicts keep out and that can name something new."""
    for item in changed:
        for conflict in item.conflicts:
            if not conflict.taken and conflict.change.field in _NAMING:
                yield conflict.change


def _needed_themes(themes: tuple[NewTheme, ...], used: set[Stored], kept_out: set[Place]) -> tuple[NewTheme, ...]:
    """Return the themes that are used or listed, with those that contain them, in their order."""
    needed: list[NewTheme] = []
    numbers = set(used)
    # A theme comes after the one that contains it.
    for theme in reversed(themes):
        if theme.number in numbers or theme.place not in kept_out:
            needed.append(theme)
            numbers.add(theme.parent)
    return tuple(reversed(needed))


class _Used:
    """The values of new items, and those that the import writes in others, by their fields."""

    def __init__(self) -> None:
        self._values: dict[Field, set[Stored]] = {fact: set() for fact in _NAMING}

    def note_all(self, new: Iterable[NewItem], changed: Iterable[ChangedItem]) -> None:
        """Note the values of items."""
        for added in new:
            for fact in _NAMING:
                self._note(fact, added.facts.get(fact))
        for item in changed:
            for change in item.written:
                if change.field in self._values:
                    self._note(change.field, change.new)

    def _note(self, fact: Field, value: Stored) -> None:
        self._values[fact].update(value if isinstance(value, tuple) else (value,))

    def of(self, fact: Field) -> set[Stored]:
        """Return the values of a field."""
        return self._values[fact]

    def has(self, fact: Field, value: Stored) -> bool:
        """Return whether a field has a value."""
        return value in self._values[fact]

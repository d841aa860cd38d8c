"""What a new item gets of which the files say nothing."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from planner.domain.codes import code_key
from planner.domain.vocabulary import MeasuredBy
from planner.intake.comparing.differences.changes import Stored
from planner.intake.comparing.item_facts import Known
from planner.intake.comparing.stored import StoredItem, StoredRegister
from planner.intake.proposed import Field, ProposedItem

# The title of the theme for items without a theme, and of the kind for items without a kind, in a plan that has none.
NO_THEME = "Items without a theme"
NO_KIND = "Task"


class Assumed:
    """Gives the facts of new items that the files do not give. They stay working.

    `added_on` is the day from which the plan has new items, or None for its beginning.
    """

    def __init__(self, stored: StoredRegister, known: Known, added_on: date | None) -> None:
        self._plan = stored.plan
        self._known = known
        self._added_on = added_on
        self._kind_by_letters = _kinds_by_letters(stored.items)
        self._themes_added = {theme.number: theme.added_on for theme in stored.themes if theme.added_on}

    def added_on(self, theme: Stored, said: date | None = None) -> date | None:
        """Return the day from which the plan has a new item of a theme: not before it has the theme.

        `said` is the day that the row of another register gives.
        """
        days = (said or self._added_on, self._themes_added.get(theme))  # type: ignore[arg-type]
        latest = max((day for day in days if day is not None), default=None)
        return None if latest is None or latest <= self._plan.starts else latest

    def facts(self, item: ProposedItem, given: Mapping[Field, Stored], code: str) -> dict[Field, Stored]:
        """Return the facts of an item with a code. `given` are those that the files give."""
        by_milestones = bool(item.milestones) and Field.PERCENT not in item.facts
        plan = self._plan
        assumed: dict[Field, Stored] = {
            Field.CODE: code,
            Field.LEAD: plan.issuer,
            Field.START: min(plan.starts, given.get(Field.DUE) or plan.starts),
            Field.DUE: max(plan.ends, given.get(Field.START) or plan.ends),
            Field.WEIGHT: 1.0,
            Field.MEASURED_BY: (MeasuredBy.MILESTONES if by_milestones else MeasuredBy.REPORTS).value,
        }
        if Field.KIND not in given:
            assumed[Field.KIND] = self._kind(item, code)
        if Field.THEME not in given:
            assumed[Field.THEME] = self._theme(item, given)
        return assumed

    def _kind(self, item: ProposedItem, code: str) -> str:
        by_letters = self._kind_by_letters.get(_letters(code))
        if by_letters is not None:
            return by_letters
        kinds = self._known.kinds
        return kinds.known[0] if kinds.known else kinds.add(NO_KIND, item.place)

    def _theme(self, item: ProposedItem, given: Mapping[Field, Stored]) -> int:
        measure = given.get(Field.MEASURE)
        of_measure = self._known.measures.get(str(measure)) if measure else None
        return of_measure or self._known.themes.number_of((NO_THEME,), item.place)


def _letters(code: str) -> str:
    """Return the letters at the beginning of a code, which often say the kind of the item."""
    key = code_key(code)
    return key[: next((place for place, character in enumerate(key) if not character.isalpha()), len(key))]


def _kinds_by_letters(items: Iterable[StoredItem]) -> dict[str, str]:
    """Return the kind of the items whose codes begin with the same letters, by these letters."""
    counted: Counter[tuple[str, str]] = Counter((_letters(item.code), item.kind) for item in items)
    kinds: dict[str, str] = {}
    for (letters, kind), _ in reversed(counted.most_common()):
        if letters:
            kinds[letters] = kind
    return kinds

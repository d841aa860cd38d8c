"""The totals that a plan states: how many items it has, of all kinds or of one. Findings compare them with the items.

The data files of a plan bring them, with the place in the text that states them. An act changes or removes them.
"""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select

from planner.base.errors import BadValueError, unknown_name
from planner.base.language import later, tr
from planner.base.numbers import read_whole
from planner.base.texts import folded
from planner.queries.weeks.inventory import ALL_ITEMS, FORMER_TOTALS
from planner.register.plan_changes import TOTALS
from planner.register.plan_view import PlanView
from planner.store.models import PlanTotal
from planner.writes.plan_changes.facts import Act, Fact
from planner.writes.registered import REGISTERED_VALUES


class TotalsEdit:
    """The totals of a plan before and after an act that gives some of them.

    `given` are names with the numbers that were typed: the name `items`, or a kind. A name without a number is stated
    no longer, and neither is one that is left out if they are `complete`. If `given` is None, nothing changes.

    Raises UnknownNameError for another name, and BadValueError for a number that is not possible or a name that is
    given twice.
    """

    def __init__(self, act: Act, given: Sequence[tuple[str, str]] | None, *, complete: bool) -> None:
        self._act = act
        own = select(PlanTotal).where(PlanTotal.plan_id == act.writing.plan.id).order_by(PlanTotal.id)
        self._rows = {row.name: row for row in act.writing.session.execute(own).scalars()}
        removed = complete and given is not None
        before = {row.name: None if removed else row.value for row in self._rows.values()}
        self._after = before | self._read(given or ())

    def _read(self, given: Sequence[tuple[str, str]]) -> dict[str, int | None]:
        own = {FORMER_TOTALS.get(name, name): name for name in self._rows}
        found: dict[str, int | None] = {}
        for typed, number in given:
            named = _total_named(self._act.writing.plan, typed)
            name = own.get(named, named)
            if name in found:
                raise BadValueError(tr("'{name}' is given twice", name=typed), where=TOTALS, do=tr("Give it once"))
            found[name] = read_whole(number, TOTALS, least=0) if number.strip() else None
        return found

    @property
    def facts(self) -> Mapping[str, Fact]:
        """The fact that changes, as the history keeps it: all totals that the plan states, before and after."""
        before = totals_in_words((row.name, row.value) for row in self._rows.values())
        return {TOTALS: Fact(before, totals_in_words(self._after.items()), {})}

    def write(self, action: str) -> None:
        """Write the totals that change. From then on they are the office's own, without a citation."""
        act = self._act
        for name, value in self._after.items():
            row, label = self._rows.get(name), f"{act.writing.plan.key} {name}"
            values = {"value": value, **REGISTERED_VALUES}
            if row is None and value is not None:
                row = PlanTotal(plan_id=act.writing.plan.id, name=name, **values)
                act.journal.add(row, action=action, label=label, reason=act.reason)
            elif row is not None and row.value != value:
                act.journal.change(row, values, action=action, label=label, reason=act.reason)


def totals_in_words(totals: Iterable[tuple[str, int | None]]) -> str | None:
    """Return the totals that are stated, as people type them: `items=223, task=101`. None if there are none."""
    return ", ".join(f"{name}={value}" for name, value in totals if value is not None) or None


def _total_named(plan: PlanView, typed: str) -> str:
    """Return the name of the total that a text means: that of all items, or the key of a kind."""
    names = {_spelling(name): key for name, key in FORMER_TOTALS.items()}
    for kind in plan.kinds:
        names |= {_spelling(kind.title): kind.key, _spelling(kind.key): kind.key}
    names[ALL_ITEMS] = ALL_ITEMS
    known = (ALL_ITEMS, *(kind.key for kind in plan.kinds))
    found = names.get(_spelling(typed))
    if found not in known:
        what = tr("no kind of item is called '{wanted}'", wanted=typed)
        raise unknown_name(what, later("totals"), known, where=TOTALS)
    return found


def _spelling(name: str) -> str:
    return folded(name).replace("_", " ")

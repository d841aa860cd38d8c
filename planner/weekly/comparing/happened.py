"""What happened in only one of two compared weeks, in sentences.

Most sections list what is so at the end of a week, and the rows of two weeks are matched. Acts on the plan are of one
week only: one that is in the earlier file alone was not taken back.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from planner.base.language import later, tr, tr_later
from planner.domain.symbols import words
from planner.queries.history.plan_acts import ActKind
from planner.tables.csv_form import value_text
from planner.weekly.comparing.plain_tables import Tables

# The section with one row per act on the plan.
ACTS = "plan_changes"

_SENTENCES = {
    ActKind.DISSOLVED: later("{name} was dissolved"),
    ActKind.MERGED: later("{name} was merged into {now}"),
    ActKind.REMOVED: later("{name} was removed"),
    ActKind.LEFT: later("{name} left"),
    ActKind.CLOSED: later("the plan was closed"),
    ActKind.REOPENED: later("the plan was opened again"),
    ActKind.CARRIED_OVER: later("items of {was} were carried over to {now}"),
    ActKind.EDITED: later("{name}: {fact}: {was} → {now}"),
    ActKind.MOVED: later("{name} was moved: {was} → {now}"),
    ActKind.RENAMED: later("{was} was renamed {now}"),
    ActKind.ADDED: later("{name} was added"),
    ActKind.CAME_BACK: later("{name} came back"),
    ActKind.RECORDED_LATE: later("recorded late: {name}: {fact}: {was} → {now}"),
}
# A late act without values, such as that somebody left.
_LATE = later("recorded late: {name}: {fact}")


def acts_only_in(one: Tables, other: Tables) -> Iterator[str]:
    """Yield a sentence for each act on the plan that one file has and the other has not, in its order."""
    there = Counter(_sentences(other))
    for sentence in _sentences(one):
        if there[sentence]:
            there[sentence] -= 1
        else:
            yield sentence


def _sentences(tables: Tables) -> Iterator[str]:
    for row in tables[ACTS].rows if ACTS in tables else ():
        kind, was, now = ActKind(str(row["change"])), row.get("from"), row.get("to")
        sentence = _LATE if kind is ActKind.RECORDED_LATE and was is now is None else _SENTENCES[kind]
        fact = words(str(row.get("fact") or ""))
        yield tr_later(sentence).format(name=row["name"], fact=fact, was=_text(was), now=_text(now))


def _text(value: Any) -> str:
    return value_text(value) or tr("nothing")

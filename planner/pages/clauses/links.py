"""The links of a clause on the page, with their reviews, and the items behind each link with their states."""

from collections.abc import Iterator, Sequence

from planner.base.formats import percent
from planner.base.numbers import counted
from planner.pages.frame import as_text, marked
from planner.queries.items.views import ItemView
from planner.queries.links.standing import LinkStanding
from planner.queries.mandates.matrix import MatrixRow
from planner.queries.plans import PlanView

# The most items shown behind one link. `planner items` and the weekly file have all of them.
MOST_ITEMS = 1_000


def linked(plan: PlanView, row: MatrixRow) -> Iterator[str]:
    """Yield the links of a clause with the items behind them.

    Links to its parts are counted here but shown with the parts.
    """
    links = [link for link in row.links if link.clause.name == row.name]
    yield f"<h4>Behind it: {_counted(row)}</h4>"
    for link in links:
        yield from _link(plan, link, _behind(row, link))
    if row.items and not links:
        yield '<p class="caption">All of them by its parts.</p>'
    if not row.links:
        yield '<p class="caption">No measure and no item of the plan is linked to it.</p>'


def item_table(items: Sequence[ItemView]) -> Iterator[str]:
    """Yield a table of items, one row each, with state and percent."""
    if not items:
        yield '<p class="caption">No item carries it out.</p>'
        return
    yield '<table class="items"><tbody>'
    for item in items[:MOST_ITEMS]:
        yield (
            f'<tr><th scope="row">{as_text(item.code)}</th><td dir="auto">{as_text(item.title)}</td>'
            f'<td>{marked(item.state.value)}</td><td class="number">{percent(item.actual)}</td></tr>'
        )
    yield "</tbody></table>"
    if len(items) > MOST_ITEMS:
        yield f'<p class="more">And {len(items) - MOST_ITEMS:,} more, which planner items lists.</p>'


def _counted(row: MatrixRow) -> str:
    items = len(row.items)
    mean = f", {percent(row.whole.actual)} done of {percent(row.whole.expected)} expected" if items else ""
    return f"{counted(len(row.measures), 'measure')}, {counted(items, 'item')}{mean}"


def _behind(row: MatrixRow, link: LinkStanding) -> list[ItemView]:
    return [item for item in row.items if link.near.name in ((item.code,) if link.of_item else (item.measure,))]


def _link(plan: PlanView, link: LinkStanding, items: Sequence[ItemView]) -> Iterator[str]:
    yield '<div class="link">'
    yield (
        f"<p><strong>{as_text(link.near.name)}</strong> <bdi>{as_text(link.near.title)}</bdi> "
        f'<span class="words">{link.type.value}, coverage {link.coverage.value}</span></p>'
    )
    yield f'<p class="note" dir="auto">{as_text(link.rationale)}</p>'
    yield f'<p class="review" dir="auto">{marked(link.state.value)}{_reviewed(plan, link)}</p>'
    yield from item_table(items)
    yield "</div>"


def _reviewed(plan: PlanView, link: LinkStanding) -> str:
    """Return the ends of the link that changed since its review, and who reviewed it last, when and why."""
    notes = [end.why for end in link.suspect]
    if link.review is not None:
        reason = f": {link.review.reason}" if link.review.reason else ""
        day = plan.day_at(link.review.recorded_at)
        notes.append(f"{link.review.decision.value} by {link.review.actor} on {day}{reason}")
    return f" · {as_text('; '.join(notes))}" if notes else ""

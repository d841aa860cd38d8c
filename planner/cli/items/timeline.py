"""planner timeline: due dates and milestones over time, drawn as wide as the terminal or listed for programs."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from planner.base.language import tr
from planner.cli.context import Context
from planner.cli.items.timeline_view import TimelineView
from planner.cli.named_organisation import named_organisation
from planner.cli.output import (
    as_csv,
    as_json,
    as_of_option,
    banner,
    console,
    format_option,
    known_at_option,
    search_option,
)
from planner.cli.values import Word
from planner.domain.plain_words import plain
from planner.domain.rules.scale import Zoom, period
from planner.domain.vocabulary import Grouping

if TYPE_CHECKING:
    from planner.queries.weeks.deadlines import Deadline

DUE_COLUMNS = (
    "date", "period", "code", "milestone", "title", "theme", "lead", "baseline", "slip_days", "met_on", "state", "basis"
)  # fmt: skip
COUNT_COLUMNS = ("total", "met", "open", "overdue", "lapsed", "basis")


# The value of --by for a line per item instead of a line per group.
ITEM = "item"


@click.command()
@click.option(
    "--by",
    type=Word([ITEM, *Grouping]),
    default=ITEM,
    show_default=True,
    help="Print a line for each group of this kind.",
)
@click.option("--zoom", type=Word(Zoom), help="The length of a period. Default: the shortest that fits the width.")
@click.option("--from", "first", metavar="DATE", help="The first day. Default: the first day of the plan.")
@click.option("--to", "last", metavar="DATE", help="The last day. Default: the last day of the plan.")
@click.option("--theme", metavar="THEME", help="Only items of this theme: its number, or part of its title.")
@click.option("--lead", metavar="ORG", help="Only items that this organisation leads: its key, or part of its name.")
@search_option
@as_of_option
@known_at_option
@format_option("text", "csv", "json")
@click.pass_obj
def timeline(context: Context, /, output: str, **options: Any) -> None:
    """Show due dates and milestones over time: current dates against the baseline, with a line for today."""
    view = _read(context, **options)
    if output == "json":
        first, last = view.ends
        content = {"from": first, "to": last, "by": _by(view), "due": _rows(view)}
        as_json("timeline", content, view.plan)
    elif output == "csv":
        _print_csv(view)
    else:
        _print_picture(view)


def _read(
    context: Context,
    *,
    by: str,
    zoom: str | None,
    first: str | None,
    last: str | None,
    theme: str | None,
    lead: str | None,
    search: str,
) -> TimelineView:
    from planner.dates.lean import Lean
    from planner.queries.items.filters import Filters, filtered
    from planner.queries.items.register import read_register
    from planner.queries.plans.named import named_themes

    with context.reading() as reading:
        typed = context.typed(reading.plan)
        begins = typed.day(first, "--from", lean=Lean.NEAREST) if first else None
        ends = typed.deadline(last, "--to", lean=Lean.NEAREST) if last else None
        filters = Filters(
            theme=named_themes(reading, [theme] if theme else []),
            lead=named_organisation(reading, lead).key if lead else None,
            search=search,
        )
        found = filtered(read_register(reading), filters)
    grouping = None if by == ITEM else Grouping(by)
    view = TimelineView(reading.plan, found, reading.as_of, begins, ends, grouping, Zoom(zoom) if zoom else None)
    _check(view)
    return view


def _check(view: TimelineView) -> None:
    from planner.base.errors import BadValueError

    first, last = view.ends
    if first > last:
        raise BadValueError(
            tr("{first} is after {last}", first=first, last=last), where="--from", do=tr("Give a day before --to")
        )


def _by(view: TimelineView) -> str:
    return view.by.value if view.by else ITEM


def _rows(view: TimelineView) -> list[dict[str, Any]]:
    """Return the deadlines in order of day. If items are grouped, return the number of deadlines in each period."""
    from planner.queries.weeks.deadlines import falling_due

    found = falling_due(view.items, view.as_of, *view.ends)
    zoom = view.zoom or Zoom.MONTH
    return _counted(found, zoom, view.by) if view.by else [_due(deadline, zoom) for deadline in found]


def _due(deadline: "Deadline", zoom: Zoom) -> dict[str, Any]:
    item, milestone = deadline.item, deadline.milestone
    return {
        "date": deadline.current,
        "period": period(zoom, deadline.current),
        "code": item.code,
        "milestone": milestone.number if milestone else None,
        "title": deadline.title,
        "theme": item.theme,
        "lead": item.lead.key,
        "baseline": deadline.baseline,
        "slip_days": deadline.slip_days,
        "met_on": deadline.met_on,
        "state": deadline.state,
        "basis": milestone.basis_of_date if milestone else item.due_basis,
    }


def _counted(found: "Sequence[Deadline]", zoom: Zoom, by: Grouping) -> list[dict[str, Any]]:
    from collections import Counter, defaultdict

    from planner.queries.items.grouping import grouped, key_of
    from planner.queries.weeks.deadlines import DeadlineState

    groups = grouped((deadline.item for deadline in found), by)
    places = {group.key: place for place, (group, _) in enumerate(groups)}
    counts: dict[tuple[str, str], Counter[DeadlineState]] = defaultdict(Counter)
    for deadline in found:
        counts[period(zoom, deadline.current), key_of(deadline.item, by)][deadline.state] += 1
    return [
        {"period": when, by.value: int(key) if by is Grouping.THEME else key, "total": states.total()}
        | {state.value: states[state] for state in DeadlineState}
        for (when, key), states in sorted(counts.items(), key=lambda one: (one[0][0], places[one[0][1]]))
    ]


def _print_csv(view: TimelineView) -> None:
    """Print the timeline as CSV. In a demonstration, the basis of every row is `simulated`, as in all its files."""
    from planner.domain.vocabulary import Basis
    from planner.tables.columns import by_name

    names = ("period", view.by.value, *COUNT_COLUMNS) if view.by else DUE_COLUMNS
    simulated = {"basis": Basis.SIMULATED} if view.plan.simulated else {}
    as_csv([by_name(name) for name in names], (row | simulated for row in _rows(view)))


def _print_picture(view: TimelineView) -> None:
    from planner.cli.items.timeline_picture import legend, picture

    out = console()
    banner(out, view.plan)
    if plain():
        from planner.cli.items.timeline_words import told

        for text in told(view):
            out.print_line(text)
        return
    for line in picture(view, out.width):
        out.print(line, no_wrap=True, overflow="crop")
    out.print(legend(view))

"""planner timeline: what falls due when, drawn as wide as the terminal, or as a list for programs."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from planner.cli.context import Context
from planner.cli.output import as_json, as_of_option, banner, console, format_option, known_at_option, search_option
from planner.cli.streams import data_stream
from planner.cli.values import Whole, Word
from planner.domain.rules.scale import Zoom, period
from planner.domain.vocabulary import Grouping

if TYPE_CHECKING:
    from planner.queries.items.views import ItemView
    from planner.queries.plans import PlanView
    from planner.queries.weeks.deadlines import Deadline

DUE_COLUMNS = (
    "date", "period", "code", "milestone", "title", "theme", "lead", "baseline", "slip_days", "met_on", "state", "basis"
)  # fmt: skip
COUNT_COLUMNS = ("total", "met", "open", "overdue", "lapsed", "basis")


# A line for each item, and not for a group of them.
ITEM = "item"


@dataclass(frozen=True)
class Asked:
    """What was asked for: which stretch of time, which items, seen from which day; `by` is None for a line per item."""

    plan: "PlanView"
    items: "Sequence[ItemView]"
    as_of: date
    first: date | None
    last: date | None
    by: Grouping | None
    zoom: Zoom | None

    @property
    def ends(self) -> tuple[date, date]:
        """The first and the last day: the plan's own where none was given."""
        return self.first or self.plan.starts, self.last or self.plan.ends


@click.command()
@click.option("--by", type=Word([ITEM, *Grouping]), default=ITEM, show_default=True, help="A line for each.")
@click.option("--zoom", type=Word(Zoom), help="What stands out. Default: what fits.")
@click.option("--from", "first", metavar="DATE", help="The first day. Default: the plan's first.")
@click.option("--to", "last", metavar="DATE", help="The last day. Default: the plan's last.")
@click.option("--theme", type=Whole(), metavar="N", help="Only this theme.")
@click.option("--lead", metavar="ORG", help="Only items this organisation leads: its key, or part of its name.")
@search_option
@as_of_option
@known_at_option
@format_option("text", "csv", "json")
@click.pass_obj
def timeline(context: Context, /, as_of: str | None, known_at: str | None, output: str, **asked_for: Any) -> None:
    """Show what falls due when: milestones and due dates, baseline against current, from today's line."""
    asked = _read(context, as_of, known_at, **asked_for)
    if output == "json":
        first, last = asked.ends
        content = {"from": first, "to": last, "by": _by(asked), "due": _rows(asked)}
        as_json("timeline", content, asked.plan)
    elif output == "csv":
        _print_csv(asked)
    else:
        _print_picture(asked)


def _read(
    context: Context,
    as_of: str | None,
    known_at: str | None,
    *,
    by: str,
    zoom: str | None,
    first: str | None,
    last: str | None,
    theme: int | None,
    lead: str | None,
    search: str,
) -> Asked:
    from planner.dates.lean import Lean
    from planner.queries.items.filters import Filters, filtered
    from planner.queries.items.register import read_register
    from planner.queries.people.organisations import find_organisation
    from planner.queries.plans import require_themes

    with context.reading() as (session, plan):
        typed = context.typed(plan)
        begins = typed.day(first, "--from", lean=Lean.NEAREST) if first else None
        ends = typed.deadline(last, "--to", lean=Lean.NEAREST) if last else None
        point = context.point(plan, as_of, known_at)
        require_themes(plan, [theme] if theme else [])
        filters = Filters(theme=theme, lead=find_organisation(session, lead).key if lead else None, search=search)
        found = filtered(read_register(session, plan, point), filters)
    grouping = None if by == ITEM else Grouping(by)
    asked = Asked(plan, found, point.as_of, begins, ends, grouping, Zoom(zoom) if zoom else None)
    _check(asked)
    return asked


def _check(asked: Asked) -> None:
    from planner.base.errors import BadValueError

    first, last = asked.ends
    if first > last:
        raise BadValueError(f"{first} is after {last}", where="--from", do="Give a day before --to")


def _by(asked: Asked) -> str:
    return asked.by.value if asked.by else ITEM


def _rows(asked: Asked) -> list[dict[str, Any]]:
    """What falls due, in the order of the days; by groups, how much of it in each period."""
    from planner.queries.weeks.deadlines import falling_due

    found = falling_due(asked.items, asked.as_of, *asked.ends)
    zoom = asked.zoom or Zoom.MONTH
    return _counted(found, zoom, asked.by) if asked.by else [_due(deadline, zoom) for deadline in found]


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
        "basis": milestone.basis if milestone else item.due_basis,
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


def _print_csv(asked: Asked) -> None:
    """CSV for programs. A demonstration says so in the basis of every row, as all its files do."""
    from planner.domain.vocabulary import Basis
    from planner.tables.spreadsheets import safe_cell

    columns = ("period", asked.by.value, *COUNT_COLUMNS) if asked.by else DUE_COLUMNS
    simulated = {"basis": Basis.SIMULATED} if asked.plan.simulated else {}
    writer = csv.writer(data_stream(), lineterminator="\r\n")
    writer.writerow(columns)
    for row in _rows(asked):
        writer.writerow([safe_cell((row | simulated).get(column)) for column in columns])


def _print_picture(asked: Asked) -> None:
    from planner.cli.items.timeline_picture import picture

    out = console()
    banner(out, asked.plan)
    for line in picture(asked, out.width):
        out.print(line, no_wrap=True, overflow="crop")

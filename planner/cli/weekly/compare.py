"""planner weekly compare: what one week's file says otherwise than another's."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from planner.base.visible_text import one_line, shortened
from planner.cli.context import Context
from planner.cli.output import as_csv, as_json, banner, console, format_option, print_line

if TYPE_CHECKING:
    from planner.queries.plans import PlanView
    from planner.weekly.comparing.comparisons import Change, Compared
    from planner.weekly.comparing.weeks import ComparedWeek

CSV_COLUMNS = ("section", "item", "row", "change", "column", "before", "after", "data")

# What was typed into a report can be long; people see its beginning, CSV and JSON hold all of it.
LONGEST_SHOWN = 70

# As `diff` does.
DIFFERENT = 1


@click.command()
@click.argument("first", metavar="WEEK1")
@click.argument("second", metavar="WEEK2")
@click.option("--section", metavar="NAME", help="Only this section. Default: all.")
@format_option("text", "csv", "json")
@click.pass_context
def compare(click_context: click.Context, first: str, second: str, section: str | None, output: str) -> None:
    """Say what one week's file says otherwise than another's, row by row and column by column.

    A week that was issued is as it was issued last, else as known now; 2020-W14@issued-1, 2020-W14@now and
    2020-W14@2020-04-06T09:00 say which. The same week twice is as issued against as known now. The exit code is 0
    where both say the same, 1 where they differ.
    """
    context: Context = click_context.obj
    before, after, plan = _compared_weeks(context, first, second)
    found = _compared(before, after, section)
    if output == "csv":
        as_csv(CSV_COLUMNS, _csv_rows(found, plan))
    elif output == "json":
        as_json("comparison", _values(before, after, found), plan)
    else:
        _print(before, after, found, plan)
    if not found.same:
        click_context.exit(DIFFERENT)


def _compared_weeks(context: Context, first: str, second: str) -> "tuple[ComparedWeek, ComparedWeek, PlanView]":
    from planner.weekly.comparing.weeks import read_compared_weeks

    with context.settled_reading() as (session, plan, now):
        return (*read_compared_weeks(session, plan, first, second, now=now), plan)


def _compared(before: "ComparedWeek", after: "ComparedWeek", section: str | None) -> "Compared":
    from planner.weekly.comparing.comparisons import compare_tables
    from planner.weekly.contents import section_named

    found = compare_tables(before.tables, after.tables)
    return found if section is None else found.only(section_named(section).name)


def in_words(change: "Change") -> str:
    """A change as people read it, without the row it is of."""
    if change.column is None:
        return f"row {change.kind}"
    return f"{change.column.replace('_', ' ')}: {_shown(change.before)} → {_shown(change.after)}"


def _shown(value: Any) -> str:
    """A cell as people read it, on one line and not too long."""
    return shortened(_cell(value), LONGEST_SHOWN) or "nothing"


def _cell(value: Any) -> str:
    if isinstance(value, tuple):
        return "; ".join(value)
    return "" if value is None else str(value)


def _csv_rows(found: "Compared", plan: "PlanView") -> Iterator[Sequence[Any]]:
    data = "simulated" if plan.simulated else "register"
    for change in found.changes:
        before, after = _csv_value(change.before), _csv_value(change.after)
        yield change.section, change.item, change.row, change.kind, change.column, before, after, data


def _csv_value(value: Any) -> Any:
    return _cell(value) if isinstance(value, tuple) else value


def _values(before: "ComparedWeek", after: "ComparedWeek", found: "Compared") -> dict[str, Any]:
    return {
        "before": _week_values(before),
        "after": _week_values(after),
        "same": found.same,
        "left_out": found.left_out,
        "changes": found.changes,
    }


def _week_values(week: "ComparedWeek") -> dict[str, Any]:
    return {"week": str(week.week), "how": week.how, "known_at": week.known_at}


def _print(before: "ComparedWeek", after: "ComparedWeek", found: "Compared", plan: "PlanView") -> None:
    banner(console(), plan)
    print_line(f"{before.week} {before.how}")
    print_line(f"against {after.week} {after.how}")
    for line in (*_item_lines(found), *_other_lines(found), *_last_lines(found)):
        print_line(line)


def _item_lines(found: "Compared") -> Iterator[str]:
    """What is about items: an item, and under it what every section says otherwise of it."""
    for code, changes in found.by_item():
        yield one_line(f"{code} {found.titles.get(code, '')}")
        yield from (f"  {change.section}{_part(change, code)}: {in_words(change)}" for change in changes)


def _part(change: "Change", code: str) -> str:
    """Which of the item's rows it is, where a section has several."""
    return change.row.removeprefix(code)


def _other_lines(found: "Compared") -> Iterator[str]:
    """What is about no item, section by section."""
    others = [change for change in found.changes if not change.item]
    for section, changes in groupby(others, key=lambda change: change.section):
        yield found.titles.get(section, section)
        yield from (f"  {change.row}: {in_words(change)}" for change in changes)


def _last_lines(found: "Compared") -> Iterator[str]:
    yield from (f"Not compared: {words}" for words in found.left_out)
    if found.same:
        yield "No difference."
        return
    items = len({change.item for change in found.changes if change.item})
    yield f"Differences: {len(found.changes)}, items they are about: {items}."

"""planner weekly compare: the differences between the weekly files of two weeks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from planner.base.language import tr, tr_count
from planner.base.visible_text import one_line, shortened
from planner.cli.context import Context
from planner.cli.output import as_csv, as_json, banner, console, format_option, print_line, words
from planner.tables.columns import in_places

if TYPE_CHECKING:
    from planner.register.plan_view import PlanView
    from planner.tables.columns import Value
    from planner.weekly.comparing.comparisons import Change, Compared
    from planner.weekly.comparing.weeks import ComparedWeek

CSV_COLUMNS = ("section", "item", "row", "change", "column", "before", "after", "data")

# Texts of reports can be long. The text output shows their beginning, CSV and JSON the whole text.
LONGEST_SHOWN = 70

# The exit code of `diff` for files that differ.
DIFFERENT = 1


@click.command()
@click.argument("first", metavar="WEEK1")
@click.argument("second", metavar="WEEK2")
@click.option("--section", metavar="NAME", help="Only this section. Default: all.")
@click.option(
    "--computed",
    is_flag=True,
    help="Also show what the program computed from dates and reports, such as expected percents and outlooks.",
)
@format_option("text", "csv", "json")
@click.pass_context
def compare(
    click_context: click.Context, first: str, second: str, section: str | None, computed: bool, output: str
) -> None:
    """Show the differences between the weekly files of two weeks: the totals, then what people changed.

    --computed and --section show every difference, row by row and column by column, as CSV and JSON always do.

    A week means its last issue, or the week as known now if it was never issued. To choose a version, write
    2020-W14@issued-1, 2020-W14@now or 2020-W14@2020-04-06T09:00. The same week twice compares its last issue with the
    week as known now. The exit code is 0 if both are equal, and 1 if they differ.
    """
    context: Context = click_context.obj
    before, after, plan = _compared_weeks(context, first, second)
    found = _compared(before, after, section)
    if output == "csv":
        as_csv(in_places(CSV_COLUMNS), _csv_rows(found, plan))
    elif output == "json":
        as_json("comparison", _values(before, after, found), plan)
    else:
        _print(before, after, found, plan, whole=computed or section is not None)
    if not found.same:
        click_context.exit(DIFFERENT)


def _compared_weeks(context: Context, first: str, second: str) -> "tuple[ComparedWeek, ComparedWeek, PlanView]":
    from planner.weekly.comparing.weeks import read_compared_weeks

    with context.settled_reading() as (reading, now):
        return (*read_compared_weeks(reading, first, second, now=now), reading.plan)


def _compared(before: "ComparedWeek", after: "ComparedWeek", section: str | None) -> "Compared":
    from planner.weekly.comparing.comparisons import compare_tables
    from planner.weekly.contents import section_named

    found = compare_tables(before.tables, after.tables)
    return found if section is None else found.only(section_named(section).name)


def change_text(change: "Change") -> str:
    """Return what changed in a row, as text. The name of the row is left out."""
    if change.column is None:
        return tr("row added") if change.kind == "added" else tr("row removed")
    return f"{change.column.replace('_', ' ')}: {_shown(change, change.before)} → {_shown(change, change.after)}"


def _shown(change: "Change", value: "Value") -> str:
    """Return the value of a cell as people read it, on one line, shortened if it is long."""
    from planner.weekly.comparing.spoken import spoken_value

    return shortened(spoken_value(change.section, change.column, value), LONGEST_SHOWN) or tr("nothing")


def _csv_rows(found: "Compared", plan: "PlanView") -> Iterator[Sequence[Any]]:
    data = "simulated" if plan.simulated else "register"
    for change in found.changes:
        yield change.section, change.item, change.row, change.kind, change.column, change.before, change.after, data


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


def _print(before: "ComparedWeek", after: "ComparedWeek", found: "Compared", plan: "PlanView", *, whole: bool) -> None:
    from planner.weekly.comparing.milestones_told import milestones_told

    banner(console(), plan)
    print_line(f"{before.week} {before.how}")
    print_line(tr("compared with {week} {version}", week=after.week, version=after.how))
    acts = tuple(_act_lines(before, after))
    if whole:
        lines = (*item_lines(found), *_other_lines(found, acts))
    else:
        told = milestones_told(before.tables, after.tables)
        people = people_lines(found, acts, milestones=told, new_words=before.week == after.week)
        lines = (*total_lines(found), *people)
    for line in (*lines, *_last_lines(found)):
        print_line(line)


def total_lines(found: "Compared") -> Iterator[str]:
    """Yield the plan and each theme whose totals differ, and below it a line for each number, the weightiest first."""
    from planner.weekly.comparing.told import main_totals

    changes = main_totals(found)
    if changes:
        yield tr("Totals")
    for row, ones in groupby(changes, key=lambda change: change.row):
        yield f"  {one_line(found.titles.get(row, row))}"
        yield from (f"    {change_text(change)}" for change in ones)


def people_lines(
    found: "Compared",
    acts: Sequence[str] = (),
    *,
    milestones: Mapping[str, Mapping[str, str]] | None = None,
    new_words: bool = True,
) -> Iterator[str]:
    """Yield what got worse and what people changed, item by item, and how many differences are not shown.

    `acts` are the lines about acts on the plan that only one of the weeks has, and `milestones` the sentences about
    those that were met or moved, by item. Without `new_words`, the texts that each report brings are only counted,
    except those of items that got worse.
    """
    from planner.weekly.comparing.told import main_totals, told_by_people, without_new_words

    told = told_by_people(found)
    shown = told if new_words else without_new_words(told)
    more: dict[str, list[str]] = {code: [] for code in found.worse} | _without_shown(milestones or {}, shown.changes)
    if shown.changes or more:
        yield ""
        yield tr("What got worse, and what people changed")
        yield from item_lines(shown, more)
        yield from _other_lines(shown, acts)
    words_left = len(told.changes) - len(shown.changes)
    if words_left:
        yield ""
        yield tr_count(
            "{count:,} new text of a report is not shown. To see it, use --section items.",
            "{count:,} new texts of reports are not shown. To see them, use --section items.",
            words_left,
        )
    rest = len(found.changes) - len(told.changes) - len(main_totals(found))
    if rest:
        yield ""
        yield tr_count(
            "{count:,} difference more was computed from these, or from the day. To see it, use --computed.",
            "{count:,} differences more were computed from these, or from the day. To see them, use --computed.",
            rest,
        )


def _without_shown(milestones: Mapping[str, Mapping[str, str]], shown: Iterable["Change"]) -> dict[str, list[str]]:
    """Return the sentences about milestones by item, without those of which a shown change tells the same."""
    rows = {change.row for change in shown if change.section == "milestones"}
    left = {
        code: [told for name, told in one.items() if f"{code} {name}" not in rows] for code, one in milestones.items()
    }
    return {code: told for code, told in left.items() if told}


def item_lines(found: "Compared", more: Mapping[str, Sequence[str]] | None = None) -> Iterator[str]:
    """Yield the changes of items, those that got worse first: each item, and below it its changes in every section.

    An item with one change takes one line. `more` has further lines by item, also of items without other changes.
    """
    from planner.queries.moves.in_words import in_words

    further = more or {}
    for code, changes in found.by_item(further):
        name = one_line(f"{code} {found.titles.get(code, '')}")
        worse = [tr("got worse: {change}", change=in_words(found.worse[code]))] if code in found.worse else []
        lines = [
            *worse,
            *map(one_line, further.get(code, ())),
            *(f"{words(change.section)}{_part(change, code)}: {change_text(change)}" for change in changes),
        ]
        if len(lines) == 1:
            yield f"{name}: {lines[0]}"
        else:
            yield name
            yield from (f"  {line}" for line in lines)


def _part(change: "Change", code: str) -> str:
    """Return the name of a changed row without the code of its item.

    What is left is, for example, a milestone's number.
    """
    from planner.weekly.comparing.spoken import spoken_row

    return "".join(f" {spoken_row(word)}" for word in change.row.split(" ") if word != code)


def _act_lines(before: "ComparedWeek", after: "ComparedWeek") -> Iterator[str]:
    """Yield a line for each act on the plan that only one of the weeks has, as it happened in that week."""
    from planner.weekly.comparing.happened import acts_only_in

    one_week = before.week == after.week
    for here, there in ((before, after), (after, before)):
        week = f"{here.week} {here.how}" if one_week else str(here.week)
        for what in acts_only_in(here.tables, there.tables):
            yield tr("only in {week}: {what}", week=week, what=one_line(what))


def _other_lines(found: "Compared", acts: Sequence[str] = ()) -> Iterator[str]:
    """Yield the changes that belong to no item, section by section."""
    from planner.weekly.comparing.happened import ACTS

    others = [change for change in found.changes if not change.item]
    for section, changes in groupby(others, key=lambda change: change.section):
        yield found.titles.get(section, section)
        if section == ACTS and acts:
            yield from (f"  {line}" for line in acts)
            continue
        yield from (f"  {one_line(found.row_name(change))}: {change_text(change)}" for change in changes)


def _last_lines(found: "Compared") -> Iterator[str]:
    yield from (tr("Not compared: {part}", part=part) for part in found.left_out)
    if found.same:
        yield tr("There are no differences.")
        return
    items = len({change.item for change in found.changes if change.item})
    yield tr("Differences: {count}. Items that differ: {items}.", count=len(found.changes), items=items)

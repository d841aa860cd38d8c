"""planner update: record a status report on an item, with milestones and indicator values, in one write."""

from functools import partial
from typing import TYPE_CHECKING, Any

import click

from planner.base.errors import BadValueError
from planner.base.formats import percent
from planner.base.language import tr, tr_count
from planner.cli.context import Context
from planner.cli.output import as_json, format_option, print_line, words
from planner.cli.reports.confirming import write_after_asking, yes_option
from planner.cli.reports.entry_parts import expected_report, form_texts, step_start
from planner.cli.values import Percent, Word
from planner.domain.symbols import schedule_words
from planner.domain.vocabulary import Completion, Confidence, Phase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.queries.history.expected_state import ExpectedReport
    from planner.queries.items.views import ItemView
    from planner.register.writing import Writing
    from planner.writes.reports.entries import EntryRecorded


@click.command()
@click.argument("code")
@click.option("--percent", type=Percent(), metavar="N", help="How much is done, 0 to 100.")
@click.option("--phase", type=Word(Phase), help="The phase of the item.")
@click.option("--confidence", type=Word(Confidence), help="Your own confidence rating.")
@click.option("--done", metavar="TEXT", help="What was done.")
@click.option("--next", metavar="TEXT", help="What is next.")
@click.option("--blocker", metavar="TEXT", help="What blocks the item.")
@click.option("--help-needed", metavar="TEXT", help="The decision or help needed.")
@click.option("--help-from", metavar="TEXT", help="Of whom the help is asked.")
@click.option("--help-by", metavar="DATE", help="The day by which you need an answer.")
@click.option("--evidence", metavar="TEXT", help="The evidence: a document, a link or a record.")
@click.option(
    "--ending-reason",
    metavar="TEXT",
    help="Why the item is cancelled or merged; another person must confirm the ending.",
)
@click.option("--merged-into", metavar="CODE", help="The item into which this one was merged.")
@click.option("--unchanged", is_flag=True, help="Report explicitly that nothing changed since the last report.")
@click.option("--met", multiple=True, metavar="N[=DATE]", help="Milestone N was met on this date. Default: --as-of.")
@click.option("--move", multiple=True, metavar="N=DATE", help="Move milestone N to this date; needs --reason.")
@click.option("--reason", metavar="TEXT", help="Why dates are moved.")
@click.option("--forecast", multiple=True, metavar="N=DATE", help="Milestone N is now expected on this date.")
@click.option("--observe", multiple=True, metavar="N=VALUE", help="Indicator N has this value.")
@click.option(
    "--if-last",
    metavar="ID",
    help="Record the report only if the last report still has this id ('none' means no report yet).",
)
@click.option(
    "--as-of",
    metavar="DATE",
    help="The as-of date of the report. Default: today, or the day on which the plan opens.",
)
@yes_option
@format_option("text", "json")
@click.pass_obj
def update(
    context: Context, /, code: str, if_last: str | None, as_of: str | None, yes: bool, output: str, **fields: Any
) -> None:
    """Record a status report on an item, with milestones and indicator values, in one write.

    If you leave out phase, confidence or percent, the value of the last report stays. The first report of work puts an
    item in progress. Nothing is overwritten; each report is added to the item's history. If data is inconsistent, such
    as a milestone after the due date, you are asked to confirm it. Without a terminal, it is refused unless you give
    --yes.
    """
    if fields["reason"] and not fields["move"]:
        raise click.UsageError(
            tr(
                "--reason explains why a date is moved. Give --move N=DATE too. "
                "--ending-reason says why an item is cancelled or merged."
            )
        )
    expected = expected_report(if_last)
    (recorded, item, continued), plan = write_after_asking(
        context, lambda writing, check: _record(context, writing, code, fields, as_of, expected, check), yes=yes
    )
    if output == "json":
        counts = {name: getattr(recorded, name) for name in ("milestones", "dates", "observations")}
        as_json("report", {"code": item.code, "report": recorded.report, "schedule": item.schedule, **counts}, plan)
        return
    for line in (*_result_lines(recorded, item), *continued):
        print_line(line)


def _require_day_of_ending(writing: "Writing", phase: Phase) -> None:
    """Raise BadValueError if an item would end as of the last day of a plan because nobody said when it ended."""
    if phase.terminal and writing.day != writing.today:
        raise BadValueError(
            tr("the plan ended on {ends}, so it must be said when the item ended", ends=writing.plan.ends),
            where="--as-of",
            do=tr("Give --as-of with the day, such as --as-of {ends} or --as-of today", ends=writing.plan.ends),
        )


def _record(
    context: Context,
    writing: "Writing",
    code: str,
    fields: dict[str, Any],
    as_of: str | None,
    expected: "ExpectedReport | None",
    check_doubts: bool,
) -> "tuple[EntryRecorded, ItemView, tuple[str, ...]]":
    """Record a report, and return it with the item after it and sentences about the items that continue this one."""
    from planner.reporting.entry import entry_of
    from planner.reporting.fields import FieldReader
    from planner.writes.reports.entries import record_entry
    from planner.writes.reports.item_write import continued_elsewhere
    from planner.writes.reports.observations import unit_of_indicator

    if as_of is None and fields["phase"]:
        _require_day_of_ending(writing, Phase(fields["phase"]))
    day = context.day(writing, as_of)
    start = partial(step_start, writing, code)
    texts = form_texts(fields, day, context.typed(writing.plan), start)
    reader = FieldReader(writing.today, start, writing.plan.span, partial(unit_of_indicator, writing, code))
    entry = entry_of(texts, reader, unchanged=fields["unchanged"])
    # The item is read before the commit, so that no error of this read is taken for one of the write.
    recorded = record_entry(
        writing, code, entry, expected=expected, check_doubts=check_doubts, as_of=day, with_item=True
    )
    assert recorded.item is not None
    return recorded, recorded.item, continued_elsewhere(writing, recorded.item.id)


def _result_lines(recorded: "EntryRecorded", item: "ItemView") -> "Iterator[str]":
    parts, schedule = "; ".join(_parts(recorded)), schedule_words(item.schedule)
    yield tr("Recorded on {code} as of {day}: {records}.", code=recorded.code, day=recorded.as_of, records=parts)
    yield tr(
        "Done {actual}, expected {expected}: {schedule}.",
        actual=percent(item.actual),
        expected=percent(item.expected),
        schedule=schedule,
    )
    if item.completion is Completion.AWAITING:
        yield tr(
            "Another person must confirm that the item is {phase}; until then, it counts as open.",
            phase=item.phase.value,
        )
    if item.contradiction:
        yield tr("Note: the item is rated green, but by its dates it is {schedule}.", schedule=schedule)


def _parts(recorded: "EntryRecorded") -> "Iterator[str]":
    """Yield what was recorded, in words: the report, and how many milestones, dates and indicator values."""
    if recorded.report:
        rating = f", {recorded.report.confidence.value}" if recorded.report.confidence else ""
        report = f"{words(recorded.report.phase.value)}{rating}"
        yield tr("no change: {report}", report=report) if recorded.report.unchanged else report
    if recorded.milestones:
        yield tr_count("{count} milestone", "{count} milestones", recorded.milestones)
    if recorded.dates:
        yield tr_count("{count} date moved or confirmed", "{count} dates moved or confirmed", recorded.dates)
    if recorded.observations:
        yield tr_count("{count} indicator value", "{count} indicator values", recorded.observations)

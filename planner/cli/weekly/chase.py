"""planner chase: write a reminder to each lead organisation with missing or overdue work. Nothing is sent."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.base.errors import NOTHING_TO_REPORT, BadValueError
from planner.base.language import tr, tr_count
from planner.cli.context import Context
from planner.cli.named_organisation import named_organisation
from planner.cli.output import as_bytes, as_json, day_option, known_at_option, print_line, week_option
from planner.cli.output_file import STANDARD_OUTPUT, replace_option
from planner.cli.values import Word
from planner.cli.weekly.addresses import without_address
from planner.domain.plain_words import plain

if TYPE_CHECKING:
    from datetime import date

    from planner.chasing.round import ChasedItem, Message, Occasion
    from planner.queries.items.views import ItemView, OrganisationView
    from planner.register.reading import Reading
    from planner.weekly.reading import Instance, WeekReading


# The line between two printed messages.
RULE = "─" * 72


@dataclass(frozen=True)
class Chase:
    """The reminders that one run of `planner chase` makes.

    `leads` has all organisations that were checked. `options` are the options that reproduce the same reminders.
    """

    occasion: "Occasion"
    messages: "tuple[Message, ...]"
    leads: "tuple[OrganisationView, ...]"
    options: str


@click.command()
@week_option
@day_option("The day of the messages. Default: today, or the day of --known-at.")
@known_at_option
@click.option(
    "--by",
    metavar="DATE",
    help="The deadline for answers: a date, or +3d. Default: the last day of the current reporting period.",
)
@click.option("--lead", metavar="ORG", help="Only this organisation: its key, or part of its name.")
@click.option(
    "-o",
    "--output",
    "folder",
    metavar="FOLDER",
    default=STANDARD_OUTPUT,
    help="Write each message to this folder, as text and as an .eml file. Default, also with -: print the messages.",
)
@click.option(
    "--format",
    "output",
    type=Word(["text", "eml", "json"]),
    help="The format of the messages. Default: text; in a folder, text and eml.",
)
@replace_option
@click.pass_obj
def chase(context: Context, /, folder: str, output: str | None, replace: bool, **options: Any) -> int:
    """Write a reminder to each lead organisation about its items that lack a report, are overdue or long silent.

    Each message contains the last report with its date and author, what the organisation must do, and the deadline.
    Nothing is sent: open the messages in your mail program, or copy the text. Exit code 20 means that no reminder is
    due.
    """
    found = _read(context, output, **options)
    if folder == STANDARD_OUTPUT:
        _print(found, output or "text")
    else:
        _write(found, folder, output, replace=replace)
    return 0 if found.messages else NOTHING_TO_REPORT


def _read(context: Context, output: str | None, /, week_text: str | None, by: str | None, lead: str | None) -> Chase:
    from planner.domain.rules.weeks import Week
    from planner.queries.plans.lineage import read_continued
    from planner.register.closing import require_open
    from planner.weekly.reading import open_week

    with context.settled_reading() as (reading, now):
        then = None if context.as_of is None else reading
        # Nobody could answer on the day of the messages. On a day before the plan was closed, they could.
        asked_on = then.as_of if then else reading.plan.day_at(reading.known_at or now)
        require_open(reading.session, reading.plan, asked_on, reading.known_at)
        week = context.week(reading.plan, week_text) or (Week.of(then.as_of) if then else None)
        opened = open_week(reading, now=now, week=week)
        key = named_organisation(reading, lead).key if lead else None
        occasion = _occasion(opened.instance, by, then)
        messages, leads = _messages(opened, occasion, key, read_continued(reading))
    options = [
        opened.instance.options,
        *([f"--as-of {then.as_of}"] if then else []),
        *([f"--by {occasion.answer_by}"] if by else []),
        *([f"--lead {key}"] if key else []),
        *([f"--format {output}"] if output else []),
    ]
    return Chase(occasion, messages, leads, " ".join(options))


def _occasion(instance: "Instance", by: str | None, then: "Reading | None") -> "Occasion":
    """Return the occasion of the reminders, on the day of the instance or on that of a reading of an earlier day."""
    from planner.chasing.round import Occasion
    from planner.cli.typed_dates import TypedDates
    from planner.domain.rules.periods import period_days
    from planner.domain.rules.weeks import Week

    plan = then.plan if then else instance.plan
    today = then.as_of if then else plan.day_at(instance.known_at)
    # A plan that is long over is not late by the years since then.
    day = instance.as_of if plan.span.long_over(today) else today
    if day < instance.week.monday:
        raise BadValueError(
            tr("{week} begins after {day}", week=instance.week, day=day),
            where="--week",
            do=tr("Give {week} or an earlier week", week=Week.of(day)),
        )
    _, last = period_days(plan.settings, today)
    answer_by = TypedDates(today, plan.time_zone).deadline(by, "--by") if by is not None else last
    if answer_by < today:
        raise BadValueError(
            tr("{deadline} is before {day}", deadline=answer_by, day=today),
            where="--by",
            do=tr("Give {day} or a later day", day=today),
        )
    return Occasion(plan, instance.week, day, instance.known_at, answer_by)


def _messages(
    reading: "WeekReading",
    occasion: "Occasion",
    lead: str | None,
    continued: "dict[int, tuple[str, ...]]",
) -> "tuple[tuple[Message, ...], tuple[OrganisationView, ...]]":
    """Return the reminders, and all lead organisations whose items were checked."""
    from planner.chasing.round import messages_of
    from planner.queries.items.register import read_register_on
    from planner.queries.people.people import read_names
    from planner.queries.people.recipients import read_recipients

    days: list[date] = [occasion.of, occasion.day]
    then, now = read_register_on(reading, days, searched=False)
    mine: list[ItemView] = [item for item in now if lead in (None, item.lead.key)]
    messages = messages_of(occasion, then, mine, read_names(reading), read_recipients(reading), continued)
    return messages, tuple({item.lead: None for item in mine})


def _print(found: Chase, output: str) -> None:
    from planner.chasing.letter import draft_bytes, text_bytes

    if output == "json":
        as_json("chase", _json_values(found), found.occasion.plan)
    elif output == "eml":
        if len(found.messages) > 1:
            raise BadValueError(
                tr("{count} messages cannot be written to one output", count=len(found.messages)),
                where="--format eml",
                do=tr("Give a folder with -o, or one organisation with --lead"),
            )
        as_bytes(draft_bytes(message) for message in found.messages)
    elif plain():
        _print_plainly(found)
    else:
        rule = f"\n{RULE}\n\n".encode()
        as_bytes([rule.join(text_bytes(message) for message in found.messages)])
    for line in _outcome(found, tr("standard output")):
        print_line(line, err=True)


def _print_plainly(found: Chase) -> None:
    """Print the messages with a line above each that says which one it is, instead of a drawn line."""
    from planner.chasing.letter import text_bytes

    for number, message in enumerate(found.messages, 1):
        print_line(tr("Message {number} of {total}", number=number, total=len(found.messages)))
        for line in text_bytes(message).decode().splitlines():
            print_line(line)
        print_line()


def _write(found: Chase, given: str, output: str | None, *, replace: bool) -> None:
    """Write each message to its own files. All contents are made before the first file is written."""
    from planner.base.files import expanded
    from planner.base.output_files import write_files

    folder = expanded(given)
    write_files(folder, {name: [content] for name, content in _files(found, output).items()}, replace=replace)
    for line in _outcome(found, str(folder)):
        print_line(line, err=True)
    for file in _outdated(found, folder):
        print_line(
            tr("This file is outdated, because its organisation no longer needs a reminder: {file}", file=file),
            err=True,
        )


def _files(found: Chase, output: str | None) -> dict[str, bytes]:
    from planner.chasing.letter import ENDINGS, files_of, round_name
    from planner.tables.json_form import json_text

    if output == "json":
        text = json_text("chase", _json_values(found), found.occasion.plan)
        return {round_name(found.occasion, "json"): f"{text}\n".encode()}
    endings = ENDINGS if output is None else ("txt" if output == "text" else "eml",)
    return files_of(found.messages, endings)


def _outdated(found: Chase, folder: Path) -> list[Path]:
    """Return the files that an earlier run wrote for organisations that need no reminder any more."""
    from planner.chasing.letter import ENDINGS, file_name

    written = {message.organisation for message in found.messages}
    others = [lead for lead in found.leads if lead not in written]
    names = (file_name(found.occasion, lead, ending) for lead in others for ending in ENDINGS)
    return [folder / name for name in names if (folder / name).exists()]


def _outcome(found: Chase, where: str) -> tuple[str, ...]:
    """Say what was written, that nothing was sent, who has no address, and which options write the same again later."""
    occasion = found.occasion
    about = tr("week {week} as of {day}", week=occasion.week, day=occasion.day)
    if occasion.plan.simulated:
        about = tr("simulated data, week {week} as of {day}", week=occasion.week, day=occasion.day)
    if not found.messages:
        return (tr("No reminder is due: {about}. No report is missing and nothing is overdue.", about=about),)
    written = tr_count(
        "Wrote {count:,} message to {place}: {about}. Nothing was sent.",
        "Wrote {count:,} messages to {place}: {about}. Nothing was sent.",
        len(found.messages),
        place=where,
        about=about,
    )
    lacking = without_address(message.organisation.key for message in found.messages if not message.to)
    return written, *lacking, tr("To write the same output again, use: {options}", options=found.options)


def _json_values(found: Chase) -> dict[str, Any]:
    occasion = found.occasion
    return {
        "week": str(occasion.week),
        "day": occasion.day,
        "known_at": occasion.known_at,
        "answer_by": occasion.answer_by,
        "messages": [_message_values(message) for message in found.messages],
    }


def _message_values(message: "Message") -> dict[str, Any]:
    from planner.chasing.wording import body, subject

    return {
        "organisation": message.organisation.key,
        "name": message.organisation.name,
        "to": message.to,
        "subject": subject(message),
        "text": body(message),
        "items": [_item_values(chased) for chased in message.items],
    }


def _item_values(chased: "ChasedItem") -> dict[str, Any]:
    item = chased.item
    return {
        "code": item.code,
        "title": item.title,
        "basis": item.basis,
        "reasons": chased.reasons,
        "current_due": item.current_due,
        "days_late": item.days_late,
        "late_milestones": [milestone.number for milestone in chased.late_milestones],
        "reporter": chased.reporter,
        "last": item.last,
        "returned": item.returned,
    }

"""planner chase: one ready message per lead organisation about what it still owes. Nothing is sent."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.base.errors import NOTHING_TO_REPORT, BadValueError
from planner.base.numbers import counted
from planner.cli.context import Context
from planner.cli.output import as_bytes, as_json, known_at_option, print_line
from planner.cli.output_file import STANDARD_OUTPUT, replace_option
from planner.cli.values import Word

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from planner.chasing.round import ChasedItem, Message, Occasion
    from planner.queries.items.views import ItemView, OrganisationView
    from planner.weekly.reading import Instance


# Between messages that are printed one after the other.
RULE = "─" * 72


@dataclass(frozen=True)
class Chase:
    """A round as it was asked for: its messages, those who could have got one, and what makes the same again."""

    occasion: "Occasion"
    messages: "tuple[Message, ...]"
    leads: "tuple[OrganisationView, ...]"
    options: str


@click.command()
@click.option(
    "--week",
    "week_text",
    metavar="WEEK",
    help="The reporting week, such as 2020-W14. Default: this week, or the week of --known-at.",
)
@known_at_option
@click.option("--by", metavar="DATE", help="By when to answer: a date, or +3d. Default: the Sunday of today's week.")
@click.option("--lead", metavar="ORG", help="Only this organisation: its key, or part of its name.")
@click.option(
    "-o",
    "--output",
    "folder",
    metavar="FOLDER",
    default=STANDARD_OUTPUT,
    help="Write a file per message there, as text and as a draft. Default, and -: print them.",
)
@click.option(
    "--format",
    "output",
    type=Word(["text", "eml", "json"]),
    help="How to print or write them. Default: text; in a folder text and eml.",
)
@replace_option
@click.pass_obj
def chase(context: Context, /, folder: str, output: str | None, replace: bool, **asked_for: Any) -> int:
    """Make one message per lead organisation about its items that owe a report, are overdue or long silent.

    Each says what was last reported, when and by whom, what is asked, and by when. Nothing is sent: open the drafts
    in your mail program, or copy the text. Exit code 20 says that there is nobody to write to.
    """
    found = _read(context, **asked_for)
    if folder == STANDARD_OUTPUT:
        _print(found, output or "text")
    else:
        _write(found, folder, output, replace=replace)
    return 0 if found.messages else NOTHING_TO_REPORT


def _read(context: Context, week_text: str | None, known_at: str | None, by: str | None, lead: str | None) -> Chase:
    from planner.queries.people.organisations import find_organisation
    from planner.weekly.reading import open_week

    with context.settled_reading() as (session, plan, now):
        instance = open_week(
            session,
            plan,
            now=now,
            week=context.week(plan, week_text),
            known_at=context.instant(plan, known_at),
        ).instance
        key = find_organisation(session, lead).key if lead else None
        occasion = _occasion(instance, by)
        messages, leads = _messages(session, instance, occasion, key)
    asked = [instance.options, *([f"--by {occasion.answer_by}"] if by else []), *([f"--lead {key}"] if key else [])]
    return Chase(occasion, messages, leads, " ".join(asked))


def _occasion(instance: "Instance", by: str | None) -> "Occasion":
    from planner.chasing.round import Occasion
    from planner.cli.typed_dates import TypedDates
    from planner.domain.rules.weeks import Week

    day = instance.plan.day_at(instance.known_at)
    answer_by = TypedDates(day, instance.plan.time_zone).deadline(by, "--by") if by is not None else Week.of(day).sunday
    if answer_by < day:
        raise BadValueError(f"{answer_by} is before {day}", where="--by", do="Give that day or a later one")
    return Occasion(instance.plan, instance.week, day, instance.known_at, answer_by)


def _messages(
    session: "Session", instance: "Instance", occasion: "Occasion", lead: str | None
) -> "tuple[tuple[Message, ...], tuple[OrganisationView, ...]]":
    """The messages, and all lead organisations that were looked at."""
    from planner.chasing.round import messages_of
    from planner.queries.items.register import read_register_on
    from planner.queries.people.names import read_names

    days: list[date] = [instance.as_of, occasion.day]
    then, now = read_register_on(session, instance.plan, days, instance.known_at)
    mine: list[ItemView] = [item for item in now if lead in (None, item.lead.key)]
    names = read_names(session, instance.known_at)
    return messages_of(occasion, then, mine, names), tuple({item.lead: None for item in mine})


def _print(found: Chase, output: str) -> None:
    from planner.chasing.letter import draft_bytes, text_bytes

    if output == "json":
        as_json("chase", _plain(found), found.occasion.plan)
    elif output == "eml":
        if len(found.messages) > 1:
            raise BadValueError(
                f"{len(found.messages)} drafts cannot go to one output",
                where="--format eml",
                do="Name a folder with -o, or one organisation with --lead",
            )
        as_bytes(draft_bytes(message) for message in found.messages)
    else:
        rule = f"\n{RULE}\n\n".encode()
        as_bytes([rule.join(text_bytes(message) for message in found.messages)])
    for line in _told(found, "standard output"):
        print_line(line, err=True)


def _write(found: Chase, given: str, output: str | None, *, replace: bool) -> None:
    """Each message to files of its own. All of them are made before the first is written."""
    from planner.base.files import make_folder, write_all
    from planner.base.output_files import require_planner_output
    from planner.weekly.file import expanded

    folder = expanded(given)
    files = _files(found, output)
    if folder.is_dir():
        require_planner_output(*(folder / name for name in files), replace=replace)
    else:
        make_folder(folder)
    write_all({folder / name: [content] for name, content in files.items()})
    for line in _told(found, str(folder)):
        print_line(line, err=True)
    for file in _left(found, folder):
        print_line(f"Left from before, though nothing is asked of them any more: {file}", err=True)


def _files(found: Chase, output: str | None) -> dict[str, bytes]:
    from planner.chasing.letter import ENDINGS, files_of, round_name
    from planner.tables.json_form import json_text

    if output == "json":
        text = json_text("chase", _plain(found), found.occasion.plan)
        return {round_name(found.occasion, "json"): f"{text}\n".encode()}
    endings = ENDINGS if output is None else ("txt" if output == "text" else "eml",)
    return files_of(found.messages, endings)


def _left(found: Chase, folder: Path) -> list[Path]:
    """Files that an earlier run wrote for organisations which this one has nothing to ask of."""
    from planner.chasing.letter import ENDINGS, file_name

    written = {message.organisation for message in found.messages}
    others = [lead for lead in found.leads if lead not in written]
    names = (file_name(found.occasion, lead, ending) for lead in others for ending in ENDINGS)
    return [folder / name for name in names if (folder / name).exists()]


def _told(found: Chase, where: str) -> tuple[str, ...]:
    """What was made, that nothing was sent, and how to have the same again."""
    occasion = found.occasion
    simulated = "simulated data, " if occasion.plan.simulated else ""
    about = f"{simulated}week {occasion.week} as of {occasion.day}"
    if not found.messages:
        return (f"Nobody to write to: {about}. No report is owed and nothing is overdue.",)
    messages = counted(len(found.messages), "message")
    return f"Wrote {messages} to {where}: {about}. Nothing was sent.", f"The same again: {found.options}"


def _plain(found: Chase) -> dict[str, Any]:
    occasion = found.occasion
    return {
        "week": str(occasion.week),
        "day": occasion.day,
        "known_at": occasion.known_at,
        "answer_by": occasion.answer_by,
        "messages": [_plain_message(message) for message in found.messages],
    }


def _plain_message(message: "Message") -> dict[str, Any]:
    from planner.chasing.wording import body, subject

    return {
        "organisation": message.organisation.key,
        "name": message.organisation.name,
        "subject": subject(message),
        "text": body(message),
        "items": [_plain_item(chased) for chased in message.items],
    }


def _plain_item(chased: "ChasedItem") -> dict[str, Any]:
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

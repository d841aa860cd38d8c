"""Prepare the issue of a week: read its facts once and make all of its files. Nothing is written yet."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from planner.base.errors import NotAllowedError
from planner.base.language import tr
from planner.base.texts import clean
from planner.domain.rules.permissions import Permission
from planner.domain.rules.weeks import Week
from planner.queries.weeks.issues import LogPosition, read_position
from planner.register.plan_view import PlanView
from planner.register.reading import Reading
from planner.store.journal import Actor
from planner.tables.csv_form import USUAL, CsvStyle
from planner.weekly.contents import WeeklyFile, fill_all
from planner.weekly.file import file_name
from planner.weekly.formats import Format, files_of
from planner.weekly.issuing.digests import facts_digest, facts_of
from planner.weekly.issuing.versions import library_versions, program_version
from planner.weekly.page.drawing_process import drawing_meanwhile
from planner.weekly.reading import Instance, open_week
from planner.writes.issues import NewFile, NewIssue, next_number
from planner.writes.permission import require

ALL_FORMATS = tuple(Format)

# The format and the name of the file that holds a checkpoint of the audit log.
CHECKPOINT = "checkpoint"


@dataclass(frozen=True)
class Ready:
    """A week ready to be issued, with the number that the issue will get unless somebody issues the week first."""

    instance: Instance
    new: NewIssue
    number: int


def make_ready(
    reading: Reading,
    actor: Actor,
    *,
    week: Week,
    reason: str | None = None,
    unfinished: bool = False,
    formats: Sequence[Format] | None = None,
    checkpoint: Callable[[], bytes] | None = None,
    style: CsvStyle = USUAL,
    now: datetime,
) -> Ready:
    """Read a week as it is known now and make its files.

    All formats are made unless `formats` names some. The caller must call Database.settle before the session begins.
    Otherwise the same facts could not be read again later. All checks come before the first file is made. `checkpoint`
    returns a note on the state of the audit log. This note becomes a file of the issue. `style` is that of each
    CSV.

    Raises NotAllowedError if the actor may not issue, if the week is not over and `unfinished` is False, or if the week
    was issued before and no reason is given.
    """
    chosen = ALL_FORMATS if formats is None else formats
    require(reading.session, actor, Permission.ISSUE_WEEK)
    number = next_number(reading, week, clean(reason, "reason"))
    opened = open_week(reading, now=now, week=week)
    if not unfinished:
        _require_over(opened.instance)
    position = read_position(reading.session)
    with drawing_meanwhile(any(form.drawn for form in chosen)) as drawing:
        found = fill_all(opened, pictures=any(form.pictured for form in chosen), drawing=drawing)
    files = (*_files(found, chosen, style), *_checkpoint_file(opened.instance, checkpoint))
    return Ready(opened.instance, _new_issue(found, position, chosen, files), number)


def _new_issue(
    found: WeeklyFile, position: LogPosition, formats: Sequence[Format], files: tuple[NewFile, ...]
) -> NewIssue:
    instance, sections = found.instance, facts_of(found)
    return NewIssue(
        week=instance.week,
        as_of=instance.as_of,
        known_at=instance.known_at,
        position=position,
        facts_digest=facts_digest(instance, sections),
        sections=sections,
        program_version=program_version(),
        libraries=library_versions(formats),
        files=files,
    )


def folder_name(plan: PlanView, week: Week, number: int) -> str:
    """Return the default folder of an issue: the plan's key, the week and, from the second issue on, its number."""
    simulated = "simulated-" if plan.simulated else ""
    again = f"-{number}" if number > 1 else ""
    return f"{simulated}{plan.key}-{week}-issued{again}"


def _files(found: WeeklyFile, formats: Iterable[Format], style: CsvStyle) -> tuple[NewFile, ...]:
    return tuple(
        NewFile(file.name, form.value, b"".join(file.content))
        for form in formats
        for file in files_of(found, form, style)
    )


def _checkpoint_file(instance: Instance, checkpoint: Callable[[], bytes] | None) -> Iterator[NewFile]:
    if checkpoint is not None:
        yield NewFile(file_name(instance, "txt", CHECKPOINT), CHECKPOINT, checkpoint())


def _require_over(instance: Instance) -> None:
    """Raise NotAllowedError if the week is not over.

    More reports may still come in, and issuing the week again would then need a reason.
    """
    plan, week = instance.plan, instance.week
    if week.sunday >= plan.today(instance.known_at):
        raise NotAllowedError(
            tr("{week} is not over; its last day is {day}", week=week, day=week.sunday),
            where="week",
            do=tr("Wait until the week is over, or issue the unfinished week"),
            by_field="unfinished",
        )

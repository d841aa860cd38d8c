"""Making the preview of an import from the sheets of its files, for the command and for the app."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from planner.base.errors import BadValueError, UnknownNameError, unknown_name
from planner.base.language import later, tr, tr_count
from planner.base.progress import OnProgress
from planner.base.texts import same_words
from planner.domain.rules.permissions import Permission, may
from planner.intake.answering.answers import Answers, with_remarks
from planner.intake.answering.kept_answers import answers_to_keep, read_kept_answers, read_kept_cells
from planner.intake.answering.same_cells import SameCells
from planner.intake.comparing.asking import question_key
from planner.intake.comparing.compare import Choices, compare
from planner.intake.comparing.exported.only_one import require_one_export
from planner.intake.comparing.exported.since import since_export
from planner.intake.comparing.preview import Preview
from planner.intake.comparing.reading.changed_since import read_since
from planner.intake.comparing.reading.kept_titles import kept_titles
from planner.intake.comparing.reading.newer_facts import read_newer_facts
from planner.intake.comparing.reading.register import read_stored
from planner.intake.comparing.telling.unknown_events import unknown_events
from planner.intake.files.own_files import require_to_import
from planner.intake.files.reading import ImportedFile
from planner.intake.layout.plan_facts import PlanFacts
from planner.intake.layout.proposing import propose
from planner.intake.origin import has_items, origin_of
from planner.intake.proposed import Field, Problem, ProposedRegister, Severity
from planner.intake.report_day import settle_file_days, settle_report_day
from planner.intake.sheets import Place, Sheet
from planner.intake.wishes import Wishes
from planner.queries.people.people import read_person
from planner.register.closing import read_closing
from planner.register.reading import Reading
from planner.store.journal import Actor
from planner.store.models import ImportMapping, Organisation, OrganisationChange, OrganisationName, Person


def preview_sheets(
    reading: Reading,
    actor: Actor,
    sheets: Sequence[Sheet],
    problems: Iterable[Problem],
    wishes: Wishes,
    step: OnProgress = lambda name, by=1: None,
    files: Sequence[ImportedFile] = (),
) -> Preview:
    """Return what importing the sheets would do. `problems` were noticed while the files were read.

    Answers that people gave in earlier imports of the same `files`, or about the same texts in files of the same form,
    count, unless this import has others.

    Raises UnknownNameError if the files do not have one of the wanted sheets, and ImportFileError if they are files of
    this program that are not for an import, or two exports of one register.
    """
    require_to_import(sheets)
    chosen = _chosen(sheets, wishes.sheets)
    noticed = tuple(problems)
    kept = read_kept_answers(reading.session, reading.plan.id, files)
    answers: Answers | None = Answers(wishes.answers, kept)
    cells = read_kept_cells(reading.session, reading.plan.id)
    named = {question_key(name) for name in wishes.answers}
    while answers is not None:
        # Which question a place alone means is only known when the questions are.
        known, same = answers, SameCells(cells, named)
        preview = _previewed(reading, actor, chosen, noticed, wishes.with_answers(answers), same, step)
        answers = known.with_places(preview.problems)
    return replace(
        with_remarks(preview, known, len(same.used)),
        closed=read_closing(reading.session, reading.plan.id),
        answers=answers_to_keep(known.used, files),
        kept=known.used_from_before | same.used,
        cells=same.said,
    )


def _previewed(
    reading: Reading,
    actor: Actor,
    chosen: Sequence[Sheet],
    problems: Iterable[Problem],
    wishes: Wishes,
    same: SameCells,
    step: OnProgress,
) -> Preview:
    proposed = propose(
        chosen,
        _plan_facts(reading),
        mapping=wishes.mapping or None,
        kept=_kept_mappings(reading),
        answers=wishes.answers,
        same=same,
        step=step,
    )
    require_one_export(proposed.exported.tables)
    _add_noticed(problems, proposed)
    files = tuple(dict.fromkeys(sheet.file for sheet in chosen))
    report_day = settle_report_day(reading, wishes, proposed, files)
    days = settle_file_days(reading, wishes, proposed, report_day, files)
    person = read_person(reading.session, actor.name)
    now = reading.at(report_day.day)
    here = origin_of(reading)
    known_until = proposed.exported.known_until(reading.session, here)
    unknown = list(unknown_events(proposed.exported.tables, known_until, here))
    # docs/decisions/0152: what may be newer than a file of an unknown time is decided by people.
    is_past = report_day.day < reading.today
    stored = read_stored(now, proposed, changed_by_files=bool(unknown), is_past=is_past)
    if stored.items:
        proposed.problems += unknown
    choices = Choices(
        report_day.day,
        wishes.decisions,
        wishes.answers,
        wishes.take_file,
        may_add_people=person is not None and may(person.role, Permission.KEEP_PEOPLE, theirs=False),
        since=since_export(known_until, lambda moment: read_since(now, stored, moment)),
        changed_on=reading.as_of,
        days=days,
        newer=read_newer_facts(reading, days.oldest) if days.oldest < reading.today else {},
        remove_working=wishes.remove_working,
        kept_by=lambda ids: kept_titles(reading.session, ids),
    )
    return report_day.asked_in(compare(proposed, stored, choices, files, step, use_up=True), stored)


def require_no_blockers(preview: Preview) -> None:
    """Raise BadValueError if the preview has errors or open questions."""
    number = len(preview.blockers)
    if number:
        what = tr_count("{count:,} problem prevents the import", "{count:,} problems prevent the import", number)
        raise BadValueError(
            what, do=tr("Nothing was imported. Correct the files or answer the questions, and import again")
        )


def _chosen(sheets: Sequence[Sheet], names: Sequence[str]) -> Sequence[Sheet]:
    known = {sheet.name for sheet in sheets}
    for name in names:
        if name not in known:
            raise _no_sheet(name, known)
    return [sheet for sheet in sheets if sheet.name in names] if names else sheets


def _no_sheet(name: str, known: Iterable[str]) -> UnknownNameError:
    what = tr("the files have no sheet '{name}'", name=name)
    if not any(known):
        # A text file is one table without a name.
        return UnknownNameError(
            what, where="sheet", do=tr("These files have no sheets; leave the name of the sheet out")
        )
    return unknown_name(what, later("sheets"), sorted(known), where="sheet")


def _plan_facts(reading: Reading) -> PlanFacts:
    session, plan = reading.session, reading.plan
    names = set(session.execute(select(Organisation.name)).scalars())
    names |= set(session.execute(select(Organisation.short_name)).scalars())
    names |= set(session.execute(select(OrganisationName.name)).scalars())
    former = select(OrganisationChange.old_name).where(OrganisationChange.old_name.is_not(None))
    names |= {str(name) for name in session.execute(former).scalars()}
    by_name = {word: kind.key for kind in plan.kinds for word in (kind.title, kind.key)}
    people = {same_words(name): name for name in session.execute(select(Person.name)).scalars()}
    return PlanFacts(plan.starts, plan.ends, frozenset(names), by_name, origin_of(reading), has_items(reading), people)


def _kept_mappings(reading: Reading) -> dict[str, Mapping[str, Field | None]]:
    own = ImportMapping.plan_id == reading.plan.id
    rows = reading.session.execute(select(ImportMapping.shape, ImportMapping.columns).where(own))
    return {shape: {heading: _field(name) for heading, name in columns.items()} for shape, columns in rows}


def _field(name: Any) -> Field | None:
    # A later version of the program may know more fields.
    return Field(name) if name in set(Field) else None


def _add_noticed(problems: Iterable[Problem], proposed: ProposedRegister) -> None:
    """Add what was noticed while the files were read, except the errors of cells in columns that are not imported.

    A row whose title is such a cell is not told to have no title as well.
    """
    imported = {
        (layout.place.file, layout.place.sheet, column.number): column.field
        for layout in proposed.layouts
        for column in layout.columns
        if column.field is not None
    }
    noticed: list[Problem] = []
    untitled: set[Place] = set()
    for problem in problems:
        place = problem.place
        column = imported.get((place.file, place.sheet, place.column))
        is_error_of_cell = problem.severity is Severity.ERROR and bool(place.column)
        if column is not None or not is_error_of_cell:
            noticed.append(problem)
        if column is Field.TITLE and is_error_of_cell:
            untitled.add(replace(place, column=0))
    proposed.problems = [one for one in proposed.problems if one.field is not Field.TITLE or one.place not in untitled]
    proposed.problems += noticed

"""The acts on status sheets: writing them for organisations, and taking back those that were filled in."""

from dataclasses import replace
from itertools import groupby, starmap
from typing import TYPE_CHECKING

from planner.base.errors import BadValueError, PlannerError
from planner.base.language import later, tr, tr_count
from planner.domain.rules.permissions import Permission
from tui.data.acts import choices
from tui.data.acts.act import Act, ActDone, ActField, Affected, Entry, Kind
from tui.data.importing import typed_paths
from tui.data.picks import Pick

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planner.intake.proposed import Problem
    from planner.register.reading import Reading
    from planner.register.writing import Writing
    from planner.sheets.preview import SheetLine, SheetPreview
    from planner.sheets.reading.files import SheetFiles
    from planner.store.journal import Actor

# A person reads a value in full before it is recorded.
_LONGEST = 100_000


def _write_out(writing: "Writing", entry: Entry) -> ActDone:
    from planner.base.files import expanded
    from planner.sheets.addressees import read_sheets_out
    from planner.sheets.written import kept_sheets, write_sheets
    from planner.weekly.reading import open_week

    wanted = [entry["org"]] if entry["org"] else []
    week = open_week(writing.reading(), now=writing.at)
    found = read_sheets_out(week, wanted, language=_language(entry["language"]))
    folder = expanded(entry["folder"])
    kept = write_sheets(found.sheets, folder) if found.sheets else []
    said = tr_count(
        "Wrote {count:,} status sheet to {folder}. Nothing was sent.",
        "Wrote {count:,} status sheets to {folder}. Nothing was sent.",
        len(found.sheets) - len(kept),
        folder=folder,
    )
    if kept:
        said = f"{said} {kept_sheets(kept).note}"
    return ActDone(" ".join([*found.without, said]), frozenset())


def _language(given: str | None) -> str | None:
    from planner.base.language import languages, nearest_language

    nearest = nearest_language(given) if given else None
    if given and nearest is None:
        raise BadValueError(
            tr("the program has no messages in the language '{language}'", language=given),
            where="language",
            do=tr("Give one of {languages}", languages=", ".join(languages())),
        )
    return nearest


def _folder(_reading: "Reading", _subject: str) -> "Mapping[str, str]":
    from pathlib import Path

    return {"folder": str(Path("sheets").absolute())}


def _choice(entry: Entry) -> dict[str, tuple[str, ...]]:
    """Return the codes of items to take from the sheets, and to leave out."""
    return {
        name: tuple((entry[field] or "").replace(",", " ").split())
        for name, field in (("take", "take_sheet"), ("leave_out", "leave_out"))
    }


def _compared(writing: "Writing", entry: Entry) -> "SheetPreview":
    from planner.sheets.comparing import compare

    return compare(writing, _read(entry), **_choice(entry))


def _read(entry: Entry) -> "SheetFiles":
    from planner.sheets.reading.files import read_sheet_files

    return read_sheet_files([str(path) for path in typed_paths(entry["files"])])


def _preview(writing: "Writing", entry: Entry) -> Affected:
    """Return what the sheets would record, or all that keeps it from being recorded."""
    return _affected(_compared(writing, entry))


def _look(reading: "Reading", actor: "Actor", entry: Entry, why: PlannerError) -> Affected:
    """Return what the sheets would record, for a person who cannot write."""
    from planner.sheets.comparing import compare_only

    return _affected(compare_only(reading, actor, _read(entry), why=why, **_choice(entry)))


def _affected(found: "SheetPreview") -> Affected:
    from planner.sheets.preview import Outcome

    if found.errors:
        wrong = (*_problems(found), *map(_note, found.remarks))
        return Affected(tuple(_noted(found)), wrong, refusal=_refusal(found))
    new, kept = found.with_outcome(Outcome.NEW), found.with_outcome(Outcome.KEPT, Outcome.TOO_LATE)
    summary = [tr_count("{count:,} item gets new entries.", "{count:,} items get new entries.", len(new))]
    if kept:
        summary.append(tr_count("{count:,} item keeps its report.", "{count:,} items keep their reports.", len(kept)))
    refused = " ".join(refusal.why for refusal in found.refusals)
    listed = (*map(_pick, (*kept, *new)), *map(_note, found.remarks))
    return Affected((*summary, *_noted(found)), listed, refusal=refused)


def _refusal(found: "SheetPreview") -> str:
    return tr_count(
        "There is {count:,} error, so nothing can be recorded.",
        "There are {count:,} errors, so nothing can be recorded.",
        len(found.errors),
    )


def _noted(found: "SheetPreview") -> "Iterator[str]":
    """Yield how many notes there are, if there are any."""
    if found.remarks:
        yield tr_count("{count:,} note about the files.", "{count:,} notes about the files.", len(found.remarks))


def _problems(found: "SheetPreview") -> "Iterator[Pick]":
    """Yield the errors. Those of each file are below its name if there are several files."""
    by_file = groupby(found.errors_by_item, key=lambda one: one[0].place.file)
    errors = {file: list(some) for file, some in by_file}
    for file, some in errors.items():
        if len(errors) > 1:
            what = tr_count("{count:,} error in {file}", "{count:,} errors in {file}", len(some), file=file)
            yield Pick(file, file, what)
        yield from starmap(_problem, some)


def _problem(problem: "Problem", code: str = "") -> Pick:
    from planner.sheets.preview_text import problem_words

    where, file = str(problem.place), problem.place.file
    label = f"{where.removeprefix(file).removeprefix(': ').removeprefix('!')}  {code}".strip()
    return Pick(where, label or file, f"{problem_words(problem)}\n{file}")


def _note(problem: "Problem") -> Pick:
    pick = _problem(problem)
    return replace(pick, label=tr("note: {where}", where=pick.label))


def _pick(line: "SheetLine") -> Pick:
    from planner.sheets.preview_text import change_text

    doubts = [tr("Please check: {doubt}", doubt=doubt) for doubt in line.doubts]
    kept = [tr("kept, because {why}", why=line.why)] if line.why else []
    changes = [change_text(change, _LONGEST) for change in line.changes]
    note = "\n".join([*kept, *changes, *doubts]) or tr("no change")
    return Pick(line.code, f"{line.shown_code}  {line.title}", note)


def _take_in(writing: "Writing", entry: Entry) -> ActDone:
    from planner.writes.reports.received import record_received

    found = _compared(writing, entry)
    if found.errors:
        raise BadValueError(_refusal(found).rstrip("."), where="files")
    for refusal in found.refusals:
        raise refusal.error
    received = found.received
    if not received:
        return ActDone(tr("Nothing was recorded: the register says so already."), frozenset())
    record_received(writing, received)
    said = tr_count("Recorded entries on {count:,} item.", "Recorded entries on {count:,} items.", len(received))
    return ActDone(said, frozenset(one.code for one in received))


# They are in the palette only, because they change nothing about the plan itself.
SHEET_ACTS = (
    Act(
        "sheets.out",
        later("Write status sheets"),
        later("workbooks in which organisations report; nothing is sent"),
        (
            ActField("folder", later("Folder"), Kind.PATHS, hint=later("the files are written here"), required=True),
            ActField(
                "org", later("Organisation"), Kind.PICK, picks=choices.organisations, hint=later("empty is all leads")
            ),
            ActField("language", later("Language"), hint=later("such as ko; empty is its own or the plan's")),
        ),
        _write_out,
        permission=Permission.REPORT,
        initial=_folder,
    ),
    Act(
        "sheets.in",
        later("Take back status sheets"),
        later("record what organisations filled in, after a preview"),
        (
            ActField(
                "files",
                later("Files"),
                Kind.PATHS,
                hint=later("put ; between several paths; → completes a path"),
                required=True,
            ),
            ActField("take_sheet", later("Take sheet"), hint=later("codes whose newer reports the sheet replaces")),
            ActField("leave_out", later("Leave out"), hint=later("codes whose entries are ignored")),
        ),
        _take_in,
        permission=Permission.REPORT,
        tried=_preview,
        looked=_look,
    ),
)

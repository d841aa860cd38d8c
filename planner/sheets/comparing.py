"""Compare status sheets that came back with the register. The result is a preview, and nothing is written."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from planner.base.errors import BadValueError, PlannerError
from planner.base.language import tr
from planner.domain.codes import code_key
from planner.domain.period_names import period_name
from planner.domain.rules.periods import period_days
from planner.intake.proposed import Problem, Severity
from planner.intake.sheets import Place
from planner.queries.history.positions import has_position, read_register_id
from planner.queries.items.indicators import read_all_indicators
from planner.queries.items.item import ItemDetail
from planner.queries.items.register import read_codes, read_items
from planner.queries.people.organisations import keys_of_body, read_organisations
from planner.queries.people.people import read_names
from planner.register.reading import Reading
from planner.register.writing import Writing
from planner.sheets.item_comparing import ItemComparison
from planner.sheets.item_rows import rows_by_item
from planner.sheets.preview import Outcome, SheetHead, SheetPreview
from planner.sheets.reading.files import SheetFiles
from planner.sheets.reading.filled import FilledSheet, RefusedRow
from planner.sheets.trying import note_read_only, note_refusals
from planner.store.journal import Actor


def compare(
    writing: Writing,
    read: SheetFiles,
    *,
    take: Collection[str] = (),
    leave_out: Collection[str] = (),
) -> SheetPreview:
    """Return what recording the entries of some sheets would do. Nothing is written.

    `take` are the codes of items whose entries replace what was
    reported since the sheet was sent out. `leave_out` are the codes of items whose entries are ignored. Raises
    BadValueError if there is nothing to take or leave out.
    """
    preview = _compared(writing.reading(), read, _codes(take), _codes(leave_out))
    note_refusals(writing, preview)
    return preview


def compare_only(
    reading: Reading,
    actor: Actor,
    read: SheetFiles,
    *,
    why: PlannerError,
    take: Collection[str] = (),
    leave_out: Collection[str] = (),
) -> SheetPreview:
    """Return what the entries of some sheets would record, if nothing can be written. `why` says why.

    It is otherwise like `compare`, but what only a try of the write finds is not in it.
    """
    preview = _compared(reading, read, _codes(take), _codes(leave_out))
    note_read_only(reading, actor, preview, why)
    return preview


def _compared(
    reading: Reading,
    read: SheetFiles,
    take: Mapping[str, str],
    leave_out: Mapping[str, str],
) -> SheetPreview:
    """Return the preview without the errors that only the register's own checks of a write find."""
    preview = SheetPreview(problems=list(read.problems), order=_order(read))
    leave_out = {key: code for key, code in leave_out.items() if code not in read.left_out}
    usable = [sheet for sheet in _distinct(read.sheets, preview) if _is_usable(reading, sheet, preview)]
    names = {entry.key: entry.name for entry in read_organisations(reading.session)} if usable else {}
    for sheet in usable:
        preview.problems += sheet.problems
        preview.problems += [row.problem for row in sheet.refused if not _means(row, leave_out)]
        preview.heads.append(_head(sheet, reading, names))
    preview.asked = len({item.id for sheet in usable for item in sheet.identity.items})
    _Comparing(reading, take, leave_out).add_lines(usable, preview)
    refused = [row for sheet in usable for row in sheet.refused]
    rows_left_out = [row.problem.value or row.codes[0] for row in refused if _means(row, leave_out)]
    preview.rows_left_out = [*read.left_out, *rows_left_out]
    left = {key: code for key, code in leave_out.items() if not any(_means(row, (key,)) for row in refused)}
    _require_known_codes(preview, take, left)
    return preview


def _order(read: SheetFiles) -> list[tuple[str, str]]:
    """Return the files and their sheets in the order in which they were given."""
    pages = {sheet.file: sheet.pages for sheet in read.sheets}
    files = dict.fromkeys([*read.files, *pages])
    return [(file, page) for file in files for page in ("", *pages.get(file, ()))]


def _means(row: RefusedRow, codes: Collection[str]) -> bool:
    """Return whether a row that is refused can mean one of some codes, in the form in which codes are compared."""
    return not {code_key(code) for code in row.codes}.isdisjoint(codes)


def _codes(codes: Iterable[str]) -> dict[str, str]:
    """Return codes as they were typed, by the form in which they are compared."""
    return {code_key(code): code for code in codes}


def _distinct(sheets: Sequence[FilledSheet], preview: SheetPreview) -> Iterator[FilledSheet]:
    """Yield the sheets without those that were given twice."""
    seen: dict[str, str] = {}
    for sheet in sheets:
        if sheet.digest in seen:
            what = tr("this is the same file as {other}, so it is read only once", other=seen[sheet.digest])
            preview.problems.append(Problem(Severity.REMARK, Place(sheet.file), None, "", what, ""))
        else:
            seen[sheet.digest] = sheet.file
            yield sheet


def _is_usable(reading: Reading, sheet: FilledSheet, preview: SheetPreview) -> bool:
    """Return whether a sheet was sent out by this register and plan. Otherwise, note the problem."""
    try:
        _require_own(reading, sheet)
    except BadValueError as error:
        preview.problems.append(Problem(Severity.ERROR, Place(sheet.file), None, "", error.what, error.do))
        return False
    return True


def _require_own(reading: Reading, sheet: FilledSheet) -> None:
    identity = sheet.identity
    if identity.register != read_register_id(reading.session):
        raise BadValueError(
            tr("this status sheet was sent out from another register (plan {plan})", plan=identity.plan),
            do=tr("Take it back in the register that wrote it, or write a new status sheet from this one"),
        )
    if identity.plan != reading.plan.key:
        raise BadValueError(
            tr("this status sheet is of the plan {plan}, not of {other}", plan=identity.plan, other=reading.plan.key),
            do=tr("Take it back in that plan"),
        )
    if not has_position(reading.session, identity.position):
        raise BadValueError(
            tr(
                "this status sheet shows records that this register does not have (event {seq})",
                seq=identity.position.seq,
            ),
            do=tr("Check whether the register was restored from an older copy, and write a new status sheet"),
        )
    first, _ = period_days(reading.plan.settings, identity.day)
    if first > reading.as_of:
        period = period_name(reading.plan.settings, identity.day)
        raise BadValueError(
            tr("this status sheet is for {period}, which has not begun", period=period),
            do=tr("Take it back from {day} on", day=first),
        )


def _head(sheet: FilledSheet, reading: Reading, names: Mapping[str, str]) -> SheetHead:
    identity = sheet.identity
    key = identity.organisation
    settings = reading.plan.settings
    as_of = min(reading.as_of, period_days(settings, identity.day)[1])
    period = period_name(settings, identity.day)
    return SheetHead(
        sheet.file, sheet.digest, key, names.get(key, key), identity.week, period, as_of, len(identity.items)
    )


def _names_of(code: str, now: str, sent: Collection[str]) -> frozenset[str]:
    """Return the codes that name an item: that of its sheet, and the present one if no other item was sent out so."""
    return frozenset({code_key(code), *({code_key(now)} - {"", *sent})})


@dataclass(frozen=True)
class _Comparing:
    """Compares the items of sheets with the register."""

    reading: Reading
    take: Collection[str]
    leave_out: Collection[str]

    def add_lines(self, sheets: Sequence[FilledSheet], preview: SheetPreview) -> None:
        grouped = rows_by_item(sheets)
        details = self._details(read_codes(self.reading, grouped.keys()))
        bodies = self._bodies({sheet.identity.organisation for sheet in sheets})
        names = read_names(self.reading) if grouped else {}
        sent = {code_key(one.item.code) for one in grouped.values()}
        for one in grouped.values():
            detail = details.get(one.item.id)
            codes = _names_of(one.item.code, detail.item.code if detail else "", sent)
            comparison = ItemComparison(
                self.reading,
                one.sheet,
                one.item,
                one.rows,
                detail,
                bodies.get(one.sheet.identity.organisation, frozenset()),
                names,
                taken=not codes.isdisjoint(self.take),
            )
            line = comparison.line()
            if not codes.isdisjoint(self.leave_out):
                line.outcome = Outcome.LEFT_OUT
            elif one.doubled:
                line.outcome = Outcome.ERROR
                line.problems += one.doubled_problems()
            preview.lines.append(line)

    def _details(self, codes: Sequence[str]) -> dict[int, ItemDetail]:
        """Return the items as they are now, by id."""
        if not codes:
            return {}
        indicators = read_all_indicators(self.reading)
        items = read_items(self.reading, codes)
        return {item.id: ItemDetail(item, indicators.get(item.id, ())) for item in items}

    def _bodies(self, keys: Collection[str]) -> dict[str, frozenset[str]]:
        """Return all keys of each organisation: its own, and those of its other entries in the register."""
        entries = {entry.key: entry.id for entry in read_organisations(self.reading.session)}
        return {key: keys_of_body(self.reading.session, entries[key]) for key in keys if key in entries}


def _require_known_codes(preview: SheetPreview, take: Mapping[str, str], leave_out: Mapping[str, str]) -> None:
    """Raise BadValueError for a code without entries, or whose entries cannot be taken."""
    sent = {code_key(line.code) for line in preview.lines}
    lines = {code: line for line in preview.lines for code in _names_of(line.code, line.code_now, sent)}
    for field_name, codes in (("take_sheet", take), ("leave_out", leave_out)):
        for key, code in codes.items():
            if key not in lines:
                raise BadValueError(
                    tr("no sheet has an entry for '{code}'", code=code),
                    where=field_name,
                    do=tr("Give the code of an item with entries"),
                )
    for key, line in lines.items():
        if key in take and line.outcome is Outcome.TOO_LATE:
            raise BadValueError(
                tr("the entries for {code} cannot be taken: {why}", code=line.code, why=line.why),
                where="take_sheet",
                do=tr("Report on the item in the app, if the entries are still true"),
            )

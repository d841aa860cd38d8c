"""Rows that have the code of one item of the register and the title of another, as when two codes were exchanged."""

from collections.abc import Iterator, Sequence

from planner.base.language import tr, tr_count
from planner.base.listing import listed
from planner.base.views import view
from planner.intake.comparing.asking import Asking, chosen
from planner.intake.comparing.stored import StoredItem
from planner.intake.proposed import Given, answer_key
from planner.intake.sheets import Place

# The answers to the question about several rows: each is the item of its code, or the item of its title.
CODES, TITLES = "codes", "titles"


@view
class TwoItems:
    """A row of the files with the items of its code and of its title. `number` is its place among the items."""

    number: int
    code: Given
    by_code: StoredItem
    by_title: StoredItem


def settled(rows: Sequence[TwoItems], asking: Asking) -> Iterator[tuple[TwoItems, StoredItem | None]]:
    """Yield each row with the item that a person says it is, or None where nobody has said it yet.

    Several rows are asked about in one question. An answer about a single row counts before that.
    """
    said = {row.number: _said(row, asking) for row in rows}
    open_rows = [row for row in rows if said[row.number] is None]
    answer = _ask_about_all(rows, open_rows, asking) if len(open_rows) > 1 else None
    for row in rows:
        code = said[row.number]
        if code is None and len(open_rows) == 1:
            code = _ask(row, asking)
        if code is None and answer is not None:
            code = row.by_code.code if answer == CODES else row.by_title.code
        yield row, None if code is None else row.by_code if code == row.by_code.code else row.by_title


def _said(row: TwoItems, asking: Asking) -> str | None:
    """Return the answer about a single row, if there is one."""
    codes = (row.by_code.code, row.by_title.code)
    answer = chosen(asking.answers.get(answer_key(row.code.place, None)), codes)
    return answer if answer in codes else None


def _ask(row: TwoItems, asking: Asking) -> str | None:
    what = tr(
        "the code is that of '{title}', but the title is that of {code}",
        title=row.by_code.title,
        code=row.by_title.code,
    )
    do = tr("Answer with the code of the item that it is, which keeps its code")
    return asking.ask(row.code, None, what, do, (row.by_code.code, row.by_title.code))


def _ask_about_all(rows: Sequence[TwoItems], open_rows: Sequence[TwoItems], asking: Asking) -> str | None:
    first = rows[0]
    what = tr_count(
        "{count:,} row has the code of one item and the title of another, as if codes were exchanged or only some "
        "columns were sorted ({rows})",
        "{count:,} rows have the code of one item and the title of another, as if codes were exchanged or only some "
        "columns were sorted ({rows})",
        len(open_rows),
        rows=listed(
            [tr("{code} has the title of {other}", code=one.by_code.code, other=one.by_title.code) for one in open_rows]
        ),
    )
    do = tr(
        "Put the rows together again. Or answer '{titles}' if each row is the item of its title, which keeps its code, "
        "or '{codes}' if each is the item of its code and gets the title",
        titles=TITLES,
        codes=CODES,
    )
    # Not at the cell of the code, where an answer is about this row alone.
    place = Place(first.code.place.file, first.code.place.sheet, first.code.place.row)
    return asking.ask(Given(first.code.value, place), None, what, do, (TITLES, CODES))

"""Which item, milestone or indicator a row of a table is about, by its hidden mark, its code and its number."""

from collections.abc import Mapping

from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.base.texts import as_typed
from planner.base.views import value_class
from planner.domain.codes import code_key
from planner.intake.spoilt_codes import is_number, is_spoilt
from planner.sheets.areas import KEY, REPORTS, Area
from planner.sheets.identity import Identity, SheetRow, mark_of_title


@value_class
class RowSubjects:
    """Finds the subjects of the rows of a table, among the items of a sheet."""

    identity: Identity
    area: Area
    by_id: Mapping[str, SheetRow]
    by_code: Mapping[str, SheetRow]

    def of(self, texts: Mapping[str, str], *, filled: bool) -> tuple[SheetRow, int]:
        """Return the item that a row is about, and the number of its milestone or indicator, or 0.

        `texts` are the texts of the row by column. Raises BadValueError if the row does not belong to the sheet, or if
        its mark and its code differ. `filled` says whether something was filled in, for the message.
        """
        code, number, mark = texts.get("code", ""), texts.get("number", ""), texts.get(KEY, "")
        named = self.by_code.get(code_key(code))
        item = named
        if mark:
            id_text, _, marked_number = mark.partition("/")
            item = self.by_id.get(id_text)
            if item is not None and item is not named and not is_spoilt(code, item.code):
                raise _other_code(code, item)
            if number and marked_number and number != marked_number:
                raise _other_number(number, marked_number)
            number = marked_number or number
        else:
            item = self._with_code_as_number(code, texts.get("title", "")) or named
        if item is None:
            raise _unknown_row(code, filled=filled)
        self._require_own_title(item, texts.get("title", ""))
        return item, 0 if self.area is REPORTS else self._known_number(item, number)

    def _with_code_as_number(self, code: str, title: str) -> SheetRow | None:
        """Return the item of which a row has the title, and the code as a spreadsheet program writes it: 1.1 for 1.10.

        Rows have the marks of their items, unless somebody removed their column.
        """
        if not is_number(code):
            return None
        mark = mark_of_title(title)
        found = [one for one in self.identity.items if one.title_mark == mark and is_spoilt(code, one.code)]
        return found[0] if len(found) == 1 else None

    def _require_own_title(self, item: SheetRow, title: str) -> None:
        """Raise BadValueError if a row has the title of another item, because only some of its columns were sorted."""
        mark = mark_of_title(title)
        others = [other for other in self.identity.items if title and other.title_mark == mark]
        if others and not any(other.id == item.id for other in others):
            raise BadValueError(
                tr("this row has the code {code}, but the title of {other}", code=item.code, other=others[0].code),
                do=tr("Check whether only some columns were sorted, and put each row together again"),
            )

    def _known_number(self, item: SheetRow, number: str) -> int:
        numbers = {str(known): known for known in item.numbers(self.area.key)}
        if as_typed(number) not in numbers:
            raise BadValueError(
                tr("'{number}' is not a number of this table for {code}", number=number, code=item.code),
                do=tr("Write the number as it was in the sheet that was sent out"),
            )
        return numbers[as_typed(number)]


def subjects_of(identity: Identity, area: Area) -> RowSubjects:
    """Return what finds the subjects of the rows of a table."""
    by_id = {str(item.id): item for item in identity.items}
    return RowSubjects(identity, area, by_id, {code_key(item.code): item for item in identity.items})


def _other_code(code: str, item: SheetRow) -> BadValueError:
    if not code:
        return BadValueError(
            tr("the code of this row was removed; the row was sent out for {code}", code=item.code),
            do=tr("Write the code {code} again", code=item.code),
        )
    return BadValueError(
        tr("this row says {code}, but it was sent out for {sent}", code=code, sent=item.code),
        do=tr("Write the code {sent} again, and report on {code} in its own row", sent=item.code, code=code),
    )


def _other_number(number: str, sent: str) -> BadValueError:
    return BadValueError(
        tr("this row says number {number}, but it was sent out for number {sent}", number=number, sent=sent),
        do=tr("Write the number {sent} again", sent=sent),
    )


def _unknown_row(code: str, *, filled: bool) -> BadValueError:
    if not filled:
        return BadValueError(
            tr("this row is not one of the rows that were sent out, so nothing of it is read"),
            do=tr("Move what should be reported to a yellow cell"),
        )
    what = (
        tr("the status sheet was sent out without the item '{code}'", code=code)
        if code
        else tr("this row has entries, but no code")
    )
    do = tr(
        "Correct the code, or remove the row; an item of the plan that this sheet does not have is reported in the "
        "program"
    )
    return BadValueError(what, do=do)

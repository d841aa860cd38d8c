"""Checking the codes of the proposed items, and taking running numbers for codes where the files have no others."""

import re
from collections import defaultdict
from collections.abc import Iterable

from planner.base.language import tr
from planner.base.texts import as_typed, as_typed_number
from planner.domain.codes import code_key
from planner.intake.layout.cells.reading import Doubt
from planner.intake.layout.findings import Findings
from planner.intake.proposed import Field, Given, ProposedItem, Severity
from planner.intake.sheets import Place

# From so many codes on, two files that have them are told of once.
_SEVERAL = 3
# A code such as 1.1, which a spreadsheet program may have made of 1.10.
_DECIMAL = re.compile(r"\d{1,3}\.[1-9]", re.ASCII)


def settle_codes(items: list[ProposedItem], findings: Findings) -> None:
    """Give each item its code, and add an error for each code that several items have."""
    _take_numbers(items, findings)
    first: dict[str, ProposedItem] = {}
    repeated: list[tuple[Given, Given]] = []
    for item in items:
        code = item.facts.get(Field.CODE)
        if code is None or code.value is None:
            continue
        key = code_key(str(code.value))
        there = first.setdefault(key, item)
        if there is not item:
            repeated.append((there.facts[Field.CODE], code))
    for pairs in _by_files(repeated):
        of_first, of_second = (given.place.file for given in pairs[0])
        if len(pairs) >= _SEVERAL and of_first != of_second:
            _two_states(pairs, findings)
        else:
            for one, other in pairs:
                _duplicate(one, other, findings)


def _by_files(repeated: Iterable[tuple[Given, Given]]) -> Iterable[list[tuple[Given, Given]]]:
    """Return the repeated codes of each two files that have them."""
    found: dict[tuple[str, str], list[tuple[Given, Given]]] = defaultdict(list)
    for there, code in repeated:
        found[there.place.file, code.place.file].append((there, code))
    return found.values()


def _take_numbers(items: list[ProposedItem], findings: Findings) -> None:
    """Use running numbers as codes, unless they begin again, as in each section.

    The number remains as a fact only where it serves as the code, because it says less about the item than a code.
    """
    numbers = [item.facts.pop(Field.NUMBER, None) for item in items]
    if any(Field.CODE in item.facts for item in items):
        return
    given = [number for number in numbers if number is not None and number.value is not None]
    firsts = [number for number in given if number.value == given[0].value]
    if len(firsts) > 1 and as_typed_number(str(firsts[0].value)) in ("1", "01", "001", "一"):
        what = tr("the numbers begin again at row {row}, so they are not used as codes", row=firsts[1].place.row)
        doubt = Doubt(Severity.REMARK, what, tr("Add a column of codes if the items have codes"))
        findings.add(doubt, firsts[1].place, Field.CODE, str(firsts[1].value))
        return
    reason = tr("the running number serves as the code")
    for item, number in zip(items, numbers, strict=True):
        if number is not None:
            # A full-width number counts like any other. A code of the office's own stays as it is written.
            plain = as_typed(number.value) if isinstance(number.value, str) else number.value
            code = Given(plain, number.place, number.inferred or reason)
            item.facts[Field.CODE] = item.facts[Field.NUMBER] = code


def _two_states(repeated: list[tuple[Given, Given]], findings: Findings) -> None:
    """Say once that two files have the same codes: they are hardly lists of different items."""
    there, code = repeated[0]
    what = tr(
        "{count:,} codes of this file are also in {file}, such as '{code}'",
        count=len(repeated),
        file=there.place.file,
        code=code.value,
    )
    findings.add(Doubt(Severity.ERROR, what, _one_after_the_other()), Place(code.place.file), Field.CODE, "")


def _one_after_the_other() -> str:
    return tr(
        "If the files are those of two months, import one after the other, the older one first; "
        "else give each item its own code"
    )


def _duplicate(there: Given, code: Given, findings: Findings) -> None:
    what = tr("the code '{code}' is also in {place}", code=code.value, place=there.place)
    do = tr("Give each item a code of its own, or delete one of the two rows")
    if there.place.file != code.place.file:
        do = _one_after_the_other()
    if _DECIMAL.fullmatch(str(code.value)):
        do = tr(
            "If it was {code}0 before a spreadsheet program changed it, type it again in a cell of text; "
            "else give each item a code of its own",
            code=code.value,
        )
    doubt = Doubt(Severity.ERROR, what, do)
    findings.add(doubt, code.place, Field.CODE, str(code.value))

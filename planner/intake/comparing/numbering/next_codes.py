"""The codes of new items to which the files give none: the next ones of the form that the other codes have."""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from planner.domain.codes import KEY_WIDTH, code_key

# A code that counts with its last number, such as KP-07, 2026-07 or 第7项. The a of KP-7a tells a part of an item.
_NUMBERED = re.compile(r"(?P<before>(?:.*[^0-9])?)(?P<number>[0-9]{1,9})(?P<after>[^0-9A-Za-z]*)")

# A number with more digits, such as 20260101, was given by an office that keeps a list of its own.
_LONGEST_COUNT = 5
# What is before and after the number that counts.
_Form = tuple[str, str]


@dataclass
class _Forms:
    """The forms of some codes, with the number of codes of each, and its most digits if it has leading zeros."""

    counts: Counter[_Form] = field(default_factory=Counter)
    widths: dict[_Form, int] = field(default_factory=dict)

    def add(self, code: str) -> None:
        found = _NUMBERED.fullmatch(code.strip())
        if found is None or any(character.isnumeric() for character in found["after"]):
            return
        form, number = (found["before"], found["after"]), found["number"]
        if not any(form) and len(number) > _LONGEST_COUNT:
            return
        self.counts[form] += 1
        if number.startswith("0"):
            self.widths[form] = max(len(number), self.widths.get(form, 0))


class NextCodes:
    """Gives codes that no item has. `stored` are the codes of the register. All codes are reserved before the first."""

    def __init__(self, stored: Collection[str]) -> None:
        self._stored = stored
        self._taken = {code_key(code) for code in stored}
        # The highest number of the codes of a form. Very many items can be new, so it is looked for once.
        self._highest: dict[_Form, int] = {}
        self._forms = _Forms()
        # The form and the number of digits of the codes to give, once they are known.
        self._chosen: tuple[_Form, int] | None = None
        self._has_others = False

    def reserve(self, code: str) -> None:
        """Note a code of the files, so that no other item gets it."""
        self._has_others = True
        self._taken.add(code_key(code))
        self._forms.add(code)

    @property
    def is_worth_telling(self) -> bool:
        """Whether a code that is given needs a remark: other rows have codes, or the code is more than a number."""
        return self._has_others or any(self._form()[0])

    def next(self) -> str:
        """Return the next code: of the form that most codes of the files have, else most codes of the register.

        Without any, it is the next number. Long numbers are those of an office's own list, which is not continued.
        """
        form, width = self._form()
        if form not in self._highest:
            self._highest[form] = _highest(self._taken, form)
        self._highest[form] += 1
        before, after = form
        return f"{before}{self._highest[form]:0{width}d}{after}"

    def _form(self) -> tuple[_Form, int]:
        if self._chosen is None:
            self._chosen = _most_common(self._forms) or _most_common(self._stored_forms()) or (("", ""), 0)
        return self._chosen

    def _stored_forms(self) -> _Forms:
        forms = _Forms()
        for code in self._stored:
            forms.add(code)
        return forms


def _most_common(forms: _Forms) -> tuple[_Form, int] | None:
    """Return the form that most codes have, with its number of digits. Of several, the one that sorts last.

    So 2026-01 counts on where as many codes are of 2025.
    """
    form = max(forms.counts, key=lambda one: (forms.counts[one], one), default=None)
    return None if form is None else (form, forms.widths.get(form, 0))


def _highest(keys: Iterable[str], form: _Form) -> int:
    """Return the highest number that a code of a form has, or 0."""
    before, after = form
    key = code_key(f"{before}1{after}")
    point = key.rindex("1".zfill(KEY_WIDTH))
    start, end = key[:point], key[point + KEY_WIDTH :]
    texts = (one[point : len(one) - len(end)] for one in keys if one.startswith(start) and one.endswith(end))
    numbers = (int(number) for number in texts if number.isdecimal())
    return max((number for number in numbers if any(form) or number < 10**_LONGEST_COUNT), default=0)

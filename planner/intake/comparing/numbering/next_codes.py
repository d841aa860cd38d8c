"""The codes of new items to which the files give none: the next ones of the form that the other codes have."""

import re
from collections import Counter
from collections.abc import Iterable

from planner.domain.codes import KEY_WIDTH, code_key

# A code that ends with a number, such as KP-07.
_NUMBERED = re.compile(r"(?P<before>\D*)(?P<number>\d{1,9})", re.ASCII)


class NextCodes:
    """Gives codes that no item has. `stored` are the codes of the register. All codes are reserved before the first."""

    def __init__(self, stored: Iterable[str]) -> None:
        self._taken = {code_key(code) for code in stored}
        # The highest number of the codes of a form, by what is before the number.
        self._highest: dict[str, int] = {}
        self._forms: Counter[tuple[str, int]] = Counter()
        # Whether rows of the files have codes.
        self.has_others = False

    def reserve(self, code: str) -> None:
        """Note a code of the files, so that no other item gets it."""
        self.has_others = True
        self._taken.add(code_key(code))
        found = _NUMBERED.fullmatch(code.strip())
        if found is not None:
            width = len(found["number"]) if found["number"].startswith("0") else 0
            self._forms[(found["before"], width)] += 1

    def next(self) -> str:
        """Return the next code: of the form that most codes of the files have, else the next number."""
        before, width = self._forms.most_common(1)[0][0] if self._forms else ("", 0)
        if before not in self._highest:
            start = code_key(f"{before}1")[:-KEY_WIDTH]
            numbers = (key.removeprefix(start) for key in self._taken if key.startswith(start))
            self._highest[before] = max((int(number) for number in numbers if number.isdecimal()), default=0)
        self._highest[before] += 1
        return f"{before}{self._highest[before]:0{width}d}"

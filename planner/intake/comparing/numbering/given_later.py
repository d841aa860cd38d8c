"""Running numbers that become the codes of items to which the program gave theirs.

Such an item waits for a code of the office. If the register took its codes from a column of running numbers, the office
types the missing ones in that column.
"""

from collections.abc import Collection, Sequence

from planner.domain.codes import code_key
from planner.domain.made_codes import is_made_key
from planner.intake.comparing.numbering.running_numbers import running_number
from planner.intake.comparing.stored import StoredItem
from planner.intake.proposed import ProposedItem


def numbers_given_later(
    items: Sequence[ProposedItem], stored: Sequence[StoredItem | None], taken: Collection[str]
) -> frozenset[int]:
    """Return the places of the items whose running number becomes their code. `taken` has the keys of all codes.

    `stored` are the items of the register that they are. The items wait for a code, and no item has the number.
    """
    # docs/decisions/0166: the numbers of another list say nothing, except a code that is more than digits.
    numbers = {place: _key(item) for place, item in enumerate(items) if running_number(item) is not None}
    known = [(place, key, one) for place, key in numbers.items() if (one := stored[place]) is not None]
    waiting = [(place, key) for place, key, one in known if is_made_key(one.code_key) and key not in taken]
    if not waiting:
        return frozenset()
    are_codes = _are_codes([(key, one.code_key) for _, key, one in known if not is_made_key(one.code_key)], taken)
    return frozenset(place for place, key in waiting if not is_made_key(key) and (are_codes or not key.isdecimal()))


def _are_codes(numbers: Collection[tuple[str, str]], taken: Collection[str]) -> bool:
    """Return whether the register took its codes from these numbers. Each is given with the code of its item.

    A register without any code of the office takes them from the first list that has numbers.
    """
    if not numbers:
        return all(map(is_made_key, taken))
    return all(number == code for number, code in numbers)


def _key(item: ProposedItem) -> str:
    number = running_number(item)
    return code_key(str(number.value)) if number is not None else ""

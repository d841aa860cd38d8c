"""Milestones and indicators of which nobody can say to which item they belong, because the code of its row is an error.

Two rows with one code are such an error. Until it is solved, nothing is said about their parts.
"""

from collections.abc import Iterable

from planner.domain.codes import code_key
from planner.intake.comparing.asking import Asking
from planner.intake.comparing.match_questions import code_given
from planner.intake.proposed import Field, ProposedItem, Severity


def leave_out_unclear_parts(items: Iterable[ProposedItem], asking: Asking) -> frozenset[str]:
    """Take the parts from the items whose code is an error. Return the keys of these codes."""
    places = {one.place for one in asking.problems if one.severity is Severity.ERROR and one.field is Field.CODE}
    if not places:
        return frozenset()
    coded = [(item, code) for item in items if (code := code_given(item)) is not None]
    unclear = frozenset(code_key(str(code.value)) for _, code in coded if code.place in places)
    for item, code in coded:
        if code_key(str(code.value)) in unclear:
            item.milestones = item.indicators = None
    return unclear

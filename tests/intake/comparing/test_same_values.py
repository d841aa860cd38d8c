"""Which values of files are the same as those of the register."""

import pytest

from planner.intake.comparing.same_values import is_same
from planner.intake.proposed import Field


@pytest.mark.parametrize(
    ("fact", "old", "new"),
    [
        # LibreOffice loses tabs when it saves a workbook as ODS.
        (Field.DONE, "Length\t5 km", "Length5 km"),
        (Field.NOTE, "One\u2028two", "One\ntwo"),
        (Field.NOTE, "\u200b", None),
        (Field.TITLE, "One\u2028two", "One two"),
        (Field.WEIGHT, 1.1, 1.1000000000000003),
        (Field.SUPPORTING, ("b", "a"), ("a", "b")),
    ],
)
def test_what_a_cell_does_not_keep_is_no_difference(fact, old, new):
    assert is_same(fact, old, new)


@pytest.mark.parametrize(
    ("fact", "old", "new"),
    [
        (Field.NOTE, "One\ntwo", "One two"),
        (Field.NOTE, "One two", "Onetwo"),
        (Field.NOTE, "One\ttwo", "One two"),
        (Field.NOTE, "One", None),
        (Field.NOTE, None, "One"),
        (Field.TITLE, "One", "one"),
    ],
)
def test_what_a_person_can_have_changed_is_a_difference(fact, old, new):
    assert not is_same(fact, old, new)

"""Which values of files are the same as those of the register."""

import pytest

from planner.domain.vocabulary import Basis
from planner.intake.comparing.same_values import has_only_other_end, is_same
from planner.intake.proposed import Field
from tests.intake.comparing.test_compare import preview, replace_basis, stored, stored_item
from tests.intake.proposals import item, register


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


@pytest.mark.parametrize(
    ("old", "new", "only_end"),
    [
        ("Sow the meadow", "Sow the meadow.", True),
        ("修建桥梁。", "修建桥梁", True),
        ("Sow it", "Sow it!", False),
        ("Sow it", None, False),
    ],
)
def test_titles_can_differ_only_in_a_sign_behind_them(old: str, new: str | None, *, only_end: bool) -> None:
    assert has_only_other_end(old, new) == only_end


def test_a_full_stop_behind_a_title_is_no_change_of_it() -> None:
    known = stored(replace_basis(stored_item(1, "T-1", "Sow the meadow"), Basis.REGISTERED))

    found = [preview(register(item(1, code="T-1", title=one)), known) for one in ("Sow the meadow.", "Sow it.")]

    assert [[change.code for change in one.changed] for one in found] == [[], ["T-1"]]

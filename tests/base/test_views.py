"""Classes of values that reads make by the hundred thousand."""

import pickle

import pytest

from planner.base.views import view


@view
class Quay:
    """A value."""

    name: str
    metres: int = 0


def test_a_view_is_compared_and_hashed_by_its_fields():
    assert {Quay("North"), Quay(name="North", metres=0)} == {Quay("North")}
    assert Quay("North") != Quay("South")


def test_a_view_has_no_other_attributes_than_its_fields():
    with pytest.raises(AttributeError):
        Quay("North").depth = 3  # type: ignore[attr-defined]


def test_a_view_is_sent_between_processes():
    assert pickle.loads(pickle.dumps(Quay("North", 120))) == Quay("North", 120)

"""Value classes and views: dataclasses that are quick to define."""

import pickle
from dataclasses import field
from typing import Any

import pytest

from planner.base.views import value_class, view


@view
class Quay:
    """A value with slots."""

    name: str
    metres: int = 0
    note: str = field(default="", compare=False, repr=False)


@value_class
class Pier:
    """A value without slots."""

    name: str
    metres: int = 0
    note: str = field(default="", compare=False, repr=False)


BOTH = pytest.mark.parametrize("kind", [Quay, Pier])


@BOTH
def test_values_are_compared_and_hashed_by_their_fields(kind: Any):
    assert {kind("North"), kind(name="North", metres=0, note="closed")} == {kind("North")}
    assert kind("North") != kind("South")


def test_values_of_two_classes_are_never_equal():
    values: list[Any] = [Quay("North"), Pier("North")]
    assert values[0] != values[1]


@BOTH
def test_a_value_shows_its_fields_to_a_developer(kind: Any):
    assert repr(kind("North", 120, "closed")) == f"{kind.__name__}(name='North', metres=120)"


def test_a_class_keeps_a_method_that_it_defines_itself():
    @value_class
    class Sum:
        amount: int

        def __repr__(self) -> str:
            return f"{self.amount} euros"

    assert (repr(Sum(5)), Sum(5)) == ("5 euros", Sum(5))


def test_a_view_has_no_other_attributes_than_its_fields():
    with pytest.raises(AttributeError):
        Quay("North").depth = 3  # type: ignore[attr-defined]


@BOTH
def test_a_value_is_sent_between_processes(kind: Any):
    assert pickle.loads(pickle.dumps(kind("North", 120))) == kind("North", 120)

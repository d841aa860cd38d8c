"""Whether `make test` runs as many cases of a test as it says, and `make test-more` the others."""

import pytest


@pytest.mark.first_cases(2)
@pytest.mark.parametrize("number", [1, 2, 3, pytest.param(4, marks=pytest.mark.more)])
def test_further_cases_are_left_to_the_second_selection(number: int, request: pytest.FixtureRequest) -> None:
    assert (request.node.get_closest_marker("more") is not None) == (number > 2)

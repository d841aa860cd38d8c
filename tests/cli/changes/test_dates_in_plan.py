"""A date outside the plan is asked about, in every act that gives one to an item, a milestone or a target."""

import pytest

WHY = ("--due", "2031-01-31", "--reason", "Agreed.")


@pytest.mark.parametrize(
    "arguments",
    [
        ("item", "add", "N-1", "--title", "Lamps", "--theme", "1", "--lead", "office", "--kind", "task", *WHY),
        ("item", "add-milestone", "T-001", "--title", "Lamps", *WHY),
        ("target", "add", "T-001", "1", "--value", "12", *WHY),
        ("target", "revise", "T-001", "1", *WHY),
        (
            *("indicator", "add", "T-001", "--name", "Lamps", "--unit", "lamps", "--direction", "increase"),
            *("--target", "9", *WHY),
        ),
    ],
    ids=lambda one: " ".join(one[:2]),
)
def test_a_date_outside_the_plan_is_recorded_only_when_it_is_confirmed(planner, filled, arguments):
    refused = planner(*arguments)
    assert (refused.exit_code, refused.out) == (23, "")
    assert "2031-01-31 is outside the plan (2020-01-01 to 2020-12-31)" in refused.err
    done = planner(*arguments, "--yes")
    assert done.exit_code == 0, done.err

"""Numbers and percents as people type them: what is understood, and what is refused rather than changed."""

import math
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.base.errors import BadValueError
from planner.base.formats import plain_number
from planner.base.numbers import counted, read_number, read_percent, read_whole, without_percent_sign


@pytest.mark.parametrize(
    ("text", "value"),
    [("4", 4), ("٥", 5), (" 12.5 ", 12.5), ("-3", -3), ("+3", 3), (".5", 0.5), ("１２．５", 12.5),
     ("١٢٫٥", 12.5), ("१२", 12), ("\u22123", -3), ("-0", 0),
     ("1e3", 1000), ("100000000000000000000", 1e20), ("0.000", 0), ("0e5", 0)],
)  # fmt: skip
def test_a_number(text, value):
    read = read_number(text, "VALUE")
    assert read == value
    assert not str(read).startswith("-0.0")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "1,5",
            "has a comma, which can mean a decimal point or a thousands separator",
        ),
        ("1,234,567", "has a comma"),
        ("50%", "has a percent sign"),
        ("５０％", "has a percent sign"),
        ("1e-400", "is too small to be stored"),
        ("1e400", "is too large to be stored"),
        ("9" * 20, "has more than 15 digits"),
        ("0.1234567890123456", "has more than 15 digits"),
        ("", "is not a number"),
        ("nan", "is not a number"),
        ("inf", "is not a number"),
        ("1_000", "is not a number"),
        ("٥٬٠٠٠", "has a comma"),
        ("0x10", "is not a number"),
        ("4 km", "is not a number"),
    ],
)
def test_what_would_become_another_number_is_refused(text, told):
    with pytest.raises(BadValueError) as caught:
        read_number(text, "VALUE")
    assert f"VALUE: '{text}' {told}" in caught.value.message


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1,5", "1.5 or 15"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1 234,5", "1234.5"),
        ("1,234,567", "1234567"),
        ("1.234.567,8", "1234567.8"),
        ("1,2,3", "1500 or 1.5"),
    ],
)
def test_a_number_with_a_comma_is_refused_with_what_to_type(text, meant):
    with pytest.raises(BadValueError) as caught:
        read_number(text, "VALUE")
    assert caught.value.do == f"Type the number without a comma, such as {meant}"


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("40", 40),
        ("40%", 40),
        (" 40 % ", 40),
        ("４０％", 40),
        ("٤٠٪", 40),
        ("٪٤٠", 40),
        ("۴۰٪", 40),
        ("%40", 40),
        ("% 40", 40),
        ("-0", 0),
        ("007", 7),
    ],
)
def test_a_percent(text, percent):
    assert read_percent(text, "--percent") == percent


@pytest.mark.parametrize("text", ["", "101", "-1", "40.5", "1,5", "1_0", "1e1", "٤٠٫٥", "9" * 20, "9" * 5000, "%"])
def test_what_is_no_percent_is_refused(text):
    with pytest.raises(BadValueError, match=r"is not a percentage\. Give a whole number from 0 to 100"):
        read_percent(text, "--percent")


@pytest.mark.parametrize(("text", "number"), [("7", 7), ("７", 7), ("⑦", 7), ("+7", 7), ("2147483647", 2147483647)])
def test_a_whole_number(text, number):
    assert read_whole(text, "--theme") == number


@pytest.mark.parametrize("text", ["", "0", "-1", "1.0", "1_0", "2147483648", "9" * 20, "9" * 5000, "seven"])
def test_what_is_no_whole_number_is_refused(text):
    with pytest.raises(BadValueError, match="is not a number of 1 or more"):
        read_whole(text, "--theme")


@given(st.floats(-1e300, 1e300).map(lambda value: float(f"{value:.14e}")))
def test_a_number_is_read_as_it_is_printed(value):
    assert read_number(f"{value:.15g}", "VALUE") == value


@given(st.text() | st.text("0123456789.,-+%eE_"))
def test_any_text_is_a_number_or_refused(text):
    numbers: list[float] = []
    for read in (read_number, read_percent, read_whole):
        with suppress(BadValueError):
            numbers.append(read(text, "VALUE"))
    assert all(math.isfinite(number) for number in numbers)


@pytest.mark.parametrize(
    ("number", "nouns", "told"),
    [
        (1, ("item",), "1 item"),
        (0, ("item",), "0 items"),
        (1200, ("item",), "1,200 items"),
        (2, ("key", "keys"), "2 keys"),
    ],
)
def test_a_number_of_things_in_words(number, nouns, told):
    assert counted(number, *nouns) == told


@given(st.one_of(st.integers(-(10**14), 10**14), st.decimals(-(10**6), 10**6, places=4)).map(float))
def test_a_number_is_shown_as_it_can_be_typed_again(value):
    assert read_number(plain_number(value), "VALUE") == value


def test_large_numbers_are_shown_in_full_and_noise_is_not_shown():
    assert [plain_number(value) for value in (12345678.0, 1.0, 2.5, 0.1 + 0.2)] == ["12345678", "1", "2.5", "0.3"]


@pytest.mark.parametrize(
    ("text", "unit", "plain"),
    [
        ("88%", "%", "88"),
        ("٨٨٪", "% of homes", "88"),
        ("88 %", "percent", "88"),
        ("88%", "km", "88%"),
        ("88", "%", "88"),
    ],
)
def test_a_percent_sign_that_repeats_the_unit_is_left_out(text, unit, plain):
    assert without_percent_sign(text, unit) == plain

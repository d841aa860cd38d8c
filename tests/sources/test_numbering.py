"""The numbered clauses of a text are found in each way of numbering, whatever stands around and inside them."""

import pytest

from planner.base.texts import normal_form
from planner.domain.vocabulary import Numbering
from planner.sources.numbering import parse
from tests.sources.samples import SAMPLES, Sample, resaved

every_sample = pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)


def parsed(text: str, numbering: Numbering) -> dict[str, str]:
    return {span.number: text[span.start : span.end] for span in parse(text, numbering)}


@every_sample
def test_each_clause_is_what_stands_under_its_number(sample: Sample):
    assert parsed(sample.text, sample.numbering) == {
        name.rpartition("-")[2]: words for name, words in sample.clauses.items()
    }


@every_sample
def test_parts_follow_the_clause_they_are_of(sample: Sample):
    numbers = [span.number for span in parse(sample.text, sample.numbering)]
    assert numbers == [name.rpartition("-")[2] for name in sample.clauses]


@every_sample
@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\u2028", "\n\n\n"])
def test_any_line_ends_will_do(sample: Sample, line_end: str):
    text = sample.text.replace("\r\n", "\n").replace("\n", line_end)
    words = {number: normal_form(found) for number, found in parsed(text, sample.numbering).items()}
    assert words == {name.rpartition("-")[2]: normal_form(found) for name, found in sample.clauses.items()}


@every_sample
def test_in_a_resaved_copy_only_the_last_clause_runs_on_into_the_foot_of_the_page(sample: Sample):
    text = resaved(sample.text)
    words = [normal_form(found) for found in parsed(text, sample.numbering).values()]
    expected = [normal_form(found) for found in sample.clauses.values()]
    assert words[:-1] == expected[:-1]
    assert words[-1].startswith(expected[-1])


@every_sample
def test_a_text_without_numbers_has_no_clauses(sample: Sample):
    assert parse("Harbour news\n\nNothing is numbered here, not even 1. or (1) or ①.\n", sample.numbering) == ()
    assert parse("", sample.numbering) == ()


def test_marks_of_direction_before_a_number_are_passed_over():
    assert parsed("\u200f(1) أ\n\u200f\u202b(2) ب", Numbering.PAREN_DOT) == {"1": "أ", "2": "ب"}


def test_arabic_indic_digits_count_too():
    assert parsed("(١) أ\n(٢) ب", Numbering.PAREN_DOT) == {"1": "أ", "2": "ب"}


def test_numbers_must_follow_one_another():
    text = "1. one\n3. not yet\n2. two\n3.5 of them\n4. not this\n3. three\n"
    assert parsed(text, Numbering.ARABIC_DOT) == {
        "1": "one\n3. not yet",
        "2": "two\n3.5 of them\n4. not this",
        "3": "three",
    }


def test_a_list_of_contents_before_the_clauses_is_not_taken_for_them():
    text = "1. Quays\n2. Rooms\n3. Boats\n\n1. Keep the quays.\n2. Run the rooms.\n3. Count the boats.\n"
    assert parsed(text, Numbering.ARABIC_DOT) == {
        "1": "Keep the quays.",
        "2": "Run the rooms.",
        "3": "Count the boats.",
    }


def test_a_number_in_the_chrome_of_a_page_does_not_begin_the_first_clause():
    text = "1. News of the town\nMenu\n1. Keep the quays.\n2. Run the rooms.\n"
    assert parsed(text, Numbering.ARABIC_DOT) == {"1": "Keep the quays.", "2": "Run the rooms."}


def test_parts_count_anew_in_each_clause():
    text = "I. First\n1. a\n2. b\nII. Second\n1. c\nIII. Third\n"
    assert parsed(text, Numbering.ROMAN_DOT) == {
        "1": "First",
        "1.1": "a",
        "1.2": "b",
        "2": "Second",
        "2.1": "c",
        "3": "Third",
    }


def test_letters_that_are_no_roman_number_are_no_number():
    assert parsed("I. one\nIIII. no\nII. two\nCIVIL. no\n", Numbering.ROMAN_DOT) == {
        "1": "one\nIIII. no",
        "2": "two\nCIVIL. no",
    }


def test_roman_numbers_are_read_in_long_mandates():
    tens, ones = ["", "X", "XX", "XXX", "XL"], ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]
    romans = [ten + one for ten in tens for one in ones][1:]
    text = "".join(f"{roman}. duty {number}\n" for number, roman in enumerate(romans, 1))
    assert parsed(text, Numbering.ROMAN_DOT) == {str(number): f"duty {number}" for number in range(1, 50)}


def test_a_number_with_nothing_under_it_has_no_span():
    assert parsed("1. one\n2.\n3. three\n4. ", Numbering.ARABIC_DOT) == {"1": "one", "3": "three"}

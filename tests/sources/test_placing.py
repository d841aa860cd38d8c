"""Every citation is found in a true copy however it is spaced; what differs is told, and nothing is re-anchored."""

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.vocabulary import SpanMatch
from planner.sources.placing import find_citations
from planner.sources.recognise import recognise
from planner.sources.text import NormalText, text_of
from tests.sources.samples import (
    ARABIC_DOT,
    ARABIC_DOT_PAREN,
    CIRCLED_THEMES,
    PAREN_DOT,
    ROMAN_DOT,
    SAMPLES,
    Sample,
    matches,
    read,
    resaved,
    web_page,
    words_at,
)

EXACT, NORMAL, DIFFERS, MISSING = SpanMatch.EXACT, SpanMatch.NORMAL, SpanMatch.DIFFERS, SpanMatch.MISSING

every_sample = pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
every_sample_of_clauses = pytest.mark.parametrize(
    "sample",
    [sample for sample in SAMPLES.values() if sample.themes is None],
    ids=lambda sample: sample.numbering.value,
)
samples = st.sampled_from(list(SAMPLES.values()))


def unverified(sample: Sample, copy: str) -> dict[str, SpanMatch]:
    """What a copy does not verify."""
    found = matches(sample, read(sample, copy))
    return {words: match for words, match in found.items() if match not in (EXACT, NORMAL)}


# True copies


@every_sample
def test_the_cited_text_itself_has_everything_in_its_place(sample: Sample):
    reading = read(sample, sample.text)
    assert set(matches(sample, reading).values()) == {EXACT}
    assert reading.disagreements == ()
    assert len(reading.parsed) == len(sample.clauses)


@every_sample
def test_a_resaved_copy_is_verified_word_for_word(sample: Sample):
    copy = resaved(sample.text)
    reading = read(sample, copy)
    assert set(matches(sample, reading).values()) == {NORMAL}
    for number, words in words_at(copy, reading).items():
        cited = next(one for one in sample.document.citations if one.number == number)
        assert words is not None
        assert words.split() == sample.text[cited.start : cited.end].split()


@every_sample_of_clauses
def test_the_foot_of_a_page_is_told_of_and_not_taken_for_a_change(sample: Sample):
    last = list(sample.clauses)[-1]
    assert read(sample, resaved(sample.text)).disagreements == (
        f"there is more text between {last} and the next printed number",
    )


@every_sample
def test_a_saved_web_page_is_verified(sample: Sample):
    copy = text_of(web_page(sample.text).encode(), "page")
    assert unverified(sample, copy) == {}


@every_sample
def test_a_decomposed_copy_has_the_same_places(sample: Sample):
    copy = text_of(unicodedata.normalize("NFD", sample.text).encode(), "copy")
    assert set(matches(sample, read(sample, copy)).values()) == {EXACT}


@every_sample
def test_a_copy_in_one_line_is_verified_though_no_number_heads_a_line(sample: Sample):
    reading = read(sample, " ".join(sample.text.split()))
    assert {one.match for one in reading.placed} <= {EXACT, NORMAL}
    assert reading.disagreements == ("no printed numbers were found",)


SPACES = st.sampled_from(["", " ", "\xa0", "\n", "\r\n", "\n\n", " \u200f", "\u3000", "\ufeff", "\u00ad"])


@st.composite
def respaced(draw: st.DrawFn) -> tuple[Sample, str]:
    """A sample whose every spacing is another, and with some more in between."""
    sample = draw(samples)
    words = sample.text.split()
    spaces = draw(st.lists(SPACES, min_size=len(words), max_size=len(words)))
    text = "".join(space + word for space, word in zip(spaces, words, strict=True))
    for point in sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)), reverse=True):
        if point == len(text) or not unicodedata.combining(text[point]):
            text = text[:point] + draw(SPACES) + text[point:]
    return sample, text


@given(respaced())
def test_however_a_text_is_spaced_every_citation_is_verified(copy: tuple[Sample, str]):
    sample, text = copy
    assert unverified(sample, text) == {}


@given(respaced())
def test_however_a_text_is_spaced_it_is_recognised(copy: tuple[Sample, str]):
    sample, text = copy
    documents = [other.document for other in SAMPLES.values() if other is not sample]
    assert recognise("0" * 64, NormalText(text), [*documents, sample.document]) == sample.document


# Copies that differ

# A letter that stands in none of the samples.
STRANGE = "ж"


@st.composite
def letter_changed(draw: st.DrawFn) -> tuple[Sample, str, int]:
    """A sample with one letter changed inside a clause, and where."""
    sample = draw(samples.filter(lambda sample: sample.themes is None))
    clause = draw(st.sampled_from(sample.document.numbered))
    cited = next(one for one in sample.document.citations if one.id == clause.citation_id)
    letters = [point for point in range(cited.start, cited.end) if sample.text[point].isalpha()]
    point = draw(st.sampled_from(letters))
    return sample, sample.text[:point] + STRANGE + sample.text[point + 1 :], point


@given(letter_changed())
def test_a_changed_letter_makes_just_its_clause_differ(changed: tuple[Sample, str, int]):
    sample, copy, point = changed
    for one in read(sample, copy).placed:
        if not one.citation.start <= point < one.citation.end:
            assert one.match is EXACT
        elif one.citation.number is not None:
            assert one.match is DIFFERS
            assert (one.start, one.end) == (one.citation.start, one.citation.end)
        else:
            assert one.match is MISSING


@given(letter_changed())
def test_also_in_a_resaved_copy(changed: tuple[Sample, str, int]):
    sample, copy, point = changed
    for one in read(sample, resaved(copy)).placed:
        inside = one.citation.start <= point < one.citation.end
        assert one.match is (NORMAL if not inside else DIFFERS if one.citation.number else MISSING)


@pytest.mark.parametrize(("moved", "match"), [(1, DIFFERS), (10_000, MISSING)])
def test_a_citation_of_a_wrong_place_in_the_document_itself_is_not_verified(moved: int, match: SpanMatch):
    document = ARABIC_DOT.document
    clause = next(one for one in document.citations if one.number)
    wrong = replace(clause, start=clause.start + moved, end=clause.end + moved)
    cited = replace(document, citations=tuple(wrong if one is clause else one for one in document.citations))

    def found(*, identical: bool) -> list[SpanMatch]:
        placed = find_citations(NormalText(ARABIC_DOT.text), cited, identical=identical).placed
        return [one.match for one in placed if one.match is not EXACT]

    assert (found(identical=True), found(identical=False)) == ([match], [NORMAL])


def test_where_a_clause_differs_what_stands_there_is_kept():
    copy = resaved(ARABIC_DOT.text.replace("herring boats", "ferry boats"))
    reading = read(ARABIC_DOT, copy)
    assert words_at(copy, reading)["3"] == "Counting the ferry boats: about 12. The count is published.".replace(
        " ", "\xa0"
    )
    assert unverified(ARABIC_DOT, copy) == {ARABIC_DOT.clauses["duty-3"]: DIFFERS}


def test_a_clause_with_more_words_than_were_cited_differs():
    copy = ARABIC_DOT.text.replace("is published.", "is published. So are the fines.")
    assert unverified(ARABIC_DOT, copy) == {ARABIC_DOT.clauses["duty-3"]: DIFFERS}
    copy = ROMAN_DOT.text.replace("Run the reading", "By day only: Run the reading")
    assert unverified(ROMAN_DOT, copy) == {ROMAN_DOT.clauses["duty-2"]: DIFFERS}


def test_of_a_clause_left_out_nothing_is_found_elsewhere():
    copy = PAREN_DOT.text.replace("\xa0(2)\xa0إدارة قاعات القراءة في البلدة.\n\n", "")
    assert unverified(PAREN_DOT, copy)[PAREN_DOT.clauses["duty-2"]] is MISSING
    assert PAREN_DOT.clauses["duty-4"] not in unverified(PAREN_DOT, copy)


def test_renumbered_clauses_are_verified_and_their_numbers_told():
    copy = (
        ROMAN_DOT.text.replace("II. Run the reading rooms.\r\n\r\n", "", 1)
        .replace("III. Look", "II. Look")
        .replace("IV. Division", "III. Division")
    )
    assert ROMAN_DOT.text.count("II. Run") == 1
    reading = read(ROMAN_DOT, copy)
    assert unverified(ROMAN_DOT, copy) == {ROMAN_DOT.clauses["duty-2"]: MISSING}
    assert "the printed number of duty-4 was not found" in reading.disagreements
    assert "the copy has a printed number for duty-2.1, which is not in the register" in reading.disagreements


def test_an_added_clause_is_told_of():
    reading = read(ARABIC_DOT_PAREN, ARABIC_DOT_PAREN.text + "5. 새 일을 한다.\n")
    assert reading.disagreements == ("the copy has a printed number for duty-5, which is not in the register",)


def test_words_of_one_clause_are_not_found_in_another():
    text = ARABIC_DOT.text.replace("The count is published", "The result is published")
    copy = text.replace("The lifeboat goes out.", "The lifeboat goes out. The count is published.")
    assert unverified(ARABIC_DOT, copy)["The count is published"] is MISSING


def test_of_words_that_stand_twice_in_a_clause_the_right_ones_are_found():
    clause = "Draw plans and see to them; draw maps and charts and see  to  them."
    sample = Sample(
        text=f"1. {clause}\n2. Rest.\n",
        numbering=ARABIC_DOT.numbering,
        clauses={"duty-1": clause, "duty-2": "Rest."},
        phrases=["see  to  them"],
    )
    copy = "Menu\n" + sample.text.replace("  ", " ")
    (found,) = (one for one in read(sample, copy).placed if one.citation.number is None)
    assert found.match is NORMAL
    assert found.start == copy.rindex("see to them")


def test_clauses_that_changed_places_are_verified_and_their_numbers_told():
    quays, charts = "Keep the\xa0quays in good order.", "Look after charts"
    copy = ROMAN_DOT.text.replace(charts, "@").replace(quays, charts).replace("@", quays)
    reading = read(ROMAN_DOT, copy)
    assert unverified(ROMAN_DOT, copy) == {}
    assert reading.disagreements == (
        "duty-1 does not begin right after its printed number",
        "duty-3 does not begin right after its printed number",
    )


def test_a_changed_title_of_a_theme_differs_and_its_line_is_kept():
    copy = CIRCLED_THEMES.text.replace("열람실을 연다", "열람실을 닫는다")
    reading = read(CIRCLED_THEMES, copy)
    assert words_at(copy, reading)["2"] == "열람실을 닫는다."
    assert unverified(CIRCLED_THEMES, copy) == {"열람실을 연다": DIFFERS}


def test_half_a_copy_verifies_what_it_holds():
    half = ARABIC_DOT.text[: ARABIC_DOT.text.index("The count is")]
    found = matches(ARABIC_DOT, read(ARABIC_DOT, half))
    assert found[ARABIC_DOT.clauses["duty-2"]] is EXACT
    assert found[ARABIC_DOT.clauses["duty-3"]] is DIFFERS
    assert found[ARABIC_DOT.clauses["duty-4"]] is MISSING
    assert found["The lifeboat goes out"] is MISSING


# Recognising


def test_the_cited_bytes_are_recognised_by_their_digest_alone():
    document = ROMAN_DOT.document
    assert recognise(document.sha256, NormalText("nothing of it"), [PAREN_DOT.document, document]) == document


@every_sample
def test_a_text_that_is_none_of_the_documents_is_not_recognised(sample: Sample):
    others = [other.document for other in SAMPLES.values() if other is not sample]
    assert recognise(sample.document.sha256, NormalText(sample.text), others) is None


def test_a_phrase_in_common_does_not_make_a_copy():
    text = "The harbour has an office of the town. It is closed.\n1. Nothing else is alike.\n"
    assert recognise("0" * 64, NormalText(text), [sample.document for sample in SAMPLES.values()]) is None


def test_without_documents_nothing_is_recognised():
    assert recognise("0" * 64, NormalText("some text"), []) is None

"""Numbering and language are recognised from the text alone, in every style met so far."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import BadValueError
from planner.mandates.recognising import ends_at, language_of, readings
from planner.sources.numbering import parse, printed
from planner.vocabulary import Numbering
from tests.sources.samples import SAMPLES

WORDS = st.text("abcdefgh ", min_size=5, max_size=40).map(lambda text: f"Keeps {text}end")
WITH_PARTS = (Numbering.ROMAN_DOT, Numbering.ARABIC_DOT_PAREN, Numbering.PAREN_DOT)


def written(style: Numbering, clauses: list[tuple[str, list[str]]]) -> tuple[str, dict[str, str]]:
    """A text with these clauses and their parts in a style, and what stands under each number."""
    lines, under = ["Harbour Office", ""], {}
    for number, (words, parts) in enumerate(clauses, 1):
        lines.append(f"{printed(str(number), style)} {words}")
        under[str(number)] = words
        for part, said in enumerate(parts, 1):
            lines.append(f"{printed(f'{number}.{part}', style)} {said}")
            under[f"{number}.{part}"] = said
    return "\n".join(lines) + "\n", under


@given(st.sampled_from(list(Numbering)), st.lists(WORDS, min_size=2, max_size=20))
def test_a_text_with_clauses_alone_is_read_as_it_was_written(style: Numbering, clauses: list[str]):
    text, under = written(style, [(words, []) for words in clauses])
    best = readings(text)[0]
    assert {span.number: text[span.start : span.end] for span in best.passages} == under


@given(
    st.sampled_from(WITH_PARTS),
    st.lists(st.tuples(WORDS, st.lists(WORDS, min_size=2, max_size=5)), min_size=2, max_size=12),
)
def test_a_text_with_parts_is_read_as_it_was_written(style: Numbering, clauses: list[tuple[str, list[str]]]):
    text, under = written(style, clauses)
    best = readings(text)[0]
    assert best.numbering is style
    assert {span.number: text[span.start : span.end] for span in best.passages} == under


@pytest.mark.parametrize("name", SAMPLES)
def test_texts_with_the_oddities_of_official_pages(name: str):
    sample = SAMPLES[name]
    best = readings(sample.text)[0]
    assert (best.numbering, best.passages) == (sample.numbering, parse(sample.text, sample.numbering))


def test_sections_above_the_clauses_are_not_taken_for_the_clauses():
    # As on the page before the merger: I and II are its opening sections, and the duties follow within II.
    text, under = written(Numbering.ARABIC_DOT, [(f"Duty {number}", []) for number in "abcdefg"])
    best, other = readings(f"I. What the office is.\nII. What it does:\n{text}")
    assert (best.numbering, len(best.passages)) == (Numbering.ARABIC_DOT, len(under))
    assert (other.numbering, len(other.passages)) == (Numbering.ROMAN_DOT, len(under) + 2)


@pytest.mark.parametrize("text", ["Keeps the quays.\n", "1. Keeps the quays.\nAnd the lights.\n", "2. b\n3. c\n"])
def test_a_text_without_numbered_passages_has_no_reading(text: str):
    assert readings(text) == ()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Keeps the quays.", "en"),
        ("부두와 등대(Lighthouse)를 돌본다.", "ko"),
        ("北京市科学技术委员会의 업무와 그 밖의 일", "ko"),
        ("العناية بالأرصفة ومنارات المرفأ.", "ar"),
        ("负责港口码头和灯塔的维护工作。", "zh"),
        ("港の灯台を守る。", "ja"),
        ("Содержит набережные.", None),
        ("1. 2. 3.", None),
    ],
)
def test_a_script_speaks_for_a_language(text: str, language: str | None):
    assert language_of(text) == language


def test_the_last_passage_ends_before_the_foot_of_the_page():
    text = "1. Keeps the quays.\n2. Runs the rooms,\nalso in winter.\n\nPrint this\xa0page\nHome\n"
    passages = parse(text, Numbering.ARABIC_DOT)
    cut = ends_at(text, passages, "Print this page")
    assert [text[span.start : span.end] for span in cut] == ["Keeps the quays.", "Runs the rooms,\nalso in winter."]
    with pytest.raises(BadValueError, match="no line of the last clause"):
        ends_at(text, passages, "Keeps")

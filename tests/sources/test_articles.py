"""Articles are clauses in each way of printing them, and a line that looks like one is never lost silently."""

import pytest

from planner.domain.vocabulary import Numbering
from planner.sources.numbering import parse, without_clause

KOREAN = """조례
제1조(목적) 부두를 정한다.
제2조(항만과) 다음 사무를 관장한다.
 1. 등대
 2. 부두
제3조(복지과) ① 경로당을 지원한다.
② 급식을 지원한다.
제2장 보칙
제4조(시행)
내일 시행한다.
"""
GERMAN = "§ 1 Zweck\nDas.\n§ 2 Aufgaben\n(1) Eins.\n(2) Zwei.\n§ 2a Neu\nMehr.\n§ 3 Schluss\nEnde.\n"


def read(text: str, style: Numbering) -> dict[str, str]:
    return {one.number: text[one.start : one.end] for one in parse(text, style)}


def test_korean_articles_are_clauses_and_their_paragraphs_and_items_are_parts():
    assert read(KOREAN, Numbering.ARABIC_DOT_PAREN) == {
        "1": "(목적) 부두를 정한다.",
        "2": "(항만과) 다음 사무를 관장한다.",
        "2.1": "등대",
        "2.2": "부두",
        "3": "(복지과)",
        "3.1": "경로당을 지원한다.",
        "3.2": "급식을 지원한다.",
        "4": "(시행)\n내일 시행한다.",
    }


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("第一条　目的。\n第二条　市長。\n", ["第一条", "第二条"]),
        ("Article 1 (Aim)\nA.\nArticle 2. See\nArticle 1 of this.\n", ["Article 1", "Article 2."]),
        ("ARTICLE I\nA.\nARTICLE II\nB.\n", ["ARTICLE I", "ARTICLE II"]),
        ("Article 1er - Objet\nA.\nArt. 2: B\n", ["Article 1er", "Art. 2:"]),
        ("§ 1 Zweck\nA.\n§2 Ziel\nB.\n", ["§ 1", "§2"]),
        ("المادة ١\nنص.\nالمادة (2): نص.\n", ["المادة ١", "المادة (2):"]),
        ("المادة الأولى\nنص.\nالمادة الثانية\nنص.\n", ["المادة الأولى", "المادة الثانية"]),
    ],
)
def test_articles_of_other_languages_are_clauses(text: str, printed: list[str]):
    assert [one.printed for one in parse(text, Numbering.ARABIC_DOT)] == printed


def test_paragraphs_of_an_article_are_its_parts():
    text = "第一条　市長。\n第一項　あ。\n第二項　い。\n第二条　課長。\n"
    assert list(read(text, Numbering.ARABIC_DOT_PAREN)) == ["1", "1.1", "1.2", "2"]


def test_the_number_of_an_article_within_a_sentence_begins_no_article():
    text = "제1조(가) 나.\n제2조에 따라 다.\n제2조(라) 마.\n"
    assert read(text, Numbering.ARABIC_DOT)["2"] == "(라) 마."


@pytest.mark.parametrize(
    ("text", "style", "lines"),
    [
        (GERMAN, Numbering.ARABIC_DOT_PAREN, ("§ 2a Neu",)),
        ("제1조(가) 나.\n제1조의2(다) 라.\n제2조(마) 바.\n", Numbering.ARABIC_DOT, ("제1조의2(다) 라.",)),
        ("1. a\n2. b\n4. d\n", Numbering.ARABIC_DOT, ("4. d",)),
        ("Article 1 x\n1. a\n2. b\n3. c\n", Numbering.ARABIC_DOT, ("Article 1 x",)),
        ("Article 1\nArticle 2\nArticle 1 a\nb\nArticle 2 c\n", Numbering.ARABIC_DOT, ()),
        (KOREAN, Numbering.ARABIC_DOT_PAREN, ()),
    ],
)
def test_a_line_that_looks_like_a_clause_and_is_none_is_named(text: str, style: Numbering, lines: tuple[str, ...]):
    assert without_clause(text, style, parse(text, style)) == lines

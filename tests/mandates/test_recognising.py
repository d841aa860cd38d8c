"""Numbering and language are recognised from the text alone, in every style met so far."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.base.errors import BadValueError
from planner.domain.vocabulary import Numbering
from planner.mandates.languages import guess_language
from planner.mandates.recognising import ends_at, readings
from planner.sources.numbering import Series, all_series, parse, printed
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
        ("Das Amt hält die Kais und die Lichter des Hafens in Ordnung.", "de"),
        ("A repartição cuida dos cais e das luzes do porto.", "pt"),
        ("Cuida de los muelles y de las luces del puerto.", "es"),
        ("Entretient les quais et les feux du port.", "fr"),
        ("اسکله‌ها و چراغ‌های بندر را نگه می‌دارد.", "fa"),
        ("Содержит набережные.", None),
        ("Port Vila Alofi Niue.", None),
        ("1. 2. 3.", None),
    ],
)
def test_letters_and_common_words_speak_for_a_language(text: str, language: str | None):
    guess = guess_language(text)
    assert (guess and guess.language) == language


CHINESE = {
    "一、 with （一）": (
        "港务办公室职责\n一、维护码头。\n二、管理阅览室：\n（一）借书；\n(二) 夏天开放。\n三、清点船只。\n",
        Numbering.ARABIC_DOT_PAREN,
        [
            ("一、", "维护码头。"),
            ("二、", "管理阅览室："),
            ("（一）", "借书；"),
            ("(二)", "夏天开放。"),
            ("三、", "清点船只。"),
        ],
    ),
    "articles in chapters": (
        "第一章 总则\n第一条 维护码头。\n第二条 管理阅览室。\n第二章 船只\n第三条 清点船只。\n",
        Numbering.ARABIC_DOT,
        [("第一条", "维护码头。"), ("第二条", "管理阅览室。"), ("第三条", "清点船只。")],
    ),
    "a running paragraph": (
        "主要职责：（一）维护码头；（二）管理阅览室，见第（一）项；（三）清点船只。",
        Numbering.PAREN_DOT,
        [("（一）", "维护码头；"), ("（二）", "管理阅览室，见第（一）项；"), ("（三）", "清点船只。")],
    ),
    "sections of numbered duties": (
        "一、港口\n1. 维护码头。\n2. 维护灯塔。\n二、图书\n1．借书。\n",
        Numbering.ROMAN_DOT,
        [("一、", "港口"), ("1.", "维护码头。"), ("2.", "维护灯塔。"), ("二、", "图书"), ("1．", "借书。")],
    ),
    "paragraphs below a heading": (
        "港务办公室\n维护码头和灯塔。\n  管理阅览室。\n",
        Numbering.ARABIC_DOT,
        [("¶1", "维护码头和灯塔。"), ("¶2", "管理阅览室。")],
    ),
    "Japanese articles": (
        "第１条　岸壁を守る。\n第２条　閲覧室を開く。\n",
        Numbering.ARABIC_DOT,
        [("第１条", "岸壁を守る。"), ("第２条", "閲覧室を開く。")],
    ),
}


@pytest.mark.parametrize("name", CHINESE)
def test_chinese_and_japanese_texts_are_read_as_they_are_written(name: str):
    text, style, passages = CHINESE[name]
    best = readings(text)[0]
    assert best.numbering is style
    assert [(span.printed, text[span.start : span.end]) for span in best.passages] == passages


def test_numbers_in_chinese_characters_count_in_long_mandates():
    numbers = ["十", "十一", "二十", "二十一", "九十九", "一百", "一百零一", "一百一十二"]
    counted = {span.number: span.printed for span in parse(in_han(120), Numbering.ARABIC_DOT)}
    assert len(counted) == 120
    assert {f"{number}、" for number in numbers} <= set(counted.values())


def in_han(last: int) -> str:
    """Clauses numbered in Chinese characters from 1."""
    ones = ["", *"一二三四五六七八九"]
    tens = ["", "十", *(f"{digit}十" for digit in ones[2:])]
    low = [ten + one for ten in tens for one in ones][1:]
    between = [f"零{one}" for one in ones[1:]]
    high = [f"一百{rest}" for rest in ["", *between, *(f"{ten}{one}" for ten in ["一十", "二十"] for one in ones)]]
    return "".join(f"{number}、维护码头。\n" for number in [*low, *high][:last])


def test_a_numbering_that_begins_again_below_a_heading_is_no_part_of_the_last_clause():
    duties = "1. Keep the quays.\n2. Run the rooms.\n3. Count the boats.\n"
    text = f"Duties\n{duties}\nDepartments\n1. The office of quays.\n2. The office of rooms.\n"
    best = readings(text)[0].passages
    assert [text[span.start : span.end] for span in best] == ["Keep the quays.", "Run the rooms.", "Count the boats."]
    assert all_series(text, Numbering.ARABIC_DOT) == (
        Series(3, "1. Keep the quays.", is_longest=True),
        Series(2, "1. The office of quays.", is_longest=False),
    )


def test_a_list_within_the_last_clause_stays_a_part_of_it():
    text = "1. Keep the quays.\n2. Other tasks\nThese come up:\n1. lights\n2. buoys\n"
    assert [text[span.start : span.end].count("\n") for span in parse(text, Numbering.ARABIC_DOT)] == [0, 3]
    assert len(all_series(text, Numbering.ARABIC_DOT)) == 1


def test_the_last_passage_ends_before_the_foot_of_the_page():
    text = "1. Keeps the quays.\n2. Runs the rooms,\nalso in winter.\n\nPrint this\xa0page\nHome\n"
    passages = parse(text, Numbering.ARABIC_DOT)
    cut = ends_at(text, passages, "Print this page")
    assert [text[span.start : span.end] for span in cut] == ["Keeps the quays.", "Runs the rooms,\nalso in winter."]
    with pytest.raises(BadValueError, match="no line of the last clause"):
        ends_at(text, passages, "Keeps")

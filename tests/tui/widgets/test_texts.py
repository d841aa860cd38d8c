"""A clause in its languages, laid out in lines."""

from rich.cells import cell_len

from planner.domain.vocabulary import SpanMatch
from planner.queries.mandates.citations import CitationView
from planner.queries.mandates.clause_views import ClauseTextView
from tui.widgets.mandates.clause_texts import wrapped_texts


def said(language, number, text, match=SpanMatch.EXACT):
    citation = CitationView(f"duties-{language}", language, "Duties", "duties.example", 10, 20, "", match, text)
    return ClauseTextView(language, number, citation)


ENGLISH = said("en", "II.", "Run the reading rooms of the town.")
KOREAN = said("ko", "2.", "열람실을 운영하고 옛 지도를 모아 학교에 빌려준다.")
ARABIC = said("ar", "(2)", "إدارة قاعات القراءة")


def laid_out(texts, width):
    return [line.plain.rstrip() for line in wrapped_texts("Rooms are run.", texts, width)]


def test_where_there_is_room_languages_stand_side_by_side():
    lines = laid_out([ENGLISH, KOREAN, ARABIC], 96)
    assert lines[:2] == ["Rooms are run.", ""]
    assert [part.strip() for part in lines[2].split("│")] == ["English II.", "Korean 2.", "Arabic (2)"]
    assert lines[4].split("│")[0].strip() == "Run the reading rooms of the"
    # Wide letters take two cells, and the columns still stand in line.
    assert {cell_len(line[: line.rindex("│")]) for line in lines[2:6]} == {64}
    # Arabic ends at the right edge.
    assert cell_len(lines[4]) == 96
    assert lines[4].endswith("إدارة قاعات القراءة")


def test_where_there_is_none_they_stand_one_under_the_other():
    lines = laid_out([ENGLISH, ARABIC], 40)
    assert lines.index("English II.") < lines.index("Run the reading rooms of the town.") < lines.index("Arabic (2)")
    assert next(line for line in lines if "القراءة" in line) == "إدارة قاعات القراءة".rjust(40)
    assert max(cell_len(line) for line in lines) <= 40


def test_without_a_copy_it_says_where_the_text_can_be_had():
    lines = laid_out([said("en", "II.", None, None)], 60)
    told = " ".join(lines)
    assert "duties-en, 10–20: not attached. Get it from duties.example, then run: planner sources attach FILE" in told


def test_a_copy_that_differs_says_so():
    assert "differs from the citation" in " ".join(laid_out([said("en", "II.", "Other.", SpanMatch.DIFFERS)], 60))


def test_text_like_markup_is_shown_as_it_is():
    assert "Open [/] the [bold]door[/nothing]" in laid_out([said("en", "1.", "Open [/] the [bold]door[/nothing]")], 60)

"""Registers laid out in random shapes read back as they were, and no row of any sheet vanishes."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.intake.layout.names import names_by_field
from planner.intake.proposed import Field, ProposedRegister
from planner.intake.sheets import Merged, Sheet
from tests.effort import EFFORT
from tests.intake.layout.written import proposed, sheet_of_rows, value

CELLS = st.sampled_from(
    [
        *(None, None, None, "修路", "编号", "任务", "牵头单位", "完成时限", "1", "2", 3, 4.5, True, date(2027, 6, 1)),
        *("一、经济", "（一）商业", "合计", "合计 5项", "注：按月", "小计", "甲局、乙局", "6月底", "6月前", "#REF!"),
        *("title", "Task", "Lead", "due", "1. 立项 2. 开工", "T-1", "类别", "里程碑", "\x00"),
        "a long text that says what is to be done in this year.",
    ]
)
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=6).map(tuple), min_size=1, max_size=14)
MERGES = st.lists(
    st.builds(
        lambda row, column, rows, columns: Merged(row, column, row + rows, column + columns),
        st.integers(1, 12), st.integers(1, 5), st.integers(0, 3), st.integers(0, 4),
    ),
    max_size=4,
).map(tuple)  # fmt: skip
NAMES = st.sampled_from(["", "items", "milestones", "organisations", "任务", "themes", "说明"])
SHEETS = st.builds(sheet_of_rows, ROWS, NAMES, merged=MERGES)


def rows_in(register: ProposedRegister) -> Iterator[tuple[str, int]]:
    """Yield the rows that a register accounts for: in what it proposes, in what it leaves out, and in its problems."""
    rows = [*register.items, *register.themes, *register.organisations, *register.people]
    for item in register.items:
        rows += [*(item.milestones or []), *(item.indicators or [])]
    for row in rows:
        yield row.place.sheet, row.place.row
    for place in [place for place, _ in register.ignored] + [problem.place for problem in register.problems]:
        yield place.sheet, place.row


@settings(max_examples=20 * EFFORT)
@given(st.lists(SHEETS, min_size=1, max_size=3, unique_by=lambda sheet: sheet.name))
def test_every_row_is_proposed_left_out_with_a_reason_or_a_problem(sheets: list[Sheet]) -> None:
    register = proposed(*sheets)
    rows = {(sheet.name, row.number) for sheet in sheets for row in sheet.rows}
    assert rows - set(rows_in(register)) == set()
    assert all(reason for _, reason in register.ignored)


LANGUAGES = st.sampled_from(["en", "zh", "ko", "ja"])
FIELDS = (Field.CODE, Field.TITLE, Field.LEAD, Field.SUPPORTING, Field.DUE, Field.PERCENT, Field.DONE)
WORDS = {
    "en": ["market", "school", "river", "bridge", "library"],
    "zh": ["市场", "学校", "河道", "桥梁", "图书馆"],
    "ko": ["시장", "학교", "하천", "교량", "도서관"],
    "ja": ["市場", "学校", "河川", "橋", "図書館"],
}
MESS = {
    "en": ("City plan of work", ["Part 1: Economy", "Part 2: Water"], "Note: updated monthly", "Total: {}"),
    "zh": ("青岚市重点工作表", ["一、经济", "二、水务"], "注：按月报送", "合计：{}项"),
    "ko": ("주요 업무 계획", ["Ⅰ. 경제", "Ⅱ. 하천"], "※ 매월 작성", "합계 {}건"),
    "ja": ("重点事業一覧", ["一、経済", "二、河川"], "備考：毎月更新", "合計 {}件"),
}


def _unequivocal(field: Field, language: str) -> list[str]:
    """The names of a field that no other field has, and that no bracket or number makes into another name."""
    by_field = names_by_field()
    others = {name for other, names in by_field.items() if other is not field for name in names.get(language, ())}
    return [name for name in by_field[field].get(language, ()) if name not in others]


@st.composite
def laid_out(draw: Any) -> tuple[Sheet, list[tuple[Any, ...]]]:
    """A register in a random messy shape, and what it means."""
    language = draw(LANGUAGES)
    title, sections, note, total = MESS[language]
    columns = draw(st.permutations(FIELDS[2:]))[: draw(st.integers(1, 5))]
    columns = list(draw(st.permutations([*FIELDS[:2], *columns])))
    gap = draw(st.integers(0, len(columns)))

    def spread(cells: list[Any]) -> tuple[Any, ...]:
        return (*cells[:gap], None, *cells[gap:]) if draw_gap else tuple(cells)

    draw_gap = draw(st.booleans())
    rows: list[tuple[Any, ...]] = [(title,)] * draw(st.integers(0, 2)) + [(None,)] * draw(st.integers(0, 1))
    decorated = draw(st.sampled_from(["{}", " {} ", "{}：", "{}（*）", "{}\n"]))
    rows.append(spread([decorated.format(draw(st.sampled_from(_unequivocal(field, language)))) for field in columns]))
    meant, theme = [], None
    with_sections = draw(st.booleans())
    count = draw(st.integers(2, 6))
    for number in range(count):
        if with_sections and number in (0, count // 2):
            section = sections[0 if number == 0 else 1]
            theme = section.split(": ")[-1].split("、")[-1].split(". ")[-1]
            rows.append((section,))
        facts = draw(_facts(number, language))
        rows.append(spread([facts[field][0] for field in columns]))
        meant.append(
            (*(facts[field][1] if field in columns else None for field in FIELDS), (theme,) if theme else None)
        )
        rows += [(None,)] * draw(st.integers(0, 1))
    rows += [(total.format(count),)] if draw(st.booleans()) else []
    rows += [(note,)] if draw(st.booleans()) else []
    return sheet_of_rows(rows, "A"), meant


@st.composite
def _facts(draw: Any, number: int, language: str) -> dict[Field, tuple[Any, Any]]:
    """What an item means, and a way to write it, by field."""
    word = draw(st.sampled_from(WORDS[language]))
    day = date(2027, 1, 1) + timedelta(days=draw(st.integers(0, 364)))
    days = [
        day,
        str(day),
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%d %B %Y}",
    ]
    percent = draw(st.integers(2, 100))
    offices = [f"{word}{suffix}" for suffix in ("A", "B", "C")]
    others = tuple(offices[1 : draw(st.integers(1, 3))])
    written = draw(st.sampled_from(["、", "；", "\n", "/"])).join(others)
    return {
        Field.CODE: (f"K-{number}", f"K-{number}"),
        Field.TITLE: (f"{word} {number} {word}", f"{word} {number} {word}"),
        Field.LEAD: (offices[0], offices[0]),
        Field.SUPPORTING: (written or None, others or None),
        Field.DUE: (draw(st.sampled_from(days)), day),
        Field.PERCENT: (draw(st.sampled_from([f"{percent}%", f"{percent}％"])), percent),
        Field.DONE: (f"{word}。", f"{word}。"),
    }


@settings(max_examples=20 * EFFORT)
@given(laid_out())
def test_a_register_in_a_random_shape_reads_back_as_it_was(given_register: tuple[Sheet, list[tuple[Any, ...]]]) -> None:
    sheet, meant = given_register
    register = proposed(sheet)
    assert [tuple(value(item, field) for field in (*FIELDS, Field.THEME)) for item in register.items] == meant
    assert [problem for problem in register.problems if problem.severity != "remark"] == []

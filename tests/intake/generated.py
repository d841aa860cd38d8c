"""Registers of many scripts and shapes, as an import would propose them."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from planner.base.slips import SlipFinder
from planner.base.texts import same_words
from planner.domain.codes import code_key
from planner.domain.indicators import name_key
from planner.domain.typed_words import says_nothing
from planner.domain.vocabulary import Direction
from planner.intake.proposed import Field, ProposedRegister
from tests.intake.proposals import item, part, register

STARTS, ENDS = date(2031, 1, 1), date(2031, 12, 31)

# Letters of many scripts, signs that mean something to a spreadsheet or a list, and marks that change the direction.
_LETTERS = "aZé长港年項과제あアمرفأहिकЖяΩςไน้עם0179０９%.,;、；/|-=+@'\"()（）[]:：#&<> \u200f\u200e\u00a0🙂"
# Texts that look like something else in a register.
_ODD = (
    "合计",
    "Total",
    "注：见附件",
    "一、经济发展",
    "（二）民生",
    "1.10",
    "007",
    "1e5",
    "=1+1",
    "'=1+1",
    "TRUE",
    "2020-01-01",
    "第39项",
    "KP-7",
    "85%",
    "title",
    "序号",
    "N/A",
    "无",
    "-",
    "小计",
    "소계",
    "3月底前：完成",
    "A、B",
    "Parks, Roads and Bridges",
)


def _stored(text: str) -> str:
    """The text as the register stores it: outer blanks and marks are removed, and it is in one line."""
    return " ".join(text.split()).strip("\u200f\u200e ")


texts = st.one_of(st.text(st.sampled_from(_LETTERS), min_size=1, max_size=20), st.sampled_from(_ODD)).map(_stored)
titles = texts.filter(lambda text: any(letter.isalnum() for letter in text))
days = st.integers(0, (ENDS - STARTS).days).map(lambda number: STARTS + timedelta(days=number))
numbers = st.floats(-1e9, 1e9, allow_nan=False).map(lambda value: round(value, 3))


def _without_slips(names: Sequence[str]) -> list[str]:
    """The names that are no slip of an earlier one, such as another only in its signs: an import would ask about it."""
    finder, found = SlipFinder(characters=True), []
    for name in names:
        if not finder.find(name):
            finder.add(name, name)
            found.append(name)
    return found


def _unlike_themes(themes: Sequence[tuple[str, ...]]) -> bool:
    """Whether no title of a theme is a slip of another one, and none alone means a theme inside another one."""
    names = {same_words(title): title for path in themes for title in path}
    inner = {same_words(title) for path in themes for title in path[1:]}
    alone = {same_words(path[0]) for path in themes if len(path) == 1}
    return len(_without_slips(list(names.values()))) == len(names) and not alone & inner


def _unlike(key: Any) -> dict[str, Any]:
    return {"unique_by": key, "min_size": 1, "max_size": 5}


@st.composite
def registers(draw: st.DrawFn) -> ProposedRegister:
    """A register with items of any codes, nested themes, several organisations, milestones and indicators."""
    codes = draw(st.lists(titles, **_unlike(code_key)))
    bodies = draw(st.lists(titles, **_unlike(same_words)).map(_without_slips))
    # A file whose kind is 无 has none, so that no kind is called so.
    meaningful = titles.filter(lambda text: not says_nothing(text))
    kinds = draw(st.lists(meaningful, **_unlike(same_words)).map(_without_slips))
    themes = draw(
        st.lists(st.lists(titles, min_size=1, max_size=3).map(tuple), min_size=1, max_size=4).filter(_unlike_themes)
    )
    return register(*(draw(_items(row, code, bodies, kinds, themes)) for row, code in enumerate(codes, 2)))


@st.composite
def _items(
    draw: st.DrawFn, row: int, code: str, bodies: Sequence[str], kinds: Sequence[str], themes: Sequence[tuple[str, ...]]
) -> Any:
    start, due = sorted((draw(days), draw(days)))
    lead, *others = draw(st.permutations(bodies))
    return item(
        row,
        code=code,
        title=draw(titles),
        kind=draw(st.sampled_from(kinds)),
        theme=draw(st.sampled_from(themes)),
        lead=lead,
        supporting=tuple(others[: draw(st.integers(0, 3))]),
        start=start,
        due=due,
        weight=draw(st.floats(0.1, 100).map(lambda value: round(value, 2))),
        source=draw(st.none() | titles),
        note=draw(st.none() | titles),
        milestones=draw(st.lists(_milestones(row), max_size=3)),
        indicators=[one for rows in draw(st.lists(_indicators(row), max_size=2, unique_by=_name)) for one in rows],
    )


@st.composite
def _milestones(draw: st.DrawFn, row: int) -> Any:
    return part(
        row, title=draw(titles), date=draw(days), weight=draw(st.floats(0.5, 50)), test=draw(st.none() | titles)
    )


def _name(rows: Sequence[Any]) -> str:
    """The comparable name of an indicator, of which an item has only one."""
    return name_key(rows[0].facts[Field.NAME].value)


@st.composite
def _indicators(draw: st.DrawFn, row: int) -> Any:
    """The rows of an indicator: one for each of its targets."""
    direction = draw(st.sampled_from(Direction))
    by = draw(st.lists(days, min_size=1, max_size=3, unique=True))
    baseline, targets = draw(st.none() | numbers), [draw(numbers) for _ in by]
    # A target against the direction is an error.
    outer = {Direction.INCREASE: min, Direction.DECREASE: max}.get(direction)
    if baseline is not None and outer is not None:
        baseline = outer(baseline, *targets)
    facts = {
        "name": draw(titles),
        "unit": draw(st.none() | titles),
        "direction": direction.value,
        "baseline": baseline,
    }
    first, *others = [part(row, **facts, target=target, due=day) for target, day in zip(targets, by, strict=True)]
    if not others and draw(st.booleans()):
        first.facts.pop(Field.TARGET)
    return [first, *others]

"""The page: well formed, complete, asks nobody for anything, and nothing in the data is taken for markup."""

import base64
import hashlib
import shutil
import sys
from dataclasses import replace
from datetime import date
from xml.etree.ElementTree import Element

import html5lib
import pytest
from sqlalchemy import make_url

from planner.base.errors import MissingLibraryError
from planner.domain.symbols import words
from planner.domain.vocabulary import Confidence, Phase, Schedule, State
from planner.queries.weeks.deadlines import DeadlineState
from planner.store.database import open_database
from planner.tables.table import Filled
from planner.weekly.contents import SECTIONS, WeeklyFile, fill_all
from planner.weekly.page import drawing, tables
from planner.weekly.page.page import page_bytes
from planner.weekly.page.tables import LONGEST_OPEN, Table
from planner.weekly.reading import open_week
from tests.factories import meet, move, observed, reading_of, report
from tests.weekly.factories import ITEM, items_of, row_of_texts, weekly_row
from tests.weekly.week import LATER, W14

HOSTILE = "<script>alert(1)</script> \"quoted\" & 'so' \x00 🚢 \u202ereversed\n</style></svg> ]]>"
SHOWN = "<script>alert(1)</script> \"quoted\" & 'so' ␀ 🚢 [U+202E]reversed\n</style></svg> ]]>"
ARABIC = "إصلاح الأرصفة"
KOREAN = "부두를 수리한다"
# What may name an address, in HTML and SVG.
ADDRESSES = ("src", "href", "xlink:href", "srcset", "action", "data", "poster", "background")


@pytest.fixture(scope="module")
def week(tmp_path_factory, loaded_file) -> WeeklyFile:
    """A week in which something happened."""
    file = tmp_path_factory.mktemp("page") / "register.sqlite"
    shutil.copy(loaded_file, file)
    database = open_database(make_url(f"sqlite:///{file}"))
    report(database, "T-001", as_of=date(2020, 3, 25), percent=10, confidence=Confidence.GREEN)
    report(database, "T-001", as_of=date(2020, 4, 2), percent=35, confidence=Confidence.RED, blocker="Ice")
    report(database, "P-002", as_of=date(2020, 4, 3), phase=Phase.COMPLETED)
    meet(database, "P-001", 1, date(2020, 3, 27))
    move(database, "P-001", 2, date(2020, 8, 15))
    observed(database, "T-001", 1, 4, as_of=date(2020, 3, 30))
    observed(database, "P-002", 1, 120.5, as_of=date(2020, 4, 1))
    with database.reading() as session:
        read = fill_all(open_week(reading_of(session), now=LATER, week=W14), pictures=True)
    database.close()
    return read


@pytest.fixture(scope="module")
def page(week) -> str:
    """Its page."""
    return written(week)


@pytest.fixture(scope="module")
def root(page) -> Element:
    """The page as a browser reads it."""
    return parsed(page)


def written(file: WeeklyFile) -> str:
    return b"".join(page_bytes(file)).decode()


def parsed(page: str) -> Element:
    """The page as a browser reads it; what is not well formed raises an error."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    root: Element = parser.parse(page)
    return root


def found(root: Element, address: str) -> Element:
    """The one element with an anchor."""
    (element,) = [element for element in root.iter() if element.get("id") == address]
    return element


def text_of(element: Element) -> str:
    return "".join(element.itertext())


def rows_of(table: Element) -> list[list[str]]:
    body = table.find(".//tbody")
    assert body is not None
    return [[text_of(cell).strip() for cell in row] for row in body.iter("tr")]


def numbers_behind(root: Element, picture: str) -> list[list[str]]:
    table = found(root, f"picture-{picture}").find(".//table")
    assert table is not None
    return rows_of(table)


def test_the_page_is_well_formed_the_same_each_time_and_has_every_section(week, page, root):
    assert page == written(week)
    anchors = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(set(anchors)) == len(anchors)
    for filled in week.sections:
        part = found(root, filled.table.name)
        heading = part.find("h2")
        assert heading is not None
        assert text_of(heading) == f"{filled.table.title} {len(filled.rows)}"
        assert filled.table.answers in text_of(part)
        for head in Table(filled).heads:
            assert head.description in text_of(part)
        if filled.rows:
            table = found(root, f"table-{filled.table.name}")
            heads = [(text_of(head), head.get("title")) for head in table.iter("th") if head.get("scope")]
            assert [title for title, _ in heads] == [head.title for head in Table(filled).heads]
            assert all(description for _, description in heads)
            assert len(rows_of(table)) == len(filled.rows)
    contents = found(root, "contents-title")
    links = [element.get("href") for element in root.iter("a")]
    assert contents is not None
    assert {link.removeprefix("#") for link in links if link} <= set(anchors)
    assert {f"#{section.name}" for section in SECTIONS} <= set(links)
    assert f"planner weekly {week.instance.options} --format html" in text_of(found(root, "reproduce"))


def test_the_page_asks_nobody_for_anything(page, root):
    for element in root.iter():
        assert element.tag not in ("script", "link", "iframe", "object", "embed", "img", "base", "form"), element.tag
        for name, value in element.attrib.items():
            assert not str(name).lower().startswith("on")
            assert str(name) != "style"
            assert str(name) not in ADDRESSES or value.startswith("#"), (name, value)
    (style,) = [text_of(element) for element in root.iter("style")]
    assert "url(" not in style
    assert "@import" not in style
    assert "http:" not in page
    assert "https:" not in page
    (policy,) = [element.get("content", "") for element in root.iter("meta") if element.get("http-equiv")]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_the_numbers_of_the_pictures_are_those_of_the_sections(week, root):
    totals = [week.section("totals").values(row) for row in week.section("totals").rows]
    plan, themes = totals[0], [row for row in totals if row["by"] == "theme"]

    last = numbers_behind(root, "progress")[-1]
    assert last[:2] == ["2020-W14", "2020-04-05"]
    told = [str(row[name]) for row in (plan, *themes) for name in ("percent", "expected_percent")]
    assert last[2:] == told

    by_theme = numbers_behind(root, "states")
    open_states = (State.ON_TRACK, State.BEHIND, State.OFF_TRACK, State.OVERDUE, State.SUSPENDED)
    for row, total in zip(by_theme, (*themes, plan), strict=True):
        counted = dict(zip(State, map(int, row[2:]), strict=True))
        assert int(row[1]) == total["items"] == sum(counted.values())
        assert counted[State.COMPLETED] + total["awaiting_confirmation"] == total["completed"]
        if not total["completed"]:
            assert [counted[state] for state in open_states] == [total[state.value] for state in open_states]
    figures = [text_of(one) for one in found(root, "figures").iter("li")]
    assert [figure.split()[0] for figure in figures[1:8]] == by_theme[-1][2:]
    assert f"{plan['percent']}%" in figures[0]

    items = week.section("items")
    troubled = [items.values(row)["schedule"] in (Schedule.OFF_TRACK, Schedule.OVERDUE) for row in items.rows]
    closed = [row.item.has_ended for row in items.rows]
    share = round(100 * sum(bad and not done for bad, done in zip(troubled, closed, strict=True)) / len(troubled))
    assert numbers_behind(root, "health")[-1][-1] == str(share)

    due = numbers_behind(root, "due")
    milestones = [milestone for row in items.rows for milestone in row.item.milestones]
    assert sum(int(row[1]) for row in due) == sum(int(row[2]) for row in due) == len(milestones)
    assert sum(int(row[3]) for row in due) == sum(milestone.met_on is not None for milestone in milestones)
    moved = {row[0]: int(row[2]) - int(row[1]) for row in due if row[1] != row[2]}
    assert moved == {"2020-W27": -1, "2020-W33": 1}
    assert numbers_behind(root, "moved") == [
        ["P-001", "Build the light on the north pier", "Tower stands", "2020-06-30", "2020-08-15", "46", "open"]
    ]

    values = {(row[0], row[7]) for row in numbers_behind(root, "indicators")}
    indicators = map(week.section("indicators").values, week.section("indicators").rows)
    assert values == {(row["code"], str(row["latest"])) for row in indicators if row["latest"] is not None}


def test_each_picture_has_a_title_a_caption_with_its_day_and_says_what_is_drawn(root):
    figures = list(root.iter("figure"))
    assert len(figures) == 6
    for figure in figures:
        title, caption = figure.find("h3"), figure.find("p")
        assert title is not None
        assert caption is not None
        assert text_of(title)
        assert "2020-04-05" in text_of(caption)
        drawings = [element for element in figure.iter() if element.tag.endswith("svg")]
        assert drawings
        assert all(element.get("role") == "img" and element.get("aria-label") for element in drawings)
        assert all(element.get("viewBox") and not element.get("id") for element in drawings)
    pointed_at = [text_of(element) for element in figures[0].iter() if element.tag.endswith("title")]
    # The plan's line is drawn twice, for a wide page and for a phone, and each of the two themes' once.
    assert sum(told.startswith("2020-W14: ") for told in pointed_at) == 4


def test_nothing_in_the_data_is_taken_for_markup(week):
    rows = (
        row_of_texts(HOSTILE, done=ARABIC),
        row_of_texts(KOREAN),
        weekly_row(replace(ITEM, lead=replace(ITEM.lead, name=HOSTILE), theme_title=HOSTILE)),
    )
    plan = replace(week.instance.plan, title=HOSTILE, issuer=HOSTILE)
    assert week.pictures is not None
    hostile_theme = replace(plan.themes[0], title=HOSTILE)
    pictures = replace(
        week.pictures,
        courses=(week.pictures.plan, *(replace(course, theme=hostile_theme) for course in week.pictures.themes)),
        moved=tuple(replace(one, item=replace(one.item, title=HOSTILE)) for one in week.pictures.moved),
        indicators=tuple(
            replace(one, indicator=replace(one.indicator, name=HOSTILE, unit=HOSTILE))
            for one in week.pictures.indicators
        ),
    )
    file = WeeklyFile(replace(week.instance, plan=plan), (items_of(*rows),), pictures)
    page = written(file)
    assert page == written(file)
    assert "\x00" not in page
    assert "\u202e" not in page
    root = parsed(page)
    assert not list(root.iter("script"))
    (heading,) = root.iter("h1")
    assert text_of(heading) == SHOWN
    cells = rows_of(found(root, "table-items"))
    titles = [row[1] for row in cells]
    assert titles == [SHOWN, KOREAN, "Mend the quays"]
    assert cells[2][2] == SHOWN
    assert f"1 {SHOWN}" in cells[2]
    arabic = [element for element in root.iter("td") if text_of(element) == ARABIC]
    assert [(element.get("dir"), element.get("lang")) for element in arabic] == [("auto", "")]
    labels = [text_of(element) for element in found(root, "picture-indicators").iter("bdi")]
    assert SHOWN in labels
    (style,) = [text_of(element) for element in root.iter("style")]
    assert "alert(1)" not in style
    assert "\\5b U\\2b 202E\\5d reversed" in style


def test_what_is_simulated_says_so_on_the_screen_and_on_every_sheet(week, page):
    told = "Demonstration data: reports, dates and values are made up."
    assert told not in page
    assert "SIMULATED" not in page
    plan = replace(week.instance.plan, simulated_today=date(2020, 9, 18))
    simulated = written(replace(week, instance=replace(week.instance, plan=plan), sections=()))
    assert told in simulated
    assert "@top-center { content: 'SIMULATED DATA'; }" in simulated
    assert '<p class="watermark" aria-hidden="true">SIMULATED</p>' in simulated


def test_pictures_of_nothing_say_so(week):
    assert week.pictures is not None
    pictures = replace(week.pictures, due=(), moved=(), moved_total=0, indicators=(), indicators_with_values=0)
    root = parsed(written(replace(week, pictures=pictures, sections=())))
    for picture in ("due", "moved", "indicators"):
        figure = found(root, f"picture-{picture}")
        assert [text_of(one) for one in figure.iter("p") if one.get("class") == "nothing"]
        assert not [element for element in figure.iter() if element.tag.endswith("svg")]


def test_a_long_section_is_folded_and_a_wide_one_laid_out_for_paper():
    few, many = (Table(items_of(*[weekly_row()] * number)) for number in (LONGEST_OPEN, LONGEST_OPEN + 1))
    assert (few.folded, many.folded) == (False, True)
    items = items_of(weekly_row())
    narrow = Filled(replace(items.table, columns=items.table.columns[:4]), items.frame, items.rows)
    numbers = Filled(
        replace(items.table, columns=(*items.table.columns[:3], *items.table.columns[12:19])),
        items.frame,
        items.rows,
    )
    assert [Table(filled).layout for filled in (narrow, numbers, items)] == ["narrow", "sideways", "blocks"]


def test_of_a_very_long_section_the_page_holds_the_first_rows_and_says_so(week, monkeypatch):
    monkeypatch.setattr(tables, "MOST_ROWS", 103)
    rows = [weekly_row(replace(ITEM, code=f"T-{number:03}")) for number in range(1, 106)]
    root = parsed(written(replace(week, sections=(items_of(*rows),))))
    assert [row[0] for row in rows_of(found(root, "table-items"))] == [f"T-{number:03}" for number in range(1, 104)]
    assert "These are the first 103 of 105 rows" in text_of(found(root, "items"))


def test_what_is_estimated_says_so_and_nothing_else_does(root):
    marked = [part.get("id") for part in root.iter("section") if "estimated" in (part.get("class") or "").split()]
    assert marked == ["outlook"]
    assert "Nothing in this section was reported" in text_of(found(root, "outlook"))


def test_states_are_symbols_and_words(root):
    table = found(root, "table-items")
    texts = {text_of(cell) for cell in table.iter("td")}
    assert {"▼ red", "● completed", "◐ in progress", "✓ on track", "◎ awaiting"} <= texts
    assert words(DeadlineState.MET) in text_of(found(root, "picture-due"))


def test_a_missing_library_is_one_message(week, monkeypatch):
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(MissingLibraryError, match="Install planner\\[reports\\]"):
        written(week)


def test_a_file_without_what_its_pictures_show_is_refused(week):
    with pytest.raises(ValueError, match="filled with what its pictures show"):
        written(replace(week, pictures=None))


def test_months_are_named_as_often_as_there_is_room():
    named = drawing.month_names(date(2019, 11, 15), date(2020, 6, 1), 4)
    assert [(one["day"], one["month"]) for one in named] == [
        ("2019-12-01", "Dec"),
        ("2020-02-01", "Feb"),
        ("2020-04-01", "Apr"),
        ("2020-06-01", "Jun"),
    ]
    assert drawing.month_names(date(2020, 3, 2), date(2020, 3, 20), 4) == []

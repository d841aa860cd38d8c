"""The charts of a week as picture files."""

import io
from dataclasses import replace
from datetime import date

import pypdf
import pytest

from planner.base.output_files import is_planner_output
from planner.domain.vocabulary import Confidence
from planner.weekly import typesetting
from planner.weekly.chart_files.data import charts_data
from planner.weekly.chart_files.making import PictureFormat, chart_files
from planner.weekly.contents import WeeklyFile, fill_all
from planner.weekly.page.drawn_figures import figures_of
from planner.weekly.reading import open_week
from planner.weekly.typesetting import Typesetter
from tests.factories import meet, move, observed, reading_of, report
from tests.weekly.week import LATER, W14

KOREAN = "부두를 수리한다"
ARABIC = "إصلاح الأرصفة"
HOSTILE = '#eval("1") <b>&amp; $x$ \x1b[31m'
NAMES = ("progress", "states", "health", "due", "moved", "indicators")


@pytest.fixture
def week(sqlite_register) -> WeeklyFile:
    """A week in which something happened, with the data of its charts."""
    report(sqlite_register, "T-001", as_of=date(2020, 4, 2), percent=35, confidence=Confidence.RED, blocker="Ice")
    meet(sqlite_register, "P-001", 1, date(2020, 3, 27))
    move(sqlite_register, "P-001", 2, date(2020, 8, 15))
    observed(sqlite_register, "T-001", 1, 4, as_of=date(2020, 3, 30))
    with sqlite_register.reading() as session:
        return fill_all(open_week(reading_of(session), now=LATER, week=W14), (), pictures=True)


def read(week: WeeklyFile) -> str:
    """What a person reads in the pictures, in which letters are outlines: read from the same pages as a PDF."""
    assert week.pictures is not None
    data = charts_data(figures_of(week.pictures, week.instance), week.instance)
    setter = Typesetter("planner.weekly.chart_files", "charts.typ", of_machine=False, known_at=week.instance.known_at)
    pages = pypdf.PdfReader(io.BytesIO(setter.pdf(data))).pages
    return " ".join("\n".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize(("form", "begins"), [(PictureFormat.PNG, b"\x89PNG\r\n"), (PictureFormat.SVG, b"<svg ")])
def test_each_chart_is_a_file_with_the_same_bytes_each_time_that_says_how_to_make_it(
    week, tmp_path, form, begins
) -> None:
    made = chart_files(week, form)
    assert [file.name for file in made.files] == [f"harbour-2020-2020-W14-chart-{name}.{form}" for name in NAMES]
    contents = [b"".join(file.content) for file in made.files]
    assert contents == [b"".join(file.content) for file in chart_files(week, form).files]
    for content in contents:
        assert content.startswith(begins)
        assert b"planner weekly charts --week 2020-W14 --known-at" in content
        (tmp_path / f"chart.{form}").write_bytes(content)
        assert is_planner_output(tmp_path / f"chart.{form}")
    (tmp_path / f"mine.{form}").write_bytes(begins + b"mine")
    assert not is_planner_output(tmp_path / f"mine.{form}")


def test_a_picture_has_its_title_caption_legend_and_labels_and_needs_no_page_around_it(week) -> None:
    text = read(week)
    assert text.count("Harbour Town work plan 2020 · 2020-W14, as of 2020-04-05") == len(NAMES)
    for words in ("States by theme", "on track", "1 Quays and lights", "as of 2020-04-05", "date first agreed", "+"):
        assert words in text
    assert week.pictures is not None
    data = charts_data(figures_of(week.pictures, week.instance), week.instance)
    assert "var(" not in typesetting.all_text(data)
    assert "SIMULATED" not in text
    simulated = replace(week.instance, plan=replace(week.instance.plan, simulated_today=date(2020, 9, 18)))
    assert read(replace(week, instance=simulated)).count("SIMULATED. Demonstration data") == len(NAMES)


def test_what_people_wrote_is_text_and_letters_that_no_font_has_are_told(week, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "USE_FONTS_OF_MACHINE", False)
    plan = replace(week.instance.plan, title=f"{HOSTILE} {KOREAN}")
    assert week.pictures is not None
    theme = replace(plan.themes[0], title=ARABIC)
    courses = (week.pictures.plan, *(replace(course, theme=theme) for course in week.pictures.themes))
    hostile = replace(
        week, instance=replace(week.instance, plan=plan), pictures=replace(week.pictures, courses=courses)
    )
    assert '#eval("1") <b>&amp; $x$ □[31m □' in read(hostile)
    assert set(chart_files(hostile, PictureFormat.PNG).missing) == {"␛", *KOREAN} - {" "}


def test_a_file_without_the_data_of_its_charts_is_refused(week) -> None:
    with pytest.raises(ValueError, match="charts need"):
        chart_files(replace(week, pictures=None), PictureFormat.PNG)

"""The chart of an item's course: what is drawn where."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from planner.domain.rules.weeks import Week
from planner.domain.vocabulary import Confidence, Phase, Schedule
from planner.queries.weeks.course import CoursePoint
from tui.widgets.item.course import MARGIN, chart, week_lines

FIRST = date(2020, 1, 5)


def point(number, actual=0.0, expected=0.0, confidence=None, schedule=Schedule.ON_TRACK):
    day = FIRST + timedelta(weeks=number)
    return CoursePoint(Week.of(day), day, expected, actual, Phase.IN_PROGRESS, confidence, schedule)


def drawn(course, width=60, height=16):
    return [line.plain for line in chart(course, width, height)]


def plot(course, width=60, height=16):
    """The lines of the plot without its axis."""
    return [line[MARGIN:] for line in drawn(course, width, height) if line[MARGIN - 1 : MARGIN] in ("┤", "│")]


def test_columns_are_what_is_done_and_the_line_what_is_expected():
    # Ten lines in the plot, three cells a week.
    lines = plot([point(0, 50, 100), point(1, 25, 10), point(2, None, 12)])
    assert len(lines) == 10
    assert lines[0] == "━━━" + " " * 6
    assert lines[5] == "███" + " " * 6
    assert lines[7] == "███▄▄▄" + " " * 3
    assert lines[8] == "██████━━━"
    assert lines[9] == "███━━━   "


def test_the_axis_tells_the_percents_and_the_weeks_with_the_year_where_it_begins():
    course = [point(number) for number in range(60)]
    lines = drawn(course, 100)
    assert [line[:MARGIN].strip() for line in lines if "%" in line] == ["100% ┤", "50% ┤", "0% └"]
    (labels,) = (line[MARGIN:] for line in lines if "└" in line)
    assert labels.split()[:2] == ["2020-W01", "W11"]
    assert "2021-W" in labels
    assert labels.index("W11") == 10


def test_each_week_has_its_states_in_the_strips_and_their_words_under_them():
    course = [
        point(0, schedule=Schedule.BEHIND),
        point(1, confidence=Confidence.RED, schedule=Schedule.OVERDUE),
    ]
    lines = drawn(course)
    assert "Schedule  ◔  ‼" in lines[-3]
    assert "Rating    ·  ▼" in lines[-2]
    assert lines[-1] == "◔ behind  ‼ overdue  ▼ red  · not rated"


def test_more_weeks_than_columns_are_gathered_and_the_last_week_is_always_shown():
    course = [point(number) for number in range(99)] + [point(99, confidence=Confidence.GREEN)]
    lines = drawn(course, 60)
    assert "each column is 2 weeks" in lines[0]
    (strip,) = (line[MARGIN:].rstrip() for line in lines if line.startswith("Rating"))
    assert (len(strip), strip[-1]) == (50, "▲")


@given(
    st.lists(st.tuples(st.none() | st.floats(0, 100), st.floats(0, 100)), min_size=1, max_size=120),
    st.integers(MARGIN + 4, 160),
    st.integers(4, 40),
)
def test_it_fits_its_place_whatever_the_course(percents, width, height):
    course = [point(number, *pair) for number, pair in enumerate(percents)]
    lines = chart(course, width, height)
    assert max(line.cell_length for line in lines[1:]) <= max(width, MARGIN + 8)
    # Each week's expected percent is drawn once.
    cells = max(line.count("━") for line in plot(course, width, height))
    assert cells >= 1
    assert len(lines) <= max(height, 4 + 4 + 6)


def test_the_list_tells_each_week_the_last_first():
    told = [line.plain for line in week_lines([point(0, None, 1.7), point(1, 40, 60, Confidence.GREEN)])]
    assert told == [
        "2020-W02   40% done   60% expected  ✓ on track   ▲ green",
        "2020-W01     – done    2% expected  ✓ on track   · not rated",
    ]

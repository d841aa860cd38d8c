"""Tables with one line for each row: what is aligned, wrapped and left out."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment, Segments

from planner.cli.row_table import Cell, TableColumn, _Layout, print_rows
from planner.cli.visible_console import VisibleConsole

COLUMNS = [
    TableColumn("Code"),
    TableColumn("Title", least=10),
    TableColumn("Phase", rank=2),
    TableColumn("Done", right=True, rank=1),
]


def printed(rows: list[list[str]], width: int) -> list[str]:
    """The lines of a table on a terminal of a width."""
    file = io.StringIO()
    out = VisibleConsole(file=file, width=width, no_color=True, force_terminal=False)
    print_rows(out, COLUMNS, [[Cell(cell) for cell in row] for row in rows])
    return file.getvalue().splitlines()


def test_the_title_takes_the_room_that_the_others_leave_and_is_wrapped():
    assert printed([["T-1", "Mend the old quays", "started", "5%"]], 36) == [
        "Code  Title            Phase    Done",
        "T-1   Mend the old     started    5%",
        "      quays                         ",
    ]


def test_on_a_wide_terminal_the_other_columns_stay_beside_the_titles():
    row = ["T-1", "Mend quays", "started", "5%"]
    assert (
        printed([row], 120)
        == printed([row], 40)
        == ["Code  Title       Phase    Done", "T-1   Mend quays  started    5%"]
    )


def test_a_narrow_terminal_leaves_out_the_less_important_columns_and_names_them():
    row = ["T-1", "Mend quays", "started", "5%"]
    *table, first, second = printed([row], 22)
    assert table == ["Code  Title       Done", "T-1   Mend quays    5%"]
    assert first + second == "Not shown in this width: Phase"
    assert printed([row], 16)[:2] == ["Code  Title     ", "T-1   Mend quays"]


@pytest.mark.parametrize(
    ("width", "lines"),
    [
        (22, ["Due   Title", "T-1   Mend the old qu…"]),
        (60, ["Due   Title", "T-1   Mend the old quays"]),
        (8, ["Due   Title", "T-1   Mend th…"]),
    ],
    ids=["cut", "no wider than needed", "no narrower than can be read"],
)
def test_a_title_that_is_not_wrapped_is_cut_with_an_ellipsis_beside_columns_of_a_minimum(width: int, lines: list[str]):
    file = io.StringIO()
    out = VisibleConsole(file=file, width=width, no_color=True, force_terminal=False)
    columns = [TableColumn("Due", minimum=4), TableColumn("Title", least=8, cut=True)]
    print_rows(out, columns, [[Cell("T-1"), Cell("Mend the old quays")]])
    assert [line.rstrip() for line in file.getvalue().splitlines()] == lines


def test_an_empty_column_without_a_heading_is_not_called_left_out():
    file = io.StringIO()
    out = VisibleConsole(file=file, width=40, no_color=True, force_terminal=False)
    print_rows(out, [TableColumn(""), *COLUMNS[:2]], [[Cell(""), Cell("T-1"), Cell("Mend quays")]])
    assert "Not shown" not in file.getvalue()


def test_the_title_is_narrower_than_wished_where_only_the_most_important_columns_are_left():
    assert printed([["T-1", "Mend quays", "started", "5%"]], 15)[:3] == [
        "Code  Title    ",
        "T-1   Mend     ",
        "      quays    ",
    ]


def test_a_cell_with_a_style_is_coloured_without_its_blanks_and_nothing_in_it_reaches_the_terminal_unseen():
    file = io.StringIO()
    out = VisibleConsole(file=file, width=40, force_terminal=True, color_system="standard", legacy_windows=False)
    print_rows(out, COLUMNS[:2], [[Cell("T\x1b[2J", "green"), Cell("Mend quays")]])
    first, second = file.getvalue().splitlines()
    assert first.startswith("\x1b[1mCode\x1b[0m  ")
    assert second.startswith("\x1b[32mT␛[2J\x1b[0m  Mend quays")


def test_the_most_important_columns_stay_whole_on_the_narrowest_terminal():
    assert printed([["T-1", "Mend quays", "started", "5%"]], 5)[1:3] == ["T-1   Mend    ", "      quays   "]


@given(
    st.lists(st.tuples(st.text("ab 项目가", max_size=30), st.text("xy어", max_size=9)), min_size=1), st.integers(40, 90)
)
def test_all_lines_of_all_texts_are_equally_wide(rows, width):
    lines = printed([["T-1", title, phase, "5%"] for title, phase in rows], width)
    (of_all,) = {cell_len(line) for line in lines}
    assert of_all <= width
    shown = "".join(line[4:] for line in lines).replace(" ", "")
    assert all(letter in shown for title, _ in rows for letter in title.replace(" ", ""))


@pytest.fixture
def laid_out(monkeypatch):
    """The texts of the cells that are laid out."""
    texts: list[str] = []
    lay_out = _Layout._laid_out

    def noted(layout, place, cell):
        texts.append(cell.text)
        return lay_out(layout, place, cell)

    monkeypatch.setattr(_Layout, "_laid_out", noted)
    return texts


def test_a_cell_that_comes_again_in_its_column_is_laid_out_once(laid_out):
    lines = printed([["T-1", "Quays", "started", "5%"], ["T-2", "Quays", "started", "5%"]], 36)
    assert lines[1].replace("T-1", "T-2") == lines[2]
    assert sorted(laid_out) == sorted(["Code", "Title", "Phase", "Done", "T-1", "T-2", "Quays", "started", "5%"])


def test_cells_of_a_column_with_many_different_texts_are_not_kept(laid_out, monkeypatch):
    monkeypatch.setattr("planner.cli.row_table.MOST_KEPT", 2)
    printed([["T-1", "Quays", "started", "5%"], ["T-2", "Quays", "started", "5%"], ["T-2", "Quays", "", ""]], 36)
    # Two codes and the heading are three texts, and a heading with one other text are two.
    assert (laid_out.count("T-2"), laid_out.count("Quays"), laid_out.count("started")) == (2, 1, 2)


@pytest.mark.parametrize(("colours", "pieces"), [(None, 2), ("standard", 8)])
def test_a_line_is_one_piece_where_nothing_is_coloured(monkeypatch, colours, pieces):
    segments: list[Segment] = []

    def noted(parts):
        segments.extend(parts)
        return Segments(segments)

    monkeypatch.setattr("planner.cli.row_table.Segments", noted)
    out = VisibleConsole(file=io.StringIO(), width=40, force_terminal=bool(colours), color_system=colours)
    print_rows(out, COLUMNS[:2], [[Cell("T-1", "green"), Cell("Mend quays")]])
    assert len(segments) == pieces

"""The table: which columns have room, and that only what is seen is drawn."""

from hypothesis import given
from hypothesis import strategies as st
from textual.app import App
from textual.content import Content

from tui.widgets.table import GAP, Column, Table, code_column, fitted


def column(key, width, **more):
    return Column(key, key.title(), lambda row, _: Content(str(row)), width, **more)


COLUMNS = [
    column("code", 5),
    column("title", 20, comfort=40),
    column("state", 12, narrow=1, narrow_title="S"),
    column("due", 10, rank=1),
    column("lead", 18, rank=5),
]


def keys_and_widths(width):
    return {column.key: cells for column, _, cells in fitted(COLUMNS, width)}


def test_where_there_is_room_the_title_takes_what_is_left():
    assert keys_and_widths(100) == {"code": 5, "title": 49, "state": 12, "due": 10, "lead": 18}


def test_short_forms_come_before_anything_is_left_out():
    assert [title for _, title, _ in fitted(COLUMNS, 45)] == ["Code", "Title", "S", "Due"]


def test_an_unimportant_column_gives_way_to_a_comfortable_title():
    assert "lead" not in keys_and_widths(70)
    assert keys_and_widths(70)["title"] > 40


def test_a_column_that_has_no_room_is_left_out_rather_than_cut():
    assert keys_and_widths(20) == {"code": 5, "title": 10, "state": 1}
    assert keys_and_widths(10) == {"code": 5, "title": 2}


@given(st.integers(9, 300))
def test_the_columns_fill_the_width(width):
    assert sum(cells + GAP for cells in keys_and_widths(width).values()) + GAP == width


async def test_of_a_hundred_thousand_rows_only_those_seen_are_drawn():
    drawn = []

    def cell(row, _):
        drawn.append(row)
        return Content(str(row))

    table = Table([Column("row", "Row", cell, 8)], lambda row: row, empty="None")

    class Host(App[None]):
        def compose(self):
            yield table

    async with Host().run_test(size=(40, 12)) as pilot:
        table.focus()
        table.show(range(100_000))
        await pilot.pause()
        await pilot.press("G")
        await pilot.pause()
        assert table.row == 99_999
        assert 99_999 in drawn
        assert len(set(drawn)) < 50


async def test_rows_that_came_before_the_cursor_do_not_move_it_from_its_row():
    table = Table([column("row", 8)], lambda row: row, empty="None")

    class Host(App[None]):
        def compose(self):
            yield table

    async with Host().run_test(size=(40, 12)) as pilot:
        table.show([10, 20, 30])
        table.cursor = 2
        table.show([1, 2, 3, 10, 20, 30])
        await pilot.pause()
        assert table.row == 30
        table.show([1])
        assert table.row == 1
        table.show([])
        assert table.row is None


async def test_codes_are_as_wide_as_those_shown_up_to_a_limit():
    codes: Column[str] = code_column(lambda row: row, "Code")
    table = Table([codes, Column("row", "Row", lambda row, _: Content(row), 8, comfort=8)], lambda row: row, empty="")

    class Host(App[None]):
        def compose(self):
            yield table

    async with Host().run_test(size=(40, 12)) as pilot:
        for rows, width in (
            (["T-001"], 6),
            (["T-001", "nocode-1"], 8),
            (["第三十九项"], 10),
            (["a-code-of-twenty-six-letters"], 14),
            # Below the rows that are measured.
            (["T-001"] * 500 + ["nocode-12"], 6),
        ):
            table.show(rows)
            await pilot.pause()
            assert table.column_widths["code"] == width
        await pilot.press("end")
        await pilot.pause()
        assert "nocode-12" in table.render_line(table.size.height - 1).text
        assert table.column_widths["code"] == 9

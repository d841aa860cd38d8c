"""planner weekly, as typed."""

import csv
import io
import json
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from planner.cli.context import Context
from planner.weekly.sections.items import ITEMS
from tests.factories import ITEM_CODES, ODD_TITLE, noon, report

BOM = b"\xef\xbb\xbf"
NOW = datetime(2020, 4, 20, 9, 30, 15, 250_000, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setattr(Context, "now", lambda _context: NOW)


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("where", [(), ("-o", "-")])
def test_goes_to_standard_output_as_it_is(planner, filled, where):
    done = planner("weekly", "--week", "2020-W14", *where)
    assert done.exit_code == 0
    rows = rows_of(done.out_bytes)
    assert [row["code"] for row in rows] == list(ITEM_CODES)
    assert list(rows[0]) == [column.name for column in ITEMS.all_columns]
    assert rows[4]["title"] == ODD_TITLE
    assert done.out_bytes.count(b"\r\n") == len(ITEM_CODES) + 1
    assert not done.out_bytes.startswith(BOM)


def test_says_what_was_written(planner, filled, tmp_path):
    file = tmp_path / "week.csv"
    done = planner("weekly", "--week", "2020-W14", "-o", str(file))
    assert done.out == ""
    assert done.err == (
        f"Wrote 5 rows to {file}: week 2020-W14 as of 2020-04-05, as known at 2020-04-20T18:30:15+09:00.\n"
        "To write the same output again, use: --week 2020-W14 --known-at 2020-04-20T18:30:15+09:00\n"
    )


def test_what_it_says_makes_the_same_bytes_again(planner, filled, monkeypatch):
    report(filled, as_of=date(2020, 4, 2), percent=20, done="=cmd", next="Weiter, Größe, 港口 مرفأ")
    first = planner("weekly", "--week", "2020-W14")
    options = first.err.strip().rpartition("To write the same output again, use: ")[2].split()
    report(filled, as_of=date(2020, 4, 3), percent=55, at=NOW.replace(hour=10))
    monkeypatch.setattr(Context, "now", lambda _context: NOW.replace(month=5))
    assert planner("weekly", *options).out_bytes == first.out_bytes
    assert planner("weekly", "--week", "2020-W14").out_bytes != first.out_bytes


def test_two_files_of_the_same_week_are_equal(planner, filled, tmp_path):
    for name in ("one.csv", "two.csv"):
        assert planner("weekly", "--week", "2020-W14", "-o", str(tmp_path / name)).exit_code == 0
    one, two = ((tmp_path / name).read_bytes() for name in ("one.csv", "two.csv"))
    assert one == two != b""


def test_without_a_week_it_is_this_one(planner, filled):
    assert {row["week"] for row in rows_of(planner("weekly").out_bytes)} == {"2020-W17"}
    assert {row["as_of"] for row in rows_of(planner("weekly").out_bytes)} == {"2020-04-20"}


def test_known_at_alone_gives_the_week_of_that_instant(planner, filled):
    rows = rows_of(planner("weekly", "--known-at", "2020-04-01").out_bytes)
    assert {(row["week"], row["as_of"]) for row in rows} == {("2020-W14", "2020-04-01")}


def test_a_byte_order_mark_goes_first(planner, filled, tmp_path):
    plain = planner("weekly", "--week", "2020-W14")
    marked = planner("weekly", "--week", "2020-W14", "--bom", "-o", str(tmp_path / "week.csv"))
    assert marked.exit_code == 0
    assert (tmp_path / "week.csv").read_bytes() == BOM + plain.out_bytes
    # The file of another style is this program's, so it may be replaced.
    comma = planner("weekly", "--week", "2020-W14", "--decimal-comma", "-o", str(tmp_path / "week.csv"))
    assert (comma.exit_code, b";current_due;" in (tmp_path / "week.csv").read_bytes()) == (0, True)
    assert planner("weekly", "--week", "2020-W14", "-o", str(tmp_path / "week.csv")).exit_code == 0


def test_json_holds_the_same_rows(planner, filled, tmp_path):
    report(filled, as_of=date(2020, 4, 2), percent=20, done="=1+1")
    done = planner("weekly", "--week", "2020-W14", "--format", "json", "-o", str(tmp_path / "week.json"))
    assert done.exit_code == 0
    document = json.loads((tmp_path / "week.json").read_bytes())
    assert (document["kind"], document["version"], document["simulated"]) == ("planner-weekly", 1, False)
    found = document["weekly"]
    assert (found["week"], found["as_of"], found["known_at"]) == (
        "2020-W14",
        "2020-04-05",
        "2020-04-20T09:30:15Z",
    )
    from_csv = rows_of(planner("weekly", "--week", "2020-W14").out_bytes)
    assert [list(row) for row in found["rows"]] == [list(row) for row in from_csv]
    first, second = found["rows"][0], found["rows"][1]
    assert (first["percent"], first["done"], first["mandate_clauses"]) == (20.0, "=1+1", ["old:duty-1", "new:duty-1"])
    assert (second["done"], second["confidence"]) == (None, None)
    assert from_csv[0]["done"] == "'=1+1"


def test_json_has_no_byte_order_mark(planner, filled):
    done = planner("weekly", "--bom", "--format", "json")
    assert (done.exit_code, done.out) == (3, "")
    assert "--bom" in done.err


@pytest.mark.parametrize("week", ["2020-14", "W00", "2020-W00", "2020-W54", "2021-W53", "soon"])
def test_a_week_that_is_none_is_told(planner, filled, week):
    done = planner("weekly", "--week", week)
    assert (done.exit_code, done.out) == (3, "")
    assert f"'{week}' is not a week" in done.err
    assert "2020-W14" in done.err


@pytest.mark.parametrize(("week", "code"), [("2019-W52", 3), ("2020-W18", 12), ("2199-W51", 12)])
def test_a_week_out_of_reach_is_told(planner, filled, week, code):
    done = planner("weekly", "--week", week)
    assert (done.exit_code, done.out) == (code, "")
    assert done.err.startswith(f"planner: --week: {week} ")


@pytest.mark.parametrize(
    ("instant", "code"), [("soon", 3), ("2020-04-20", 12), ("2019-12-31", 12), ("2020-04-20T09:30:16Z", 12)]
)
def test_an_instant_out_of_reach_is_told(planner, filled, instant, code):
    done = planner("weekly", "--week", "2020-W01", "--known-at", instant)
    assert (done.exit_code, done.out) == (code, "")
    assert "--known-at" in done.err


@pytest.mark.parametrize("output", ["csv", "json"])
def test_in_a_folder_it_has_the_week_s_own_name(planner, filled, tmp_path, output):
    (tmp_path / "out").mkdir()
    file = tmp_path / "out" / f"harbour-2020-2020-W14.{output}"
    done = planner("weekly", "--week", "2020-W14", "--format", output, "-o", str(tmp_path / "out"))
    assert f"Wrote 5 rows to {file}: " in done.err
    assert file.read_bytes() == planner("weekly", "--week", "2020-W14", "--format", output).out_bytes


def test_missing_folders_are_made_and_a_name_with_a_stroke_at_its_end_is_a_folder(planner, filled, tmp_path):
    done = planner("weekly", "-o", str(tmp_path / "missing" / "week.csv"))
    assert (done.exit_code, (tmp_path / "missing" / "week.csv").exists()) == (0, True)
    done = planner("weekly", "--week", "2020-W14", "-o", f"{tmp_path}/new/")
    assert (done.exit_code, (tmp_path / "new" / "harbour-2020-2020-W14.csv").exists()) == (0, True)


def test_a_refused_week_leaves_the_file_as_it_was(planner, filled, tmp_path):
    (tmp_path / "week.csv").write_bytes(b"last week's")
    assert planner("weekly", "--week", "2020-W40", "-o", str(tmp_path / "week.csv")).exit_code == 12
    assert (tmp_path / "week.csv").read_bytes() == b"last week's"


def test_nothing_is_left_but_the_file_and_what_describes_it(planner, filled, tmp_path):
    (tmp_path / "out").mkdir()
    planner("weekly", "--section", "milestones", "-o", str(tmp_path / "out" / "week.csv"))
    written = {entry.name: entry.read_bytes() for entry in (tmp_path / "out").iterdir()}
    assert set(written) == {"week.csv", "week.schema.json", "week.csv-metadata.json"}
    header = written["week.csv"].decode().split("\r\n")[0].split(",")
    assert [field["name"] for field in json.loads(written["week.schema.json"])["fields"]] == header
    assert json.loads(written["week.csv-metadata.json"])["url"] == "week.csv"


def test_without_a_database_it_says_what_to_do(planner):
    done = planner("weekly")
    assert (done.exit_code, done.out) == (6, "")
    assert "planner init" in done.err


def test_the_last_day_of_a_week_is_the_plan_s(planner, filled, monkeypatch):
    monkeypatch.setattr(Context, "now", lambda _context: noon(date(2020, 4, 5)).replace(hour=16))
    assert {row["week"] for row in rows_of(planner("weekly").out_bytes)} == {"2020-W15"}


def test_an_output_that_takes_no_more_is_told(filled):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "planner", "weekly"], stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert done.returncode == 11
    assert done.stderr == "planner: standard output: no space left on device. Try another file or disk.\n"

"""planner sheets out, as typed."""

from datetime import date
from zipfile import ZipFile

import openpyxl
import pytest

from planner.base.errors import NOTHING_TO_REPORT, FileTroubleError, NotAllowedError
from planner.base.pseudo_language import pseudo
from planner.cli.context import Context
from planner.domain.vocabulary import Phase
from tests.factories import ended, noon

FILE = "harbour-2020-2020-W14-status-harbour-office.xlsx"


@pytest.fixture(autouse=True)
def _now(monkeypatch, filled):
    monkeypatch.setattr(Context, "now", lambda _self: noon(date(2020, 4, 2)))


def test_a_sheet_for_each_organisation_and_how_to_write_it_again(planner, tmp_path):
    done = planner("sheets", "out", "--all", "-o", str(tmp_path / "out"))
    assert done.exit_code == 0, done.err
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == [
        FILE, "harbour-2020-2020-W14-status-town-archive.xlsx",
    ]  # fmt: skip
    assert f"Wrote 2 status sheets with 5 items to {tmp_path / 'out'}. Nothing was sent." in done.err
    options = done.err.strip().rpartition("use: ")[2].split()
    content = (tmp_path / "out" / FILE).read_bytes()
    assert (
        planner(
            "sheets", "out", "--org", "archive", "--org", "Harbour", *options, "-o", str(tmp_path / "out")
        ).exit_code
        == 0
    )
    assert (tmp_path / "out" / FILE).read_bytes() == content


def test_a_sheet_that_somebody_filled_in_is_not_overwritten(planner, tmp_path):
    arguments = ("sheets", "out", "--org", "harbour-office", "-o", str(tmp_path / "out"))
    planner(*arguments)
    file = tmp_path / "out" / FILE
    book = openpyxl.load_workbook(file)
    book.save(file)
    assert planner(*arguments).exit_code == FileTroubleError.exit_code
    # The other organisations get theirs.
    done = planner("sheets", "out", "--all", "-o", str(tmp_path / "out"))
    assert done.exit_code == FileTroubleError.exit_code
    assert "Wrote 1 status sheet with 1 item" in done.err
    assert f"because somebody may have filled in the earlier one: {FILE}. Take the entries back first" in done.err
    assert (tmp_path / "out" / "harbour-2020-2020-W14-status-town-archive.xlsx").exists()
    assert planner(*arguments, "--replace").exit_code == 0


def test_either_organisations_or_all_of_them_are_named_and_a_week_that_has_begun(planner, tmp_path):
    folder = ("-o", str(tmp_path / "out"))
    assert planner("sheets", "out", *folder).exit_code == 2
    assert planner("sheets", "out", "--all", "--org", "harbour-office", *folder).exit_code == 2
    assert planner("sheets", "out", "--all", "--week", "2020-W15", *folder).exit_code == 12
    assert not (tmp_path / "out").exists()


def test_an_organisation_without_an_open_item_gets_no_sheet_and_the_others_do(planner, filled, tmp_path):
    ended(filled, "T-003", Phase.CANCELLED)
    folder = ("-o", str(tmp_path / "out"))
    done = planner("sheets", "out", "--org", "town-archive", *folder)
    assert done.exit_code == NOTHING_TO_REPORT
    assert done.err == "No sheet for town-archive: it leads no open item in 2020-W14.\nNo sheet was written.\n"
    assert not (tmp_path / "out").exists()
    done = planner("sheets", "out", "--org", "town-archive", "--org", "harbour-office", *folder)
    assert (done.exit_code, done.err.splitlines()[0]) == (
        0, "No sheet for town-archive: it leads no open item in 2020-W14.",
    )  # fmt: skip
    assert [file.name for file in (tmp_path / "out").iterdir()] == [FILE]


def test_an_organisation_that_has_ended_gets_no_sheet(planner, tmp_path):
    planner("organisation", "dissolve", "town-archive", "--lead", "harbour-office", "--reason", "Moved.")
    done = planner("sheets", "out", "--org", "town-archive", "-o", str(tmp_path / "out"))
    assert done.exit_code == NOTHING_TO_REPORT
    assert done.err.startswith("No sheet for town-archive: Town Archive was dissolved as of 2020-04-02.\n")


def test_a_closed_plan_has_no_sheets_but_earlier_ones_can_be_written_again(planner, tmp_path):
    folder = ("-o", str(tmp_path / "out"))
    options = planner("sheets", "out", "--all", *folder).err.strip().rpartition("use: ")[2].split()
    assert planner("plan", "close", "harbour-2020", "--reason", "The year is over.").exit_code == 0
    done = planner("sheets", "out", "--all", *folder)
    assert done.exit_code == NotAllowedError.exit_code
    assert "closed this plan on 2020-04-02 (The year is over.), so it can only be read" in done.err
    assert planner("sheets", "out", "--all", *folder, *options).exit_code == 0


def test_the_sheet_is_in_the_language_that_is_named(planner, tmp_path):
    planner("sheets", "out", "--all", "--language", "en-XA", "-o", str(tmp_path / "out"))
    assert pseudo("Reports").strip("[]") in openpyxl.load_workbook(tmp_path / "out" / FILE).sheetnames


def test_sheets_in_several_languages_have_options_for_each_to_write_them_again(planner, tmp_path):
    folder = ("-o", str(tmp_path / "out"))
    planner("organisation", "edit", "town-archive", "--language", "ar", "--reason", "Asked.")
    planner("organisation", "add", "port", "--name", "Port Office")
    lines = planner("sheets", "out", "--all", *folder).err.splitlines()
    assert lines[0] == "No sheet for 1 organisation that leads no open item in 2020-W14: port."
    contents = {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()}
    options = [line.rpartition("use: ")[2].split() for line in lines if "To write the same files again" in line]
    assert [(some[:2], some[-2:]) for some in options] == [
        (["--org", "harbour-office"], ["--language", "en"]),
        (["--org", "town-archive"], ["--language", "ar"]),
    ]
    planner("organisation", "edit", "town-archive", "--language", "ko", "--reason", "Asked.")
    for some in options:
        assert planner("sheets", "out", *some, *folder, "--replace").exit_code == 0
    assert {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()} == contents


def test_the_addresses_of_each_sheet_are_named_and_who_has_none(planner, tmp_path):
    addresses = "a@port.example, b@port.example"
    planner("organisation", "edit", "harbour-office", "--address", addresses, "--reason", "Asked.")
    done = planner("sheets", "out", "--all", "-o", str(tmp_path / "out"))
    lines = done.err.splitlines()
    assert lines[1:5] == [
        f"  {FILE}, for {addresses}",
        "  harbour-2020-2020-W14-status-town-archive.xlsx",
        "1 organisation has no mail address: town-archive.",
        "To add one, use 'planner organisation edit ORG --address TEXT --reason TEXT'.",
    ]
    assert b"port.example" not in b"".join(texts_of(tmp_path / "out" / FILE))


def texts_of(file):
    """The parts of a workbook, unpacked."""
    with ZipFile(file) as parts:
        return [parts.read(name) for name in parts.namelist()]

"""planner sources list, attach and verify, as people and programs see them."""

import json
from pathlib import Path

import pytest

from tests.factories import write_documents


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_documents(tmp_path / "texts")


@pytest.mark.usefixtures("filled")
def test_the_list_says_where_texts_can_be_had_and_how_to_attach_them(planner):
    result = planner("sources", "list")
    assert result.exit_code == 0
    assert "old-duties-en (en)" in result.out
    assert "3 clauses" in result.out
    assert result.out.count("not attached") == 5
    assert "Published by Harbour Town" in result.out
    assert "planner sources attach" in result.out
    verified = planner("sources", "verify")
    assert (verified.exit_code, verified.out.splitlines()[0]) == (0, "No document is attached, so nothing was checked.")


@pytest.mark.usefixtures("filled")
def test_attaching_a_folder_says_what_was_verified(planner, folder: Path):
    (folder / "README.txt").write_text("notes", encoding="utf-8")
    result = planner("sources", "attach", str(folder))
    assert result.exit_code == 0, result.err
    assert "Recognised 4 documents. Verified: 11 of 11 clauses (4 + 4 + 3), 5 of 5 measures" in result.out
    assert "2 themes found by their printed numbers. Their positions match the citations" in result.out
    assert "Skipped README.txt: a note to its readers." in result.out
    assert "old-duties-en.txt: identical to the cited file, attached by" in planner("sources", "list").out


@pytest.mark.usefixtures("filled")
def test_attaching_again_says_that_nothing_was_changed(planner, folder: Path):
    planner("sources", "attach", str(folder))
    again = planner("sources", "attach", str(folder / "plan-ko.txt"))
    assert again.exit_code == 0
    assert "This copy was already attached. Nothing was changed." in again.out


@pytest.mark.usefixtures("filled")
def test_a_copy_that_differs_is_told_and_verified_as_differing(planner, folder: Path):
    file = folder / "old-duties-en.txt"
    file.write_text(file.read_text("utf-8").replace("herring", "ferry") + "\nFoot of the page\n", encoding="utf-8")
    result = planner("sources", "attach", str(file))
    assert result.exit_code == 10
    assert "! clauses that differ: duty-3" in result.out
    assert "old-duties-en.txt (old-duties-en): citations that differ: 1, missing: 0" in result.err
    verified = planner("sources", "verify")
    assert verified.exit_code == 10
    assert "! clauses that differ: duty-3" in verified.out
    assert "No document is attached" not in verified.out
    assert "Not attached, so not checked: new-duties-en, new-duties-ar, plan-ko" in verified.out


@pytest.mark.usefixtures("filled")
def test_verifying_true_copies(planner, folder: Path):
    planner("sources", "attach", str(folder))
    result = planner("sources", "verify")
    assert result.exit_code == 0
    assert "Checked 4 documents. Verified: 11 of 11 clauses" in result.out
    assert "Not attached" not in result.out


@pytest.mark.usefixtures("filled")
def test_verifying_nothing_says_that_nothing_was_checked(planner):
    result = planner("sources", "verify")
    assert result.exit_code == 0
    assert "not checked: old-duties-en, new-duties-en, new-duties-ar, plan-ko" in result.out


@pytest.mark.usefixtures("filled")
def test_an_unknown_file_is_told_so_and_nothing_is_attached(planner, folder: Path, tmp_path: Path):
    stranger = tmp_path / "stranger.txt"
    stranger.write_text("1. Boil the fish.\n", encoding="utf-8")
    result = planner("sources", "attach", str(folder), str(stranger))
    assert result.exit_code == 10
    assert f"{stranger}: the register does not cite this document. It cites old-duties-en," in result.err
    assert result.out == ""
    assert "4 of 4 documents are not attached" in planner("sources", "list").out


@pytest.mark.usefixtures("filled")
def test_a_missing_path_and_an_unreadable_file_have_their_own_errors(planner, tmp_path: Path):
    missing = planner("sources", "attach", str(tmp_path / "nowhere"))
    assert (missing.exit_code, missing.out) == (11, "")
    assert "there is no such file or folder" in missing.err
    binary = tmp_path / "a.bin"
    binary.write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    refused = planner("sources", "attach", str(binary))
    assert refused.exit_code == 10
    assert "not text in UTF-8" in refused.err


def test_without_a_database_it_says_what_to_do(planner, folder: Path):
    result = planner("sources", "attach", str(folder))
    assert result.exit_code == 6
    assert "planner init" in result.err


@pytest.mark.usefixtures("filled")
def test_names_of_files_are_shown_as_they_are(planner, folder: Path):
    odd = folder / "odd [red] x [].txt"
    (folder / "plan-ko.txt").rename(odd)
    assert odd.name in planner("sources", "attach", str(odd)).out
    assert odd.name in planner("sources", "list").out


@pytest.mark.usefixtures("filled")
def test_json_of_all_three(planner, folder: Path):
    attached = json.loads(planner("sources", "attach", str(folder), "--format", "json").out)
    assert attached["kind"] == "planner-attached"
    reports = {one["report"]["document"]: one["report"] for one in attached["attached"]["copies"]}
    assert reports["new-duties-ar"]["clauses"] == {"total": 4, "verified": 4, "differing": [], "missing": []}
    listed = json.loads(planner("sources", "list", "--format", "json").out)
    assert listed["kind"] == "planner-sources"
    assert [document["key"] for document in listed["sources"]] == [
        "old-duties-en",
        "new-duties-en",
        "new-duties-ar",
        "plan-ko",
    ]
    assert listed["sources"][0]["copies"][0]["identical"] is True
    verified = json.loads(planner("sources", "verify", "--format", "json").out)
    assert verified["kind"] == "planner-verified"
    assert [copy["contradictions"] for copy in verified["verified"]["copies"]] == [[], [], [], []]
    assert verified["verified"]["not_attached"] == []

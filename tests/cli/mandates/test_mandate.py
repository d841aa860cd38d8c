"""planner mandate, as typed: from a file to a version of the register, and every way in which that is refused."""

import json
from pathlib import Path

import pytest

from tests.factories import write_documents
from tests.mandates.factories import NEXT_DUTIES

REFUSED = [
    (["add", "{file}", "--key", "next"], 5, "--key: there is already a proposal 'next'."),
    (["add", "{file}", "--key", "other"], 10, "next.txt: this file is already a document of the register: next-en."),
    (["add", "{file}x", "--key", "other"], 11, "there is no such file or folder"),
    (["add", "{folder}", "--key", "other"], 11, "this is a folder"),
    (["add", "{file}", "--key", "other", "--in-force-from", "soon"], 3, "--in-force-from: 'soon' is not a date"),
    (["add", "{file}", "--key", "other", "--numbering", "letters"], 2, "'letters' is not one of"),
    (["show", "nosuch"], 4, "KEY: no proposal is called 'nosuch'. The only possible value is next."),
    (["review", "next", "duty-9", "--accept"], 4, "CLAUSE: the proposal next has no clause 'duty-9'."),
    (["review", "next", "duty-2", "--accept"], 3, "duty-2: this clause has no restatement yet."),
    (["review", "next", "duty-2", "--reject"], 3, "--reason: text is required."),
    (["review", "next", "duty-2", "--accept", "--reject"], 2, "Give exactly one decision"),
    (["review", "next", "duty-2", "--row", "1", "--accept"], 2, "Give a clause or --row, not both."),
    (["review", "next", "duty-2", "--lineage", "new"], 2, "A clause has no lineage or relation"),
    (["review", "next", "--row", "1", "--restate", "x"], 2, "A row cannot be restated"),
    (["review", "next", "--row", "99", "--accept"], 4, "--row: the proposal next has no row 99."),
    (["review", "next", "--accept"], 2, "These options need a clause or --row"),
    (["review", "nosuch"], 4, "no proposal is called 'nosuch'"),
    (["adopt", "next", "--reason", " "], 3, "--reason: text is required."),
]

DECIDED = {
    "duty-1": ["--accept"],
    **{key: ["--restate", f"Own words on {key}."] for key in ("duty-2", "duty-3", "duty-4", "duty-4.1", "duty-4.2")},
}


@pytest.fixture
def file(planner, filled, tmp_path: Path) -> Path:
    """The next duties in a file; the text that they are compared with is attached."""
    planner("sources", "attach", str(write_documents(tmp_path / "texts")))
    path = tmp_path / "next.txt"
    path.write_text(NEXT_DUTIES, encoding="utf-8")
    return path


@pytest.fixture
def draft(planner, file: Path) -> Path:
    """They are drafted."""
    result = planner("mandate", "add", str(file), "--key", "next")
    assert result.exit_code == 0, result.err
    return file


def test_going_back_leads_from_the_reason_to_the_decision(planner, draft: Path, answered):
    answered("<", "r", "<", "Keeps the quays.", "q")
    out = planner("mandate", "review", "next").out
    assert "This is the first question here." in out
    assert "Recorded." in out
    (clause, *_) = content(planner, "mandate", "show", "next")["clauses"]
    assert (clause["state"], clause["restatement"]) == ("changed", "Keeps the quays.")


def test_questions_about_rows_are_announced_only_if_there_are_rows(planner, filled, tmp_path: Path, answered):
    path = tmp_path / "next.txt"
    path.write_text(NEXT_DUTIES, encoding="utf-8")
    planner("mandate", "add", str(path), "--key", "next")
    answered(*["s"] * 6)
    out = planner("mandate", "review", "next").out
    assert "Restate each clause" in out
    assert "Decide the following" in out
    assert "For each row" not in out
    assert "The crosswalk from old to next has no rows." in planner("mandate", "show", "next").out


def content(planner, kind: str, *arguments: str):
    result = planner("mandate", *arguments, "--format", "json")
    assert result.exit_code == 0, result.err
    said = json.loads(result.out)
    assert said["kind"] == f"planner-{kind}"
    return said[kind]


def test_a_dry_run_shows_what_would_be_proposed_and_writes_nothing(planner, file: Path):
    result = planner("mandate", "add", str(file), "--key", "next", "--dry-run")
    assert result.exit_code == 0, result.err
    assert "Language en, recognised by its words; to correct it, give --language" in result.out
    assert "Numbering arabic-dot-paren, recognised by the program" in result.out
    assert "duty-4.1  (1) in summer, off the north pier." in result.out
    assert "duty-1 → duty-1: moved-to, equal-to, similarity 1.00" in result.out
    assert "nothing → duty-4: new, no-relationship" in result.out
    assert result.out.endswith("Nothing was recorded.\n")
    assert "There are no proposals yet" in planner("mandate", "drafts").out
    said = content(planner, "proposal", "add", str(file), "--key", "next", "--dry-run")
    assert (said["recorded"], said["recognised"], len(said["rows"])) == (False, ["language", "numbering"], 7)


def test_it_is_told_and_asked_which_of_several_series_is_drafted(planner, file: Path, answered, monkeypatch):
    file.write_text(f"{NEXT_DUTIES}Departments\n1. The office of quays.\n2. The office of rooms.\n", encoding="utf-8")
    add = ("mandate", "add", str(file), "--key", "next", "--dry-run")
    out = planner(*add).out
    series = "  Series 1 of 2 is used because it is the longest; to choose another, give --series\n"
    assert f"{series}    1: 4 clauses, beginning with '1. " in out
    assert "    2: 2 clauses, beginning with '1. The office of quays.'\n" in out
    assert "  Series 2 of 2 is used, as you chose\n" in planner(*add, "--series", "2").out
    said = content(planner, "proposal", *add[1:])["series"]
    assert [(one["clauses"], one["drafted"]) for one in said] == [(4, True), (2, False)]
    for typed, drafted in (("2", 2), ("", 1)):
        answered(typed)
        monkeypatch.setattr("sys.stdin.isatty", lambda: True)
        out = planner(*add).out
        assert "Which series do you want to use? Press Enter for 1" in out
        assert f"  Series {drafted} of 2 is used, as you chose\n" in out
    answered("two")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    assert "--series: 'two' is not a number of 1 or more" in planner(*add).err


def test_a_draft_is_listed_and_shown_with_its_words_and_its_marks(planner, draft: Path):
    assert "○ open next, after old (en): next (no title given)" in planner("mandate", "drafts").out
    shown = planner("mandate", "show", "next").out
    assert "duty-4.1  (1)  ? machine-made\n    │ in summer, off the north pier.\n  Not restated yet.\n" in shown
    assert "row 2  ? machine-made  duty-2 → duty-2: split-into, intersects-with, similarity 0." in shown
    assert "Decide the following before you adopt the proposal:" in shown
    said = content(planner, "mandate", "show", "next")
    assert (said["state"], said["machine_made_clauses"], said["gaps"]) == ("open", 6, {"earlier": [], "later": []})
    assert said["clauses"][0]["citation"]["text"] == "Keeps the quays and the harbour lights in good order."
    assert [row["number"] for row in said["rows"]] == list(range(1, 8))
    assert [one["key"] for one in content(planner, "mandates", "drafts")] == ["next"]
    assert "6 proposed clauses" in planner("sources", "list").out


def test_from_the_draft_to_a_version_decision_by_decision(planner, draft: Path):
    refused = planner("mandate", "adopt", "next", "--reason", "Decided.")
    assert (refused.exit_code, "some decisions are missing: machine-made clauses" in refused.err) == (5, True)
    for clause, decision in DECIDED.items():
        assert planner("mandate", "review", "next", clause, *decision).exit_code == 0
    assert planner("mandate", "review", "next", "--row", "1", "--accept").exit_code == 0
    relation = ["--relation", "superset-of", "--reason", "Sundays are more."]
    changed = content(planner, "mandate", "review", "next", "--row", "2", *relation)
    assert (changed["rows"][1]["state"], changed["rows"][1]["rationale"]) == ("changed", "Sundays are more.")
    for number in ("4", "5", "6"):
        assert planner("mandate", "review", "next", "--row", number, "--accept").exit_code == 0
    out = planner("mandate", "review", "next", "--row", "3", "--reject", "--reason", "It is new.").out
    assert "the lineage of row 2 (duty-2 → duty-2) is split-into, but no other row has the earlier clause duty-2" in out
    moved = ["--lineage", "moved-to", "--reason", "Kept in part."]
    assert planner("mandate", "review", "next", "--row", "2", *moved).exit_code == 0
    assert planner("mandate", "review", "next", "--row", "7", "--reject", "--reason", "Not by itself.").exit_code == 0
    new = ["--lineage", "new", "--relation", "no-relationship", "--reason", "With its heading."]
    assert "already" in planner("mandate", "row", "next", "--to", "duty-4.2", *new).err
    assert planner("mandate", "review", "next", "--row", "7", "--accept").exit_code == 0
    assert planner("mandate", "review", "next", "--row", "8", "--accept").exit_code == 0
    adopted = planner("mandate", "adopt", "next", "--reason", "Decided.", "--title", "Duties from 2021")
    assert adopted.exit_code == 0, adopted.err
    assert "next is now a mandate version." in adopted.out
    assert "next: Duties from 2021" in planner("clauses", "--mandate", "next").out
    assert "in summer, off the north pier." in planner("trace", "next:duty-4.1").out
    assert "old, in force when the plan was made" in planner("clauses").out
    assert "✓ adopted next" in planner("mandate", "drafts").out
    assert "adopt-draft" in planner("log").out


def test_going_through_a_draft_by_questions(planner, draft: Path, answered):
    clauses = ["", "s", "Open on Sundays.", "r", "", "r", "A heading.", "Summer.", "Winter."]
    rows = ["x", "a", "c", "moved", "nonsense", "superset", "Kept in part.", "q"]
    answered(*clauses, *rows)
    result = planner("mandate", "review", "next")
    assert result.exit_code == 0, result.err
    assert "Keeps the quays and the harbour lights in good order.\n  Restatement: Quays and lights are maintained." in (
        result.out
    )
    assert "reason: text is required. Type a few words." in result.out
    assert "'x' is not one of the possible answers. Type a, c, r, s or q." in result.out
    assert "'nonsense' is not one of the allowed words. Write one of these words: equal-to" in result.out
    assert "Ended. Your decisions so far are recorded." in result.out
    said = content(planner, "mandate", "show", "next")
    states = [clause["state"] for clause in said["clauses"]]
    assert states == ["accepted", "machine-made", "accepted", "rejected", "accepted", "accepted"]
    assert said["clauses"][0]["restatement"] == "Quays and lights are maintained."
    assert [(row["state"], row["lineage"], row["relation"]) for row in said["rows"][:2]] == [
        ("accepted", "moved-to", "equal-to"),
        ("changed", "moved-to", "superset-of"),
    ]
    assert said["left"][0] == "machine-made clauses to restate or reject: duty-2"


def test_a_draft_is_dropped_and_its_file_drafted_again(planner, draft: Path):
    assert "The proposal next was withdrawn." in planner("mandate", "drop", "next", "--reason", "A mistake.").out
    assert "× dropped next" in planner("mandate", "drafts").out
    assert planner("mandate", "add", str(draft), "--key", "next", "--title", "Again").exit_code == 0
    assert "○ open next, after old (en): Again" in planner("mandate", "drafts").out
    assert planner("sources", "verify").exit_code == 0


def test_data_is_never_markup_and_other_scripts_are_whole(planner, file: Path):
    file.write_text("1. Mend [/] the [old] quay.\n2. [bold]Count[/bold] boats at the 港口 مرفأ.\n", encoding="utf-8")
    title = "Odd [/] title 부두"
    result = planner("mandate", "add", str(file), "--key", "odd", "--title", title)
    assert result.exit_code == 0, result.err
    assert "1. Mend [/] the [old] quay." in result.out
    shown = planner("mandate", "show", "odd").out
    assert title in shown
    assert "    │ [bold]Count[/bold] boats at the 港口 مرفأ." in shown
    assert title in planner("mandate", "drafts").out


def test_what_cannot_be_is_told_in_one_message(planner, draft: Path):
    for arguments, code, told in REFUSED:
        filled_in = [part.format(file=draft, folder=draft.parent) for part in arguments]
        result = planner("mandate", *filled_in)
        assert (result.exit_code, result.out) == (code, ""), arguments
        assert told in result.err

"""planner import: the preview, the questions, the confirmation and the exit codes."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from planner.base.errors import NotAllowedError
from planner.store.database import Database
from planner.store.journal import last_event
from tests.cli.imports.terminal import Terminal, typed, written
from tests.command import run_command
from tests.factories import AUDITOR, report

OFFICE = """\
Code,Task,Lead organisation,Due
T-001,Mend all quays,Harbour Office,2020-06-30
KP-7,Sow a meadow behind the school,Parks Office,2020-09-30
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return written(tmp_path, OFFICE)


def position(database: Database) -> Any:
    with database.reading() as session:
        return last_event(session)


@pytest.mark.usefixtures("filled")
def test_the_preview_of_a_closed_plan_says_so_and_nothing_is_asked(
    planner: Any, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planner("plan", "close", "harbour-2020", "--reason", "It is over.")
    closed = "closed this plan on"
    preview = planner("import", str(file), "--preview")
    assert (preview.exit_code, closed in preview.out.splitlines()[1]) == (0, True)
    assert "'planner plan reopen harbour-2020'" in preview.out
    content = json.loads(planner("import", str(file), "--preview", "--format", "json").out)
    assert content["import"]["preview"]["closed"]["reason"] == "It is over."
    monkeypatch.setattr("sys.stdin", Terminal("y\n"))
    refused = planner("import", str(file))
    assert (refused.exit_code, "Import this into" in refused.err, closed in refused.err) == (5, False, True)


def test_preview_writes_nothing_and_says_what_would_be_done(filled: Database, planner: Any, file: Path) -> None:
    before = position(filled)

    result = planner("import", str(file), "--preview")

    assert result.exit_code == 0
    lines = result.out.splitlines()
    assert lines[:2] == [
        "Preview of the import of office.csv into Harbour Town work plan 2020",
        "1 new item, 1 changed, 1 new theme, 1 new organisation, 0 unchanged, 4 not in the files",
    ]
    assert "    title: Mend the quays (stated) → Mend all quays" in lines
    assert "  organisation Parks Office (parks-office)" in lines
    assert position(filled) == before


def test_an_auditor_can_look_at_an_import_and_only_the_write_is_refused(
    filled: Database, planner: Any, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = position(filled)
    monkeypatch.setattr("planner.cli.context.login", lambda: AUDITOR.name)
    preview = planner("import", str(file), "--preview")
    told = "gil is an auditor and may not import a register. Ask a manager or an administrator (ada, brook, root)."
    assert (preview.exit_code, preview.err) == (0, f"E{told}\n")
    assert "    title: Mend the quays (stated) → Mend all quays" in preview.out.splitlines()
    monkeypatch.setattr("sys.stdin", Terminal("y\n"))
    for given in ((), ("--yes",)):
        refused = planner("import", str(file), *given)
        assert (refused.exit_code, refused.err) == (NotAllowedError.exit_code, f"planner: e{told}\n")
    assert position(filled) == before


def test_import_needs_a_yes_and_is_then_done_once(filled: Database, planner: Any, file: Path) -> None:
    before = position(filled)
    refused = planner("import", str(file))
    assert (refused.exit_code, position(filled)) == (2, before)
    assert "Give --yes to import, or --preview to only look." in refused.err

    done, again = planner("import", str(file), "--yes"), planner("import", str(file), "--yes")

    written = "1 new item, 1 changed, 0 reports, 1 new theme, 1 new organisation"
    assert f"Imported: {written}. 'planner undo --import' takes the whole import back" in done.out
    assert again.out.endswith("There is nothing to import: the register already has all of this.\n")
    assert (done.exit_code, again.exit_code) == (0, 0)
    undone = planner("undo", "--import", "--yes")
    assert undone.out == "Undone: the import of office.csv; the organisations that it added stay: Parks Office.\n"
    assert planner("import", str(file), "--yes").exit_code == 0


def test_json_has_the_preview_and_what_was_imported(filled: Database, planner: Any, file: Path) -> None:
    document = json.loads(planner("import", str(file), "--yes", "--format", "json").out)

    assert document["kind"] == "planner-import"
    content = document["import"]
    assert content["imported"]["new"] == 1
    (new,) = content["preview"]["new"]
    assert (new["code"], new["facts"]["lead"], new["place"]["row"]) == ("KP-7", "parks-office", 3)
    (changed,) = content["preview"]["changed"]
    assert [(one["field"], one["old"], one["new"]) for one in changed["changes"]][:1] == [
        ("title", "Mend the quays", "Mend all quays")
    ]


def test_file_that_was_changed_after_its_preview_is_not_imported(
    filled: Database, planner: Any, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = position(filled)

    def change_and_confirm(*_: Any, **__: Any) -> bool:
        file.write_text(OFFICE.replace("Mend all quays", "Mend no quay"), encoding="utf-8")
        return True

    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("planner.cli.imports.run.confirm", change_and_confirm)

    result = planner("import", str(file))

    assert (result.exit_code, position(filled)) == (11, before)
    assert f"{file}: the file was changed after it was read, so nothing was imported." in result.err


def test_with_only_conflicts_the_register_does_not_have_all_of_it(
    filled: Database, planner: Any, tmp_path: Path
) -> None:
    report(filled, "T-001", percent=50)
    file = written(tmp_path, "Code,Task,Percent\nT-001,Mend the quays,60\n")
    assert planner("import", str(file), "--yes", "--as-of", "2020-05-04").exit_code == 0

    again = planner("import", str(file), "--yes", "--as-of", "2020-05-04")

    assert again.out.endswith("Nothing was imported: in all conflicts, the register keeps its value.\n")


LIKE = "Code,Task\nKP-7,Ask all schools for old charts\n"


def test_question_prevents_the_import_until_it_is_answered(filled: Database, planner: Any, tmp_path: Path) -> None:
    file, answers = written(tmp_path, LIKE), tmp_path / "answers.yaml"

    asked = planner("import", str(file), "--yes")

    assert asked.exit_code == 3
    assert (
        "Question: office.csv!A2 'KP-7': this item, 'Ask all schools for old charts', may be T-003 of the register"
        in asked.out
    )
    answers.write_text("office.csv!A2: T-003\n")
    for how in (["--answers", str(answers)], ["--match", "KP-7=T-003"], ["--match-likely"]):
        result = planner("import", str(file), "--preview", *how)
        assert (result.exit_code, "    code: T-003 → KP-7" in result.out.splitlines()) == (0, True)


def test_several_questions_about_same_items_name_the_option_that_answers_the_likely(
    filled: Database, planner: Any, tmp_path: Path
) -> None:
    file = written(tmp_path, f"{LIKE}KP-8,Train all the lighthouse keepers\n")

    asked = planner("import", str(file), "--preview")

    assert "Same items: 2 questions are whether an item is one of the register. --match-likely takes" in asked.out
    answered = planner("import", str(file), "--preview", "--match-likely")
    assert (answered.exit_code, "Same items" in answered.out) == (0, False)


def test_each_further_state_of_one_list_and_the_same_file_twice_are_one_error(
    filled: Database, planner: Any, tmp_path: Path
) -> None:
    text = "Code,Task,Percent\nT-001,Mend the quays,50\nT-002,Train the lighthouse keepers,50\nX-3,Sow,50\n"
    april, may = written(tmp_path, text, "april.csv"), written(tmp_path, text.replace("50", "60"), "may.csv")
    june = written(tmp_path, text.replace("50", "70"), "june.csv")
    copy = written(tmp_path, text, "copy.csv")

    months = planner("import", str(april), str(may), str(june), "--preview")
    twice = planner("import", str(april), str(copy), "--preview")

    assert months.out.count("Error: ") == 2
    for name in ("may.csv", "june.csv"):
        assert f"{name} (code): 3 codes of this file are also in april.csv, such as 'T-001'." in months.out
    assert "import one after the other" in months.out
    # So it is of a file with a single code of the older one.
    one = written(tmp_path, "Code,Task,Percent\nT-001,Mend the quays,60\n", "one.csv")
    assert "import one after the other" in planner("import", str(april), str(one), "--preview").out
    assert "copy.csv: this is the same file as april.csv. Give it once." in twice.err


def test_a_running_number_that_is_there_twice_is_one_error_and_no_note(
    filled: Database, planner: Any, tmp_path: Path
) -> None:
    file = written(tmp_path, "No.,Task\n1,Mend the quays\n2,Sow\n2,Train the keepers\n", "list.csv")

    found = planner("import", str(file), "--preview")

    assert "the code '2' is also in list.csv!A3" in found.out
    assert "has a running number" not in found.out


def test_questions_about_kinds_are_no_questions_about_same_items(
    filled: Database, planner: Any, tmp_path: Path
) -> None:
    file = written(tmp_path, "Code,Task,Kind\nKP-8,Sow a meadow,tassk\nKP-9,Mow a lawn,key projekt\n")

    asked = planner("import", str(file), "--preview")

    assert asked.out.count("Question: ") == 2
    assert "Same items" not in asked.out


def test_same_file_asks_nothing_again_until_its_import_is_undone(
    filled: Database, planner: Any, tmp_path: Path
) -> None:
    file, answers = written(tmp_path, "Code,Task,Due\nX-1,Sow a meadow,6月前\n"), tmp_path / "answers.yaml"
    answers.write_text("office.csv!C2: 2020-05-31\n")
    assert planner("import", str(file), "--yes", "--answers", str(answers)).exit_code == 0
    before = position(filled)

    # Also under another name, and with the same answers once more.
    renamed = file.rename(tmp_path / "office (1).csv")
    again = planner("import", str(renamed), "--yes")
    file.write_bytes(renamed.read_bytes())
    with_answers = planner("import", str(file), "--yes", "--answers", str(answers))

    assert (again.exit_code, position(filled)) == (0, before)
    assert "Note: answers: 1 answer from an earlier import of the same file counts." in again.out
    assert "There is nothing to import" in again.out
    assert (with_answers.exit_code, "Note: answers" in with_answers.out) == (0, False)
    # The same cell of another file can have another value.
    file.write_text("Code,Task,Due\nX-1,Sow a meadow,7月前\n", encoding="utf-8")
    assert planner("import", str(file), "--yes").exit_code == 3
    assert planner("undo", "--yes").exit_code == 0
    assert planner("import", str(renamed), "--yes").exit_code == 3


def test_file_of_answers_has_each_question_and_conflict_and_can_be_given_back(
    filled: Database, planner: Any, tmp_path: Path
) -> None:
    report(filled, "T-001", percent=50, next="Ask the divers")
    text = "Code,Task,Percent,Due\nT-001,Mend the quays,60,\nKP-7,Ask all schools for old charts,,6月前\n"
    file, answers = written(tmp_path, text), tmp_path / "answers.yaml"

    result = planner("import", str(file), "--as-of", "2020-05-04", "--write-answers", str(answers))

    assert result.exit_code == 0
    assert f"Wrote the questions to {answers}. Fill it in, and give it with --answers." in result.err
    lines = answers.read_text().splitlines()
    keys = [line for line in lines if line.startswith('"')]
    assert keys == ['"office.csv!D3 due": "ANSWER"', '"office.csv!A3": "ANSWER"', '"T-001 percent": "register"']
    assert any(
        line.startswith("# Question: office.csv!A3 'KP-7': this item, 'Ask all schools for old charts', may be T-003")
        for line in lines
    )
    # As it was written, it decides nothing.
    as_it_is = planner("import", str(file), "--as-of", "2020-05-04", "--preview", "--answers", str(answers))
    assert "2 questions, 1 conflict" in as_it_is.out
    assert "Note:" not in as_it_is.out
    answers.write_text(
        answers.read_text()
        .replace('due": "ANSWER"', 'due": 2020-06-30')
        .replace('A3": "ANSWER"', 'A3": new')
        .replace('percent": "register"', 'percent": file')
    )
    done = planner("import", str(file), "--as-of", "2020-05-04", "--preview", "--answers", str(answers))
    assert (done.exit_code, "1 new item, 1 changed" in done.out) == (0, True)
    again = planner("import", str(file), "--as-of", "2020-05-04", "--write-answers", str(answers))
    assert (again.exit_code, "2020-06-30" in answers.read_text()) == (11, True)


def test_errors_are_named_when_the_file_of_answers_is_written(filled: Database, planner: Any, tmp_path: Path) -> None:
    file, answers = written(tmp_path, "Code,Task\nX-1,Sow\nX-1,Mow\n"), tmp_path / "answers.yaml"

    result = planner("import", str(file), "--write-answers", str(answers))

    assert (result.exit_code, answers.exists()) == (3, True)
    assert "Error: office.csv!A" in result.err


def test_file_of_answers_names_files_whose_names_are_no_text(filled: Database, planner: Any, tmp_path: Path) -> None:
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/plan \xff\n'\".csv"))
    file.write_text(LIKE, encoding="utf-8")
    answers = tmp_path / "answers.yaml"

    assert planner("import", str(file), "--write-answers", str(answers)).exit_code == 0

    answers.write_text(answers.read_text().replace('": "ANSWER"', '": T-003'))
    done = planner("import", str(file), "--preview", "--answers", str(answers))
    assert (done.exit_code, "code: T-003 → KP-7" in done.out) == (0, True)


def test_working_titles_that_the_files_do_not_have_leave_with_the_option(
    filled: Database, planner: Any, file: Path
) -> None:
    shown = planner("import", str(file), "--preview").out
    assert "Working titles: --remove-working takes those that are not in the files out of the plan." in shown

    done = planner("import", str(file), "--yes", "--remove-working", "--format", "json")

    content = json.loads(done.out)["import"]
    assert (content["preview"]["removable"], content["imported"]["removed"]) == (0, 4)
    gone = content["preview"]["removed"][0]
    assert planner("show", gone["code"]).exit_code != 0
    planner("undo", "--import", "--yes")
    assert gone["title"] in planner("show", gone["code"]).out


def test_next_steps_and_json_say_what_can_be_answered(filled: Database, planner: Any, tmp_path: Path) -> None:
    report(filled, "T-001", percent=50)
    file = written(tmp_path, "Code,Task,Percent\nT-001,Mend the quays,60\n" + LIKE.splitlines()[1] + ",\n")

    shown = planner("import", str(file), "--as-of", "2020-05-04", "--preview").out
    document = json.loads(planner("import", str(file), "--as-of", "2020-05-04", "--preview", "--format", "json").out)

    assert "Conflicts: --take-file takes the files' values in all of them. The answer 'T-001 percent: file'" in shown
    assert "Reports: --as-of DATE says for which day the state of items in the files is true." in shown
    assert [(one["key"], one["choices"], one["answer"]) for one in document["import"]["answers"]] == [
        ("office.csv!A3", ["T-003", "new"], None),
        ("T-001 percent", ["file", "register"], "register"),
    ]


@pytest.mark.parametrize(("lines", "imported"), [(["1", "y"], True), (["T-003", "n"], False)])
def test_questions_are_asked_in_a_terminal(
    filled: Database, planner: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines: list[str], imported: bool
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal("".join(f"{line}\n" for line in lines)))

    result = planner("import", str(written(tmp_path, LIKE)))

    assert result.exit_code == 0
    assert "Import this into Harbour Town work plan 2020?" in result.out + result.err
    assert ("Imported: 0 new items, 1 changed" in result.out, "Nothing was imported." in result.err) == (
        imported,
        not imported,
    )


def test_nothing_is_asked_while_the_files_have_errors(
    filled: Database, planner: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch)
    file = written(tmp_path, f"{LIKE.splitlines()[0]},Due\nKP-8,,\nKP-7,Ask all schools for old charts,6月前\n")

    result = planner("import", str(file))

    assert (result.exit_code, "Your answer" in result.out + result.err) == (3, False)
    assert "1 error, 2 questions" in result.out


def test_mapping_says_what_a_column_is_and_is_kept(filled: Database, planner: Any, tmp_path: Path) -> None:
    file, mapping = written(tmp_path, "Code,Zork\nT-001,Mend all quays\n"), tmp_path / "columns.yaml"
    mapping.write_text("Zork: title\n")

    assert planner("import", str(file), "--yes", "--mapping", str(mapping)).exit_code == 0

    written(tmp_path, "Code,Zork\nT-001,Mend every quay\n")
    assert "→ Mend every quay" in planner("import", str(file), "--preview").out


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("- a list\n", "is not a list of names and values"),
        ("Zork: [title]\n", "is not a list of names and values"),
        ("a: b: c", "neither YAML nor JSON"),
        ("Zork: colour\n", "'colour' is not a field"),
    ],
)
def test_bad_mapping_is_refused(
    filled: Database, planner: Any, file: Path, tmp_path: Path, content: str, words: str
) -> None:
    mapping = tmp_path / "columns.yaml"
    mapping.write_text(content)

    result = planner("import", str(file), "--mapping", str(mapping))

    assert (result.exit_code, words in result.err) == (3, True)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--match", "KP-7"], 3),
        (["--sheet", "Plan B"], 4),
        (["--preview", "--yes"], 2),
        (["--as-of", "yesteryear"], 3),
        (["--as-of", "2019-12-31"], 3),
    ],
)
def test_bad_options_are_refused(filled: Database, planner: Any, file: Path, options: list[str], code: int) -> None:
    result = planner("import", str(file), *options)

    assert (result.exit_code, result.out) == (code, "")


def test_missing_register_and_missing_file_are_said(planner: Any, file: Path) -> None:
    assert planner("import", str(file)).exit_code == 6


def test_something_recorded_meanwhile_gives_a_new_preview(
    filled: Database, planner: Any, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Meanwhile(Terminal):
        """A colleague records something while the person reads the preview."""

        def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]
            if self.tell() == 0:
                report(filled, "P-002")
            return super().readline(-1 if size is None else size)

    monkeypatch.setattr("sys.stdin", Meanwhile("y\ny\n"))

    result = planner("import", str(file))

    assert (result.exit_code, result.out.count("Preview of the import")) == (0, 2)
    assert "Something was recorded meanwhile" in result.err


def test_a_reader_who_stops_does_not_stop_a_confirmed_import(
    filled: Database, planner: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(*_: Any) -> None:
        raise BrokenPipeError

    file = written(tmp_path, "Code,Title,Lead organisation\nKP-9,Sow a meadow,Parks Office\n")
    with monkeypatch.context() as patched:
        patched.setattr("planner.cli.imports.run.print_page", closed)
        assert planner("import", str(file), "--yes").exit_code == 0
    assert planner("show", "KP-9").exit_code == 0


def test_the_first_plan_of_a_new_register_is_made_from_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    file = written(tmp_path, "Code,Title,Lead organisation\nKP-9,Sow a meadow,Parks Office\n")
    named = ("--title", "Parks", "--key", "parks", "--organisation", "Parks Office")
    done = run_command("--db", str(tmp_path / "new.sqlite"), "plan", "new", "--from", str(file), *named, "--yes")
    assert done.exit_code == 0, done.err


@pytest.mark.parametrize(
    ("code", "asks"),
    [
        ("KP-8", "Questions: in a terminal, 'planner import' asks them. --write"),
        ("KP-7", "Questions: in a terminal, 'planner import' asks them once the errors are corrected. --write"),
    ],
)
def test_the_next_step_after_questions_depends_on_errors(
    filled: Database, planner: Any, tmp_path: Path, code: str, asks: str
) -> None:
    rows = f"KP-7,Sow a meadow,Parks Office,03/04/2020\n{code},Mend a bench,Parks Office,2020-09-30\n"
    result = planner("import", str(written(tmp_path, f"Code,Task,Lead,Due\n{rows}")), "--preview")
    assert result.exit_code == 3
    assert asks in result.out


def test_exchanged_codes_are_told_and_asked_about_before_errors_that_may_follow_from_them(
    filled: Database, planner: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    titles = {one["code"]: one["title"] for one in json.loads(planner("items", "--format", "json").out)["items"]}
    rows = f"T-001,{titles['T-003']}\nT-003,{titles['T-001']}\nKP-7,Sow a meadow\nKP-7,Mow it\n"
    file = str(written(tmp_path, f"Code,Task\n{rows}"))

    shown = planner("import", file, "--preview").out
    assert shown.index("Question: ") < shown.index("Error: ")
    assert "Questions: in a terminal, 'planner import' asks them. --write" in shown
    typed(monkeypatch, "titles")
    result = planner("import", file)
    assert "(1 of 1) Question: office.csv!2 'T-001': 2 rows have the code of one item" in result.err
    assert (result.exit_code, "Error: office.csv!A5" in result.out, "Question" in result.out) == (3, True, False)


def test_an_exported_folder_comes_back_as_it_is(filled: Database, planner: Any, tmp_path: Path) -> None:
    folder = tmp_path / "register"
    planner("export", "register", "--format", "csv", "-o", str(folder))
    (folder / ".DS_Store").write_bytes(b"\0")

    preview = planner("import", str(folder), "--preview", "--format", "json")

    content = json.loads(preview.out)["import"]["preview"]
    assert {file.name for file in folder.glob("*.csv")} == set(content["files"])
    assert (content["new"], content["changed"], content["problems"], bool(content["unchanged"])) == ([], [], [], True)

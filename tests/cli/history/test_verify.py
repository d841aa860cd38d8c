"""planner checkpoint and planner verify, as typed."""

import json
import sqlite3
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import make_url

from planner.cli.history.checkpoint import KEY_VARIABLE
from planner.integrity.helpers import helpers
from planner.integrity.keys import PrivateKey
from planner.integrity.problems import MEANINGS, ProblemKind
from tests.factories import report

DOCS = Path(__file__).parents[3] / "docs"


@pytest.fixture
def kept(planner, filled, tmp_path, monkeypatch):
    """A key, and a checkpoint of the log before its last event."""
    made = planner("checkpoint", "--new-key", str(tmp_path / "key"))
    assert made.exit_code == 0, made.err
    assert made.out == (tmp_path / "key.pub").read_text(encoding="utf-8")
    monkeypatch.setenv(KEY_VARIABLE, str(tmp_path / "key"))
    assert planner("checkpoint", "-o", str(tmp_path / "kept")).exit_code == 0
    report(filled, "T-001", as_of=date(2020, 4, 2), percent=20)
    return tmp_path / "kept"


def attack(tmp_path, *statements):
    """By somebody with a SQLite of their own."""
    with closing(sqlite3.connect(tmp_path / "command.sqlite")) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_without_a_checkpoint_it_is_never_simply_in_order(planner, filled, tmp_path):
    before = (tmp_path / "command.sqlite").read_bytes()
    done = planner("verify")
    assert (done.exit_code, done.err) == (0, "")
    assert "0  anchored by a checkpoint" in done.out
    assert "cut off at the end" in done.out
    with closing(sqlite3.connect(tmp_path / "command.sqlite")) as connection:
        (notes,) = connection.execute("SELECT count(*) FROM seeded_row").fetchone()
    assert notes
    assert f"Notes of loaded rows compared with the log: {notes:,}\n" in done.out
    # Only the words of the outcome: the random head of the log may have the letters "OK" in it.
    outcome = done.out.splitlines()[-1]
    assert outcome.startswith("◔ Consistent, but not anchored")
    assert "OK" not in outcome
    assert (tmp_path / "command.sqlite").read_bytes() == before


def test_with_one_it_says_how_far_it_vouches(planner, kept, tmp_path):
    done = planner("verify", "--checkpoint", str(kept), "--public-key", str(tmp_path / "key.pub"), "--format", "json")
    assert done.exit_code == 0, done.err
    document = json.loads(done.out)
    found = document["verification"]
    assert (document["kind"], document["simulated"]) == ("planner-verification", False)
    assert (found["verdict"], found["chained"], found["not_verifiable"]) == ("anchored", 1, 0)
    assert found["anchored"] == found["events"] - 1
    assert found["checkpoints"] == [
        {
            "where": str(kept),
            "origin": found["origin"],
            "size": found["anchored"],
            "signed": "verified",
            "holds": True,
        }
    ]
    unsigned = planner("verify", "--checkpoint", str(kept))
    assert "its signature was not checked" in unsigned.out
    assert unsigned.out.splitlines()[-1].startswith("✓ Consistent with the checkpoint")


def test_what_is_broken_is_named_and_has_an_exit_code(planner, kept, tmp_path):
    attack(
        tmp_path,
        "UPDATE item SET title = 'Nothing [/] to see' WHERE code = 'T-001'",
        "DROP TRIGGER guard_date_change_delete",
    )
    done = planner("verify", "--checkpoint", str(kept))
    assert done.exit_code == 17
    assert f"changed: {MEANINGS[ProblemKind.CHANGED]}" in done.out
    assert 'title is "Nothing [/] to see", but event' in done.out
    assert "guard_date_change_delete: the trigger on date_change is missing" in done.out
    assert done.out.splitlines()[-1].startswith("‼ Broken")
    assert "2 problems" in done.err
    as_json = json.loads(planner("verify", "--format", "json").out)["verification"]
    assert (as_json["verdict"], as_json["counts"]) == ("broken", {"guard": 1, "changed": 1})


def test_another_s_checkpoint_is_not_believed(planner, kept, tmp_path):
    PrivateKey.new("mallory").keep(tmp_path / "other")
    done = planner("verify", "--checkpoint", str(kept), "--public-key", str(tmp_path / "other.pub"))
    assert done.exit_code == 28
    assert "unusable: " in done.out
    assert "not signed with this public key" in done.out
    assert done.out.splitlines()[-1].startswith("? Not verified: a checkpoint cannot be used")
    assert "Find out who" not in done.err
    refused = planner("checkpoint", "--key", str(tmp_path / "other"))
    assert (refused.exit_code, refused.out) == (3, "")
    assert "--key: this key belongs to mallory, but this log is planner/register/" in refused.err
    kept.write_bytes(kept.read_bytes().replace(b"\nplanner/", b"\nplanner/", 1).replace(b"planner/", b"planned/", 1))
    done = planner("verify", "--checkpoint", str(kept), "--public-key", str(tmp_path / "key.pub"))
    assert done.exit_code == 28
    assert "damaged or was changed" in done.out
    done = planner("verify", "--checkpoint", str(kept))
    assert done.exit_code == 17
    assert "another log" in done.out
    assert "or the file of the checkpoint, whose signature was not checked" in done.err


def test_an_unusable_checkpoint_beside_a_valid_one_is_told_and_the_rest_is_checked(planner, kept, tmp_path):
    damaged = tmp_path / "damaged"
    text = kept.read_text(encoding="utf-8")
    last = text.rstrip()[-3]
    damaged.write_text(f"{text.rstrip()[:-3]}{'A' if last != 'A' else 'B'}{text.rstrip()[-2:]}\n", encoding="utf-8")
    words = ("--public-key", str(tmp_path / "key.pub"), "--checkpoint", str(kept), "--checkpoint", str(damaged))
    done = planner("verify", *words, "--format", "json")
    found = json.loads(done.out)["verification"]
    assert (done.exit_code, found["verdict"], found["counts"]) == (28, "unusable", {"unusable": 1})
    assert (found["anchored"], found["not_verifiable"]) == (found["events"] - 1, 0)
    assert found["fingerprints"] > 0
    attack(tmp_path, "UPDATE item SET title = 'Another' WHERE code = 'T-001'")
    broken = planner("verify", *words)
    assert broken.exit_code == 17
    assert "Find out who changed the database. " in broken.err


def test_a_checkpoint_is_only_made_of_a_sound_log_and_never_written_over(planner, kept, tmp_path):
    before = kept.read_bytes()
    assert planner("checkpoint").out_bytes.startswith(before.splitlines()[0])
    refused = planner("checkpoint", "-o", str(kept))
    assert (refused.exit_code, kept.read_bytes()) == (11, before)
    attack(tmp_path, "DROP TRIGGER guard_audit_event_update", "UPDATE audit_event SET actor = 'mallory' WHERE seq = 5")
    broken = planner("checkpoint", "-o", str(tmp_path / "new"))
    assert (broken.exit_code, broken.out) == (17, "")
    assert "guard_audit_event_update" in broken.err
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("verify", "--checkpoint", "nothing.txt"), 11, "no such file"),
        (("verify", "--public-key", "x"), 3, "--checkpoint"),
        (("checkpoint",), 3, "--new-key"),
        (("checkpoint", "--key", "nothing.txt"), 11, "no such file"),
        (("checkpoint", "--new-key", "a", "--key", "b"), 3, "--new-key"),
    ],
)
@pytest.mark.usefixtures("filled")
def test_what_cannot_be_asked_is_told(planner, arguments, code, said):
    done = planner(*arguments)
    assert (done.exit_code, done.out) == (code, "")
    assert said in done.err


@pytest.mark.usefixtures("filled")
def test_without_the_library_it_says_what_to_install(planner, kept, tmp_path, monkeypatch):
    for module in [name for name in sys.modules if name.startswith("cryptography")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "cryptography", None)
    assert planner("verify", "--checkpoint", str(kept)).exit_code == 0
    signed = planner("verify", "--checkpoint", str(kept), "--public-key", str(tmp_path / "key.pub"))
    assert (signed.exit_code, signed.out) == (14, "")
    assert "planner[integrity]" in signed.err


def test_the_page_on_verifying_explains_every_kind_of_problem():
    page = (DOCS / "verifying.md").read_text(encoding="utf-8")
    assert [kind for kind in ProblemKind if f"`{kind.value}`" not in page] == []


def test_a_long_log_is_verified_by_a_process_for_each_processor(planner, filled, tmp_path, monkeypatch):
    asked: list[object] = []
    monkeypatch.setattr(helpers, "LEAST_EVENTS", 1)
    monkeypatch.setattr(helpers, "processors", lambda: 3)
    monkeypatch.setattr(helpers, "_started", asked.append)
    for words in (["verify"], ["evidence", "T-001", "-o", str(tmp_path / "pack.zip")]):
        assert planner(*words).exit_code == 0
        assert [make_url(str(address)).database for address in asked] == 2 * [str(tmp_path / "command.sqlite")]
        asked.clear()

"""planner evidence, as typed."""

import zipfile

import pytest

from planner.cli.history.checkpoint import KEY_VARIABLE
from planner.evidence import verify
from planner.integrity.keys import PrivateKey
from tests.cli.test_plan_days import SHOWN
from tests.factories import report


@pytest.fixture
def key(planner, filled, tmp_path):
    """The register's key; its public half lies beside it."""
    file = tmp_path / "key"
    assert planner("checkpoint", "--new-key", str(file)).exit_code == 0
    return file


def test_a_pack_is_signed_with_the_register_s_key(planner, key, tmp_path, monkeypatch):
    first = planner("evidence", "t-1", "-o", str(tmp_path / "first.zip"), "--key", str(key), "--as-of", "2020-04-01")
    assert (first.exit_code, first.err) == (0, "")
    public = (tmp_path / "key.pub").read_text(encoding="utf-8").strip()
    assert f"The pack proves the history against a new checkpoint, signed with {public}" in first.out
    monkeypatch.setenv(KEY_VARIABLE, str(key))
    again = planner("evidence", "T-001", "-o", str(tmp_path / "again.zip"), "--as-of", "2020-04-01")
    assert again.exit_code == 0
    assert (tmp_path / "first.zip").read_bytes() == (tmp_path / "again.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "first.zip") as archive:
        assert archive.read("evidence-T-001/key.pub").decode().strip() == public


def test_a_kept_checkpoint_needs_no_private_key(planner, key, filled, tmp_path):
    kept, pack = tmp_path / "kept", tmp_path / "pack.zip"
    assert planner("checkpoint", "--key", str(key), "-o", str(kept)).exit_code == 0
    report(filled, "T-001")
    done = planner("evidence", "T-001", "-o", str(pack), "--checkpoint", str(kept), "--public-key", f"{key}.pub")
    assert done.exit_code == 0, done.err
    assert "It marks later events as not anchored." in done.out
    assert "The pack is not signed" in done.out
    assert "Without --public-key" not in done.out
    done = planner("evidence", "T-001", "-o", str(tmp_path / "other.zip"), "--checkpoint", str(kept))
    assert "Without --public-key, the pack cannot show" in done.out
    bare = tmp_path / "bare"
    bare.write_bytes(kept.read_bytes().partition(b"\n\n")[0] + b"\n\n")
    done = planner("evidence", "T-001", "-o", str(tmp_path / "third.zip"), "--checkpoint", str(bare))
    assert "The checkpoint is not signed, so it is only as trustworthy as the place where it was kept." in done.out
    with zipfile.ZipFile(pack) as archive:
        assert archive.read("evidence-T-001/checkpoint.txt") == kept.read_bytes()


def test_a_kept_checkpoint_and_the_private_key_cover_the_whole_pack(planner, key, filled, tmp_path):
    kept, pack = tmp_path / "kept", tmp_path / "pack.zip"
    assert planner("checkpoint", "--key", str(key), "-o", str(kept)).exit_code == 0
    report(filled, "T-001")
    done = planner("evidence", "T-001", "-o", str(pack), "--checkpoint", str(kept), "--key", str(key))
    assert done.exit_code == 0, done.err
    assert "The pack is not signed" not in done.out
    found = verify.Pack(pack, verify.Key((tmp_path / "key.pub").read_text(encoding="utf-8")))
    assert found.check()
    assert found.outcome()[0] == verify.HOLDS
    assert len(found.proofs) - found.anchored == 1


def test_without_a_key_it_says_how_little_is_proven(planner, filled, tmp_path):
    done = planner("evidence", "T-001", "-o", str(tmp_path / "pack.zip"))
    assert done.exit_code == 0
    assert "The pack is not anchored: nobody signed the root" in done.out
    assert "SIMULATED" not in done.out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("T-999",), 4, "no item 'T-999'"),
        (("T-001", "--key", "nothing"), 11, "no such file"),
        (("T-001", "--key", "KEY.pub"), 3, "not a private key"),
        (("T-001", "--key", "STRANGER"), 3, "belongs to planner/register/0123456789abcdef"),
        (("T-001", "--checkpoint", "KEY.pub"), 3, "not a signed note"),
        (("T-001", "--checkpoint", "KEPT", "--key", "OTHER"), 3, "did not sign this checkpoint"),
        (
            ("T-001", "--checkpoint", "KEPT", "--key", "KEY", "--public-key", "OTHER.pub"),
            3,
            "does not belong to the private key",
        ),
        (("T-001", "--checkpoint", "KEPT", "--public-key", "STRANGER.pub"), 3, "did not sign this checkpoint"),
        (("T-001", "--checkpoint", "FOREIGN"), 3, "this log is planner/register/"),
        (("T-001", "--public-key", "KEY.pub"), 3, "--checkpoint"),
        (("T-001", "--known-at", "2019-01-01"), 12, "nothing was recorded yet"),
        (("T-001", "--as-of", "soon"), 3, "not a date"),
    ],
)
def test_what_cannot_be_done_is_one_clear_message_and_leaves_nothing(planner, key, tmp_path, arguments, code, said):
    PrivateKey.new("planner/register/0123456789abcdef").keep(tmp_path / "stranger")
    PrivateKey.new(PrivateKey.read(key).name).keep(tmp_path / "other")
    assert planner("checkpoint", "--key", str(key), "-o", str(tmp_path / "kept")).exit_code == 0
    lines = (tmp_path / "kept").read_text(encoding="utf-8").split("\n")
    foreign = "\n".join(["planner/register/0123456789abcdef", *lines[1:]])
    (tmp_path / "foreign").write_text(foreign, encoding="utf-8")
    places = {"OTHER": "other", "KEY": "key", "KEPT": "kept", "STRANGER": "stranger", "FOREIGN": "foreign"}
    named = [
        str(tmp_path / f"{places[word]}{rest}") if (word := part.partition(".")[0]) in places else part
        for part in arguments
        for rest in [part[len(part.partition(".")[0]) :]]
    ]
    before = set(tmp_path.iterdir())
    done = planner("evidence", *named, "-o", str(tmp_path / "pack.zip"))
    assert (done.exit_code, done.out) == (code, "")
    assert said in done.err
    assert len(done.err.splitlines()) == 1
    assert set(tmp_path.iterdir()) - before <= {tmp_path / "command.sqlite-wal", tmp_path / "command.sqlite-shm"}


def test_a_pack_is_never_written_over(planner, filled, tmp_path):
    there = tmp_path / "pack.zip"
    there.write_bytes(b"evidence")
    done = planner("evidence", "T-001", "-o", str(there))
    assert (done.exit_code, done.out, there.read_bytes()) == (11, "", b"evidence")
    assert planner("evidence", "T-001", "-o", str(there / "pack.zip")).exit_code == 11


@pytest.mark.usefixtures("filled")
def test_an_item_without_a_measure_has_a_pack_before_and_after_a_redaction(planner, tmp_path):
    file = tmp_path / "office.csv"
    file.write_text("Code,Task,Theme,Lead,Start,Due\nK-7,Sow a meadow,1,Parks Office,2020-02-01,2020-09-30\n", "utf-8")
    assert planner("import", str(file), "--yes").exit_code == 0
    given = ("--title", "Lamps", "--theme", "1", "--lead", "harbour-office", "--due", "2020-12-30", "--kind", "task")
    assert planner("item", "add", "K-8", *given, "--reason", "Agreed.", "--as-of", "2020-05-11").exit_code == 0
    made = [planner("evidence", code, "-o", str(tmp_path / f"{code}.zip")) for code in ("K-7", "K-8")]
    redacted = planner("redact", "K-7", "--field", "title", "--instead", "A task", "--reason", "Private.", "--yes")
    made += [redacted, planner("evidence", "K-7", "-o", str(tmp_path / "after.zip"))]
    assert [(one.exit_code, one.err.removeprefix(SHOWN)) for one in made] == [(0, "")] * 4

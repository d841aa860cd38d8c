"""Signed notes, keys and checkpoints: the public form of them, and what is none."""

import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.base.errors import BadValueError, FileTroubleError, PlannerError
from planner.integrity.checkpoints import Checkpoint, read_checkpoint
from planner.integrity.keys import PrivateKey, PublicKey, public_key
from planner.integrity.notes import Note, sign

# The key and the note with which the documentation of Go's sumdb/note shows the form.
GO_PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
GO_PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
GO_SIGNATURE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)


def test_notes_and_keys_are_those_of_other_tools(tmp_path):
    file = tmp_path / "key"
    file.write_text(f"{GO_PRIVATE}\n", encoding="utf-8")
    private, public = PrivateKey.read(file), PublicKey.of(GO_PUBLIC, "test")
    assert private.public == public
    assert public.text == GO_PUBLIC
    note = sign(GO_TEXT, private)
    assert note.encoded.decode() == f"{GO_TEXT}\n{GO_SIGNATURE}"
    assert Note.of(note.encoded, "test") == note
    assert note.signed_by(public) is True
    file.write_text(GO_PRIVATE.replace("c74f20a3", "c74f20a4"), encoding="utf-8")
    with pytest.raises(BadValueError, match="damaged"):
        PrivateKey.read(file)


def test_a_signature_is_the_key_s_on_this_text_and_no_other():
    key, other = PrivateKey.new("harbour"), PrivateKey.new("harbour")
    note = sign("a\n\nb\n", key)
    assert Note.of(note.encoded, "test").text == "a\n\nb\n"
    assert note.signed_by(key.public) is True
    assert note.signed_by(other.public) is None
    assert Note("a\n\nc\n", note.signatures).signed_by(key.public) is False
    both = Note(note.text, (*note.signatures, *sign(note.text, other).signatures))
    assert (both.signed_by(key.public), both.signed_by(other.public)) == (True, True)


def test_a_key_is_kept_secret_and_never_written_over(tmp_path):
    key, file = PrivateKey.new("harbour"), tmp_path / "key"
    beside = key.keep(file)
    assert PrivateKey.read(file) == key
    assert public_key(str(beside), "test") == public_key(key.public.text, "test") == key.public
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert repr(key.seed) not in repr(key)
    before = file.read_bytes()
    with pytest.raises(FileTroubleError, match="already"):
        PrivateKey.new("harbour").keep(file)
    beside.unlink()
    with pytest.raises(FileTroubleError, match="already"):
        PrivateKey.new("harbour").keep(file)
    assert (file.read_bytes(), beside.exists()) == (before, False)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\n"), min_size=1), st.integers(0, 2**63))
def test_a_checkpoint_is_read_as_it_was_written(origin: str, size: int):
    made = Checkpoint(origin, size, bytes(range(32)))
    assert Checkpoint.of(made.text, "test") == made
    assert Checkpoint.of(f"{made.text}what comes next is not ours\n", "test") == made


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"a\nb\n",
        b"a\n\nno signature\n",
        f"a\n\n{GO_SIGNATURE}".encode().removesuffix(b"\n"),
        f"a\tb\n\n{GO_SIGNATURE}".encode(),
        b"a\n\n\xe2\x80\x94 name AAAA\n",
        b"a\n\n\xe2\x80\x94 name not-base64\n",
        f"a\n\n{GO_SIGNATURE * 101}".encode(),
        f"{GO_TEXT}\n{GO_SIGNATURE}".encode(),
        f"origin\n01\n{'A' * 43}=\n\n{GO_SIGNATURE}".encode(),
        f"origin\n١\n{'A' * 43}=\n\n{GO_SIGNATURE}".encode(),
        f"origin\n1\nAAAA\n\n{GO_SIGNATURE}".encode(),
        f"origin\n{'9' * 5000}\n{'A' * 43}=\n\n{GO_SIGNATURE}".encode(),
    ],
)
def test_what_is_no_checkpoint_is_told(tmp_path, content: bytes):
    file = tmp_path / "checkpoint"
    file.write_bytes(content)
    with pytest.raises(BadValueError, match="note"):
        read_checkpoint(file)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "harbour",
        "harbour+00+AAAA",
        f"harbour+{'0' * 8}+{GO_PUBLIC.rpartition('+')[2]}",
        GO_PUBLIC.replace("ARpc", "AApc"),
        GO_PUBLIC.replace("PeterNeumann", "Peter Neumann"),
        "harbour+زز+زز",
    ],
)
def test_what_is_no_key_is_told(tmp_path, text: str):
    file = tmp_path / "key"
    file.write_text(text, encoding="utf-8")
    for read in (lambda: public_key(str(file), "test"), lambda: PrivateKey.read(file)):
        with pytest.raises(BadValueError, match="key"):
            read()


def test_files_that_are_not_there_or_too_large_are_told(tmp_path):
    (tmp_path / "large").write_bytes(b"x" * 1_000_001)
    for name in ("none", "large", "."):
        with pytest.raises(PlannerError, match=name):
            read_checkpoint(tmp_path / name)

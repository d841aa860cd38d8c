"""What is proposed of a file: clauses with their places, what was recognised, what a person is told; and bad files."""

import html
from pathlib import Path
from typing import Any

import pytest

from planner.base.errors import BadValueError, NotAllowedError, PlannerError, SourceError, UnknownNameError
from planner.domain.vocabulary import Numbering
from planner.mandates.languages import GuessedFrom
from planner.mandates.source import read_source
from planner.sources.attach import attach
from planner.sources.cited import read_cited_documents
from planner.sources.files import examine, files_of
from planner.store.database import Database
from tests.factories import ACTOR, AT, NEW_DUTIES, NEW_DUTIES_ARABIC, OLD_DUTIES, writing_by
from tests.mandates.factories import NEXT_DUTIES, attach_old, drafted, proposed, rows_of
from tests.writes.refusals import counts, gained, refused

REFUSED: list[tuple[str, dict[str, Any], type[PlannerError], str]] = [
    ("Keeps the quays.\n", {}, SourceError, "the text has no numbered clauses in any known style"),
    (NEXT_DUTIES, {"series": 2}, BadValueError, "the text has no series of clauses with the number 2"),
    (NEXT_DUTIES, {"numbering": Numbering.ROMAN_DOT}, SourceError, "no numbered clauses in the style roman-dot"),
    ("1. Содержит.\n2. Ведёт.\n", {}, SourceError, "the language of the text could not be recognised from its letters"),
    (OLD_DUTIES, {}, SourceError, "this file is already a document of the register: old-duties-en"),
    (OLD_DUTIES.replace(" ", "\xa0"), {}, SourceError, "this file contains the same text as old-duties-en"),
    (NEXT_DUTIES, {"key": "new"}, NotAllowedError, "there is already a mandate version 'new'"),
    (NEXT_DUTIES, {"key": "Not a key"}, BadValueError, "'Not a key' is not a valid key"),
    (NEXT_DUTIES, {"key": "x" * 41}, BadValueError, "is not a valid key"),
    (NEXT_DUTIES, {"supersedes": "older"}, UnknownNameError, "no mandate version is called 'older'"),
    (NEXT_DUTIES, {"language": "English"}, BadValueError, "'English' is not the code of a language"),
    (NEXT_DUTIES, {"title": "a\x07"}, BadValueError, "cannot be stored"),
    (NEXT_DUTIES, {"ends_before": "Imprint"}, BadValueError, "no line of the last clause (4.2) begins with"),
]

ALL_NEW = [
    ("duty-1", "duty-1", "moved-to", "equal-to"),
    ("duty-2", "duty-2", "split-into", "intersects-with"),
    ("duty-2", "duty-3", "split-into", "intersects-with"),
    ("duty-3", None, "withdrawn", "no-relationship"),
    (None, "duty-4", "new", "no-relationship"),
    (None, "duty-4.1", "new", "no-relationship"),
    (None, "duty-4.2", "new", "no-relationship"),
]


@pytest.fixture
def attached(sqlite_register: Database, tmp_path: Path) -> Database:
    attach_old(sqlite_register, tmp_path)
    return sqlite_register


def test_clauses_are_cited_by_place_and_rows_proposed_from_likeness(attached: Database, tmp_path: Path):
    found = proposed(attached, tmp_path)
    assert (found.supersedes, found.language, found.numbering) == ("old", "en", Numbering.ARABIC_DOT_PAREN)
    assert (found.recognised, found.title) == (("language", "numbering"), "next (no title given)")
    assert found.others == ((Numbering.ARABIC_DOT, 4), (Numbering.PAREN_DOT, 2))
    assert [(clause.key, clause.parent, clause.number) for clause in found.clauses] == [
        ("duty-1", None, "1."),
        ("duty-2", None, "2."),
        ("duty-3", None, "3."),
        ("duty-4", None, "4."),
        ("duty-4.1", "duty-4", "(1)"),
        ("duty-4.2", "duty-4", "(2)"),
    ]
    assert all(found.source.text[clause.start : clause.end] == clause.text for clause in found.clauses)
    assert rows_of(found) == ALL_NEW
    # Only the clause whose words did not change has the earlier restatement proposed.
    assert [clause.restatement for clause in found.clauses] == ["Quays and lights are maintained.", *[None] * 5]
    assert found.notes == ()


def test_a_saved_web_page_gives_what_its_text_gives(attached: Database, tmp_path: Path):
    lines = "\n".join(f"<p>\n{html.escape(line)}</p>" for line in NEXT_DUTIES.splitlines())
    page = f"<!DOCTYPE html><html><head><title>1. Duties</title></head><body>{lines}<div>Imprint</div></body></html>"
    found = proposed(attached, tmp_path, page, ends_before="Imprint")
    assert rows_of(found) == ALL_NEW
    assert found.clauses[-1].text == "in winter, at the baths."
    whole = proposed(attached, tmp_path, page)
    assert whole.clauses[-1].text.split() == ["in", "winter,", "at", "the", "baths.", "Imprint"]
    assert "The last clause (4.2) has several lines" in whole.notes[0]


def test_without_the_earlier_text_nothing_is_compared_and_that_is_said(sqlite_register: Database, tmp_path: Path):
    found = proposed(sqlite_register, tmp_path)
    assert (len(found.clauses), found.rows) == (6, ())
    assert "The text of old in this language (en) is not attached: nothing was compared" in found.notes[0]
    arabic = proposed(
        sqlite_register, tmp_path, NEW_DUTIES_ARABIC.replace("مكتب", "ديوان").replace("القراءة", "المطالعة")
    )
    assert (arabic.language, arabic.numbering, arabic.rows) == ("ar", Numbering.PAREN_DOT, ())
    assert "old has no text in this language (ar)" in arabic.notes[0]


def test_a_clause_that_no_copy_says_as_cited_is_not_compared(sqlite_register: Database, tmp_path: Path):
    file = tmp_path / "old.txt"
    file.write_text(OLD_DUTIES.replace("herring", "ferry"), encoding="utf-8")
    with sqlite_register.writing() as session:
        attach(writing_by(session, ACTOR, AT), examine(files_of([file]), read_cited_documents(session)).copies)
    found = proposed(sqlite_register, tmp_path)
    assert rows_of(found) == ALL_NEW[:3]
    assert "no attached copy says duty-3 as cited" in found.notes[0]


def test_what_is_said_goes_before_what_is_recognised(attached: Database, tmp_path: Path):
    found = proposed(
        attached, tmp_path, numbering=Numbering.ARABIC_DOT, language="de", supersedes="new", title="Die Aufgaben"
    )
    assert (found.recognised, found.supersedes, found.title) == ((), "new", "Die Aufgaben")
    assert [clause.key for clause in found.clauses] == ["duty-1", "duty-2", "duty-3", "duty-4"]
    assert "new has no text in this language (de)" in found.notes[0]


def test_a_text_in_another_language_is_not_compared_and_no_duty_is_called_withdrawn(attached: Database, tmp_path: Path):
    german = "1. Das Amt hält die Kais in Ordnung.\n2. Das Amt leitet die Lesesäle der Stadt.\n"
    found = proposed(attached, tmp_path, german)
    assert (found.language, found.language_by, found.rows) == ("de", GuessedFrom.WORDS, ())
    assert "old has no text in this language (de)" in found.notes[0]
    taken_for_english = proposed(attached, tmp_path, german, language="en")
    assert (taken_for_english.language_by, taken_for_english.rows) == (None, ())
    assert "No clause is alike to a clause of old to 0.20 or more: no row is proposed" in taken_for_english.notes[0]


def test_of_several_series_the_longest_or_the_one_asked_for_is_drafted(attached: Database, tmp_path: Path):
    text = f"{NEXT_DUTIES}Departments\n1. The office of quays.\n2. The office of rooms.\n"
    found = proposed(attached, tmp_path, text)
    assert rows_of(found) == ALL_NEW
    assert found.clauses[-1].text == "in winter, at the baths."
    assert [(one.clauses, one.is_longest) for one in found.all_series] == [(4, True), (2, False)]
    assert (found.all_series[1].begins, found.chosen_series) == ("1. The office of quays.", 1)
    other = proposed(attached, tmp_path, text, series=2)
    assert [(clause.key, clause.text) for clause in other.clauses] == [
        ("duty-1", "The office of quays."),
        ("duty-2", "The office of rooms."),
    ]
    assert other.chosen_series == 2
    assert proposed(attached, tmp_path, NEXT_DUTIES).chosen_series is None


def test_what_cannot_be_drafted_is_told_in_one_message(attached: Database, tmp_path: Path):
    for text, request, error, told in REFUSED:
        with pytest.raises(error) as caught:
            proposed(attached, tmp_path, text, **request)
        assert told in caught.value.what
        assert caught.value.where


def test_a_text_that_shares_clauses_with_a_document_is_another_version(attached: Database, tmp_path: Path):
    found = proposed(attached, tmp_path, NEW_DUTIES.replace("III. Look after", "III. Draw"), supersedes="new")
    assert len(found.clauses) == 4


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"%PDF-1.7\n1. Keeps the quays.\n2. Runs.\n", "this is a PDF"),
        (b"1. a\x00\n2. b\n", "a binary file"),
        (b"1. \xff\xfe\n2. b\n", "not text in UTF-8"),
        (b"  \n\n", "the file contains no text"),
    ],
)
def test_a_file_that_is_no_text_is_told_so(tmp_path: Path, content: bytes, told: str):
    file = tmp_path / "duties.bin"
    file.write_bytes(content)
    with pytest.raises(SourceError, match=told):
        read_source(file)


def test_a_draft_s_key_and_text_are_taken_until_it_is_dropped(attached: Database, tmp_path: Path):
    drafted(attached, tmp_path)
    with refused(attached, NotAllowedError, "there is already a proposal 'next'", "key"):
        proposed(attached, tmp_path, NEXT_DUTIES + "5. Sings.\n")
    with refused(attached, SourceError, "already a document of the register: next-en", "next.txt"):
        proposed(attached, tmp_path, key="another")


def test_a_proposal_is_not_of_the_register(attached: Database, tmp_path: Path):
    before = counts(attached)
    proposed(attached, tmp_path)
    assert gained(attached, before) == {}

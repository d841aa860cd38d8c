"""How good the proposals are on the real case: the merged duties from the texts alone, beside the seeded crosswalk."""

import hashlib
from pathlib import Path

import pytest

from planner.base.resources import bundled
from planner.bundle.reader import Bundle, read_bundle
from planner.domain.vocabulary import Lineage, Numbering
from planner.mandates.crosswalk import ComparedClause, propose_rows
from planner.mandates.languages import guess_language
from planner.mandates.recognising import readings
from planner.sources.text import text_of

# By the beginning of the file's digest: how the text is numbered, how many passages it has, its language.
TEXTS = {
    "4294d8bc": ("arabic-dot", 17, "en"),
    "34aa9d20": ("roman-dot", 26, "en"),
    "1d345dba": ("arabic-dot-paren", 26, "ko"),
    "00dec61e": ("paren-dot", 26, "ar"),
    "970d3fef": ("circled-themes", 7, "ko"),
}


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return read_bundle(bundled("seeds"))


@pytest.fixture(scope="module")
def texts(bundle: Bundle, official_texts: Path) -> dict[str, str]:
    """The texts by the digest of their files."""
    files = {hashlib.sha256(file.read_bytes()).hexdigest(): file for file in official_texts.iterdir() if file.is_file()}
    return {
        document.sha256[:8]: text_of(files[document.sha256].read_bytes(), document.key) for document in bundle.documents
    }


def clauses_of(text: str) -> list[ComparedClause]:
    """The clauses of a text as it is read without being told anything."""
    found = []
    for span in readings(text)[0].passages:
        whole, _, part = span.number.partition(".")
        parent = f"duty-{whole}" if part else None
        found.append(ComparedClause(f"duty-{span.number}", parent, text[span.start : span.end]))
    return found


def test_every_text_is_read_as_the_register_cites_it(bundle: Bundle, texts: dict[str, str]):
    for digest, (style, count, language) in TEXTS.items():
        best = readings(texts[digest])[0]
        assert (best.numbering, len(best.passages)) == (Numbering(style), count)
        guess = guess_language(texts[digest])
        assert guess is not None
        assert guess.language == language
    cited = {
        (form.texts[language].citation.document, form.key): form.texts[language].citation
        for file in bundle.mandates
        for form in file.clauses
        for language in form.texts
    }
    for document in bundle.documents:
        style, _, _ = TEXTS[document.sha256[:8]]
        assert document.numbering == style
        for span in readings(texts[document.sha256[:8]])[0].passages:
            citation = cited.get((document.key, f"duty-{span.number}"))
            assert citation is None or (citation.start, citation.end) == (span.start, span.end)


def test_how_many_of_the_rows_that_people_wrote_are_proposed(bundle: Bundle, texts: dict[str, str]):
    """The numbers in docs/mandates.md."""
    (crosswalk,) = bundle.crosswalks
    written = {(row.from_, row.to): row for row in crosswalk.rows}
    proposed = propose_rows(clauses_of(texts["4294d8bc"]), clauses_of(texts["34aa9d20"]))
    rows = {(row.from_clause, row.to_clause): row for row in proposed}
    pairs, pairs_written = ({ends for ends in every if all(ends)} for every in (rows, written))
    both = pairs & pairs_written
    assert (len(pairs), len(pairs_written), len(both)) == (23, 20, 20)
    assert pairs - pairs_written == {
        ("duty-3", "duty-16"),
        ("duty-5", "duty-20.3"),
        ("duty-9", "duty-21"),
    }
    new, new_written = ({ends for ends in every if ends[0] is None} for every in (rows, written))
    assert new < new_written
    assert (len(new), len(new_written)) == (3, 6)
    assert not {ends for ends in rows if ends[1] is None}
    # Of the pairs, one in seven is called split where people wrote that it moved; of substance nothing is claimed.
    assert sum(rows[ends].lineage is written[ends].lineage for ends in both) == 17
    assert {ends for ends in both if rows[ends].lineage is not written[ends].lineage} == {
        (f"duty-{number}", f"duty-{number}") for number in (3, 5, 9)
    }
    assert sum(rows[ends].relation is written[ends].relation for ends in both) == 9
    # What moved is told from what is another thing by a margin: the least of the one, the most of the other.
    moved = [rows[ends].likeness or 0 for ends in both if written[ends].lineage is Lineage.MOVED_TO]
    wrong = [rows[ends].likeness or 0 for ends in pairs - pairs_written]
    assert (round(min(moved), 2), round(max(wrong), 2)) == (0.37, 0.24)

"""The data files against the official texts: every citation is true, and no sentence of theirs is in the project."""

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate
from pathlib import Path

import pytest

from planner.base.resources import bundled
from planner.base.texts import normal_form
from planner.bundle.reader import Bundle, read_bundle
from planner.bundle.references import citations

REPOSITORY = Path(__file__).resolve().parents[2]
# What a checkout holds beside what is tracked.
NOT_TRACKED = {".git", ".venv", "build", "dist", "__pycache__"}

# Stands where an official name was taken out of a text.
BREAK = "\N{SYMBOL FOR UNIT SEPARATOR}"

LONGEST_RUN_OF_WORDS = 7
LONGEST_RUN_OF_CHARACTERS = 19


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return read_bundle(bundled("seeds"))


@pytest.fixture(scope="module")
def texts(official_texts: Path) -> dict[str, str]:
    """The official texts in NFC, by the digests of their bytes."""
    files = [file for file in official_texts.iterdir() if file.suffix == ".txt"]
    contents = [file.read_bytes() for file in files]
    return {digest(content): unicodedata.normalize("NFC", content.decode("utf-8")) for content in contents}


def test_every_document_is_there(bundle: Bundle, texts: dict[str, str]) -> None:
    assert {document.sha256 for document in bundle.documents} <= set(texts)


def test_every_citation_is_true(bundle: Bundle, texts: dict[str, str]) -> None:
    of_document = {document.key: texts[document.sha256] for document in bundle.documents}
    wrong = []
    for entry, citation in citations(bundle):
        span = of_document[citation.document][citation.start : citation.end]
        as_quoted = (digest(span.encode()), digest(normal_form(span).encode())) == (citation.quoted, citation.normal)
        if not as_quoted or span != span.strip():
            wrong.append(entry)

    assert wrong == []


def official_names(bundle: Bundle) -> Iterator[str]:
    """What may stand in the project as the texts print it, however long it is."""
    for body in bundle.organisations:
        # A body has no other name than its own; people look it up by it.
        yield body.name
        yield from (name.name for name in body.names.values())
    for document in bundle.documents:
        # Where a text can be had; one text gives the address of its own source, which the note repeats.
        yield document.address or ""
        yield from re.findall(r"\S+\.htm\b", document.note or "")


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())


def runs_of_words(words: list[str]) -> Iterator[tuple[str, ...]]:
    length = LONGEST_RUN_OF_WORDS + 1
    return (tuple(words[start : start + length]) for start in range(len(words) - length + 1))


def runs_of_characters(text: str) -> Iterator[str]:
    """Runs in which half of the characters or more are Korean or Arabic letters; words do for other scripts."""
    length = LONGEST_RUN_OF_CHARACTERS + 1
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    if plain.isascii():
        return
    letters_before = list(accumulate((is_such_a_letter(character) for character in plain), initial=0))
    for start in range(len(plain) - length + 1):
        if (letters_before[start + length] - letters_before[start]) * 2 >= length:
            yield plain[start : start + length]


@cache
def is_such_a_letter(character: str) -> bool:
    return unicodedata.name(character, "").startswith(("HANGUL", "ARABIC"))


def without_names(text: str, names: Iterable[str]) -> str:
    """A text with a break in the place of each name, so that no run goes through one."""
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    longest_first = sorted(filter(None, names), key=len, reverse=True)
    return re.sub("|".join(map(re.escape, longest_first)), BREAK, plain, flags=re.IGNORECASE)


def tracked_texts() -> Iterator[tuple[str, str]]:
    """The text files of the project, by their paths in it."""
    for folder, folders, names in os.walk(REPOSITORY):
        folders[:] = sorted(
            name for name in folders if name not in NOT_TRACKED and (not name.startswith(".") or name == ".ci")
        )
        for name in sorted(names):
            file = Path(folder) / name
            try:
                yield str(file.relative_to(REPOSITORY)), file.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue


def test_no_sentence_of_the_texts_is_in_the_project(bundle: Bundle, texts: dict[str, str]) -> None:
    names = list(official_names(bundle))
    words = {run for text in texts.values() for run in runs_of_words(words_of(text))}
    characters = {run for text in texts.values() for run in runs_of_characters(text)}

    found = []
    for path, text in tracked_texts():
        own = without_names(text, names)
        for part in own.split(BREAK):
            found += [(path, " ".join(run)) for run in runs_of_words(words_of(part)) if run in words]
            found += [(path, run) for run in runs_of_characters(part) if run in characters]

    assert found == []


def test_a_sentence_of_the_texts_would_be_found(texts: dict[str, str]) -> None:
    """The search above is no use if it finds nothing in the texts themselves."""
    words = {run for text in texts.values() for run in runs_of_words(words_of(text))}
    characters = {run for text in texts.values() for run in runs_of_characters(text)}

    for text in texts.values():
        broken_up = text[: len(text) // 2].replace(" ", "\n    ")
        assert any(run in words for run in runs_of_words(words_of(broken_up)))
    assert any(run in characters for text in texts.values() for run in runs_of_characters(text.replace("\n", "  ")))

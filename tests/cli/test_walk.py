"""Questions about several things, one after the other."""

from enum import StrEnum

import pytest

from planner.base.errors import BadValueError
from planner.cli.walk import one_by_one
from planner.domain.typed_words import read_word


def test_a_part_that_an_answer_adds_is_asked_about_and_counted(capsys):
    parts = {"a": "first", "b": "second"}
    asked = []
    for part in one_by_one(lambda: parts):
        asked.append(part)
        parts.pop("a", None)
        parts["c"] = "third"
    assert asked == ["first", "second", "third"]
    assert capsys.readouterr().out.split("\n") == ["", "1 of 2", "", "2 of 3", "", "3 of 3", ""]


class Word(StrEnum):
    NEW = "new"
    NEW_PART = "new_part"
    OLD = "old"


def test_a_word_is_read_by_its_beginning_and_a_whole_word_comes_first():
    assert [read_word(Word, text) for text in ("new", "New p", "o ")] == [Word.NEW, Word.NEW_PART, Word.OLD]
    for text in ("", "ne", "x"):
        with pytest.raises(BadValueError, match="Write one of these words: new, new part, old"):
            read_word(Word, text)

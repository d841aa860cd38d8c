"""The definitions of the words of the vocabularies."""

from planner.domain.definitions import DEFINITIONS
from planner.domain.vocabulary import (
    Basis,
    Completion,
    Concern,
    Confidence,
    Freshness,
    Phase,
    Prospect,
    Schedule,
    State,
)

VOCABULARIES = (Phase, Confidence, Schedule, Freshness, State, Concern, Completion, Prospect, Basis)


def test_every_word_of_every_vocabulary_is_defined_in_its_order():
    assert [list(definitions.meanings) for definitions in DEFINITIONS] == [list(words) for words in VOCABULARIES]


def test_a_definition_is_a_sentence_of_its_own():
    meanings = [meaning for definitions in DEFINITIONS for meaning in definitions.meanings.values()]
    assert all(meaning[0].isupper() and meaning.endswith(".") for meaning in meanings)
    assert len(set(meanings)) == len(meanings)

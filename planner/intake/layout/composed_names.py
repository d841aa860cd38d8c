"""Headings made of words that are known apart, such as 责任处室, 任务及措施 or Estimated completion date."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from planner.base.views import view
from planner.intake.layout.folding import simplified
from planner.intake.proposed import Field

# Runs of Latin letters, which are words, and runs of other letters, in which words follow each other without blanks.
_RUNS = re.compile(r"[a-z0-9'’]+|[#%]|(?:(?![a-z0-9'’])\w)+")
_REMARK = re.compile(r"\([^()]*\)")
# A sentence is not a heading, however many known words it has.
_LONGEST = 40
# Of two fields that a joined heading names, the first one has what the column is about.
_BEFORE = ((Field.DUE, Field.START), (Field.DONE, Field.NOTE))


# What is planned says nothing of these fields, and what is actual says only something of these.
_STATE = frozenset({Field.PHASE, Field.PERCENT, Field.CONFIDENCE, Field.DONE})


@view
class Words:
    """The words that names.yaml lists for composed headings.

    `same` gives for a word the one that it stands for. Words in `extra` say nothing about the field, those in `planned`
    nothing about a field of the plan, and those in `actual` nothing about a field of the state. `joints` join two
    names. A heading with a word in `foreign` is one of a column that no register has, such as a budget.
    """

    same: Mapping[str, str]
    extra: frozenset[str]
    planned: frozenset[str]
    actual: frozenset[str]
    joints: Sequence[str]
    foreign: Sequence[str]


class ComposedNames:
    """Finds the fields of headings that are not names themselves, but are made of the words of names."""

    def __init__(self, names: Mapping[str, Sequence[Field]], words: Words) -> None:
        self._words = words
        self._segments = re.compile(f"({_any_of({*words.same, *words.extra, *words.planned, *words.actual})})")
        self._joints = re.compile(_any_of(words.joints))
        self._foreign = re.compile(_any_of(words.foreign))
        self._fields: dict[tuple[str, ...], tuple[Field, ...]] = {}
        for name, fields in names.items():
            self._fields.setdefault(_core(self._split(_folded(name))), tuple(fields))
        # Names such as "key action" have no word that says what they mean.
        self._fields.pop((), None)

    def fields(self, heading: str) -> tuple[Field, ...]:
        """Return the fields that a heading means by its words, the likeliest first, or nothing."""
        folded = _folded(heading)
        if not folded or len(folded) > _LONGEST:
            return ()
        found = self._meant(folded) or self._joined(folded)
        # Most texts are cells of a table, which mean nothing, so the longest search comes last.
        return () if found and self._foreign.search(folded) else found

    def is_foreign(self, heading: str) -> bool:
        """Return whether a heading is that of a column that no register has, such as a budget or a planned percent."""
        folded = _folded(heading)
        if self._foreign.search(folded):
            return True
        return not self._meant(folded) and self._without_when(self._split(folded)) in self._fields

    def _joined(self, folded: str) -> tuple[Field, ...]:
        parts = [part for part in self._joints.split(folded) if part.strip()]
        if len(parts) != 2:
            return ()
        found = list(dict.fromkeys(chain.from_iterable(map(self._meant, parts))))
        for first, second in _BEFORE:
            if first in found and second in found:
                found.remove(second)
        return tuple(found)

    def _meant(self, folded: str) -> tuple[Field, ...]:
        words = self._split(folded)
        named = self._fields.get(_core(words))
        if named is not None:
            return named
        is_planned = not self._words.planned.isdisjoint(words)
        if not is_planned and self._words.actual.isdisjoint(words):
            return ()
        about = self._fields.get(self._without_when(words), ())
        return tuple(field for field in about if (field in _STATE) is not is_planned)

    def _without_when(self, words: Iterable[str]) -> tuple[str, ...]:
        """Return the core of a heading without the words that say whether it is planned or actual."""
        return _core(word for word in words if word not in self._words.planned | self._words.actual)

    def _split(self, folded: str) -> tuple[str, ...]:
        """Return the words of a heading that say something, each as the one that it stands for."""
        found: list[str] = []
        for run in _RUNS.findall(folded):
            found += [run] if run.isascii() else filter(None, self._segments.split(run))
        words = (self._words.same.get(word, word) for word in found)
        return tuple(word for word in words if word not in self._words.extra)


def _core(words: Iterable[str]) -> tuple[str, ...]:
    """Return what words mean together. The order of Latin words does not count."""
    kept = tuple(words)
    return tuple(sorted(kept)) if all(word.isascii() for word in kept) else ("".join(kept),)


def _folded(text: str) -> str:
    """Return a text as words are compared. Unlike the key of a heading, it keeps the signs between words."""
    plain = simplified(unicodedata.normalize("NFKC", " ".join(text.split())).casefold())
    return _REMARK.sub(" ", plain).strip() or plain


def _any_of(words: Iterable[str]) -> str:
    """Return a pattern that finds any of the words, the longest first. Latin words are found only whole."""
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(
        rf"\b{re.escape(word)}\b" if word.isascii() and word.isalnum() else re.escape(word) for word in longest_first
    )

"""What a person says about an import: the columns of the files, answers to questions, and which value counts."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from planner.base.errors import BadValueError
from planner.base.files import read_small
from planner.base.language import tr
from planner.base.listing import listed
from planner.base.views import value_class
from planner.intake.comparing.matching import Decisions
from planner.intake.proposed import Field

# How YAML and JSON write that there is no value.
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})

_MAPPING_EXAMPLE = "'Task: title'"
_ANSWER_EXAMPLE = """'"plan.xlsx: Tasks!B7 due": "2020-06-30"'"""


@value_class
class Wishes:
    """What a person says about an import. `sheets` are the names of the only sheets to import, or empty for all.

    `mapping` gives the field of a column by its heading, or None if the column is not imported. `answers` are given to
    questions, by the key of the problem that asks. With `take_file`, the files win over what people entered. `as_of` is
    the day of the reports that the files carry, or None for today. With `remove_working`, items with working titles
    that the files do not have leave the plan.
    """

    sheets: Sequence[str] = ()
    mapping: Mapping[str, Field | None] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    decisions: Decisions = field(default_factory=Decisions)
    take_file: bool = False
    as_of: date | None = None
    remove_working: bool = False

    def with_answers(self, answers: Mapping[str, str]) -> "Wishes":
        """Return the same wishes with other answers."""
        return replace(self, answers=answers)

    def with_mapping(self, mapping: Mapping[str, Field | None]) -> "Wishes":
        """Return the same wishes with other fields of columns."""
        return replace(self, mapping=mapping)


def read_mapping(path: Path) -> dict[str, Field | None]:
    """Return the fields of columns from a file in YAML or JSON: a heading per line, with its field or nothing.

    Raises FileTroubleError if the file cannot be read, and BadValueError if it says something else.
    """
    mapping: dict[str, Field | None] = {}
    for heading, name in _read(path, _MAPPING_EXAMPLE).items():
        if name is not None and name not in set(Field):
            known = listed(list(Field))
            raise BadValueError(
                tr("'{name}' is not a field", name=name),
                where=f"{path}: {heading}",
                do=tr("The fields are {known}", known=known),
            )
        mapping[heading] = None if name is None else Field(name)
    return mapping


def read_answers(path: Path) -> dict[str, str]:
    """Return the answers to questions from a file in YAML or JSON: the place of the value, with the answer.

    Raises FileTroubleError if the file cannot be read, and BadValueError if it says something else.
    """
    return {key: answer for key, answer in _read(path, _ANSWER_EXAMPLE).items() if answer is not None}


def read_matches(texts: Sequence[str]) -> dict[str, str]:
    """Return which codes of the files are which codes of the register, from texts such as `KP-7=T-004`."""
    matches: dict[str, str] = {}
    for text in texts:
        code, equals, same = (part.strip() for part in text.partition("="))
        if not (code and equals and same):
            raise BadValueError(
                tr("'{text}' does not name two codes", text=text),
                where="match",
                do=tr("Give two codes, such as KP-7=T-004"),
            )
        matches[code] = same
    return matches


# A file of answers to a large register has thousands of questions.
_LARGEST = 8_000_000


# An answer - without quotation marks, which is a list in YAML and nothing else at the end of a line.
_BARE_DASH = re.compile(r"(:[ \t]+)-[ \t]*$", re.MULTILINE)


def _read(path: Path, example: str) -> dict[str, str | None]:
    do = tr("Write one line per entry, such as {example}", example=example)
    content = _content(path, do)
    if not isinstance(content, dict) or not all(isinstance(text, str) for pair in content.items() for text in pair):
        raise BadValueError(tr("the file is not a list of names and values"), where=str(path), do=do)
    return {key: None if value in _NOTHING else value for key, value in content.items()}


def _content(path: Path, do: str) -> Any:
    """Return what a file in YAML or JSON has. Raises BadValueError with the line that cannot be read."""
    try:
        text = read_small(path, _LARGEST).decode("utf-8-sig")
        try:
            return _loaded(text)
        except yaml.YAMLError:
            return _loaded(_BARE_DASH.sub(r'\1"-"', text))
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        if mark is None:
            raise BadValueError(tr("the file is neither YAML nor JSON"), where=str(path), do=do) from error
        what = tr("the file is neither YAML nor JSON in line {line}", line=mark.line + 1)
        quoted = tr("{do}. A text with signs needs the quotation marks", do=do)
        raise BadValueError(what, where=str(path), do=quoted) from error


def _loaded(text: str) -> Any:
    # The fast loader does not know the signs for bytes of a file's name that are no text.
    fast = yaml.SafeLoader if "\\ud" in text else getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loader = fast(text)
    # Each value is read as it is written: 007 and 2020-06-30 are texts.
    loader.yaml_implicit_resolvers = {}
    return loader.get_single_data()

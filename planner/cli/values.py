"""The kinds of values that options take beside text: numbers and words, read as people type them."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

import click

from planner.base.numbers import GREATEST, read_number, read_percent, read_whole
from planner.base.texts import as_typed


class Whole(click.ParamType[int]):
    """A whole number in a range."""

    name = "number"

    def __init__(self, least: int = 1, greatest: int = GREATEST) -> None:
        self.least = least
        self.greatest = greatest

    def convert(self, value: Any, param: click.Parameter | None, _ctx: click.Context | None) -> int:
        """Read it. Raises BadValueError, naming the option."""
        return (
            value
            if isinstance(value, int)
            else read_whole(value, _called(param), least=self.least, greatest=self.greatest)
        )


class Percent(click.ParamType[int]):
    """A whole number from 0 to 100, with or without its sign."""

    name = "percent"

    def convert(self, value: Any, param: click.Parameter | None, _ctx: click.Context | None) -> int:
        """Read it. Raises BadValueError, naming the option."""
        return value if isinstance(value, int) else read_percent(value, _called(param))


class Number(click.ParamType[float]):
    """A value such as 12.5."""

    name = "value"

    def convert(self, value: Any, param: click.Parameter | None, _ctx: click.Context | None) -> float:
        """Read it. Raises BadValueError, naming the option."""
        return value if isinstance(value, float) else read_number(value, _called(param))


class Word(click.Choice[str]):
    """One of the words of a vocabulary, also as screens write it: `in progress` is `in_progress`."""

    def __init__(self, words: Iterable[StrEnum | str]) -> None:
        super().__init__([str(word) for word in words])

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word. An unknown one is an error that lists them."""
        typed = as_typed(str(value)).casefold()
        spellings = {_spelling(word): word for word in self.choices}
        return super().convert(spellings.get(_spelling(typed), value), param, ctx)


def _spelling(word: str) -> str:
    return word.replace("_", " ").replace("-", " ").casefold()


def _called(param: click.Parameter | None) -> str:
    """What an option or an argument is called on the command line."""
    if param is None:
        return ""
    return param.opts[0] if isinstance(param, click.Option) else (param.metavar or str(param.name)).upper()

"""The types of option values other than text: numbers, percents and words of a vocabulary, as people type them."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

import click

from planner.base.language import tr
from planner.base.numbers import read_number, read_percent, read_whole, without_percent_sign
from planner.base.texts import as_typed


class Whole(click.ParamType[int]):
    """An option type: a whole number of at least 1."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, _ctx: click.Context | None) -> int:
        """Return the number. Raises BadValueError about the option if the text is not a valid number."""
        return value if isinstance(value, int) else read_whole(value, _name_of(param))


class Percent(click.ParamType[int]):
    """An option type: a whole number from 0 to 100, with or without a percent sign."""

    name = "percent"

    def convert(self, value: Any, param: click.Parameter | None, _ctx: click.Context | None) -> int:
        """Return the number. Raises BadValueError about the option if the text is not a valid number."""
        return value if isinstance(value, int) else read_percent(value, _name_of(param))


class Number(click.ParamType[float]):
    """An option type: a decimal number such as 12.5."""

    name = "value"

    def convert(self, value: Any, param: click.Parameter | None, _ctx: click.Context | None) -> float:
        """Return the number. Raises BadValueError about the option if the text is not a valid number."""
        return value if isinstance(value, float) else read_number(value, _name_of(param))


class Measured(click.ParamType[str]):
    """An argument type: the text of a number, with a percent sign if this is the unit of what was measured."""

    name = "value"

    def convert(self, value: Any, param: click.Parameter | None, _ctx: click.Context | None) -> str:
        """Return the text. Raises BadValueError about the argument if it is no number, whatever its unit is."""
        read_number(without_percent_sign(value, "%"), _name_of(param))
        return str(value)


class Word(click.Choice[str]):
    """An option type: a word of a vocabulary. It can also be typed as screens show it: `in progress`."""

    def __init__(self, words: Iterable[StrEnum | str]) -> None:
        super().__init__([str(word) for word in words])

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the word. Raises BadParameter with a list of the words if it is unknown."""
        typed = as_typed(str(value)).casefold()
        spellings = {_spelling(word): word for word in self.choices}
        return super().convert(spellings.get(_spelling(typed), value), param, ctx)

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """Return the message for an unknown word, with the words that look like it."""
        from planner.cli.nearest import nearest_values, with_suggestion

        words = ", ".join(f"'{word}'" for word in self.choices)
        if len(self.choices) == 1:
            return tr("'{value}' is not possible. The only choice is {words}.", value=value, words=words)
        message = tr("'{value}' is not one of {words}.", value=value, words=words)
        return with_suggestion(message, nearest_values(str(value), self.choices))


def _spelling(word: str) -> str:
    return word.replace("_", " ").replace("-", " ").casefold()


def _name_of(param: click.Parameter | None) -> str:
    """Return the name of an option or an argument on the command line."""
    if param is None:
        return ""
    return param.opts[0] if isinstance(param, click.Option) else (param.metavar or str(param.name)).upper()

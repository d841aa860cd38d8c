"""Reading the numbers and percents that people type. A percent is a whole number from 0 to 100."""

import math
import re

from planner.base.errors import BadValueError
from planner.base.language import later, tr, tr_later
from planner.base.texts import as_typed_number

# A floating-point number with more digits is not stored exactly.
MOST_DIGITS = 15
# The largest number of a milestone, an event or a row, which is the database's largest integer.
GREATEST = 2**31 - 1
MOST_PERCENT = 100

_WHOLE = re.compile(r"\+?\d+", re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
# Digits in groups of three, with another sign before the decimals, and blanks or apostrophes between digits.
_GROUPED_BY_POINTS = re.compile(r"[+-]?\d{1,3}(?:(?:\.\d{3}){2,}|(?:\.\d{3})+,\d+)", re.ASCII)
_GROUPED_BY_COMMAS = re.compile(r"[+-]?\d{1,3}(?:(?:,\d{3}){2,}|(?:,\d{3})+\.\d+)", re.ASCII)
_ONE_COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)
_SPACED = re.compile(r"(?<=\d)[ '’](?=\d)", re.ASCII)
_A_NUMBER = later("Give a number such as 12.5")
_A_PERCENT = later("Give a whole number from 0 to 100")


def counted(number: int, one: str, several: str = "") -> str:
    """Return a number with its noun: 1 item, 1,200 items. `several` is the plural of the noun if it is irregular."""
    return f"{number:,} {one if number == 1 else several or f'{one}s'}"


def read_number(text: str, where: str) -> float:
    """Read a decimal number that a person typed, such as 12.5.

    Raises BadValueError about the field `where` if the text is not a number that can be kept exactly.
    """
    plain = as_typed_number(text)
    if "," in plain:
        meant = meant_numbers(plain)
        example = tr("{decimal} or {whole}", decimal=meant[0], whole=meant[-1]) if len(meant) > 1 else "".join(meant)
        raise BadValueError(
            tr("'{text}' has a comma, which can mean a decimal point or a thousands separator", text=text),
            where=where,
            do=tr("Type the number without a comma, such as {example}", example=example or tr("1500 or 1.5")),
        )
    if plain.endswith("%"):
        raise BadValueError(
            tr("'{text}' has a percent sign", text=text), where=where, do=tr("Type only the number, in the unit shown")
        )
    if not _NUMBER.fullmatch(plain):
        raise BadValueError(tr("'{text}' is not a number", text=text), where=where, do=tr_later(_A_NUMBER))
    return _storable(plain, text, where)


def without_percent_sign(text: str, unit: str) -> str:
    """Return the text of a number without a percent sign that only repeats the unit of the number."""
    plain = as_typed_number(text)
    return plain[:-1].rstrip() if plain.endswith("%") and _is_percent(unit) else text


def has_percent_sign(text: str) -> bool:
    """Return whether the text of a number ends with a percent sign, in any script."""
    return as_typed_number(text).endswith("%")


def _is_percent(unit: str) -> bool:
    """Return whether a unit is the percent, also of something: %, percent, % of households."""
    plain = as_typed_number(unit).casefold()
    return plain.startswith("%") or plain in ("percent", "per cent")


def meant_numbers(text: str) -> tuple[str, ...]:
    """Return the numbers that a text in plain characters can mean which has signs between its digits.

    1.234,5 and 1,234.5 and 1 234,5 mean 1234.5. The text 1,500 means 1.500 or 1500. Any other text gives nothing.
    """
    bare = _SPACED.sub("", text)
    if _ONE_COMMA.fullmatch(bare) and bare == text:
        return bare.replace(",", "."), bare.replace(",", "")
    if _GROUPED_BY_POINTS.fullmatch(bare) or _ONE_COMMA.fullmatch(bare):
        return (bare.replace(".", "").replace(",", "."),)
    if _GROUPED_BY_COMMAS.fullmatch(bare):
        return (bare.replace(",", ""),)
    return (bare,) if bare != text and _NUMBER.fullmatch(bare) else ()


def _storable(plain: str, text: str, where: str) -> float:
    """Return the number. Raises BadValueError if it is too large, too small or too exact to be stored."""
    mantissa = plain.lower().partition("e")[0]
    value = float(plain)
    if math.isinf(value) or (value == 0 and mantissa.strip("+-0.")):
        what = (
            tr("'{text}' is too large to be stored", text=text)
            if value
            else tr("'{text}' is too small to be stored", text=text)
        )
        raise BadValueError(what, where=where, do=tr("Use another unit"))
    if len(mantissa.lstrip("+-0.").replace(".", "").rstrip("0")) > MOST_DIGITS:
        raise BadValueError(
            tr(
                "'{text}' has more than {most_digits} digits, so it cannot be stored exactly",
                text=text,
                most_digits=MOST_DIGITS,
            ),
            where=where,
            do=tr("Round the number"),
        )
    # Minus zero becomes zero.
    return value or 0.0


def read_percent(text: str, where: str) -> int:
    """Read a percent: 40, 40% or %40. Raises BadValueError about the field `where` for any other text.

    In Arabic, Persian and Turkish, the sign also stands before the number.
    """
    plain = as_typed_number(text)
    plain = (plain.removesuffix("%") if plain.endswith("%") else plain.removeprefix("%")).strip()
    if plain == "-0":
        return 0
    if not _WHOLE.fullmatch(plain) or int(plain[:9]) > MOST_PERCENT or len(plain) > len("+000100"):
        raise BadValueError(tr("'{text}' is not a percentage", text=text), where=where, do=tr_later(_A_PERCENT))
    return int(plain)


def read_whole(text: str, where: str, *, least: int = 1, greatest: int = GREATEST) -> int:
    """Read a whole number, such as the number of a theme or a milestone.

    Raises BadValueError about the field `where` for any other text, and for a number outside the given range.
    """
    plain = as_typed_number(text)
    if _WHOLE.fullmatch(plain) and len(plain) <= len(str(GREATEST)) + 1 and least <= int(plain) <= greatest:
        return int(plain)
    what = (
        tr("'{text}' is not a number of {least} or more", text=text, least=least)
        if greatest == GREATEST
        else tr("'{text}' is not a number from {least} to {greatest}", text=text, least=least, greatest=greatest)
    )
    raise BadValueError(what, where=where, do=tr("Give a whole number in digits"))

"""Reading numbers that are spelled in English before a percent sign: twenty-five, one hundred and five, five point two.

A number is read as a whole. Its last word alone would be another one: 5% of one hundred and five percent.
"""

_ONE_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEEN_WORDS = ("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TEN_WORDS = ("ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
# The numbers from 1 to 9, by their words.
ONES = {word: number for number, word in enumerate(_ONE_WORDS, 1)}
_TEENS = {word: number for number, word in enumerate(_TEEN_WORDS, 11)}
_TENS = {word: 10 * number for number, word in enumerate(_TEN_WORDS, 1)}
_NUMBERS = {"zero": 0, "a": 1} | ONES | _TEENS | _TENS
_ONE, _TEEN, _TEN = "|".join(ONES), "|".join(_TEENS), "|".join(_TENS)
_BELOW_HUNDRED = rf"(?:(?:{_TEN})(?:[- ](?:{_ONE}))?|{_TEEN}|{_ONE}|zero)"
# A number as it is spelled, up to 999.
SPELLED = (
    rf"(?:(?:(?:{_ONE}|a)[- ])?hundred(?:[- ](?:and )?{_BELOW_HUNDRED})?|{_BELOW_HUNDRED})"
    rf"(?: point(?: (?:{_ONE}|zero))+)?\b"
)


def spelled_number(text: str) -> float:
    """Return the number that a text of the form `SPELLED` is: five point two is 5.2."""
    whole, _, after = text.casefold().replace("-", " ").partition(" point ")
    hundreds, hundred, rest = whole.rpartition("hundred")
    number = 100 * _NUMBERS[hundreds.strip() or "a"] if hundred else 0
    number += sum(_NUMBERS[word] for word in rest.split() if word != "and")
    return float(f"{number}.{''.join(str(_NUMBERS[word]) for word in after.split())}")

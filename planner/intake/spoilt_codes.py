"""Codes that a spreadsheet program took for numbers, as in a CSV file: 007 becomes 7, and 3.10 becomes 3.1."""

import re

# What spreadsheet programs take for a number.
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]*)?(?:E[+-]?[0-9]{1,3})?", re.IGNORECASE | re.ASCII)
# A number as these programs write it: without a nought in front or after its last decimal.
_AS_WRITTEN = re.compile(
    r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?|-?[0-9](?:\.[0-9]*)?E[+-]?[0-9]{1,3}", re.IGNORECASE | re.ASCII
)


def is_number(code: str) -> bool:
    """Return whether a spreadsheet program takes a code for a number."""
    return _NUMBER.fullmatch(code.strip()) is not None


def is_spoilt(code: str, was: str) -> bool:
    """Return whether a code is what a spreadsheet program makes of another one."""
    one, other = code.strip(), was.strip()
    if one == other or not (_AS_WRITTEN.fullmatch(one) and is_number(other)):
        return False
    return float(one) == float(other)

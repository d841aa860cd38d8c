"""Rounding percents in the same way for every screen and file, so that their sums and differences agree."""


def tenths(number: float | None) -> float | None:
    """Return a number rounded to the one decimal that is shown, or None for None."""
    return None if number is None else round(number, 1)


def points_between(now: float | None, before: float | None) -> float | None:
    """Return the difference between two percents in points, computed from the rounded values that are shown.

    Return None if the current percent is None. A missing earlier percent counts as 0.
    """
    # docs/decisions/0102: a reader can subtract the numbers that are shown.
    shown, was = tenths(now), tenths(before)
    return None if shown is None else round(shown - (was or 0.0), 1)

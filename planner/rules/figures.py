"""Percents as every screen and file shows them, so that what a reader adds up comes out the same everywhere."""


def tenths(number: float | None) -> float | None:
    """A number with the one decimal that is shown of it."""
    return None if number is None else round(number, 1)


def points_between(now: float | None, before: float | None) -> float | None:
    """The difference of two percents as they are shown, in points.

    None where there is none now; one that was not there before counts as 0.
    """
    shown, was = tenths(now), tenths(before)
    return None if shown is None else round(shown - (was or 0.0), 1)

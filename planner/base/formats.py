"""How numbers are written for people, as English writes them. Every screen, command and page uses these functions."""

# Shown in place of a number that does not exist, such as the percent of an item that nobody has reported on.
NO_NUMBER = "–"


def percent(value: float | None, decimals: int = 0) -> str:
    """Return a percent such as `40%`, rounded to a number of decimals; a dash if there is no value."""
    # docs/decisions/0060: another language writes a percent differently.
    return NO_NUMBER if value is None else f"{value:.{decimals}f}%"

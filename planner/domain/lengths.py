"""The longest texts, in characters, that the columns of the tables hold for what people name or number."""

LONGEST_KEY = 64
LONGEST_CODE = 64
LONGEST_SHORT_NAME = 32
LONGEST_LANGUAGE = 32

# The longest title or name that a person can give. Columns hold longer ones, which files may have.
LONGEST_TITLE = 1_000


def beginning_as_short_name(name: str) -> str:
    """Return the short name of an organisation whose short name nobody gave: the beginning of its name."""
    return name[:LONGEST_SHORT_NAME]

"""Making text safe for spreadsheet cells: text that would run as a formula is neutralised."""

# Spreadsheet programs run a text cell that begins with one of these as a formula. Some programs, set to an East Asian
# language, also accept the full-width forms.
FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")

# These characters before a formula hide it from people, and from programs that check only the first character.
HIDING_BLANKS = ("\t", "\r")


def neutralised(text: str) -> str:
    """Return text that no spreadsheet runs as a formula: an apostrophe is put in front if necessary."""
    if text[:1].isalnum():
        return text  # no blank and no sign: nearly every text
    # A text that begins with apostrophes gets one more, so that `original` knows how many were its own.
    if _is_risky(text.lstrip("'")):
        # docs/decisions/0056: an office program would run it when the file is opened.
        return f"'{text}"
    return text


def original(text: str) -> str:
    """Return the text that `neutralised` was given."""
    return text[1:] if text.startswith("'") and _is_risky(text.lstrip("'")) else text


def _is_risky(text: str) -> bool:
    visible = text.lstrip()
    blanks = text[: len(text) - len(visible)]
    return visible.startswith(FORMULA_SIGNS) or any(blank in blanks for blank in HIDING_BLANKS)

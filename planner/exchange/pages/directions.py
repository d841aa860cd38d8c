"""The writing direction of a language."""

# The language and script subtags of right-to-left writing.
_RIGHT_TO_LEFT = {"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi", "arab", "hebr"}


def direction(language: str) -> str:
    """Return the writing direction of a language for HTML. "auto" lets the browser decide by the text."""
    return "rtl" if _RIGHT_TO_LEFT & set(language.lower().split("-")) else "auto"

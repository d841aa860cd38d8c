"""Escape plain text for formats that expect Markdown, so that no part of the text is read as markup."""

import re

# Characters with a meaning anywhere in a line. In OSCAL's dialect these include quotation marks, ~, ^ and braces.
_ANYWHERE = re.compile(r'[\\`*_\[\]<>&~^{}|"$]')
# Characters that turn a line into a list item, heading or rule if the line begins with them.
_BEGINNING = re.compile(r"^(\s*)([-+=#])", re.MULTILINE)
_NUMBERED = re.compile(r"^(\s*\d+)([.)])", re.MULTILINE)


def escaped(text: str) -> str:
    """Return the text with a backslash before each character that Markdown would read as markup."""
    plain = _ANYWHERE.sub(r"\\\g<0>", text)
    return _NUMBERED.sub(r"\1\\\2", _BEGINNING.sub(r"\1\\\2", plain))

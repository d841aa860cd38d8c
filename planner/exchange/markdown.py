"""Plain text where a format holds Markdown: nothing in it is taken for markup."""

import re

# What means something anywhere in a line; in OSCAL's dialect also quotation marks, ~, ^ and braces.
_ANYWHERE = re.compile(r'[\\`*_\[\]<>&~^{}|"$]')
# What makes a list, a heading or a rule of a line that begins with it.
_BEGINNING = re.compile(r"^(\s*)([-+=#])", re.MULTILINE)
_NUMBERED = re.compile(r"^(\s*\d+)([.)])", re.MULTILINE)


def escaped(text: str) -> str:
    """Text with a backslash before each character that Markdown would take for markup."""
    plain = _ANYWHERE.sub(r"\\\g<0>", text)
    return _NUMBERED.sub(r"\1\\\2", _BEGINNING.sub(r"\1\\\2", plain))

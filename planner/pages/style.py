"""The style sheet of a page, and the security policy that allows the browser to use this sheet and nothing else."""

import hashlib
from base64 import b64encode
from importlib.resources import files

from markupsafe import Markup

# The style sheet that all pages share.
_SHEET = "page.css"


def style_variables(*parts: str) -> dict[str, str]:
    """Return the variables of the base template that hold the style sheet and the security policy.

    `parts` follow the shared rules in the sheet: the page's own rules, and the text in its print margins.
    """
    style = "\n".join([sheet("planner.pages", _SHEET), *parts])
    # Safe to insert: the project's own style sheets, whose texts are escaped and cannot end the <style> element.
    return {"style": Markup(style), "policy": _policy(style)}


def sheet(package: str, name: str) -> str:
    """Return the content of a style sheet in a package."""
    return files(package).joinpath(name).read_text(encoding="utf-8")


def _policy(style: str) -> str:
    """Return the content security policy: no scripts, no network, and no style sheet but this one."""
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    # docs/decisions/0077: a page must be safe to open and look the same in ten years.
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def edges(footer: str, *, simulated: bool) -> str:
    """Return the CSS for the margins of printed pages: the footer, and a warning at the top if data is simulated."""
    above = " @top-center { content: 'SIMULATED DATA'; }" if simulated else ""
    return f"@page {{ @bottom-left {{ content: {css_text(footer)}; }}{above} }}"


def css_text(text: str) -> str:
    """Return a text as a CSS string.

    Every character except ASCII letters and digits is written as its code point, so that no character can end the
    string.
    """
    kept = (
        character if character.isascii() and character.isalnum() else f"\\{ord(character):x} " for character in text
    )
    return f'"{"".join(kept)}"'

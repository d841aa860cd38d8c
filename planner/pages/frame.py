"""The frame of every exported HTML page: a self-contained file without network access and without scripts."""

from collections.abc import Iterable, Iterator
from html import escape
from importlib.resources import files

from planner.base.visible_text import visible
from planner.domain.symbols import MADE_UP, SYMBOLS, TONES, words
from planner.weekly.page.style import edges, policy
from planner.weekly.reading import Instance

# The style sheet that all pages share. A page's own sheet follows it.
_SHEET = "page.css"

# The language and script subtags of right-to-left writing.
_RIGHT_TO_LEFT = {"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi", "arab", "hebr"}


def framed(instance: Instance, name: str, sheet: str, content: Iterable[str]) -> Iterator[bytes]:
    """Yield a page in pieces.

    `name` is the title (for example "Findings"), `sheet` the page's own style sheet in this package, and `content` the
    lines within <main>.
    """
    for piece in (_head(instance, name, sheet), _masthead(instance, name), content, _foot()):
        for line in piece:
            yield line.encode() + b"\n"


def as_text(text: str) -> str:
    """Escape text from the data, which is never markup."""
    return escape(visible(text))


def marked(word: str) -> str:
    """Return a word of a vocabulary with its symbol and colour."""
    symbol, style = SYMBOLS[word]
    return f'<span class="mark {TONES[style]}"><span aria-hidden="true">{symbol}</span> {words(word)}</span>'


def quoted(language: str, text: str) -> str:
    """Return words of a document as a quotation in their own language and direction."""
    return f'<blockquote lang="{escape(language)}" dir="{_direction(language)}">{as_text(text)}</blockquote>'


def _direction(language: str) -> str:
    """Return the writing direction of a language. "auto" lets the browser decide by the text."""
    return "rtl" if _RIGHT_TO_LEFT & set(language.lower().split("-")) else "auto"


def _head(instance: Instance, name: str, sheet: str) -> Iterator[str]:
    footer = f"{name} as of {instance.as_of}, as known at {instance.known_at_local}"
    style = f"{_read(_SHEET)}{_read(sheet)}{edges(footer, simulated=instance.plan.simulated)}\n"
    simulated = " · SIMULATED" if instance.plan.simulated else ""
    yield "<!DOCTYPE html>"
    yield '<html lang="en">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{escape(policy(style))}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield '<meta name="referrer" content="no-referrer">'
    yield '<meta name="generator" content="planner">'
    yield f"<title>{name} · {as_text(instance.plan.title)}{simulated}</title>"
    # Safe to insert: the project's own style sheets, whose texts are escaped and cannot end the <style> element.
    yield f"<style>{style}</style>"
    yield "</head>"
    yield "<body>"


def _read(sheet: str) -> str:
    return files("planner.pages").joinpath(sheet).read_text(encoding="utf-8")


def _masthead(instance: Instance, name: str) -> Iterator[str]:
    plan = instance.plan
    if plan.simulated:
        yield (f'<p class="simulated" role="note"><strong>SIMULATED</strong> {MADE_UP}</p>')
    facts = {
        "As of": str(instance.as_of),
        "As known at": instance.known_at_local,
        "Plan of": plan.issuer,
        "Data": "simulated" if plan.simulated else "register",
    }
    yield "<header>"
    yield f'<p class="kicker">{name}</p>'
    yield f'<h1 dir="auto" lang="">{as_text(plan.title)}</h1>'
    yield "<dl>"
    yield from (f"<div><dt>{fact}</dt><dd><bdi>{as_text(value)}</bdi></dd></div>" for fact, value in facts.items())
    yield "</dl>"
    yield "</header>"
    yield "<main>"


def _foot() -> Iterator[str]:
    yield "</main>"
    yield "</body>"
    yield "</html>"

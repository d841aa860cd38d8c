"""What every page has around its content: a file that holds all it shows, opens without a network, runs nothing."""

from collections.abc import Iterable, Iterator
from html import escape
from importlib.resources import files

from planner.marks import MADE_UP, SYMBOLS, TONES, words
from planner.visible_text import visible
from planner.weekly.page.style import edges, policy
from planner.weekly.reading import Instance

# The look that all pages share; a page's own sheet comes after it.
_SHEET = "page.css"

# The languages and the scripts that are written from right to left, by their subtags.
_RIGHT_TO_LEFT = {"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi", "arab", "hebr"}


def framed(instance: Instance, name: str, sheet: str, content: Iterable[str]) -> Iterator[bytes]:
    """A page in pieces: what it is called (Findings), its own sheet of this package, the lines within <main>."""
    for piece in (_head(instance, name, sheet), _masthead(instance, name), content, _foot()):
        for line in piece:
            yield line.encode() + b"\n"


def as_text(text: str) -> str:
    """Text from the data, which is never markup."""
    return escape(visible(text))


def marked(word: str) -> str:
    """A word of a vocabulary with symbol and colour."""
    symbol, style = SYMBOLS[word]
    return f'<span class="mark {TONES[style]}"><span aria-hidden="true">{symbol}</span> {words(word)}</span>'


def quoted(language: str, text: str) -> str:
    """Words of a document, in their own language and direction."""
    return f'<blockquote lang="{escape(language)}" dir="{_direction(language)}">{as_text(text)}</blockquote>'


def _direction(language: str) -> str:
    """Which way a language is written; the text itself decides where its subtags do not say."""
    return "rtl" if _RIGHT_TO_LEFT & set(language.lower().split("-")) else "auto"


def _head(instance: Instance, name: str, sheet: str) -> Iterator[str]:
    told = f"{name} as of {instance.as_of}, as known at {instance.known_at_local}"
    style = f"{_read(_SHEET)}{_read(sheet)}{edges(told, simulated=instance.plan.simulated)}\n"
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
    # The project's own sheets, and texts in which nothing can end them.
    yield f"<style>{style}</style>"
    yield "</head>"
    yield "<body>"


def _read(sheet: str) -> str:
    return files("planner.exchange").joinpath(sheet).read_text(encoding="utf-8")


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

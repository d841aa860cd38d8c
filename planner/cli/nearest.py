"""What a person who mistyped a word may have meant. This is imported only for an error message."""

from collections.abc import Iterable
from difflib import get_close_matches

from planner.base.language import tr

# Words that people try first, and the command or option that does what they expect.
OTHER_WORDS = {
    "audit": "log",
    "backup": "export",
    "dashboard": "overview",
    "help": "--help",
    "history": "log",
    "list": "items",
    "org": "organisation",
    "organization": "organisation",
    "plan-new": "plan new",
    "query": "find",
    "report": "update",
    "search": "find",
    "start": "demo",
    "status": "overview",
    "today": "my-week",
    "tutorial": "demo",
    "users": "people",
    "version": "--version",
}


def nearest(typed: str, known: Iterable[str]) -> list[str]:
    """Return the known words that look like a typed one, the most similar first, and at most three."""
    spelled = {word.casefold(): word for word in known}
    return [spelled[word] for word in get_close_matches(typed.casefold(), spelled)]


def nearest_command(typed: str, known: Iterable[str], *, is_main: bool) -> list[str]:
    """Return the commands of a group that a person may have meant by a word that is no command of it.

    The main commands are also known by other words, such as `search` for `find`.
    """
    other = OTHER_WORDS.get(typed.casefold()) if is_main else None
    return [other] if other is not None else nearest(typed, known)


def with_suggestion(message: str, alike: Iterable[str]) -> str:
    """Return a message about an unknown word, followed by the words that look like it, if there are any."""
    quoted = [f"'{word}'" for word in alike]
    if not quoted:
        return message
    names = ", ".join(quoted)
    if len(quoted) == 1:
        return f"{message} {tr('Did you mean {name}?', name=names)}"
    return f"{message} {tr('Did you mean one of {names}?', names=names)}"

"""What a person who mistyped a word may have meant. This is imported only for an error message."""

from collections.abc import Collection, Iterable, Mapping
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


# Options that people try first, and what does the same in commands that have it.
OTHER_OPTIONS = {
    "--after": ("--since", "--from"),
    "--author": ("--who",),
    "--comment": ("--done", "--note", "--reason"),
    "--confirm": ("--yes",),
    "--csv": ("--format csv",),
    "--date": ("--as-of",),
    "--day": ("--as-of",),
    "--deadline": ("--due",),
    "--docx": ("--format docx",),
    "--dry-run": ("--preview",),
    "--file": ("--output",),
    "--filter": ("--search",),
    "--find": ("--search",),
    "--force": ("--replace", "--yes"),
    "--from": ("--since",),
    "--html": ("--format html",),
    "--into": ("--part", "--merged-into"),
    "--json": ("--format json",),
    "--late": ("--schedule behind", "--schedule overdue"),
    "--message": ("--reason",),
    "--name": ("--title",),
    "--note": ("--done",),
    "--on": ("--as-of",),
    "--org": ("--organisation", "--lead", "--for"),
    "--organisation": ("--lead", "--for"),
    "--organization": ("--organisation", "--lead", "--for"),
    "--overdue": ("--schedule overdue",),
    "--overwrite": ("--replace",),
    "--owner": ("--lead", "--accountable", "--mine"),
    "--pdf": ("--format pdf",),
    "--progress": ("--percent",),
    "--query": ("--search",),
    "--since": ("--from",),
    "--state": ("--phase",),
    "--status": ("--phase", "--state"),
    "--title": ("--name",),
    "--to": ("--into", "--theme", "--lead"),
    "--user": ("--who",),
    "--verbose": ("--debug",),
    "--why": ("--reason",),
    "--xlsx": ("--format xlsx",),
    "-f": ("--format",),
    "-m": ("--reason",),
    "-n": ("--limit",),
    "-q": ("--search",),
    "-v": ("--debug",),
    "-y": ("--yes",),
}


# Words that people use for the words of a vocabulary, such as a phase, a rating or a state.
OTHER_VALUES = {
    "active": ("in_progress",),
    "bad": ("red",),
    "begun": ("in_progress",),
    "canceled": ("cancelled",),
    "closed": ("completed",),
    "complete": ("completed",),
    "delayed": ("behind", "overdue"),
    "doing": ("in_progress",),
    "done": ("completed",),
    "dropped": ("cancelled",),
    "excel": ("xlsx",),
    "finished": ("completed",),
    "good": ("green",),
    "late": ("behind", "overdue"),
    "lead": ("organisation",),
    "new": ("not_started",),
    "office": ("organisation",),
    "ok": ("green", "on_track"),
    "ongoing": ("in_progress",),
    "open": ("not_started", "in_progress", "suspended"),
    "orange": ("amber",),
    "paused": ("suspended",),
    "planned": ("not_started",),
    "silent": ("stale", "unreported"),
    "spreadsheet": ("xlsx",),
    "started": ("in_progress",),
    "stopped": ("suspended", "cancelled"),
    "todo": ("not_started",),
    "unstarted": ("not_started",),
    "word": ("docx",),
    "yellow": ("amber",),
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


def nearest_values(typed: str, known: Collection[str]) -> list[str]:
    """Return the words of a vocabulary that a person may have meant by a word that is none of it."""
    meant = [word for word in OTHER_VALUES.get(typed.casefold(), ()) if word in known]
    return meant or nearest(typed, known)


def nearest_options(typed: str, known: Mapping[str, Collection[str]], alike: Iterable[str]) -> list[str]:
    """Return what a person may have meant by an option that a command does not have.

    `known` has the command's options and the words that each of them takes; it takes any text if there are none.
    `alike` are those that look like the typed one. They count only if nothing is known of what people expect of it.
    """
    expected = OTHER_OPTIONS.get(typed.casefold())
    if expected is None:
        return list(alike)
    return [words for words in expected if _takes(known, *words.split())]


def _takes(known: Mapping[str, Collection[str]], option: str, word: str = "") -> bool:
    return option in known and (not word or word in known[option])


def with_suggestion(message: str, alike: Iterable[str]) -> str:
    """Return a message about an unknown word, followed by the words that look like it, if there are any."""
    quoted = [f"'{word}'" for word in alike]
    if not quoted:
        return message
    names = ", ".join(quoted)
    if len(quoted) == 1:
        return f"{message} {tr('Did you mean {name}?', name=names)}"
    return f"{message} {tr('Did you mean one of {names}?', names=names)}"

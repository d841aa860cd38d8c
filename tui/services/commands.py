"""The commands that the palette lists: what can be done on a screen, named as on the command line."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum, auto

from textual.binding import ActiveBinding

from planner.base.language import tr_later
from planner.base.texts import folded
from tui.keys.remapping import called

# Keys that only move the cursor are not listed, because nobody searches for them by name. Themes are listed separately,
# with their titles.
_MOVING = ("table.", "pane.", "panes.", "choice.", "counts.", "matrix.", "field.", "theme.", "palette.")
_MOVES = ("next", "previous", "later", "earlier")
_UNLISTED = ("app.palette", "app.jump", "app.quit_always", "app.interrupt", "screen.back")

# Maps the id of a key, or the last word of the id, to the command line's name for the action, if the two differ.
VERBS = {
    "report": "update",
    "filter": "items",
    "export": "weekly",
    "clause": "trace",
    "log.checkpoint": "verify",
    "links.accept": "links",
    "links.reject": "links",
    "links.change": "links",
    "findings.accept": "findings",
    "findings.reopen": "findings",
    "item": "show",
    "plan.choose": "plan",
    "as_of.choose": "as-of",
    "as_of.today": "as-of",
    "app.help": "keys",
    "copy.text": "copy",
    "copy.as": "copy",
}


@dataclass(frozen=True)
class PaletteEntry:
    """A line of the palette.

    `verb` and `told` are the command's name and its description. `key` is the keyboard key for the same action, or an
    empty string if there is none. `act` performs the action. `title` is what the screens call the action or the place;
    it is empty if only the verb names it.
    """

    verb: str
    told: str
    key: str
    act: Callable[[], object]
    title: str = ""

    @property
    def names(self) -> tuple[str, str, str]:
        """Return what the entry is called: its title, its verb, and both."""
        return folded(self.title), folded(self.verb), folded(f"{self.verb} {self.title}")

    @property
    def searched(self) -> str:
        """Return the text that a search looks in."""
        return folded(f"{self.verb}: {self.title} {self.told}")


class Match(IntEnum):
    """How a search matches an entry of the palette, the best first."""

    NAME_BEGINS = auto()
    WORDS_BEGIN = auto()
    IN_NAME = auto()
    IN_DESCRIPTION = auto()


def having(commands: Iterable[PaletteEntry], search: str) -> list[PaletteEntry]:
    """Return the commands that contain every word of the search, the best match first.

    Among equal matches, those whose verb begins with the first word come first. Otherwise the order does not change.
    """
    words = _words(search)
    kept = [command for command in commands if all(word in command.searched for word in words)]
    if not words:
        return kept
    return sorted(kept, key=lambda one: (match_of(one, search), not folded(one.verb).startswith(words[0])))


def match_of(entry: PaletteEntry, search: str) -> Match:
    """Return how a search that finds an entry matches it."""
    words = _words(search)
    if any(name.startswith(" ".join(words)) for name in entry.names if name):
        return Match.NAME_BEGINS
    name = entry.names[-1]
    if all(f" {word}" in f" {name}" for word in words):
        return Match.WORDS_BEGIN
    return Match.IN_NAME if all(word in name for word in words) else Match.IN_DESCRIPTION


def _words(search: str) -> list[str]:
    return folded(search).replace(":", " ").split()


def commands_of(active: Iterable[ActiveBinding], run: Callable[[ActiveBinding], object]) -> list[PaletteEntry]:
    """Return one command for each listed key binding of a screen, in the order of the bindings."""
    commands: dict[str, PaletteEntry] = {}
    for one in active:
        name = one.binding.id
        if name and one.enabled and name not in commands and _listed(name):
            commands[name] = _command(name, one, run)
    return list(commands.values())


def _listed(name: str) -> bool:
    last = name.rpartition(".")[2]
    return not (name.startswith(_MOVING) or last.startswith(_MOVES) or name in _UNLISTED)


def _command(name: str, active: ActiveBinding, run: Callable[[ActiveBinding], object]) -> PaletteEntry:
    group, _, last = name.rpartition(".")
    description, key = tr_later(active.binding.tooltip), called(active.binding.key)
    title = tr_later(active.binding.description)
    if group == "go":
        return PaletteEntry("go", f"{title}: {description}", key, lambda: run(active), title)
    verb = VERBS.get(name) or VERBS.get(last) or last.replace("_", " ")
    return PaletteEntry(verb, description, key, lambda: run(active), title)

"""The commands that the palette lists: what can be done on a screen, named as on the command line."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

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
    empty string if there is none. `act` performs the action.
    """

    verb: str
    told: str
    key: str
    act: Callable[[], object]

    @property
    def searched(self) -> str:
        """Return the text that a search looks in."""
        return folded(f"{self.verb}: {self.told}")


def having(commands: Iterable[PaletteEntry], search: str) -> list[PaletteEntry]:
    """Return the commands that contain every word of the search.

    Commands whose verb begins with the first word come first. Otherwise the order does not change.
    """
    words = folded(search).replace(":", " ").split()
    kept = [command for command in commands if all(word in command.searched for word in words)]
    return sorted(kept, key=lambda command: not words or not folded(command.verb).startswith(words[0]))


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
    if group == "go":
        return PaletteEntry("go", f"{tr_later(active.binding.description)}: {description}", key, lambda: run(active))
    verb = VERBS.get(name) or VERBS.get(last) or last.replace("_", " ")
    return PaletteEntry(verb, description, key, lambda: run(active))

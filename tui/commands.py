"""What the palette lists besides places: what can be done on a screen, under the command line's names."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from textual.binding import ActiveBinding

from planner.texts import folded
from tui.keymap import called

# Keys that only move about: nobody looks for them by name. Themes are listed with their titles instead.
_MOVING = ("table.", "pane.", "panes.", "choice.", "counts.", "matrix.", "field.", "theme.", "palette.")
_MOVES = ("next", "previous", "later", "earlier")
_UNLISTED = ("app.palette", "app.jump", "app.quit_always", "app.interrupt", "screen.back")

# What the command line calls what a key does where its id is called otherwise: by the id, or by the id's last word.
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
    "as_of.choose": "as-of",
    "as_of.today": "as-of",
    "app.help": "keys",
    "copy.text": "copy",
    "copy.as": "copy",
}


@dataclass(frozen=True)
class Command:
    """A line of the palette: the verb, what it does, the key that does the same (or ""), and the deed."""

    verb: str
    told: str
    key: str
    act: Callable[[], object]

    @property
    def searched(self) -> str:
        """What is looked in."""
        return folded(f"{self.verb}: {self.told}")


def having(commands: Iterable[Command], search: str) -> list[Command]:
    """Those that have every word; where a verb is meant, that first, else in their order."""
    words = folded(search).replace(":", " ").split()
    kept = [command for command in commands if all(word in command.searched for word in words)]
    return sorted(kept, key=lambda command: not words or not folded(command.verb).startswith(words[0]))


def commands_of(active: Iterable[ActiveBinding], run: Callable[[ActiveBinding], object]) -> list[Command]:
    """The bindings of a screen, its own first, each once."""
    commands: dict[str, Command] = {}
    for one in active:
        name = one.binding.id
        if name and one.enabled and name not in commands and _listed(name):
            commands[name] = _command(name, one, run)
    return list(commands.values())


def _listed(name: str) -> bool:
    last = name.rpartition(".")[2]
    return not (name.startswith(_MOVING) or last.startswith(_MOVES) or name in _UNLISTED)


def _command(name: str, active: ActiveBinding, run: Callable[[ActiveBinding], object]) -> Command:
    group, _, last = name.rpartition(".")
    told, key = active.binding.tooltip, called(active.binding.key)
    if group == "go":
        return Command("go", f"{active.binding.description}: {told}", key, lambda: run(active))
    verb = VERBS.get(name) or VERBS.get(last) or last.replace("_", " ")
    return Command(verb, told, key, lambda: run(active))

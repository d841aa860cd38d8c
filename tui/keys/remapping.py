"""All key bindings of the app by their ids, and the readable names of keys."""

import unicodedata
from collections.abc import Mapping

from textual import keys as terminal
from textual.binding import Binding

from planner.personal.settings import KeyCatalog
from tui.keys import bindings
from tui.keys.contexts import places

_MODIFIERS = {"ctrl", "shift", "alt", "super", "meta", "hyper"}
_NAMED = {key.value for key in terminal.Keys if "<" not in key.value}
_NAMED |= set(terminal.KEY_TO_UNICODE_NAME) | set(terminal.REPLACED_KEYS) | {"space"}

# Readable names of keys that differ from the names in the terminal's events.
_CALLED = {"escape": "esc", "enter": "enter", "comma": "comma", "pageup": "pageup", "pagedown": "pagedown"}
_WRITTEN = {called: key for key, called in (*terminal.KEY_DISPLAY_ALIASES.items(), *_CALLED.items())}


def all_bindings() -> dict[str, Binding]:
    """Return every binding by its id, in the order of definition."""
    groups = [group for name, group in vars(bindings).items() if name.isupper() and isinstance(group, list)]
    every = [binding for group in groups for binding in group if isinstance(binding, Binding)]
    return {binding.id: binding for binding in every if binding.id}


def catalog() -> KeyCatalog:
    """Return the catalogue of keys against which a person's settings are checked."""
    return KeyCatalog(
        keys={name: _split(binding.key) for name, binding in all_bindings().items()},
        descriptions={name: binding.tooltip for name, binding in all_bindings().items()},
        places=places(),
        normal=normal,
        called=called,
    )


def keys_of(name: str, keymap: Mapping[str, str]) -> list[str]:
    """Return the keys of a binding after remapping. Raises KeyError if no binding has this id."""
    return _split(keymap.get(name) or all_bindings()[name].key)


def normal(key: str) -> str | None:
    """Return the name that the terminal's events use for a key, or None if there is no such key."""
    key = _WRITTEN.get(key, key)
    if len(key) == 1:
        return terminal._character_to_key(key) if key.isprintable() and not key.isspace() else None
    *modifiers, last = key.lower().split("+")
    last = _WRITTEN.get(last, last)
    whole = "+".join([*modifiers, last])
    if whole in _NAMED:
        return whole
    known = last in _NAMED or (len(last) == 1 and last.isprintable() and modifiers) or _character(last)
    return whole if known and set(modifiers) <= _MODIFIERS else None


def _character(name: str) -> bool:
    """Return whether this is the Unicode name of a printable character.

    Terminal events use such names for punctuation.
    """
    try:
        return " " not in name and unicodedata.lookup(name.replace("_", " ")).isprintable()
    except KeyError:
        return False


def called(key: str) -> str:
    """Return a key in readable form, such as ctrl+r, esc or ?."""
    *modifiers, last = key.split("+")
    return "+".join([*modifiers, _CALLED.get(last) or terminal.format_key(last)])


def _split(given: str) -> list[str]:
    return [normal(key.strip()) or key.strip() for key in given.split(",")]

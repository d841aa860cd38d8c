"""A user's own settings for keys and appearance, from a TOML file in their configuration folder (docs/keys.md).

The file is checked as a whole. If any entry is wrong, every error is reported with its entry, and no setting is used.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any

from planner.base.errors import FileTroubleError
from planner.base.language import tr
from planner.base.listing import listed
from planner.base.views import value_class
from planner.personal.person_file import read_text

THEMES = ("dark", "light", "high-contrast")


@value_class
class PersonalSettings:
    """The settings in a user's settings file: remapped keys and the theme. `plain_setting` reads `plain` by itself.

    `keys` maps the id of a binding to its new keys: "key[,key]". `theme` is None if none was chosen. `troubles`
    describes each error in the file in one sentence; if there are any, the other fields are empty.
    """

    keys: Mapping[str, str] = field(default_factory=dict)
    theme: str | None = None
    troubles: tuple[str, ...] = ()


@value_class
class KeyCatalog:
    """The app's key bindings that can be remapped. The app passes them to this module for checking.

    `keys` maps the id of a binding to its default keys, and `descriptions` maps it to what the binding does. `places`
    maps the name of a screen to the sets of ids that are active at the same time. `normal` returns the standard name of
    a key, or None if it is not a key. `called` returns a key's name as shown to people.
    """

    keys: Mapping[str, Sequence[str]]
    descriptions: Mapping[str, str]
    places: Mapping[str, Sequence[frozenset[str]]]
    normal: Callable[[str], str | None]
    called: Callable[[str], str]

    def called_keys(self, name: str, settings: PersonalSettings) -> list[str]:
        """Return the keys of a binding after remapping, by the names shown to people."""
        given = settings.keys.get(name)
        return [self.called(key) for key in (given.split(",") if given else self.keys[name])]


def read_settings(file: Path, catalog: KeyCatalog) -> PersonalSettings:
    """Return the settings in a file, or the defaults if there is no file."""
    try:
        text = read_text(file)
    except FileTroubleError as error:
        return PersonalSettings(troubles=(f"{error.where}: {error.what}.",))
    return PersonalSettings() if text is None else parsed(text, str(file), catalog)


def parsed(text: str, name: str, catalog: KeyCatalog) -> PersonalSettings:
    """Return the settings in a text. `name` is the name of the file for error messages."""
    import tomllib

    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return PersonalSettings(troubles=(tr("{file}: the file is not valid TOML: {error}.", file=name, error=error),))
    entries = dict(_flat(tables))
    troubles = [f"{name}, {entry}: {message}" for entry, message in _troubles(entries, catalog)]
    # docs/decisions/0038: half a keymap can make a key unreachable.
    if troubles:
        return PersonalSettings(troubles=tuple(troubles))
    keys = {entry.removeprefix("keys."): value for entry, value in entries.items() if entry.startswith("keys.")}
    normal = {name: ",".join(_keys(value, catalog)) for name, value in keys.items()}
    return PersonalSettings(keys=normal, theme=entries.get("looks.theme"))


def _flat(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every entry with its full name. Unlike in TOML, [keys] go.log and [keys] "go.log" are the same entry."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield before + name, value


def _troubles(entries: Mapping[str, Any], catalog: KeyCatalog) -> Iterator[tuple[str, str]]:
    for entry, value in entries.items():
        message = _trouble(entry, value, catalog)
        if message:
            yield entry, message
    yield from _clashes({entry.removeprefix("keys."): value for entry, value in entries.items()}, catalog)


def _trouble(entry: str, value: Any, catalog: KeyCatalog) -> str | None:
    """Return what is wrong with one entry of the settings file, or None if it is valid."""
    if entry in _LOOKS:
        return _LOOKS[entry](value)
    table, _, name = entry.partition(".")
    if table != "keys" or not name:
        return tr("there is no such setting. The settings are [keys] and, under [looks], theme and plain.")
    if name not in catalog.keys:
        return tr("no key has this id. 'planner keys' lists the ids.")
    if not isinstance(value, str):
        return tr('{value} is not text. Write "key" or "key,key".', value=repr(value))
    wrong = next((key for key in _split(value) if catalog.normal(key) is None), None)
    if wrong is None:
        return None
    return tr("{key} is not a key. Write one such as x, X, ?, f5, ctrl+x, pagedown or comma.", key=repr(wrong))


def _theme_trouble(value: Any) -> str | None:
    if value in THEMES:
        return None
    return tr("{value} is not a theme. The themes are {themes}.", value=repr(value), themes=listed(THEMES))


def _plain_trouble(value: Any) -> str | None:
    return None if isinstance(value, bool) else tr("{value} is not true or false.", value=repr(value))


# The entries under [looks], each with what says what is wrong with its value.
_LOOKS: dict[str, Callable[[Any], str | None]] = {"looks.theme": _theme_trouble, "looks.plain": _plain_trouble}


def _clashes(remapped: Mapping[str, Any], catalog: KeyCatalog) -> Iterator[tuple[str, str]]:
    """Yield an error for each key that the settings file gives to two bindings that are active at the same time."""
    reported: set[tuple[str, ...]] = set()
    for place, sets in catalog.places.items():
        for names in sets:
            for key, users in _users_of_keys(names, remapped, catalog):
                remapped_here = [name for name in users if name in remapped]
                by_default = all(key in catalog.keys[name] for name in users)
                if len(users) > 1 and remapped_here and not by_default and tuple(users) not in reported:
                    reported.add(tuple(users))
                    others = " and ".join(name for name in users if name != remapped_here[0])
                    what = tr(
                        "{key} is also the key of {others} ({place}). Choose another key for one of them.",
                        key=catalog.called(key),
                        others=others,
                        place=place,
                    )
                    yield f"keys.{remapped_here[0]}", what


def _users_of_keys(
    names: frozenset[str], remapped: Mapping[str, Any], catalog: KeyCatalog
) -> Iterator[tuple[str, list[str]]]:
    """Yield each key with the ids of the bindings that use it."""
    holders: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        given = remapped.get(name)
        for key in dict.fromkeys(_keys(given, catalog) if isinstance(given, str) else catalog.keys[name]):
            holders[key].append(name)
    yield from holders.items()


def _keys(value: str, catalog: KeyCatalog) -> list[str]:
    return [key for key in map(catalog.normal, _split(value)) if key]


def _split(value: str) -> list[str]:
    return [key.strip() for key in value.split(",")]

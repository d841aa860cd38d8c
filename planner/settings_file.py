"""A person's own settings: keys and looks, from a TOML file in their configuration folder (docs/keys.md).

The file is checked as a whole. Where anything in it is wrong, everything is told with its entry, and nothing of it is
taken.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from planner.files import LARGEST_SMALL_FILE, read_bounded
from planner.listing import listed

FILE_NAME = "config.toml"
THEMES = ("dark", "light", "high-contrast")


@dataclass(frozen=True)
class Settings:
    """`keys` gives bindings other keys, by id: "key[,key]". `theme` is None where none was chosen.

    `troubles` says what is wrong with the file, a sentence each; then the other two are empty.
    """

    keys: Mapping[str, str] = field(default_factory=dict)
    theme: str | None = None
    troubles: tuple[str, ...] = ()


@dataclass(frozen=True)
class KeyCatalog:
    """What can be remapped. The app knows it; here it is only compared with.

    `keys` has each binding's own keys by its id, `told` what it does; `places` the sets of ids that are in force
    together, by the name of the screen. `normal` gives the one name of a key, None for what is no key; `called` what
    people call it.
    """

    keys: Mapping[str, Sequence[str]]
    told: Mapping[str, str]
    places: Mapping[str, Sequence[frozenset[str]]]
    normal: Callable[[str], str | None]
    called: Callable[[str], str]

    def called_keys(self, name: str, settings: Settings) -> list[str]:
        """The keys of a binding as people call them, as remapped."""
        given = settings.keys.get(name)
        return [self.called(key) for key in (given.split(",") if given else self.keys[name])]


def settings_file() -> Path:
    """Where the file is, if there is one."""
    from platformdirs import user_config_path

    return user_config_path("planner", appauthor=False) / FILE_NAME


def read_settings(file: Path, catalog: KeyCatalog) -> Settings:
    """The settings of a file; none are set where there is no file."""
    try:
        text = read_bounded(file, LARGEST_SMALL_FILE).decode("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        return Settings(troubles=(f"{file}: it cannot be read ({reason}).",))
    return parsed(text, str(file), catalog)


def parsed(text: str, name: str, catalog: KeyCatalog) -> Settings:
    """The settings in a text; `name` is the file's, for what is wrong with it."""
    import tomllib

    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Settings(troubles=(f"{name}: this is not TOML: {error}.",))
    entries = dict(_flat(tables))
    troubles = [f"{name}, {entry}: {told}" for entry, told in _troubles(entries, catalog)]
    if troubles:
        return Settings(troubles=tuple(troubles))
    keys = {entry.removeprefix("keys."): value for entry, value in entries.items() if entry.startswith("keys.")}
    normal = {name: ",".join(_keys(value, catalog)) for name, value in keys.items()}
    return Settings(keys=normal, theme=entries.get("looks.theme"))


def _flat(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Every entry with its full name: [keys] go.log and [keys] "go.log" are the same to us, if not to TOML."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield before + name, value


def _troubles(entries: Mapping[str, Any], catalog: KeyCatalog) -> Iterator[tuple[str, str]]:
    for entry, value in entries.items():
        told = _trouble(entry, value, catalog)
        if told:
            yield entry, told
    yield from _clashes({entry.removeprefix("keys."): value for entry, value in entries.items()}, catalog)


def _trouble(entry: str, value: Any, catalog: KeyCatalog) -> str | None:
    """What is wrong with an entry by itself."""
    table, _, name = entry.partition(".")
    if entry == "looks.theme":
        return None if value in THEMES else f"{value!r} is no theme. The themes are {listed(THEMES)}."
    if table != "keys" or not name:
        return "there is no such setting. The settings are [keys] and, under [looks], theme."
    if name not in catalog.keys:
        return "no key has this id. 'planner keys' lists those there are."
    if not isinstance(value, str):
        return f'{value!r} is no text. Write "key" or "key,key".'
    wrong = next((key for key in _split(value) if catalog.normal(key) is None), None)
    return None if wrong is None else f"{wrong!r} is no key. Write one such as x, X, ?, f5, ctrl+x, pagedown or comma."


def _clashes(remapped: Mapping[str, Any], catalog: KeyCatalog) -> Iterator[tuple[str, str]]:
    """One key for two things that are in force together, where the file is what made it so."""
    told: set[tuple[str, ...]] = set()
    for place, sets in catalog.places.items():
        for names in sets:
            for key, found in _holders(names, remapped, catalog):
                ours = [name for name in found if name in remapped]
                meant = all(key in catalog.keys[name] for name in found)
                if len(found) > 1 and ours and not meant and tuple(found) not in told:
                    told.add(tuple(found))
                    others = " and ".join(name for name in found if name != ours[0])
                    what = f"{catalog.called(key)} is also the key of {others} ({place}). Give one of them another."
                    yield f"keys.{ours[0]}", what


def _holders(
    names: frozenset[str], remapped: Mapping[str, Any], catalog: KeyCatalog
) -> Iterator[tuple[str, list[str]]]:
    """Each key with the bindings that have it."""
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

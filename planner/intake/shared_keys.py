"""Mappings that share their keys: of very many mappings with the same keys, each keeps only its values."""

from collections.abc import Hashable, Iterator, Mapping
from functools import lru_cache
from typing import Any, TypeVar

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")

# Files have few combinations of columns. If there are more, the keys of further mappings are not shared.
_MOST_COMBINATIONS = 1_000


class SharedKeys(Mapping[_Key, _Value]):
    """A mapping that never changes. It takes a third of the memory of a dictionary with fifteen keys."""

    __slots__ = ("_places", "_values")

    def __init__(self, values: Mapping[_Key, _Value]) -> None:
        self._places: Mapping[Any, int] = _places_of(tuple(values))
        self._values = tuple(values.values())

    def __getitem__(self, key: _Key) -> _Value:
        return self._values[self._places[key]]

    def __iter__(self) -> Iterator[_Key]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._values)

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def __repr__(self) -> str:
        """Show the mapping as the dictionary that it stands for."""
        return repr(dict(self))


@lru_cache(maxsize=_MOST_COMBINATIONS)
def _places_of(keys: tuple[Hashable, ...]) -> Mapping[Hashable, int]:
    return {key: place for place, key in enumerate(keys)}

"""Garbage is collected while nobody waits for a key."""

import gc
from collections.abc import Iterator
from typing import Any

import pytest

from tests.tui.desk import desk
from tui.data import Door


@pytest.fixture
def collected(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The generation of each collection by the app, which waits for no time. Python itself collects nothing."""
    for name in ("SOON", "LONGER", "MANY_NEW"):
        monkeypatch.setattr(f"tui.services.garbage.{name}", 0)
    thresholds, generations = gc.get_threshold(), list[int]()

    def note(phase: str, found: dict[str, Any]) -> None:
        if phase == "start":
            generations.append(found["generation"])

    gc.freeze()
    gc.set_threshold(0)
    gc.callbacks.append(note)
    yield generations
    gc.callbacks.remove(note)
    gc.unfreeze()
    gc.set_threshold(*thresholds)


async def test_new_objects_are_searched_when_the_key_has_been_handled(door: Door, collected: list[int]) -> None:
    async with desk(door) as seat:
        await seat.press("i")
        collected.clear()
        seat.app.hold_keys()
        seat.app.garbage.pause()
        await seat.pilot.press("enter")
        assert seat.app.keys_under_way
        assert collected == []
        seat.app.release_keys()
        await seat.until(lambda: collected)


async def test_after_some_searches_older_objects_are_searched_too(
    door: Door, collected: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.services.garbage.MANY_SEARCHES", 1)
    async with desk(door) as seat:
        await seat.press("i", "enter", "escape")
        await seat.until(lambda: set(collected) == {0, 1, 2})
    assert set(collected) == {0, 1, 2}


async def test_nothing_is_searched_while_the_collection_is_off(door: Door, collected: list[int]) -> None:
    async with desk(door) as seat:
        gc.disable()
        collected.clear()
        await seat.press("i", "enter", "escape")
        gc.enable()
        assert collected == []


async def test_too_many_old_objects_are_exempted_from_the_search(
    door: Door, collected: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.services.garbage.MANY_SEARCHES", 1)
    monkeypatch.setattr("tui.services.garbage.MOST_SEARCHED", 0)
    async with desk(door) as seat:
        frozen = gc.get_freeze_count()
        await seat.press("i", "enter", "escape")
        await seat.until(lambda: 2 in collected)
        assert gc.get_freeze_count() > frozen

"""Opens screens and dialogs of the app, and prints their lines, and the messages that were translated, as JSON.

Run as a process of its own, because the language is fixed for a run:
`python -m tests.tui.process.pseudo_language_run FILE`.
"""

import asyncio
import json
import sys
from unittest.mock import patch

from planner.base import pseudo_language
from planner.base.pseudo_language import pseudo
from tests.tui.desk import NARROW, desk, door_to

# The keys that lead from the overview to a screen or a dialog.
WAYS: dict[str, tuple[str, ...]] = {
    "overview": (),
    "register": ("1",),
    "facets": ("1", "F"),
    "saved views": ("1", "v"),
    "several items": ("1", "space", "b"),
    "item": ("1", "enter"),
    "report": ("1", "r"),
    "my week": ("w",),
    "mandates": ("m",),
    "matrix": ("m", "v"),
    "findings": ("m", "F"),
    "links": ("m", "L"),
    "timeline": ("t",),
    "weekly file": ("f",),
    "export": ("f", "x"),
    "log": ("e",),
    "checkpoint": ("e", "c"),
    "help": ("question_mark",),
    "as of": ("d",),
    "palette": ("ctrl+p",),
    "copy as": ("1", "Y"),
}


looked_up: set[str] = set()


def record(message: str) -> str:
    """Note a message, and return it in the made-up language."""
    looked_up.add(message)
    return pseudo(message)


async def screens(file: str) -> dict[str, list[str]]:
    """Return the lines of each screen and dialog."""
    found = {}
    async with desk(door_to(file), NARROW) as seat:
        for name, way in WAYS.items():
            await seat.press(*way)
            found[name] = list(seat.lines)
            for _ in range(6):
                if len(seat.app.screen_stack) > 1:
                    await seat.press("escape")
            assert len(seat.app.screen_stack) == 1, name
            await seat.dismiss_notices()
    return found


if __name__ == "__main__":
    with patch.object(pseudo_language, "pseudo", record):
        found = asyncio.run(screens(sys.argv[1]))
    print(json.dumps({"screens": found, "messages": sorted(looked_up)}))

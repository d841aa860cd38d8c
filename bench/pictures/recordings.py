"""Record a person's first task as a picture that plays: an SVG that shows one screen of the app after the other.

python -m bench.pictures.recordings docs/pictures
"""

import argparse
import asyncio
import os
import re
import shutil
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

from bench.pictures.app import after_the_last_record, settle, without_fonts
from bench.timing import PLANNER, command
from tui.app import PlannerApp
from tui.data import Door

# How long a screen is shown, in seconds.
SECONDS = 4

# The sizes of the terminal, by the ending of the file's name.
SIZES = {"80x24": (80, 24), "160x50": (160, 50)}

# The steps of each role: what the person does, and the keys for it. The first screen is the one on which the app opens.
STEPS: dict[str, list[tuple[str, list[str]]]] = {
    "officer": [
        ("The app opens on My week: what you must report on, the most urgent first", []),
        ("enter: open the report on the item under the cursor", ["enter"]),
        ("Type what was done", [*"Second trial run finished"]),
        ("ctrl+s: save; the next item opens", ["ctrl+s"]),
        ("esc, then n: nothing changed on an item that was reported before", ["escape", "down", "down", "n"]),
        ("enter: confirm it, and go on", ["enter"]),
    ],
    "manager": [
        ("The app opens on what moved this week, the worst first", []),
        ("enter: the item that got worse", ["enter"]),
        ("esc, then tab: the dates that are overdue", ["escape", "tab"]),
        ("w: what officers reported as ended, and beside it what they ask for", ["w", "right", "right"]),
        ("f: the weekly file before it is issued", ["f"]),
    ],
    "auditor": [
        ("The app opens on the findings, the gravest kind first", []),
        ("enter: the findings of a kind", ["down", "enter"]),
        ("esc, then m: the mandates, and the items that stand on each duty", ["escape", "m"]),
        ("v: which theme stands on which duty, and where nothing does", ["v"]),
        ("e: who changed what, and when", ["e"]),
        ("v: check that nobody changed the history", ["v"]),
    ],
}


async def record(address: str, now: datetime, size: tuple[int, int], role: str) -> list[str]:
    """Return the screens of a role's steps, as SVG."""
    door = Door(address, f"visitor-{size[0]}", lambda: now, role)
    app = PlannerApp(door)
    screens = []
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        for _, keys in STEPS[role]:
            for key in keys:
                await pilot.press(key)
                await settle(pilot)
            screens.append(without_fonts(app.export_screenshot()))
    door.close()
    return screens


def playing(screens: Sequence[str], captions: Sequence[str]) -> str:
    """Return one SVG that shows the screens in turn, each with its caption, and begins again after the last.

    A viewer that plays nothing shows the first screen.
    """
    boxes = [[float(number) for number in re.findall(r'viewBox="([^"]+)"', screen)[0].split()] for screen in screens]
    width, height = boxes[0][2], boxes[0][3] + 40
    sized = [screen.replace("<svg ", f'<svg width="{width:g}" height="{boxes[0][3]:g}" ', 1) for screen in screens]
    shown = 100 / len(screens)
    frames = [
        f'<g class="frame" style="animation-delay: {SECONDS * place}s{"; opacity: 1" if place == 0 else ""}">{screen}'
        f'<text class="caption" x="20" y="{height - 14:g}">{place + 1}/{len(screens)}  {escape(caption)}</text></g>'
        for place, (screen, caption) in enumerate(zip(sized, captions, strict=True))
    ]
    style = (
        ".caption { font: 18px sans-serif; fill: #666 }"
        f".frame {{ opacity: 0; animation: turn {SECONDS * len(screens)}s step-end infinite }}"
        f"@keyframes turn {{ 0% {{ opacity: 1 }} {shown:.3f}% {{ opacity: 0 }} 100% {{ opacity: 0 }} }}"
    )
    view = f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}"'
    return f"<svg {view}><style>{style}</style>{''.join(frames)}</svg>\n"


def main() -> None:
    """Make a demonstration, and write the recordings."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("docs/pictures"))
    folder = parser.parse_args().folder.resolve()
    with tempfile.TemporaryDirectory(prefix="planner-") as home:
        # The screens show the name of the database.
        os.chdir(home)
        command([PLANNER, "--db", "new.sqlite", "demo"])()
        now = after_the_last_record("new.sqlite")
        for role, steps in STEPS.items():
            for name, size in SIZES.items():
                # What the officer reports is in no other recording.
                shutil.copy("new.sqlite", "demonstration.sqlite")
                screens = asyncio.run(record("demonstration.sqlite", now, size, role))
                content = playing(screens, [caption for caption, _ in steps])
                (folder / f"recording-{role}-{name}.svg").write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()

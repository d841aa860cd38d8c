"""Makes the pictures of the docs from the living app, on a demonstration made for it.

python -m bench.pictures docs/pictures
"""

import argparse
import asyncio
import os
import re
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bench.timing import command
from planner.queries.plans import PlanView
from tui.app import PlannerApp
from tui.data import Door
from tui.screens.report import ReportScreen

if TYPE_CHECKING:
    from textual.pilot import Pilot

PLANNER = str(Path(sys.executable).parent / "planner")
SIZE = (140, 42)
NARROW = (80, 24)
# The pictures on a wide terminal: the name of each, and the keys that lead to it from the one before.
SHOTS: dict[str, list[str]] = {
    "overview": [],
    "overview-organisations": ["v"],
    "my-week": ["v", "w"],
    "report": ["enter"],
    "conflict": [*"Second", "ctrl+s"],
    "register": ["escape", "escape", "i"],
    "item": ["down", "down", "down", "enter"],
    "timeline": ["escape", "t"],
    "mandates": ["m"],
    "matrix": ["v"],
    "weekly": ["v", "f"],
    "log": ["e"],
    "verify": ["v"],
    "as-of": ["o", "d", *"2020-06-30", "enter"],
    "palette": ["D", "ctrl+p", *"quantum"],
    "help": ["escape", "w", "question_mark"],
    "light": ["escape", "o", "ctrl+t"],
    "high-contrast": ["ctrl+t"],
}
NARROW_SHOTS: dict[str, list[str]] = {"narrow-my-week": ["w"], "narrow-report": ["enter"]}
# What a manager sees who reviews: the links, one that is changed, the findings.
MANAGER_SHOTS: dict[str, list[str]] = {
    "links": ["m", "L"],
    "review": ["c", "right"],
    "findings": ["escape", "escape", "F", "down", "enter"],
}
# Before this one somebody else writes on the item whose form is open.
CONFLICT = "conflict"


def today(plan: PlanView) -> date:
    """The demonstration's own day."""
    return plan.simulated_today or plan.ends


async def take(
    address: str, folder: Path, size: tuple[int, int], shots: dict[str, list[str]], role: str = "officer"
) -> None:
    """Walk through the screens in a role and save each as it is painted."""
    door = Door(address, today, "visitor", lambda: datetime.now(UTC), role)
    app = PlannerApp(door)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        for name, keys in shots.items():
            if name == CONFLICT:
                await write_meanwhile(pilot, address)
            for key in keys:
                await pilot.press(key)
                await settle(pilot)
            (folder / f"{name}.svg").write_text(without_fonts(app.export_screenshot()), encoding="utf-8")
    door.close()


async def settle(pilot: "Pilot[None]") -> None:
    """Wait until what was asked for is read and drawn."""
    await pilot.pause()
    while len(pilot.app.workers):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
    await pilot.pause()


async def write_meanwhile(pilot: "Pilot[None]", address: str) -> None:
    """A manager reports on the item of the form that is open, and the officer goes to its first text."""
    screen = pilot.app.screen
    assert isinstance(screen, ReportScreen)
    code = screen.opening.item.code
    command([PLANNER, "--db", address, "--as", "manager", "update", code, "--done", "First to save"])()
    screen.form.lead_to("done")


def without_fonts(picture: str) -> str:
    """A picture that opens offline: it names a monospaced font and fetches none."""
    return re.sub(r"\s*@font-face \{.*?\}", "", picture, flags=re.DOTALL)


def main() -> None:
    """Make the demonstration and the pictures."""
    asked = argparse.ArgumentParser(description=main.__doc__)
    asked.add_argument("folder", nargs="?", type=Path, default=Path("docs/pictures"))
    folder = asked.parse_args().folder.resolve()
    with tempfile.TemporaryDirectory(prefix="planner-") as home:
        # The address is shown in the pictures, so it is a short one of no machine's in particular.
        os.chdir(home)
        command([PLANNER, "--db", "demonstration.sqlite", "demo"])()
        asyncio.run(take("demonstration.sqlite", folder, NARROW, NARROW_SHOTS))
        asyncio.run(take("demonstration.sqlite", folder, SIZE, MANAGER_SHOTS, "manager"))
        asyncio.run(take("demonstration.sqlite", folder, SIZE, SHOTS))


if __name__ == "__main__":
    main()

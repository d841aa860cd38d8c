"""Take the screenshots for the docs from the running app, on a new demonstration.

python -m bench.pictures.app docs/pictures
"""

import argparse
import asyncio
import os
import re
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bench.timing import PLANNER, command
from planner.register.opening import Register
from planner.register.plans import last_recorded
from planner.writes.reports.entries import Entry, record_entry
from planner.writes.reports.status import Report
from tui.app import PlannerApp
from tui.data import Door
from tui.screens.report import ReportScreen

if TYPE_CHECKING:
    from textual.pilot import Pilot

SIZE = (140, 42)
NARROW = (80, 24)
# The screenshots on a wide terminal: the name of each, and the keys that lead to it from the previous one.
SHOTS: dict[str, list[str]] = {
    "overview": ["o"],
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
# The screenshots as a manager who reviews links and findings, and changes the plan.
MANAGER_SHOTS: dict[str, list[str]] = {
    "links": ["m", "L"],
    "review": ["c", "right"],
    "findings": ["escape", "escape", "F", "down", "enter"],
    "changes": ["i", "down", "C"],
    "change": [*"move", "enter", "tab", "tab", *"nowhere", "tab"],
}
# Before this screenshot, another person reports on the item whose form is open.
CONFLICT = "conflict"


async def take(
    address: str, now: datetime, folder: Path, size: tuple[int, int], shots: dict[str, list[str]], role: str = "officer"
) -> None:
    """Walk through the screens as a person with this role, at an instant, and save a screenshot of each."""
    door = Door(address, "visitor", lambda: now, role)
    app = PlannerApp(door)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        for name, keys in shots.items():
            if name == CONFLICT:
                await write_meanwhile(pilot, Register(address, "visitor", lambda: now, "manager"))
            for key in keys:
                await pilot.press(key)
                await settle(pilot)
            (folder / f"{name}.svg").write_text(without_fonts(app.export_screenshot()), encoding="utf-8")
    door.close()


async def settle(pilot: "Pilot[None]") -> None:
    """Wait until all requested data is read and drawn."""
    await pilot.pause()
    while len(pilot.app.workers):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
    await pilot.pause()


async def write_meanwhile(pilot: "Pilot[None]", register: Register) -> None:
    """Report on the form's item as a manager, then move the officer's cursor to the first text field."""
    screen = pilot.app.screen
    assert isinstance(screen, ReportScreen)
    code = screen.opening.item.code
    with register.writing() as writing:
        record_entry(writing, code, Entry(Report(done="First to save")))
    register.close()
    screen.form.lead_to("done")


def after_the_last_record(address: str) -> datetime:
    """Return an instant shortly after the demonstration's last record, so that ages do not depend on the real clock."""
    register = Register(address, "visitor", datetime.now, "officer")
    with register.open().reading() as session:
        last = last_recorded(session)
    register.close()
    assert last is not None
    return last + timedelta(hours=1)


def without_fonts(picture: str) -> str:
    """Remove the web fonts from a screenshot in SVG format, so that it can be shown offline."""
    return re.sub(r"\s*@font-face \{.*?\}", "", picture, flags=re.DOTALL)


def main() -> None:
    """Make the demonstration and take the screenshots."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("docs/pictures"))
    folder = parser.parse_args().folder.resolve()
    with tempfile.TemporaryDirectory(prefix="planner-") as home:
        # The screenshots show the database's path, so it is short and names no machine.
        os.chdir(home)
        command([PLANNER, "--db", "demonstration.sqlite", "demo"])()
        address = "demonstration.sqlite"
        now = after_the_last_record(address)
        asyncio.run(take(address, now, folder, NARROW, NARROW_SHOTS))
        asyncio.run(take(address, now, folder, SIZE, MANAGER_SHOTS, "manager"))
        asyncio.run(take(address, now, folder, SIZE, SHOTS))


if __name__ == "__main__":
    main()

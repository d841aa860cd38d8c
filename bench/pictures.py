"""Makes the pictures of the docs from the living app, on a demonstration made for it.

python -m bench.pictures docs/pictures
"""

import asyncio
import os
import re
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

from bench.timing import command
from planner.queries.plans import PlanView
from tui.app import PlannerApp
from tui.data import Door

PLANNER = str(Path(sys.executable).parent / "planner")
SIZE = (140, 42)
# What is pressed from the first screen on, and the name of the picture taken then.
SHOTS: dict[str, list[str]] = {"overview": [], "register": ["2"], "item": ["down", "enter"], "report": ["r"]}


def today(plan: PlanView) -> date:
    """The demonstration's own day."""
    return plan.simulated_today or plan.ends


async def take(address: str, folder: Path) -> None:
    """Walk through the screens and save each as it is painted."""
    door = Door(address, today, "visitor", lambda: datetime.now(UTC), "officer")
    app = PlannerApp(door)
    async with app.run_test(size=SIZE) as pilot:
        for name, keys in SHOTS.items():
            await pilot.press(*keys)
            await pilot.pause()
            await app.workers.wait_for_complete()
            await pilot.pause()
            (folder / f"{name}.svg").write_text(without_fonts(app.export_screenshot()), encoding="utf-8")
    door.close()


def without_fonts(picture: str) -> str:
    """A picture that opens offline: it names a monospaced font and fetches none."""
    return re.sub(r"\s*@font-face \{.*?\}", "", picture, flags=re.DOTALL)


def main() -> None:
    """Make the demonstration and the pictures."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/pictures").resolve()
    with tempfile.TemporaryDirectory(prefix="planner-") as home:
        # The address is shown in the pictures, so it is a short one of no machine's in particular.
        os.chdir(home)
        command([PLANNER, "--db", "demonstration.sqlite", "demo"])()
        asyncio.run(take("demonstration.sqlite", folder))


if __name__ == "__main__":
    main()

"""Opens pages of the weekly file in a headless Chromium, checks them, and makes the pictures that the docs show.

python -m bench.page_pictures PAGE.html [PAGE.html ...] --to docs/pictures [--chromium PATH] [--whole]

Needs the extra `pictures` (Playwright), a Chromium and, for the pictures of the print, pdftoppm (Poppler). Any message
in the console, any request for more than the page itself and any page wider than its window ends it with an error.
Pictures are called weekly-page-light.png and so on, those of a second page by that page's name.
"""

import argparse
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright


@dataclass(frozen=True)
class Look:
    """How a page is opened: the name of its picture, the window, the colours, and what is scrolled to."""

    name: str
    width: int
    height: int
    scheme: Literal["light", "dark"]
    anchor: str = ""


LOOKS = (
    Look("light", 1280, 1530, "light"),
    Look("dark", 1280, 1480, "dark", "#picture-states"),
    Look("phone", 390, 1400, "light", "#picture-health"),
)
# The sheet of paper that is shown: the first with pictures.
SHEET = 2


class Troubles:
    """What went wrong while a page was open."""

    def __init__(self, page: Page, address: str) -> None:
        self.told: list[str] = []
        self._address = address
        page.on("console", lambda message: self.told.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: self.told.append(f"error: {error}"))
        page.on("request", lambda request: self._look_at(request.url))

    def _look_at(self, asked_for: str) -> None:
        if asked_for != self._address:
            self.told.append(f"request: {asked_for}")


def opened(browser: Browser, file: Path, look: Look) -> Page:
    """The page in a window of its own; ends the program where anything goes wrong."""
    window = ViewportSize(width=look.width, height=look.height)
    context = browser.new_context(viewport=window, color_scheme=look.scheme)
    page, address = context.new_page(), file.resolve().as_uri()
    troubles = Troubles(page, address)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if over > 0:
        troubles.told.append(f"{over} pixels wider than the window")
    if troubles.told:
        sys.exit(f"{file.name}, {look.name}: " + "; ".join(troubles.told))
    return page


def take(browser: Browser, file: Path, folder: Path, name: str, *, whole: bool) -> None:
    """The page in each look, and printed."""
    for look in LOOKS:
        page = opened(browser, file, look)
        if look.anchor:
            page.locator(look.anchor).evaluate("element => scrollTo(0, element.offsetTop - 60)")
        page.screenshot(path=folder / f"{name}-{look.name}.png")
        if whole:
            page.screenshot(path=folder / f"{name}-{look.name}-whole.png", full_page=True)
        page.context.close()
    with tempfile.TemporaryDirectory() as place:
        paper = (folder if whole else Path(place)) / f"{name}.pdf"
        opened(browser, file, LOOKS[0]).pdf(path=paper, prefer_css_page_size=True, print_background=False)
        sheet = ["-f", str(SHEET), "-l", str(SHEET), "-singlefile"]
        subprocess.run(["pdftoppm", "-png", "-r", "90", *sheet, paper, folder / f"{name}-print"], check=True)
    print(f"{file.name}: no message, no request, nothing wider than the window; pictures in {folder}")


def main() -> None:
    """Take the pictures of the pages named."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("pages", nargs="+", type=Path)
    asked.add_argument("--to", type=Path, default=Path("docs/pictures"), help="the folder the pictures go to")
    asked.add_argument("--chromium", default="/usr/bin/chromium", help="the browser's program")
    asked.add_argument("--whole", action="store_true", help="also whole pages, and the print as PDF")
    given = asked.parse_args()
    given.to.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=given.chromium, args=["--no-sandbox"])
        for file in given.pages:
            name = "weekly-page" if file == given.pages[0] else file.stem
            take(browser, file, given.to, name, whole=given.whole)
        browser.close()


if __name__ == "__main__":
    main()

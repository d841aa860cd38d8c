"""Open pages of the weekly file in a headless Chromium, check them, and take the screenshots for the docs.

python -m bench.pictures.weekly_page PAGE.html [PAGE.html ...] --to docs/pictures [--chromium PATH] [--whole]

Needs the extra `pictures` (Playwright), Chromium, and pdftoppm (Poppler) for the printed page. The program ends with an
error if a page writes to the console, requests anything but itself, or is wider than its window. Screenshots are named
weekly-page-light.png and so on. Those of further pages are named after the page.
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
    """A way to open a page.

    `name` becomes part of the screenshot's name, and `anchor` is the element to scroll to.
    """

    name: str
    width: int
    height: int
    scheme: Literal["light", "dark"]
    anchor: str = ""


LOOKS = (
    Look("light", 1280, 1690, "light"),
    Look("dark", 1280, 1480, "dark", "#picture-states"),
    Look("phone", 390, 1400, "light", "#picture-health"),
)
# The printed page that is shown: the first one with charts.
SHEET = 3


class PageErrors:
    """Errors that occur while a page is open."""

    def __init__(self, page: Page, address: str) -> None:
        self.found: list[str] = []
        self._address = address
        page.on("console", lambda message: self.found.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: self.found.append(f"error: {error}"))
        page.on("request", lambda request: self._look_at(request.url))

    def _look_at(self, requested: str) -> None:
        if requested != self._address:
            self.found.append(f"request: {requested}")


def opened(browser: Browser, file: Path, look: Look) -> Page:
    """Open the page in a new window and return it. Exit the program if the page has an error."""
    window = ViewportSize(width=look.width, height=look.height)
    context = browser.new_context(viewport=window, color_scheme=look.scheme)
    page, address = context.new_page(), file.resolve().as_uri()
    errors = PageErrors(page, address)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if over > 0:
        errors.found.append(f"{over} pixels wider than the window")
    if errors.found:
        sys.exit(f"{file.name}, {look.name}: " + "; ".join(errors.found))
    return page


def take(browser: Browser, file: Path, folder: Path, name: str, *, whole: bool) -> None:
    """Take a screenshot of the page in each look, and one of the printed page."""
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
    """Take the screenshots of the given pages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="+", type=Path)
    parser.add_argument("--to", type=Path, default=Path("docs/pictures"), help="the folder the pictures go to")
    parser.add_argument("--chromium", default="/usr/bin/chromium", help="the browser's program")
    parser.add_argument("--whole", action="store_true", help="also whole pages, and the print as PDF")
    given = parser.parse_args()
    given.to.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=given.chromium, args=["--no-sandbox"])
        for file in given.pages:
            name = "weekly-page" if file == given.pages[0] else file.stem
            take(browser, file, given.to, name, whole=given.whole)
        browser.close()


if __name__ == "__main__":
    main()

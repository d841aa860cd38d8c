"""The site of the documentation has each page in one of four kinds, and no link leads to a missing heading."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
KINDS = ["Tutorials", "How to", "Reference", "Explanation"]
SITE: dict[str, Any] = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
# The list of the decisions leads to each of them.
PAGES = sorted(page for page in DOCS.rglob("*.md") if not re.match(r"\d{4}-", page.name))


def named(entries: list[Any] | str) -> Iterator[str]:
    """The pages of a part of the navigation."""
    if isinstance(entries, str):
        yield entries
        return
    for entry in entries:
        for inner in entry.values():
            yield from named(inner)


def test_each_page_is_in_one_of_the_four_kinds() -> None:
    first, *kinds = SITE["nav"]
    assert first == {"Start": "index.md"}
    assert [kind for entry in kinds for kind in entry] == KINDS
    assert sorted(named(SITE["nav"])) == [page.relative_to(DOCS).as_posix() for page in PAGES]


def test_the_pages_need_nothing_from_elsewhere() -> None:
    """They are read without a network too: no fonts of another host, and no folder that only a server resolves."""
    assert (SITE["theme"]["font"], SITE["use_directory_urls"], SITE["site_dir"]) == (False, False, "build/site")


def headings(page: Path) -> set[str]:
    """The names by which links lead to the headings of a page."""
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    found = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in found}


def test_no_link_leads_to_a_missing_heading() -> None:
    links = [
        (page, target, heading)
        for page in [ROOT / "README.md", *DOCS.rglob("*.md")]
        for target, heading in re.findall(r"\]\(([^)#:]*)#([^)]+)\)", page.read_text(encoding="utf-8"))
    ]
    assert links
    assert [
        f"{page.name}: {target}#{heading}"
        for page, target, heading in links
        if heading not in headings((page.parent / target) if target else page)
    ] == []

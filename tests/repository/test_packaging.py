"""What a package index shows: a README without dead links, the licence, and addresses only where there are any."""

from email import message_from_string
from email.message import Message
from pathlib import Path

import html5lib
import pytest
from hatchling.metadata.core import ProjectMetadata
from hatchling.plugin.manager import PluginManager
from markdown_it import MarkdownIt

from hatch_build import for_index, urls

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ADDRESS = "https://forge.example/office/planner"


def targets(markdown: str) -> list[str]:
    """Where the links and pictures of a page lead, however they are written."""
    page = html5lib.parse(MarkdownIt().render(markdown), namespaceHTMLElements=False)
    return [target for element in page.iter() for name in ("href", "src") if (target := element.get(name))]


@pytest.fixture(scope="module")
def described() -> Message:
    """The metadata of the wheel and of the source archive, as the build writes it."""
    metadata = ProjectMetadata(str(ROOT), PluginManager())
    from hatchling.metadata.spec import construct_metadata_file_2_4

    return message_from_string(construct_metadata_file_2_4(metadata))


def test_no_link_and_no_picture_of_the_index_s_page_leads_nowhere(described: Message) -> None:
    assert any("://" not in target for target in targets(README))
    text = described.get_payload()
    assert isinstance(text, str)
    assert "make demo" in text
    assert [target for target in targets(text) if "://" not in target and not target.startswith("#")] == []


def test_without_an_address_links_name_their_files() -> None:
    text = for_index("See [the rules](docs/rules.md), [docs/x.md](docs/x.md).\n\n![A screen](docs/a.svg)\n", "")
    assert "See the rules (docs/rules.md), docs/x.md." in text
    assert "Picture: A screen (docs/a.svg)" in text
    assert text.endswith("The files named here are in the source archive of this release.\n")
    assert urls("") == {}


def test_with_an_address_links_lead_into_the_repository() -> None:
    text = for_index("[Rules](docs/rules.md) ![A screen](docs/a.svg) [site](https://x.example) [up](#top)", ADDRESS)
    assert text == (
        f"[Rules]({ADDRESS}/blob/HEAD/docs/rules.md) ![A screen]({ADDRESS}/raw/HEAD/docs/a.svg)"
        " [site](https://x.example) [up](#top)"
    )
    assert {target for target in targets(for_index(README, ADDRESS)) if not target.startswith(ADDRESS)} == set()
    assert urls(ADDRESS) == {"Repository": ADDRESS, "Changelog": f"{ADDRESS}/blob/HEAD/CHANGELOG.md"}


def test_licence_and_authors_are_named(described: Message) -> None:
    assert (described["License-Expression"], described["License-File"]) == ("Apache-2.0", "LICENSE")
    assert described["Author"] == "The planner maintainers"
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in licence
    assert "END OF TERMS AND CONDITIONS" in licence

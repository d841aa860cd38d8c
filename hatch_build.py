"""What a package index is given: the README as it reads there, and the project's addresses.

An index shows the README without the repository around it, so a relative link or picture leads nowhere. Where
pyproject.toml names the repository's address, they point into it; where it names none, they become plain text.
"""

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

README = "README.md"
CHANGES = "CHANGELOG.md"
# [text](file) and ![text](file); what has a scheme, or is a place on the page itself, stays as it is.
RELATIVE = re.compile(r"(?P<picture>!?)\[(?P<text>[^\]]*)\]\((?!#|[a-z][a-z0-9+.-]*:)(?P<file>[^)\s]+)\)")
WHERE_THE_FILES_ARE = "\nThe files named here are in the source archive of this release.\n"


class IndexMetadata(MetadataHookInterface):
    """Fills in `readme` and `urls` from the one setting, `repository`."""

    PLUGIN_NAME = "custom"

    def update(self, metadata: dict[str, Any]) -> None:
        """Called by hatchling whenever it builds the project's metadata."""
        repository = str(self.config["repository"]).rstrip("/")
        text = (Path(self.root) / README).read_text(encoding="utf-8")
        metadata["readme"] = {"content-type": "text/markdown", "text": for_index(text, repository)}
        metadata["urls"] = urls(repository)


def for_index(readme: str, repository: str) -> str:
    """The README as a package index can show it; `repository` is its public address, or empty."""
    if repository:
        return RELATIVE.sub(lambda found: _absolute(found, repository), readme)
    return RELATIVE.sub(_plain, readme) + WHERE_THE_FILES_ARE


def urls(repository: str) -> dict[str, str]:
    """The addresses that follow from the repository's; none where it is not public."""
    if not repository:
        return {}
    return {"Repository": repository, "Changelog": f"{repository}/blob/HEAD/{CHANGES}"}


def _absolute(found: re.Match[str], repository: str) -> str:
    kind = "raw" if found["picture"] else "blob"
    return f"{found['picture']}[{found['text']}]({repository}/{kind}/HEAD/{found['file']})"


def _plain(found: re.Match[str]) -> str:
    if found["picture"]:
        return f"Picture: {found['text']} ({found['file']})"
    return found["file"] if found["text"] == found["file"] else f"{found['text']} ({found['file']})"

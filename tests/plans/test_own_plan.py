"""The tutorial "Your own plan in 15 minutes" does what it says: its file and its commands are taken from the page."""

import re
import shlex
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from planner.cli.context import Context
from tests.command import CommandResult

PAGE = (Path(__file__).parents[2] / "docs" / "own-plan.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """The blocks of code of a language on the page."""
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


# Each of its commands has tests of its own.
@pytest.mark.more
def test_the_tutorial_can_be_followed(
    planner: Callable[..., CommandResult], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Context, "now", lambda self: datetime(2027, 2, 14, 9, tzinfo=UTC))
    file = Path("tasks.csv")
    file.write_text(blocks("csv")[0], encoding="utf-8")
    Path("duties.txt").write_text(blocks("text")[0], encoding="utf-8")
    said: list[str] = []
    for block in blocks("sh"):
        if len(said) == 6:
            file.write_text(file.read_text(encoding="utf-8").replace(",Q3", ",end of May"), encoding="utf-8")
        for line in block.splitlines():
            result = planner(*shlex.split(line)[1:])
            # Open findings have an exit code of their own.
            assert result.exit_code == (18 if line == "planner findings" else 0), (line, result.err)
            said.append(result.out)
    _, looked, _, items, *_ = said
    changed, _, undone, _, _, _, _, *mandate = said[6:]
    found, _, decided, adopted, suggested, _, accepted, _, traced, clauses, findings = mandate
    assert "4 new items" in looked
    assert "No. = number" in looked
    assert "items: 4, as stated" in looked
    assert "4 of 4 items" in items
    assert "0 new items, 1 changed, 3 unchanged" in changed
    assert "2027-09-30" in changed
    assert "2027-05-31" in changed
    assert "import" in undone.lower()
    assert "duties-2027, the first mandate version of harbour-2027: Duties of the Port Authority" in found
    assert "Everything is decided." in decided
    assert "It is the mandate of the plan harbour-2027." in adopted
    assert "1:duties-2027:duty-1" in suggested
    assert "accepted" in accepted.lower()
    assert "Repair the quays and keep them safe." in traced
    assert "duties-2027, in force when the plan was made: Duties of the Port Authority" in clauses
    assert "duties-2027:duty-4" in findings
    # The plan has no measures.
    assert "No item of the plan is linked to this clause." in findings
    assert "measure" not in traced
    assert {path.name for path in tmp_path.iterdir()} >= {"register.xlsx", "week.csv"}

"""The plan of مرسى, an invented port: no mandate, codes of several forms, nested themes, and reports by the quarter.

Its register is a file as an office would have it (marsa.csv), and everything is done with the commands.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from planner.base.errors import OPEN_FINDINGS
from planner.cli.context import Context
from tests.command import CommandResult

REGISTER = Path(__file__).with_name("marsa.csv")
CODES = ["KP-7", "KP-12", "2.1.3", "2.1.10", "S/4", "S/5", "S/6a", "S/6b"]


@pytest.fixture
def marsa(planner: Callable[..., CommandResult], monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Run a command on the plan in July 2031. It must succeed; its output is returned."""
    monkeypatch.setattr(Context, "now", lambda self: datetime(2031, 7, 10, 9, tzinfo=UTC))

    def run(*arguments: str) -> str:
        result = planner(*arguments)
        assert result.exit_code in (0, OPEN_FINDINGS), (arguments, result.err)
        return result.out

    run(
        *("plan", "new", "--title", "خطة مرسى 2031", "--key", "marsa-2031", "--organisation", "Port Authority"),
        *("--time-zone", "Africa/Cairo", "--cadence", "quarterly", "--language", "ar"),
    )
    run("import", str(REGISTER), "--yes")
    return run


def listed(out: str) -> list[dict[str, Any]]:
    """The items in the JSON of `planner items`."""
    items: list[dict[str, Any]] = json.loads(out)["items"]
    return items


def test_the_register_has_the_office_s_own_codes_themes_and_kinds(marsa: Callable[..., str]) -> None:
    assert [item["code"] for item in listed(marsa("items", "--format", "json"))] == CODES
    assert [item["code"] for item in listed(marsa("items", "--kind", "Key project", "--format", "json"))] == CODES[:2]
    assert [item["code"] for item in listed(marsa("items", "--theme", "1", "--format", "json"))] == CODES[:4]
    shown = marsa("show", "kp7")
    assert "تجديد رصيف الميناء القديم" in shown
    assert "No measure" in shown
    assert "Accountable: Salma Nasr" in shown


def test_officers_report_by_the_quarter(marsa: Callable[..., str]) -> None:
    marsa("update", "S/5", "--phase", "in_progress", "--percent", "60", "--as-of", "2031-05-02", "--done", "٧٠ معلماً")
    items = {item["code"]: item for item in listed(marsa("items", "--format", "json"))}
    # The report of May was due in the second quarter, so that another is due in the third.
    assert items["S/5"]["freshness"] == "due"
    assert items["S/4"]["freshness"] == "never"
    assert items["S/5"]["schedule"] == "overdue"


def test_every_report_and_file_does_without_a_mandate(marsa: Callable[..., str], tmp_path: Path) -> None:
    for command in ("overview", "timeline", "matrix", "findings", "my-week", "outlook", "clauses", "links", "log"):
        assert "internal error" not in marsa(command)
    assert "No findings" not in marsa("findings", "--search", "التعليم")
    marsa("weekly", "-o", str(tmp_path))
    marsa("calendar", "-o", str(tmp_path / "dates.ics"))
    marsa("sheets", "out", "--all", "-o", str(tmp_path / "sheets"))
    marsa("export", "register", "-o", str(tmp_path / "register.xlsx"))
    preview = json.loads(marsa("import", str(tmp_path / "register.xlsx"), "--preview", "--format", "json"))["import"][
        "preview"
    ]
    assert (preview["new"], preview["changed"], preview["missing"], preview["problems"]) == ([], [], [], [])
    assert "Consistent" in marsa("verify")
